//! What pages show of the asker.

use super::actor::Party;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who is signed in, for headers and greetings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// `None` for a visitor.
    pub name: Option<String>,
    pub role: Role,
    /// The organisation acted for, if any.
    pub organisation: Option<Party>,
    /// Organisations this person may act for.
    pub organisations: Vec<Party>,
    /// Unit of a member of staff.
    pub unit_name: Option<String>,
}

/// What kind of page is the asker's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[default]
    Visitor,
    Citizen,
    Agent,
    Staff,
}

/// The keys of an organisation, for its agents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysPage {
    /// The organisation.
    pub party: String,
    /// In force, oldest first.
    pub in_force: Vec<KeyLine>,
    /// The last that are over, newest first.
    pub over: Vec<KeyLine>,
    /// As many that open something may be in force.
    pub most: u32,
    /// Whether the asker may make keys and take them back.
    pub may_change: bool,
    /// Makes sending the form twice make one key; new with every page, and kept nowhere else.
    pub once: String,
}

impl KeysPage {
    /// Keys that open something now.
    pub fn opening(&self) -> usize {
        self.in_force.iter().filter(|line| line.opens).count()
    }
}

/// A key, as far as anybody but its holder may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyLine {
    pub id: Uuid,
    pub name: String,
    /// Its last characters, where they were kept.
    pub tail: Option<String>,
    pub made_on: NaiveDate,
    /// Who made it, and in whose name it acts besides the organisation's.
    pub made_by: String,
    /// Whoever made it acts for the organisation still; else it opens nothing, though nobody took it back.
    pub opens: bool,
    pub last_used_on: Option<NaiveDate>,
    /// The first day on which it opens nothing by itself.
    pub ends_on: Option<NaiveDate>,
    /// The day it was taken back.
    pub revoked_on: Option<NaiveDate>,
}
