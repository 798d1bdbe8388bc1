//! What touches machine and network: settings, router, sessions, headers, adapters, command line.

// views of `app` expand to deep types
#![recursion_limit = "256"]

pub mod api;
mod caller;
pub mod cli;
pub mod clock;
pub mod doors;
pub mod guards;
pub mod house;
pub mod jobs;
pub mod live;
pub mod metrics;
pub mod outside;
pub mod page_cache;
pub mod pages;
pub mod prepare;
pub mod reply;
pub mod router;
pub mod routes;
pub mod script;
pub mod serve;
pub mod sessions;
pub mod settings;
pub mod site_files;
pub mod start;
pub mod trouble;
pub mod typesetting;
