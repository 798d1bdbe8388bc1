//! What people are told: messages in the hall, deliveries outside it. Both at most once per event.

pub mod deliveries;
pub mod messages;

#[cfg(test)]
mod tests;
