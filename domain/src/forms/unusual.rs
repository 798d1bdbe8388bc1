//! Answers that are taken and yet look odd: a person is asked to look again.

use super::kind::Kind;
use crate::identity::numbers::{Document, Plate, Unusual};
use chrono::NaiveDate;

/// What is odd about an answer that is not wrong. Layouts known by custom only never refuse anybody.
pub fn unusual(kind: &Kind, answer: &str, today: NaiveDate) -> Option<Unusual> {
    match kind {
        Kind::Plate => Plate::parse(answer).ok()?.unusual(),
        Kind::IdentityDocument { accept } => {
            let (document, number) = Document::read_on(answer, accept, today).ok()?;
            document.unusual(&number)
        }
        _ => None,
    }
}
