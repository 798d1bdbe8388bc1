//! `decide(case, command, at) -> events`: the law of the matter, without a computer.

use super::act::{Act, Doer, Why, may};
use super::case::{Case, Stage};
use super::event::{DeliveryWay, Event, Filing, NonAcceptance, SiteCheck, SupplementItem};
use super::fee::Charge;
use super::flow::{ClockFrom, Flow, NodeKind, Outcome};
use crate::clock::{Calendar, Clock, hall_day};
use crate::refusal::{Refusal, Saying};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// The longest reason, opinion or finding that is kept, in characters.
pub const MAX_WORDS: u32 = 2000;
/// What a grant says that gives no reasons of its own (documents are Chinese by law).
const GRANTED: &str = "申请符合法定条件、标准。";

/// What somebody wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Claim,
    Release,
    /// `again` is the recorded reason for asking a second time.
    AskForSupplement {
        items: Vec<SupplementItem>,
        again: Option<String>,
    },
    Accept,
    RefuseToAccept {
        ground: NonAcceptance,
        reason: String,
    },
    Supplement {
        answers_hash: String,
        received_on: NaiveDate,
        skips: Vec<String>,
        fees: Option<Vec<Charge>>,
    },
    Suspend {
        procedure: String,
        reason: String,
        expected_days: u32,
    },
    Resume {
        result: String,
    },
    Extend {
        reason: String,
    },
    Ask {
        words: String,
    },
    FinishNode {
        outcome: Outcome,
        opinion: String,
        site_check: Option<SiteCheck>,
    },
    /// `answer` is the code of one of the procedure's answers, where it has some; it then says whether it grants.
    Decide {
        granted: bool,
        reason: String,
        answer: Option<String>,
    },
    /// The hall lays the case where its next node is done.
    HandOver {
        unit: Uuid,
        unit_name: String,
        /// Which of the open nodes, where several are.
        node: Option<String>,
    },
    Issue {
        id: Uuid,
        number: String,
        mark: String,
        valid_until: Option<NaiveDate>,
    },
    Deliver {
        way: DeliveryWay,
        recipient: String,
        note: String,
    },
    Withdraw {
        reason: String,
    },
    Rate {
        stars: u8,
        tags: Vec<String>,
        has_words: bool,
    },
    /// The clock's own act: silence accepts, an unanswered supplement lapses.
    TimePassed,
}

impl Command {
    /// The act a command performs, as permissions know it.
    pub fn act(&self) -> Act {
        match self {
            Self::Claim => Act::Claim,
            Self::Release => Act::Release,
            Self::AskForSupplement { .. } => Act::AskForSupplement,
            Self::Accept | Self::TimePassed => Act::Accept,
            Self::RefuseToAccept { .. } => Act::RefuseToAccept,
            Self::Supplement { .. } => Act::Supplement,
            Self::Suspend { .. } => Act::Suspend,
            Self::Resume { .. } => Act::Resume,
            Self::Extend { .. } => Act::Extend,
            Self::Ask { .. } => Act::Ask,
            Self::FinishNode { outcome: Outcome::Pass, .. } => Act::Pass,
            Self::FinishNode { outcome: Outcome::Fail, .. } => Act::Fail,
            Self::FinishNode { outcome: Outcome::Return, .. } => Act::Return,
            Self::Decide { granted: true, .. } => Act::Grant,
            Self::Decide { granted: false, .. } => Act::Refuse,
            Self::HandOver { .. } => Act::HandOver,
            Self::Issue { .. } => Act::Issue,
            Self::Deliver { .. } => Act::Deliver,
            Self::Withdraw { .. } => Act::Withdraw,
            Self::Rate { .. } => Act::Rate,
        }
    }
}

/// The first event of a case.
pub fn begin(filing: Filing) -> Event {
    Event::Submitted(Box::new(filing))
}

fn said(text: &str, what: Saying) -> Result<String, Refusal> {
    let text = text.trim();
    let have = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if have == 0 {
        Err(Refusal::NothingSaid { what })
    } else if have > MAX_WORDS {
        Err(Refusal::SaidTooMuch { what, have, max: MAX_WORDS })
    } else {
        Ok(text.to_owned())
    }
}

fn due(from: NaiveDate, limit: crate::clock::Limit, calendar: &Calendar) -> NaiveDate {
    let clock = Clock::new(from, limit);
    // without a suspension a limit always ends; the day itself is the honest fallback for "on the spot"
    clock.derive(calendar).due.unwrap_or(from)
}

