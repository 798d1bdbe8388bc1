//! GET /live: one stream per browser that tells which topic has a newer version, never what. Missed news is no harm: the
//! page asks again when it reconnects.

use crate::caller::Caller;
use crate::house::House;
use crate::reply;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use futures::stream;
use service::live::{Subscription, subscribe};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// Streams one account may hold open: a browser shares one among its tabs, a person has a few browsers.
const MOST: usize = 8;
/// A line at least this often, so that neither proxy nor browser takes silence for death.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Who listens how often.
#[derive(Clone, Default)]
pub struct Seats(Arc<Mutex<HashMap<Uuid, usize>>>);

impl Seats {
    fn take(&self, account: Uuid) -> Option<Seat> {
        let mut seats = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let held = seats.entry(account).or_default();
        if *held >= MOST {
            return None;
        }
        *held += 1;
        drop(seats);
        Some(Seat { seats: self.clone(), account })
    }

    /// Open streams.
    pub fn taken(&self) -> usize {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).values().sum()
    }
}

/// Given back when the stream ends.
struct Seat {
    seats: Seats,
    account: Uuid,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.seats.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(held) = seats.get_mut(&self.account) {
            *held -= 1;
            if *held == 0 {
                seats.remove(&self.account);
            }
        }
    }
}

struct Listening {
    news: Subscription,
    closing: watch::Receiver<bool>,
    _seat: Seat,
}

/// GET /live
pub async fn live(State(house): State<House>, caller: Caller) -> Response {
    let news = match subscribe(&caller.ask) {
        Ok(news) => news,
        Err(fault) => return reply::plain(&caller, fault),
    };
    let account = caller.ask.actor.account().unwrap_or_default();
    let Some(seat) = house.seats.take(account) else {
        return reply::plain(&caller, Refusal::TooOften { seconds: 30 }.into());
    };
    let listening = Listening { news, closing: house.closing(), _seat: seat };
    let stream = stream::unfold(listening, |mut listening| async move {
        let topic = tokio::select! {
            topic = listening.news.next() => topic?,
            _ = listening.closing.wait_for(|closing| *closing) => return None,
        };
        let event = Event::default().json_data(&topic).unwrap_or_else(|_| Event::default().comment("unreadable"));
        Some((Ok::<_, Infallible>(event), listening))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_are_few_and_come_back() {
        let seats = Seats::default();
        let account = Uuid::from_u128(1);
        let held: Vec<_> = (0..MOST).filter_map(|_| seats.take(account)).collect();
        assert_eq!(held.len(), MOST);
        assert!(seats.take(account).is_none());
        assert!(seats.take(Uuid::from_u128(2)).is_some());
        drop(held);
        assert_eq!(seats.taken(), 0);
        assert!(seats.take(account).is_some());
    }
}
