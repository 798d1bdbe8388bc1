//! 邮政编码.

use serde::{Deserialize, Serialize};

use super::NumberFault;
use super::newtype::number;
use super::typed::{length, only_digits, plain};

/// Six digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PostCode(String);

number!(open PostCode);

impl PostCode {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed);
        only_digits(&text)?;
        length(&text, 6)?;
        Ok(Self(text))
    }
}
