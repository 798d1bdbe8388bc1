//! Whether somebody may apply: by the forms as published, and by one made for breaking.

use super::*;
use crate::forms::design::{Edit, EditFault, Spot};
use std::collections::BTreeSet;

fn shipped(code: &str) -> Form {
    let path = format!("{}/../data/procedures/{code}.form.json", env!("CARGO_MANIFEST_DIR"));
    Form::from_json(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn said(answers: &[(&str, &str)]) -> Answers {
    let mut all = Answers::default();
    for (key, value) in answers {
        all.set(*key, *value);
    }
    all
}

/// Sentences of what does not hold.
fn told(form: &Form, answers: &Answers, today: NaiveDate) -> Vec<String> {
    let judged = Reading::new(form, answers, today).judged().into_iter();
    let unmet = judged.filter_map(|one| match one.verdict {
        Verdict::Unmet { message, .. } => Some(message),
        Verdict::Open | Verdict::Met => None,
    });
    unmet.collect()
}

#[test]
fn too_young_is_told_with_the_day_it_begins() {
    let (form, answers) = (shipped("gljt"), said(&[("elder_id", "11010519491231002X")]));
    assert_eq!(
        told(&form, &answers, today()),
        ["年满 80 周岁才能申请。您填的号码现在 76 周岁，2029 年 12 月 31 日满 80 周岁，从那天起可以来办。"]
    );
    assert_eq!(told(&form, &answers, day("2029-12-30")).len(), 1);
    assert_eq!(told(&form, &answers, day("2029-12-31")), Vec::<String>::new());
    let problems = barred(&form, &answers, today());
    assert!(matches!(problems.as_slice(), [p] if p.key == "elder_id" && p.page == "elder"), "{problems:?}");
}

#[test]
fn nothing_is_said_of_what_is_not_answered_or_not_asked() {
    let form = shipped("cjbt");
    let judged = |answers: &[(&str, &str)]| {
        let answers = said(answers);
        let judged = Reading::new(&form, &answers, today()).judged();
        judged.into_iter().map(|one| (one.criterion.that.to_string(), one.verdict)).collect::<Vec<_>>()
    };
    assert!(judged(&[]).iter().all(|(_, verdict)| *verdict == Verdict::Open));
    // the living allowance asks nobody since when they need care
    let living = judged(&[("kind", "living")]);
    assert!(living.iter().all(|(that, _)| !that.contains("care_since")), "{living:?}");
    assert!(judged(&[("kind", "care")]).iter().any(|(that, _)| that.contains("care_since")));
}

#[test]
fn advice_is_told_and_bars_nobody() {
    let (form, answers) = (shipped("dszn"), said(&[("only", "no")]));
    assert_eq!(told(&form, &answers, today()).len(), 1);
    assert_eq!(barred(&form, &answers, today()), []);
}

#[test]
fn what_is_tried_beforehand_asks_what_decides_and_says_the_same() {
    for code in ["gljt", "cxjb", "cxyb", "cjbt", "dxhd", "syjsl", "hszc", "dszn"] {
        let form = shipped(code);
        let tried = form.eligibility_form().unwrap();
        assert_eq!(tried.faults(), [], "{code}");
        let asked: BTreeSet<&str> = tried.places().map(|place| place.field.id.as_str()).collect();
        assert!(form.eligibility.iter().flat_map(|c| c.that.names()).all(|name| asked.contains(name)), "{code}");
        assert!(asked.len() < form.places().count() / 2, "{code} asks too much: {asked:?}");
        assert_eq!(validate(&tried, &Answers::default(), today()), [], "{code}: nothing is insisted on");
    }
    let answers = said(&[("kind", "both"), ("household", "other"), ("grade", "3"), ("hardship", "no")]);
    let form = shipped("cjbt");
    let tried = form.eligibility_form().unwrap();
    assert_eq!(told(&tried, &answers, today()), told(&form, &answers, today()));
    assert_eq!(told(&form, &answers, today()).len(), 3);
    assert_eq!(Form { eligibility: Vec::new(), ..form }.eligibility_form(), None);
}

#[test]
fn a_condition_that_cannot_be_tried_beforehand_is_a_fault() {
    let with = |criterion: serde_json::Value| {
        let mut form = serde_json::to_value(shipped("gljt")).unwrap();
        form["eligibility"] = serde_json::json!([criterion]);
        serde_json::from_value::<Form>(form).unwrap().faults()
    };
    let rule = |that: &str| serde_json::json!({ "name": "条件", "that": that, "message": "不行", "law": "某条" });
    assert_eq!(with(rule("household != 'outside'")), []);
    for (that, names) in [("count(contacts) > 0", "contacts"), ("filled(elder_photo)", "elder_photo")] {
        assert!(with(rule(that)).contains(&FormFault::NotBefore { at: "条件".into(), names: names.into() }), "{that}");
    }
    for wrong in ["elder_age", "nobody = 'x'", "household = 'nowhere'"] {
        let faults = with(rule(wrong));
        assert!(faults.iter().any(|f| matches!(f, FormFault::Expression { .. })), "{wrong}: {faults:?}");
    }
    assert!(with(rule("1 = 2")).contains(&FormFault::Unreachable { at: "条件".into() }));
    let mut wordless = rule("household != 'outside'");
    wordless["law"] = "".into();
    assert!(with(wordless).contains(&FormFault::NoLabel { id: "条件".into() }));
    let mut holed = rule("household != 'outside'");
    holed["message"] = "您填的是 {nobody}".into();
    assert!(with(holed).iter().any(|f| matches!(f, FormFault::Expression { .. })));
}

#[test]
fn a_question_a_condition_rests_on_is_not_taken_away() {
    let mut form = shipped("gljt");
    let removed = form.edit(&Edit::Remove(Spot::Question("household".into())), &BTreeSet::new());
    assert_eq!(removed, Err(EditFault::Needed { by: vec![form.title.clone()] }));
}
