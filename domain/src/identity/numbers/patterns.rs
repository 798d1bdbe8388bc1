//! Numbers whose layout we know by custom only: a person is asked to look again, and may go on.

use serde::{Deserialize, Serialize};

use super::typed::plain;

/// Provinces as they stand on number plates.
const PLATE_PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
/// Letters that mark a new-energy vehicle.
const NEW_ENERGY: &str = "DABCEFGHJK";

/// A number with a customary layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// 普通护照
    PassportCn,
    /// 港澳居民来往内地通行证
    HkmPermit,
    /// 台湾居民来往大陆通行证
    TwPermit,
    /// 机动车号牌（普通）
    Plate,
    /// 新能源小型车号牌
    PlateNevSmall,
    /// 新能源大型车号牌
    PlateNevLarge,
}

/// The number does not look as such numbers usually do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unusual {
    /// What it was taken for.
    pub pattern: Pattern,
    /// One that looks right, to show beside the field.
    pub example: &'static str,
}

impl Pattern {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::PassportCn, Self::HkmPermit, Self::TwPermit, Self::Plate, Self::PlateNevSmall, Self::PlateNevLarge];

    /// Its name in forms and data: `passport_cn`, `plate` …
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PassportCn => "passport_cn",
            Self::HkmPermit => "hkm_permit",
            Self::TwPermit => "tw_permit",
            Self::Plate => "plate",
            Self::PlateNevSmall => "plate_nev_small",
            Self::PlateNevLarge => "plate_nev_large",
        }
    }

    /// The pattern of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pattern| pattern.key() == key)
    }

    const fn example(self) -> &'static str {
        match self {
            Self::PassportCn => "E12345678",
            Self::HkmPermit => "H12345678",
            Self::TwPermit => "12345678",
            Self::Plate => "闽D12345",
            Self::PlateNevSmall => "闽DD12345",
            Self::PlateNevLarge => "闽D12345D",
        }
    }

    fn fits(self, text: &[char]) -> bool {
        match (self, text) {
            (Self::PassportCn, ['E', second, rest @ ..]) => letter_or_digit(*second) && rest.len() == 7 && digits(rest),
            (Self::PassportCn, ['G', rest @ ..]) => rest.len() == 8 && digits(rest),
            (Self::HkmPermit, ['H' | 'M', rest @ ..]) => matches!(rest.len(), 8 | 10) && digits(rest),
            (Self::TwPermit, all) => matches!(all.len(), 8 | 10) && digits(all),
            (Self::Plate, [province, city, body @ .., last]) => {
                plate_start(*province, *city)
                    && body.len() == 4
                    && body.iter().all(|c| letter_or_digit(*c))
                    && (letter_or_digit(*last) || "挂学警港澳".contains(*last))
            }
            (Self::PlateNevSmall, [province, city, mark, next, rest @ ..]) => {
                plate_start(*province, *city)
                    && NEW_ENERGY.contains(*mark)
                    && letter_or_digit(*next)
                    && rest.len() == 4
                    && digits(rest)
            }
            (Self::PlateNevLarge, [province, city, body @ .., mark]) => {
                plate_start(*province, *city) && body.len() == 5 && digits(body) && NEW_ENERGY.contains(*mark)
            }
            (Self::PassportCn | Self::HkmPermit | Self::Plate | Self::PlateNevSmall | Self::PlateNevLarge, _) => false,
        }
    }
}

/// Looks at a number and says if it looks unusual. Never a reason to refuse it.
#[must_use]
pub fn warn(pattern: Pattern, typed: &str) -> Option<Unusual> {
    let text: Vec<char> = plain(typed).chars().collect();
    (!pattern.fits(&text)).then_some(Unusual { pattern, example: pattern.example() })
}

fn digits(text: &[char]) -> bool {
    text.iter().all(char::is_ascii_digit)
}

/// Plates and passports leave out I and O, which look like 1 and 0.
fn letter_or_digit(c: char) -> bool {
    c.is_ascii_digit() || letter(c)
}

fn letter(c: char) -> bool {
    c.is_ascii_uppercase() && c != 'I' && c != 'O'
}

fn plate_start(province: char, city: char) -> bool {
    PLATE_PROVINCES.contains(province) && letter(city)
}
