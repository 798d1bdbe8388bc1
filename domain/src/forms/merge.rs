//! Two windows on one draft, or two people: whoever saves later overwrites nothing they have not seen.
//!
//! A page says what stood in its boxes when it was drawn, by hash ([`drawn`]), and which window it is: what a window has saved itself is no
//! news to it, also when the answer to that was lost on the way. Box by box, what was not touched here stays as it was saved
//! elsewhere; what was touched here only is taken; what was touched in both is a *clash*: what was saved first stays, what was typed here
//! is kept beside it, and both are shown until somebody has chosen.

use super::absorb::absorb;
use super::answers::{Answers, key, rows_name, split_key};
use super::form::{Block, Form, Page};
use super::kind::Kind;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};
use std::collections::BTreeMap;

/// Name of the control that carries what was drawn.
const DRAWN: &str = "drawn";
/// Name of the control that carries the window's id.
const WINDOW: &str = "window";
/// Windows that are remembered; ids begin with their time, so that the oldest goes first.
const MOST_WINDOWS: usize = 12;
/// Longest id of a window.
const LONGEST: usize = 40;
/// Behind the mark of a box that was drawn with both answers of a clash.
const CLASHED: char = '!';

/// What a page carries unseen and brings back, so that nothing saved elsewhere is overwritten.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Another with every page drawn.
    window: String,
    /// Page → what stands in its boxes, by hash.
    boxes: BTreeMap<String, String>,
}

impl Drawn {
    /// Every page of a form, as it is drawn now for a window of this id.
    pub fn of(form: &Form, answers: &Answers, window: String) -> Self {
        Self { window, boxes: form.pages.iter().map(|page| (page.id.clone(), marks(page, answers))).collect() }
    }

    /// Names and values of the controls that go along with a page.
    pub fn controls(&self, page: &str) -> Vec<(&'static str, String)> {
        vec![(DRAWN, self.boxes.get(page).cloned().unwrap_or_default()), (WINDOW, self.window.clone())]
    }
}

/// What stands in every box of a page: `mobile:1f3a09c2 staff_name.1:…`.
fn marks(page: &Page, answers: &Answers) -> String {
    let boxes = keys(page, answers).into_iter().map(|key| {
        let clashed = if answers.clashes.contains_key(&key) { CLASHED.to_string() } else { String::new() };
        format!("{key}:{}{clashed}", mark(answers.many(&key)))
    });
    boxes.collect::<Vec<_>>().join(" ")
}

/// The value of a control of the posted page.
fn said<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

fn read(told: &str) -> BTreeMap<&str, &str> {
    told.split(' ').filter_map(|one| one.rsplit_once(':')).collect()
}

fn keys(page: &Page, answers: &Answers) -> Vec<String> {
    let mut keys = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Field(field) if typed(&field.kind) => keys.push(field.id.clone()),
            Block::Field(_) => {}
            Block::Group(group) => {
                let fields = || group.fields.iter().filter(|field| typed(&field.kind));
                let rows = answers.rows_to_show(group);
                keys.extend(rows.iter().flat_map(|row| fields().map(move |field| key(&field.id, Some(row)))));
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
    let window = said(pairs, WINDOW).filter(|id| !id.is_empty() && id.len() <= LONGEST);
    let told = window.and_then(|id| before.windows.get(id)).map(String::as_str).or(said(pairs, DRAWN)).unwrap_or_default();
    let mut shown: BTreeMap<String, String> =
        read(told).into_iter().map(|(key, mark)| (key.to_owned(), mark.trim_end_matches(CLASHED).to_owned())).collect();
    let mut after = absorb(form, page, &with_entries(page, pairs, before, &shown), before, today).answers;
    for key in keys(page, &after) {
        let (was, is) = (before.many(&key), after.many(&key).to_vec());
        let drawn = shown.get(&key);
        if was == is || drawn.is_none_or(|drawn| mark(was) == *drawn) {
            // nobody else was here; whoever changes a box that clashed has chosen
            if was != is {
                after.clashes.remove(&key);
            }
            shown.insert(key, mark(&is));
            continue;
        }
        // what stands in the window is still what it was drawn with, or what was typed into it: it has not seen the other answer
        if drawn.is_some_and(|drawn| mark(&is) != *drawn) {
            after.clashes.insert(key.clone(), is);
        }
        if let Some(origin) = before.origins.get(&key) {
            after.origins.insert(key.clone(), origin.clone());
        }
        after.set_many(key, was.to_vec());
    }
    if let Some(window) = window {
        let shown = shown.iter().map(|(key, mark)| format!("{key}:{mark}")).collect::<Vec<_>>().join(" ");
        after.windows.insert(window.to_owned(), shown);
        while after.windows.len() > MOST_WINDOWS {
            let oldest = after.windows.keys().find(|id| *id != window).cloned();
            oldest.map(|id| after.windows.remove(&id));
        }
    }
    after
}

/// The same, with the entries of each list as they are: one that was added elsewhere stays though this page does not know it, and one that
/// was taken out elsewhere does not come back with a page that still shows it. Entries come and go by their own buttons only.
fn with_entries(
    page: &Page,
    pairs: &[(String, String)],
    before: &Answers,
    shown: &BTreeMap<String, String>,
) -> Vec<(String, String)> {
    let mut all = pairs.to_vec();
    for group in page.groups() {
        let (name, kept) = (rows_name(&group.id), before.rows(&group.id));
        let drawn = |row: &str| {
            shown.keys().any(|key| split_key(key).1 == Some(row) && group.fields.iter().any(|f| f.id == split_key(key).0))
        };
        let first = before.rows_to_show(group);
        all.retain(|(n, row)| *n != name || first.iter().any(|r| r == row) || !drawn(row));
        for row in kept {
            if !pairs.iter().any(|(n, v)| *n == name && v.split(',').any(|v| v.trim() == row)) {
                all.push((name.clone(), row.clone()));
            }
        }
    }
    all
}

/// The person has looked at the page and saves it: where it was drawn with both answers of a clash, what stands there now was chosen.
pub fn choose(pairs: &[(String, String)], answers: &mut Answers, before: &Answers) {
    for (key, mark) in read(said(pairs, DRAWN).unwrap_or_default()) {
        // one that has only just come about was not seen yet
        if mark.ends_with(CLASHED) && before.clashes.get(key) == answers.clashes.get(key) {
            answers.clashes.remove(key);
        }
    }
}
