//! What may be done with a case now, by whom, and why not.

use super::case::{Case, Ending, Stage};
use super::flow::{Flow, NodeKind};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An act on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    Submit,
    Claim,
    Release,
    AskForSupplement,
    Accept,
    RefuseToAccept,
    Supplement,
    Suspend,
    Resume,
    Extend,
    /// Ask the applicant to do something, where the node has something to ask.
    Ask,
    /// Finish a node with pass.
    Pass,
    /// Finish a node with fail: recommend refusal.
    Fail,
    /// Send back to an earlier node.
    Return,
    Grant,
    Refuse,
    /// Lay the case where its next node is done.
    HandOver,
    Issue,
    Deliver,
    Withdraw,
    Rate,
}

impl Act {
    /// The word in addresses: `/desk/cases/{id}/{act}`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Claim => "claim",
            Self::Release => "release",
            Self::AskForSupplement => "ask-for-supplement",
            Self::Accept => "accept",
            Self::RefuseToAccept => "refuse-to-accept",
            Self::Supplement => "supplement",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Extend => "extend",
            Self::Ask => "ask",
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Return => "return",
            Self::Grant => "grant",
            Self::Refuse => "refuse",
            Self::HandOver => "hand-over",
            Self::Issue => "issue",
            Self::Deliver => "deliver",
            Self::Withdraw => "withdraw",
            Self::Rate => "rate",
        }
    }

    /// The act of that word.
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Submit,
            Self::Claim,
            Self::Release,
            Self::AskForSupplement,
            Self::Accept,
            Self::RefuseToAccept,
            Self::Supplement,
            Self::Suspend,
            Self::Resume,
            Self::Extend,
            Self::Ask,
            Self::Pass,
            Self::Fail,
            Self::Return,
            Self::Grant,
            Self::Refuse,
            Self::HandOver,
            Self::Issue,
            Self::Deliver,
            Self::Withdraw,
            Self::Rate,
        ]
        .into_iter()
        .find(|a| a.word() == word)
    }

    /// The key that does it at the desk (look.md part 21).
    pub fn key(self) -> Option<char> {
        match self {
            Self::Claim => Some('L'),
            Self::Release => Some('U'),
            Self::AskForSupplement => Some('B'),
            Self::Accept | Self::Pass | Self::Grant => Some('A'),
            Self::RefuseToAccept | Self::Fail | Self::Refuse => Some('N'),
            Self::Suspend | Self::Resume => Some('T'),
            Self::Extend => Some('Y'),
            Self::Return => Some('R'),
            Self::Deliver => Some('D'),
            Self::Submit | Self::Supplement | Self::Ask | Self::HandOver | Self::Issue | Self::Withdraw | Self::Rate => None,
        }
    }
}

/// Why an act is not possible now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// The case is over.
    Ended { how: Ending },
    /// It is at another stage.
    WrongStage,
    /// Already accepted; acceptance is not taken back by refusal to accept.
    AlreadyAccepted,
    /// The applicant has been asked and has until then.
    WaitingForApplicant,
    /// The clock is stopped; resume first.
    ClockStopped,
    /// Somebody must take the case first.
    ClaimFirst,
    /// A colleague has it.
    HeldBy { name: String },
    /// Another post does this.
    OtherPost { post: String },
    /// The reviewer may not approve as well.
    SamePerson,
    /// Papers are asked for once (第三十二条); a second time needs a reason on record.
    OnlyOnce,
    /// Extended once already (第四十二条).
    ExtendedAlready,
    /// This procedure has no excluded time, or no extension, or nowhere to go back to.
    NotInThisProcedure,
    /// A decision has been made.
    Decided,
    /// A contact must have happened before it is rated; one rating each (GB/T 39734).
    RatedAlready,
    /// Only the applicant can.
    ApplicantOnly,
    /// Only the hall itself does this.
    HallOnly,
}

/// Who wants to act, as far as a case is concerned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "doer", rename_all = "snake_case")]
pub enum Doer {
    /// The applicant or their agent.
    Applicant { account: Uuid },
    /// Staff of the handling unit, with the posts they hold there.
    Staff { account: Uuid, name: String, posts: Vec<String> },
    /// Timers and workers.
    Hall,
}

/// An act with the answer to whether it may be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub act: Act,
    pub refused: Option<Why>,
}

fn post_of<'f>(flow: &'f Flow, case: &Case) -> &'f str {
    case.post(flow).unwrap_or("")
}

/// Whose act it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Applicant,
    Staff,
    Hall,
}

