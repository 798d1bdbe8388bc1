//! What pages show of a case: derived from the case, its flow, its events and the calendar, purely.

use super::act::Offer;
use super::case::{Case, Stage};
use super::documents::DocumentKind;
use super::event::{Event, JointRef};
use super::flow::{AnswerKind, CheckItem, Flow, Manner, Node, Outcome};
use super::thread::Message;
use crate::certificates::view::CertificateLine;
use crate::clock::{Calendar, Clock, Derivation, Left, Light, LightRule, hall_day};
use crate::forms::SummaryPage;
use crate::forms::view::{DraftLine, SigningLine};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The state of a clock on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClockView {
    /// The promise, day by day; absent before acceptance and for matters decided at once.
    pub promised: Option<Derivation>,
    pub statutory: Option<Derivation>,
    /// The day the open step is due by (pre-review, supplement, promise, delivery).
    pub due: Option<NaiveDate>,
    /// Working days left, negative never; `None` when nothing runs.
    pub left: Option<Left>,
    pub light: Option<Light>,
    /// Days used of days in all.
    pub used: Option<(u32, u32)>,
    pub today: NaiveDate,
}

/// A row in a list of cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseLine {
    pub id: Uuid,
    pub number: String,
    pub item_name: String,
    pub situation: Option<String>,
    pub applicant_name: String,
    pub unit_name: String,
    pub stage: Stage,
    /// Title of the node, if the case is at one.
    pub node_title: Option<String>,
    pub assignee: Option<String>,
    /// The asker has it.
    pub mine: bool,
    pub due: Option<NaiveDate>,
    pub left: Option<Left>,
    pub light: Option<Light>,
    /// Days used of days in all, for a progress line.
    pub used: Option<(u32, u32)>,
    pub version: i64,
    pub submitted_at: DateTime<Utc>,
    pub can_rate: bool,
    /// What the applicant is asked to do first, and until when.
    #[serde(default)]
    pub asked: Option<(String, NaiveDate)>,
    /// The applicant wrote and has no answer yet; at the desk only.
    #[serde(default)]
    pub unanswered: bool,
    /// Colleagues who have it open; at the desk only.
    #[serde(default)]
    pub colleagues: Vec<Colleague>,
    /// What it was handed in with (一件事).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<JointRef>,
}

/// Somebody else at a desk who has a case open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    pub name: String,
    pub writing: bool,
}

/// A line of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineLine {
    pub event: Event,
    pub at: DateTime<Utc>,
    /// Title of the node for `node_done`, of what is asked for `asked`.
    pub node_title: Option<String>,
    /// The document it made.
    pub document: Option<DocumentLink>,
}

/// A document a person may open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentLink {
    pub id: Uuid,
    pub kind: DocumentKind,
    pub number: String,
    /// Typeset and kept; before that the page says that it is being made.
    pub ready: bool,
}

/// A case as its applicant sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CasePage {
    pub case: Case,
    pub item_code: String,
    /// Title of the open node, in the reader's language.
    pub node_title: Option<String>,
    pub clock: ClockView,
    pub timeline: Vec<TimelineLine>,
    /// Titles of what is still to come, from the applicant's side.
    pub next: Vec<String>,
    pub documents: Vec<DocumentLink>,
    pub offers: Vec<Offer>,
    /// What the applicant is asked to do now: title, words, until when.
    #[serde(default)]
    pub asked: Vec<(String, String, NaiveDate)>,
    /// What both sides wrote, oldest first.
    #[serde(default)]
    pub thread: Vec<Message>,
    /// Draft that answers the supplement notice, once opened.
    pub supplement_draft: Option<Uuid>,
    /// Printed on the receipt; shown to the applicant only.
    pub query_code: Option<String>,
    /// What was submitted, masked.
    pub submitted: Vec<SummaryPage>,
}

