//! Fills in what we hold already.

use super::answers::Answers;
use super::form::Form;
use super::kind::Kind;
use super::normalise::normalise;
use super::reading::Reading;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Fills blank answers from `held` (source → value) and notes where each came from. What the person has typed stays. A value
/// that came from a source before and was left alone is brought up to date, and taken back when its condition ceased to hold.
///
/// A certificate field is filled with the certificate's number from `certificate.{type}.number`.
pub fn prefill(form: &Form, held: &BTreeMap<String, String>, before: &Answers, today: NaiveDate) -> Answers {
    let mut answers = before.clone();
    let reading = Reading::new(form, before, today);
    for place in form.places().filter(|p| p.group.is_none()) {
        let field = place.field;
        let (source, value) = match (&field.kind, &field.prefill) {
            (Kind::Certificate { type_code }, _) => {
                let source = format!("certificate.{type_code}.number");
                let value = held.get(&source).cloned();
                (source, value)
            }
            (kind, Some(prefill)) => {
                let value = held.get(&prefill.source).filter(|_| reading.holds(prefill.when.as_ref(), None));
                (prefill.source.clone(), value.map(|v| normalise(kind, v, today)))
            }
            (_, None) => continue,
        };
        let ours = before.origins.get(&field.id) == Some(&source);
        match value.filter(|v| !v.is_empty()) {
            Some(value) if ours || before.is_blank(&field.id) => {
                answers.set(field.id.clone(), value);
                answers.origins.insert(field.id.clone(), source);
            }
            None if ours => {
                answers.values.remove(&field.id);
                answers.origins.remove(&field.id);
            }
            Some(_) | None => {}
        }
    }
    answers
}
