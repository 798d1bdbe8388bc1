//! The parts pages are made of (look.md, "Parts"): one component each, the markup of the mock-ups.

mod beside;
mod clock;
mod crumbs;
mod enhance;
mod errors;
mod field;
mod focus;
mod footer;
mod frame;
mod header;
mod look_up;
mod marks;
mod pager;
mod shapes;
mod summary;
mod timeline;
mod trouble;

pub(crate) use beside::control_of;
pub use beside::{Beside, described};
pub use clock::{ClockPanel, Picture as ClockPicture};
pub use crumbs::Crumbs;
pub(crate) use enhance::Sending;
pub use enhance::{Enhance, Problem, opens_elsewhere};
pub use errors::{ErrorLine, ErrorSummary, title_with};
pub use field::{Check, Field, FormShell};
pub(crate) use focus::{focus_later, ticks_follow_later};
pub use footer::Footer;
pub use frame::{Frame, TaskFrame};
pub use header::{Header, Section, TaskHeader};
pub use look_up::{LastTry, LookUp};
pub use marks::{Kind, LightMark, Tag, light_words};
pub use pager::{Chip, Chips, Pager};
pub use shapes::{Empty, Fact, Facts, Jump, Notice, Print, StepLine, Steps, Verdict};
pub use summary::{SummaryLine, SummaryList};
pub use timeline::{DocumentName, Timeline, document_words, event_words, stage_words};
#[cfg(feature = "ssr")]
pub(crate) use trouble::status;
pub use trouble::{NotFound, Trouble};
