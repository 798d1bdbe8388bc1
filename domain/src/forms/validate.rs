//! Everything that is wrong with a set of answers, in page order.

use super::answers::{Answers, split_key};
use super::check::{broken_check, fault_of};
use super::fault::{Entry, Fault, Problem};
use super::form::{Block, Form, Group, Page};
use super::reading::{Reading, Visit};
use chrono::NaiveDate;

/// All problems of all pages that are asked. Hidden questions are never validated.
pub fn validate(form: &Form, answers: &Answers, today: NaiveDate) -> Vec<Problem> {
    let reading = Reading::new(form, answers, today);
    form.pages.iter().flat_map(|page| problems_of(&reading, page)).collect()
}

/// Problems of one page; none when there is no such page or it is not asked.
pub fn validate_page(form: &Form, answers: &Answers, page: &str, today: NaiveDate) -> Vec<Problem> {
    form.page(page).map_or_else(Vec::new, |page| problems_of(&Reading::new(form, answers, today), page))
}

/// The problem at one key (a field, a field of an entry, or a group), for a person who leaves it.
pub fn validate_field(form: &Form, answers: &Answers, key: &str, today: NaiveDate) -> Option<Problem> {
    let (field, _) = split_key(key);
    let page = form.place(field).map(|p| p.page).or_else(|| form.pages.iter().find(|p| p.groups().any(|g| g.id == key)))?;
    validate_page(form, answers, &page.id, today).into_iter().find(|p| p.key == key)
}

/// What stands in the way of submitting: all problems, then declarations that have not been agreed to.
pub fn ready(form: &Form, answers: &Answers, today: NaiveDate) -> Vec<Problem> {
    let mut problems = validate(form, answers, today);
    let reading = Reading::new(form, answers, today);
    problems.extend(reading.declarations().filter(|d| d.required && !answers.agreed.contains(&d.id)).map(|d| Problem {
        page: String::new(),
        key: d.id.clone(),
        label: d.text.clone(),
        label_en: d.text_en.clone(),
        entry: None,
        fault: Fault::NotAgreed,
    }));
    problems
}

pub(super) fn problems_of(reading: &Reading<'_>, page: &Page) -> Vec<Problem> {
    if !reading.page_is_asked(&page.id) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for block in &page.blocks {
        found.extend(reading.visits_of(page, block).iter().filter_map(|visit| problem(reading, visit)));
        match block {
            Block::Field(_) => {}
            Block::Group(group) => found.extend(group_fault(reading, group).map(|fault| Problem {
                page: page.id.clone(),
                key: group.id.clone(),
                label: group.label.clone(),
                label_en: group.label_en.clone(),
                entry: None,
                fault,
            })),
        }
    }
    found
}

fn problem(reading: &Reading<'_>, visit: &Visit<'_>) -> Option<Problem> {
    Some(told(visit, fault_of(reading, visit)?))
}

/// A fault with its place.
pub(super) fn told(visit: &Visit<'_>, fault: Fault) -> Problem {
    let field = visit.place.field;
    let entry = visit.place.group.zip(visit.row).map(|(group, (row, number))| Entry {
        group: group.id.clone(),
        row: row.to_owned(),
        number: u32::try_from(number).unwrap_or(u32::MAX),
        legend: group.legend_of(number, false),
        legend_en: group.legend_of(number, true),
    });
    let (label, label_en) = (field.label.clone(), field.label_en.clone());
    Problem { page: visit.place.page.id.clone(), key: visit.key.clone(), label, label_en, entry, fault }
}

fn group_fault(reading: &Reading<'_>, group: &Group) -> Option<Fault> {
    if !reading.group_is_asked(&group.id) {
        return None;
    }
    let have = u32::try_from(reading.answers.rows(&group.id).len()).unwrap_or(u32::MAX);
    let (noun, noun_en) = (group.noun.clone(), group.noun_en.clone());
    if have < group.min {
        return Some(Fault::TooFewRows { min: group.min, have, noun, noun_en });
    }
    if have > group.max {
        return Some(Fault::TooManyRows { max: group.max, noun, noun_en });
    }
    if have == 0 { None } else { broken_check(reading, &group.checks, None) }
}
