//! Backup while serving, and restore into an empty place; the same form for both databases.
//!
//! A backup is a folder: `tables/*.jsonl` (one row per line, all of one moment), `blobs/` (the encrypted
//! files those rows name) with `blobs.jsonl`, and `manifest.json`, written last and signed, which holds the
//! hash of each of them and where the log ended. Sealed values stay sealed. The key ring is not in it.

mod files;
mod make;
mod manifest;
mod restore;
mod rows;
mod tables;

pub(crate) use make::make;
pub use manifest::Manifest;
pub use restore::Restored;
pub(crate) use restore::restore;

/// The lease under which files are copied or swept, never both at once.
pub(crate) const FILES: &str = "files";

#[cfg(test)]
mod tests;
