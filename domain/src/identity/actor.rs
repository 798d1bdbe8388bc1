//! Who is asking.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a citizen or organisation is to the hall: the owner of cases and certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    Citizen,
    Organisation,
}

/// A citizen or an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub id: Uuid,
    pub kind: PartyKind,
    pub name: String,
}

/// A duty that a member of staff holds in a unit, e.g. `reviewer` (审查) in 行政许可科.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Unit whose cases this post handles.
    pub unit: Uuid,
    pub unit_name: String,
    /// Post name as flows know it: `window`, `inspector`, `reviewer`, `approver`, `supervisor`, `editor`, `admin`.
    pub post: String,
}

/// How far somebody may go in the name of the party they act for. Least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// Look.
    View,
    /// Look, and file in its name.
    Apply,
    /// Everything. What everybody may for themselves.
    All,
}

impl Power {
    /// As agencies are written down. A word we do not know lets nobody do more than look.
    pub fn named(word: &str) -> Self {
        match word {
            "all" | "manage" => Self::All,
            "apply" => Self::Apply,
            _ => Self::View,
        }
    }
}

/// Whoever makes a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "actor", rename_all = "snake_case")]
pub enum Actor {
    /// Nobody has signed in.
    #[default]
    Visitor,
    /// A person acting for themselves (`acting_for == person`) or, as agent, for an organisation.
    Applicant { account: Uuid, person: Party, acting_for: Party, power: Power },
    /// A civil servant at a desk.
    Staff { account: Uuid, name: String, unit_name: String, posts: Vec<Post> },
    /// The hall itself: timers and workers.
    System,
}

impl Actor {
    /// The account behind the request, if any.
    pub fn account(&self) -> Option<Uuid> {
        match self {
            Self::Applicant { account, .. } | Self::Staff { account, .. } => Some(*account),
            Self::Visitor | Self::System => None,
        }
    }

    /// The party in whose name the asker acts.
    pub fn party(&self) -> Option<&Party> {
        match self {
            Self::Applicant { acting_for, .. } => Some(acting_for),
            Self::Visitor | Self::Staff { .. } | Self::System => None,
        }
    }

    /// The name to greet with.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Applicant { person, .. } => Some(&person.name),
            Self::Staff { name, .. } => Some(name),
            Self::Visitor | Self::System => None,
        }
    }

    /// Whether the asker holds this post in this unit.
    pub fn holds(&self, unit: Uuid, post: &str) -> bool {
        match self {
            Self::Staff { posts, .. } => posts.iter().any(|p| p.unit == unit && p.post == post),
            Self::Visitor | Self::Applicant { .. } | Self::System => false,
        }
    }
}
