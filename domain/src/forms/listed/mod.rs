//! Answers looked up in a long list: kept as `code｜name`, so that whoever reads a case later needs no list, and what was chosen stays what it
//! was when the list has changed. Only the hall writes that sign ([`look_up`]): a browser may send anything, and what is in no list is
//! kept as text, which is no entry.

mod list;

pub use list::{Found, List, ListFault, Listing};

use super::answers::{Answers, MOST_ROWS, field_name, is_row_id, key, rows_name, split_key};
use super::form::{Form, Place};
use super::kind::Kind;
use std::collections::BTreeSet;

/// Between code and name. No name has it: [`plain`] takes it out of whatever was typed.
pub const BETWEEN: char = '｜';

/// The lists that come with the product (`data/lists/`).
pub const NAMES: [&str; 2] = ["country", "region"];

/// Code and name of an answer that is an entry.
pub fn entry(answer: &str) -> Option<(&str, &str)> {
    answer.split_once(BETWEEN).filter(|(code, name)| !code.is_empty() && !name.is_empty())
}

/// What people read: the entry's name, or what was typed.
pub fn name(answer: &str) -> &str {
    entry(answer).map_or(answer, |(_, name)| name)
}

/// How an entry is kept.
pub fn answer(code: &str, name: &str) -> String {
    format!("{code}{BETWEEN}{name}")
}

/// What was typed, as what is no entry.
pub fn plain(typed: &str) -> String {
    typed.replace(BETWEEN, " ")
}

/// What is kept of what was said: an entry that stood there before stays as it is, also when the list has changed since; else the entry that
/// is meant ([`List::resolve`]); what is found nowhere stays as it was typed.
fn settle(said: &str, before: &str, list: Option<&List>, level: u8) -> String {
    if entry(before).is_some() && (said == before || said.trim() == name(before)) {
        return before.to_owned();
    }
    let found = list.and_then(|list| list.resolve(said, level));
    found.map_or_else(|| plain(said), |found| answer(&found.code, &found.name))
}

/// Finds in their lists what these answers say anew.
pub fn look_up<'l>(form: &Form, before: &Answers, answers: &mut Answers, list: impl Fn(&str) -> Option<&'l List>) {
    for Place { field, group, .. } in form.places() {
        let Kind::Listed { list: wanted, level } = &field.kind else { continue };
        let rows = group.map_or_else(|| vec![None], |group| answers.rows(&group.id).iter().cloned().map(Some).collect());
        for key in rows.iter().map(|row| key(&field.id, row.as_deref())) {
            let said = answers.one(&key);
            if !said.is_empty() {
                let kept = settle(said, before.one(&key), list(wanted), *level);
                answers.set(key, kept);
            }
        }
    }
}

/// After a form has changed: what was answered to a question that is looked up now and was not, or in another list, is looked up anew.
pub fn look_up_anew<'l>(was: &Form, now: &Form, answers: &mut Answers, list: impl Fn(&str) -> Option<&'l List>) {
    let mut before = answers.clone();
    for Place { field, .. } in now.places().filter(|place| matches!(place.field.kind, Kind::Listed { .. })) {
        if was.place(&field.id).is_some_and(|then| then.field.kind == field.kind) {
            continue;
        }
        let of = |key: &String| split_key(key).0 == field.id;
        before.values.retain(|key, _| !of(key));
        for said in answers.values.iter_mut().filter(|(key, _)| of(key)).flat_map(|(_, said)| said) {
            *said = name(said).to_owned();
        }
    }
    look_up(now, &before, answers, list);
}

/// The same with a page as it was posted, before it is compared with what was drawn: without scripts a box holds the name alone.
pub fn look_up_posted<'l>(
    form: &Form,
    before: &Answers,
    pairs: &[(String, String)],
    list: impl Fn(&str) -> Option<&'l List>,
) -> Vec<(String, String)> {
    let mut pairs = pairs.to_vec();
    for Place { field, group, .. } in form.places() {
        let Kind::Listed { list: wanted, level } = &field.kind else { continue };
        let rows: Vec<Option<String>> = match group {
            None => vec![None],
            Some(group) => posted_rows(&pairs, &group.id, before).into_iter().map(Some).collect(),
        };
        // a box is there once: what else bears its name is not looked at
        for key in rows.iter().map(|row| key(&field.id, row.as_deref())) {
            let control = field_name(&key);
            if let Some((_, said)) = pairs.iter_mut().find(|(name, said)| *name == control && !said.is_empty()) {
                *said = settle(said, before.one(&key), list(wanted), *level);
            }
        }
    }
    pairs
}

/// Entries of a list that a page was posted with, or that are there already; no more than there may be.
fn posted_rows(pairs: &[(String, String)], group: &str, before: &Answers) -> BTreeSet<String> {
    let control = rows_name(group);
    let posted = pairs.iter().filter(|(name, _)| *name == control).flat_map(|(_, rows)| rows.split(',')).map(str::trim);
    let posted = posted.filter(|row| is_row_id(row)).map(str::to_owned);
    before.rows(group).iter().cloned().chain(posted).take(2 * MOST_ROWS).collect()
}

#[cfg(test)]
mod tests;
