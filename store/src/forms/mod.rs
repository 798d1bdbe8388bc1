//! What is being filled in: drafts and the files uploaded to them.

pub mod drafts;
pub mod signatures;
pub mod uploads;

#[cfg(test)]
mod tests;
