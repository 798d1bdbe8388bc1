//! Built files: script, WASM, style, pictures. Hashed names are kept for a year, the others asked for anew each time.

use crate::house::House;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, header};
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");

/// Sends a built file, or goes on to the doors. Files carry no session and cost no database.
pub async fn site_files(State(house): State<House>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reading || !looks_like_file(path) {
        return next.run(request).await;
    }
    let kept = if is_hashed(path) { FOR_EVER } else { ASK_AGAIN };
    let folder = ServeDir::new(house.options.site_root.as_ref())
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let (parts, body) = request.into_parts();
    let copy = Request::from_parts(parts.clone(), axum::body::Body::empty());
    match folder.oneshot(copy).await {
        Ok(found) if matches!(found.status(), StatusCode::OK | StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT) => {
            let mut response = found.map(axum::body::Body::new).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, kept);
            response
        }
        Ok(_) | Err(_) => next.run(Request::from_parts(parts, body)).await,
    }
}

/// Files have an ending; pages have none, but for ids.
fn looks_like_file(path: &str) -> bool {
    if path.starts_with("/documents/") || path.starts_with("/certificates/") || path.starts_with("/api/") {
        return false;
    }
    path.starts_with("/pkg/") || path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// `tongban.AbC123….wasm`: a name, a hash, an ending.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let parts: Vec<&str> = name.split('.').collect();
    path.starts_with("/pkg/") && parts.len() >= 3 && parts[1].len() >= 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_change_with_their_content_are_kept_for_ever() {
        assert!(is_hashed("/pkg/tongban.3Zt9xQ0aVbY1kLmNoPqRsT.wasm"));
        assert!(!is_hashed("/pkg/tongban.wasm"));
        assert!(!is_hashed("/pkg/tongban.css.br"));
        assert!(!is_hashed("/favicon.svg"));
    }

    #[test]
    fn pages_are_not_looked_for_on_disk() {
        assert!(looks_like_file("/pkg/tongban.js") && looks_like_file("/favicon.svg"));
        for page in ["/", "/items/spjyxk", "/documents/0.pdf", "/api/page/home", "/my"] {
            assert!(!looks_like_file(page), "{page}");
        }
    }
}
