//! 固定电话.

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{length_between, only, only_digits, plain};
use super::{NumberFault, mask_phone};

/// Area code of 3–4 digits from 0, 7–8 digits, and perhaps an extension of 1–6: `0592-6000000-801`.
/// Kept with the dashes it was typed with. Short service numbers (12345, 110) are not landlines.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Landline(String);

number!(personal Landline, mask_phone);

impl Landline {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed).replace(['(', ')'], "");
        only(&text, |i, c| c.is_ascii_digit() || (c == '-' && i > 0))?;
        if !text.starts_with('0') {
            return Err(NumberFault::MissingAreaCode);
        }
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            [whole] => length_between(whole, 10, 12)?,
            [area, local] if area.len() <= 4 => Self::split(area, local)?,
            [whole, extension] => {
                length_between(whole, 10, 12)?;
                Self::extension(extension)?;
            }
            [area, local, extension] => {
                Self::split(area, local)?;
                Self::extension(extension)?;
            }
            more => return Err(NumberFault::WrongParts { have: more.len(), want: 3 }),
        }
        Ok(Self(text))
    }

    fn split(area: &str, local: &str) -> Result<(), NumberFault> {
        length_between(area, 3, 4)?;
        length_between(local, 7, 8)
    }

    fn extension(extension: &str) -> Result<(), NumberFault> {
        only_digits(extension)?;
        length_between(extension, 1, 6)
    }
}
