//! The only place that asks the machine for the time; from here on it is a parameter.

use chrono::{DateTime, Utc};

/// Now, cut to microseconds as both databases keep it.
pub fn now() -> DateTime<Utc> {
    let now = Utc::now();
    let fraction = now.timestamp_subsec_nanos() % 1_000;
    now - chrono::TimeDelta::nanoseconds(i64::from(fraction))
}
