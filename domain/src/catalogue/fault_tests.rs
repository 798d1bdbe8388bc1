//! Each publishing rule with an item that breaks it, and one that does not.
#![allow(clippy::unwrap_used)]

use super::seed_tests::catalogue;
use super::{Apply, Audience, CaseKind, FaultKind, FeeLine, Item, Limit, LimitUnit, ResultKind, Stage, ThemeSet, faults};

/// The food licence passes every rule; `spoil` breaks it.
fn broken(spoil: impl FnOnce(&mut Item)) -> Vec<FaultKind> {
    let mut item = catalogue().find("spjyxk").unwrap().clone();
    assert_eq!(faults(&item), [], "the starting point must be sound");
    spoil(&mut item);
    faults(&item).into_iter().map(|fault| fault.kind).collect()
}

#[test]
fn missing_elements() {
    assert_eq!(broken(|item| item.summary = " ".into()), [FaultKind::Missing("一句话说明")]);
    assert_eq!(broken(|item| item.conditions.clear()), [FaultKind::Missing("受理条件")]);
}

#[test]
fn rule_1_promise_within_the_law() {
    let (promised, statutory) = (Limit::working_days(11), Limit::working_days(10));
    assert_eq!(broken(|item| item.promised = promised), [FaultKind::PromiseOverLaw { promised, statutory }]);
    assert_eq!(broken(|item| item.promised = Limit::working_days(10)), []);
    // Different units: only what is longer for certain.
    let natural = Limit { value: 7, unit: LimitUnit::NaturalDay };
    let by_law = |item: &mut Item, days| {
        item.statutory.limit = Some(natural);
        item.promised = Limit::working_days(days);
    };
    assert_eq!(broken(|item| by_law(item, 5)), []);
    assert!(matches!(broken(|item| by_law(item, 6))[..], [FaultKind::PromiseOverLaw { .. }]));
    // No limit by law: nothing to compare with.
    assert_eq!(broken(|item| item.statutory.limit = None), []);
}

#[test]
fn rule_2_instant_both_ways() {
    assert_eq!(broken(|item| item.case_kind = CaseKind::Instant), [FaultKind::InstantMismatch]);
    assert_eq!(broken(|item| item.promised = Limit::on_the_spot()), [FaultKind::InstantMismatch]);
}

#[test]
fn rules_3_and_4_visits() {
    let found = broken(|item| item.visits = 1);
    assert_eq!(found, [FaultKind::VisitWithoutReason, FaultKind::WholeOnlineWithVisits(1)]);
    let closed = |item: &mut Item, mail| {
        item.apply = Apply::Guide;
        item.mail = mail;
    };
    assert_eq!(broken(|item| closed(item, false)), [FaultKind::NoWayWithoutVisit]);
    assert_eq!(broken(|item| closed(item, true)), []);
}

#[test]
fn rule_5_fees() {
    let line = FeeLine {
        name: "工本费".into(),
        standard: "每证 20 元".into(),
        basis: "某办法".into(),
        fen: Some(2000),
        reduction: None,
    };
    let charge = |item: &mut Item, lines: Vec<FeeLine>, pay_online| {
        item.fee.charged = true;
        item.fee.lines = lines;
        item.fee.pay_online = pay_online;
    };
    assert_eq!(broken(|item| charge(item, vec![line.clone()], true)), []);
    assert_eq!(broken(|item| charge(item, vec![], true)), [FaultKind::FeeUnexplained(String::new())]);
    let bare = FeeLine { basis: " ".into(), ..line.clone() };
    assert_eq!(broken(|item| charge(item, vec![bare], true)), [FaultKind::FeeUnexplained("工本费".into())]);
    assert_eq!(broken(|item| charge(item, vec![line.clone()], false)), [FaultKind::FeeNotPayableOnline]);
    assert_eq!(broken(|item| item.fee.lines = vec![line]), [FaultKind::FreeButPayable]);
    assert_eq!(broken(|item| item.fee.pay_online = true), [FaultKind::FreeButPayable]);
}

#[test]
fn rule_6_phones() {
    let phones = |item: &mut Item, consult: &str, complain: &str| {
        item.contact.consult = Some(consult.into());
        item.contact.complain = Some(complain.into());
    };
    assert_eq!(broken(|item| phones(item, "0592-6051234", "0592-6054321")), []);
    assert_eq!(broken(|item| phones(item, "12345", "0592-6054321-12")), []);
    assert_eq!(broken(|item| phones(item, "0592-6051234", "05926051234")), [FaultKind::SamePhones]);
    let bare = FaultKind::PhoneWithoutAreaCode("6051234".into());
    assert_eq!(broken(|item| phones(item, "6051234", "12345")), [bare]);
    for bad in ["0592-605", "59-2605123", "0592-6051234-", "电话", "1234567890123"] {
        assert_eq!(broken(|item| phones(item, bad, "12345")), [FaultKind::PhoneWithoutAreaCode(bad.into())]);
    }
}

#[test]
fn rule_7_themes_match_the_audience() {
    let natural = ThemeSet::Natural;
    assert_eq!(broken(|item| item.themes.natural = vec!["040".into()]), [FaultKind::ThemeWithoutAudience(natural)]);
    assert_eq!(broken(|item| item.audience.push(Audience::Person)), [FaultKind::AudienceWithoutTheme(natural)]);
    assert_eq!(broken(|item| item.themes.legal.clear()), [FaultKind::AudienceWithoutTheme(ThemeSet::Legal)]);
}

#[test]
fn rule_8_a_permit_answers_and_covers_every_stage() {
    assert_eq!(broken(|item| item.questions.clear()), [FaultKind::PermitWithoutQuestion]);
    for stage in [Stage::Accept, Stage::Review, Stage::Decide, Stage::Finish, Stage::Deliver] {
        let without = |item: &mut Item| item.steps.iter_mut().for_each(|step| step.stages.retain(|s| *s != stage));
        assert_eq!(broken(without), [FaultKind::StageMissing(stage)]);
    }
    let service = broken(|item| {
        item.kind = super::ItemType::PublicService;
        item.questions.clear();
    });
    assert_eq!(service, [], "the rule is for permits");
}

#[test]
fn rules_9_to_11_result_and_materials() {
    assert_eq!(broken(|item| item.result.sample = None), [FaultKind::SampleMissing]);
    assert_eq!(broken(|item| item.result.kind = ResultKind::Other), [FaultKind::CertificateNotIssued]);
    let receipt = broken(|item| {
        item.result.kind = ResultKind::Other;
        item.result.name = "登记凭证".into();
    });
    assert_eq!(receipt, [], "a 凭证 is a receipt");
    for vague in ["其他材料", "法律、法规规定的其他材料", "需要提供的相关材料", "其他相关证明"] {
        let found = broken(|item| item.materials[0].name = vague.into());
        assert_eq!(found, [FaultKind::CatchAllMaterial(vague.into())]);
    }
    for clear in ["其他卫生技术人员名录及执业资格", "按规定建设污水预处理设施的材料", "自动售货设备放置地点等材料"]
    {
        assert_eq!(broken(|item| item.materials[0].name = clear.into()), []);
    }
}

#[test]
fn every_fault_says_what_and_how() {
    let item = {
        let mut item = catalogue().find("spjyxk").unwrap().clone();
        item.visits = 1;
        item.questions.clear();
        item.promised = Limit::working_days(30);
        item
    };
    let found = faults(&item);
    assert_eq!(found.iter().map(super::ItemFault::rule).collect::<Vec<_>>(), [1, 3, 4, 8]);
    assert!(found.iter().all(|fault| fault.says().ends_with('。')));
}
