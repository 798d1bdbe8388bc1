//! 手机号.

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{length, only, plain};
use super::{NumberFault, mask_phone};

/// Eleven digits, `1` then 3–9. Stored without country code.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mobile(String);

number!(personal Mobile, mask_phone);

impl Mobile {
    /// Reads what was typed; spaces, dashes and a country code `+86` or `0086` are taken off.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed).replace('-', "");
        let text = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086")).unwrap_or(&text);
        only(text, |i, c| match i {
            0 => c == '1',
            1 => matches!(c, '3'..='9'),
            _ => c.is_ascii_digit(),
        })?;
        length(text, 11)?;
        Ok(Self(text.to_owned()))
    }
}
