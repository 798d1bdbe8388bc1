//! The one way doors answer: 303 for a browser, `{"location": …}` for our own script; refusals are kept for the page
//! that comes next, or told at once as `{"problem": …}`.

use crate::caller::Caller;
use crate::clock;
use crate::doors::files::MOST_PARTS;
use crate::router::FORM;
use crate::sessions::Flash;
use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use http::{HeaderValue, StatusCode, header};
use serde_json::json;
use service::{Answer, Broken, Fault};
use std::future::Future;

/// Runs an unsafe act to its end, also when the caller hangs up.
///
/// # Errors
/// The act's own, or broken when it panicked.
pub async fn apart<T: Send + 'static>(act: impl Future<Output = Answer<T>> + Send + 'static) -> Answer<T> {
    tokio::spawn(act).await.unwrap_or_else(|e| Err(Fault::broken(format!("an act ended: {e}"))))
}

/// Go there.
pub fn go(caller: &Caller, location: &str) -> Response {
    if caller.wants_json {
        return Json(json!({ "location": location })).into_response();
    }
    match HeaderValue::from_str(location) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The act could not be done: back to `page`, which says why and shows again what was typed.
pub async fn back(caller: &Caller, page: &str, fault: Fault, typed: Vec<(String, String)>) -> Response {
    if caller.wants_json {
        return plain(caller, fault);
    }
    let refusal = match fault {
        Fault::Refused(Refusal::SignInFirst) => return go(caller, &app::doors::sign_in_from(page)),
        // there is no page to go back to
        Fault::Refused(Refusal::NotFound { .. }) | Fault::Broken(_) | Fault::Busy(_) => return plain(caller, fault),
        Fault::Refused(refusal) => refusal,
    };
    let mut visit = caller.visit.clone();
    let path = page.split('?').next().unwrap_or_default().to_owned();
    visit.flash = Some(Flash { page: path, refusal, typed: keep(typed).unwrap_or_default() });
    match visit.keep(&caller.session).await {
        Ok(()) => go(caller, page),
        Err(fault) => plain(caller, Fault::broken(fault)),
    }
}

/// What may rest until the next page: whole, but for passwords and keys. Nothing of what is endless: a page of which a part is
/// missing would look like boxes left empty.
pub fn keep(mut typed: Vec<(String, String)>) -> Option<Vec<(String, String)>> {
    let bytes: usize = typed.iter().map(|(name, value)| name.len() + value.len()).sum();
    if typed.len() > MOST_PARTS || bytes > FORM {
        return None;
    }
    typed.retain(|(name, _)| name != "password" && name != "key");
    Some(typed)
}

/// Says what is wrong, here and now.
pub fn plain(caller: &Caller, fault: Fault) -> Response {
    let lang = caller.preferences.lang;
    match fault {
        Fault::Refused(refusal) => {
            let status = status(&refusal);
            let sentence = words::refusal(lang, &refusal);
            let mut response = if caller.wants_json {
                let body = json!({ "problem": sentence, "title": words::trouble::refused_title(lang), "status": status.as_u16(), "refusal": refusal });
                (if caller.awake { StatusCode::OK } else { status }, Json(body)).into_response()
            } else {
                crate::trouble::page(lang, status, words::trouble::refused_title(lang), &sentence, None)
            };
            if let Some(seconds) = wait(&refusal) {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
        Fault::Broken(broken) => self::broken(caller, &broken),
        Fault::Busy(fault) => {
            tracing::warn!(%fault, "gave up trying");
            let mut response = told(caller, StatusCode::SERVICE_UNAVAILABLE, words::trouble::broken_text(lang), None);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
            response
        }
    }
}

/// Our own fault: the ticket stands in the log.
pub fn broken(caller: &Caller, broken: &Broken) -> Response {
    let status = if broken.full { StatusCode::INSUFFICIENT_STORAGE } else { StatusCode::INTERNAL_SERVER_ERROR };
    told(caller, status, words::trouble::broken_text(caller.preferences.lang), Some(&broken.ticket))
}

fn told(caller: &Caller, status: StatusCode, sentence: &str, ticket: Option<&str>) -> Response {
    let lang = caller.preferences.lang;
    if caller.wants_json {
        let with_ticket = ticket.map(|t| format!("{sentence}{}", words::trouble::broken_ticket(lang, t)));
        let problem = with_ticket.as_deref().unwrap_or(sentence);
        let body = json!({ "problem": problem, "title": words::trouble::broken_title(lang), "status": status.as_u16(), "ticket": ticket });
        return (status, Json(body)).into_response();
    }
    crate::trouble::page(lang, status, words::trouble::broken_title(lang), sentence, ticket)
}

/// The HTTP status of a refusal.
pub fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::FileKind { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        other => StatusCode::from_u16(app::Failure::from(other.clone()).status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// Seconds after which it is worth trying again.
pub fn wait(refusal: &Refusal) -> Option<u32> {
    match refusal {
        Refusal::TooOften { seconds } => Some(*seconds),
        Refusal::Locked { until } => u32::try_from((*until - clock::now()).num_seconds().max(1)).ok(),
        _ => None,
    }
}

/// A path of ours to go to, or `/`: never another site, whatever a query or a field says.
pub fn local(path: &str) -> &str {
    let inside = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/\\");
    if inside && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_never_leaves_the_house() {
        for inside in ["/", "/my", "/items?q=%E5%BC%80", "/my/cases/1#top"] {
            assert_eq!(local(inside), inside);
        }
        for outside in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "my", "/a\r\nSet-Cookie: x", "/\t/evil", "/中"]
        {
            assert_eq!(local(outside), "/", "{outside:?}");
        }
    }

    #[test]
    fn a_password_is_never_given_back() {
        let typed = vec![("account".into(), "citizen".into()), ("password".into(), "x".into()), ("key".into(), "y".into())];
        assert_eq!(keep(typed), Some(vec![("account".to_owned(), "citizen".to_owned())]));
    }

    #[test]
    fn what_is_kept_is_kept_whole_or_not_at_all() {
        let pairs = |count: usize, value: &str| vec![("f.staff_name".to_owned(), value.to_owned()); count];
        for whole in [pairs(1, &"字".repeat(100_000)), pairs(MOST_PARTS, "李某")] {
            assert_eq!(keep(whole.clone()), Some(whole));
        }
        for endless in [pairs(1, &"字".repeat(FORM)), pairs(MOST_PARTS + 1, "")] {
            assert_eq!(keep(endless), None);
        }
    }
}
