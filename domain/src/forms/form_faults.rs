//! What is wrong with a form before anybody fills it in. A form is published only when nothing is.

use super::eligibility::Criterion;
use super::expression::{Expr, Named, Type};
use super::form::{Block, Check, Field, Form, Page};
use super::kind::Kind;
use super::listed;
use super::message::{Piece, pieces};
use super::signing::SignedBy;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A fault in a form, for the person who builds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum FormFault {
    NoPages,
    EmptyPage {
        page: String,
    },
    /// Lower case letters, digits and `_`, beginning with a letter.
    BadId {
        id: String,
    },
    DuplicateId {
        id: String,
    },
    NoLabel {
        id: String,
    },
    /// A choice offers nothing, or one value twice.
    Options {
        field: String,
    },
    /// A bound above its counterpart, or a number of files or entries that cannot be.
    Bounds {
        id: String,
    },
    /// An expression that does not fit; `at` names the page, group or field and what it is for.
    Expression {
        at: String,
        why: String,
    },
    /// A condition that looks at a question that comes later: it could not be settled page by page.
    LooksAhead {
        at: String,
        names: String,
    },
    /// Never asked: the condition cannot hold whatever is answered.
    Unreachable {
        at: String,
    },
    /// It is looked up in a list, and which one is not said.
    NoList {
        field: String,
    },
    /// `situations` names no choice field outside a group.
    Situations {
        field: String,
    },
    /// A condition of applying that rests on a list or on papers: it could not be tried before anybody begins.
    NotBefore {
        at: String,
        names: String,
    },
    /// The width is not 4, 8, 12 or 20.
    Width {
        field: String,
    },
    /// Who has to sign is named by questions that are not there, are no name and number, or stand in different lists; or the
    /// sentence they confirm is missing.
    Signatory {
        id: String,
    },
}

impl Form {
    /// Everything that is wrong with this form; empty when it can be published.
    pub fn faults(&self) -> Vec<FormFault> {
        self.review().found
    }

    /// What is wrong with a condition that somebody else puts to the answers of this form (a node of its flow).
    pub fn condition_faults(&self, when: &Expr, at: &str) -> Vec<FormFault> {
        let mut review = self.review();
        review.found.clear();
        review.condition(Some(when), at, None);
        review.found
    }

    /// What is wrong with an amount that somebody else works out of these answers, and with what they say about it.
    pub fn amount_faults(&self, amount: &Expr, says: &[&str], at: &str) -> Vec<FormFault> {
        let mut review = self.review();
        review.found.clear();
        review.typed(amount, at, None, Some(&Type::Number));
        says.iter().for_each(|text| review.message(text, at, None));
        review.found
    }

    fn review(&self) -> Review<'_> {
        let mut review = Review { form: self, types: BTreeMap::new(), seen: BTreeSet::new(), found: Vec::new() };
        if self.pages.is_empty() {
            review.found.push(FormFault::NoPages);
        }
        review.ids();
        for page in &self.pages {
            review.page(page);
        }
        for criterion in &self.eligibility {
            review.criterion(criterion);
        }
        for declaration in &self.declarations {
            review.condition(declaration.when.as_ref(), &declaration.id, None);
        }
        if let Some(id) = &self.situations
            && !self.place(id).is_some_and(|p| p.group.is_none() && matches!(p.field.kind, Kind::Choice { .. }))
        {
            review.found.push(FormFault::Situations { field: id.clone() });
        }
        review.signatories();
        review
    }
}

struct Review<'a> {
    form: &'a Form,
    /// Types of computed fields worked out so far.
    types: BTreeMap<&'a str, Type>,
    /// Fields and groups that come before the place being looked at.
    seen: BTreeSet<&'a str>,
    found: Vec<FormFault>,
}

impl<'a> Review<'a> {
    fn ids(&mut self) {
        let mut pages = BTreeSet::new();
        let mut names = BTreeSet::new();
        let form = self.form;
        for page in &form.pages {
            self.id(&page.id, &mut pages);
            for group in page.groups() {
                self.id(&group.id, &mut names);
            }
            for place in page.places() {
                self.id(&place.field.id, &mut names);
            }
        }
        for declaration in &form.declarations {
            self.id(&declaration.id, &mut names);
        }
        let mut signatories = BTreeSet::new();
        for signatory in &form.signatories {
            self.id(&signatory.id, &mut signatories);
        }
    }

