//! Code tables a deployment may edit: code, name, source and how sure we are of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Theme, ThemeSet};

/// Every table by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeTables {
    /// `theme_natural`, `theme_legal`, `audience` …
    pub tables: BTreeMap<String, CodeTable>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeTable {
    /// Its Chinese title.
    pub title: String,
    /// The text it was taken from.
    pub source: String,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// Its rows in their order.
    pub rows: Vec<CodeRow>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRow {
    /// The code.
    pub code: String,
    /// What it stands for.
    pub name: String,
}

impl CodeTables {
    /// A table by name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&CodeTable> {
        self.tables.get(name)
    }

    /// What a code of a table stands for.
    #[must_use]
    pub fn name(&self, table: &str, code: &str) -> Option<&str> {
        self.table(table)?.rows.iter().find(|row| row.code == code).map(|row| row.name.as_str())
    }

    /// The name of a theme: 生育收养.
    #[must_use]
    pub fn theme_name(&self, theme: &Theme) -> Option<&str> {
        self.name(theme.set.table(), &theme.code)
    }

    /// Every theme of a set with its name, in the order of the table.
    pub fn themes(&self, set: ThemeSet) -> impl Iterator<Item = (Theme, &str)> {
        let rows = self.table(set.table()).map_or(&[][..], |table| table.rows.as_slice());
        rows.iter().map(move |row| (Theme { set, code: row.code.clone() }, row.name.as_str()))
    }
}
