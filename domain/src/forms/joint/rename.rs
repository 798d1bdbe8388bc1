//! Rules and sentences of a matter's form, with the names that the joint form has for what they name.

use super::fold::fold;
use super::{Facts, Matter, named, own};
use crate::forms::eligibility::Criterion;
use crate::forms::expression::{Expr, Node, Operator};
use crate::forms::form::{Check, Field, Form, Group, Prefill};
use crate::forms::kind::Kind;
use crate::forms::message::{Piece, pieces};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How one matter's names are said in the joint form.
pub(super) struct Names<'a> {
    pub matter: Matter<'a>,
    pub facts: &'a Facts,
    /// `code.question` → the shared question.
    pub shared: &'a BTreeMap<String, String>,
}

impl Names<'_> {
    /// What stands in the joint form for an id of this matter's.
    pub fn id(&self, id: &str) -> String {
        self.shared.get(&named(self.matter.code, id)).cloned().unwrap_or_else(|| own(self.matter.code, id))
    }

    /// The answer the occasion gives to this question.
    pub fn given(&self, id: &str) -> Option<&str> {
        self.facts.given.get(&named(self.matter.code, id)).map(String::as_str)
    }

    fn name(&self, id: String) -> Node {
        match self.given(&id) {
            Some(said) => constant(self.matter.form, &id, said),
            None => Node::Name(self.id(&id)),
        }
    }

    fn node(&self, node: Node) -> Node {
        let many = |nodes: Vec<Node>| nodes.into_iter().map(|n| self.node(n)).collect();
        match node {
            Node::Name(id) => self.name(id),
            Node::List(nodes) => Node::List(many(nodes)),
            Node::Not(inner) => Node::Not(Box::new(self.node(*inner))),
            Node::Negate(inner) => Node::Negate(Box::new(self.node(*inner))),
            Node::Binary(op, left, right) => Node::Binary(op, Box::new(self.node(*left)), Box::new(self.node(*right))),
            Node::Call(function, nodes) => Node::Call(function, many(nodes)),
            Node::Each(gather, group, body) => Node::Each(gather, self.id(&group), Box::new(self.node(*body))),
            same @ (Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Date(_) | Node::Today) => same,
        }
    }

    pub fn rule(&self, rule: &Expr) -> Expr {
        Expr(fold(self.node(rule.0.clone())))
    }

    /// A condition: `Some(None)` where it always holds, `None` where it never does.
    #[allow(clippy::option_option)]
    pub fn condition(&self, when: Option<&Expr>) -> Option<Option<Expr>> {
        match when.map(|when| self.rule(when)) {
            Some(Expr(Node::Bool(false))) => None,
            Some(Expr(Node::Bool(true))) | None => Some(None),
            some => Some(some),
        }
    }

    fn sentence(&self, text: &str) -> String {
        let mut said = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Text(text) => said.push_str(text),
                Piece::Value(inside) => match Expr::parse(inside) {
                    Ok(expr) => _ = write!(said, "{{{}}}", self.rule(&expr)),
                    Err(_) => _ = write!(said, "{{{inside}}}"),
                },
            }
        }
        said
    }

    /// Checks that still say something.
    pub fn checks(&self, checks: &[Check]) -> Vec<Check> {
        let checks = checks.iter().map(|check| Check {
            that: self.rule(&check.that),
            message: self.sentence(&check.message),
            message_en: self.sentence(&check.message_en),
        });
        checks.filter(|check| check.that.0 != Node::Bool(true)).collect()
    }

    /// The conditions of applying, for whoever wants this matter.
    pub fn criteria(&self, wanted: &Node) -> Vec<Criterion> {
        let not = || Box::new(Node::Not(Box::new(wanted.clone())));
        let all = self.matter.form.eligibility.iter().map(|one| (self.rule(&one.that), one));
        let said = all.filter(|(that, _)| that.0 != Node::Bool(true)).map(|(that, one)| Criterion {
            that: Expr(Node::Binary(Operator::Or, not(), Box::new(that.0))),
            message: self.sentence(&one.message),
            message_en: self.sentence(&one.message_en),
            ..one.clone()
        });
        said.collect()
    }

    /// A question under its name in the joint form; `None` where nobody is asked it.
    pub fn field(&self, field: &Field) -> Option<Field> {
        if self.given(&field.id).is_some() {
            return None;
        }
        let mut kind = field.kind.clone();
        match &mut kind {
            Kind::Date { earliest, latest } => {
                for bound in [earliest, latest].into_iter().flatten() {
                    *bound = self.rule(bound);
                }
            }
            Kind::Computed { value } => *value = self.rule(value),
            _ => {}
        }
        Some(Field {
            id: self.id(&field.id),
            when: self.condition(field.when.as_ref())?,
            prefill: field.prefill.as_ref().and_then(|prefill| self.prefill(prefill)),
            checks: self.checks(&field.checks),
            kind,
            ..field.clone()
        })
    }

    fn prefill(&self, prefill: &Prefill) -> Option<Prefill> {
        Some(Prefill { when: self.condition(prefill.when.as_ref())?, ..prefill.clone() })
    }

    /// A list under its name in the joint form.
    pub fn group(&self, group: &Group) -> Option<Group> {
        Some(Group {
            id: self.id(&group.id),
            when: self.condition(group.when.as_ref())?,
            fields: group.fields.iter().filter_map(|field| self.field(field)).collect(),
            checks: self.checks(&group.checks),
            ..group.clone()
        })
    }
}

/// An answer as a rule writes it.
fn constant(form: &Form, id: &str, said: &str) -> Node {
    match form.place(id).map(|place| &place.field.kind) {
        Some(Kind::YesNo) => Node::Bool(said == "yes"),
        _ => Node::Text(said.to_owned()),
    }
}
