//! The state of a case: the fold of its events.

use super::branches::Place;
use super::event::{DeliveryWay, Event, JointRef, SiteCheck, SupplementItem};
use super::fee::Charge;
use super::flow::{Flow, NO_CERTIFICATE, Outcome};
use crate::clock::{self, Calendar, Clock, Derivation, Limit};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The version of the procedure a case is judged by, for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureRef {
    pub code: String,
    pub version: i64,
}

/// In whose name the case runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    pub party: Uuid,
    pub organisation: bool,
    pub name: String,
    /// The person who filed for somebody else.
    pub agent: Option<String>,
    pub account: Uuid,
}

/// Where a case stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// 待预审: submitted, the window has not answered.
    PreReview,
    /// 补正告知: the applicant has until this day.
    AwaitingSupplement {
        until: NaiveDate,
    },
    /// 办理中: at a node.
    Handling {
        node: String,
    },
    /// 特别程序中: at a node, the clock stopped.
    Suspended {
        node: String,
    },
    /// 准予, not yet issued.
    Granted,
    /// 已制证, on its way to the holder.
    Issued,
    Ended {
        how: Ending,
    },
}

impl Stage {
    /// The name in rows and filters.
    pub fn name(&self) -> &'static str {
        match self {
            Self::PreReview => "pre_review",
            Self::AwaitingSupplement { .. } => "awaiting_supplement",
            Self::Handling { .. } => "handling",
            Self::Suspended { .. } => "suspended",
            Self::Granted => "granted",
            Self::Issued => "issued",
            Self::Ended { .. } => "ended",
        }
    }

    /// The node the case is at, if any.
    pub fn node(&self) -> Option<&str> {
        match self {
            Self::Handling { node } | Self::Suspended { node } => Some(node),
            Self::PreReview | Self::AwaitingSupplement { .. } | Self::Granted | Self::Issued | Self::Ended { .. } => None,
        }
    }
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    Delivered,
    Refused,
    NotAccepted,
    Withdrawn,
    /// 补正不来办结.
    SupplementLapsed,
}

impl Ending {
    /// The name in rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Refused => "refused",
            Self::NotAccepted => "not_accepted",
            Self::Withdrawn => "withdrawn",
            Self::SupplementLapsed => "supplement_lapsed",
        }
    }
}

/// When the legal clock began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    pub on: NaiveDate,
    /// Accepted by silence (第三十二条), not by notice.
    pub deemed: bool,
}

/// One round of asking for papers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupplementRound {
    pub items: Vec<SupplementItem>,
    pub asked_at: DateTime<Utc>,
    pub until: NaiveDate,
    pub answered_at: Option<DateTime<Utc>>,
    /// Reason on record for asking a second time; counted.
    pub again: Option<String>,
}

/// A stretch of excluded time (第四十五条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    pub procedure: String,
    pub reason: String,
    pub expected_days: u32,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub result: Option<String>,
}

/// Who has the case on the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignee {
    pub account: Uuid,
    pub name: String,
}

/// A node that was gone through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepDone {
    pub node: String,
    pub outcome: Outcome,
    pub opinion: String,
    pub by: Assignee,
    pub at: DateTime<Utc>,
    pub site_check: Option<SiteCheck>,
}

/// 决定.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub granted: bool,
    pub reason: String,
    pub on: NaiveDate,
    /// Which of the procedure's answers was given, where it has some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
}

/// 送达.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub way: DeliveryWay,
    pub recipient: String,
    pub at: DateTime<Utc>,
}

/// 评价 (好差评: 5 is best).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    pub stars: u8,
    pub tags: Vec<String>,
    pub at: DateTime<Utc>,
}

/// An organisation unit in which a case lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    pub unit: Uuid,
    pub name: String,
}

/// What the applicant has been asked to do, at an open node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub node: String,
    pub words: String,
    pub until: NaiveDate,
}

/// A case as its events leave it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    pub id: Uuid,
    pub number: String,
    pub procedure: ProcedureRef,
    pub item_name: String,
    pub situation: Option<String>,
    /// The office where the case lies now.
    pub unit: Uuid,
    pub unit_name: String,
    /// The offices where it lay before, first the one that received it; empty while it never moved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Office>,
    pub applicant: Applicant,
    pub submitted_at: DateTime<Utc>,
    /// Day the papers in force were received; a supplement moves it (the five days run anew).
    pub received_on: NaiveDate,
    /// Nodes of the flow that the answers in force make needless.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skips: Vec<String>,
    /// What it was handed in with (一件事).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<JointRef>,
    /// What the answers in force cost, as it was worked out when they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<Vec<Charge>>,
    pub stage: Stage,
    pub assignee: Option<Assignee>,
    /// The other nodes that are open at the same time; empty where one follows the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<Place>,
    /// What the applicant is asked to do now; it is done with when its node is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Asked>,
    pub acceptance: Option<Acceptance>,
    pub supplements: Vec<SupplementRound>,
    pub suspensions: Vec<Suspension>,
    /// Working days added by an approved extension.
    pub extension: Option<u32>,
    pub steps: Vec<StepDone>,
    pub decision: Option<Decision>,
    pub certificate: Option<(Uuid, String)>,
    pub delivery: Option<Delivery>,
    pub rating: Option<Rating>,
    /// Number of the answers in force, from 1.
    pub revision: i64,
    /// Events folded so far; the sequence of the next is `version + 1`.
    pub version: i64,
}

