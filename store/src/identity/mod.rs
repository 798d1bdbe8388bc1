//! Who is who: organisation units, parties, accounts and their sessions, agents, staff and their posts,
//! delegations between parties.

pub mod accounts;
pub mod agencies;
pub mod api_keys;
pub mod delegations;
pub mod parties;
pub mod sessions;
pub mod staff;
pub mod units;

#[cfg(test)]
mod tests;
