//! Who has to sign besides whoever hands in, and over what.
//!
//! A signature stands over the [`substance`] of the answers: whatever of it changes afterwards makes the signature void, and
//! [`changed`] says to the person what that was.

use super::answers::{Answers, key, split_key};
use super::expression::{Expr, Row};
use super::form::Form;
use super::kind::Kind;
use super::reading::Reading;
use super::settle::settle;
use super::summary::{Shown, shown};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Somebody who has to sign before a form can be handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signatory {
    /// Stable: what was signed is kept under it.
    pub id: String,
    pub who: SignedBy,
    /// Signs only when this holds; where a list names the people, it is asked of each entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// What they confirm.
    pub confirms: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub confirms_en: String,
}

/// How it is known who that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SignedBy {
    /// 法定代表人 of the organisation in whose name it is filed, as registered.
    LegalRepresentative,
    /// Named by two questions of the form, or of a list: then everybody in it. The number is a person's, or an organisation's code.
    Named { name: String, number: String },
}

/// One who has to sign, for these answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// `signatory` or `signatory.row`.
    pub key: String,
    pub name: String,
    /// 公民身份号码 or 统一社会信用代码; empty when it is not known.
    pub number: String,
    pub confirms: String,
    pub confirms_en: String,
}

/// Everybody who has to sign, each once, in the order of the form. `legal` is name and number of the registered legal representative.
pub fn signers(form: &Form, answers: &Answers, today: NaiveDate, legal: Option<(&str, &str)>) -> Vec<Signer> {
    let reading = Reading::new(form, answers, today);
    let mut found: Vec<Signer> = Vec::new();
    let mut add = |signatory: &Signatory, key: String, name: &str, number: &str| {
        let number = number.trim().to_uppercase();
        if number.is_empty() || found.iter().all(|signer| signer.number != number) {
            found.push(Signer {
                key,
                name: name.trim().to_owned(),
                number,
                confirms: signatory.confirms.clone(),
                confirms_en: signatory.confirms_en.clone(),
            });
        }
    };
    for signatory in &form.signatories {
        match &signatory.who {
            SignedBy::LegalRepresentative => {
                if reading.holds(signatory.when.as_ref(), None) {
                    let (name, number) = legal.unwrap_or_default();
                    add(signatory, signatory.id.clone(), name, number);
                }
            }
            SignedBy::Named { name, number } => {
                let group = form.place(number).and_then(|place| place.group);
                let rows: Vec<Option<&str>> = match group {
                    None => vec![None],
                    Some(group) if !reading.group_is_asked(&group.id) => Vec::new(),
                    Some(group) => answers.rows(&group.id).iter().map(|row| Some(row.as_str())).collect(),
                };
                for row in rows {
                    let in_row = group.zip(row).map(|(group, row)| Row { group: &group.id, row });
                    let at = key(number, row);
                    if reading.is_asked(&at) && reading.holds(signatory.when.as_ref(), in_row) {
                        add(signatory, key(&signatory.id, row), answers.one(&key(name, row)), answers.one(&at));
                    }
                }
            }
        }
    }
    found
}

/// What a signature stands over: what is handed in, without what the hall works out, where answers came from, and the promises of
/// whoever hands in.
pub fn substance(form: &Form, answers: &Answers, today: NaiveDate) -> Answers {
    let mut settled = settle(form, answers, today);
    settled.origins.clear();
    settled.agreed.clear();
    let worked_out =
        |key: &str| form.place(split_key(key).0).is_some_and(|place| matches!(place.field.kind, Kind::Computed { .. }));
    settled.values.retain(|key, said| !worked_out(key) && said.iter().any(|one| !one.is_empty()));
    settled.files.retain(|_, files| !files.is_empty());
    settled.rows.retain(|_, rows| !rows.is_empty());
    settled
}

/// An answer that is another now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    pub label: String,
    pub label_en: String,
    pub before: Shown,
    pub now: Shown,
}

/// What is different between two substances, question by question in the order of the form. Sensitive answers are masked; that they
/// changed is told all the same.
pub fn changed(form: &Form, before: &Answers, now: &Answers, today: NaiveDate) -> Vec<Changed> {
    let (old, new) = (Reading::new(form, before, today), Reading::new(form, now, today));
    let mut told = Vec::new();
    for page in &form.pages {
        let of = |reading: &Reading<'_>| -> BTreeMap<String, (Shown, usize)> {
            let asked = reading.page_is_asked(&page.id);
            let visits = if asked { reading.visits(page) } else { Vec::new() };
            visits.iter().map(|v| (v.key.clone(), (shown(reading, v), v.row.map_or(0, |(_, n)| n)))).collect()
        };
        let (was, is) = (of(&old), of(&new));
        for place in page.places() {
            let own = |key: &&String| split_key(key).0 == place.field.id;
            let mut keys: Vec<&String> = is.keys().filter(own).collect();
            keys.extend(was.keys().filter(own).filter(|key| !is.contains_key(*key)));
            for key in keys {
                let same = before.values.get(key) == now.values.get(key) && before.files.get(key) == now.files.get(key);
                if same || matches!(place.field.kind, Kind::Computed { .. }) {
                    continue;
                }
                let number = is.get(key).or_else(|| was.get(key)).map_or(0, |(_, number)| *number);
                let named = |label: &str, english: bool| match place.group {
                    Some(group) => format!("{} {label}", group.legend_of(number, english)),
                    None => label.to_owned(),
                };
                let said =
                    |all: &BTreeMap<String, (Shown, usize)>| all.get(key).map_or(Shown::Missing, |(shown, _)| shown.clone());
                told.push(Changed {
                    label: named(&place.field.label, false),
                    label_en: named(super::form::in_language(&place.field.label, &place.field.label_en, true), true),
                    before: said(&was),
                    now: said(&is),
                });
            }
        }
    }
    told
}
