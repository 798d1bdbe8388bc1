//! Filling in a form: one page per subject, a task list, errors beside the fields, a summary before sending.
//!
//! Everything is plain HTML and works as such. Once the page is awake [`live::Live`] reads what is typed (never writes it)
//! to show and hide questions and to tell what is wrong as soon as a field is left, with the same rules as the server.

pub mod api;
mod bench;
mod charges;
mod check;
mod choice;
mod conditions;
mod control;
mod eligible;
mod entry;
mod field;
mod files;
mod live;
mod locate;
mod lookup;
mod origin;
mod page;
mod read;
mod said;
mod send;
mod signature;
mod signers;
mod tasks;
#[cfg(all(test, feature = "ssr"))]
mod tests;
mod under_way;
mod updated;

pub use bench::{BenchPage, FormsPage, PreviewPage};
pub use charges::Charges;
pub use check::DraftCheck;
pub use conditions::{Conditions, judged};
pub use eligible::EligiblePage;
pub use page::DraftForm;
pub use said::{SummaryPanels, answer_view, answer_words};
pub use signers::changes;
pub use tasks::{Step, address, check_address, page_title};
pub use under_way::UnderWay;
pub use updated::Updated;
