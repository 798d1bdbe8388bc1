//! One set of answers laid over one form on one day: what is asked, and what each answer means.

use super::answers::{Answers, key};
use super::expression::{Env, Expr, Names, Number, Row, Value, iso_date};
use super::form::{Block, Field, Form, Group, Page, Place};
use super::kind::Kind;
use crate::identity::numbers::{BankCard, CitizenId, Landline, Mobile, NumberFault, OrganisationCode, PostCode};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Answers read by their form. Built once, asked often.
///
/// A condition can only look at what stands before it ([`Form::faults`] insists), so one pass in page order settles what
/// is hidden: a hidden question counts as unanswered for all that follow.
#[derive(Debug)]
pub struct Reading<'a> {
    pub form: &'a Form,
    pub answers: &'a Answers,
    /// The hall's day.
    pub today: NaiveDate,
    places: BTreeMap<&'a str, Place<'a>>,
    hidden_pages: BTreeSet<&'a str>,
    hidden_groups: BTreeSet<&'a str>,
    hidden_keys: BTreeSet<String>,
    computed: BTreeMap<String, Value>,
}

/// One question as it is met on a page: in a group once per entry.
#[derive(Clone, Debug)]
pub struct Visit<'a> {
    pub place: Place<'a>,
    /// Row id and its number from 1.
    pub row: Option<(&'a str, usize)>,
    pub key: String,
}

impl<'a> Reading<'a> {
    pub fn new(form: &'a Form, answers: &'a Answers, today: NaiveDate) -> Self {
        let mut places = BTreeMap::new();
        for place in form.places() {
            places.entry(place.field.id.as_str()).or_insert(place);
        }
        let (hidden_pages, hidden_groups, hidden_keys) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut reading =
            Self { form, answers, today, places, hidden_pages, hidden_groups, hidden_keys, computed: BTreeMap::new() };
        for page in &form.pages {
            reading.settle_page(page);
        }
        reading
    }

    fn settle_page(&mut self, page: &'a Page) {
        let page_asked = self.holds(page.when.as_ref(), None);
        if !page_asked {
            self.hidden_pages.insert(&page.id);
        }
        for block in &page.blocks {
            match block {
                Block::Field(field) => self.settle_field(field, None, page_asked),
                Block::Group(group) => {
                    let asked = page_asked && self.holds(group.when.as_ref(), None);
                    for row in self.answers.rows(&group.id) {
                        for field in &group.fields {
                            self.settle_field(field, Some(Row { group: &group.id, row }), asked);
                        }
                    }
                    if !asked {
                        self.hidden_groups.insert(&group.id);
                    }
                }
            }
        }
    }

    fn settle_field(&mut self, field: &'a Field, row: Option<Row<'a>>, above: bool) {
        let key = key(&field.id, row.map(|r| r.row));
        if !(above && self.holds(field.when.as_ref(), row)) {
            self.hidden_keys.insert(key);
        } else if let Kind::Computed { value } = &field.kind {
            let value = self.eval(value, row);
            self.computed.insert(key, value);
        }
    }

    /// What an expression comes to here.
    pub fn eval(&self, expr: &Expr, row: Option<Row<'_>>) -> Value {
        expr.eval(&Env { names: self, row, today: self.today })
    }

    /// Whether a condition holds; no condition always does.
    pub fn holds(&self, when: Option<&Expr>, row: Option<Row<'_>>) -> bool {
        when.is_none_or(|expr| self.eval(expr, row).is_true())
    }

    pub fn page_is_asked(&self, page: &str) -> bool {
        !self.hidden_pages.contains(page)
    }

    pub fn group_is_asked(&self, group: &str) -> bool {
        !self.hidden_groups.contains(group)
    }

    /// Whether the question at this key is asked.
    pub fn is_asked(&self, key: &str) -> bool {
        !self.hidden_keys.contains(key)
    }

    /// The answer at a key as a value; nothing when hidden, missing or unreadable.
    pub fn value_at(&self, field: &Field, key: &str) -> Value {
        if !self.is_asked(key) {
            return Value::Nothing;
        }
        if let Kind::Computed { .. } = field.kind {
            return self.computed.get(key).cloned().unwrap_or(Value::Nothing);
        }
        read(&field.kind, self.answers, key, self.today)
    }

    /// Every question asked on a page in the order met: in a group, entry by entry.
    pub fn visits(&self, page: &'a Page) -> Vec<Visit<'a>> {
        page.blocks.iter().flat_map(|block| self.visits_of(page, block)).collect()
    }

    pub(super) fn visits_of(&self, page: &'a Page, block: &'a Block) -> Vec<Visit<'a>> {
        match block {
            Block::Field(field) => self.visit(page, None, field, None).into_iter().collect(),
            Block::Group(group) if !self.group_is_asked(&group.id) => Vec::new(),
            Block::Group(group) => {
                let rows = self.answers.rows(&group.id).iter().enumerate();
                rows.flat_map(|(n, row)| {
                    group.fields.iter().filter_map(move |f| self.visit(page, Some(group), f, Some((row.as_str(), n + 1))))
                })
                .collect()
            }
        }
    }

    fn visit(
        &self,
        page: &'a Page,
        group: Option<&'a Group>,
        field: &'a Field,
        row: Option<(&'a str, usize)>,
    ) -> Option<Visit<'a>> {
        let key = key(&field.id, row.map(|(row, _)| row));
        self.is_asked(&key).then_some(Visit { place: Place { page, group, field }, row, key })
    }

