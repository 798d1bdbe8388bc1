//! 一件事: one form for the matters of a bundle, handed in once. What comes of it are cases like any other, one for each matter.

mod forms;
mod hand_in;
mod page;

pub use forms::renew;
pub(crate) use forms::{older, procedures, renew_in};
pub(crate) use hand_in::{Apart, apart, hand_in};
pub use page::joint_page;
pub(crate) use page::{beside, tracked};
