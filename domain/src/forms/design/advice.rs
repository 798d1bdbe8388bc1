//! What is not wrong with a form, but surely not meant: conditions that can never hold or always do, labels too long to read at a
//! glance, questions without a word of help where people need one.

use super::spot::{Spot, Thing};
use crate::forms::expression::{Env, Expr, Function, Names, Node, Number, Operator, Row, Value};
use crate::forms::form::{Field, Form};
use crate::forms::kind::Kind;
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a label that are read at a glance.
pub const LONGEST_LABEL: usize = 24;
/// Combinations of answers that are tried for one condition; where there are more, nothing is said.
const MOST_TRIED: usize = 20_000;
/// Choices of several: every set of so many is tried.
const MOST_OPTIONS: usize = 8;

/// Something to think about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    pub spot: Spot,
    pub about: About,
}

/// What about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Whatever is answered, its condition does not hold: it is never asked.
    NeverAsked,
    /// Whatever is answered, its condition holds: it says nothing.
    AlwaysAsked,
    /// Longer than what is read at a glance.
    LongLabel,
    /// Numbers and papers people have to look up: a hint says where.
    NoHint,
    /// Part of it has no English yet.
    NoEnglish,
}

/// Everything worth a thought, in the order of the form.
pub fn advice(form: &Form, today: NaiveDate) -> Vec<Advice> {
    let mut found = Vec::new();
    let mut above: BTreeMap<Spot, Vec<&Expr>> = BTreeMap::new();
    for (thing, parent) in form.things() {
        let spot = thing.spot();
        let mut rules = parent.and_then(|parent| above.get(&parent).cloned()).unwrap_or_default();
        let (own, inside_list) = match thing {
            Thing::Page(page) => (page.when.as_ref(), None),
            Thing::List(group) => (group.when.as_ref(), None),
            Thing::Question(field) => {
                (field.when.as_ref(), form.place(&field.id).and_then(|place| place.group).map(|group| group.id.as_str()))
            }
            Thing::Form(_) | Thing::Declaration(_) => (None, None),
        };
        let mut say = |about| found.push(Advice { spot: spot.clone(), about });
        if let Some(own) = own {
            let held = outcomes(form, &[own], inside_list, today);
            let all: Vec<&Expr> = rules.iter().copied().chain([own]).collect();
            if held.is_some_and(|held| !held.holds) || outcomes(form, &all, inside_list, today).is_some_and(|held| !held.holds) {
                say(About::NeverAsked);
            } else if held.is_some_and(|held| !held.fails) {
                say(About::AlwaysAsked);
            }
            rules.push(own);
        }
        words(thing).into_iter().for_each(say);
        above.insert(spot, rules);
    }
    found
}

fn words(thing: Thing<'_>) -> Vec<About> {
    let mut found = Vec::new();
    let english = |pairs: &[(&String, &String)]| pairs.iter().any(|(zh, en)| !zh.is_empty() && en.is_empty());
    let (label, untold) = match thing {
        Thing::Form(form) => (&form.title, english(&[(&form.title, &form.title_en)])),
        Thing::Page(page) => (
            &page.heading,
            english(&[(&page.title, &page.title_en), (&page.heading, &page.heading_en), (&page.lead, &page.lead_en)]),
        ),
        Thing::List(group) => (
            &group.label,
            english(&[
                (&group.label, &group.label_en),
                (&group.legend, &group.legend_en),
                (&group.noun, &group.noun_en),
                (&group.add_label, &group.add_label_en),
            ]),
        ),
        Thing::Question(field) => {
            if needs_hint(field) && field.hint.is_empty() {
                found.push(About::NoHint);
            }
            let options = field.kind.options().iter().any(|o| english(&[(&o.label, &o.label_en), (&o.hint, &o.hint_en)]));
            let checks = field.checks.iter().any(|check| english(&[(&check.message, &check.message_en)]));
            (&field.label, options || checks || english(&[(&field.label, &field.label_en), (&field.hint, &field.hint_en)]))
        }
        Thing::Declaration(declaration) => {
            let untold = english(&[(&declaration.text, &declaration.text_en), (&declaration.hint, &declaration.hint_en)]);
            return if untold { vec![About::NoEnglish] } else { Vec::new() };
        }
    };
    if label.chars().count() > LONGEST_LABEL {
        found.push(About::LongLabel);
    }
    if untold {
        found.push(About::NoEnglish);
    }
    found
}

/// What people do not know by heart. What is taken from elsewhere needs no help.
fn needs_hint(field: &Field) -> bool {
    let looked_up = matches!(field.kind, Kind::OrganisationCode | Kind::BankCard | Kind::Files { .. });
    looked_up && field.prefill.is_none()
}

/// Whether conditions hold together for some answers, and fail for some.
#[derive(Clone, Copy, Debug)]
struct Outcomes {
    holds: bool,
    fails: bool,
}

