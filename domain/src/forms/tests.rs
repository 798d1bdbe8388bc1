//! The rules of forms, on a small form and on the two that are published.
#![allow(clippy::unwrap_used, clippy::panic)]

mod carried;
mod elder;
mod eligible;
mod food;
mod rules;
mod signing;
mod windows;

use super::*;
use chrono::NaiveDate;

/// "Today" of all tests.
pub fn today() -> NaiveDate {
    day("2026-10-09")
}

pub fn day(text: &str) -> NaiveDate {
    iso_date(text).unwrap()
}

pub fn upload(id: &str, name: &str, media_type: &str) -> FileNote {
    FileNote { id: id.into(), name: name.into(), size: 2_202_010, media_type: media_type.into(), hash: String::new() }
}

/// Keys and faults, short enough to compare.
pub fn found(form: &Form, answers: &Answers) -> Vec<(String, Fault)> {
    validate(form, answers, today()).into_iter().map(|p| (p.key, p.fault)).collect()
}

/// Takes each required answer away in turn: exactly one problem must appear, at its own key, on its own page.
pub fn each_required_answer_is_missed(form: &Form, answers: &Answers) -> usize {
    let reading = Reading::new(form, answers, today());
    let mut tried = 0;
    for page in &form.pages {
        for visit in reading.visits(page) {
            if visit.place.field.optional || matches!(visit.place.field.kind, Kind::Computed { .. }) {
                continue;
            }
            let mut without = answers.clone();
            without.values.remove(&visit.key);
            without.files.remove(&visit.key);
            let problems = validate(form, &without, today());
            let summary: Vec<_> = problems.iter().map(|p| (p.key.as_str(), &p.fault)).collect();
            // other questions may vanish with their condition; what must not appear is a second problem
            assert_eq!(problems.len(), 1, "without {}: {summary:?}", visit.key);
            assert_eq!((problems[0].page.as_str(), problems[0].key.as_str()), (page.id.as_str(), visit.key.as_str()));
            assert!(matches!(problems[0].fault, Fault::Missing { .. }), "{summary:?}");
            assert_eq!(validate_field(form, &without, &visit.key, today()).as_ref(), Some(&problems[0]));
            assert!(matches!(page_state(form, &without, &page.id, today()), PageState::Incomplete(1) | PageState::Untouched));
            tried += 1;
        }
        assert_eq!(
            page_state(form, answers, &page.id, today()),
            if reading.page_is_asked(&page.id) { PageState::Done } else { PageState::NotAsked }
        );
    }
    tried
}
