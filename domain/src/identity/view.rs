//! What pages show of the asker.

use super::actor::Party;
use serde::{Deserialize, Serialize};

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
