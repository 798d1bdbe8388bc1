//! The law of a case, walked by hand and then at random (R9).
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::Refusal;
use domain::cases::documents::{DocumentKind, made_by};
use domain::cases::*;
use domain::clock::{Calendar, Left};
use proptest::prelude::*;
use uuid::Uuid;

fn flow(code: &str) -> Flow {
    let text = match code {
        "spjyxk" => include_str!("../../data/procedures/spjyxk.flow.json"),
        _ => include_str!("../../data/procedures/gljt.flow.json"),
    };
    serde_json::from_str(text).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}+08:00").parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn filing() -> Filing {
    Filing {
        number: "99010520260927000417R".into(),
        procedure: "spjyxk".into(),
        procedure_version: 1,
        item_name: "食品经营许可".into(),
        situation: Some("新办".into()),
        unit: Uuid::from_u128(1),
        unit_name: "区市场监督管理局".into(),
        party: Uuid::from_u128(2),
        organisation: true,
        applicant_name: "青禾区某某面馆".into(),
        agent_name: Some("王某".into()),
        account: Uuid::from_u128(3),
        answers_hash: "00".into(),
        received_on: day("2026-09-27"),
        skips: Vec::new(),
        joint: None,
        fees: None,
        signatures: Vec::new(),
    }
}

fn clerk() -> Doer {
    Doer::Staff {
        account: Uuid::from_u128(10),
        name: "张某".into(),
        posts: ["window", "inspector", "reviewer"].map(str::to_owned).into(),
    }
}

fn approver() -> Doer {
    Doer::Staff { account: Uuid::from_u128(11), name: "赵某".into(), posts: vec!["approver".into()] }
}

fn applicant() -> Doer {
    Doer::Applicant { account: Uuid::from_u128(3) }
}

struct Walk {
    case: Case,
    flow: Flow,
    events: Vec<Event>,
}

impl Walk {
    fn new(code: &str) -> Self {
        let first = begin(filing());
        let case = Case::open(Uuid::from_u128(9), &filing(), at("2026-09-27T20:14:00"));
        Self { case, flow: flow(code), events: vec![first] }
    }

    fn try_do(&mut self, when: &str, doer: &Doer, command: Command) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.case, &self.flow, doer, command, at(when), Calendar::built_in())?;
        for event in &events {
            self.case = self.case.clone().apply(event, at(when), &self.flow);
            self.events.push(event.clone());
        }
        Ok(events)
    }

    fn go(&mut self, when: &str, doer: &Doer, command: Command) -> Vec<Event> {
        self.try_do(when, doer, command).unwrap()
    }
}

fn site_check() -> Command {
    Command::FinishNode {
        outcome: Outcome::Pass,
        opinion: String::new(),
        site_check: Some(SiteCheck {
            on: day("2026-10-09"),
            staff: vec!["张某".into(), "钱某".into()],
            findings: "布局与图一致。".into(),
        }),
    }
}

fn pass(opinion: &str) -> Command {
    Command::FinishNode { outcome: Outcome::Pass, opinion: opinion.into(), site_check: None }
}

