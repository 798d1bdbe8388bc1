//! What is true on paper: forms, flows, clocks, check digits, permissions, refusals.
//!
//! No IO, no clock, no randomness: time is always a parameter. The same code runs on the server and,
//! as WASM, in the browser (design §1.3), so that a button that is drawn is a button that works.

pub mod cases;
pub mod catalogue;
pub mod certificates;
pub mod clock;
pub mod forms;
pub mod identity;
pub mod refusal;

pub use refusal::Refusal;