    fn signatories(&mut self) {
        let form = self.form;
        for signatory in &form.signatories {
            let (sound, group) = match &signatory.who {
                SignedBy::LegalRepresentative => (true, None),
                SignedBy::Named { name, number } => match (form.place(name), form.place(number)) {
                    (Some(name), Some(number)) => {
                        let (of, group) = (name.group.map(|g| &g.id), number.group.map(|g| &g.id));
                        let kinds = matches!(name.field.kind, Kind::Text { .. })
                            && matches!(number.field.kind, Kind::CitizenId | Kind::OrganisationCode);
                        (kinds && of == group, group)
                    }
                    _ => (false, None),
                },
            };
            if !sound || signatory.confirms.is_empty() {
                self.found.push(FormFault::Signatory { id: signatory.id.clone() });
            }
            self.condition(signatory.when.as_ref(), &signatory.id, group.map(String::as_str));
        }
    }

    fn id(&mut self, id: &'a str, names: &mut BTreeSet<&'a str>) {
        const WORDS: [&str; 7] = ["and", "or", "not", "in", "true", "false", "today"];
        let good = id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            && id.len() <= 60
            && !WORDS.contains(&id);
        if !good {
            self.found.push(FormFault::BadId { id: id.into() });
        }
        if !names.insert(id) {
            self.found.push(FormFault::DuplicateId { id: id.into() });
        }
    }

    fn page(&mut self, page: &'a Page) {
        if page.blocks.is_empty() {
            self.found.push(FormFault::EmptyPage { page: page.id.clone() });
        }
        if page.title.is_empty() || page.heading.is_empty() {
            self.found.push(FormFault::NoLabel { id: page.id.clone() });
        }
        self.condition(page.when.as_ref(), &page.id, None);
        for block in &page.blocks {
            match block {
                Block::Field(field) => self.field(field, None),
                Block::Group(group) => {
                    self.condition(group.when.as_ref(), &group.id, None);
                    if group.max == 0 || group.min > group.max || group.max as usize > super::MOST_ROWS || group.fields.is_empty()
                    {
                        self.found.push(FormFault::Bounds { id: group.id.clone() });
                    }
                    if [&group.label, &group.legend, &group.noun, &group.add_label].iter().any(|t| t.is_empty()) {
                        self.found.push(FormFault::NoLabel { id: group.id.clone() });
                    }
                    for field in &group.fields {
                        self.field(field, Some(&group.id));
                    }
                    self.seen.insert(&group.id);
                    self.checks(&group.checks, &group.id, None);
                }
            }
        }
    }

    fn field(&mut self, field: &'a Field, group: Option<&'a str>) {
        self.condition(field.when.as_ref(), &field.id, group);
        if field.label.is_empty() {
            self.found.push(FormFault::NoLabel { id: field.id.clone() });
        }
        if field.chars.is_some_and(|c| ![4, 8, 12, 20].contains(&c)) {
            self.found.push(FormFault::Width { field: field.id.clone() });
        }
        self.kind(field, group);
        if let Some(when) = field.prefill.as_ref().and_then(|p| p.when.as_ref()) {
            self.typed(when, &format!("{} 的预填条件", field.id), group, Some(&Type::Bool));
        }
        self.seen.insert(&field.id);
        self.checks(&field.checks, &field.id, group);
    }

    fn kind(&mut self, field: &'a Field, group: Option<&'a str>) {
        let id = &field.id;
        let bad_bounds = match &field.kind {
            Kind::Text { max } | Kind::LongText { max } => *max == 0,
            Kind::Number { min, max, decimals, .. } => crossed(*min, *max) || *decimals > 4,
            Kind::Money { min, max } => crossed(*min, *max),
            Kind::Files { min, max, max_bytes, accept, .. } => *max == 0 || min > max || *max_bytes == 0 || accept.is_empty(),
            Kind::Date { earliest, latest } => {
                for bound in [earliest, latest].into_iter().flatten() {
                    self.typed(bound, &format!("{id} 的日期范围"), group, Some(&Type::Date));
                }
                false
            }
            Kind::Computed { value } => {
                self.behind(value, id);
                if let Some(of) = self.typed(value, id, group, None) {
                    self.types.insert(id, of);
                }
                false
            }
            Kind::IdentityDocument { accept } => accept.is_empty(),
            Kind::Listed { list, .. } => {
                if !listed::NAMES.contains(&list.as_str()) {
                    self.found.push(FormFault::NoList { field: id.clone() });
                }
                false
            }
            _ => false,
        };
        if bad_bounds {
            self.found.push(FormFault::Bounds { id: id.clone() });
        }
        if let Kind::Choice { options } | Kind::Choices { options } = &field.kind {
            let values: BTreeSet<&str> = options.iter().map(|o| o.value.as_str()).collect();
            if options.is_empty()
                || values.len() < options.len()
                || options.iter().any(|o| o.value.is_empty() || o.label.is_empty())
            {
                self.found.push(FormFault::Options { field: id.clone() });
            }
        }
    }

