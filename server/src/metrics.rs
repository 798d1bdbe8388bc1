//! A few numbers for Prometheus, without a library: counters by class of answer, requests under way, live pages.

use crate::house::House;
use axum::extract::State;
use axum::response::IntoResponse;
use http::{StatusCode, header};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// Upper bounds of the buckets for time taken, in milliseconds.
const BOUNDS: [u64; 8] = [5, 10, 25, 50, 100, 250, 1_000, 5_000];

/// Counted since the process began.
#[derive(Default)]
pub struct Metrics {
    by_class: [AtomicU64; 5],
    under: [AtomicU64; BOUNDS.len()],
    taken_micros: AtomicU64,
    turned_away: AtomicU64,
    refused_sign_ins: AtomicU64,
    panics: AtomicU64,
}

impl Metrics {
    /// A request was answered.
    pub fn answered(&self, status: StatusCode, taken: Duration) {
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        self.by_class[class].fetch_add(1, Relaxed);
        let millis = u64::try_from(taken.as_millis()).unwrap_or(u64::MAX);
        for (bound, count) in BOUNDS.iter().zip(&self.under) {
            if millis <= *bound {
                count.fetch_add(1, Relaxed);
            }
        }
        self.taken_micros.fetch_add(u64::try_from(taken.as_micros()).unwrap_or(0), Relaxed);
    }

    /// A request was turned away because the house is full.
    pub fn turned_away(&self) {
        self.turned_away.fetch_add(1, Relaxed);
    }

    /// Somebody could not sign in.
    pub fn refused_sign_in(&self) {
        self.refused_sign_ins.fetch_add(1, Relaxed);
    }

    /// A request ended in a panic.
    pub fn panicked(&self) {
        self.panics.fetch_add(1, Relaxed);
    }

    fn text(&self, under_way: usize, live_pages: usize) -> String {
        let mut out = String::new();
        let mut all = 0;
        out.push_str(
            "# HELP tongban_requests_total Answered requests by class of status.\n# TYPE tongban_requests_total counter\n",
        );
        for (class, count) in (1..).zip(&self.by_class) {
            let count = count.load(Relaxed);
            all += count;
            let _ = writeln!(out, "tongban_requests_total{{class=\"{class}xx\"}} {count}");
        }
        out.push_str(
            "# HELP tongban_request_seconds Time to the head of the answer.\n# TYPE tongban_request_seconds histogram\n",
        );
        for (bound, count) in BOUNDS.iter().zip(&self.under) {
            let seconds = Duration::from_millis(*bound).as_secs_f64();
            let _ = writeln!(out, "tongban_request_seconds_bucket{{le=\"{seconds}\"}} {}", count.load(Relaxed));
        }
        let sum = Duration::from_micros(self.taken_micros.load(Relaxed)).as_secs_f64();
        let _ = writeln!(
            out,
            "tongban_request_seconds_bucket{{le=\"+Inf\"}} {all}\ntongban_request_seconds_sum {sum}\ntongban_request_seconds_count {all}"
        );
        for (name, kind, help, value) in [
            ("tongban_requests_under_way", "gauge", "Requests being worked on.", under_way as u64),
            ("tongban_live_pages", "gauge", "Open live pages.", live_pages as u64),
            (
                "tongban_turned_away_total",
                "counter",
                "Requests turned away because the house was full.",
                self.turned_away.load(Relaxed),
            ),
            ("tongban_refused_sign_ins_total", "counter", "Sign-ins refused.", self.refused_sign_ins.load(Relaxed)),
            ("tongban_panics_total", "counter", "Requests that ended in a panic.", self.panics.load(Relaxed)),
        ] {
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
        }
        out
    }
}

/// GET /metrics
pub async fn metrics(State(house): State<House>) -> impl IntoResponse {
    let text = house.metrics.text(house.places.taken(), house.seats.taken());
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_told() {
        let metrics = Metrics::default();
        metrics.answered(StatusCode::OK, Duration::from_millis(7));
        metrics.answered(StatusCode::NOT_FOUND, Duration::from_secs(60));
        let text = metrics.text(3, 4);
        for line in [
            "tongban_requests_total{class=\"2xx\"} 1",
            "tongban_requests_total{class=\"4xx\"} 1",
            "tongban_request_seconds_bucket{le=\"0.005\"} 0",
            "tongban_request_seconds_bucket{le=\"0.01\"} 1",
            "tongban_request_seconds_bucket{le=\"+Inf\"} 2",
            "tongban_live_pages 4",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} in\n{text}");
        }
    }
}
