//! 80 周岁以上高龄津贴, as published.

use super::*;
use std::collections::BTreeMap;

pub fn form() -> Form {
    Form::from_json(include_str!("../../../../data/procedures/gljt.form.json")).unwrap()
}

/// A daughter applies for her mother.
pub fn complete() -> Answers {
    let mut a = Answers::default();
    for (key, value) in [
        ("applicant", "family"),
        ("relation", "child"),
        ("agent_name", "林某"),
        ("agent_id", "350205188304250245"),
        ("agent_mobile", "13800000000"),
        ("elder_name", "陈某"),
        ("elder_id", "350205188102150027"),
        ("household", "wanghe_wanghe"),
        ("live_address", "青禾区望河街道示例路 6 号 201 室"),
        ("contact_name.1", "林某"),
        ("contact_relation.1", "child"),
        ("contact_phone.1", "13800000000"),
        ("account_name", "陈某"),
        ("bank", "icbc"),
        ("bank_card", "6222020000000000000"),
        ("elder_id_card", "350205188102150027"),
    ] {
        a.set(key, value);
    }
    a.rows.insert("contacts".into(), vec!["1".into()]);
    a.origins.insert("elder_id_card".into(), "certificate.resident_id_card.number".into());
    a.add_file("elder_photo", upload("p1", "照片.jpg", "image/jpeg"));
    a
}

#[test]
fn the_form_can_be_published() {
    assert_eq!(form().faults(), []);
    assert!(form().places().all(|p| !p.field.label_en.is_empty()));
}

#[test]
fn a_complete_application_is_clean() {
    assert_eq!(found(&form(), &complete()), []);
}

#[test]
fn each_missing_answer_is_one_problem_in_its_place() {
    // without her name nobody knows whose account it is, and nothing is said about the account
    assert!(each_required_answer_is_missed(&form(), &complete()) >= 15);
}

#[test]
fn the_age_is_worked_out_and_shown() {
    let pages = summary(&form(), &complete(), today());
    let age = pages.iter().flat_map(|p| &p.entries).find(|e| e.key == "elder_age").unwrap();
    assert_eq!(age.shown, Shown::Number { text: "145".into(), unit: String::new(), unit_en: String::new() });
    assert!(!age.editable);
    assert_eq!(settle(&form(), &complete(), today()).one("elder_age"), "145");
}

#[test]
fn a_letter_of_authority_is_asked_of_those_who_are_no_close_relatives() {
    let (form, mut a) = (form(), complete());
    for (relation, asked) in
        [("spouse", false), ("child", false), ("grandchild", false), ("sibling", false), ("relative", true), ("other", true)]
    {
        a.set("relation", relation);
        let keys: Vec<String> = found(&form, &a).into_iter().map(|(k, _)| k).collect();
        assert_eq!(keys.contains(&"power".to_owned()), asked, "{relation}");
    }
    a.set("applicant", "self");
    assert_eq!(found(&form, &a), [], "the agent's questions are gone with the agent");
}

#[test]
fn another_account_needs_a_reason() {
    let (form, mut a) = (form(), complete());
    a.set("account_name", "林某");
    assert!(matches!(found(&form, &a).as_slice(), [(key, Fault::Missing { .. })] if key == "account_reason"));
    a.set("account_reason", "老人没有银行卡，由共同生活的女儿代领");
    assert_eq!(found(&form, &a), []);
    a.set("bank_card", "6222020000000000001");
    assert!(
        matches!(found(&form, &a).as_slice(), [(key, Fault::Number { number: NumberKind::BankCard, .. })] if key == "bank_card")
    );
    a.set("bank", "other");
    assert_eq!(found(&form, &a).len(), 2);
}

#[test]
fn my_own_name_is_the_elders_only_when_i_apply_for_myself() {
    let form = form();
    let held = BTreeMap::from([
        ("profile.name".to_owned(), "陈某".to_owned()),
        ("profile.id_number".to_owned(), "350205188102150027".to_owned()),
        ("certificate.resident_id_card.number".to_owned(), "350205188102150027".to_owned()),
    ]);
    let mut a = prefill(&form, &held, &Answers::default(), today());
    assert_eq!(a.one("elder_name"), "", "nobody said yet for whom");
    assert_eq!((a.one("agent_name"), a.origins["agent_name"].as_str()), ("陈某", "profile.name"));
    a.set("applicant", "self");
    let mut a = prefill(&form, &held, &a, today());
    assert_eq!((a.one("elder_name"), a.one("elder_id")), ("陈某", "350205188102150027"));
    assert_eq!(a.one("elder_id_card"), "350205188102150027");
    a.set("applicant", "family");
    let a = prefill(&form, &held, &a, today());
    assert_eq!((a.one("elder_name"), a.origins.get("elder_name")), ("", None), "taken back");
}
