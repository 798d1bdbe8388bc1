//! 组织机构代码 (GB 11714).

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{last_is, length, only, plain};
use super::{NumberFault, check_digits};

/// Nine characters: 8 of 0–9A–Z and a check (0–9 or X). Stored without the dash before the check.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrgCode9(pub(super) String);

number!(open OrgCode9);

impl OrgCode9 {
    /// Reads what was typed, with or without the dash: `D2143569-X`.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed).replace('-', "");
        only(&text, |_, c| c.is_ascii_alphanumeric())?;
        length(&text, 9)?;
        last_is(&text, check_digits::check_org_code(&text[..8]))?;
        Ok(Self(text))
    }

    /// As it is printed: `D2143569-X`.
    #[must_use]
    pub fn dashed(&self) -> String {
        format!("{}-{}", &self.0[..8], &self.0[8..])
    }
}