#[test]
fn a_licence_from_submission_to_delivery() {
    let mut w = Walk::new("spjyxk");
    assert_eq!(w.case.act_by(&w.flow, Calendar::built_in()), Some(day("2026-10-09")), "28, 29, 30 September, 8, 9 October");
    w.go("2026-09-28T10:00:00", &clerk(), Command::Claim);
    w.go("2026-09-28T10:05:00", &clerk(), Command::Accept);
    let due = w.case.promised(&w.flow, Calendar::built_in()).unwrap();
    assert_eq!(due.due, Some(day("2026-10-10")), "the mock-up's date: a Saturday that is worked");
    assert_eq!(w.case.statutory(&w.flow, Calendar::built_in()).unwrap().due, Some(day("2026-10-16")));
    assert_eq!(due.remaining(day("2026-10-09"), Calendar::built_in()), Left::Days(1));
    w.go("2026-09-30T09:00:00", &clerk(), Command::Claim);
    w.go("2026-10-09T11:20:00", &clerk(), site_check());
    w.go("2026-10-09T14:00:00", &clerk(), Command::Claim);
    w.go("2026-10-09T14:30:00", &clerk(), pass("建议准予许可。"));
    w.go("2026-10-09T15:00:00", &approver(), Command::Claim);
    let decided =
        w.go("2026-10-10T09:00:00", &approver(), Command::Decide { granted: true, reason: String::new(), answer: None });
    assert_eq!(decided.len(), 2);
    assert_eq!(w.case.stage, Stage::Granted);
    let issue = Command::Issue { id: Uuid::from_u128(5), number: "JY1".into(), mark: "m".into(), valid_until: None };
    w.go("2026-10-10T09:00:00", &Doer::Hall, issue);
    w.go("2026-10-12T09:00:00", &clerk(), Command::Claim);
    let deliver = Command::Deliver { way: DeliveryWay::Electronic, recipient: String::new(), note: String::new() };
    w.go("2026-10-12T09:00:00", &clerk(), deliver);
    assert_eq!(w.case.stage, Stage::Ended { how: Ending::Delivered });
    w.go("2026-10-12T10:00:00", &applicant(), Command::Rate { stars: 5, tags: vec![], has_words: false });
    let again = w.try_do("2026-10-12T10:00:00", &applicant(), Command::Rate { stars: 1, tags: vec![], has_words: false });
    assert_eq!(again, Err(Refusal::NotNow { act: Act::Rate, why: Why::RatedAlready }));
    let papers: Vec<DocumentKind> = w.events.iter().filter_map(|e| made_by(e, w.flow.result.manner)).collect();
    assert_eq!(
        papers,
        [
            DocumentKind::Receipt,
            DocumentKind::AcceptanceNotice,
            DocumentKind::SiteCheckRecord,
            DocumentKind::GrantDecision,
            DocumentKind::Certificate,
            DocumentKind::DeliveryReceipt
        ]
    );
}

fn ask(again: Option<&str>) -> Command {
    let item = SupplementItem {
        check: "layout".into(),
        name: "平面图".into(),
        what_is_wrong: "看不清".into(),
        how_to_mend: "重拍".into(),
    };
    Command::AskForSupplement { items: vec![item], again: again.map(str::to_owned) }
}

#[test]
fn papers_are_asked_for_once() {
    let mut w = Walk::new("spjyxk");
    w.go("2026-09-28T10:00:00", &clerk(), Command::Claim);
    let nothing = Command::AskForSupplement { items: vec![], again: None };
    assert!(matches!(w.try_do("2026-09-28T10:00:00", &clerk(), nothing), Err(Refusal::NothingSaid { .. })));
    w.go("2026-09-28T10:00:00", &clerk(), ask(None));
    assert!(matches!(w.case.stage, Stage::AwaitingSupplement { until } if until == day("2026-10-23")), "{:?}", w.case.stage);
    assert_eq!(
        w.try_do("2026-09-29T10:00:00", &clerk(), Command::Accept),
        Err(Refusal::NotNow { act: Act::Accept, why: Why::WaitingForApplicant })
    );
    let answer = Command::Supplement { answers_hash: "11".into(), received_on: day("2026-09-30"), skips: Vec::new(), fees: None };
    w.go("2026-09-30T10:00:00", &applicant(), answer);
    assert_eq!((w.case.stage.clone(), w.case.revision), (Stage::PreReview, 2));
    assert_eq!(
        w.try_do("2026-10-08T10:00:00", &clerk(), ask(None)),
        Err(Refusal::NotNow { act: Act::AskForSupplement, why: Why::OnlyOnce })
    );
    w.go("2026-10-08T10:00:00", &clerk(), ask(Some("申请人换了场所，需要新的平面图")));
    assert_eq!(w.case.supplements.iter().filter(|s| s.again.is_some()).count(), 1, "the second time is counted");
    assert!(w.try_do("2026-12-01T10:00:00", &Doer::Hall, Command::TimePassed).is_ok());
    assert_eq!(w.case.stage, Stage::Ended { how: Ending::SupplementLapsed });
}

#[test]
fn silence_accepts_from_the_day_the_papers_came() {
    let mut w = Walk::new("spjyxk");
    let early = w.try_do("2026-10-09T23:59:00", &Doer::Hall, Command::TimePassed);
    assert!(early.is_err(), "the fifth working day is still the office's: {early:?}");
    assert!(w.try_do("2026-10-10T00:01:00", &clerk(), Command::TimePassed).is_err(), "only the clock itself");
    w.go("2026-10-10T00:01:00", &Doer::Hall, Command::TimePassed);
    let accepted = w.case.acceptance.clone().unwrap();
    assert!(accepted.deemed);
    assert_eq!(accepted.on, day("2026-09-27"));
    assert_eq!(w.case.promised(&w.flow, Calendar::built_in()).unwrap().due, Some(day("2026-10-09")), "the clock runs back");
}

