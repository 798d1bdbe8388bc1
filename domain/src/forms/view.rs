//! What pages show of a draft.

use super::{Answers, Change, Changed, Drawn, Form, PageState, Problem, Reason, SummaryPage};
use crate::cases::{Charge, SupplementItem};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// An earlier case that a new draft may begin from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierLine {
    pub case: Uuid,
    pub number: String,
    pub situation: Option<String>,
    /// When it was handed in.
    pub on: NaiveDate,
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    pub id: Uuid,
    pub code: String,
    pub item_name: String,
    /// Name of the applicant and situation, as far as known.
    pub title: String,
    pub done: u32,
    pub pages: u32,
    pub saved_at: DateTime<Utc>,
    /// Kept until this day.
    pub expires_on: NaiveDate,
    /// It answers a supplement notice of this case.
    pub case: Option<Uuid>,
}

/// A draft, opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPage {
    pub id: Uuid,
    pub code: String,
    pub item_name: String,
    pub title: String,
    pub form: Form,
    pub answers: Answers,
    /// Pages that are asked, in order, with their state.
    pub states: Vec<(String, PageState)>,
    /// Pages that the person has tried to finish: their problems are shown.
    pub tried: Vec<String>,
    /// Problems of every page, in page order.
    pub problems: Vec<Problem>,
    pub saved_at: DateTime<Utc>,
    pub expires_on: NaiveDate,
    /// Rules are judged by this day.
    pub today: NaiveDate,
    /// Set when this draft answers a supplement notice.
    pub case: Option<Uuid>,
    pub supplement: Vec<SupplementItem>,
    /// The form was updated since the draft was begun, and the person has not said yet that they saw how.
    pub changes: Option<Vec<Change>>,
    /// Who will receive it, once everything is answered; nothing of a supplement, which goes where its case lies.
    #[serde(default)]
    pub receiving: Option<Receiving>,
    /// What it costs, once everything is answered: none when it is free, nothing where only the office can say.
    #[serde(default)]
    pub fees: Option<Vec<Charge>>,
    /// Who has to sign it besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signers: Vec<SignerLine>,
    /// Comes back with the page.
    pub drawn: Drawn,
    /// Key for submitting once; made with the draft, so that a page reloaded sends the same.
    pub key: String,
}

/// The office that will receive an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receiving {
    pub office: String,
    /// The answers that make it this one; none where it is always the same, or where nothing else fits.
    pub because: Vec<Reason>,
}

/// What anybody may try before they begin: whether the conditions of an item hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EligiblePage {
    pub code: String,
    pub item_name: String,
    /// Just the questions the conditions rest on.
    pub form: Form,
    pub today: NaiveDate,
    /// Whether it can be filed here.
    pub online: bool,
}

impl Form {
    /// The situation (情形) that these answers choose, in words.
    pub fn situation(&self, answers: &Answers) -> Option<String> {
        let chosen = answers.one(self.situations.as_deref()?);
        self.situation_options()?.iter().find(|o| o.value == chosen).map(|o| o.label.clone())
    }

    /// The English of a situation that was chosen once.
    pub fn situation_in_english(&self, label: &str) -> Option<&str> {
        self.situation_options()?.iter().find(|o| o.label == label).map(|o| o.label_en.as_str())
    }

    fn situation_options(&self) -> Option<&[super::Choice]> {
        Some(self.place(self.situations.as_deref()?)?.field.kind.options())
    }
}

/// How it stands with one who has to sign a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignerState {
    /// Whoever hands it in is meant: they sign by that.
    Own,
    NotAsked,
    /// Asked; the id is part of the address of the page on which they sign.
    Asked {
        until: NaiveDate,
        id: Uuid,
    },
    Signed {
        at: DateTime<Utc>,
    },
    /// Signed, and then the answers were changed.
    Void {
        changed: Vec<Changed>,
    },
    Returned {
        words: String,
    },
}

/// One who has to sign a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignerLine {
    pub key: String,
    pub name: String,
    pub state: SignerState,
}

/// A draft that waits for the asker's signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningLine {
    pub id: Uuid,
    pub item_name: String,
    /// In whose name it is filled in.
    pub by: String,
    pub until: NaiveDate,
}

/// What somebody reads before they sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningPage {
    pub line: SigningLine,
    /// As whom they sign.
    pub name: String,
    pub confirms: String,
    pub confirms_en: String,
    pub pages: Vec<SummaryPage>,
    /// What changed since they signed the last time; `None` when they never did.
    pub changed: Option<Vec<Changed>>,
    /// Fingerprint of what the page shows: only that is signed.
    pub hash: String,
}

impl DraftPage {
    /// Whether a signature is given that a change would make void.
    pub fn is_signed(&self) -> bool {
        self.signers.iter().any(|signer| matches!(signer.state, SignerState::Signed { .. }))
    }
}
