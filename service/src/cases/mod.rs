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

pub use desk::{QueueFilter, QueueTab, act, desk_case, desk_case_at, full, here, preview_event, queue, save_note};
pub(crate) use documents::issuer;
pub use documents::{DocumentBody, Typesetter, document, preview, typeset_wanted};
pub(crate) use mine::supplement_items;
pub use mine::{case_page, my, open_supplement, rate, withdraw};
pub(crate) use submit::answers_of;
pub use submit::submit;
pub use thread::{answer, settle, write};
pub use timers::timers;
pub use track::track;
