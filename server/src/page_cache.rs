//! Public pages as bytes. They are the same for everybody who reads alike, so they are drawn once and sent many times.
//!
//! Kept: good pages of [`CACHED`] addresses, drawn for a visitor. A key is path, known query parameters, language, edition,
//! colours and encoding. Nothing personal and no unsafe form is in them (a test looks); their scripts are named by SHA-256 in
//! the policy that is kept with the bytes, because a nonce that is sent twice is none.

use crate::caller::{preferences, wants_page};
use crate::clock;
use crate::guards::headers::{Completed, complete, kept_policy};
use crate::house::House;
use app::Preferences;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};
use tower::{ServiceExt as _, service_fn};
use tower_http::compression::Compression;

/// Pages that are the same for everybody, as the table of routes writes them.
pub const CACHED: [&str; 7] = ["/", "/items", "/items/{code}", "/bundles/{code}", "/help/accessibility", "/site-map", "/open"];
/// Query parameters that change what such a page shows.
const KNOWN: [&str; 12] = ["q", "who", "visit", "days", "day", "dept", "theme", "bundle", "from", "situation", "type", "level"];
/// A day changes what a guide says; a minute is a fair bound for that and for what no event announces.
const FRESH: Duration = Duration::from_secs(60);
const MOST_PAGES: usize = 4_000;
const LONGEST_QUERY: usize = 256;
const LARGEST: usize = 2 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

type Key = (String, &'static str, Option<&'static str>, Option<&'static str>, Encoding);

struct Page {
    body: Bytes,
    /// All of them, but for what is told of each request.
    headers: HeaderMap,
    etag: HeaderValue,
    made: Instant,
    /// The catalogue it was drawn from: another one makes it stale at once.
    catalogue: usize,
}

/// The pages of this node.
#[derive(Clone, Default)]
pub struct PageCache(Arc<RwLock<HashMap<Key, Arc<Page>>>>);

impl PageCache {
    fn find(&self, key: &Key, catalogue: usize) -> Option<Arc<Page>> {
        let pages = self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        pages.get(key).filter(|page| page.catalogue == catalogue && page.made.elapsed() < FRESH).cloned()
    }

    fn keep(&self, key: Key, page: Arc<Page>) {
        let mut pages = self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if pages.len() >= MOST_PAGES {
            pages.retain(|_, page| page.made.elapsed() < FRESH);
            if pages.len() >= MOST_PAGES {
                pages.clear();
            }
        }
        pages.insert(key, page);
    }
}

/// Sends a kept page, or lets one be drawn and keeps it.
pub async fn page_cache(State(house): State<House>, request: Request, next: Next) -> Response {
    let Some(key) = key_of(&request) else { return next.run(request).await };
    let catalogue = Arc::as_ptr(&house.hall.published()) as usize;
    if let Some(page) = house.pages.find(&key, catalogue) {
        return send(&page, request.headers());
    }
    let (asked, drawn) = (request.headers().clone(), next.run(as_visitor(request)).await);
    let encoding = key.4;
    match kept(drawn, encoding, catalogue, house.settings.public_url.is_secure()).await {
        Ok(page) => {
            let page = Arc::new(page);
            house.pages.keep(key, page.clone());
            send(&page, &asked)
        }
        Err(response) => *response,
    }
}

fn key_of(request: &Request) -> Option<Key> {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    if method != Method::GET || !wants_page(headers) || !is_cached(uri.path()) {
        return None;
    }
    let mut place = uri.path().to_owned();
    if let Some(query) = uri.query().filter(|query| !query.is_empty()) {
        let mut pairs: Vec<&str> = query.split('&').collect();
        if query.len() > LONGEST_QUERY || !pairs.iter().all(|pair| KNOWN.contains(&pair.split('=').next().unwrap_or_default())) {
            return None;
        }
        pairs.sort_unstable();
        place.push('?');
        place.push_str(&pairs.join("&"));
    }
    let read = preferences(headers);
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let encoding = if accepted.contains("br") {
        Encoding::Brotli
    } else if accepted.contains("gzip") {
        Encoding::Gzip
    } else {
        Encoding::Plain
    };
    Some((place, read.lang.html(), read.mode.attribute(), read.theme.attribute(), encoding))
}

fn is_cached(path: &str) -> bool {
    CACHED.iter().any(|known| match known.split_once('{') {
        None => *known == path,
        Some((start, _)) => {
            path.strip_prefix(start).is_some_and(|rest| !rest.is_empty() && rest.len() <= 64 && !rest.contains('/'))
        }
    })
}

/// The request as somebody would make it who is not signed in: of the cookies only those of taste are left.
fn as_visitor(mut request: Request) -> Request {
    let cookies = request.headers().get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let taste: Vec<String> = cookies
        .flat_map(|line| line.split(';'))
        .map(str::trim)
        .filter(|pair| Preferences::COOKIES.contains(&pair.split('=').next().unwrap_or_default()))
        .map(str::to_owned)
        .collect();
    let headers = request.headers_mut();
    headers.remove(header::COOKIE);
    // compressed here, once
    headers.remove(header::ACCEPT_ENCODING);
    if let Ok(line) = HeaderValue::from_str(&taste.join("; "))
        && !taste.is_empty()
    {
        headers.insert(header::COOKIE, line);
    }
    request
}

/// The page as it is kept; anything but a good page comes back as it was.
async fn kept(drawn: Response, encoding: Encoding, catalogue: usize, secure: bool) -> Result<Page, Box<Response>> {
    let html = drawn.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if drawn.status() != StatusCode::OK || !html || drawn.headers().contains_key(header::SET_COOKIE) {
        return Err(Box::new(drawn));
    }
    let (mut parts, body) = drawn.into_parts();
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return Err(Box::new(crate::trouble::broken(words::Lang::ZhCn, &service::Fault::broken("a page too large to keep"))));
    };
    let text = without_nonces(&String::from_utf8_lossy(&body));
    let hashes: Vec<String> = inline_scripts(&text).map(|script| STANDARD.encode(Sha256::digest(script))).collect();
    let policy = HeaderValue::from_str(&kept_policy(&hashes)).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let etag = format!(
        "\"{}-{}\"",
        &hex::encode(Sha256::digest(&text))[..20],
        match encoding {
            Encoding::Brotli => "br",
            Encoding::Gzip => "gz",
            Encoding::Plain => "id",
        }
    );
    let etag = HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"-\""));
    let (body, named) = compressed(Bytes::from(text), encoding).await;
    let mut headers = HeaderMap::new();
    if let Some(kind) = parts.headers.remove(header::CONTENT_TYPE) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if let Some(named) = named {
        headers.insert(header::CONTENT_ENCODING, named);
    }
    headers.insert(header::VARY, HeaderValue::from_static("cookie, accept-language, accept-encoding, accept"));
    // browsers ask each time and are told "unchanged" in a few bytes
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::ETAG, etag.clone());
    complete(&mut headers, "-", Some(policy), false, secure);
    Ok(Page { body, headers, etag, made: clock::moment(), catalogue })
}

