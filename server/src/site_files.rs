//! Built files: script, WASM, style, pictures. Those of the browser's side are sent under the edition they belong to and kept for
//! a year, the others are asked for anew each time.

use crate::house::House;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, header};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");

/// Folder of the browser's side in the site.
const BUILT: &str = "pkg";
/// Letters in the name of an edition.
const EDITION: usize = 16;

/// Under which folder pages name the browser's side: `pkg` and the edition, made of everything in it. The files name each other by
/// place, so all come from one build: a page left open over a change of the hall finds nothing rather than something that does
/// not fit. While somebody works on the files, or when there are none, it is `pkg` alone.
pub fn built_folder(site_root: &Path, watched: bool) -> String {
    match edition(&site_root.join(BUILT)) {
        Ok(edition) if !watched => format!("{BUILT}/{edition}"),
        Ok(_) | Err(_) => BUILT.to_owned(),
    }
}

fn edition(folder: &Path) -> std::io::Result<String> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    let mut all = Sha256::new();
    for file in files.iter().filter(|file| file.is_file()) {
        all.update(file.file_name().unwrap_or_default().as_encoded_bytes());
        all.update(Sha256::digest(std::fs::read(file)?));
    }
    Ok(hex::encode(all.finalize())[..EDITION].to_owned())
}

/// Sends a built file, or goes on to the doors. Files carry no session and cost no database.
pub async fn site_files(State(house): State<House>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let reading = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reading || !looks_like_file(path) {
        return next.run(request).await;
    }
    let lies_in_built = |name: &str| -> http::Uri { format!("/{BUILT}/{name}").parse().unwrap_or_default() };
    let (kept, lies_at) = match (of_edition(path, &house.options.site_pkg_dir), style_of_another(path)) {
        (Some(name), _) => (FOR_EVER, lies_in_built(name)),
        (None, Some(name)) => (ASK_AGAIN, lies_in_built(name)),
        (None, None) => (ASK_AGAIN, request.uri().clone()),
    };
    let folder = ServeDir::new(house.options.site_root.as_ref())
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let (parts, body) = request.into_parts();
    let mut copy = Request::from_parts(parts.clone(), axum::body::Body::empty());
    *copy.uri_mut() = lies_at;
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

/// The name of a file of this edition: `/pkg/0123456789abcdef/tongban.wasm`. Of another edition there is none.
fn of_edition<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let name = path.strip_prefix('/')?.strip_prefix(folder)?.strip_prefix('/')?;
    (folder != BUILT && !name.contains('/')).then_some(name)
}

/// The style sheet of some other edition. While one build of the hall takes the place of another, a page may come from the one and
/// ask the other for its looks: nearly the right ones are better than none.
fn style_of_another(path: &str) -> Option<&str> {
    let (edition, name) = path.strip_prefix('/')?.strip_prefix(BUILT)?.strip_prefix('/')?.split_once('/')?;
    let named = edition.len() == EDITION && edition.bytes().all(|b| b.is_ascii_hexdigit());
    (named && !name.contains('/') && name.ends_with(".css")).then_some(name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_files_of_this_edition_are_kept_for_ever() {
        let folder = "pkg/0123456789abcdef";
        assert_eq!(of_edition("/pkg/0123456789abcdef/chunk_7.wasm", folder), Some("chunk_7.wasm"));
        for path in ["/pkg/tongban.wasm", "/pkg/fedcba9876543210/chunk_7.wasm", "/pkg/0123456789abcdef/../x", "/favicon.svg"] {
            assert_eq!(of_edition(path, folder), None, "{path}");
        }
        assert_eq!(of_edition("/pkg/tongban.wasm", BUILT), None);
    }

    #[test]
    fn of_another_edition_only_the_style_is_sent() {
        assert_eq!(style_of_another("/pkg/fedcba9876543210/tongban.css"), Some("tongban.css"));
        for path in [
            "/pkg/tongban.css",
            "/pkg/fedcba9876543210/tongban.js",
            "/pkg/fedcba9876543210/tongban.css.br",
            "/pkg/fedcba9876543210/../tongban.css",
            "/pkg/looks/tongban.css",
            "/style/fedcba9876543210/tongban.css",
        ] {
            assert_eq!(style_of_another(path), None, "{path}");
        }
    }

    #[test]
    fn another_build_is_another_edition() {
        let site = store::testing::Folder::new();
        assert_eq!(built_folder(site.path(), false), BUILT);
        std::fs::create_dir(site.path().join(BUILT)).unwrap();
        std::fs::write(site.path().join("pkg/tongban.js"), "one").unwrap();
        let first = built_folder(site.path(), false);
        assert_eq!(first, built_folder(site.path(), false));
        std::fs::write(site.path().join("pkg/tongban.js"), "two").unwrap();
        assert_ne!(first, built_folder(site.path(), false));
        assert_eq!(first.len(), "pkg/".len() + EDITION);
        assert_eq!(built_folder(site.path(), true), BUILT);
    }

    #[test]
    fn pages_are_not_looked_for_on_disk() {
        assert!(looks_like_file("/pkg/tongban.js") && looks_like_file("/favicon.svg"));
        for page in ["/", "/items/spjyxk", "/documents/0.pdf", "/api/page/home", "/my"] {
            assert!(!looks_like_file(page), "{page}");
        }
    }
}