/// A person's or organisation's own page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MyPage {
    /// In whose name: the person or the organisation.
    pub name: String,
    pub organisation: bool,
    /// Cases that wait for the applicant: supplements asked for.
    pub waiting: Vec<(CaseLine, NaiveDate)>,
    pub drafts: Vec<DraftLine>,
    /// Drafts of others that wait for the person's signature.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_sign: Vec<SigningLine>,
    /// Finished, not rated yet.
    pub to_rate: Vec<CaseLine>,
    pub running: Vec<CaseLine>,
    pub finished: Vec<CaseLine>,
    pub certificates: Vec<CertificateLine>,
    pub messages: Vec<MessageLine>,
}

/// A station message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageLine {
    pub about: About,
    pub item_name: String,
    /// Name of the event it tells of, as [`Event::kind`]; or `draft_ends`.
    pub kind: String,
    pub at: DateTime<Utc>,
}

/// What a message is about, and leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Case(Uuid),
    /// A draft that ends on this day.
    Draft {
        code: String,
        draft: Uuid,
        ends: NaiveDate,
    },
    /// A draft to sign.
    Signature(Uuid),
}

/// The queue at the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueuePage {
    /// The clerk and the unit.
    pub account: Uuid,
    pub name: String,
    pub unit_name: String,
    pub lines: Vec<CaseLine>,
    /// Mine, waiting to be claimed, awaiting supplement: as many as their tabs list.
    pub mine: u32,
    pub unclaimed: u32,
    pub supplement: u32,
    /// Of these lines: red, yellow, green, stopped.
    pub lights: [u32; 4],
    pub next: Option<String>,
    /// Where the log stood: a page asks again when something newer lands.
    pub position: i64,
}

/// What the applicant takes away from a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    pub case: Uuid,
    pub number: String,
    /// Told once and printed on the receipt; absent after a supplement, which keeps the first one.
    pub query_code: Option<String>,
    /// What it was handed in as one of, where several matters were at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<Uuid>,
}

/// What was handed in at once (一件事), as its applicant sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JointPage {
    /// 开办餐饮店
    pub name: String,
    /// The one number of all of them.
    pub number: String,
    pub submitted_at: DateTime<Utc>,
    pub query_code: Option<String>,
    /// A case for each matter.
    pub lines: Vec<CaseLine>,
}

/// The same for anybody with number and query code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrackedJoint {
    pub name: String,
    pub number: String,
    pub submitted_at: DateTime<Utc>,
    pub lines: Vec<TrackedLine>,
}

/// One case of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrackedLine {
    pub number: String,
    pub item_name: String,
    pub unit_name: String,
    pub stage: Stage,
    pub due: Option<NaiveDate>,
}

/// What a number and its query code open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tracked {
    Case(Box<TrackPage>),
    Joint(TrackedJoint),
}

impl Tracked {
    /// The number it was asked for by.
    pub fn number(&self) -> &str {
        match self {
            Self::Case(page) => &page.number,
            Self::Joint(joint) => &joint.number,
        }
    }
}

/// A case as anybody with number and query code sees it (`/track`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrackPage {
    pub number: String,
    pub item_name: String,
    pub unit_name: String,
    pub stage: Stage,
    pub clock: ClockView,
    pub timeline: Vec<TimelineLine>,
}

