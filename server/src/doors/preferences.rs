//! GET /prefer: language, large type, colours. Cookies only; nothing of the hall changes.

use crate::caller::Caller;
use crate::house::House;
use crate::reply::{go, local};
use app::Preferences;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use http::{HeaderValue, header};
use std::collections::BTreeMap;

/// A year.
const KEEP: u32 = 31_536_000;

/// GET /prefer?lang=&mode=&theme=&back=
pub async fn prefer(
    State(house): State<House>,
    caller: Caller,
    query: Result<Query<BTreeMap<String, String>>, QueryRejection>,
) -> Response {
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let mut response = go(&caller, local(query.get("back").map_or("/", String::as_str)));
    let secure = if house.settings.public_url.is_secure() { "; Secure" } else { "" };
    for name in Preferences::COOKIES {
        // only words of our own become cookies
        let Some(value) = query.get(name).and_then(|value| known(name, value)) else { continue };
        let cookie = format!("{name}={value}; Path=/; Max-Age={KEEP}; SameSite=Lax; HttpOnly{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// The value as we write it, if it is one of ours.
fn known(name: &str, value: &str) -> Option<&'static str> {
    match name {
        "lang" => words::Lang::parse(value).map(words::Lang::html),
        "mode" => ["standard", "elder", "kiosk"].into_iter().find(|v| *v == value),
        "theme" => ["system", "light", "dark"].into_iter().find(|v| *v == value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::known;

    #[test]
    fn only_our_own_words_become_cookies() {
        assert_eq!(known("lang", "en"), Some("en"));
        assert_eq!(known("mode", "elder"), Some("elder"));
        for (name, value) in [("lang", "xx"), ("mode", "big; Domain=evil"), ("theme", ""), ("admin", "1")] {
            assert_eq!(known(name, value), None, "{name}={value}");
        }
    }
}
