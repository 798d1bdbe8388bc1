//! Why something is asked of this person: the part of its condition that holds, said with what they answered.

use super::answers::split_key;
use super::expression::{Expr, Names, Node, Operator, Row, Value};
use super::form::{Field, in_language};
use super::message::say;
use super::reading::Reading;
use serde::{Deserialize, Serialize};

/// One answer something is asked for, in both languages: “办哪一种”选的是“新办”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub zh: String,
    pub en: String,
}

impl Reading<'_> {
    /// Why the question at this key is asked; nothing when it is always asked, or not now. Of alternatives the first that holds is enough.
    pub fn because(&self, key: &str) -> Vec<Reason> {
        let (id, row) = split_key(key);
        let Some(place) = self.form.place(id).filter(|_| self.is_asked(key)) else { return Vec::new() };
        let row = place.group.zip(row).map(|(group, row)| Row { group: &group.id, row });
        self.reasons(place.field.when.as_ref(), row)
    }

    /// What makes a condition hold that somebody else puts to these answers (which office receives); nothing when there is none.
    pub fn because_of(&self, when: Option<&Expr>) -> Vec<Reason> {
        self.reasons(when, None)
    }

    fn reasons(&self, when: Option<&Expr>, row: Option<Row<'_>>) -> Vec<Reason> {
        let mut parts = Vec::new();
        if let Some(when) = when {
            self.holding(&when.0, row, &mut parts);
        }
        parts.into_iter().map(|part| self.reason(part, row)).collect()
    }

    fn holding<'n>(&self, node: &'n Node, row: Option<Row<'_>>, parts: &mut Vec<&'n Node>) {
        match node {
            Node::Binary(Operator::And, left, right) => [left, right].into_iter().for_each(|node| self.holding(node, row, parts)),
            Node::Binary(Operator::Or, left, right) => {
                let holds = self.eval(&Expr((**left).clone()), row).is_true();
                self.holding(if holds { left } else { right }, row, parts);
            }
            part => parts.push(part),
        }
    }

    fn reason(&self, part: &Node, row: Option<Row<'_>>) -> Reason {
        let part = Expr(part.clone());
        let places: Vec<_> = part.names().into_iter().filter_map(|name| self.form.place(name)).collect();
        let label = |field: &Field, english| in_language(&field.label, &field.label_en, english).to_owned();
        let one = if let [place] = &places[..] { Some(place.field) } else { None };
        if let Some((field, (zh, en))) = one.and_then(|field| Some((field, self.chosen(field, row)?))) {
            return Reason {
                zh: format!("“{}”选的是“{zh}”", label(field, false)),
                en: format!("you answered “{en}” to “{}”", label(field, true)),
            };
        }
        let named: Vec<String> = places.iter().map(|place| format!("“{}”", label(place.field, true))).collect();
        Reason { zh: part.explain(self.form), en: format!("of what you answered to {}", named.join(", ")) }
    }

    /// The one thing chosen, as the form offers it.
    fn chosen(&self, field: &Field, row: Option<Row<'_>>) -> Option<(String, String)> {
        match self.value(&field.id, row) {
            value @ Value::Bool(_) => Some((say(&value, false), say(&value, true))),
            Value::Text(said) => {
                let option = field.kind.options().iter().find(|option| option.value == said)?;
                Some((option.label.clone(), in_language(&option.label, &option.label_en, true).to_owned()))
            }
            _ => None,
        }
    }
}
