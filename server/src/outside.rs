//! The outermost layer: everything that is true for every request, whichever door it is for.

use crate::caller::{preferences, wants_json};
use crate::clock;
use crate::guards::headers::{Completed, MayBeFramed, complete};
use crate::guards::origin;
use crate::house::House;
use crate::settings::client_address;
use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use futures::FutureExt as _;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use leptos::nonce::Nonce;
use service::Fault;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::time::Duration;

/// A request that takes longer has lost its caller.
const PATIENCE: Duration = Duration::from_secs(30);
/// A slow line may take this long to bring its files; each piece has its own, shorter limit.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(20 * 60);

/// What is known of a request before anybody looked inside.
#[derive(Clone)]
pub struct Outside {
    pub nonce: Nonce,
    pub address: IpAddr,
}

impl Default for Outside {
    fn default() -> Self {
        Self { nonce: Nonce::new(), address: IpAddr::V4(Ipv4Addr::LOCALHOST) }
    }
}

/// Guards, then the doors, then headers.
pub async fn outside(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let began = clock::moment();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let outside =
        Outside { nonce: Nonce::new(), address: client_address(peer, request.headers(), &house.settings.trusted_proxies) };
    request.extensions_mut().insert(outside.clone());
    let seen = Seen::of(&request);
    let mut response = guarded(&house, request, next, &seen, outside.address).await;
    if response.extensions().get::<Completed>().is_none() {
        let framed = response.extensions().get::<MayBeFramed>().is_some();
        complete(response.headers_mut(), &outside.nonce, None, framed, house.settings.public_url.is_secure());
    }
    let id = HeaderValue::from_str(&seen.id).unwrap_or(HeaderValue::from_static("-"));
    response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    let taken = began.elapsed();
    house.metrics.answered(response.status(), taken);
    // the path only: queries are what people typed
    tracing::info!(id = %seen.id, method = %seen.method, path = %seen.path, status = response.status().as_u16(), ms = taken.as_millis() as u64);
    response
}

/// What is left to say about a request after it has been used up.
struct Seen {
    id: String,
    method: Method,
    path: String,
    json: bool,
    /// A door for programs: told in their way.
    program: bool,
    lang: words::Lang,
}

impl Seen {
    fn of(request: &Request) -> Self {
        Self {
            id: store::new_id(clock::now()).simple().to_string(),
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            json: wants_json(request.headers()),
            program: request.uri().path().starts_with(origin::PROGRAMS),
            lang: preferences(request.headers()).lang,
        }
    }

    fn refused(&self, refusal: &Refusal) -> Response {
        let (status, sentence) = (crate::reply::status(refusal), words::refusal(self.lang, refusal));
        let title = words::trouble::refused_title(self.lang);
        self.told(status, title, &sentence)
    }

    fn told(&self, status: StatusCode, title: &str, sentence: &str) -> Response {
        if self.program {
            return crate::api::plain(self.lang, status, sentence);
        }
        if self.json {
            let body = serde_json::json!({ "problem": sentence, "title": title, "status": status.as_u16() });
            return (status, Json(body)).into_response();
        }
        crate::trouble::page(self.lang, status, title, sentence, None)
    }

    fn busy(&self, status: StatusCode) -> Response {
        let mut response = self.told(status, words::trouble::broken_title(self.lang), words::trouble::broken_text(self.lang));
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        response
    }
}

/// How long a request may take. Only doors that take files in have the patience files need, and strangers
/// are turned away there: without a key before anything is read, without a session after what they typed was put aside for them.
fn patience(path: &str, multipart: bool) -> Duration {
    let page = multipart && path.starts_with("/apply/");
    let program = path.strip_prefix("/api/v1/drafts/").is_some_and(|rest| rest.contains("/files/"));
    if page || program { UPLOAD_PATIENCE } else { PATIENCE }
}

async fn guarded(house: &House, request: Request, next: Next, seen: &Seen, address: IpAddr) -> Response {
    let url = &house.settings.public_url;
    if origin::check(request.method(), request.uri().path(), request.headers(), url.origin()).is_err() {
        tracing::warn!(id = %seen.id, path = %seen.path, "an unsafe request from elsewhere");
        return seen.refused(&Refusal::ForeignOrigin);
    }
    let health = matches!(seen.path.as_str(), "/healthz" | "/readyz" | "/metrics");
    let Some(_place) = house.places.take(address).map(Some).or(health.then_some(None)) else {
        house.metrics.turned_away();
        return seen.busy(StatusCode::SERVICE_UNAVAILABLE);
    };
    let multipart = request.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"multipart/"));
    match tokio::time::timeout(patience(&seen.path, multipart), AssertUnwindSafe(next.run(request)).catch_unwind()).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => {
            house.metrics.panicked();
            let what = panic.downcast_ref::<&str>().copied().map(str::to_owned);
            let what = what.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            let fault = Fault::broken(format!("panic at {}: {what}", seen.path));
            if seen.program {
                return crate::api::Trouble::of(seen.lang, fault).into_response();
            }
            crate::trouble::broken_for(seen.lang, seen.json, &fault)
        }
        Err(_) => seen.busy(StatusCode::SERVICE_UNAVAILABLE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_doors_that_take_files_are_patient() {
        for path in ["/api/v1/drafts/x/files/elder_photo", "/api/v1/drafts/x/files/staff_card.2"] {
            assert_eq!(patience(path, false), UPLOAD_PATIENCE, "{path}");
        }
        assert_eq!(patience("/apply/gljt/x/photo", true), UPLOAD_PATIENCE);
        for path in
            ["/api/v1/items/files/validate", "/api/v1/drafts", "/api/v1/drafts/files", "/api/v1/cases/x/files/y", "/files/"]
        {
            assert_eq!(patience(path, true), PATIENCE, "{path}");
        }
        assert_eq!(patience("/apply/gljt/x/photo", false), PATIENCE);
    }
}
