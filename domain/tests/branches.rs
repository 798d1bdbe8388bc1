//! Branches that run at the same time and meet (并联), as in 挖掘城市道路审批: the road office and the traffic police look together.
#![allow(clippy::unwrap_used)]

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::cases::view::ahead;
use domain::cases::*;
use domain::clock::Calendar;
use proptest::prelude::*;
use uuid::Uuid;

const ROAD: Uuid = Uuid::from_u128(1);
const POLICE: Uuid = Uuid::from_u128(7);
const WHEN: &str = "2026-10-09T10:00:00+08:00";

fn when() -> DateTime<Utc> {
    WHEN.parse().unwrap()
}

fn flow() -> Flow {
    serde_json::from_str(include_str!("../../data/procedures/wjdl.flow.json")).unwrap()
}

fn staff(n: u128) -> Doer {
    let posts = ["window", "inspector", "reviewer", "approver"].map(str::to_owned).into();
    Doer::Staff { account: Uuid::from_u128(n), name: format!("{n} 号"), posts }
}

struct Walk {
    case: Case,
    flow: Flow,
    events: Vec<Event>,
}

impl Walk {
    /// Accepted, and the police's part laid on the police's desk.
    fn accepted(flow: Flow) -> Self {
        let filing = Filing {
            number: "99010520260927000417R".into(),
            procedure: "wjdl".into(),
            procedure_version: 1,
            item_name: "挖掘城市道路审批".into(),
            situation: None,
            unit: ROAD,
            unit_name: "区城市管理局".into(),
            party: Uuid::from_u128(2),
            organisation: true,
            applicant_name: "青禾区某某面馆".into(),
            agent_name: None,
            account: Uuid::from_u128(3),
            answers_hash: "00".into(),
            received_on: "2026-10-09".parse().unwrap(),
            skips: Vec::new(),
            joint: None,
            fees: None,
            signatures: Vec::new(),
        };
        let case = Case::open(Uuid::from_u128(9), &filing, when());
        let mut walk = Self { case, flow, events: vec![begin(filing)] };
        walk.at("", &staff(10), Command::Claim);
        walk.at("", &staff(10), Command::Accept);
        let over = Command::HandOver { unit: POLICE, unit_name: "公安分局".into(), node: Some("police".into()) };
        walk.at("", &Doer::Hall, over);
        walk
    }

    fn try_at(&mut self, node: &str, doer: &Doer, command: Command) -> Result<(), Refusal> {
        let seen = self.case.at(node);
        for event in decide(&seen, &self.flow, doer, command, when(), Calendar::built_in())? {
            self.case = self.case.clone().apply(&event, when(), &self.flow);
            self.events.push(event);
        }
        Ok(())
    }

    fn at(&mut self, node: &str, doer: &Doer, command: Command) {
        self.try_at(node, doer, command).unwrap();
    }

    fn open(&self) -> Vec<&str> {
        self.case.nodes().collect()
    }
}

fn opinion(outcome: Outcome) -> Command {
    Command::FinishNode { outcome, opinion: "看过了".into(), site_check: None }
}

fn survey(outcome: Outcome) -> Command {
    let site_check =
        SiteCheck {
            on: "2026-10-09".parse().unwrap(), staff: vec!["张某".into(), "钱某".into()], findings: "与申请一致".into()
        };
    Command::FinishNode { outcome, opinion: String::new(), site_check: Some(site_check) }
}

