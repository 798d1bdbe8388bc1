//! What applicant and office write to each other about a case (看图 part 19: department, not staff).

use super::case::{Case, Stage};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The longest message, in characters.
pub const LONGEST_MESSAGE: u32 = 500;
/// Messages an applicant may send while none has been answered.
pub const MOST_UNANSWERED: usize = 10;

/// A message as both sides read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub id: Uuid,
    pub from_office: bool,
    /// The office, or the applicant.
    pub writer: String,
    pub words: String,
    pub at: DateTime<Utc>,
    /// The office owes an answer.
    pub waits: bool,
}

impl Case {
    /// Whether both sides may still write: after the end there is no post any more that would answer.
    pub fn open_to_words(&self) -> bool {
        !matches!(self.stage, Stage::Ended { .. })
    }
}
