//! Samples: complete applications of made-up people (`data/procedures/*.samples.json`). Tests walk them from form to end, the
//! demonstration city is filled from them, and the open API shows them as its example. A day that must lie near the day of filing is
//! written as `{today+300}` or `{today-30}`, so that a sample never grows old.

use super::answers::Answers;
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The samples of one procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    pub samples: Vec<Sample>,
}

/// One complete application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// What it shows: 新设，企业.
    pub name: String,
    /// Demonstration account that files it.
    pub login: String,
    /// Key (`field` or `field.row`) → what is typed, or ticked.
    pub answers: BTreeMap<String, Said>,
    /// Group → row ids.
    #[serde(default)]
    pub rows: BTreeMap<String, Vec<String>>,
    /// Key → name of a file to upload.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Field of kind certificate → type in the library it is taken from (免交).
    #[serde(default)]
    pub held: BTreeMap<String, String>,
    /// Declarations agreed to.
    #[serde(default)]
    pub agreed: BTreeSet<String>,
}

/// One answer or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Said {
    One(String),
    Many(Vec<String>),
}

impl Said {
    fn all(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// A text with its `{today±n}` written out.
fn dated(text: &str, today: NaiveDate) -> String {
    let shift = |inner: &str| -> Option<NaiveDate> {
        let days: i64 = inner.strip_prefix("today")?.replace(' ', "").parse().ok()?;
        today.checked_add_signed(TimeDelta::try_days(days)?)
    };
    let whole = text.strip_prefix('{').and_then(|t| t.strip_suffix('}'));
    whole.and_then(shift).map_or_else(|| text.to_owned(), |day| day.to_string())
}

impl Sample {
    /// What is typed on this day, key by key.
    pub fn said(&self, today: NaiveDate) -> impl Iterator<Item = (&str, Vec<String>)> {
        self.answers.iter().map(move |(key, said)| (key.as_str(), said.all().iter().map(|text| dated(text, today)).collect()))
    }

    /// The answers without uploads; certificates the hall holds are named as taken from the library.
    pub fn answers_on_paper(&self, today: NaiveDate) -> Answers {
        let mut answers = Answers { rows: self.rows.clone(), agreed: self.agreed.clone(), ..Answers::default() };
        for (key, said) in self.said(today) {
            answers.set_many(key, said);
        }
        for (field, kind) in &self.held {
            answers.set(field.clone(), "(sample)");
            answers.origins.insert(field.clone(), format!("certificate.{kind}.number"));
        }
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_near_the_filing_move_with_it() {
        let today = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap_or_default();
        assert_eq!(dated("{today+1}", today), "2027-01-01");
        assert_eq!(dated("{today - 31}", today), "2026-11-30");
        for plain in ["2026-10-09", "{tomorrow}", "{today+}", "{}", "today+1", "{today+99999999999999}"] {
            assert_eq!(dated(plain, today), plain);
        }
    }
}
