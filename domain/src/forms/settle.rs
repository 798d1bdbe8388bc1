//! The answers as they are submitted and signed.

use super::answers::Answers;
use super::expression::{Names, Value};
use super::form::{Block, Form};
use super::kind::Kind;
use super::reading::Reading;
use chrono::NaiveDate;
use sm3::{Digest, Sm3};

/// What is submitted: only what was asked on that day. Answers to hidden questions stay in the draft and go no further;
/// computed values are written down, so that the case shows what the person saw.
pub fn settle(form: &Form, answers: &Answers, today: NaiveDate) -> Answers {
    let reading = Reading::new(form, answers, today);
    let mut settled = Answers::default();
    for page in form.pages.iter().filter(|p| reading.page_is_asked(&p.id)) {
        for visit in reading.visits(page) {
            let key = visit.key;
            if let Kind::Computed { .. } = visit.place.field.kind {
                let value = reading.value_at(&key);
                settled.set(key, stored(&value));
                continue;
            }
            if let Some(values) = answers.values.get(&key) {
                settled.values.insert(key.clone(), values.clone());
            }
            if let Some(files) = answers.files.get(&key) {
                settled.files.insert(key.clone(), files.clone());
            }
            if let Some(origin) = answers.origins.get(&key) {
                settled.origins.insert(key, origin.clone());
            }
        }
        for block in &page.blocks {
            match block {
                Block::Group(group) if !reading.rows(&group.id).is_empty() => {
                    settled.rows.insert(group.id.clone(), reading.rows(&group.id).to_vec());
                }
                Block::Group(_) | Block::Field(_) => {}
            }
        }
    }
    settled.agreed = reading.declarations().filter(|d| answers.agreed.contains(&d.id)).map(|d| d.id.clone()).collect();
    settled
}

/// A computed value as text that its type reads back.
fn stored(value: &Value) -> String {
    match value {
        Value::Nothing | Value::List(_) => String::new(),
        Value::Bool(value) => if *value { "yes" } else { "no" }.into(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Date(date) => date.to_string(),
    }
}

/// The answers as canonical JSON (RFC 8785): what is hashed and signed.
#[expect(clippy::expect_used, reason = "an empty text in its place would give all answers one hash")]
pub fn digest(answers: &Answers) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(answers).expect("texts, whole numbers and maps with text keys can always be written")
}

/// SM3 of [`digest`], hex; goes into the event of submission.
pub fn fingerprint(answers: &Answers) -> String {
    hex::encode(Sm3::digest(digest(answers)))
}
