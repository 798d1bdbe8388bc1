//! Refused or broken: the two ways an act can fail.

use domain::Refusal;
use domain::refusal::Thing;
use std::fmt;
use store::{StoreFault, WorthRetrying};

/// The outcome of an act.
pub type Answer<T> = Result<T, Fault>;

/// Why there is no answer.
#[derive(Debug)]
pub enum Fault {
    /// A person can mend it.
    Refused(Refusal),
    /// Only we can.
    Broken(Broken),
    /// The database asked to try again; [`store::retry`] does, and gives up as broken.
    Busy(StoreFault),
}

/// Something we must fix. Logged once, here; the person gets the ticket number.
#[derive(Clone, Debug)]
pub struct Broken {
    /// `T-` and eight characters, to be read out on the telephone.
    pub ticket: String,
    /// The disk is full: another status, another sentence.
    pub full: bool,
}

impl Broken {
    /// Log what happened and give it a number.
    pub fn new(what: &dyn fmt::Display) -> Self {
        let ticket = ticket();
        tracing::error!(%ticket, "{what}");
        Self { ticket, full: false }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "refused: {refusal:?}"),
            Self::Broken(broken) => write!(f, "broken: {}", broken.ticket),
            Self::Busy(fault) => write!(f, "busy: {fault}"),
        }
    }
}

impl std::error::Error for Fault {}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreFault> for Fault {
    fn from(fault: StoreFault) -> Self {
        if fault.worth_retrying() {
            return Self::Busy(fault);
        }
        match fault {
            StoreFault::BadCursor => Self::Refused(Refusal::NotFound { thing: Thing::Page }),
            // somebody else wrote the next event of the same stream first
            StoreFault::Taken => Self::Refused(Refusal::Stale),
            other => {
                let full = matches!(other, StoreFault::Full(_));
                Self::Broken(Broken { full, ..Broken::new(&other) })
            }
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(fault: serde_json::Error) -> Self {
        Self::Broken(Broken::new(&fault))
    }
}

impl WorthRetrying for Fault {
    fn worth_retrying(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl Fault {
    /// A fault of ours, in words for the log.
    pub fn broken(what: impl fmt::Display) -> Self {
        Self::Broken(Broken::new(&what))
    }

    /// Not found, or not yours to know.
    pub fn missing(thing: Thing) -> Self {
        Self::Refused(Refusal::NotFound { thing })
    }
}

/// Letters that cannot be mistaken for one another when read aloud.
pub(crate) const CLEAR: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// `n` random clear characters.
pub(crate) fn clear_text(n: usize) -> String {
    random_bytes(n).iter().map(|b| char::from(CLEAR[usize::from(b % 32)])).collect()
}

/// Random bytes from the operating system.
#[expect(clippy::disallowed_methods, reason = "the one place in this crate that draws secrets")]
pub(crate) fn random_bytes(n: usize) -> Vec<u8> {
    use rand::Rng as _;
    let mut bytes = vec![0; n];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

fn ticket() -> String {
    format!("T-{}", clear_text(8))
}