impl Case {
    /// The first event makes the case.
    pub fn open(id: Uuid, filing: &Filing, at: DateTime<Utc>) -> Self {
        Self {
            id,
            number: filing.number.clone(),
            procedure: ProcedureRef { code: filing.procedure.clone(), version: filing.procedure_version },
            item_name: filing.item_name.clone(),
            situation: filing.situation.clone(),
            unit: filing.unit,
            unit_name: filing.unit_name.clone(),
            before: Vec::new(),
            applicant: Applicant {
                party: filing.party,
                organisation: filing.organisation,
                name: filing.applicant_name.clone(),
                agent: filing.agent_name.clone(),
                account: filing.account,
            },
            submitted_at: at,
            received_on: filing.received_on,
            skips: filing.skips.clone(),
            joint: filing.joint.clone(),
            fees: filing.fees.clone(),
            stage: Stage::PreReview,
            assignee: None,
            beside: Vec::new(),
            asked: Vec::new(),
            acceptance: None,
            supplements: Vec::new(),
            suspensions: Vec::new(),
            extension: None,
            steps: Vec::new(),
            decision: None,
            certificate: None,
            delivery: None,
            rating: None,
            revision: 1,
            version: 1,
        }
    }

    /// Fold one more event. Events were checked when they were decided, so folding cannot fail.
    pub fn apply(mut self, event: &Event, at: DateTime<Utc>, flow: &Flow) -> Self {
        match event {
            // a stream opens once; a second opening changes nothing
            Event::Submitted(_) => {}
            Event::Claimed { account, name, node } => {
                *self.holder(node.as_deref()) = Some(Assignee { account: *account, name: name.clone() });
            }
            Event::Released { node } => *self.holder(node.as_deref()) = None,
            Event::SupplementAsked { items, until, again } => {
                self.supplements.push(SupplementRound {
                    items: items.clone(),
                    asked_at: at,
                    until: *until,
                    answered_at: None,
                    again: again.clone(),
                });
                self.stage = Stage::AwaitingSupplement { until: *until };
            }
            Event::Supplemented { received_on, skips, fees, .. } => {
                self.skips.clone_from(skips);
                self.fees.clone_from(fees);
                if let Some(round) = self.supplements.last_mut() {
                    round.answered_at = Some(at);
                }
                self.received_on = *received_on;
                self.revision += 1;
                self.stage = Stage::PreReview;
            }
            Event::SupplementLapsed => self.end(Ending::SupplementLapsed),
            Event::Accepted { on } => self.accept(*on, false, flow),
            Event::DeemedAccepted { on } => self.accept(*on, true, flow),
            Event::NotAccepted { .. } => self.end(Ending::NotAccepted),
            Event::Suspended { procedure, reason, expected_days, from } => {
                self.suspensions.push(Suspension {
                    procedure: procedure.clone(),
                    reason: reason.clone(),
                    expected_days: *expected_days,
                    from: *from,
                    to: None,
                    result: None,
                });
                if let Stage::Handling { node } = &self.stage {
                    self.stage = Stage::Suspended { node: node.clone() };
                }
            }
            Event::Resumed { to, result } => {
                if let Some(s) = self.suspensions.last_mut() {
                    s.to = Some(*to);
                    s.result = Some(result.clone());
                }
                if let Stage::Suspended { node } = &self.stage {
                    self.stage = Stage::Handling { node: node.clone() };
                }
            }
            Event::Extended { days, .. } => self.extension = Some(*days),
            Event::NodeDone { node, outcome, opinion, account, name, site_check, to } => {
                self.steps.push(StepDone {
                    node: node.clone(),
                    outcome: *outcome,
                    opinion: opinion.clone(),
                    by: Assignee { account: *account, name: name.clone() },
                    at,
                    site_check: site_check.clone(),
                });
                self.leave(node, *outcome, to.as_deref(), flow);
                let open: Vec<String> = self.nodes().filter(|open| open != node).map(str::to_owned).collect();
                self.asked.retain(|asked| open.contains(&asked.node));
            }
            Event::Asked { node, words, until } => {
                self.asked.retain(|asked| &asked.node != node);
                self.asked.push(Asked { node: node.clone(), words: words.clone(), until: *until });
            }
            Event::HandedOver { unit, unit_name, node } => {
                let office = Office { unit: *unit, name: unit_name.clone() };
                match self.beside.iter_mut().find(|p| Some(&p.node) == node.as_ref()) {
                    Some(place) => place.office = office,
                    None => self.lie_in(office),
                }
            }
            Event::Decided { granted, reason, on, answer } => {
                self.decision = Some(Decision { granted: *granted, reason: reason.clone(), on: *on, answer: answer.clone() });
                self.assignee = None;
                match (*granted, &flow.result.certificate) {
                    (true, Some(_)) if !self.ends_certificate() => self.stage = Stage::Granted,
                    // nothing to make: the decision itself is what is handed out
                    (true, Some(_) | None) => self.stage = Stage::Issued,
                    (false, _) => self.end(Ending::Refused),
                }
            }
            Event::CertificateIssued { id, number, .. } => {
                self.certificate = Some((*id, number.clone()));
                self.stage = Stage::Issued;
            }
            Event::Delivered { way, recipient, .. } => {
                self.delivery = Some(Delivery { way: *way, recipient: recipient.clone(), at });
                self.end(Ending::Delivered);
            }
            Event::Withdrawn { .. } => self.end(Ending::Withdrawn),
            Event::Rated { stars, tags, .. } => {
                self.rating = Some(Rating { stars: *stars, tags: tags.clone(), at });
            }
        }
        self.version += 1;
        self
    }

