//! GET /live: one stream per browser of a clerk that tells which topic has a newer version, never what. Missed news is no harm: the
//! page asks again when it reconnects.

use crate::caller::Caller;
use crate::guards::shares::Share;
use crate::house::House;
use crate::reply;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use futures::stream;
use service::live::{Subscription, subscribe};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::watch;
use uuid::Uuid;

/// Streams one account may hold open: a browser shares one among its tabs, a person has a few browsers.
const MOST: usize = 8;
/// A line at least this often, so that neither proxy nor browser takes silence for death.
const HEARTBEAT: Duration = Duration::from_secs(15);

struct Listening {
    news: Subscription,
    closing: watch::Receiver<bool>,
    _seat: Share<Uuid>,
}

/// GET /live
pub async fn live(State(house): State<House>, caller: Caller) -> Response {
    let news = match subscribe(&caller.ask) {
        Ok(news) => news,
        Err(fault) => return reply::plain(&caller, fault),
    };
    let account = caller.ask.actor.account().unwrap_or_default();
    let Some(seat) = house.seats.take(account, MOST) else {
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
