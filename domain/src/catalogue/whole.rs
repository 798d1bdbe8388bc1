//! The whole catalogue, read from its five files and checked for broken references.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Bundle, CodeTables, Item, ItemCode, ItemLine, Phrases, Theme, ThemeSet};

/// A body that carries items out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Short code for addresses and filters: initials of the short name, `scjgj`.
    pub code: String,
    /// 实施主体名称: 区市场监督管理局.
    pub name: String,
    /// Everyday name: 市场监管局.
    pub short: String,
    /// English name.
    pub name_en: String,
    /// Pinyin of the short name, the sort key.
    pub pinyin: String,
    /// 统一社会信用代码 (`dept_code`); a demo value in the seed.
    pub credit_code: String,
}

/// The texts of the five files of `data/catalogue/`.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// `items.json`.
    pub items: &'a str,
    /// `bundles.json`.
    pub bundles: &'a str,
    /// `departments.json`.
    pub departments: &'a str,
    /// `code-tables.json`.
    pub tables: &'a str,
    /// `english.json`.
    pub english: &'a str,
}

/// Why the files are not a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CatalogueFault {
    /// A file is not the JSON expected; which one and what the parser says.
    Unreadable(&'static str, String),
    /// Two items or two bundles share a code.
    Twice(ItemCode),
    /// An item names a department that is not listed.
    NoDepartment(ItemCode, String),
    /// An item or bundle names an item or bundle that is not there.
    Dangling(ItemCode, String),
    /// An item stands under a theme its table does not have.
    NoTheme(ItemCode, String),
}

impl fmt::Display for CatalogueFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(file, why) => write!(f, "{file} cannot be read: {why}"),
            Self::Twice(code) => write!(f, "the code {code} is used twice"),
            Self::NoDepartment(code, department) => write!(f, "{code} names an unknown department {department}"),
            Self::Dangling(code, other) => write!(f, "{code} refers to {other}, which is not there"),
            Self::NoTheme(code, theme) => write!(f, "{code} stands under an unknown theme {theme}"),
        }
    }
}

impl std::error::Error for CatalogueFault {}

/// Everything the hall offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Items in the order of the file, which is the order of departments.
    pub items: Vec<Item>,
    /// Bundles in the order they are shown.
    pub bundles: Vec<Bundle>,
    /// Departments.
    pub departments: Vec<Department>,
    /// Code tables.
    pub tables: CodeTables,
    /// What is said in many places, in English.
    pub english: Phrases,
}

impl Catalogue {
    /// Reads the five files and checks that every reference holds.
    ///
    /// # Errors
    /// The first [`CatalogueFault`] found. Publishing checks are separate: see [`faults`](super::faults).
    pub fn parse(sources: &Sources<'_>) -> Result<Self, CatalogueFault> {
        let mut whole = Self {
            items: read("items.json", sources.items)?,
            bundles: read("bundles.json", sources.bundles)?,
            departments: read("departments.json", sources.departments)?,
            tables: read("code-tables.json", sources.tables)?,
            english: read("english.json", sources.english)?,
        };
        whole.translate();
        whole.check()?;
        Ok(whole)
    }

    fn check(&self) -> Result<(), CatalogueFault> {
        let mut seen = BTreeSet::new();
        for code in self.items.iter().map(|item| &item.code).chain(self.bundles.iter().map(|bundle| &bundle.code)) {
            if !seen.insert(code) {
                return Err(CatalogueFault::Twice(code.clone()));
            }
        }
        for item in &self.items {
            let code = || item.code.clone();
            if self.department(&item.department_code).is_none() {
                return Err(CatalogueFault::NoDepartment(code(), item.department_code.clone()));
            }
            if let Some(bundle) = item.bundles.iter().find(|bundle| self.bundle(bundle).is_none()) {
                return Err(CatalogueFault::Dangling(code(), bundle.clone()));
            }
            let natural = item.themes.natural.iter().map(|theme| (ThemeSet::Natural, theme));
            let legal = item.themes.legal.iter().map(|theme| (ThemeSet::Legal, theme));
            for theme in natural.chain(legal).map(|(set, code)| Theme { set, code: code.clone() }) {
                if self.tables.theme_name(&theme).is_none() {
                    return Err(CatalogueFault::NoTheme(code(), theme.parameter()));
                }
            }
        }
        for bundle in &self.bundles {
            if let Some(item) = bundle.items().find(|item| self.find(item.as_str()).is_none()) {
                return Err(CatalogueFault::Dangling(bundle.code.clone(), item.to_string()));
            }
        }
        Ok(())
    }

    /// An item by its code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code.as_str() == code)
    }

    /// A bundle by its code.
    #[must_use]
    pub fn bundle(&self, code: &str) -> Option<&Bundle> {
        self.bundles.iter().find(|bundle| bundle.code.as_str() == code)
    }

    /// A department by its code.
    #[must_use]
    pub fn department(&self, code: &str) -> Option<&Department> {
        self.departments.iter().find(|department| department.code == code)
    }

    /// The narrow rows of all items, in order.
    #[must_use]
    pub fn lines(&self) -> Vec<ItemLine> {
        self.items.iter().map(Item::line).collect()
    }

    /// The bundles an item belongs to.
    pub fn bundles_of<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a Bundle> {
        item.bundles.iter().filter_map(|code| self.bundle(code))
    }
}

fn read<'a, T: Deserialize<'a>>(file: &'static str, text: &'a str) -> Result<T, CatalogueFault> {
    serde_json::from_str(text).map_err(|why| CatalogueFault::Unreadable(file, why.to_string()))
}
