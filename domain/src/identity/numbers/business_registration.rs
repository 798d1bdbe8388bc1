//! The old 15-digit 工商注册号, still found on papers from before the unified code.

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{last_is, length, only_digits, plain};
use super::{NumberFault, check_digits};

/// Fifteen digits, the last by ISO 7064 MOD 11,10.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BusinessRegistration15(String);

number!(open BusinessRegistration15);

impl BusinessRegistration15 {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed);
        only_digits(&text)?;
        length(&text, 15)?;
        last_is(&text, check_digits::check11_10(&text[..14]))?;
        Ok(Self(text))
    }

    /// Area of first registration, 6 digits.
    #[must_use]
    pub fn area(&self) -> &str {
        &self.0[..6]
    }
}
