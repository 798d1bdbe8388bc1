//! 证照标识: the national mark of an electronic certificate (§6.1).

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{only, plain};
use super::{NumberFault, OrganisationCode, check37_36};

const ROOT: &str = "1.2.156.3005.2";

/// `1.2.156.3005.2.{type 21}.{issuer 18}.{serial}.{version 3}.{check}`, all of 0–9A–Z; check by MOD 37,36 over the
/// joined parts after the root.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CertificateMark(String);

number!(open CertificateMark);

impl CertificateMark {
    /// Composes the mark of a certificate. `type_code` is 21 characters (the credit code of the department that defines
    /// the type, and 3 more), `version` counts from 1.
    ///
    /// # Errors
    /// [`NumberFault::PartLength`] or [`NumberFault::WrongCharacter`] when a part does not fit.
    pub fn compose(type_code: &str, issuer: &OrganisationCode, serial: &str, version: u16) -> Result<Self, NumberFault> {
        let body = format!("{}.{issuer}.{}.{version:03}", plain(type_code), plain(serial));
        Self::parse(&format!("{ROOT}.{body}.{}", check37_36(&body)))
    }

    /// Reads a mark.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        match Self::read(typed)? {
            (mark, None) => Ok(mark),
            (_, Some(fault)) => Err(fault),
        }
    }

    /// Reads a mark from elsewhere: a check character that does not fit comes back beside the mark, to warn with.
    /// Marks altered for display circulate, so an import does not refuse them.
    ///
    /// # Errors
    /// [`NumberFault`] when it is not built like a mark.
    pub fn read(typed: &str) -> Result<(Self, Option<NumberFault>), NumberFault> {
        let text = plain(typed);
        only(&text, |_, c| c.is_ascii_alphanumeric() || c == '.')?;
        let rest = text
            .strip_prefix(ROOT)
            .and_then(|rest| rest.strip_prefix('.'))
            .ok_or_else(|| NumberFault::WrongStart { want: ROOT.to_owned() })?;
        let parts: Vec<&str> = rest.split('.').collect();
        let [kind, issuer, serial, version, check] = parts.as_slice() else {
            return Err(NumberFault::WrongParts { have: parts.len(), want: 5 });
        };
        let lengths = [(kind, 21), (issuer, 18), (serial, serial.len().max(1)), (version, 3), (check, 1)];
        for (part, (text, want)) in (1..).zip(lengths) {
            if text.len() != want {
                return Err(NumberFault::PartLength { part, have: text.len(), want });
            }
        }
        let want = check37_36(&[*kind, issuer, serial, version].concat());
        let found = check.chars().next().unwrap_or('0');
        let fault = (want != found).then_some(NumberFault::CheckDigit { want, found });
        Ok((Self(text), fault))
    }

    fn part(&self, index: usize) -> &str {
        self.0[ROOT.len() + 1..].split('.').nth(index).unwrap_or("")
    }

    /// Code of the certificate type, 21 characters.
    #[must_use]
    pub fn type_code(&self) -> &str {
        self.part(0)
    }

    /// Credit code of the issuing body as written; its own check is not part of the mark.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.part(1)
    }

    /// Serial given by the issuer.
    #[must_use]
    pub fn serial(&self) -> &str {
        self.part(2)
    }

    /// Version, 3 characters.
    #[must_use]
    pub fn version(&self) -> &str {
        self.part(3)
    }
}
