//! The small language forms, flows and guides speak: conditions, checks, computed values, materials needed.
//!
//! ```text
//! situation = 'new' and count(staff) > 0
//! age(elder_id_number, today) >= 80
//! all(staff: health_until >= today) and any(staff: manager)
//! premises_until in [date('2026-12-31'), today + 30]
//! ```
//!
//! Typed ([`Type`]), total (no text, no answers and no form can make it panic or run on), without recursion. One
//! evaluator for browser and server. A comparison with something nobody answered is false; `not` of nothing is nothing.

mod eval;
mod node;
mod number;
mod parse;
#[cfg(test)]
mod tests;
mod token;
mod types;
mod value;

pub use eval::{Env, Names, Row};
pub(in crate::forms) use node::{Function, Gather, Node, Operator};
pub use number::Number;
pub use parse::{ParseFault, iso_date};
pub use types::Named;
pub use value::{Type, Value};

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// An expression that parsed. In data it is its text; written back it is the same expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Expr(pub(in crate::forms) Node);

impl Expr {
    /// Reads an expression.
    ///
    /// # Errors
    /// Where and why it is none: at most 2000 characters, 40 deep.
    pub fn parse(text: &str) -> Result<Self, ParseFault> {
        parse::parse(text).map(Self)
    }

    /// `0`: where an expression has to stand and none was written yet.
    pub fn nought() -> Self {
        Self(Node::Number(Number::count(0)))
    }

    /// `field = 'value'`: that one thing was chosen.
    pub fn chosen(field: &str, value: &str) -> Self {
        let (field, value) = (Node::Name(field.to_owned()), Node::Text(value.to_owned()));
        Self(Node::Binary(Operator::Equal, Box::new(field), Box::new(value)))
    }

    /// The question and the values, of a rule that says no more than that one of them was chosen.
    pub fn chooses(&self) -> Option<(&str, Vec<&str>)> {
        match &self.0 {
            Node::Binary(Operator::Equal, left, right) => match (&**left, &**right) {
                (Node::Name(field), Node::Text(value)) => Some((field, vec![value])),
                _ => None,
            },
            Node::Binary(Operator::In, left, right) => match (&**left, &**right) {
                (Node::Name(field), Node::List(values)) => Some((field, values.iter().map(said).collect::<Option<_>>()?)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What it comes to.
    pub fn eval(&self, env: &Env<'_>) -> Value {
        eval::eval(&self.0, env)
    }

    /// Its type, given what the names stand for.
    ///
    /// # Errors
    /// What does not fit, in words for the person who builds the form.
    pub fn check<'a>(&self, names: &dyn Fn(&str) -> Option<Named<'a>>, group: Option<&str>) -> Result<Type, String> {
        types::check(&self.0, names, group)
    }

    /// Every field and group it names.
    pub fn names(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        collect(&self.0, true, &mut found);
        found
    }

    /// The fields whose answers it needs before it says anything: those it only asks `filled(…)` about are left out.
    pub fn needs(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        collect(&self.0, false, &mut found);
        found
    }
}

fn said(node: &Node) -> Option<&str> {
    if let Node::Text(text) = node { Some(text) } else { None }
}

fn collect<'a>(node: &'a Node, also_filled: bool, found: &mut BTreeSet<&'a str>) {
    match node {
        Node::Name(name) => {
            found.insert(name);
        }
        Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Date(_) | Node::Today => {}
        Node::Not(inner) | Node::Negate(inner) => collect(inner, also_filled, found),
        Node::Binary(_, left, right) => {
            collect(left, also_filled, found);
            collect(right, also_filled, found);
        }
        Node::Call(Function::Filled | Function::Count, _) if !also_filled => {}
        Node::List(nodes) | Node::Call(_, nodes) => nodes.iter().for_each(|n| collect(n, also_filled, found)),
        Node::Each(_, group, body) => {
            if also_filled {
                found.insert(group);
            }
            collect(body, also_filled, found);
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Expr {
    type Err = ParseFault;

    fn from_str(text: &str) -> Result<Self, ParseFault> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Expr {
    type Error = ParseFault;

    fn try_from(text: String) -> Result<Self, ParseFault> {
        Self::parse(&text)
    }
}

impl From<Expr> for String {
    fn from(expr: Expr) -> Self {
        expr.to_string()
    }
}
