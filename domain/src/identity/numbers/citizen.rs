//! 公民身份号码 (GB 11643) and, by the same rule, the number of the residence permit for 港澳台居民.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{last_is, length, only, plain};
use super::{NumberFault, check_digits, mask_id, province_name};

/// An identity number of 18 characters: 6 area, 8 birth, 3 serial, 1 check (0–9 or X).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CitizenId(String);

number!(personal CitizenId, mask_id);

/// Sex as an identity number tells it (GB/T 2261.1 codes 1 and 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// Where the holder of a residence permit for 港澳台居民 comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Homeland {
    /// 810000
    HongKong,
    /// 820000
    Macao,
    /// 830000
    Taiwan,
}

impl CitizenId {
    /// Reads what was typed: full-width digits, spaces and a small x are mended. Order of checks: characters, length,
    /// area, birth date, check digit.
    ///
    /// # Errors
    /// [`NumberFault`]; 15 digits are [`NumberFault::OldForm`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed);
        let last = text.chars().count().saturating_sub(1);
        only(&text, |i, c| c.is_ascii_digit() || (c == 'X' && i == last && i > 0))?;
        if text.len() == 15 && !text.ends_with('X') {
            return Err(NumberFault::OldForm);
        }
        length(&text, 18)?;
        let area = &text[..6];
        let known = match &area[..2] {
            // Only these three are issued: nobody's number starts with a district of Hong Kong.
            "81" | "82" | "83" => homeland(area).is_some(),
            _ => province_name(area).is_some(),
        };
        if !known {
            return Err(NumberFault::UnknownArea { area: area.to_owned() });
        }
        birth_date(&text[6..14])?;
        last_is(&text, check_digits::check11_2(&text))?;
        Ok(Self(text))
    }

    /// The number with this area, birth date and serial (1–999, odd for men), its check digit worked out: for made-up people.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn compose(area: &str, birth: NaiveDate, serial: u32) -> Result<Self, NumberFault> {
        let front = format!("{area}{}{serial:03}", birth.format("%Y%m%d"));
        Self::parse(&format!("{front}{}", check_digits::check11_2(&front)))
    }

    /// As [`Self::parse`], and refuses someone who is not born yet.
    ///
    /// # Errors
    /// [`NumberFault`], also [`NumberFault::FutureBirth`].
    pub fn parse_on(typed: &str, today: NaiveDate) -> Result<Self, NumberFault> {
        let id = Self::parse(typed)?;
        born_by(id.birth(), today)?;
        Ok(id)
    }

    /// Birth date.
    #[must_use]
    pub fn birth(&self) -> NaiveDate {
        // Cannot fail: parse has read the same digits. The fallback keeps this total.
        birth_date(&self.0[6..14]).unwrap_or(NaiveDate::MIN)
    }

    /// Sex, by the parity of digit 17.
    #[must_use]
    pub fn sex(&self) -> Sex {
        sex(&self.0)
    }

    /// Area code of first registration, 6 digits. May be a district that no longer exists.
    #[must_use]
    pub fn area(&self) -> &str {
        &self.0[..6]
    }

    /// Serial of the day, 3 digits.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.0[14..17]
    }

    /// Whether it stands on a residence permit for 港澳台居民.
    #[must_use]
    pub fn is_hkmt(&self) -> bool {
        self.homeland().is_some()
    }

    /// Where a holder of such a permit comes from.
    #[must_use]
    pub fn homeland(&self) -> Option<Homeland> {
        homeland(self.area())
    }

    /// Full years of age on a day; 0 before birth. Born on 29 February, one grows older on 1 March.
    #[must_use]
    pub fn age_on(&self, day: NaiveDate) -> u32 {
        day.years_since(self.birth()).unwrap_or(0)
    }
}

fn homeland(area: &str) -> Option<Homeland> {
    match area {
        "810000" => Some(Homeland::HongKong),
        "820000" => Some(Homeland::Macao),
        "830000" => Some(Homeland::Taiwan),
        _ => None,
    }
}

/// Sex by digit 17 of an 18-character number.
pub(super) fn sex(number: &str) -> Sex {
    match number.as_bytes().get(16) {
        Some(digit) if digit % 2 == 1 => Sex::Male,
        Some(_) | None => Sex::Female,
    }
}

/// Reads eight digits as a date.
pub(super) fn birth_date(digits: &str) -> Result<NaiveDate, NumberFault> {
    let all: u32 = digits.parse().unwrap_or(0);
    let (year, month, day) = (all / 10_000, all / 100 % 100, all % 100);
    let date = i32::try_from(year).ok().and_then(|y| NaiveDate::from_ymd_opt(y, month, day));
    date.filter(|date| date.year() > 0).ok_or_else(|| NumberFault::NoSuchDate {
        year: u16::try_from(year).unwrap_or(0),
        month: u8::try_from(month).unwrap_or(0),
        day: u8::try_from(day).unwrap_or(0),
    })
}

/// Refuses a birth after `today`.
pub(super) fn born_by(birth: NaiveDate, today: NaiveDate) -> Result<(), NumberFault> {
    if birth > today { Err(NumberFault::FutureBirth { birth }) } else { Ok(()) }
}