/// What happens when `doer` gives `command` at `at`; nothing, with the reason, if it may not be. A case with several open nodes is given
/// as it stands at the one that is meant ([`Case::at`]).
pub fn decide(
    case: &Case,
    flow: &Flow,
    doer: &Doer,
    command: Command,
    at: DateTime<Utc>,
    calendar: &Calendar,
) -> Result<Vec<Event>, Refusal> {
    let today = hall_day(at);
    let act = command.act();
    if command == Command::TimePassed {
        return time_passed(case, flow, doer, today, calendar);
    }
    may(case, flow, doer, act).map_err(|why| Refusal::NotNow { act, why })?;
    let (account, name) = match doer {
        Doer::Staff { account, name, .. } => (*account, name.clone()),
        Doer::Applicant { account } => (*account, case.applicant.name.clone()),
        Doer::Hall => (Uuid::nil(), String::new()),
    };
    // where several nodes are open, an event says which it speaks of
    let node = case.stage.node().filter(|_| !case.beside.is_empty()).map(str::to_owned);
    let event = match command {
        Command::TimePassed => return Ok(Vec::new()),
        Command::Claim => Event::Claimed { account, name, node },
        Command::Release => Event::Released { node },
        Command::AskForSupplement { items, again } => {
            if items.is_empty() {
                return Err(Refusal::NothingSaid { what: Saying::SupplementItems });
            }
            for item in &items {
                said(&item.what_is_wrong, Saying::Reason)?;
                said(&item.how_to_mend, Saying::Reason)?;
            }
            // 一次性告知: asking again is an exception, with its reason on record
            let again = again.filter(|a| !a.trim().is_empty());
            if !case.supplements.is_empty() && again.is_none() {
                return Err(Refusal::NotNow { act, why: Why::OnlyOnce });
            }
            let again = again.map(|a| said(&a, Saying::Reason)).transpose()?;
            Event::SupplementAsked { items, until: due(today, flow.supplement, calendar), again }
        }
        Command::Accept => {
            let on = match flow.clock_from {
                ClockFrom::Acceptance => today,
                ClockFrom::Receipt => case.received_on,
            };
            Event::Accepted { on }
        }
        Command::RefuseToAccept { ground, reason } => {
            let ground = match ground {
                NonAcceptance::NotOurs { agency } => NonAcceptance::NotOurs { agency: said(&agency, Saying::RightAgency)? },
                NonAcceptance::NoPermitNeeded | NonAcceptance::Other => ground,
            };
            Event::NotAccepted { ground, reason: said(&reason, Saying::Reason)? }
        }
        Command::Supplement { answers_hash, received_on, skips, fees } => {
            Event::Supplemented { answers_hash, received_on, skips, fees }
        }
        Command::Suspend { procedure, reason, expected_days } => {
            if !flow.special_procedures.contains(&procedure) {
                return Err(Refusal::NoSuchChoice { what: Saying::Situation });
            }
            if !(1..=365).contains(&expected_days) {
                return Err(Refusal::NoSuchChoice { what: Saying::ExpectedDays });
            }
            Event::Suspended { procedure, reason: said(&reason, Saying::Reason)?, expected_days, from: today }
        }
        Command::Resume { result } => Event::Resumed { to: today, result: said(&result, Saying::Findings)? },
        Command::Extend { reason } => {
            let days = flow.extension_days.unwrap_or(0);
            // approved before the old due date, never after it (第四十二条)
            if case.statutory(flow, calendar).and_then(|d| d.due).is_some_and(|d| d < today) {
                return Err(Refusal::NotNow { act, why: Why::WrongStage });
            }
            Event::Extended { days, reason: said(&reason, Saying::Reason)? }
        }
        Command::Ask { words } => {
            let here = case.stage.node().and_then(|id| flow.node(id));
            let Some((node, asks)) = here.and_then(|n| Some((n, n.asks.as_ref()?))) else {
                return Err(Refusal::NotNow { act, why: Why::NotInThisProcedure });
            };
            Event::Asked { node: node.id.clone(), words: said(&words, Saying::Request)?, until: due(today, asks.limit, calendar) }
        }
        Command::FinishNode { outcome, opinion, site_check } => {
            return finish_node(case, flow, (account, name), outcome, &opinion, site_check, today);
        }
        Command::Decide { granted, reason, answer } => {
            return decision(case, flow, (account, name), granted, &reason, answer, today);
        }
        Command::HandOver { unit, unit_name, node } => Event::HandedOver { unit, unit_name, node },
        Command::Issue { id, number, mark, valid_until } => Event::CertificateIssued { id, number, mark, valid_until },
        Command::Deliver { way, recipient, note } => {
            let recipient = match way {
                DeliveryWay::Electronic => case.applicant.name.clone(),
                DeliveryWay::Window | DeliveryWay::Post => said(&recipient, Saying::Recipient)?,
            };
            Event::Delivered { way, recipient, note: note.trim().chars().take(200).collect() }
        }
        Command::Withdraw { reason } => {
            let reason: String = reason.trim().to_owned();
            let have = u32::try_from(reason.chars().count()).unwrap_or(u32::MAX);
            if have > MAX_WORDS {
                return Err(Refusal::SaidTooMuch { what: Saying::Reason, have, max: MAX_WORDS });
            }
            Event::Withdrawn { reason }
        }
        Command::Rate { stars, tags, has_words } => {
            if !(1..=5).contains(&stars) {
                return Err(Refusal::NothingSaid { what: Saying::Stars });
            }
            Event::Rated { stars, tags, has_words }
        }
    };
    Ok(vec![event])
}