#[test]
fn both_offices_look_at_once_and_the_review_waits_for_both() {
    for police_first in [true, false] {
        let mut w = Walk::accepted(flow());
        assert_eq!(w.open(), ["survey", "police"]);
        assert_eq!(ahead(&w.case, &w.flow, false), ["审查、核定修复费", "审批"]);
        assert_eq!(w.case.lies_in().collect::<Vec<_>>(), [ROAD, POLICE]);
        assert_eq!((w.case.at("police").unit, w.case.at("police").stage.node()), (POLICE, Some("police")));
        // each node is somebody's own: one who has the one has not the other
        w.at("survey", &staff(10), Command::Claim);
        assert_eq!(w.case.at("survey").assignee.unwrap().account, Uuid::from_u128(10));
        assert_eq!(w.case.at("police").assignee, None);
        let unclaimed = w.try_at("police", &staff(10), opinion(Outcome::Pass));
        assert_eq!(unclaimed, Err(Refusal::NotNow { act: Act::Pass, why: Why::ClaimFirst }));
        w.at("police", &staff(20), Command::Claim);
        let held = w.try_at("survey", &staff(20), survey(Outcome::Pass));
        assert!(matches!(held, Err(Refusal::NotNow { why: Why::HeldBy { .. }, .. })), "{held:?}");

        let steps = [("police", staff(20), opinion(Outcome::Pass)), ("survey", staff(10), survey(Outcome::Pass))];
        let mut steps = Vec::from(steps);
        if !police_first {
            steps.reverse();
        }
        let (node, doer, command) = steps.remove(0);
        w.at(node, &doer, command);
        assert_eq!(w.open(), [steps[0].0], "the other is still open");
        assert_eq!(ahead(&w.case, &w.flow, false), ["审查、核定修复费", "审批"], "and what is done lies ahead no more");
        assert!(w.case.assignee.is_some(), "whoever has it keeps it");
        assert_eq!(w.case.intake().unit, ROAD);
        assert!(w.case.units().any(|u| u == ROAD) && w.case.units().any(|u| u == POLICE), "both may still look");
        let (node, doer, command) = steps.remove(0);
        w.at(node, &doer, command);
        assert_eq!((w.open(), &w.case.assignee), (vec!["review"], &None));

        // whoever gave one of the opinions may not decide
        w.at("", &staff(30), Command::Claim);
        w.at("", &staff(30), opinion(Outcome::Pass));
        for reviewer in [20, 30] {
            let own = w.try_at("", &staff(reviewer), Command::Claim);
            assert_eq!(own, Err(Refusal::NotNow { act: Act::Claim, why: Why::SamePerson }));
        }
        w.at("", &staff(40), Command::Claim);
        w.at("", &staff(40), Command::Decide { granted: true, reason: String::new(), answer: None });
        assert_eq!(w.case.stage, Stage::Granted);
    }
}

#[test]
fn the_first_that_fails_ends_the_others() {
    for (node, command) in [("police", opinion(Outcome::Fail)), ("survey", survey(Outcome::Fail))] {
        let mut w = Walk::accepted(flow());
        w.at("survey", &staff(10), Command::Claim);
        w.at("police", &staff(20), Command::Claim);
        w.at(node, &staff(if node == "police" { 20 } else { 10 }), command);
        assert_eq!((w.open(), &w.case.assignee), (vec!["review"], &None), "{node}");
        assert!(w.case.units().any(|u| u == POLICE), "who looked may still look");
        let late = w.try_at("police", &staff(20), opinion(Outcome::Pass));
        assert!(late.is_err(), "there is nothing left to say: {late:?}");
    }
}

#[test]
fn the_clock_stops_for_the_whole_and_a_withdrawal_ends_every_branch() {
    let mut flow = flow();
    flow.special_procedures = vec!["专家评审".into()];
    let mut w = Walk::accepted(flow);
    w.at("police", &staff(20), Command::Claim);
    w.at("survey", &staff(10), Command::Claim);
    w.at("police", &staff(20), Command::Suspend { procedure: "专家评审".into(), reason: "论证绕行".into(), expected_days: 5 });
    let stopped = w.try_at("survey", &staff(10), survey(Outcome::Pass));
    assert_eq!(stopped, Err(Refusal::NotNow { act: Act::Pass, why: Why::ClockStopped }));
    assert_eq!(w.open(), ["survey", "police"]);
    w.at("police", &staff(20), Command::Resume { result: "可行".into() });
    w.at("survey", &staff(10), survey(Outcome::Pass));
    assert_eq!(w.open(), ["police"]);
    w.at("", &Doer::Applicant { account: Uuid::from_u128(3) }, Command::Withdraw { reason: String::new() });
    assert_eq!(w.case.stage, Stage::Ended { how: Ending::Withdrawn });
    assert!(w.case.beside.is_empty() && w.case.assignee.is_none());
}

