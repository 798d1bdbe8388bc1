//! Unsafe requests must come from our own pages (R13, ASVS 3.5): no token in forms, the browser itself says whence.

use http::{HeaderMap, Method, header};

/// Doors for programs. They are opened by a key that the program itself sends, never by a cookie, so that what another site makes a
/// browser send opens nothing there; and programs send no `Origin`.
pub const PROGRAMS: &str = "/api/v1/";

/// Why a request was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign;

/// Checks an unsafe request against our own origin.
///
/// `own` is the origin of `PUBLIC_URL`. The host the request was sent to counts too, so that a hall behind two names
/// works: a page of another site cannot choose the `Host` of the requests it causes.
///
/// # Errors
/// [`Foreign`] for another site, `Origin: null` (sandboxed frames, redirects), a cross-site or same-site fetch, and for whoever
/// hides where it comes from. [`PROGRAMS`] have doors of their own.
pub fn check(method: &Method, path: &str, headers: &HeaderMap, own: &str) -> Result<(), Foreign> {
    if is_safe(method) || path.starts_with(PROGRAMS) {
        return Ok(());
    }
    let text = |name| headers.get(name).map(|v: &http::HeaderValue| v.to_str().unwrap_or("?"));
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site"))
        && site != "same-origin"
    {
        return Err(Foreign);
    }
    let host = text(header::HOST).unwrap_or_default();
    let ours = |origin: &str| origin == own || origin_host(origin).is_some_and(|h| !host.is_empty() && h == host);
    // more than one `Origin` is no browser's doing
    if headers.get_all(header::ORIGIN).iter().count() > 1 {
        return Err(Foreign);
    }
    match (text(header::ORIGIN), text(header::REFERER)) {
        (Some(origin), _) => ours(origin).then_some(()).ok_or(Foreign),
        // before 2020 some browsers left `Origin` out of plain forms, but told where they came from
        (None, Some(referer)) => origin_of(referer).filter(|o| ours(o)).map(|_| ()).ok_or(Foreign),
        // a fetch that the browser itself calls same-origin, seen above
        (None, None) => headers.contains_key("sec-fetch-site").then_some(()).ok_or(Foreign),
    }
}

/// Methods that change nothing.
pub fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

fn origin_host(origin: &str) -> Option<&str> {
    origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"))
}

fn origin_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const OWN: &str = "https://hall.example";

    fn post(pairs: &[(&str, &str)]) -> Result<(), Foreign> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(header::HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
        }
        check(&Method::POST, "/track", &headers, OWN)
    }

    #[test]
    fn our_own_pages_may_post() {
        assert_eq!(post(&[("origin", OWN)]), Ok(()));
        assert_eq!(post(&[("origin", OWN), ("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(post(&[("origin", "http://localhost:3000"), ("host", "localhost:3000")]), Ok(()));
        assert_eq!(post(&[("referer", "https://hall.example/sign-in?back=/my")]), Ok(()));
        assert_eq!(post(&[("sec-fetch-site", "same-origin")]), Ok(()));
    }

    #[test]
    fn everybody_else_may_not() {
        for pairs in [
            vec![("origin", "https://evil.example")],
            vec![("origin", "null")],
            vec![("origin", "https://hall.example.evil.example")],
            vec![("origin", "http://hall.example"), ("host", "other")],
            vec![("origin", OWN), ("origin", OWN)],
            vec![("origin", OWN), ("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
            vec![("sec-fetch-site", "none")],
            vec![("referer", "https://evil.example/https://hall.example/")],
            vec![("referer", "https://hall.example@evil.example/")],
            vec![],
            vec![("user-agent", "curl/8")],
            vec![("user-agent", "Mozilla/5.0"), ("cookie", "lang=en; tongban=x")],
        ] {
            assert_eq!(post(&pairs), Err(Foreign), "{pairs:?}");
        }
    }

    #[test]
    fn reading_is_free() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ORIGIN, "https://evil.example".parse().unwrap());
        assert_eq!(check(&Method::GET, "/track", &headers, OWN), Ok(()));
    }

    #[test]
    fn programs_come_without_an_origin_and_to_their_own_doors_only() {
        let knock = |path: &str| check(&Method::POST, path, &HeaderMap::new(), OWN);
        assert_eq!(knock("/api/v1/cases"), Ok(()));
        for path in ["/api/v1", "/api/page/who", "/my/api/v1/", "//api/v1/cases", "/api/v10/cases"] {
            assert_eq!(knock(path), Err(Foreign), "{path}");
        }
    }
}
