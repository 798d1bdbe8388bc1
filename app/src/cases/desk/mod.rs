//! The desk: queue, case and acts side by side, on one live page.
//!
//! The first draw comes from one resource and reads without scripts: every act is a plain form, every section a link.
//! Once awake the panes read signals instead ([`state`]), so that what another desk does changes a few words on the page
//! and never the boxes a clerk is typing into: those stand in forms that live as long as the case is open.

mod act_forms;
mod acts;
mod address;
pub mod api;
mod bar;
mod case;
mod checks;
mod clock;
mod facts;
mod history;
mod keys;
mod live;
#[cfg(feature = "hydrate")]
mod lock;
mod note;
mod opinion;
mod page;
mod queue;
mod row;
mod state;
#[cfg(feature = "hydrate")]
mod stream;
mod thread;
mod why;

pub use page::DeskPage;
