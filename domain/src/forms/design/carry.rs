//! One list of what everything is made of, read in both directions: onto a sheet, and back from it.

use super::kinds::MB;
use crate::forms::answers::{Answers, key};
use crate::forms::eligibility::{Criterion, Instead, Weight};
use crate::forms::expression::{Expr, Number};
use crate::forms::fault::Fault;
use crate::forms::form::{Check, Declaration, Field, Form, Group, Page, Prefill};
use crate::forms::kind::{Choice, FileType, Kind};
use crate::identity::numbers::Document;
use std::fmt::Display;
use std::str::FromStr;

/// What carries properties between a thing and its sheet.
pub(super) struct Carrier<'a> {
    way: Way<'a>,
    row: Option<String>,
}

enum Way<'a> {
    Onto(&'a mut Answers),
    From(&'a Answers, Vec<(String, Fault)>),
}

type Read<T> = Result<T, Fault>;

impl<'a> Carrier<'a> {
    /// Writes properties down.
    pub fn onto(answers: &'a mut Answers) -> Self {
        Self { way: Way::Onto(answers), row: None }
    }

    /// Takes properties back.
    pub fn from(answers: &'a Answers) -> Self {
        Self { way: Way::From(answers, Vec::new()), row: None }
    }

    /// What could not be read, by key.
    pub fn faults(self) -> Vec<(String, Fault)> {
        match self.way {
            Way::Onto(_) => Vec::new(),
            Way::From(_, faults) => faults,
        }
    }

    fn carry<T>(&mut self, id: &str, value: &mut T, write: impl Fn(&T) -> Vec<String>, read: impl Fn(&[String]) -> Read<T>) {
        let key = key(id, self.row.as_deref());
        match &mut self.way {
            Way::Onto(answers) => answers.set_many(key, write(value).into_iter().filter(|text| !text.is_empty()).collect()),
            Way::From(answers, faults) => match read(answers.many(&key)) {
                Ok(found) => *value = found,
                Err(fault) => faults.push((key, fault)),
            },
        }
    }

    fn text(&mut self, id: &str, value: &mut String) {
        self.carry(id, value, |text| vec![text.clone()], |said| Ok(one(said).to_owned()));
    }

    /// What may be missing altogether.
    fn maybe<T: Clone>(&mut self, id: &str, value: &mut Option<T>, write: impl Fn(&T) -> String, read: impl Fn(&str) -> Read<T>) {
        let write = |value: &Option<T>| value.iter().map(&write).collect();
        self.carry(id, value, write, |said| if one(said).is_empty() { Ok(None) } else { read(one(said)).map(Some) });
    }

    fn maybe_text(&mut self, id: &str, value: &mut Option<String>) {
        self.maybe(id, value, String::clone, |text| Ok(text.to_owned()));
    }

    fn flag(&mut self, id: &str, value: &mut bool) {
        self.carry(id, value, |yes| vec![if *yes { "yes" } else { "no" }.to_owned()], |said| Ok(one(said) == "yes"));
    }

    fn rule(&mut self, id: &str, value: &mut Option<Expr>) {
        self.maybe(id, value, Expr::to_string, expression);
    }

    /// An expression that has to be there; a missing one is told by the sheet.
    fn must(&mut self, id: &str, value: &mut Expr) {
        self.carry(id, value, |expr| vec![expr.to_string()], |said| expression(one(said)));
    }

    fn whole<N: Copy + Display + FromStr>(&mut self, id: &str, value: &mut N) {
        self.carry(id, value, |number| vec![number.to_string()], |said| whole(one(said)));
    }

    fn maybe_whole<N: Copy + Display + FromStr>(&mut self, id: &str, value: &mut Option<N>) {
        self.maybe(id, value, ToString::to_string, whole);
    }

    /// In fen; on the sheet in yuan.
    fn money(&mut self, id: &str, value: &mut Option<i64>) {
        let yuan = |fen: &i64| Number::from_fen(*fen).map(|yuan| yuan.to_string()).unwrap_or_default();
        self.maybe(id, value, yuan, |text| Number::parse(text).and_then(Number::as_fen).ok_or_else(|| no_number(text)));
    }

    /// A list: its entries, each with an order of its own.
    fn entries<T>(&mut self, group: &str, list: &mut Vec<T>, blank: impl Fn() -> T, each: impl Fn(&mut Self, &mut T)) {
        let rows: Vec<String> = match &mut self.way {
            Way::Onto(answers) => {
                let rows: Vec<String> = (1..=list.len()).map(|n| n.to_string()).collect();
                if !rows.is_empty() {
                    answers.rows.insert(group.to_owned(), rows.clone());
                }
                rows
            }
            Way::From(answers, _) => {
                let rows = answers.rows(group).to_vec();
                list.clear();
                list.resize_with(rows.len(), blank);
                rows
            }
        };
        for (row, entry) in rows.into_iter().zip(list.iter_mut()) {
            self.row = Some(row);
            each(self, entry);
        }
        self.row = None;
    }

    pub fn form(&mut self, form: &mut Form) {
        self.text("title", &mut form.title);
        self.text("title_en", &mut form.title_en);
        self.maybe_text("material", &mut form.material);
        self.maybe_text("situations", &mut form.situations);
        self.eligibility(&mut form.eligibility);
    }

    pub fn page(&mut self, page: &mut Page) {
        self.text("title", &mut page.title);
        self.text("title_en", &mut page.title_en);
        self.text("heading", &mut page.heading);
        self.text("heading_en", &mut page.heading_en);
        self.text("lead", &mut page.lead);
        self.text("lead_en", &mut page.lead_en);
        self.rule("when", &mut page.when);
    }

    pub fn list(&mut self, group: &mut Group) {
        self.text("label", &mut group.label);
        self.text("label_en", &mut group.label_en);
        self.text("legend", &mut group.legend);
        self.text("legend_en", &mut group.legend_en);
        self.text("noun", &mut group.noun);
        self.text("noun_en", &mut group.noun_en);
        self.text("add_label", &mut group.add_label);
        self.text("add_label_en", &mut group.add_label_en);
        self.whole("min", &mut group.min);
        self.whole("max", &mut group.max);
        self.rule("when", &mut group.when);
        self.checks(&mut group.checks);
    }

    pub fn question(&mut self, field: &mut Field) {
        self.text("label", &mut field.label);
        self.text("label_en", &mut field.label_en);
        self.text("hint", &mut field.hint);
        self.text("hint_en", &mut field.hint_en);
        self.kind(&mut field.kind);
        self.flag("optional", &mut field.optional);
        self.rule("when", &mut field.when);
        self.checks(&mut field.checks);
        self.prefill(&mut field.prefill);
        self.flag("sensitive", &mut field.sensitive);
        self.maybe_whole("chars", &mut field.chars);
        self.text("autocomplete", &mut field.autocomplete);
        self.text("inputmode", &mut field.inputmode);
        self.maybe_text("material", &mut field.material);
    }

    pub fn declaration(&mut self, declaration: &mut Declaration) {
        self.text("text", &mut declaration.text);
        self.text("text_en", &mut declaration.text_en);
        self.text("hint", &mut declaration.hint);
        self.text("hint_en", &mut declaration.hint_en);
        self.flag("required", &mut declaration.required);
        self.rule("when", &mut declaration.when);
    }

    fn kind(&mut self, kind: &mut Kind) {
        let named = |said: &[String]| Kind::blank(one(said)).ok_or_else(|| Fault::NotAnOption { found: one(said).to_owned() });
        self.carry("kind", kind, |kind| vec![kind.name().to_owned()], named);
        match kind {
            Kind::Text { max } | Kind::LongText { max } => self.whole("longest", max),
            Kind::Number { min, max, unit, unit_en, decimals } => {
                self.maybe_whole("least", min);
                self.maybe_whole("most", max);
                self.text("unit", unit);
                self.text("unit_en", unit_en);
                self.whole("decimals", decimals);
            }
            Kind::Money { min, max } => {
                self.money("least_yuan", min);
                self.money("most_yuan", max);
            }
            Kind::Date { earliest, latest } => {
                self.rule("earliest", earliest);
                self.rule("latest", latest);
            }
            Kind::Choice { options } | Kind::Choices { options } => self.options(options),
            Kind::Files { min, max, max_bytes, accept, camera } => {
                self.whole("fewest", min);
                self.whole("most_files", max);
                let megabytes = |bytes: &u64| vec![bytes.div_ceil(MB).to_string()];
                self.carry("megabytes", max_bytes, megabytes, |said| whole::<u64>(one(said)).map(|mb| mb.saturating_mul(MB)));
                self.accept(accept);
                self.flag("camera", camera);
            }
            Kind::Certificate { type_code } => self.text("certificate", type_code),
            Kind::Computed { value } => self.must("worked_out", value),
            Kind::IdentityDocument { accept } => self.documents(accept),
            Kind::Listed { list, level } => {
                self.text("list", list);
                self.whole("level", level);
            }
            // nothing more to say
            _ => {}
        }
    }

    fn options(&mut self, options: &mut Vec<Choice>) {
        self.entries("options", options, Choice::default, |carrier, option| {
            carrier.text("option_label", &mut option.label);
            carrier.text("option_label_en", &mut option.label_en);
            carrier.text("option_value", &mut option.value);
            carrier.text("option_hint", &mut option.hint);
            carrier.text("option_hint_en", &mut option.hint_en);
        });
    }

    fn accept(&mut self, accept: &mut Vec<FileType>) {
        let names = |types: &Vec<FileType>| types.iter().map(|t| t.name().to_owned()).collect();
        let types = |said: &[String]| {
            let named = |name: &String| FileType::ALL.into_iter().find(|t| t.name() == name);
            said.iter().map(|name| named(name).ok_or_else(|| Fault::NotAnOption { found: name.clone() })).collect()
        };
        self.carry("accept", accept, names, types);
    }

    fn documents(&mut self, accept: &mut Vec<Document>) {
        let names = |documents: &Vec<Document>| documents.iter().map(|d| d.key().to_owned()).collect();
        let documents = |said: &[String]| {
            let named = |key: &String| Document::from_key(key).ok_or_else(|| Fault::NotAnOption { found: key.clone() });
            said.iter().map(named).collect()
        };
        self.carry("documents", accept, names, documents);
    }

    fn checks(&mut self, checks: &mut Vec<Check>) {
        let blank = || Check { that: Expr::nought(), message: String::new(), message_en: String::new() };
        self.entries("checks", checks, blank, |carrier, check| {
            carrier.must("check_that", &mut check.that);
            carrier.text("check_message", &mut check.message);
            carrier.text("check_message_en", &mut check.message_en);
        });
    }

    fn eligibility(&mut self, criteria: &mut Vec<Criterion>) {
        self.entries("eligibility", criteria, Criterion::blank, |carrier, criterion| {
            carrier.text("criterion_name", &mut criterion.name);
            carrier.text("criterion_name_en", &mut criterion.name_en);
            carrier.must("criterion_that", &mut criterion.that);
            carrier.text("criterion_message", &mut criterion.message);
            carrier.text("criterion_message_en", &mut criterion.message_en);
            carrier.text("criterion_law", &mut criterion.law);
            carrier.text("criterion_law_en", &mut criterion.law_en);
            let mut bar = criterion.weight == Weight::Bar;
            carrier.flag("criterion_bar", &mut bar);
            criterion.weight = if bar { Weight::Bar } else { Weight::Advice };
            carrier.instead(&mut criterion.instead);
        });
    }

    fn instead(&mut self, instead: &mut Option<Instead>) {
        let mut item = instead.as_ref().map(|other| other.item.clone());
        self.maybe_text("instead_item", &mut item);
        let Some(item) = item else {
            *instead = None;
            return;
        };
        let none = String::new;
        let instead = instead.get_or_insert(Instead { item: none(), says: none(), says_en: none() });
        instead.item = item;
        self.text("instead_says", &mut instead.says);
        self.text("instead_says_en", &mut instead.says_en);
    }

    fn prefill(&mut self, prefill: &mut Option<Prefill>) {
        let mut source = prefill.as_ref().map(|p| p.source.clone());
        self.maybe_text("prefill_source", &mut source);
        let Some(source) = source else {
            *prefill = None;
            return;
        };
        let prefill = prefill.get_or_insert(Prefill { source: String::new(), fixed: false, when: None });
        prefill.source = source;
        self.flag("prefill_fixed", &mut prefill.fixed);
        self.rule("prefill_when", &mut prefill.when);
    }
}

fn one(said: &[String]) -> &str {
    said.first().map_or("", String::as_str)
}

fn expression(text: &str) -> Read<Expr> {
    Expr::parse(text).map_err(|fault| Fault::Check { message: fault.to_string(), message_en: fault.to_string() })
}

fn whole<N: FromStr>(text: &str) -> Read<N> {
    text.parse().map_err(|_| no_number(text))
}

fn no_number(text: &str) -> Fault {
    Fault::NotANumber { found: text.to_owned() }
}
