//! What we remember: the only crate that names sqlx.
//!
//! One statement text serves SQLite and PostgreSQL ([`db`]). Rows of the nouns and the events that moved
//! them are saved together by a [`Unit`] of work; everything else reads the [`log`]. Sensitive values rest
//! sealed ([`seal`]), files rest encrypted ([`blobs`]). Each noun's module writes only its own tables and
//! knows the verbs find, find_by_*, list, count, add, change, remove.
//!
//! A walk: `Store::open` → `migrate` → `start_log`; then for each act `store.unit(actor, now)` →
//! [`idempotency::claim`] → noun verbs and `unit.append(event)` → `unit.save()`.

pub mod accesses;
mod backup;
pub mod blobs;
pub mod cases;
pub mod catalogue;
pub mod certificates;
mod chance;
pub mod db;
pub mod documents;
pub mod events;
mod fault;
pub mod forms;
pub mod idempotency;
pub mod identity;
pub mod joints;
pub mod leases;
pub mod log;
pub mod migrate;
pub mod notification;
mod page;
pub mod presence;
pub mod ratings;
pub mod seal;
pub mod serials;
mod store;
mod unit;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use backup::{Manifest, Restored};
pub use blobs::{BlobReader, BlobRef, BlobWriter, Blobs};
pub use db::{Db, Tx, cut, retry};
pub use events::{Event, NewEvent};
pub use fault::{Result, StoreFault, WorthRetrying};
pub use idempotency::{Claim, Once};
pub use log::{Checkpoint, Head, Landed, LogFault, LogReport, LogTask, Logged};
pub use migrate::Ladder;
pub use page::{Cursor, Page};
pub use seal::{DataKey, KeyRing, Place, Sealed, SigningKey, blind_index, data_keys, verify};
pub use store::{Store, StoreSettings, new_id};
pub use unit::Unit;
