//! What public pages show of the catalogue.

use super::{Bundle, Counts, Item, ItemLine, Query, Unknown};
use serde::{Deserialize, Serialize};

/// A bundle (一件事) in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleLine {
    pub code: String,
    pub name: String,
    pub name_en: String,
    pub sentence: String,
    pub sentence_en: String,
    pub members: u32,
}

/// A theme with the number of its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeLine {
    pub code: String,
    pub name: String,
    pub items: u32,
}

/// The home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePage {
    pub items: u32,
    /// Items that can be filed online today.
    pub online: u32,
    /// Items for which nobody has to go anywhere.
    pub no_visit: u32,
    pub popular: Vec<ItemLine>,
    pub bundles: Vec<BundleLine>,
    pub themes_natural: Vec<ThemeLine>,
    pub themes_legal: Vec<ThemeLine>,
}

/// A page of the item list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemsPage {
    pub query: Query,
    pub lines: Vec<ItemLine>,
    pub counts: Counts,
    /// How many items match in all (the catalogue is small and in memory).
    pub found: u32,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    pub bundle: Option<BundleLine>,
    pub unknown: Vec<Unknown>,
    pub theme_name: Option<String>,
}

/// A guide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidePage {
    pub item: Item,
    pub bundles: Vec<BundleLine>,
    /// Whether its conditions can be tried beforehand.
    #[serde(default)]
    pub eligible: bool,
}

/// A bundle with its members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlePage {
    pub bundle: Bundle,
    pub members: Vec<ItemLine>,
    /// Codes of the items that the joint form asks for; empty where there is none.
    #[serde(default)]
    pub joined: Vec<String>,
}
