//! What pages show of certificates.

use super::signed::{Facts, FileFault};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A certificate in 我的证照.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateLine {
    pub id: Uuid,
    /// It belongs to somebody else, for whom one applied.
    pub for_other: bool,
    pub type_code: String,
    pub name: String,
    pub number: String,
    pub holder: String,
    pub issuer: String,
    pub issued_on: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    /// `valid`, `expired`, `superseded`, `revoked`, `cancelled`.
    pub state: String,
}

/// The one answer of a verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// 真实有效
    Genuine,
    /// 真实，但已过期
    Expired { on: NaiveDate },
    /// 真实，但已被变更、撤销或注销
    NoLongerValid { state: String },
    /// Not in the register, or the holder's name is not the one on it; which of the two is not told.
    NotFound,
    /// The file was changed or is no certificate.
    NotGenuine { fault: FileFault },
    /// The signature fits, but the key is not one of this hall's issuers.
    UnknownIssuer,
    /// Held in the register, issued elsewhere: without the issuer's signed file the hall does not vouch for it.
    IssuedElsewhere {
        /// Who issued it, and can be asked.
        issuer: String,
        /// What the register says of it: `valid`, `expired`, `superseded`, `revoked`, `cancelled`.
        state: String,
    },
}

/// The page that says whether a certificate holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyPage {
    pub verdict: Verdict,
    /// Public facts only; personal numbers are masked and the picture is never shown to strangers.
    pub facts: Option<Facts>,
    /// SM3 digest of what was signed, hex.
    pub digest: Option<String>,
    pub checked_at: DateTime<Utc>,
}
