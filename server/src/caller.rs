//! Who is at the door: session, actor, language, and how they want to be answered.

use crate::house::House;
use crate::sessions::Visit;
use app::Preferences;
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use leptos::nonce::Nonce;
use service::Ask;
use std::net::IpAddr;
use tower_sessions::Session;

/// A caller, as [`crate::prepare`] found them.
#[derive(Clone)]
pub struct Caller {
    pub ask: Ask,
    pub visit: Visit,
    pub session: Session,
    pub preferences: Preferences,
    /// Scripts of the page that answers carry this.
    pub nonce: Nonce,
    /// The answer goes to a script of ours, not to the browser itself.
    pub wants_json: bool,
    /// That script is of a page that is open: what it is refused comes as an answer like any other, because a browser writes every
    /// 4xx into its console as if the page were broken.
    pub awake: bool,
    /// Where the request came from, past our own proxies.
    pub address: IpAddr,
}

impl FromRequestParts<House> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &House) -> Result<Self, Self::Rejection> {
        // only a fault of wiring can leave a door without its layer
        parts.extensions.get::<Self>().cloned().ok_or_else(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    }
}

/// Whether a script of ours asks.
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|accept| accept.contains("application/json"))
}

/// Whether an open page of ours asks ([`app::doors::AWAKE`]).
pub fn is_awake(headers: &HeaderMap) -> bool {
    headers.contains_key(app::doors::AWAKE)
}

/// Whether a browser asks for a page.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

/// How this person reads, from cookies and `Accept-Language`.
pub fn preferences(headers: &HeaderMap) -> Preferences {
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    Preferences::from_cookies(|name| cookie(headers, name), accept)
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}
