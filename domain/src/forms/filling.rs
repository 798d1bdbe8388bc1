//! A form while somebody fills it in: one answer changes at a time, and only what hangs on it is settled again.

use super::absorb::{absorb, take};
use super::answers::{Answers, split_key};
use super::fault::Problem;
use super::form::Form;
use super::plan::Plan;
use super::reading::{Reading, Settled};
use super::validate::problems_of;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A form, its answers, and what they settle, carried from one set of answers to the next.
///
/// What it says is what a fresh [`Reading`] of the same answers would say: both settle with the same code, this one fewer
/// things. That holds for forms without faults; a condition that looks ahead ([`Form::faults`] refuses it) is not followed.
#[derive(Debug)]
pub struct Filling {
    form: Arc<Form>,
    answers: Answers,
    today: NaiveDate,
    plan: Plan,
    settled: Settled,
}

impl Filling {
    pub fn new(form: Arc<Form>, answers: Answers, today: NaiveDate) -> Self {
        let Reading { plan, settled, .. } = Reading::new(&form, &answers, today);
        let (plan, settled) = (plan.into_owned().tied(&form), settled.into_owned());
        Self { form, answers, today, plan, settled }
    }

    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The answers as they stand, read.
    pub fn reading(&self) -> Reading<'_> {
        Reading {
            form: &self.form,
            answers: &self.answers,
            today: self.today,
            plan: Cow::Borrowed(&self.plan),
            settled: Cow::Borrowed(&self.settled),
        }
    }

    /// What is wrong on a page, as [`super::validate_page`] says it.
    pub fn problems(&self, page: &str) -> Vec<Problem> {
        self.form.page(page).map_or_else(Vec::new, |page| problems_of(&self.reading(), page))
    }

    /// Takes what one control says now, as [`absorb`] would. True when more than this answer changed: a question came or went, or
    /// something was worked out anew.
    pub fn take(&mut self, key: &str, said: &[&str]) -> bool {
        self.take_one(key, said).1
    }

    /// The same, and before it how many questions, lists and pages were looked at again.
    pub(super) fn take_one(&mut self, key: &str, said: &[&str]) -> (usize, bool) {
        let form = Arc::clone(&self.form);
        let Some(point) = self.plan.point(&form, &self.answers, key) else { return (0, false) };
        let other = take(&mut self.answers, point.field, key.to_owned(), said, self.today);
        if other { self.settle_after(&[point.number]) } else { (0, false) }
    }

    /// Takes a whole page as it was posted or as it stands. True as for [`Self::turn_to`].
    pub fn absorb(&mut self, page: &str, pairs: &[(String, String)]) -> bool {
        let Some(page) = self.form.page(page) else { return false };
        let answers = absorb(&self.form, page, pairs, &self.answers, self.today).answers;
        self.turn_to(answers)
    }

    /// Goes over to other answers. True when a question came or went, something was worked out anew, or an upload is there that
    /// was not, or no longer.
    pub fn turn_to(&mut self, answers: Answers) -> bool {
        let before = std::mem::replace(&mut self.answers, answers);
        let now = &self.answers;
        let keys = differing(&before.values, &now.values).chain(differing(&before.rows, &now.rows));
        let changed: Vec<usize> = keys
            .chain(differing(&before.files, &now.files))
            .filter_map(|key| self.plan.find(&self.form, split_key(key).0))
            .collect();
        let files = before.files != now.files;
        self.settle_after(&changed).1 || files
    }

    /// How many were looked at again, and whether any came out otherwise.
    fn settle_after(&mut self, changed: &[usize]) -> (usize, bool) {
        let settled = std::mem::take(&mut self.settled);
        let mut reading = Reading { settled: Cow::Owned(settled), ..self.reading() };
        let came = reading.settle_after(changed);
        let Reading { settled, .. } = reading;
        self.settled = settled.into_owned();
        came
    }
}

/// Keys at which two maps differ.
fn differing<'a, V: PartialEq>(one: &'a BTreeMap<String, V>, other: &'a BTreeMap<String, V>) -> impl Iterator<Item = &'a str> {
    let gone = one.keys().filter(|key| !other.contains_key(*key));
    let new = other.iter().filter(|(key, value)| one.get(*key) != Some(*value)).map(|(key, _)| key);
    gone.chain(new).map(String::as_str)
}
