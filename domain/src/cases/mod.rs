//! A case: whatever a named office must answer by a time (design §1.1).
//!
//! `decide(case, command) -> events`; a case's state is the fold of its events; `may` draws the buttons and guards
//! the server alike.

mod act;
mod branches;
mod case;
mod decide;
pub mod documents;
mod event;
mod fee;
mod flow;
mod flow_faults;
mod intake;
mod thread;
mod validity;
pub mod view;

pub use crate::identity::numbers::CaseNumber;
pub use act::{Act, Doer, Offer, Why, may, offers};
pub use branches::Place;
pub use case::{
    Acceptance, Applicant, Asked, Assignee, Case, Decision, Delivery, Ending, Office, ProcedureRef, Rating, Stage, StepDone,
    SupplementRound, Suspension,
};
pub use decide::{Command, begin, decide};
pub use event::{DeliveryWay, Event, Filing, JointRef, NonAcceptance, Signed, SiteCheck, SupplementItem};
pub use fee::{Charge, FeeRule};
pub use flow::{
    AnswerKind, Asks, CertificateFact, CertificateKind, CheckItem, ClockFrom, Edge, Flow, Manner, Node, NodeKind, Outcome,
    Payment, ResultKind, Target,
};
pub use intake::{Intake, Route};
pub use thread::{LONGEST_MESSAGE, MOST_UNANSWERED, Message};
pub use validity::Validity;