#[test]
fn who_reviewed_may_not_approve_and_two_go_on_site() {
    let both = Doer::Staff {
        account: Uuid::from_u128(10),
        name: "张某".into(),
        posts: ["window", "inspector", "reviewer", "approver"].map(str::to_owned).into(),
    };
    let mut w = Walk::new("spjyxk");
    w.go("2026-09-28T10:00:00", &both, Command::Claim);
    w.go("2026-09-28T10:00:00", &both, Command::Accept);
    w.go("2026-09-28T10:00:00", &both, Command::Claim);
    let alone = |staff: Vec<&str>, on: &str| Command::FinishNode {
        outcome: Outcome::Pass,
        opinion: String::new(),
        site_check: Some(SiteCheck {
            on: day(on), staff: staff.into_iter().map(str::to_owned).collect(), findings: "好".into()
        }),
    };
    assert_eq!(w.try_do("2026-09-29T10:00:00", &both, alone(vec!["张某"], "2026-09-29")), Err(Refusal::TwoStaff));
    assert_eq!(w.try_do("2026-09-29T10:00:00", &both, alone(vec!["张某", "张某 "], "2026-09-29")), Err(Refusal::TwoStaff));
    for wrong in ["2026-09-30", "2026-09-27"] {
        let refused = w.try_do("2026-09-29T10:00:00", &both, alone(vec!["张某", "钱某"], wrong));
        assert!(matches!(refused, Err(Refusal::ImpossibleDate { .. })), "{wrong}: {refused:?}");
    }
    w.go("2026-09-29T10:00:00", &both, alone(vec!["张某", "钱某"], "2026-09-29"));
    w.go("2026-09-29T10:00:00", &both, Command::Claim);
    w.go("2026-09-29T10:00:00", &both, pass("可以"));
    assert_eq!(
        w.try_do("2026-09-29T10:00:00", &both, Command::Claim),
        Err(Refusal::NotNow { act: Act::Claim, why: Why::SamePerson })
    );
    w.go("2026-09-29T11:00:00", &approver(), Command::Claim);
    assert!(matches!(
        w.try_do("2026-09-29T11:00:00", &approver(), Command::Decide { granted: false, reason: " ".into(), answer: None }),
        Err(Refusal::NothingSaid { .. })
    ));
    w.go("2026-09-29T11:00:00", &approver(), Command::Extend { reason: "案情复杂".into() });
    assert_eq!(w.case.statutory(&w.flow, Calendar::built_in()).unwrap().due, Some(day("2026-10-23")));
    w.go("2026-09-29T12:00:00", &approver(), Command::Decide { granted: false, reason: "场所离污染源太近".into(), answer: None });
    assert_eq!(w.case.stage, Stage::Ended { how: Ending::Refused });
    assert_eq!(
        w.try_do("2026-09-29T13:00:00", &applicant(), Command::Withdraw { reason: String::new() }),
        Err(Refusal::NotNow { act: Act::Withdraw, why: Why::Ended { how: Ending::Refused } })
    );
}

#[test]
fn flows_of_the_house_have_no_faults_and_bad_ones_are_told() {
    for code in ["spjyxk", "gljt"] {
        assert_eq!(flow(code).faults(), Vec::<String>::new(), "{code}");
    }
    let mut bad = flow("spjyxk");
    bad.nodes[0].edges[0].to = Target::Node("nowhere".into());
    bad.nodes[1].edges[0].to = Target::Grant;
    bad.promised = Some(domain::clock::Limit::working_days(30));
    assert_eq!(bad.faults().len(), 3, "{:?}", bad.faults());
}

fn any_doer() -> impl Strategy<Value = Doer> {
    prop_oneof![Just(clerk()), Just(approver()), Just(applicant()), Just(Doer::Hall)]
}

