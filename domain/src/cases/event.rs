//! What happened to a case. Events are never edited; a new meaning is a new version read through an upcast.

use super::fee::Charge;
use super::flow::Outcome;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Facts of a filing, known at submission.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filing {
    pub number: String,
    pub procedure: String,
    pub procedure_version: i64,
    pub item_name: String,
    pub situation: Option<String>,
    pub unit: Uuid,
    pub unit_name: String,
    pub party: Uuid,
    pub organisation: bool,
    pub applicant_name: String,
    pub agent_name: Option<String>,
    pub account: Uuid,
    /// SHA-256 of the canonical answers, hex. The answers themselves rest sealed.
    pub answers_hash: String,
    /// The day the papers count as received (`domain.md` §3.3).
    pub received_on: NaiveDate,
    /// Nodes of the flow that the answers make needless.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skips: Vec<String>,
    /// What it was handed in with, where several matters were at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joint: Option<JointRef>,
    /// What it costs by the tariff of that day, where the flow says so; none when it is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<Vec<Charge>>,
    /// Who signed besides whoever handed it in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signed>,
}

/// Several matters handed in at once (一件事): one number for the person, a case for each office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JointRef {
    pub id: Uuid,
    /// The one number of them all.
    pub number: String,
    /// What the bundle is called: 开办餐饮店.
    pub name: String,
}

/// Somebody's signature over what was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub name: String,
    pub account: Uuid,
    pub at: DateTime<Utc>,
    /// Fingerprint of what they signed.
    pub hash: String,
}

/// One thing the applicant must send (第三十二条: once, everything).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementItem {
    pub check: String,
    pub name: String,
    pub what_is_wrong: String,
    pub how_to_mend: String,
}

/// Why an application is not accepted (第三十二条第一款第一、二项).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "snake_case")]
pub enum NonAcceptance {
    /// 不需要取得行政许可: no permit is needed.
    NoPermitNeeded,
    /// 不属于本机关职权范围: another agency answers; it is named.
    NotOurs { agency: String },
    /// Another ground of the item's law, in words.
    Other,
}

/// What two or more staff saw on the spot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteCheck {
    pub on: NaiveDate,
    pub staff: Vec<String>,
    pub findings: String,
}

/// How the result reaches its holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryWay {
    /// Electronic only: in 我的证照 from the moment of issue.
    Electronic,
    Window,
    Post,
}

/// An event of a case's stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    Submitted(Box<Filing>),
    Claimed {
        account: Uuid,
        name: String,
        /// Which of the open nodes, where several are (并联).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        node: Option<String>,
    },
    Released {
        /// As with [`Event::Claimed`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        node: Option<String>,
    },
    SupplementAsked {
        items: Vec<SupplementItem>,
        until: NaiveDate,
        again: Option<String>,
    },
    Supplemented {
        answers_hash: String,
        received_on: NaiveDate,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        skips: Vec<String>,
        /// As in [`Filing`]: other answers may cost otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fees: Option<Vec<Charge>>,
    },
    SupplementLapsed,
    Accepted {
        on: NaiveDate,
    },
    /// Nothing was said in time: accepted from the day the papers came (第三十二条第一款第四项).
    DeemedAccepted {
        on: NaiveDate,
    },
    NotAccepted {
        ground: NonAcceptance,
        reason: String,
    },
    Suspended {
        procedure: String,
        reason: String,
        expected_days: u32,
        from: NaiveDate,
    },
    Resumed {
        to: NaiveDate,
        result: String,
    },
    Extended {
        days: u32,
        reason: String,
    },
    /// The applicant is asked to do something while the case is at a node.
    Asked {
        node: String,
        words: String,
        until: NaiveDate,
    },
    NodeDone {
        node: String,
        outcome: Outcome,
        opinion: String,
        account: Uuid,
        name: String,
        site_check: Option<SiteCheck>,
        /// Where it went: a node id, or nothing when a decision follows. Where branches meet it waits for the others.
        to: Option<String>,
    },
    /// The next node is another office's: the case lies there now (上下联审).
    HandedOver {
        unit: Uuid,
        unit_name: String,
        /// A node open beside the others (并联): that office looks at the same time, and the rest stays where it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        node: Option<String>,
    },
    Decided {
        granted: bool,
        reason: String,
        on: NaiveDate,
        /// Which of the procedure's answers was given, where it has some.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<String>,
    },
    CertificateIssued {
        id: Uuid,
        number: String,
        mark: String,
        valid_until: Option<NaiveDate>,
    },
    Delivered {
        way: DeliveryWay,
        recipient: String,
        note: String,
    },
    Withdrawn {
        reason: String,
    },
    Rated {
        stars: u8,
        tags: Vec<String>,
        has_words: bool,
    },
}

impl Event {
    /// The name under which the event is stored.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Submitted(_) => "submitted",
            Self::Claimed { .. } => "claimed",
            Self::Released { .. } => "released",
            Self::SupplementAsked { .. } => "supplement_asked",
            Self::Supplemented { .. } => "supplemented",
            Self::SupplementLapsed => "supplement_lapsed",
            Self::Accepted { .. } => "accepted",
            Self::DeemedAccepted { .. } => "deemed_accepted",
            Self::NotAccepted { .. } => "not_accepted",
            Self::Suspended { .. } => "suspended",
            Self::Resumed { .. } => "resumed",
            Self::Extended { .. } => "extended",
            Self::Asked { .. } => "asked",
            Self::NodeDone { .. } => "node_done",
            Self::HandedOver { .. } => "handed_over",
            Self::Decided { .. } => "decided",
            Self::CertificateIssued { .. } => "certificate_issued",
            Self::Delivered { .. } => "delivered",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Rated { .. } => "rated",
        }
    }
}