/// The police's part in two steps, the second of which may go back to the first; and a stop of the clock.
fn longer() -> Flow {
    let mut longer = flow();
    let mut second = longer.node("police").unwrap().clone();
    second.id = "police2".into();
    second.edges.push(Edge { on: Outcome::Return, to: Target::Node("police".into()) });
    longer.nodes.insert(2, second);
    longer.nodes[1].edges.iter_mut().filter(|e| e.on == Outcome::Pass).for_each(|e| e.to = Target::Node("police2".into()));
    longer.special_procedures = vec!["专家评审".into()];
    assert_eq!(longer.faults(), Vec::<String>::new());
    longer
}

#[test]
fn an_approval_sent_back_and_a_longer_branch() {
    let mut w = Walk::accepted(longer());
    w.at("police", &staff(20), Command::Claim);
    w.at("police", &staff(20), opinion(Outcome::Pass));
    assert_eq!(w.open(), ["survey", "police2"], "the branch goes on");
    assert_eq!((w.case.at("police2").assignee, w.case.at("police2").unit), (None, POLICE));
    w.at("survey", &staff(10), Command::Claim);
    w.at("survey", &staff(10), survey(Outcome::Pass));
    w.at("police2", &staff(20), Command::Claim);
    w.at("police2", &staff(20), opinion(Outcome::Pass));
    assert_eq!(w.open(), ["review"]);
    w.at("", &staff(30), Command::Claim);
    w.at("", &staff(30), opinion(Outcome::Pass));
    w.at("", &staff(40), Command::Claim);
    w.at("", &staff(40), opinion(Outcome::Return));
    assert_eq!(w.open(), ["review"], "back to where somebody was");
}

#[test]
fn a_branch_that_the_answers_make_needless_is_not_opened() {
    let flow = flow();
    let mut w = Walk::accepted(flow.clone());
    let Some(Event::Submitted(filing)) = w.events.first_mut() else { panic!("begins with a filing") };
    filing.skips = vec!["police".into()];
    let case = Case::open(Uuid::from_u128(9), filing, when());
    let accepted = case.apply(&Event::Accepted { on: "2026-10-09".parse().unwrap() }, when(), &flow);
    assert_eq!(accepted.nodes().collect::<Vec<_>>(), ["survey"]);
    assert_eq!(ahead(&accepted, &flow, false), ["审查、核定修复费", "审批"]);
}