fn send(page: &Page, asked: &HeaderMap) -> Response {
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|tags| {
        tags.to_str()
            .is_ok_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/").as_bytes() == page.etag.as_bytes()))
    });
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(page.body.clone()).into_response() };
    *response.headers_mut() = page.headers.clone();
    response.extensions_mut().insert(Completed);
    response
}

/// A nonce that is sent to many is worth nothing; the hashes speak for the scripts.
fn without_nonces(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(" nonce=\"") {
        let value = &rest[at + 8..];
        let Some(end) = value.find('"') else { break };
        // only inside a tag: text that happens to read like this is left alone
        let in_tag = rest[..at].rfind('<') > rest[..at].rfind('>');
        out.push_str(&rest[..if in_tag { at } else { at + 8 + end + 1 }]);
        rest = &value[end + 1..];
    }
    out.push_str(rest);
    out
}

/// Contents of scripts that are written into the page and run.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let content = rest.split("</script>").next()?;
        (!tag.contains(" src=")).then_some(content)
    })
}

async fn compressed(body: Bytes, encoding: Encoding) -> (Bytes, Option<HeaderValue>) {
    let named = match encoding {
        Encoding::Brotli => "br",
        Encoding::Gzip => "gzip",
        Encoding::Plain => return (body, None),
    };
    let whole = body.clone();
    let service = service_fn(move |_: http::Request<Body>| {
        let whole = whole.clone();
        async move {
            let mut response = http::Response::new(Body::from(whole));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html"));
            Ok::<_, Infallible>(response)
        }
    });
    let mut request = http::Request::new(Body::empty());
    request.headers_mut().insert(header::ACCEPT_ENCODING, HeaderValue::from_static(named));
    let small = Compression::new(service).br(true).gzip(true).oneshot(request).await;
    let Ok(small) = small;
    let told = small.headers().get(header::CONTENT_ENCODING).cloned();
    match to_bytes(Body::new(small.into_body()), LARGEST).await {
        Ok(bytes) if told.is_some() => (bytes, told),
        Ok(_) | Err(_) => (body, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_public_addresses_are_kept() {
        for path in ["/", "/items", "/items/gljt", "/bundles/kcyd"] {
            assert!(is_cached(path), "{path}");
        }
        for path in ["/my", "/items/", "/items/a/b", "/itemsx", "/sign-in", "/track", "/apply/gljt", "/my/cases/1"] {
            assert!(!is_cached(path), "{path}");
        }
    }

    #[test]
    fn nonces_go_and_scripts_stay() {
        let html = "<p> nonce=\"no tag\"</p><script type=\"module\" nonce=\"abc\">run(1)</script><script src=\"/x.js\" nonce=\"abc\"></script>";
        let plain = without_nonces(html);
        assert_eq!(plain, "<p> nonce=\"no tag\"</p><script type=\"module\">run(1)</script><script src=\"/x.js\"></script>");
        assert_eq!(inline_scripts(&plain).collect::<Vec<_>>(), ["run(1)"]);
    }
}
