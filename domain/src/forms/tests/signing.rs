//! Who has to sign, over what, and what makes a signature void.
#![allow(clippy::unwrap_used)]

use crate::forms::{Answers, Form, FormFault, changed, fingerprint, iso_date, signers, substance};
use chrono::NaiveDate;

const FOUNDING: &str = include_str!("../../../../data/procedures/gsdj.form.json");
const LI: &str = "350205188001010017";
const CHEN: &str = "350205188304250245";

fn day() -> NaiveDate {
    iso_date("2026-12-01").unwrap()
}

fn founding() -> (Form, Answers) {
    let mut answers = Answers::default();
    for (key, value) in [
        ("situation", "limited"),
        ("signing", "online"),
        ("head_name", "李某"),
        ("head_id", LI),
        ("holder_kind.1", "person"),
        ("holder_name.1", "李某"),
        ("holder_id.1", LI),
        ("contribution.1", "60"),
        ("holder_kind.2", "person"),
        ("holder_name.2", "陈某"),
        ("holder_id.2", CHEN),
        ("holder_kind.3", "organisation"),
        ("holder_name.3", "某公司"),
        ("holder_code.3", "92350205MADEM00382"),
        // a number left behind by another answer counts for nothing
        ("holder_id.3", "440402188405300356"),
    ] {
        answers.set(key, value);
    }
    answers.rows.insert("holders".into(), vec!["1".into(), "2".into(), "3".into()]);
    (Form::from_json(FOUNDING).unwrap(), answers)
}

#[test]
fn everybody_named_signs_once() {
    let (form, mut answers) = founding();
    let who = |answers: &Answers| signers(&form, answers, day(), None).into_iter().map(|s| (s.key, s.name)).collect::<Vec<_>>();
    let named = |key: &str, name: &str| (key.to_owned(), name.to_owned());
    // whoever is both head and shareholder signs as the first
    let all = [named("head", "李某"), named("holder.2", "陈某"), named("holder_firm.3", "某公司")];
    assert_eq!(who(&answers), all);
    answers.set("signing", "paper");
    assert_eq!(who(&answers), []);
}

#[test]
fn the_registered_legal_representative_signs_whatever_is_typed() {
    let form = Form::from_json(include_str!("../../../../data/procedures/rlfw.form.json")).unwrap();
    let known = signers(&form, &Answers::default(), day(), Some(("王某", " 44040218840530035x ")));
    assert_eq!((known[0].name.as_str(), known[0].number.as_str()), ("王某", "44040218840530035X"));
    // nobody registered: somebody has to sign all the same
    assert_eq!(signers(&form, &Answers::default(), day(), None).len(), 1);
}

#[test]
fn what_changes_is_told_and_masked() {
    let (form, before) = founding();
    let seen = substance(&form, &before, day());
    let mut now = before.clone();
    now.origins.insert("head_name".into(), "profile.name".into());
    now.agreed.insert("truth".into());
    assert_eq!(fingerprint(&substance(&form, &now, day())), fingerprint(&seen), "promises of whoever hands in are theirs alone");
    now.set("contribution.1", "61");
    now.set("holder_id.2", "350205188304250253");
    now.rows.get_mut("holders").unwrap().retain(|row| row != "3");
    let after = substance(&form, &now, day());
    assert_ne!(fingerprint(&after), fingerprint(&seen));
    let told = changed(&form, &seen, &after, day());
    let labels: Vec<&str> = told.iter().map(|c| c.label.as_str()).collect();
    assert!(labels.iter().any(|l| l.contains("认缴")), "{labels:?}");
    assert!(labels.iter().filter(|l| l.contains('3')).count() >= 2, "an entry taken out is told: {labels:?}");
    assert!(!format!("{told:?}").contains("350205188304250253"));
    assert_eq!(changed(&form, &seen, &seen, day()), []);
}

#[test]
fn a_signatory_must_be_named_by_a_name_and_a_number() {
    let with = |name: &str, number: &str, confirms: &str| {
        let mut form: serde_json::Value = serde_json::from_str(FOUNDING).unwrap();
        form["signatories"] =
            serde_json::json!([{ "id": "s", "who": { "named": { "name": name, "number": number } }, "confirms": confirms }]);
        serde_json::from_value::<Form>(form).unwrap().faults()
    };
    let wrong = [FormFault::Signatory { id: "s".into() }];
    assert_eq!(with("head_name", "head_id", "同意"), []);
    for (name, number, confirms) in [
        ("head_name", "head_id", ""),
        ("nobody", "head_id", "同意"),
        ("head_name", "head_mobile", "同意"),
        ("head_name", "holder_id", "同意"),
        ("head_id", "head_id", "同意"),
    ] {
        assert_eq!(with(name, number, confirms), wrong, "{name} {number}");
    }
}
