//! Check-your-answers: every question asked, with its answer ready to show in any language.

use super::answers::{Answers, FileNote, key};
use super::expression::Value;
use super::fault::NumberKind;
use super::form::{Block, Field, Form, Group, Page};
use super::kind::{Choice, Kind};
use super::listed;
use super::reading::{Reading, Visit};
use crate::identity::numbers::{mask_card, mask_id, mask_name, mask_phone};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryPage {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub entries: Vec<SummaryEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryEntry {
    pub page: String,
    /// Key of the answer, `group.row` for a whole entry of a list, or the group id when the list is empty.
    pub key: String,
    pub label: String,
    pub label_en: String,
    pub shown: Shown,
    /// Where the answer came from, when we filled it in and the person let it stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Whether there is anything to change: not for what stands by its source.
    pub editable: bool,
}

/// An answer, not yet in any language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// 没有填
    Missing,
    /// As typed; masked when the field is sensitive.
    Text(String),
    /// Labels of the chosen options, Chinese and English.
    Chosen(Vec<(String, String)>),
    YesNo(bool),
    Date(NaiveDate),
    /// Fen.
    Money(i64),
    Number {
        text: String,
        unit: String,
        unit_en: String,
    },
    Files(Vec<FileNote>),
    /// From the certificate library: 免交.
    Certificate {
        number: String,
    },
    /// An entry of a list: label, English label, answer. What was left out is left out here.
    Entry(Vec<(String, String, Shown)>),
}

/// All pages that are asked, in order. A question that was not answered is said to be missing, not skipped.
pub fn summary(form: &Form, answers: &Answers, today: NaiveDate) -> Vec<SummaryPage> {
    let reading = Reading::new(form, answers, today);
    let pages = form.pages.iter().filter(|p| reading.page_is_asked(&p.id));
    pages
        .map(|page| SummaryPage {
            id: page.id.clone(),
            title: page.title.clone(),
            title_en: page.title_en.clone(),
            entries: page.blocks.iter().flat_map(|block| entries(&reading, page, block)).collect(),
        })
        .collect()
}

fn entries(reading: &Reading<'_>, page: &Page, block: &Block) -> Vec<SummaryEntry> {
    let visits = reading.visits_of(page, block);
    match block {
        Block::Field(field) => visits
            .iter()
            .map(|v| SummaryEntry {
                page: page.id.clone(),
                key: v.key.clone(),
                label: field.label.clone(),
                label_en: field.label_en.clone(),
                shown: shown(reading, v),
                origin: reading.answers.origins.get(&v.key).cloned(),
                editable: !stands(reading, field, &v.key),
            })
            .collect(),
        Block::Group(group) if !reading.group_is_asked(&group.id) => Vec::new(),
        Block::Group(group) => rows(reading, page, group, &visits),
    }
}

fn stands(reading: &Reading<'_>, field: &Field, key: &str) -> bool {
    let held = matches!(field.kind, Kind::Certificate { .. }) && reading.answers.origins.contains_key(key);
    matches!(field.kind, Kind::Computed { .. }) || held || field.stands(reading.answers, key)
}

fn rows(reading: &Reading<'_>, page: &Page, group: &Group, visits: &[Visit<'_>]) -> Vec<SummaryEntry> {
    let entry = |key: String, label: String, label_en: String, shown: Shown| SummaryEntry {
        page: page.id.clone(),
        key,
        label,
        label_en,
        shown,
        origin: None,
        editable: true,
    };
    let rows = reading.answers.rows(&group.id);
    if rows.is_empty() {
        return vec![entry(group.id.clone(), group.label.clone(), group.label_en.clone(), Shown::Missing)];
    }
    let one = |(n, row): (usize, &String)| {
        let parts = visits.iter().filter(|v| v.row.is_some_and(|(r, _)| r == row)).filter_map(|v| {
            let field = v.place.field;
            let shown = shown(reading, v);
            (shown != Shown::Missing || !field.optional).then(|| (field.label.clone(), field.label_en.clone(), shown))
        });
        entry(
            key(&group.id, Some(row)),
            group.legend_of(n + 1, false),
            group.legend_of(n + 1, true),
            Shown::Entry(parts.collect()),
        )
    };
    rows.iter().enumerate().map(one).collect()
}

