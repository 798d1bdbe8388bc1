//! What it costs, worked out from the answers: lines of condition, amount and basis. What was worked out when it was handed in stands in
//! the case's log, so that a tariff that changes later changes nothing about it.

use super::flow::Flow;
use crate::forms::{Answers, Expr, Form, Reading, Value};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A line of the tariff. Every one that holds is charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// 收费项目名称, as the guide has it.
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// Charged only when this holds of the answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// The amount in fen; a part of a fen is not charged.
    pub fen: Expr,
    /// How it comes to that. `{…}` holds an expression: {area} 平方米，每平方米 10 元.
    pub says: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says_en: String,
    /// 收费依据.
    pub basis: String,
}

/// What is charged under one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    pub fen: i64,
    pub says: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says_en: String,
    pub basis: String,
}

impl Charge {
    /// All together.
    pub fn total(charges: &[Self]) -> i64 {
        charges.iter().fold(0, |sum, charge| sum.saturating_add(charge.fen))
    }
}

impl FeeRule {
    fn charge(&self, reading: &Reading<'_>) -> Option<Charge> {
        let Value::Number(amount) = reading.eval(&self.fen, None) else { return None };
        Some(Charge {
            name: self.name.clone(),
            name_en: self.name_en.clone(),
            fen: amount.cut().max(0),
            says: reading.say(&self.says, false),
            says_en: reading.say(&self.says_en, true),
            basis: self.basis.clone(),
        })
    }
}

impl Flow {
    /// What these answers cost, line by line; none when it is free. Nothing where the flow sets no fee, or an amount hangs on what is not
    /// answered.
    pub fn charges(&self, form: &Form, answers: &Answers, today: NaiveDate) -> Option<Vec<Charge>> {
        if self.fees.is_empty() {
            return None;
        }
        let reading = Reading::new(form, answers, today);
        let due = self.fees.iter().filter(|fee| reading.holds(fee.when.as_ref(), None));
        let charges = due.map(|fee| fee.charge(&reading)).collect::<Option<Vec<_>>>()?;
        Some(charges.into_iter().filter(|charge| charge.fen > 0).collect())
    }

    /// What is wrong between the fees and the form whose answers they read, as sentences for their author.
    pub(super) fn fee_faults(&self, form: &Form) -> Vec<String> {
        let of = |fee: &FeeRule| {
            let mut faults: Vec<String> = Vec::new();
            if [&fee.name, &fee.says, &fee.basis].into_iter().any(String::is_empty) {
                faults.push(format!("fee {} needs its name, how it comes about (says) and its basis", fee.name));
            }
            let conditions = fee.when.iter().flat_map(|when| form.condition_faults(when, &fee.name));
            let amounts = form.amount_faults(&fee.fen, &[&fee.says, &fee.says_en], &fee.name);
            faults.extend(conditions.chain(amounts).map(|fault| format!("{fault:?}")));
            faults
        };
        self.fees.iter().flat_map(of).collect()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    fn form() -> Form {
        let kinds = json!([{ "value": "new", "label": "新办" }, { "value": "again", "label": "补办" }]);
        serde_json::from_value(
            json!({ "id": "small", "title": "小表", "pages": [{ "id": "one", "title": "一", "heading": "一", "blocks": [
            { "field": { "id": "kind", "label": "哪种", "kind": { "choice": { "options": kinds } } } },
            { "field": { "id": "area", "label": "面积", "kind": { "number": { "decimals": 2 } } } },
        ] }] }),
        )
        .unwrap()
    }

    fn flow(fees: &Json) -> Flow {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/procedures/wjdl.flow.json");
        let mut flow: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        flow["fees"] = fees.clone();
        serde_json::from_value(flow).unwrap()
    }

    fn charged(fees: &Json, said: &[(&str, &str)]) -> Option<Vec<(i64, String)>> {
        let mut answers = Answers::default();
        said.iter().for_each(|(key, value)| answers.set(*key, *value));
        let charges = flow(fees).charges(&form(), &answers, "2026-10-09".parse().unwrap())?;
        Some(charges.into_iter().map(|charge| (charge.fen, charge.says)).collect())
    }

    fn tariff() -> Json {
        json!([
            { "name": "工本费", "when": "kind = 'again'", "fen": "2000", "says": "每证 20 元", "basis": "某文" },
            { "name": "修复费", "fen": "area * 1050", "says": "{area} 平方米，每平方米 10.50 元", "basis": "某文" },
        ])
    }

    #[test]
    fn every_line_that_holds_is_charged_and_says_how() {
        let both = charged(&tariff(), &[("kind", "again"), ("area", "2.5")]);
        assert_eq!(both, Some(vec![(2000, "每证 20 元".into()), (2625, "2.5 平方米，每平方米 10.50 元".into())]));
        // 0.01 of 1050 is ten and a half
        assert_eq!(charged(&tariff(), &[("kind", "new"), ("area", "0.01")]).unwrap()[0].0, 10);
        assert_eq!(charged(&tariff(), &[("kind", "new"), ("area", "0")]), Some(Vec::new()), "it is free");
        assert_eq!(charged(&tariff(), &[("kind", "new")]), None, "nobody knows yet");
        assert_eq!(charged(&json!([]), &[("area", "1")]), None, "no fee is set");
    }

    #[test]
    fn a_fee_that_cannot_be_worked_out_or_founded_is_a_fault() {
        assert_eq!(flow(&tariff()).fee_faults(&form()), Vec::<String>::new());
        for (what, wrong) in
            [("fen", "kind"), ("fen", "nobody * 2"), ("when", "area"), ("says", "{nobody} 平方米"), ("basis", "")]
        {
            let mut fees = tariff();
            fees[1][what] = wrong.into();
            assert_eq!(flow(&fees).fee_faults(&form()).len(), 1, "{what} {wrong}");
        }
    }
}
