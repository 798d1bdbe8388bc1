//! Which office receives an application: conditions and offices in order, and the first that holds decides.

use crate::forms::{Expr, Form, Reading};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A small table, read from the top. As it is written: `rules`, or for the plainest case `field` and `offices` (answer → office).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Intake {
    pub rules: Vec<Route>,
}

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Always, when nothing is said: the last line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// Code of the office (organisation unit).
    pub office: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    rules: Vec<Route>,
    #[serde(default)]
    field: Option<String>,
    #[serde(default)]
    offices: BTreeMap<String, String>,
}

impl TryFrom<Written> for Intake {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        match written {
            Written { rules, field: None, offices } if offices.is_empty() => Ok(Self { rules }),
            Written { rules, field: Some(field), offices } if rules.is_empty() => {
                let rule = |(value, office): (String, String)| Route { when: Some(Expr::chosen(&field, &value)), office };
                Ok(Self { rules: offices.into_iter().map(rule).collect() })
            }
            Written { .. } => Err("intake is a list of rules, or a field with its offices, not both"),
        }
    }
}

impl Intake {
    /// The line that decides about these answers.
    pub fn route(&self, reading: &Reading<'_>) -> Option<&Route> {
        self.rules.iter().find(|rule| reading.holds(rule.when.as_ref(), None))
    }

    /// What is wrong between this table and the form whose answers it reads, as sentences for its author.
    pub fn faults(&self, form: &Form) -> Vec<String> {
        let mut faults = Vec::new();
        let mut taken: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut settled = false;
        for (n, rule) in self.rules.iter().enumerate() {
            if let Some(when) = &rule.when {
                faults.extend(form.condition_faults(when, "intake").into_iter().map(|fault| format!("{fault:?}")));
            }
            let chooses = rule.when.as_ref().and_then(Expr::chooses);
            let again = chooses.as_ref().is_some_and(|(field, values)| {
                taken.get(field).is_some_and(|taken| values.iter().all(|value| taken.contains(value)))
            });
            if settled || again || self.rules[..n].iter().any(|earlier| earlier.when == rule.when) {
                faults.push(format!("rule {} of intake is never reached: those before it hold first", n + 1));
            }
            if let Some((field, values)) = chooses {
                let taken = taken.entry(field).or_default();
                taken.extend(values);
                settled |= leaves_nothing(form, field, taken);
            }
            settled |= rule.when.as_ref().is_none_or(|when| when.to_string() == "true");
        }
        if !settled {
            faults.push("no rule of intake holds of everybody: end with one without a condition".to_owned());
        }
        faults
    }
}

/// Whether everybody has answered this question with one of these.
fn leaves_nothing(form: &Form, field: &str, taken: &BTreeSet<&str>) -> bool {
    form.place(field).is_some_and(|place| {
        let everybody = !place.field.optional && place.field.when.is_none() && place.page.when.is_none();
        let options = place.field.kind.options();
        everybody && !options.is_empty() && options.iter().all(|option| taken.contains(option.value.as_str()))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::forms::Answers;
    use serde_json::{Value, json};

    fn form() -> Form {
        let street =
            json!([{ "value": "a", "label": "甲街道" }, { "value": "b", "label": "乙镇" }, { "value": "c", "label": "丙镇" }]);
        serde_json::from_value(
            json!({ "id": "small", "title": "小表", "pages": [{ "id": "one", "title": "一", "heading": "一", "blocks": [
            { "field": { "id": "street", "label": "哪个街道", "kind": { "choice": { "options": street } } } },
            { "field": { "id": "people", "label": "人数", "kind": { "number": { "decimals": 0 } } } },
        ] }] }),
        )
        .unwrap()
    }

    fn intake(rules: &Value) -> Intake {
        serde_json::from_value(json!({ "rules": rules })).unwrap()
    }

    #[test]
    fn the_plain_table_of_one_question_is_read_as_rules() {
        let old = json!({ "field": "street", "offices": { "a": "east", "b": "west", "c": "west" } });
        let old: Intake = serde_json::from_value(old).unwrap();
        assert_eq!(old.faults(&form()), Vec::<String>::new());
        let written: Intake = serde_json::from_value(serde_json::to_value(&old).unwrap()).unwrap();
        assert_eq!(written, old, "what is stored today is read as it is");
        let both = json!({ "field": "street", "offices": { "a": "east" }, "rules": [{ "office": "west" }] });
        assert!(serde_json::from_value::<Intake>(both).is_err());
    }

    #[test]
    fn the_first_rule_that_holds_decides_and_says_why() {
        let rules = intake(&json!([
            { "when": "people >= 1000", "office": "city" },
            { "when": "street in ['b', 'c']", "office": "west" },
            { "office": "east" },
        ]));
        assert_eq!(rules.faults(&form()), Vec::<String>::new());
        for (street, people, office, why) in
            [("a", "10", "east", ""), ("b", "10", "west", "“哪个街道”选的是“乙镇”"), ("b", "1000", "city", "“人数”不小于1000")]
        {
            let (form, mut answers) = (form(), Answers::default());
            answers.set("street", street);
            answers.set("people", people);
            let reading = Reading::new(&form, &answers, "2026-10-09".parse().unwrap());
            let route = rules.route(&reading).unwrap();
            let said: Vec<String> = reading.because_of(route.when.as_ref()).into_iter().map(|why| why.zh).collect();
            assert_eq!((route.office.as_str(), said.concat().as_str()), (office, why), "{street} {people}");
        }
    }

    #[test]
    fn a_table_that_leaves_somebody_out_or_a_line_unread_is_a_fault() {
        for (rules, says) in [
            (json!([]), "holds of everybody"),
            (json!([{ "when": "street in ['a', 'b']", "office": "x" }]), "holds of everybody"),
            (json!([{ "office": "x" }, { "when": "street = 'a'", "office": "y" }]), "rule 2 of intake is never reached"),
            (
                json!([{ "when": "street in ['a', 'b']", "office": "x" }, { "when": "street = 'b'", "office": "y" }, { "office": "z" }]),
                "rule 2",
            ),
            (
                json!([{ "when": "people > 9", "office": "x" }, { "when": "people > 9", "office": "y" }, { "office": "z" }]),
                "rule 2",
            ),
            (json!([{ "when": "street in ['a', 'b', 'c']", "office": "x" }, { "office": "y" }]), "rule 2"),
            (json!([{ "when": "street = 'nowhere'", "office": "x" }, { "office": "y" }]), "nowhere"),
            (json!([{ "when": "nobody = 'x'", "office": "x" }, { "office": "y" }]), "nobody"),
        ] {
            let faults = intake(&rules).faults(&form());
            assert!(faults.len() == 1 && faults[0].contains(says), "{rules}: {faults:?}");
        }
    }
}
