//! Checking certificates without signing in.

pub mod api;
mod here;
mod verify;

pub use verify::{VerifyPage, VerifyResultPage};
