//! What touches machine and network: settings, router, sessions, headers, adapters, command line.

pub mod cli;
pub mod clock;
pub mod settings;
