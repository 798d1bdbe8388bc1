//! Rules in words, and what a rule may name: for the person who builds a form and writes no programs.

use super::spot::{Spot, Thing};
use crate::forms::expression::Expr;
use crate::forms::form::{Check, Form};
use serde::{Deserialize, Serialize};

/// What a rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decides {
    /// Whether it is asked.
    Asked,
    /// Whether it is filled in from its source.
    Prefilled,
    /// Whether an answer stands.
    Check,
    /// How early or late a day may be, or what is worked out.
    Value,
}

/// A rule of the thing at a spot, in Chinese: 当“情形”是“新办”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meaning {
    pub decides: Decides,
    pub words: String,
}

/// Something a rule may name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nameable {
    pub id: String,
    pub label: String,
    /// What its answer is in rules: 数、文字、日期 …; of a list, that it is one.
    pub of: String,
    /// What may be chosen: value and label.
    pub offers: Vec<(String, String)>,
}

impl Form {
    /// Every rule of what stands at a spot, in words.
    pub fn meanings(&self, spot: &Spot) -> Vec<Meaning> {
        let mut found = Vec::new();
        let mut say = |decides: Decides, rule: Option<&Expr>| {
            found.extend(rule.map(|rule| Meaning { decides, words: rule.explain(self) }));
        };
        let checks = |all: &[Check]| all.iter().map(|check| check.that.clone()).collect::<Vec<_>>();
        match self.thing(spot) {
            Some(Thing::Page(page)) => say(Decides::Asked, page.when.as_ref()),
            Some(Thing::List(group)) => {
                say(Decides::Asked, group.when.as_ref());
                checks(&group.checks).iter().for_each(|rule| say(Decides::Check, Some(rule)));
            }
            Some(Thing::Question(field)) => {
                say(Decides::Asked, field.when.as_ref());
                say(Decides::Prefilled, field.prefill.as_ref().and_then(|prefill| prefill.when.as_ref()));
                field.kind.rules().for_each(|rule| say(Decides::Value, Some(rule)));
                checks(&field.checks).iter().for_each(|rule| say(Decides::Check, Some(rule)));
            }
            Some(Thing::Declaration(declaration)) => say(Decides::Asked, declaration.when.as_ref()),
            Some(Thing::Form(_)) | None => {}
        }
        found
    }

    /// What a rule at this spot may name: what is asked before it; a check may name its own question, a list its own questions.
    pub fn nameable(&self, spot: &Spot) -> Vec<Nameable> {
        let things = self.things();
        let until = things.iter().position(|(thing, _)| thing.spot() == *spot).map_or(0, |at| at + 1);
        let mine = |above: &Option<Spot>| matches!(spot, Spot::List(_)) && above.as_ref() == Some(spot);
        let reach = things.iter().enumerate().filter(|(n, (_, above))| *n < until || mine(above));
        reach
            .filter_map(|(_, (thing, _))| match thing {
                Thing::Question(field) => Some(Nameable {
                    id: field.id.clone(),
                    label: field.label.clone(),
                    of: field.kind.value_type().map(|of| of.say()).unwrap_or_default(),
                    offers: field.kind.options().iter().map(|o| (o.value.clone(), o.label.clone())).collect(),
                }),
                Thing::List(group) => {
                    Some(Nameable { id: group.id.clone(), label: group.label.clone(), of: "列表".into(), offers: Vec::new() })
                }
                Thing::Form(_) | Thing::Page(_) | Thing::Declaration(_) => None,
            })
            .collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_told_in_words_and_only_what_stands_before_may_be_named() {
        let text = r#"{ "id": "x", "title": "x", "pages": [
            { "id": "a", "title": "a", "heading": "a", "blocks": [
                { "field": { "id": "use", "label": "房子是", "kind": { "choice": { "options": [
                    { "value": "own", "label": "自有" }, { "value": "rent", "label": "租赁" } ] } } } },
                { "field": { "id": "until", "label": "租到哪天", "when": "use = 'rent'",
                    "kind": { "date": { "earliest": "today + 30" } },
                    "checks": [{ "that": "until >= today", "message": "x" }] } } ] },
            { "id": "b", "title": "b", "heading": "b", "when": "use = 'own'", "blocks": [
                { "group": { "id": "staff", "label": "人员", "legend": "第 {n} 位", "noun": "位", "max": 9, "add_label": "加",
                    "checks": [{ "that": "count(staff) > 1", "message": "x" }],
                    "fields": [{ "id": "name", "label": "姓名", "kind": { "text": { "max": 9 } } }] } },
                { "field": { "id": "more", "label": "还有", "kind": "yes_no" } } ] } ] }"#;
        let form = Form::from_json(text).unwrap();
        let said = |spot: &str| -> Vec<(Decides, String)> {
            form.meanings(&spot.parse().unwrap()).into_iter().map(|m| (m.decides, m.words)).collect()
        };
        assert_eq!(said("page:b"), [(Decides::Asked, "“房子是”是“自有”".to_owned())]);
        let until = said("question:until");
        assert_eq!(until[0], (Decides::Asked, "“房子是”是“租赁”".to_owned()));
        assert_eq!(until[1], (Decides::Value, "今天加30".to_owned()));
        assert_eq!(until[2].0, Decides::Check);
        assert_eq!(said("list:staff").len(), 1);
        assert_eq!(said("form"), []);

        let may = |spot: &str| form.nameable(&spot.parse().unwrap()).into_iter().map(|n| n.id).collect::<Vec<_>>();
        assert_eq!(may("question:use"), ["use"]);
        assert_eq!(may("question:until"), ["use", "until"]);
        assert_eq!(may("page:b"), ["use", "until"]);
        assert_eq!(may("list:staff"), ["use", "until", "staff", "name"]);
        assert_eq!(may("question:more"), ["use", "until", "staff", "name", "more"]);
        let offers = &form.nameable(&"question:until".parse().unwrap())[0].offers;
        assert_eq!(offers[1], ("rent".to_owned(), "租赁".to_owned()));
    }
}
