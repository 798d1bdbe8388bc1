//! What a session holds.

use super::{CITIZEN_IDLE, STAFF_IDLE};
use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::certificates::view::VerifyPage;
use serde::{Deserialize, Serialize};
use std::fmt;
use tower_sessions::{Expiry, Session};
use uuid::Uuid;

const KEY: &str = "visit";
/// Cases looked up in one visit that may be looked at again without the code.
const TRACKED: usize = 10;

/// A visit to the hall.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// Who signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Uuid>,
    /// A civil servant: the session ends sooner.
    pub staff: bool,
    /// In whose name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acting_for: Option<Uuid>,
    /// Said once, by the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flash: Option<Flash>,
    /// A key that was just made, until the page of keys has shown it. The session rests sealed, so the key rests nowhere in plain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_key: Option<MadeKey>,
    /// What was typed after the session had ended; saved as soon as its owner is back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsaved: Option<Unsaved>,
    /// Cases found with their query code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tracked: Vec<Tracked>,
    /// The last verification, for the page that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified: Option<VerifyPage>,
    /// When the session's end was last moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<DateTime<Utc>>,
}

/// Why the last act was refused, and what had been typed; shown once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    /// Path of the page it belongs to.
    pub page: String,
    pub refusal: Refusal,
    /// Names and values, without passwords and files.
    pub typed: Vec<(String, String)>,
}

/// A key and what it is called.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeKey {
    pub name: String,
    pub secret: String,
}

impl fmt::Debug for MadeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MadeKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A page of a draft that came in when nobody was signed in any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unsaved {
    pub draft: Uuid,
    pub page: String,
    /// Names and values, whole; none when they could not be kept: whose draft it is still matters then.
    pub typed: Vec<(String, String)>,
}

/// A case somebody knows number and query code of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    pub number: String,
    pub code: String,
}

impl Visit {
    /// The visit of this session; an empty one if there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of(session: &Session) -> Result<Self, tower_sessions::session::Error> {
        Ok(session.get(KEY).await?.unwrap_or_default())
    }

    /// Keep it, until it is not used for so long as suits the person. Nothing to keep is not kept: a visitor who only
    /// reads has no session.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn keep(&self, session: &Session) -> Result<(), tower_sessions::session::Error> {
        if *self == Self::default() && session.is_empty().await {
            return Ok(());
        }
        session.set_expiry(Some(Expiry::OnInactivity(if self.staff { STAFF_IDLE } else { CITIZEN_IDLE })));
        session.insert(KEY, self).await
    }

    /// Remember a case that was found with its code.
    pub fn remember(&mut self, case: Tracked) {
        self.tracked.retain(|t| t.number != case.number);
        self.tracked.insert(0, case);
        self.tracked.truncate(TRACKED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_not_printed_with_its_visit() {
        let made = MadeKey { name: "ERP".into(), secret: "tongban_SECRET".into() };
        let visit = Visit { made_key: Some(made), ..Visit::default() };
        assert!(format!("{visit:?}").contains("ERP") && !format!("{visit:?}").contains("SECRET"));
    }

    #[test]
    fn the_newest_tracked_cases_are_kept_once() {
        let mut visit = Visit::default();
        for n in 0..30 {
            visit.remember(Tracked { number: (n % 12).to_string(), code: n.to_string() });
        }
        assert_eq!(visit.tracked.len(), TRACKED);
        assert_eq!(visit.tracked[0], Tracked { number: "5".into(), code: "29".into() });
    }
}
