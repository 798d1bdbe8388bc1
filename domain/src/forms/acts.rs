//! What a button of a form page asks for. Buttons are named `act`; the value says the rest.

use super::answers::{Answers, is_row_id, split_key};
use super::form::Form;

/// The button that was pressed on a form page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageAct {
    /// 保存并继续: go on when the page has no problems. Also what pressing Enter means.
    Save,
    /// 先存着，以后再填
    Later,
    /// 更新本页: show what the answers given here ask further.
    Refresh,
    /// + 再加一位
    AddRow {
        group: String,
    },
    RemoveRow {
        group: String,
        row: String,
    },
    /// 修改第 1 位
    OpenRow {
        group: String,
        row: String,
    },
    RemoveFile {
        key: String,
        upload: String,
    },
}

impl PageAct {
    /// The value of the button.
    pub fn value(&self) -> String {
        match self {
            Self::Save => "save".into(),
            Self::Later => "later".into(),
            Self::Refresh => "refresh".into(),
            Self::AddRow { group } => format!("add:{group}"),
            Self::RemoveRow { group, row } => format!("remove:{group}.{row}"),
            Self::OpenRow { group, row } => format!("open:{group}.{row}"),
            Self::RemoveFile { key, upload } => format!("unfile:{key}:{upload}"),
        }
    }

    /// Whether the page saved itself, and nobody pressed anything.
    pub fn is_autosave(pairs: &[(String, String)]) -> bool {
        pairs.iter().any(|(name, value)| name == "act" && value == "autosave")
    }

    /// Adds or takes out the entry this button speaks of; every other leaves the answers alone.
    pub fn on_entries(&self, form: &Form, answers: &mut Answers) {
        match self {
            Self::AddRow { group } => form.group(group).into_iter().for_each(|group| drop(answers.add_row(group))),
            Self::RemoveRow { group, row } => form.group(group).into_iter().for_each(|group| answers.remove_row(group, row)),
            Self::Save | Self::Later | Self::Refresh | Self::OpenRow { .. } | Self::RemoveFile { .. } => {}
        }
    }

    /// Reads the pressed button; a form sent without one is saved.
    pub fn of_pairs(pairs: &[(String, String)]) -> Self {
        pairs.iter().rev().find(|(name, _)| name == "act").and_then(|(_, value)| Self::parse(value)).unwrap_or(Self::Save)
    }

    fn parse(value: &str) -> Option<Self> {
        let (verb, object) = value.split_once(':').unwrap_or((value, ""));
        let row = || match split_key(object) {
            (group, Some(row)) if is_row_id(row) => Some((group.to_owned(), row.to_owned())),
            _ => None,
        };
        match verb {
            "save" => Some(Self::Save),
            "later" => Some(Self::Later),
            "refresh" => Some(Self::Refresh),
            "add" if !object.is_empty() => Some(Self::AddRow { group: object.into() }),
            "remove" => row().map(|(group, row)| Self::RemoveRow { group, row }),
            "open" => row().map(|(group, row)| Self::OpenRow { group, row }),
            "unfile" => object.split_once(':').map(|(key, upload)| Self::RemoveFile { key: key.into(), upload: upload.into() }),
            _ => None,
        }
    }
}
