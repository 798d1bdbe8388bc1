//! The only place that asks the machine for the time; from here on it is a parameter.

use chrono::{DateTime, Utc};
use std::time::Instant;

/// Now, cut to microseconds as both databases keep it.
#[expect(clippy::disallowed_methods, reason = "the server's clock, read here and handed on")]
pub fn now() -> DateTime<Utc> {
    let now = Utc::now();
    let fraction = now.timestamp_subsec_nanos() % 1_000;
    now - chrono::TimeDelta::nanoseconds(i64::from(fraction))
}

/// A moment for measuring how long something takes, which no change of the wall clock moves.
#[expect(clippy::disallowed_methods, reason = "only the server measures")]
pub fn moment() -> Instant {
    Instant::now()
}
