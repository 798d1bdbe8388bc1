//! Cases: submitting, handling, following.

mod desk;
mod documents;
mod mine;
mod record;
mod standing;
mod submit;
mod thread;
mod timers;
mod track;

pub(crate) use desk::act_in;
pub use desk::{QueueFilter, QueueTab, act, desk_case, desk_case_at, full, here, preview_event, queue, save_note};
pub use documents::{DocumentBody, Typesetter, document, preview, typeset_wanted};
pub(crate) use documents::{issuer, query_code};
pub use mine::{case_page, my, my_cases, open_supplement, rate, withdraw};
pub(crate) use mine::{line, offices, open_supplement_in, rate_in, supplement_items, withdraw_in};
pub(crate) use record::{load, loaded};
pub use submit::submit;
pub(crate) use submit::{answers_of, hand_in, hand_in_with, query_code_hash, receiver};
pub use thread::{answer, settle, write};
pub(crate) use timers::let_time_pass_in;
pub use timers::timers;
pub use track::track;