    fn checks(&mut self, checks: &'a [Check], at: &str, group: Option<&str>) {
        for check in checks {
            self.typed(&check.that, &format!("{at} 的检查"), group, Some(&Type::Bool));
            if check.message.is_empty() {
                self.found.push(FormFault::NoLabel { id: format!("{at} 的检查") });
            }
            for text in [&check.message, &check.message_en] {
                self.message(text, at, group);
            }
        }
    }

    fn criterion(&mut self, criterion: &'a Criterion) {
        let at = if criterion.name.is_empty() { "申请条件" } else { &criterion.name };
        self.condition(Some(&criterion.that), at, None);
        let instead = criterion.instead.iter().flat_map(|instead| [&instead.item, &instead.says]);
        if [&criterion.name, &criterion.message, &criterion.law].into_iter().chain(instead).any(String::is_empty) {
            self.found.push(FormFault::NoLabel { id: at.into() });
        }
        for text in [&criterion.message, &criterion.message_en] {
            self.message(text, at, None);
        }
        let form = self.form;
        let single = |name: &String| {
            form.place(name).is_some_and(|p| p.group.is_none() && !p.field.kind.takes_files() && !is_paper(&p.field.kind))
        };
        let rests_on = form.rests_on(criterion.names()).into_iter();
        let other: Vec<String> = rests_on.filter(|name| self.named(name).is_some() && !single(name)).collect();
        if !other.is_empty() {
            self.found.push(FormFault::NotBefore { at: at.into(), names: other.join("、") });
        }
    }

    fn message(&mut self, text: &str, at: &str, group: Option<&str>) {
        let at = format!("{at} 的提示");
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) if text.contains(['{', '}']) => {
                    self.found.push(FormFault::Expression { at: at.clone(), why: "花括号没有配对".into() });
                }
                Piece::Text(_) => {}
                Piece::Value(inside) => match Expr::parse(inside) {
                    Ok(expr) => _ = self.typed(&expr, &at, group, None),
                    Err(fault) => self.found.push(FormFault::Expression { at: at.clone(), why: fault.to_string() }),
                },
            }
        }
    }

    fn condition(&mut self, when: Option<&'a Expr>, at: &str, group: Option<&str>) {
        let Some(expr) = when else { return };
        self.behind(expr, at);
        self.typed(expr, at, group, Some(&Type::Bool));
        if expr.names().is_empty() && expr.to_string() != "true" {
            self.found.push(FormFault::Unreachable { at: at.into() });
        }
    }

    /// Everything named must have been asked before.
    fn behind(&mut self, expr: &Expr, at: &str) {
        let ahead: Vec<&str> = expr.names().into_iter().filter(|n| !self.seen.contains(n) && self.named(n).is_some()).collect();
        if !ahead.is_empty() {
            self.found.push(FormFault::LooksAhead { at: at.into(), names: ahead.join("、") });
        }
    }

    fn typed(&mut self, expr: &Expr, at: &str, group: Option<&str>, want: Option<&Type>) -> Option<Type> {
        let checked = expr.check(&|name| self.named(name), group);
        let why = match (checked, want) {
            (Ok(of), Some(want)) if of != *want => format!("这里要{}，现在是{}", want.say(), of.say()),
            (Ok(of), _) => return Some(of),
            (Err(why), _) => why,
        };
        self.found.push(FormFault::Expression { at: at.into(), why });
        None
    }

    fn named(&self, name: &str) -> Option<Named<'a>> {
        let Some(place) = self.form.place(name) else { return self.form.group(name).map(|_| Named::Group) };
        let of = match place.field.kind.value_type() {
            Some(of) => of,
            None => self.types.get(name).cloned()?,
        };
        Some(Named::Field { of, group: place.group.map(|g| g.id.as_str()), options: place.field.kind.options() })
    }
}

/// What is handed in or taken from the library, not answered.
fn is_paper(kind: &Kind) -> bool {
    matches!(kind, Kind::Certificate { .. } | Kind::Signature)
}

fn crossed<T: PartialOrd>(min: Option<T>, max: Option<T>) -> bool {
    min.zip(max).is_some_and(|(min, max)| min > max)
}
