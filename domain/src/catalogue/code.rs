//! The short code by which a person, a link and a case name an item.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is not an item code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeError {
    /// Nothing was given.
    Empty,
    /// More than 50 characters.
    TooLong,
    /// A character other than `0-9 A-Z a-z -`.
    Character(char),
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an item code is not empty"),
            Self::TooLong => f.write_str("an item code has at most 50 characters"),
            Self::Character(c) => write!(f, "an item code holds letters, digits and '-', not {c:?}"),
        }
    }
}

impl std::error::Error for CodeError {}

/// The code of an item in this hall and in its addresses (`/items/{code}`), 1–50 of `0-9 A-Z a-z -`.
///
/// Validated loosely on purpose: provinces disagree on the composition of item codes (`domain.md` §1.5), so the
/// national codes are kept beside it as plain text and nothing is read out of any of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ItemCode(String);

impl ItemCode {
    /// Parses a code at the door.
    ///
    /// # Errors
    /// [`CodeError`] when empty, longer than 50, or holding another character.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        if text.is_empty() {
            return Err(CodeError::Empty);
        }
        if let Some(c) = text.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
            return Err(CodeError::Character(c));
        }
        if text.len() > 50 {
            return Err(CodeError::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ItemCode {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        Self::parse(&text)
    }
}

impl std::str::FromStr for ItemCode {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl From<ItemCode> for String {
    fn from(code: ItemCode) -> Self {
        code.0
    }
}

impl AsRef<str> for ItemCode {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ItemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{CodeError, ItemCode};

    #[test]
    fn codes_are_parsed_loosely_and_never_become_paths() {
        for good in ["spjyxk", "511A0138000000-511602000000-000-X-1-00", "a", &"9".repeat(50)] {
            assert_eq!(ItemCode::parse(good).map(|c| c.to_string()), Ok(good.to_owned()));
        }
        assert_eq!(ItemCode::parse(""), Err(CodeError::Empty));
        assert_eq!(ItemCode::parse(&"9".repeat(51)), Err(CodeError::TooLong));
        assert_eq!(ItemCode::parse("../etc"), Err(CodeError::Character('.')));
        assert_eq!(ItemCode::parse("食品"), Err(CodeError::Character('食')));
        assert!(serde_json::from_str::<ItemCode>("\"a b\"").is_err());
    }
}
