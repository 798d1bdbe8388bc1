//! Who people are: actors, permissions, and the numbers that name them.

mod actor;
pub mod numbers;
pub mod permission;
pub mod view;

pub use actor::{Actor, Party, PartyKind, Post, Power};
