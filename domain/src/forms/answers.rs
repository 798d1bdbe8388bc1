//! What a person has filled in so far, exactly as a browser sends it.

use super::form::Group;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Most entries a list may hold, whatever its form says: keeps evaluation bounded.
pub const MOST_ROWS: usize = 200;

/// Answers of a draft or a submission.
///
/// Keys are field ids, or `field.row` inside a repeating group. Values are HTML-native text: what was typed is kept even when
/// it is wrong. All maps are ordered, so that one set of answers has one JSON text and one hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// Key → what was typed or ticked. A single answer is a list of one; nothing is stored for an empty answer.
    pub values: BTreeMap<String, Vec<String>>,
    /// Group id → its row ids in order.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<String, Vec<String>>,
    /// Group → the highest number an entry that was taken out had: no other entry is ever called so.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub spent: BTreeMap<String, u32>,
    /// Key → uploads in order.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, Vec<FileNote>>,
    /// Key → the source the value was taken from, until the person changes it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub origins: BTreeMap<String, String>,
    /// Key → what was typed in one window while another was saved with something else; until somebody has chosen.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub clashes: BTreeMap<String, Vec<String>>,
    /// Window → what stood in the boxes of its page after it saved last, by hash.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub windows: BTreeMap<String, String>,
    /// Declarations agreed to.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub agreed: BTreeSet<String>,
}

/// What is known of an upload without opening it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileNote {
    /// Upload id.
    pub id: String,
    /// Name as the person knows it.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Found from the content.
    pub media_type: String,
    /// SM3 of the content, hex; empty while it is being worked out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hash: String,
}

/// Joins a field id and a row id.
pub fn key(field: &str, row: Option<&str>) -> String {
    row.map_or_else(|| field.to_owned(), |row| format!("{field}.{row}"))
}

/// The field id and row id of a key.
pub fn split_key(key: &str) -> (&str, Option<&str>) {
    key.split_once('.').map_or((key, None), |(field, row)| (field, Some(row)))
}

/// Name of a control in HTML: `f.{field}` or `f.{field}.{row}`.
pub fn field_name(key: &str) -> String {
    format!("f.{key}")
}

/// Id of a control in HTML, and the target of links to it: `f-staff_name-2`.
pub fn element_id(key: &str) -> String {
    format!("f-{}", key.replace('.', "-"))
}

/// Name of the hidden control that names an entry of a list.
pub fn rows_name(group: &str) -> String {
    format!("rows.{group}")
}

/// A row id we are ready to put into keys and element ids.
pub fn is_row_id(row: &str) -> bool {
    !row.is_empty() && row.len() <= 8 && row.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

impl Answers {
    /// The single answer at this key; empty when there is none.
    pub fn one(&self, key: &str) -> &str {
        self.values.get(key).and_then(|v| v.first()).map_or("", String::as_str)
    }

    /// All answers at this key.
    pub fn many(&self, key: &str) -> &[String] {
        self.values.get(key).map_or(&[], Vec::as_slice)
    }

    /// Uploads at this key.
    pub fn files(&self, key: &str) -> &[FileNote] {
        self.files.get(key).map_or(&[], Vec::as_slice)
    }

    /// Rows of a group as saved, in order.
    pub fn rows(&self, group: &str) -> &[String] {
        self.rows.get(group).map_or(&[], Vec::as_slice)
    }

    /// Sets one answer; an empty text removes it.
    pub fn set(&mut self, key: impl Into<String>, value: impl Into<String>) {
        let (key, value) = (key.into(), value.into());
        if value.is_empty() {
            self.values.remove(&key);
        } else {
            self.values.insert(key, vec![value]);
        }
    }

    /// Sets all answers of a key; an empty list removes it.
    pub fn set_many(&mut self, key: impl Into<String>, values: Vec<String>) {
        if values.is_empty() {
            self.values.remove(&key.into());
        } else {
            self.values.insert(key.into(), values);
        }
    }

    /// Rows to draw: those saved, and blank ones up to the least the group asks for.
    pub fn rows_to_show(&self, group: &Group) -> Vec<String> {
        let mut rows = self.rows(&group.id).to_vec();
        while rows.len() < (group.min as usize).min(MOST_ROWS) {
            rows.push(self.next_row(&group.id, &rows));
        }
        rows
    }

    /// The next row id of a group that has these: one more than the largest number there is or was.
    pub(super) fn next_row(&self, group: &str, rows: &[String]) -> String {
        (largest(rows).max(self.spent.get(group).copied().unwrap_or_default()) + 1).to_string()
    }

    /// Adds a blank entry and returns its row id; `None` when the list is full.
    pub fn add_row(&mut self, group: &Group) -> Option<String> {
        let mut rows = self.rows_to_show(group);
        if rows.len() >= (group.max as usize).min(MOST_ROWS) {
            return None;
        }
        let row = self.next_row(&group.id, &rows);
        rows.push(row.clone());
        self.rows.insert(group.id.clone(), rows);
        Some(row)
    }

    /// Removes an entry with everything in it.
    pub fn remove_row(&mut self, group: &Group, row: &str) {
        let mut rows = self.rows_to_show(group);
        let spent = self.spent.entry(group.id.clone()).or_default();
        *spent = largest(&rows).max(*spent);
        rows.retain(|r| r != row);
        for field in &group.fields {
            let key = key(&field.id, Some(row));
            self.values.remove(&key);
            self.files.remove(&key);
            self.origins.remove(&key);
            self.clashes.remove(&key);
        }
        if rows.is_empty() {
            self.rows.remove(&group.id);
        } else {
            self.rows.insert(group.id.clone(), rows);
        }
    }

    /// Notes an upload at the end of its field's list.
    pub fn add_file(&mut self, key: impl Into<String>, file: FileNote) {
        self.files.entry(key.into()).or_default().push(file);
    }

    /// Removes an upload from a field; true when it was there.
    pub fn remove_file(&mut self, key: &str, upload: &str) -> bool {
        let Some(files) = self.files.get_mut(key) else { return false };
        let before = files.len();
        files.retain(|f| f.id != upload);
        let removed = files.len() < before;
        if files.is_empty() {
            self.files.remove(key);
        }
        removed
    }

    /// True when the person has given nothing yet at this key.
    pub fn is_blank(&self, key: &str) -> bool {
        self.many(key).iter().all(String::is_empty) && self.files(key).is_empty()
    }
}

/// The largest number among row ids.
fn largest(rows: &[String]) -> u32 {
    rows.iter().filter_map(|r| r.parse::<u32>().ok()).filter(|n| *n < 9_999_999).max().unwrap_or(0)
}