fn finish_node(
    case: &Case,
    flow: &Flow,
    (account, name): (Uuid, String),
    outcome: Outcome,
    opinion: &str,
    site_check: Option<SiteCheck>,
    today: NaiveDate,
) -> Result<Vec<Event>, Refusal> {
    let here = case.stage.node().and_then(|id| flow.node(id));
    let Some(node) = here else {
        return Err(Refusal::NotNow { act: Act::Pass, why: Why::WrongStage });
    };
    let site_check = match (node.kind, outcome) {
        (NodeKind::SiteCheck, Outcome::Pass | Outcome::Fail) => {
            let mut check = site_check.ok_or(Refusal::NothingSaid { what: Saying::Findings })?;
            check.staff.iter_mut().for_each(|s| *s = s.trim().to_owned());
            check.staff.retain(|s| !s.is_empty());
            check.staff.dedup();
            if check.staff.len() < 2 {
                return Err(Refusal::TwoStaff);
            }
            if check.on > today || case.acceptance.as_ref().is_some_and(|a| check.on < a.on) {
                return Err(Refusal::ImpossibleDate { what: Saying::CheckDate });
            }
            check.findings = said(&check.findings, Saying::Findings)?;
            Some(check)
        }
        _ => None,
    };
    let opinion = match &site_check {
        Some(check) => check.findings.clone(),
        None => said(opinion, Saying::Opinion)?,
    };
    let not_here = |act| Refusal::NotNow { act, why: Why::NotInThisProcedure };
    let to = match outcome {
        Outcome::Return => Some(flow.back(node, &case.skips).ok_or(not_here(Act::Return))?),
        Outcome::Pass | Outcome::Fail => {
            let edge = node.edges.iter().find(|e| e.on == outcome);
            let edge = edge.ok_or(not_here(if outcome == Outcome::Fail { Act::Fail } else { Act::Pass }))?;
            // no node: a decision, which `Flow::faults` refuses outside of approvals before a flow is published
            edge.to.node().and_then(|id| flow.onward(id, &case.skips))
        }
    };
    let to = to.map(|node| node.id.clone());
    Ok(vec![Event::NodeDone { node: node.id.clone(), outcome, opinion, account, name, site_check, to }])
}

fn decision(
    case: &Case,
    flow: &Flow,
    (account, name): (Uuid, String),
    granted: bool,
    reason: &str,
    answer: Option<String>,
    today: NaiveDate,
) -> Result<Vec<Event>, Refusal> {
    let (granted, chosen) = chosen(flow, granted, answer)?;
    let Some(node) = case.stage.node().and_then(|id| flow.node(id)) else {
        return Err(Refusal::NotNow { act: Act::Grant, why: Why::WrongStage });
    };
    // 第三十八条: a refusal gives its reasons; a grant may say little
    let reason =
        if granted && chosen.is_none() && reason.trim().is_empty() { GRANTED.to_owned() } else { said(reason, Saying::Reason)? };
    Ok(vec![
        Event::NodeDone {
            node: node.id.clone(),
            outcome: if granted { Outcome::Pass } else { Outcome::Fail },
            opinion: reason.clone(),
            account,
            name,
            site_check: None,
            to: None,
        },
        Event::Decided { granted, reason, on: today, answer: chosen },
    ])
}

/// The answer that was chosen, where this procedure has answers; it says by itself whether it grants.
fn chosen(flow: &Flow, granted: bool, answer: Option<String>) -> Result<(bool, Option<String>), Refusal> {
    if flow.result.answers.is_empty() {
        return Ok((granted, None));
    }
    let found = flow.result.answers.iter().find(|a| answer.as_ref() == Some(&a.code));
    let found = found.ok_or(Refusal::NoSuchChoice { what: Saying::Answer })?;
    Ok((found.grants, Some(found.code.clone())))
}

fn time_passed(case: &Case, flow: &Flow, doer: &Doer, today: NaiveDate, calendar: &Calendar) -> Result<Vec<Event>, Refusal> {
    let late = case.act_by(flow, calendar).is_some_and(|by| today > by);
    match (&case.stage, doer) {
        // accepted from the day the papers were received, not from today (第三十二条)
        (Stage::PreReview, Doer::Hall) if late => Ok(vec![Event::DeemedAccepted { on: case.received_on }]),
        (Stage::AwaitingSupplement { .. }, Doer::Hall) if late => Ok(vec![Event::SupplementLapsed]),
        _ => Err(Refusal::NotNow { act: Act::Accept, why: Why::WrongStage }),
    }
}