/// Whose act it is. Acceptance is the office's, and by silence the hall's.
fn whose(act: Act) -> Whose {
    match act {
        Act::Submit | Act::Supplement | Act::Withdraw | Act::Rate => Whose::Applicant,
        Act::Claim
        | Act::Release
        | Act::AskForSupplement
        | Act::Accept
        | Act::RefuseToAccept
        | Act::Suspend
        | Act::Resume
        | Act::Extend
        | Act::Ask
        | Act::Pass
        | Act::Fail
        | Act::Return
        | Act::Grant
        | Act::Refuse
        | Act::Deliver => Whose::Staff,
        Act::HandOver | Act::Issue => Whose::Hall,
    }
}

/// Whether this person may do this now.
pub fn may(case: &Case, flow: &Flow, doer: &Doer, act: Act) -> Result<(), Why> {
    stage_allows(case, flow, act)?;
    match (doer, whose(act)) {
        (Doer::Hall, Whose::Hall) | (Doer::Applicant { .. }, Whose::Applicant) => Ok(()),
        // silence accepts, and what was sent in for a supplement is taken in, without anybody at a desk
        (Doer::Hall, Whose::Staff | Whose::Applicant) if matches!(act, Act::Accept | Act::Supplement) => Ok(()),
        (Doer::Hall, Whose::Staff | Whose::Applicant) => Err(Why::WrongStage),
        (Doer::Applicant { .. } | Doer::Staff { .. }, Whose::Hall) => Err(Why::HallOnly),
        (Doer::Applicant { .. }, Whose::Staff) => Err(Why::OtherPost { post: post_of(flow, case).to_owned() }),
        (Doer::Staff { .. }, Whose::Applicant) => Err(Why::ApplicantOnly),
        (Doer::Staff { account, posts, .. }, Whose::Staff) => desk_may(case, flow, *account, posts, act),
    }
}

/// Whether somebody at a desk may do an act of the desk.
fn desk_may(case: &Case, flow: &Flow, account: Uuid, posts: &[String], act: Act) -> Result<(), Why> {
    let post = post_of(flow, case);
    if !posts.iter().any(|p| p == post) {
        return Err(Why::OtherPost { post: post.to_owned() });
    }
    let approving = case.stage.node().and_then(|n| flow.node(n)).is_some_and(|n| n.kind == NodeKind::Approve);
    if approving
        && matches!(act, Act::Claim | Act::Grant | Act::Refuse | Act::Return | Act::Extend)
        && reviewed_by(case, flow, account)
    {
        return Err(Why::SamePerson);
    }
    match &case.assignee {
        Some(holder) if holder.account != account => Err(Why::HeldBy { name: holder.name.clone() }),
        Some(_) if act == Act::Claim => Err(Why::WrongStage),
        None if act != Act::Claim => Err(Why::ClaimFirst),
        Some(_) | None => Ok(()),
    }
}

/// Whether the person gave one of the opinions that now wait for approval: every review since the approver last had it, of every branch.
fn reviewed_by(case: &Case, flow: &Flow, account: Uuid) -> bool {
    let kind = |id: &str| flow.node(id).map(|n| n.kind);
    let round = case.steps.iter().rev().take_while(|s| kind(&s.node) != Some(NodeKind::Approve));
    round.filter(|s| kind(&s.node) == Some(NodeKind::Review)).any(|s| s.by.account == account)
}

