//! 机动车号牌 (GA 36-2018).

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::patterns::{Pattern, Unusual, warn};
use super::typed::plain;
use super::{NumberFault, mask_id};

/// A number plate. Its layout is known by custom only, so an odd one is asked about ([`Plate::unusual`]) and taken.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Plate(String);

number!(personal Plate, mask_id);

impl Plate {
    /// Reads what was typed: 7 or 8 characters, the dot between them is left out.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text: String = plain(typed).chars().filter(|c| !matches!(c, '·' | '•' | '.' | '-')).collect();
        let have = text.chars().count();
        if have == 0 {
            return Err(NumberFault::Empty);
        }
        if let Some((at, found)) = text.chars().enumerate().find(|(_, c)| !c.is_alphanumeric()) {
            return Err(NumberFault::WrongCharacter { position: at + 1, found });
        }
        if (7..=8).contains(&have) { Ok(Self(text)) } else { Err(NumberFault::LengthOutside { have, min: 7, max: 8 }) }
    }

    /// Whether it looks like none that is issued.
    #[must_use]
    pub fn unusual(&self) -> Option<Unusual> {
        let kinds = [Pattern::PlateNevSmall, Pattern::PlateNevLarge, Pattern::Plate];
        kinds.into_iter().map(|kind| warn(kind, &self.0)).min().flatten()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn plates_as_they_are_written() {
        for (typed, kept) in [("闽d·12345", "闽D12345"), ("闽D 1234挂", "闽D1234挂"), ("闽ＤＤ１２３４５", "闽DD12345")]
        {
            let plate = Plate::parse(typed).unwrap();
            assert_eq!((plate.as_str(), plate.unusual()), (kept, None));
        }
        assert_eq!(Plate::parse("闽DO2345").unwrap().unusual().map(|u| u.pattern), Some(Pattern::Plate), "the letter O");
        assert_eq!(Plate::parse("闽D1234"), Err(NumberFault::LengthOutside { have: 6, min: 7, max: 8 }));
        assert_eq!(Plate::parse("闽D/2345"), Err(NumberFault::WrongCharacter { position: 3, found: '/' }));
        assert_eq!(Plate::parse(" "), Err(NumberFault::Empty));
    }
}