    /// The keys a name stands for: one, or one per entry of another group.
    pub(super) fn keys_of(&self, name: &str, row: Option<Row<'_>>) -> Vec<(&'a Field, String)> {
        let Some(place) = self.places.get(name) else { return Vec::new() };
        match (place.group, row) {
            (None, _) => vec![(place.field, name.to_owned())],
            (Some(group), Some(row)) if row.group == group.id => vec![(place.field, key(name, Some(row.row)))],
            (Some(group), _) => self.rows(&group.id).iter().map(|row| (place.field, key(name, Some(row)))).collect(),
        }
    }

    fn is_listed(&self, name: &str, row: Option<Row<'_>>) -> bool {
        self.places.get(name).and_then(|p| p.group).is_some_and(|group| row.is_none_or(|row| row.group != group.id))
    }
}

impl<'a> Visit<'a> {
    /// The entry this question stands in, for expressions.
    pub fn in_row(&self) -> Option<Row<'a>> {
        self.place.group.zip(self.row).map(|(group, (row, _))| Row { group: &group.id, row })
    }
}

impl Names for Reading<'_> {
    fn value(&self, name: &str, row: Option<Row<'_>>) -> Value {
        if !self.places.contains_key(name) {
            return match self.form.group(name) {
                Some(group) => Value::List(self.rows(&group.id).iter().cloned().map(Value::Text).collect()),
                None => Value::Nothing,
            };
        }
        let mut values = self.keys_of(name, row).into_iter().map(|(field, key)| self.value_at(field, &key));
        if self.is_listed(name, row) { Value::List(values.collect()) } else { values.next().unwrap_or(Value::Nothing) }
    }

    fn is_filled(&self, name: &str, row: Option<Row<'_>>) -> bool {
        if !self.places.contains_key(name) {
            return self.value(name, row).is_filled();
        }
        self.keys_of(name, row).into_iter().any(|(field, key)| {
            let computed = matches!(field.kind, Kind::Computed { .. });
            if computed { self.value_at(field, &key).is_filled() } else { self.is_asked(&key) && !self.answers.is_blank(&key) }
        })
    }

    fn rows(&self, group: &str) -> &[String] {
        if self.group_is_asked(group) { self.answers.rows(group) } else { &[] }
    }
}

/// Reads an answer by its kind. Ticked boxes and uploads are lists, empty when there are none.
fn read(kind: &Kind, answers: &Answers, key: &str, today: NaiveDate) -> Value {
    let text = answers.one(key);
    let some = |text: Option<String>| text.filter(|t| !t.is_empty()).map_or(Value::Nothing, Value::Text);
    match kind {
        Kind::Text { .. } | Kind::LongText { .. } | Kind::Address => some(Some(text.to_owned())),
        Kind::Certificate { .. } => some(Some(text.to_owned())),
        Kind::Number { .. } | Kind::Money { .. } => Number::parse(text).map_or(Value::Nothing, Value::Number),
        Kind::Date { .. } => iso_date(text).map_or(Value::Nothing, Value::Date),
        Kind::Choice { options } => some(options.iter().find(|o| o.value == text).map(|o| o.value.clone())),
        Kind::Choices { options } => {
            let known = |v: &&String| options.iter().any(|o| o.value == **v);
            Value::List(answers.many(key).iter().filter(known).cloned().map(Value::Text).collect())
        }
        Kind::YesNo => match text {
            "yes" => Value::Bool(true),
            "no" => Value::Bool(false),
            _ => Value::Nothing,
        },
        Kind::CitizenId | Kind::OrganisationCode | Kind::Mobile | Kind::Phone | Kind::BankCard | Kind::Postcode => {
            some(read_number(kind, text, today).and_then(Result::ok))
        }
        Kind::Files { .. } => Value::List(answers.files(key).iter().map(|f| Value::Text(f.id.clone())).collect()),
        Kind::Computed { .. } => Value::Nothing, // worked out by the reading, never read from answers
    }
}

/// The stored form of a number people carry; `None` when this kind is none.
pub(super) fn read_number(kind: &Kind, typed: &str, today: NaiveDate) -> Option<Result<String, NumberFault>> {
    Some(match kind {
        Kind::CitizenId => CitizenId::parse_on(typed, today).map(Into::into),
        Kind::OrganisationCode => OrganisationCode::parse(typed).map(Into::into),
        Kind::Mobile => Mobile::parse(typed).map(Into::into),
        // a number that begins like a mobile one was meant as one, and its fault is told
        Kind::Phone if typed.trim().starts_with(['1', '１', '+']) || typed.trim().starts_with("0086") => {
            Mobile::parse(typed).map(Into::into)
        }
        Kind::Phone => Landline::parse(typed).map(Into::into),
        Kind::BankCard => BankCard::parse(typed).map(Into::into),
        Kind::Postcode => PostCode::parse(typed).map(Into::into),
        Kind::Text { .. }
        | Kind::LongText { .. }
        | Kind::Number { .. }
        | Kind::Money { .. }
        | Kind::Date { .. }
        | Kind::Choice { .. }
        | Kind::Choices { .. }
        | Kind::YesNo
        | Kind::Address
        | Kind::Files { .. }
        | Kind::Certificate { .. }
        | Kind::Computed { .. } => {
            return None;
        }
    })
}