/// A case on the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskCase {
    pub case: Case,
    pub clock: ClockView,
    pub node_title: Option<String>,
    pub node_duty: Option<String>,
    /// What the post at this stage ticks.
    pub checks: Vec<CheckItem>,
    pub submitted: Vec<SummaryPage>,
    pub files: Vec<FileLine>,
    pub timeline: Vec<TimelineLine>,
    pub documents: Vec<DocumentLink>,
    pub offers: Vec<Offer>,
    pub special_procedures: Vec<String>,
    /// What this node asks of the applicant: title, and suggested words.
    #[serde(default)]
    pub asks: Option<(String, String)>,
    /// Which law's words the buttons speak.
    pub manner: Manner,
    /// The answers among which the decision chooses, if this procedure has some.
    pub answers: Vec<AnswerKind>,
    /// The asker's own unsent opinion.
    pub note: String,
    pub site_check: bool,
    /// Colleagues who have it open, at the same node.
    pub colleagues: Vec<Colleague>,
    /// The nodes that are open at the same time (并联); empty where one follows the other. The page is drawn for the one of its case's stage.
    #[serde(default)]
    pub open: Vec<OpenStep>,
    /// What both sides wrote, oldest first.
    #[serde(default)]
    pub thread: Vec<Message>,
    /// Other cases of the same applicant, newest first.
    pub same_applicant: Vec<CaseLine>,
    /// What was handed in with it (一件事), wherever it lies.
    #[serde(default)]
    pub together: Vec<TrackedLine>,
    /// What the next likely act would make.
    pub preview: Option<DocumentKind>,
    /// Where a certificate is to end (注销): those that are found; nothing where none is to.
    #[serde(default)]
    pub to_end: Option<Vec<ToEnd>>,
}

/// A certificate that a grant would cancel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToEnd {
    pub name: String,
    pub number: String,
    pub holder: String,
}

/// One of several open nodes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenStep {
    pub node: String,
    pub title: String,
    pub unit_name: String,
    /// Who has it.
    pub assignee: Option<String>,
}

/// A file in a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileLine {
    pub id: Uuid,
    pub label: String,
    pub name: String,
    pub media_type: String,
    pub size: u64,
}

/// The clocks of a case, now.
pub fn clock(case: &Case, flow: &Flow, calendar: &Calendar, rule: LightRule, now: DateTime<Utc>) -> ClockView {
    let today = hall_day(now);
    let promised = case.promised(flow, calendar);
    let statutory = case.statutory(flow, calendar);
    let running = match &case.stage {
        Stage::PreReview => Some((case.received_on, flow.pre_review)),
        Stage::Granted | Stage::Issued => case.decision.as_ref().map(|d| (d.on, flow.delivery)),
        Stage::AwaitingSupplement { .. } | Stage::Handling { .. } | Stage::Suspended { .. } | Stage::Ended { .. } => None,
    };
    let own = running.map(|(from, limit)| Clock::new(from, limit).derive(calendar));
    let shown = match &case.stage {
        Stage::Handling { .. } | Stage::Suspended { .. } => promised.as_ref(),
        _ => own.as_ref(),
    };
    ClockView {
        left: shown.map(|d| d.remaining(today, calendar)),
        light: shown.map(|d| d.light(today, rule, calendar)),
        used: shown.map(|d| d.used(today)),
        due: case.due(flow, calendar),
        promised,
        statutory,
        today,
    }
}

/// Titles of the nodes that lie ahead on the way to a grant, in the flow's order.
pub fn ahead(case: &Case, flow: &Flow, english: bool) -> Vec<String> {
    let open: Vec<&str> = case.nodes().collect();
    let mut to_go: Vec<&Node> = match &case.stage {
        Stage::PreReview | Stage::AwaitingSupplement { .. } => flow.nodes.first().into_iter().collect(),
        Stage::Handling { .. } | Stage::Suspended { .. } => {
            open.iter().filter_map(|id| flow.after(flow.node(id)?, Outcome::Pass)).collect()
        }
        Stage::Granted | Stage::Issued | Stage::Ended { .. } => Vec::new(),
    };
    let mut ahead: Vec<&str> = Vec::new();
    while let Some(node) = to_go.pop() {
        if open.contains(&node.id.as_str()) || ahead.contains(&node.id.as_str()) {
            continue;
        }
        ahead.push(&node.id);
        to_go.extend(node.with.iter().filter_map(|id| flow.node(id)));
        to_go.extend(flow.after(node, Outcome::Pass));
    }
    let comes = |n: &&Node| ahead.contains(&n.id.as_str()) && !case.skips.contains(&n.id);
    flow.nodes.iter().filter(comes).map(|n| n.title_in(english)).collect()
}
