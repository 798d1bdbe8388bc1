//! Why a page cannot be shown: something a person can be told, or something we must mend.

use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use serde::{Deserialize, Serialize};

/// What a reading server function answers instead of data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "failure", rename_all = "snake_case")]
pub enum Failure {
    /// Said to the person, in `words`.
    Refused { refusal: Refusal },
    /// Logged once on the server under this ticket.
    Broken { ticket: String },
    /// The answer did not come or could not be read: a bad line, or a page older than the server.
    Unreachable,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused { refusal }
    }
}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        tracing::warn!(%error, "a page's question could not be answered");
        let _ = error;
        Self::Unreachable
    }
}

impl Failure {
    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused { refusal } => match refusal {
                Refusal::NotFound { .. } => 404,
                Refusal::SignInFirst | Refusal::NotKept => 401,
                Refusal::TooOften { .. } | Refusal::Locked { .. } => 429,
                Refusal::Stale
                | Refusal::SignatureStale
                | Refusal::NotOnBench
                | Refusal::FormChanged { .. }
                | Refusal::KeyCrossed => 409,
                Refusal::DraftExpired { .. } => 410,
                Refusal::ForeignOrigin | Refusal::OnlyLooks => 403,
                Refusal::WrongPassword { .. }
                | Refusal::NotNow { .. }
                | Refusal::FormHasProblems { .. }
                | Refusal::NotEligible { .. }
                | Refusal::DeclarationMissing { .. }
                | Refusal::SignatureMissing { .. }
                | Refusal::NotToSign
                | Refusal::TooManyDrafts { .. }
                | Refusal::TooManyKeys { .. }
                | Refusal::NotOnline { .. }
                | Refusal::WrongAudience { .. }
                | Refusal::NothingSaid { .. }
                | Refusal::SaidTooMuch { .. }
                | Refusal::ImpossibleDate { .. }
                | Refusal::PeriodOver { .. }
                | Refusal::TwoStaff
                | Refusal::SamePerson
                | Refusal::ThreadClosed
                | Refusal::Unanswered { .. }
                | Refusal::NoSuchChoice { .. }
                | Refusal::FileTooLarge { .. }
                | Refusal::FileKind { .. }
                | Refusal::FileEmpty { .. }
                | Refusal::TooManyFiles { .. }
                | Refusal::FileCutShort
                | Refusal::Unbuilt { .. }
                | Refusal::FormUnsound { .. }
                | Refusal::FormUnread { .. }
                | Refusal::TableUnread { .. }
                | Refusal::KeyMissing
                | Refusal::Unreadable { .. } => 422,
            },
            Self::Broken { .. } => 500,
            Self::Unreachable => 503,
        }
    }
}