pub(super) fn shown(reading: &Reading<'_>, visit: &Visit<'_>) -> Shown {
    let (field, key) = (visit.place.field, visit.key.as_str());
    let text = reading.answers.one(key);
    let computed = matches!(field.kind, Kind::Computed { .. });
    if !computed && reading.answers.is_blank(key) {
        return Shown::Missing;
    }
    let text = if matches!(field.kind, Kind::Listed { .. }) { listed::name(text) } else { text };
    let plain = || Shown::Text(if field.sensitive { masked(&field.kind, text) } else { text.to_owned() });
    match (&field.kind, reading.value_at(key)) {
        (Kind::Certificate { .. }, Value::Text(number)) => Shown::Certificate { number },
        (Kind::Files { .. } | Kind::Signature | Kind::Certificate { .. }, _) => Shown::Files(reading.answers.files(key).to_vec()),
        (Kind::Choice { options } | Kind::Choices { options }, _) => Shown::Chosen(chosen(options, reading.answers.many(key))),
        (Kind::Number { unit, unit_en, .. }, Value::Number(n)) => {
            Shown::Number { text: n.to_string(), unit: unit.clone(), unit_en: unit_en.clone() }
        }
        (Kind::Money { .. }, Value::Number(n)) => n.as_fen().map_or_else(plain, Shown::Money),
        (_, Value::Bool(value)) => Shown::YesNo(value),
        (_, Value::Date(date)) => Shown::Date(date),
        (Kind::Computed { .. }, Value::Number(n)) => {
            Shown::Number { text: n.to_string(), unit: String::new(), unit_en: String::new() }
        }
        (Kind::Computed { .. }, Value::Text(text)) => Shown::Text(text),
        (Kind::Computed { .. }, Value::Nothing | Value::List(_)) => Shown::Missing,
        _ => plain(),
    }
}

/// Labels of what was chosen; a value that is not offered is shown as it is.
fn chosen(options: &[Choice], values: &[String]) -> Vec<(String, String)> {
    let one = |value: &String| {
        let option = options.iter().find(|o| o.value == *value);
        option.map_or_else(|| (value.clone(), String::new()), |o| (o.label.clone(), o.label_en.clone()))
    };
    values.iter().map(one).collect()
}

/// What the summary of that page masks, as it was given: label, English label, value. Entries of a list carry their legend.
pub fn unmasked(form: &Form, answers: &Answers, page: &str, today: NaiveDate) -> Vec<(String, String, String)> {
    let reading = Reading::new(form, answers, today);
    let Some(page) = form.page(page).filter(|p| reading.page_is_asked(&p.id)) else { return Vec::new() };
    let visits = reading.visits(page).into_iter().filter(|v| v.place.field.sensitive && !answers.one(&v.key).is_empty());
    visits
        .map(|v| {
            let field = v.place.field;
            let of = |english: bool, label: &str| match v.place.group.zip(v.row) {
                Some((group, (_, number))) => format!("{} {label}", group.legend_of(number, english)),
                None => label.to_owned(),
            };
            (of(false, &field.label), of(true, &field.label_en), answers.one(&v.key).to_owned())
        })
        .collect()
}

/// A sensitive answer as it may be shown back: numbers show enough to recognise one's own, other texts are masked like names.
pub fn masked(kind: &Kind, text: &str) -> String {
    match kind.number() {
        Some(NumberKind::Citizen | NumberKind::Document) => mask_id(text),
        Some(NumberKind::Mobile | NumberKind::Phone) => mask_phone(text),
        Some(NumberKind::BankCard) => mask_card(text),
        Some(NumberKind::Organisation | NumberKind::Postcode | NumberKind::Email | NumberKind::Plate | NumberKind::MapPoint)
        | None => mask_name(text),
    }
}
