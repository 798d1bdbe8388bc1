//! Problem documents (RFC 9457). `code` is for programs and stays; `detail` is for the person who reads the log.

use super::body::JSON;
use super::shapes::Place;
use crate::reply;
use app::content::PROBLEMS;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::Value;
use service::Fault;
use utoipa::ToSchema;
use words::{Lang, program as w};

/// What went wrong, as a program reads it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Where this kind of problem is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// In a few words.
    pub title: String,
    /// As the HTTP status.
    pub status: u16,
    /// What is wrong and how to mend it.
    pub detail: String,
    /// The kind of problem, for programs: `astray`, `form_has_problems`, `too_often` …
    pub code: String,
    /// What exactly, where there is something to say: the refusal with its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub refusal: Option<Value>,
    /// Places in the answers that have to be mended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Place>,
    /// To be told when asking the operator about a fault of the hall.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

/// A problem on its way out.
pub struct Trouble(Box<Told>);

struct Told {
    lang: Lang,
    status: StatusCode,
    code: String,
    detail: String,
    refusal: Option<Value>,
    errors: Vec<Place>,
    ticket: Option<String>,
    wait: Option<u32>,
}

impl Trouble {
    /// A problem of the API's own.
    pub fn new(lang: Lang, status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(Told {
            lang,
            status,
            code: code.to_owned(),
            detail: detail.into(),
            refusal: None,
            errors: Vec::new(),
            ticket: None,
            wait: None,
        }))
    }

    /// What `service` refused, or failed at.
    pub fn of(lang: Lang, fault: Fault) -> Self {
        match fault {
            Fault::Refused(refusal) => {
                let value = serde_json::to_value(&refusal).unwrap_or_default();
                let code = value.get("refused").and_then(Value::as_str).unwrap_or("refused").to_owned();
                let mut trouble = Self::new(lang, reply::status(&refusal), &code, words::refusal(lang, &refusal));
                // its name alone is the code already
                trouble.0.refusal = value.as_object().is_some_and(|o| o.len() > 1).then_some(value);
                trouble.0.wait = reply::wait(&refusal);
                trouble
            }
            Fault::Broken(broken) => {
                let status = if broken.full { StatusCode::INSUFFICIENT_STORAGE } else { StatusCode::INTERNAL_SERVER_ERROR };
                let mut trouble = Self::new(lang, status, "broken", words::trouble::broken_text(lang));
                trouble.0.ticket = Some(broken.ticket);
                trouble
            }
            Fault::Busy(fault) => {
                tracing::warn!(%fault, "gave up trying");
                let text = words::trouble::broken_text(lang);
                let mut trouble = Self::new(lang, StatusCode::SERVICE_UNAVAILABLE, "busy", text);
                trouble.0.wait = Some(2);
                trouble
            }
        }
    }

    /// With the places it is about.
    pub fn at(mut self, errors: Vec<Place>) -> Self {
        self.0.errors = errors;
        self
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let told = *self.0;
        let explained = PROBLEMS.iter().any(|(code, ..)| *code == told.code);
        let title = if told.status.is_server_error() {
            words::trouble::broken_title(told.lang)
        } else {
            words::trouble::refused_title(told.lang)
        };
        let problem = Problem {
            kind: if explained { format!("/open#problem-{}", told.code) } else { "about:blank".to_owned() },
            title: title.to_owned(),
            status: told.status.as_u16(),
            detail: told.detail,
            code: told.code,
            refusal: told.refusal,
            errors: told.errors,
            ticket: told.ticket,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (told.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(told.lang.html()));
        if told.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"tongban\""));
        }
        if told.status == StatusCode::UNSUPPORTED_MEDIA_TYPE {
            headers.insert(HeaderName::from_static("accept-post"), HeaderValue::from_static(JSON));
        }
        if let Some(seconds) = told.wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A problem told by the outermost layers, which know a sentence and no more.
pub fn plain(lang: Lang, status: StatusCode, detail: &str) -> Response {
    let code = match status {
        StatusCode::SERVICE_UNAVAILABLE => "busy",
        other if other.is_server_error() => "broken",
        _ => "refused",
    };
    Trouble::new(lang, status, code, detail).into_response()
}

/// An address below `/api/v1/` that leads nowhere.
pub fn no_door(lang: Lang) -> Response {
    Trouble::new(lang, StatusCode::NOT_FOUND, "not_found", w::no_door(lang, "/open")).into_response()
}

/// A door that does not open this way.
pub async fn wrong_method(State(_): State<crate::house::House>, headers: http::HeaderMap) -> Response {
    let lang = crate::caller::preferences(&headers).lang;
    Trouble::new(lang, StatusCode::METHOD_NOT_ALLOWED, "wrong_method", w::wrong_method(lang)).into_response()
}
