//! Forms: what is asked, what was answered, what is still wrong. The same code marks a field red in the browser and
//! decides on the server.
//!
//! A [`Form`] is data. [`Answers`] are what a browser sent, kept as typed. [`Reading`] lays one over the other for a given
//! day: what is asked at all, and what each answer means. Everything else — [`validate`], [`summary`], [`page_state`],
//! [`settle`], [`materials_needed`] — reads that. A [`Filling`] carries it from keystroke to keystroke.

mod absorb;
mod acts;
mod answers;
mod because;
mod check;
mod compare;
pub mod design;
mod eligibility;
mod explain;
mod expression;
mod fault;
mod filling;
mod form;
mod form_faults;
pub mod joint;
mod json_schema;
mod kind;
pub mod listed;
mod materials;
mod merge;
mod message;
mod nested;
mod normalise;
mod page_state;
mod plan;
mod prefill;
mod read;
mod reading;
mod sample;
mod settle;
mod signing;
mod summary;
#[cfg(test)]
mod tests;
mod unusual;
mod validate;
pub mod view;

pub use absorb::{Absorbed, absorb, absorb_declarations};
pub use acts::PageAct;
pub use answers::{Answers, FileNote, MOST_ROWS, element_id, field_name, is_row_id, key, rows_name, split_key};
pub use because::Reason;
pub use compare::{Change, compare};
pub use eligibility::{Criterion, Instead, Judged, Verdict, Weight, barred};
pub use expression::{Env, Expr, Named, Names, Number, ParseFault, Row, Type, Value, iso_date};
pub use fault::{Ask, Entry, Fault, NumberKind, Problem};
pub use filling::Filling;
pub use form::{Block, Check, Declaration, Field, Form, Group, Page, Place, Prefill, in_language};
pub use form_faults::FormFault;
pub use json_schema::json_schema;
pub use kind::{Choice, FileType, Kind, Shape, Uploads};
pub use materials::{Asked, Have, MaterialState, materials_needed};
pub use merge::{Drawn, choose, merge};
pub use nested::{Astray, Stray, file_key, file_place, nested, pointer, take_nested};
pub use page_state::{PageState, page_state};
pub use prefill::prefill;
pub use reading::{Reading, Visit};
pub use sample::{Said, Sample, Samples};
pub use settle::{digest, fingerprint, settle};
pub use signing::{Changed, Signatory, SignedBy, Signer, changed, signers, substance};
pub use summary::{Shown, SummaryEntry, SummaryPage, masked, summary, unmasked};
pub use unusual::unusual;
pub use validate::{ready, validate, validate_field, validate_page};