/// Tries every answer that could make a difference; `None` where these are too many or cannot be named.
fn outcomes(form: &Form, rules: &[&Expr], list: Option<&str>, today: NaiveDate) -> Option<Outcomes> {
    let mut tries: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let names: BTreeSet<&str> = rules.iter().flat_map(|rule| rule.names()).collect();
    for name in names {
        let place = form.place(name)?;
        // of a list only what stands in the same entry
        if place.group.is_some_and(|group| Some(group.id.as_str()) != list) {
            return None;
        }
        tries.insert(name, answers_to(place.field, rules, today)?);
    }
    let all = tries.values().try_fold(1_usize, |all, values| all.checked_mul(values.len()))?;
    if all > MOST_TRIED {
        return None;
    }
    let mut found = Outcomes { holds: false, fails: false };
    for n in 0..all {
        let mut rest = n;
        let one = tries.iter().map(|(name, values)| {
            let value = values[rest % values.len()].clone();
            rest /= values.len();
            (*name, value)
        });
        let said = Said(one.collect());
        let env = Env { names: &said, row: None, today };
        let holds = rules.iter().all(|rule| rule.eval(&env).is_true());
        found.holds |= holds;
        found.fails |= !holds;
        if found.holds && found.fails {
            break;
        }
    }
    Some(found)
}

/// The answers to a question that these conditions can tell apart.
fn answers_to(field: &Field, rules: &[&Expr], today: NaiveDate) -> Option<Vec<Value>> {
    let mut values = vec![Value::Nothing];
    match &field.kind {
        Kind::Choice { options } => values.extend(options.iter().map(|option| Value::Text(option.value.clone()))),
        Kind::YesNo => values.extend([Value::Bool(true), Value::Bool(false)]),
        Kind::Choices { options } if options.len() <= MOST_OPTIONS => {
            values = (0..1_usize << options.len())
                .map(|set| {
                    let ticked = options.iter().enumerate().filter(|(n, _)| set & (1 << n) != 0);
                    Value::List(ticked.map(|(_, option)| Value::Text(option.value.clone())).collect())
                })
                .collect();
        }
        Kind::Number { .. } | Kind::Money { .. } | Kind::Date { .. } => {
            for rule in rules {
                bounds(&rule.0, &field.id, today, &mut values)?;
            }
        }
        _ => return None,
    }
    Some(values)
}

/// What a number or a day is compared with, and what lies just beside; `None` when it is used in any other way.
fn bounds(node: &Node, name: &str, today: NaiveDate, found: &mut Vec<Value>) -> Option<()> {
    let is_it = |node: &Node| matches!(node, Node::Name(other) if other == name);
    match node {
        Node::Binary(
            Operator::Equal | Operator::Differs | Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast,
            left,
            right,
        ) if is_it(left) || is_it(right) => {
            let other = if is_it(left) { right } else { left };
            found.extend(beside(other, today)?);
            Some(())
        }
        Node::Name(other) => (other != name).then_some(()),
        Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Date(_) | Node::Today => Some(()),
        Node::Not(inner) | Node::Negate(inner) => bounds(inner, name, today, found),
        Node::Binary(_, left, right) => {
            bounds(left, name, today, found)?;
            bounds(right, name, today, found)
        }
        // asked only whether it was answered
        Node::Call(Function::Filled, nodes) if nodes.iter().any(is_it) => Some(()),
        Node::List(nodes) | Node::Call(_, nodes) => nodes.iter().try_for_each(|node| bounds(node, name, today, found)),
        Node::Each(_, _, body) => bounds(body, name, today, found),
    }
}

fn beside(node: &Node, today: NaiveDate) -> Option<Vec<Value>> {
    // a bound that is an answer itself cannot be tried out
    let constant = Expr(node.clone());
    if !constant.names().is_empty() {
        return None;
    }
    match constant.eval(&Env { names: &Said(BTreeMap::new()), row: None, today }) {
        Value::Number(number) => {
            let whole = number.as_whole()?;
            [whole.checked_sub(1)?, whole, whole.checked_add(1)?]
                .into_iter()
                .map(|n| Number::whole(n).map(Value::Number))
                .collect()
        }
        Value::Date(day) => {
            let near = [-1, 0, 1].map(|days| day.checked_add_signed(TimeDelta::days(days)).map(Value::Date));
            near.into_iter().collect()
        }
        Value::Nothing | Value::Bool(_) | Value::Text(_) | Value::List(_) => None,
    }
}

/// One set of answers.
struct Said<'a>(BTreeMap<&'a str, Value>);

impl Names for Said<'_> {
    fn value(&self, name: &str, _: Option<Row<'_>>) -> Value {
        self.0.get(name).cloned().unwrap_or(Value::Nothing)
    }

    fn is_filled(&self, name: &str, _: Option<Row<'_>>) -> bool {
        self.0.get(name).is_some_and(Value::is_filled)
    }

    fn rows(&self, _: &str) -> &[String] {
        &[]
    }
}
