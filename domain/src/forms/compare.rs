//! What a new version of a form changes for a draft.

use super::answers::Answers;
use super::form::{Form, Place};
use super::kind::Kind;
use serde::{Deserialize, Serialize};
use std::mem::discriminant;

/// A difference between two versions that a person who has a draft should know. Labels are the Chinese ones of the version
/// that has the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A new question; `optional` when it may be left out.
    Added {
        field: String,
        label: String,
        page: String,
        optional: bool,
    },
    /// No longer asked; the answers given stay in the draft until it expires.
    Removed {
        field: String,
        label: String,
        was: Vec<String>,
    },
    Reworded {
        field: String,
        from: String,
        to: String,
    },
    /// The question takes another kind of answer; what was given stays and is checked anew.
    OtherKind {
        field: String,
        label: String,
    },
    /// An answer that is no longer offered; the question must be answered anew.
    OptionGone {
        field: String,
        label: String,
        value: String,
    },
    /// It could be left out before.
    NowRequired {
        field: String,
        label: String,
    },
    /// It moved into or out of a list, so its answer could not follow.
    Moved {
        field: String,
        label: String,
    },
}

/// What changed for a draft with these answers. The answers themselves stay as they are: they lie under stable ids.
pub fn compare(old: &Form, new: &Form, answers: &Answers) -> Vec<Change> {
    let mut changes = Vec::new();
    for place in new.places() {
        match old.place(&place.field.id) {
            None => changes.push(Change::Added {
                field: place.field.id.clone(),
                label: place.field.label.clone(),
                page: place.page.id.clone(),
                optional: place.field.optional,
            }),
            Some(before) => changed(before, place, answers, &mut changes),
        }
    }
    for place in old.places().filter(|p| new.place(&p.field.id).is_none()) {
        let (field, label) = (place.field.id.clone(), place.field.label.clone());
        changes.push(Change::Removed { field, label, was: given(answers, place) });
    }
    changes
}

fn changed(before: Place<'_>, after: Place<'_>, answers: &Answers, changes: &mut Vec<Change>) {
    let (field, label) = (after.field.id.clone(), after.field.label.clone());
    if before.field.label != label {
        changes.push(Change::Reworded { field: field.clone(), from: before.field.label.clone(), to: label.clone() });
    }
    if before.group.map(|g| &g.id) != after.group.map(|g| &g.id) {
        changes.push(Change::Moved { field: field.clone(), label: label.clone() });
    }
    if discriminant(&before.field.kind) != discriminant(&after.field.kind) {
        changes.push(Change::OtherKind { field: field.clone(), label: label.clone() });
    } else if matches!(after.field.kind, Kind::Choice { .. } | Kind::Choices { .. }) {
        for value in given(answers, before) {
            if after.field.kind.options().iter().all(|o| o.value != value) {
                changes.push(Change::OptionGone { field: field.clone(), label: label.clone(), value });
            }
        }
    }
    if before.field.optional && !after.field.optional {
        changes.push(Change::NowRequired { field, label });
    }
}

/// What was answered to a field, in all entries.
fn given(answers: &Answers, place: Place<'_>) -> Vec<String> {
    let id = place.field.id.as_str();
    let same = |key: &str| super::answers::split_key(key).0 == id;
    let mut found: Vec<String> = Vec::new();
    for value in answers.values.iter().filter(|(k, _)| same(k)).flat_map(|(_, v)| v) {
        if !found.contains(value) {
            found.push(value.clone());
        }
    }
    found.extend(answers.files.iter().filter(|(k, _)| same(k)).flat_map(|(_, f)| f).map(|f| f.name.clone()));
    found
}
