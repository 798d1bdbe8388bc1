//! Two windows on one draft, or two people: whoever saves later overwrites nothing they have not seen.
//!
//! A page says what stood in its boxes when it was drawn, by hash ([`drawn`]), and which window it is: what a window has saved itself is no
//! news to it, also when the answer to that was lost on the way. Box by box, what was not touched here stays as it was saved
//! elsewhere; what was touched here only is taken; what was touched in both is a *clash*: what was saved first stays, what was typed here
//! is kept beside it, and both are shown until somebody has chosen.

use super::absorb::absorb;
use super::answers::{Answers, key, rows_name};
use super::form::{Block, Form, Page};
use super::kind::Kind;
use chrono::NaiveDate;
use sm3::{Digest, Sm3};
use std::collections::BTreeMap;

/// Name of the control that carries [`drawn`].
pub const DRAWN: &str = "drawn";
/// Name of the control that carries the window's id.
pub const WINDOW: &str = "window";
/// Windows that are remembered; ids begin with their time, so that the oldest goes first.
const MOST_WINDOWS: usize = 6;
/// Longest id of a window.
const LONGEST: usize = 40;

/// What stands in every box of a page: `mobile:1f3a09c2 staff_name.1:…`.
pub fn drawn(page: &Page, answers: &Answers) -> String {
    let boxes = keys(page, answers).into_iter().map(|key| format!("{key}:{}", mark(answers.many(&key))));
    boxes.collect::<Vec<_>>().join(" ")
}

fn keys(page: &Page, answers: &Answers) -> Vec<String> {
    let mut keys = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Field(field) if typed(&field.kind) => keys.push(field.id.clone()),
            Block::Field(_) => {}
            Block::Group(group) => {
                let fields = || group.fields.iter().filter(|field| typed(&field.kind));
                keys.extend(answers.rows(&group.id).iter().flat_map(|row| fields().map(move |field| key(&field.id, Some(row)))));
            }
        }
    }
    keys
}

fn typed(kind: &Kind) -> bool {
    !kind.takes_files() && !matches!(kind, Kind::Computed { .. })
}

fn mark(said: &[String]) -> String {
    hex::encode(&Sm3::digest(said.join("\u{1f}"))[..4])
}

/// Takes a posted page into the draft, as [`absorb`] does, and heeds what was saved elsewhere since the page was drawn. A page that
/// does not say how it was drawn is taken as it is.
pub fn merge(form: &Form, page: &Page, pairs: &[(String, String)], before: &Answers, today: NaiveDate) -> Answers {
    let mut after = absorb(form, page, &with_entries(page, pairs, before), before, today).answers;
    let said = |name: &str| pairs.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    let window = said(WINDOW).filter(|id| !id.is_empty() && id.len() <= LONGEST);
    let told = window.and_then(|id| before.windows.get(id)).map(String::as_str).or(said(DRAWN)).unwrap_or_default();
    let told: BTreeMap<&str, &str> = told.split(' ').filter_map(|one| one.rsplit_once(':')).collect();
    for key in keys(page, &after) {
        let (was, is) = (before.many(&key), after.many(&key).to_vec());
        let Some(drawn) = told.get(key.as_str()) else { continue };
        if was == is {
            continue;
        }
        let (untouched, unsaved) = (mark(&is) == **drawn, mark(was) == **drawn);
        if unsaved {
            // touched here alone: whoever changes a box that clashed has chosen
            after.clashes.remove(&key);
        } else {
            if !untouched {
                after.clashes.insert(key.clone(), is);
            }
            if let Some(origin) = before.origins.get(&key) {
                after.origins.insert(key.clone(), origin.clone());
            }
            after.set_many(key, was.to_vec());
        }
    }
    if let Some(window) = window {
        after.windows.insert(window.to_owned(), drawn(page, &after));
        while after.windows.len() > MOST_WINDOWS {
            after.windows.pop_first();
        }
    }
    after
}

/// The same, with the entries that are there and were not sent. A page that was drawn before they were added elsewhere does not know
/// them; entries are taken out by their own button only.
pub fn with_entries(page: &Page, pairs: &[(String, String)], before: &Answers) -> Vec<(String, String)> {
    let mut all = pairs.to_vec();
    for group in page.groups() {
        let name = rows_name(&group.id);
        for row in before.rows(&group.id) {
            if !pairs.iter().any(|(n, v)| *n == name && v.split(',').any(|v| v.trim() == row)) {
                all.push((name.clone(), row.clone()));
            }
        }
    }
    all
}

/// The person has looked at the boxes of this page: what stands there now was chosen.
pub fn choose(page: &Page, answers: &mut Answers, shown: &Answers) {
    for key in keys(page, answers) {
        // one that has only just come about was not seen yet
        if shown.clashes.get(&key) == answers.clashes.get(&key) {
            answers.clashes.remove(&key);
        }
    }
}