#[test]
fn a_case_is_the_fold_of_its_stored_events() {
    let mut w = Walk::accepted(flow());
    w.at("police", &staff(20), Command::Claim);
    w.at("survey", &staff(10), Command::Claim);
    w.at("survey", &staff(10), Command::Release);
    w.at("police", &staff(20), opinion(Outcome::Pass));
    let Some(Event::Submitted(filing)) = w.events.first() else { panic!("begins with a filing") };
    let mut case = Case::open(Uuid::from_u128(9), filing, when());
    for event in &w.events[1..] {
        let stored = serde_json::to_value(event).unwrap();
        case = case.apply(&serde_json::from_value(stored).unwrap(), when(), &w.flow);
    }
    assert_eq!(case, w.case);
    assert_eq!(serde_json::from_value::<Case>(serde_json::to_value(&case).unwrap()).unwrap(), case);
    // what was stored before there were branches
    for (text, event) in [
        (r#"{"kind":"released"}"#, Event::Released { node: None }),
        (
            r#"{"kind":"claimed","account":"00000000-0000-0000-0000-00000000000a","name":"张某"}"#,
            Event::Claimed { account: Uuid::from_u128(10), name: "张某".into(), node: None },
        ),
        (
            r#"{"kind":"handed_over","unit":"00000000-0000-0000-0000-000000000007","unit_name":"区民政局"}"#,
            Event::HandedOver { unit: POLICE, unit_name: "区民政局".into(), node: None },
        ),
    ] {
        assert_eq!(serde_json::from_str::<Event>(text).unwrap(), event);
        assert_eq!(
            serde_json::to_value(&event).unwrap(),
            serde_json::from_str::<serde_json::Value>(text).unwrap(),
            "and is written alike"
        );
    }
}

#[test]
fn the_applicant_is_asked_where_the_node_has_something_to_ask() {
    let mut w = Walk::accepted(flow());
    let request = |words: &str| Command::Ask { words: words.into() };
    w.at("survey", &staff(10), Command::Claim);
    assert_eq!(
        w.try_at("survey", &staff(10), request("交钱")),
        Err(Refusal::NotNow { act: Act::Ask, why: Why::NotInThisProcedure })
    );
    let offered = |w: &Walk, node: &str| offers(&w.case.at(node), &w.flow, &staff(10)).iter().any(|o| o.act == Act::Ask);
    assert!(!offered(&w, "survey"), "and nobody is told of it");
    w.at("survey", &staff(10), survey(Outcome::Pass));
    w.at("", &staff(20), Command::Claim);
    w.at("", &staff(20), opinion(Outcome::Pass));
    assert!(offered(&w, ""));
    assert_eq!(w.try_at("", &staff(30), request("交钱")), Err(Refusal::NotNow { act: Act::Ask, why: Why::ClaimFirst }));
    w.at("", &staff(30), Command::Claim);
    assert!(matches!(w.try_at("", &staff(30), request(" ")), Err(Refusal::NothingSaid { .. })));
    w.at("", &staff(30), request("修复费 3330 元"));
    w.at("", &staff(30), request("修复费 3300 元，刚才写错了"));
    assert_eq!(w.case.asked.len(), 1, "the last word holds");
    assert_eq!(
        (w.case.asked[0].words.as_str(), w.case.asked[0].until),
        ("修复费 3300 元，刚才写错了", "2026-10-15".parse().unwrap())
    );
    let due = w.case.promised(&w.flow, Calendar::built_in()).unwrap().due;
    w.at("", &staff(30), opinion(Outcome::Pass));
    assert!(w.case.asked.is_empty(), "done with when its node is");
    assert_eq!(w.case.promised(&w.flow, Calendar::built_in()).unwrap().due, due, "the law stops no clock for it");
    let mut bad = flow();
    bad.nodes[3].asks = bad.nodes[2].asks.clone();
    assert!(bad.faults().join("").contains("what is asked of the applicant comes before"));
}

#[test]
fn branches_that_could_not_meet_are_faults() {
    let broken = |change: &dyn Fn(&mut Flow)| {
        let mut flow = flow();
        change(&mut flow);
        flow.faults().join("; ")
    };
    let lead = |flow: &mut Flow, node: usize, on: Outcome, to: &str| {
        flow.nodes[node].edges.iter_mut().filter(|e| e.on == on).for_each(|e| e.to = Target::Node(to.into()));
    };
    assert_eq!(broken(&|_| {}), "");
    for (change, says) in [
        (&(|f: &mut Flow| f.nodes[0].with = vec!["nobody".into()]) as &dyn Fn(&mut Flow), "opens nobody, which does not exist"),
        (&|f| f.nodes[2].joins = false, "does not meet the others"),
        (&|f| lead(f, 1, Outcome::Pass, "approve"), "does not meet the others"),
        (&|f| lead(f, 1, Outcome::Fail, "approve"), "fails to somewhere else"),
        (&|f| lead(f, 1, Outcome::Pass, "survey"), "stands in two branches"),
        (&|f| f.nodes[0].when = Some("pipes".to_owned().try_into().unwrap()), "opens others and may not be left out"),
        (&|f| f.nodes[2].when = Some("pipes".to_owned().try_into().unwrap()), "is where branches meet and may not be left out"),
        (&|f| f.nodes[2].with = vec!["police".into()], "needs a node of its own"),
        (
            &|f| f.nodes[1].edges.push(Edge { on: Outcome::Return, to: Target::Node("survey".into()) }),
            "returns to somewhere outside its branch",
        ),
    ] {
        let faults = broken(change);
        assert!(faults.contains(says), "{says}: {faults}");
    }
}

fn any_command() -> impl Strategy<Value = Command> {
    let outcome = || prop_oneof![4 => Just(Outcome::Pass), 1 => Just(Outcome::Fail), 1 => Just(Outcome::Return)];
    prop_oneof![
        6 => Just(Command::Claim),
        1 => Just(Command::Release),
        6 => outcome().prop_map(opinion),
        4 => outcome().prop_map(survey),
        1 => Just(Command::Suspend { procedure: "专家评审".into(), reason: "论证".into(), expected_days: 5 }),
        2 => Just(Command::Resume { result: "可行".into() }),
        1 => any::<bool>().prop_map(|granted| Command::Decide { granted, reason: "理由".into(), answer: None }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_acts_opens_the_review_before_its_time(
        two_steps in any::<bool>(),
        steps in proptest::collection::vec((0_usize..3, 0_u128..4, any_command()), 1..80),
    ) {
        let mut w = Walk::accepted(if two_steps { longer() } else { flow() });
        let branch = |id: &str| ["survey", "police", "police2"].contains(&id);
        for (which, who, command) in steps {
            let before = w.case.clone();
            let nodes: Vec<String> = before.nodes().map(str::to_owned).collect();
            let Some(node) = nodes.get(which % nodes.len().max(1)) else { break };
            let (doer, act) = (staff(who), command.act());
            let allowed = may(&before.at(node), &w.flow, &doer, act);
            match w.try_at(node, &doer, command) {
                Ok(()) => prop_assert!(allowed.is_ok(), "{act:?} happened though {allowed:?}"),
                Err(_) => prop_assert_eq!(&before, &w.case),
            }
            let open = w.open();
            prop_assert!(open.iter().enumerate().all(|(i, n)| !open[..i].contains(n)), "open twice: {open:?}");
            prop_assert!(open.len() == 1 || open.iter().all(|n| branch(n)), "{open:?}");
            prop_assert_eq!(w.case.before.first().map_or(w.case.unit, |o| o.unit), ROAD, "the road office received it");
            if open == ["review"] && nodes != ["review"] {
                let last = w.case.steps.last().unwrap();
                let done = |id: &str| w.case.steps.iter().any(|s| s.node == id && s.outcome == Outcome::Pass);
                prop_assert!(
                    last.node == "approve" || last.outcome == Outcome::Fail || (done("survey") && done("police") && (!two_steps || done("police2"))),
                    "{:?}", w.case.steps
                );
            }
            // what is done at one node leaves who has the others
            for other in nodes.iter().filter(|n| *n != node && open.contains(&n.as_str())) {
                prop_assert_eq!(before.at(other).assignee, w.case.at(other).assignee);
            }
            if let Some(decision) = w.case.steps.iter().find(|s| s.node == "approve" && s.outcome != Outcome::Return).filter(|_| w.case.decision.is_some()) {
                let round = w.case.steps.iter().rev().skip(1).take_while(|s| s.node != "approve");
                prop_assert!(round.filter(|s| s.node != "survey").all(|s| s.by.account != decision.by.account), "{:?}", w.case.steps);
                prop_assert!(w.case.beside.is_empty());
                break;
            }
        }
        let Some(Event::Submitted(filing)) = w.events.first() else { panic!("begins with a filing") };
        let mut case = Case::open(Uuid::from_u128(9), filing, when());
        for event in &w.events[1..] {
            case = case.apply(event, when(), &w.flow);
        }
        prop_assert_eq!(case, w.case);
    }
}
