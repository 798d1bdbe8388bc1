//! Headers every answer carries.

use http::HeaderMap;
use http::header::{self, HeaderName, HeaderValue};

/// A page: scripts by nonce, everything else from here. PDF previews are embedded by our own desk.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// A page whose bytes are kept: scripts by their SHA-256 (base64).
pub fn kept_policy(hashes: &[String]) -> String {
    let scripts: String = hashes.iter().map(|hash| format!("'sha256-{hash}' ")).collect();
    // an import() trusts a nonce but no hash: what a kept page loads is named by its place, our own /pkg
    page_policy("-").replace("'nonce--' 'strict-dynamic'", &format!("{scripts}'self'"))
}

/// Says that an answer has all its headers already: a kept page is completed once, when it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Completed;

/// What is no page runs nothing and loads nothing. A document may be framed by our own pages.
const NO_PAGE: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/// As [`NO_PAGE`], for what our desk shows in a frame.
const FRAMED: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// Marks an answer that our own pages may show in a frame (a document preview).
#[derive(Clone, Copy, Debug)]
pub struct MayBeFramed;

/// Adds what is missing. `nonce` is that of the page, if a page was rendered; `own` is the policy it brings.
pub fn complete(headers: &mut HeaderMap, nonce: &str, own: Option<HeaderValue>, framed: bool, secure: bool) {
    let html = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).is_some_and(|t| t.starts_with("text/html"));
    let policy = match (own, html, framed) {
        (Some(own), ..) => own,
        (None, true, _) => HeaderValue::from_str(&page_policy(nonce)).unwrap_or(HeaderValue::from_static(NO_PAGE)),
        (None, false, true) => HeaderValue::from_static(FRAMED),
        (None, false, false) => HeaderValue::from_static(NO_PAGE),
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    let mut set = |name: &'static str, value: &'static str| {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    };
    set("x-content-type-options", "nosniff");
    set("referrer-policy", "same-origin");
    set("permissions-policy", "camera=(), microphone=(), geolocation=(self), payment=(), usb=(), browsing-topics=()");
    set("cross-origin-opener-policy", "same-origin");
    set("cross-origin-resource-policy", "same-origin");
    set("x-frame-options", if framed { "SAMEORIGIN" } else { "DENY" });
    if secure {
        set("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
    // nothing is kept anywhere unless somebody decided that it may be
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_page_runs_only_its_own_scripts() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "text/html; charset=utf-8".parse().unwrap());
        complete(&mut headers, "abc123", None, false, true);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("'nonce-abc123'") && !policy.contains("unsafe-inline") && !policy.contains("http"));
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert!(headers.contains_key("strict-transport-security"));
    }

    #[test]
    fn a_kept_page_names_its_scripts_by_content() {
        let policy = kept_policy(&["aGFzaA==".to_owned()]);
        assert!(
            policy.contains("script-src 'sha256-aGFzaA==' 'self' 'wasm-unsafe-eval'") && !policy.contains("nonce"),
            "{policy}"
        );
    }

    #[test]
    fn what_is_no_page_runs_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "application/pdf".parse().unwrap());
        complete(&mut headers, "abc123", None, false, false);
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], NO_PAGE);
        assert!(!headers.contains_key("strict-transport-security"));
        complete(&mut headers, "abc123", None, true, false);
        assert_eq!(headers["x-frame-options"], "SAMEORIGIN");
    }
}