    /// Whether what is applied for is that a certificate ends (注销), and not a certificate.
    pub fn ends_certificate(&self) -> bool {
        self.skips.iter().any(|skip| skip == NO_CERTIFICATE)
    }

    fn accept(&mut self, on: NaiveDate, deemed: bool, flow: &Flow) {
        self.acceptance = Some(Acceptance { on, deemed });
        self.assignee = None;
        if let Some(first) = flow.nodes.first().and_then(|n| flow.onward(&n.id, &self.skips)) {
            self.go(&first.id, flow);
        }
    }

    fn end(&mut self, how: Ending) {
        for place in std::mem::take(&mut self.beside) {
            self.remember(place.office);
        }
        self.asked.clear();
        self.assignee = None;
        self.stage = Stage::Ended { how };
    }

    /// The promised clock and the law's clock since acceptance; `None` before it or without a limit.
    pub fn clock(&self, limit: Option<Limit>) -> Option<Clock> {
        let acceptance = self.acceptance.as_ref()?;
        Some(Clock {
            from: acceptance.on,
            limit: limit?,
            suspensions: self
                .suspensions
                .iter()
                .map(|s| clock::Suspension { from: s.from, to: s.to, reason: s.procedure.clone() })
                .collect(),
            extension: self.extension,
        })
    }

    /// The promise, day by day.
    pub fn promised(&self, flow: &Flow, calendar: &Calendar) -> Option<Derivation> {
        self.clock(flow.promised).map(|c| c.derive(calendar))
    }

    /// The law's limit, day by day.
    pub fn statutory(&self, flow: &Flow, calendar: &Calendar) -> Option<Derivation> {
        self.clock(flow.statutory).map(|c| c.derive(calendar))
    }

    /// The day on which a timer must act if nobody does: silence accepts, an unanswered supplement lapses.
    pub fn act_by(&self, flow: &Flow, calendar: &Calendar) -> Option<NaiveDate> {
        match &self.stage {
            Stage::PreReview if !flow.silence_accepts => None,
            Stage::PreReview => Clock::new(self.received_on, flow.notice).derive(calendar).due,
            Stage::AwaitingSupplement { until } => Some(*until),
            Stage::Handling { .. } | Stage::Suspended { .. } | Stage::Granted | Stage::Issued | Stage::Ended { .. } => None,
        }
    }

    /// The day the open step is due by whatever clock runs now: pre-review, supplement, promise or delivery.
    pub fn due(&self, flow: &Flow, calendar: &Calendar) -> Option<NaiveDate> {
        let from = |day: NaiveDate, limit: Limit| Clock::new(day, limit).derive(calendar).due;
        match &self.stage {
            Stage::PreReview => from(self.received_on, flow.pre_review),
            Stage::AwaitingSupplement { until } => Some(*until),
            Stage::Handling { .. } | Stage::Suspended { .. } => self.promised(flow, calendar).and_then(|d| d.due),
            Stage::Granted | Stage::Issued => self.decision.as_ref().and_then(|d| from(d.on, flow.delivery)),
            Stage::Ended { .. } => None,
        }
    }

    /// The office that received the application.
    pub fn intake(&self) -> Office {
        self.before.first().cloned().unwrap_or_else(|| Office { unit: self.unit, name: self.unit_name.clone() })
    }

    /// The units in which the case lies now: more than one only while branches run.
    pub fn lies_in(&self) -> impl Iterator<Item = Uuid> {
        std::iter::once(self.unit).chain(self.beside.iter().map(|p| p.office.unit))
    }

    /// The units in which the case lies or lay: their staff may look; who may act, each open node says.
    pub fn units(&self) -> impl Iterator<Item = Uuid> {
        self.lies_in().chain(self.before.iter().map(|o| o.unit))
    }

    /// Post that holds the next duty.
    pub fn post<'f>(&self, flow: &'f Flow) -> Option<&'f str> {
        match &self.stage {
            Stage::PreReview | Stage::Granted | Stage::Issued => Some(&flow.window),
            Stage::Handling { node } | Stage::Suspended { node } => flow.node(node).map(|n| n.post.as_str()),
            Stage::AwaitingSupplement { .. } | Stage::Ended { .. } => None,
        }
    }
}

use super::event::Filing;
