//! The narrow row of an item for lists: few columns, because rows cost more than the view (design §8).

use serde::{Deserialize, Serialize};

use super::{Apply, Audience, ItemCode, ItemType, Limit, Themes};

/// An item as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLine {
    /// Its code, in addresses.
    pub code: ItemCode,
    /// Official name.
    pub name: String,
    /// English name.
    pub name_en: String,
    /// One plain sentence.
    pub summary: String,
    /// The same in English.
    #[serde(default)]
    pub summary_en: String,
    /// Short name of the department.
    pub department: String,
    /// Its English name.
    #[serde(default)]
    pub department_en: String,
    /// Code of the department, for filtering.
    pub department_code: String,
    /// 事项类型.
    pub kind: ItemType,
    /// What the hall promises.
    pub promised: Limit,
    /// How often one has to go there today.
    pub visits: u8,
    /// Whether it may cost something.
    pub charged: bool,
    /// In words: 不收费, 首次免费.
    pub fee: String,
    /// In English, where something is charged.
    #[serde(default)]
    pub fee_en: String,
    /// Who may apply.
    pub audience: Vec<Audience>,
    /// Themes.
    pub themes: Themes,
    /// Whether a form is open online.
    pub apply: Apply,
}
