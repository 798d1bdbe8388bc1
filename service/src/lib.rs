//! What a person can do: one function per act. Pages, open API and jobs are its doors.
//!
//! Every function takes an [`Ask`]: the hall, who is asking, and when. It answers, or it refuses with something a
//! person can be told, or it is broken with a ticket number that stands in the log.

pub mod cases;
pub mod catalogue;
pub mod certificates;
pub mod demo;
mod fault;
pub mod forms;
mod hall;
pub mod identity;
pub mod joint;
pub mod live;
pub mod notification;
mod once;
pub mod presence;

pub use fault::{Answer, Broken, Fault};
pub use hall::{Ask, Hall, HallParts, HallSettings, Procedure, Published};
