//! Doors: plain routes that change something or send a file, by noun. Each parses what came, calls one act of `service` in a
//! task of its own, and answers through [`crate::reply`].

pub mod bench;
pub mod cases;
pub mod catalogue;
pub mod certificates;
pub mod desk;
mod fields;
pub mod files;
pub mod forms;
pub mod health;
pub mod identity;
pub mod keys;
pub mod preferences;
pub mod signatures;
mod table_file;

pub use fields::Fields;

use domain::Refusal;
use domain::refusal::Thing;
use service::Fault;
use uuid::Uuid;

/// An id in a path. What is no id names nothing.
fn id(text: &str, thing: Thing) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Refusal::NotFound { thing }.into())
}
