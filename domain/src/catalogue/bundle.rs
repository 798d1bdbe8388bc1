//! 一件事: several departments' matters on one form, handed in once, finished together.

use serde::{Deserialize, Serialize};

use super::ItemCode;
use crate::forms::joint::Facts;

/// One bundle (“高效办成一件事”).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// In addresses, e.g. `catering`.
    pub code: ItemCode,
    /// 开办餐饮店.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// One plain sentence.
    pub summary: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary_en: String,
    /// Everyday words people search by.
    pub words: Vec<String>,
    /// For people (`true`) or for organisations.
    pub for_people: bool,
    /// 牵头部门.
    pub lead: String,
    /// In English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead_en: String,
    /// The matters in it, in the order they are done.
    pub members: Vec<Member>,
    /// What the joint form asks once, and what the occasion answers by itself.
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// What else is known about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note_en: String,
}

/// One matter of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// What it is called in the bundle.
    pub name: String,
    /// In English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// The items that do it here, when the hall has them; several when one of them applies (company or sole trader).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemCode>,
}

impl Bundle {
    /// Every item of this hall in the bundle.
    pub fn items(&self) -> impl Iterator<Item = &ItemCode> {
        self.members.iter().flat_map(|member| member.items.iter())
    }
}