fn any_command() -> impl Strategy<Value = Command> {
    let word = prop_oneof![Just(String::new()), Just("理由".to_owned()), Just("长".repeat(3000))];
    prop_oneof![
        Just(Command::Claim),
        Just(Command::Release),
        Just(Command::Accept),
        Just(Command::TimePassed),
        Just(ask(None)),
        Just(ask(Some("再补"))),
        Just(site_check()),
        Just(Command::Supplement { answers_hash: "1".into(), received_on: day("2026-09-30"), skips: Vec::new(), fees: None }),
        word.clone().prop_map(|reason| Command::RefuseToAccept { ground: NonAcceptance::Other, reason }),
        word.clone().prop_map(|opinion| pass(&opinion)),
        word.clone().prop_map(|opinion| Command::FinishNode { outcome: Outcome::Return, opinion, site_check: None }),
        (any::<bool>(), word.clone()).prop_map(|(granted, reason)| Command::Decide { granted, reason, answer: None }),
        word.clone().prop_map(|reason| Command::Extend { reason }),
        word.clone().prop_map(|reason| Command::Suspend { procedure: "检验".into(), reason, expected_days: 5 }),
        word.clone().prop_map(|result| Command::Resume { result }),
        Just(Command::Issue { id: Uuid::nil(), number: "n".into(), mark: "m".into(), valid_until: None }),
        word.clone().prop_map(|recipient| Command::Deliver { way: DeliveryWay::Window, recipient, note: String::new() }),
        word.prop_map(|reason| Command::Withdraw { reason }),
        (0_u8..9).prop_map(|stars| Command::Rate { stars, tags: vec![], has_words: false }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_acts_breaks_the_law(
        permit in any::<bool>(),
        steps in proptest::collection::vec((any_doer(), any_command(), 0_i64..30), 1..60),
    ) {
        let mut w = Walk::new(if permit { "spjyxk" } else { "gljt" });
        let calendar = Calendar::built_in();
        let mut now = at("2026-09-28T09:00:00");
        for (doer, command, hours) in steps {
            now += Duration::hours(hours);
            let before = w.case.clone();
            let act = command.act();
            let allowed = may(&before, &w.flow, &doer, act);
            let timer = command == Command::TimePassed;
            match decide(&before, &w.flow, &doer, command, now, calendar) {
                Ok(events) => {
                    // what is done was on offer: pages and server never disagree
                    prop_assert!(timer || allowed.is_ok(), "{act:?} happened though {allowed:?}");
                    prop_assert!(!events.is_empty());
                    for event in &events {
                        w.case = w.case.clone().apply(event, now, &w.flow);
                        w.events.push(event.clone());
                    }
                }
                Err(_) => prop_assert_eq!(&before, &w.case),
            }
            // invariants
            prop_assert_eq!(w.case.version, i64::try_from(w.events.len()).unwrap());
            if let Stage::Ended { .. } = before.stage {
                prop_assert_eq!(&before.stage, &w.case.stage, "what ended stays ended");
            }
            if w.case.decision.is_some() {
                prop_assert!(w.case.acceptance.is_some(), "no decision without acceptance");
                let reviewer = w.case.steps.iter().rev().find(|s| s.node == "review").map(|s| s.by.account);
                let decider = w.case.steps.iter().rev().find(|s| s.node == "approve").map(|s| s.by.account);
                prop_assert!(reviewer.is_some() && reviewer != decider, "reviewed by one, approved by another");
            }
            let asked = w.case.supplements.len();
            let with_reason = w.case.supplements.iter().filter(|s| s.again.is_some()).count();
            prop_assert!(with_reason + 1 >= asked, "a second notice has its reason on record");
        }
        // the state is the fold of the events: replaying gives the same
        let stored: Vec<Event> = serde_json::from_str(&serde_json::to_string(&w.events).unwrap()).unwrap();
        prop_assert_eq!(&stored, &w.events);
    }
}

#[test]
fn a_flow_stored_before_there_were_manners_is_still_read() {
    let mut old: serde_json::Value = serde_json::to_value(flow("gljt")).unwrap();
    let certificate = old["result"]["certificate"].clone();
    old["result"] = serde_json::json!({ "permit": false, "certificate": certificate });
    for new in ["intake", "silence_accepts", "clock_from"] {
        old.as_object_mut().unwrap().remove(new);
    }
    let read = Flow::from_stored(old).unwrap();
    assert_eq!(read.result.manner, Manner::Benefit);
    assert!(read.result.payment.is_some() && read.result.granted_title.is_some());
    let now = serde_json::to_value(flow("spjyxk")).unwrap();
    assert_eq!(Flow::from_stored(now).unwrap(), flow("spjyxk"), "what is stored today is read as it is");
}

#[test]
fn no_two_kinds_of_document_share_a_mark() {
    // each kind counts from one: with a common mark the first of both would have the same number, and the second act would fail
    let mut marks: Vec<&str> = DocumentKind::ALL.iter().map(|kind| kind.mark()).collect();
    marks.sort_unstable();
    marks.dedup();
    assert_eq!(marks.len(), DocumentKind::ALL.len(), "{marks:?}");
}
