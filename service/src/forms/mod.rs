//! Drafts and uploads: nothing typed is thrown away before its draft expires.

mod attach;
pub mod bench;
pub(crate) mod drafts;
mod earlier;
mod lists;
pub(crate) mod signing;
mod sweep;
mod uploads;
mod whole;

pub use attach::{Again, Attaching, attach};
pub use drafts::{Next, Saved, accept_changes, discard, draft, drafts as my_drafts, party_of, save_page, start};
pub use earlier::earlier;
pub use lists::listing;
pub use signing::{ask_to_sign, give_back, sign, take_back, to_sign};
pub use sweep::{Swept, sweep};
pub(crate) use uploads::attach_in;
pub use uploads::{FileBody, Incoming, receive, upload};
pub use whole::{Judged, judge, problems, remove_files, replace};
