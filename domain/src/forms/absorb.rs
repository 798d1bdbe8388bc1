//! Takes a posted page into the draft.

use super::answers::{Answers, MOST_ROWS, field_name, is_row_id, key, rows_name};
use super::form::{Block, Field, Form, Group, Page};
use super::kind::{Kind, Shape};
use super::normalise::normalise;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Name of the hidden control that says which page was posted.
pub const PAGE: &str = "page";
/// Name of the hidden control that says which entries were drawn open: `staff.2`.
pub const OPEN: &str = "open";

/// What came of a posted page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Absorbed {
    /// The draft with this page's answers in it.
    pub answers: Answers,
    /// Names that belong to no question of this page: ignored, and logged by the caller.
    pub unknown: Vec<String>,
}

/// Takes the answers of one page, as flat pairs of names and values, into `before`.
///
/// Only fields of `page` are taken; what was typed is kept even when it is wrong. A field that was not posted keeps what
/// it had, except ticked kinds, of which a browser sends nothing when nothing is ticked: these are emptied when the page
/// (`page=…`) or their entry (`open=staff.2`) says that it was drawn. Uploads and computed values are never taken from pairs.
pub fn absorb(form: &Form, page: &Page, pairs: &[(String, String)], before: &Answers, today: NaiveDate) -> Absorbed {
    let mut posted: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, value) in pairs {
        posted.entry(name).or_default().push(value);
    }
    let mut taker = Taker {
        answers: before.clone(),
        known: BTreeSet::from([PAGE.to_owned(), OPEN.to_owned(), "act".to_owned()]),
        posted,
        today,
    };
    let whole = taker.posted.get(PAGE).is_some_and(|p| p.contains(&page.id.as_str()));
    for block in &page.blocks {
        match block {
            Block::Field(field) => taker.field(field, None, whole),
            Block::Group(group) => taker.group(group),
        }
    }
    // declarations and hidden controls of the surrounding page are not ours to judge
    let ours = |name: &str| name.starts_with("f.") || name.starts_with("rows.");
    let unknown = taker.posted.keys().filter(|n| ours(n) && !taker.known.contains(**n)).map(|n| (*n).to_owned()).collect();
    let mut answers = taker.answers;
    answers.origins.retain(|key, _| form.place(super::answers::split_key(key).0).is_some());
    Absorbed { answers, unknown }
}

struct Taker<'p> {
    answers: Answers,
    known: BTreeSet<String>,
    posted: BTreeMap<&'p str, Vec<&'p str>>,
    today: NaiveDate,
}

impl Taker<'_> {
    fn group(&mut self, group: &Group) {
        let name = rows_name(&group.id);
        self.known.insert(name.clone());
        if let Some(posted) = self.posted.get(name.as_str()) {
            let most = (group.max as usize).min(MOST_ROWS);
            let mut rows: Vec<String> = Vec::new();
            for row in posted.iter().flat_map(|v| v.split(',')).map(str::trim) {
                if is_row_id(row) && rows.len() < most && rows.iter().all(|r| r != row) {
                    rows.push(row.to_owned());
                }
            }
            self.drop_rows(group, &rows);
            if rows.is_empty() {
                self.answers.rows.remove(&group.id);
            } else {
                self.answers.rows.insert(group.id.clone(), rows);
            }
        }
        for row in self.answers.rows(&group.id).to_vec() {
            let open = format!("{}.{row}", group.id);
            let drawn = self.posted.get(OPEN).is_some_and(|o| o.contains(&open.as_str()));
            for field in &group.fields {
                self.field(field, Some(&row), drawn);
            }
        }
    }

    /// Entries taken out of the page in the browser are gone with all that was in them.
    fn drop_rows(&mut self, group: &Group, kept: &[String]) {
        for row in self.answers.rows(&group.id).to_vec() {
            if !kept.contains(&row) {
                self.answers.remove_row(group, &row);
            }
        }
    }

    fn field(&mut self, field: &Field, row: Option<&str>, drawn: bool) {
        let key = key(&field.id, row);
        let name = field_name(&key);
        self.known.insert(name.clone());
        let posted = self.posted.get(name.as_str()).map(Vec::as_slice);
        // of ticked kinds a browser sends nothing when nothing is ticked
        if let Some(said) = posted.or((drawn && field.kind.is_ticked()).then_some(&[])) {
            take(&mut self.answers, field, key, said, self.today);
        }
    }
}

/// Takes what was said to one question; true when that is another answer than before. What is uploaded, worked out or stands by
/// its source is never said.
pub(super) fn take(answers: &mut Answers, field: &Field, key: String, said: &[&str], today: NaiveDate) -> bool {
    let typed = !matches!(field.kind.shape(), Shape::Files | Shape::WorkedOut);
    if !typed || field.stands(answers, &key) {
        return false;
    }
    let mut values: Vec<String> = Vec::new();
    for value in said {
        let value = normalise(&field.kind, value, today);
        if !value.is_empty() && !values.contains(&value) {
            values.push(value);
        }
    }
    // one box, one answer; of many ticks no more than are offered (and one stranger, to say so)
    values.truncate(if let Kind::Choices { options } = &field.kind { options.len() + 1 } else { 1 });
    let changed = values != answers.many(&key);
    if changed {
        answers.origins.remove(&key);
        answers.set_many(key, values);
    }
    changed
}

/// Takes ticked declarations (`d.{id}`) of the last page into the draft.
pub fn absorb_declarations(form: &Form, pairs: &[(String, String)], answers: &mut Answers) {
    let ticked = |id: &str| pairs.iter().any(|(name, _)| name.strip_prefix("d.") == Some(id));
    answers.agreed = form.declarations.iter().filter(|d| ticked(&d.id)).map(|d| d.id.clone()).collect();
}