fn stage_allows(case: &Case, flow: &Flow, act: Act) -> Result<(), Why> {
    if let Stage::Ended { how } = &case.stage
        && act != Act::Rate
    {
        return Err(Why::Ended { how: *how });
    }
    let yes_if = |holds: bool, why: Why| if holds { Ok(()) } else { Err(why) };
    let stage = &case.stage;
    let node = stage.node().and_then(|n| flow.node(n));
    let handling = matches!(stage, Stage::Handling { .. });
    let at = |kinds: &[NodeKind]| handling && node.is_some_and(|n| kinds.contains(&n.kind));
    let stopped = matches!(stage, Stage::Suspended { .. });
    match act {
        Act::Submit => Err(Why::WrongStage),
        Act::Claim | Act::Release => yes_if(!matches!(stage, Stage::AwaitingSupplement { .. }), Why::WaitingForApplicant),
        Act::AskForSupplement | Act::Accept | Act::RefuseToAccept => match stage {
            Stage::PreReview => Ok(()),
            Stage::AwaitingSupplement { .. } => Err(Why::WaitingForApplicant),
            Stage::Handling { .. } | Stage::Suspended { .. } => Err(Why::AlreadyAccepted),
            Stage::Granted | Stage::Issued | Stage::Ended { .. } => Err(Why::Decided),
        },
        Act::Supplement => yes_if(matches!(stage, Stage::AwaitingSupplement { .. }), Why::WrongStage),
        Act::Suspend if flow.special_procedures.is_empty() => Err(Why::NotInThisProcedure),
        Act::Suspend if stopped => Err(Why::ClockStopped),
        Act::Suspend | Act::HandOver => yes_if(handling, Why::WrongStage),
        Act::Resume => yes_if(stopped, Why::WrongStage),
        Act::Extend if flow.extension_days.is_none() => Err(Why::NotInThisProcedure),
        Act::Extend if case.extension.is_some() => Err(Why::ExtendedAlready),
        // approved by the head of the agency (第四十二条): the post that approves
        Act::Extend => yes_if(at(&[NodeKind::Approve]), Why::WrongStage),
        Act::Ask if node.is_none_or(|n| n.asks.is_none()) => Err(Why::NotInThisProcedure),
        Act::Ask | Act::Pass | Act::Fail | Act::Return | Act::Grant | Act::Refuse if stopped => Err(Why::ClockStopped),
        Act::Ask => yes_if(handling, Why::WrongStage),
        Act::Pass | Act::Fail => yes_if(at(&[NodeKind::Review, NodeKind::SiteCheck]), Why::WrongStage),
        Act::Return if !handling => Err(Why::WrongStage),
        Act::Return => {
            let back = node.and_then(|n| flow.back(n, &case.skips));
            yes_if(back.is_some(), Why::NotInThisProcedure)
        }
        Act::Grant | Act::Refuse if matches!(stage, Stage::Granted | Stage::Issued) => Err(Why::Decided),
        Act::Grant | Act::Refuse => yes_if(at(&[NodeKind::Approve]), Why::WrongStage),
        Act::Issue => yes_if(*stage == Stage::Granted, Why::WrongStage),
        Act::Deliver => yes_if(*stage == Stage::Issued, Why::WrongStage),
        Act::Withdraw => yes_if(!matches!(stage, Stage::Granted | Stage::Issued), Why::Decided),
        Act::Rate if case.rating.is_some() => Err(Why::RatedAlready),
        // 一次一评: after a service contact, that is once the office has answered
        Act::Rate => yes_if(!matches!(stage, Stage::PreReview | Stage::AwaitingSupplement { .. }), Why::WrongStage),
    }
}

/// The acts a person at the desk expects here, each with its answer. Acts that could never apply to this
/// stage are left out, so that what is shown is short.
pub fn offers(case: &Case, flow: &Flow, doer: &Doer) -> Vec<Offer> {
    let wanted: &[Act] = match (doer, &case.stage) {
        (Doer::Hall, _) => &[],
        (Doer::Applicant { .. }, _) => &[Act::Supplement, Act::Withdraw, Act::Rate],
        (Doer::Staff { .. }, Stage::PreReview) => {
            &[Act::Claim, Act::Accept, Act::AskForSupplement, Act::RefuseToAccept, Act::Release]
        }
        (Doer::Staff { .. }, Stage::AwaitingSupplement { .. }) => &[Act::Accept, Act::RefuseToAccept],
        (Doer::Staff { .. }, Stage::Handling { node }) => match flow.node(node).map(|n| n.kind) {
            Some(NodeKind::Approve) => {
                &[Act::Claim, Act::Grant, Act::Return, Act::Extend, Act::Refuse, Act::RefuseToAccept, Act::Release]
            }
            Some(NodeKind::Review | NodeKind::SiteCheck) | None => &[
                Act::Claim,
                Act::Pass,
                Act::Ask,
                Act::AskForSupplement,
                Act::Return,
                Act::Suspend,
                Act::Fail,
                Act::RefuseToAccept,
                Act::Release,
            ],
        },
        (Doer::Staff { .. }, Stage::Suspended { .. }) => &[Act::Claim, Act::Resume, Act::Pass, Act::Release],
        (Doer::Staff { .. }, Stage::Granted | Stage::Issued) => &[Act::Claim, Act::Deliver, Act::Refuse, Act::Release],
        (Doer::Staff { .. }, Stage::Ended { .. }) => &[],
    };
    wanted
        .iter()
        .map(|&act| Offer { act, refused: may(case, flow, doer, act).err() })
        // an act that is merely out of place says nothing; one that a person expects says why not
        .filter(|o| !matches!(o.refused, Some(Why::WrongStage)))
        .filter(|o| !(o.act == Act::Release && o.refused.is_some()))
        // most nodes have nothing to ask, and nobody expects them to
        .filter(|o| !(o.act == Act::Ask && o.refused == Some(Why::NotInThisProcedure)))
        // where the decision is one of several answers, there is one act of answering
        .filter(|o| o.act != Act::Refuse || flow.result.answers.is_empty())
        .collect()
}
