//! What people see: Leptos pages and parts, by noun. Compiles to the server (`ssr`) and to WASM (`hydrate`).
//!
//! A page is a component that calls [`load::load`] (public) or [`load::load_mine`] (personal) with a reading server
//! function of its noun's `api.rs`; each of those is one statement over `service`. Everything that changes something is
//! a plain form (`<form data-door method="post">`) to a route of `server`, sent by the browser itself until the page is
//! awake and by [`parts::enhance`] afterwards.

// macros of leptos expand to deep types
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
mod boot;
#[cfg(feature = "ssr")]
mod shell;

mod answer;
mod app;
pub mod cases;
pub mod catalogue;
pub mod certificates;
pub mod content;
pub mod doors;
mod failure;
mod flash;
pub mod forms;
mod hall;
pub mod identity;
mod load;
pub mod parts;
mod preferences;
mod rooms;
mod who;

pub use app::App;
pub use failure::Failure;
pub use flash::{CameBack, Carried, Filled, Flash, NewKey};
pub use hall::{HallFacts, hall};
pub use load::{Version, load, load_mine};
pub use preferences::{Mode, Preferences, Theme, is_chinese, lang, lang_of, mode};
#[cfg(feature = "hydrate")]
pub use rooms::enter;
pub use rooms::room_at;
#[cfg(feature = "ssr")]
pub use shell::shell;
pub use who::Who;

/// The request being answered, on the server.
///
/// # Errors
/// [`Failure::Unreachable`] when the server gave no [`service::Ask`] to the context: a fault of wiring.
#[cfg(feature = "ssr")]
pub fn asking() -> Result<service::Ask, Failure> {
    leptos::prelude::use_context().ok_or(Failure::Unreachable)
}

#[cfg(feature = "ssr")]
impl From<service::Fault> for Failure {
    fn from(fault: service::Fault) -> Self {
        let failure = match fault {
            service::Fault::Refused(refusal) => Self::Refused { refusal },
            service::Fault::Broken(broken) => Self::Broken { ticket: broken.ticket },
            service::Fault::Busy(busy) => Self::Broken { ticket: service::Broken::new(&busy).ticket },
        };
        // not 500 for what a person can be told: monitors and caches read the status
        parts::status(failure.status());
        failure
    }
}
