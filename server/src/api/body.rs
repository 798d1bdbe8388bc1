//! Bodies and addresses as they come in: small, whole, UTF-8, every key once, and of the described shape, or refused with the reason.

use super::problem::Trouble;
use super::shapes::Place;
use super::twice::twice;
use crate::caller::preferences;
use crate::house::House;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use bytes::Bytes;
use domain::refusal::Thing;
use http::request::Parts;
use http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use service::Fault;
use uuid::Uuid;
use words::{Lang, program as w};

/// Bytes of a JSON body.
pub const MOST: usize = 2 << 20;
/// What a body is, unless it is a file.
pub const JSON: &str = "application/json";

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<House> for Body<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, house: &House) -> Result<Self, Trouble> {
        let lang = preferences(request.headers()).lang;
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if kind != JSON {
            return Err(Trouble::new(lang, StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_type", w::wrong_type(lang, JSON)));
        }
        let bytes = Bytes::from_request(request, house).await.map_err(|why| {
            if why.status() == StatusCode::PAYLOAD_TOO_LARGE {
                return Trouble::new(lang, why.status(), "too_large", w::too_large(lang, words::bytes(MOST as u64)));
            }
            Trouble::of(lang, domain::Refusal::FileCutShort.into())
        })?;
        read(lang, &bytes).map(Self)
    }
}

fn read<T: DeserializeOwned>(lang: Lang, bytes: &[u8]) -> Result<T, Trouble> {
    let unread = |why: serde_json::Error| match why.classify() {
        Category::Data => {
            // the library says what it found and where
            Trouble::new(lang, StatusCode::UNPROCESSABLE_ENTITY, "wrong_shape", w::wrong_shape(lang, &why))
        }
        Category::Syntax | Category::Eof | Category::Io => {
            Trouble::new(lang, StatusCode::BAD_REQUEST, "not_json", w::not_json(lang, why.line(), why.column()))
        }
    };
    match twice(bytes).map_err(unread)? {
        Some(pointer) => Err(said_twice(lang, pointer)),
        None => serde_json::from_slice(bytes).map_err(unread),
    }
}

fn said_twice(lang: Lang, pointer: String) -> Trouble {
    let step = pointer.rsplit('/').next().unwrap_or_default();
    let key = step.replace("~1", "/").replace("~0", "~");
    let detail = w::twice(lang, cut(&key, 100), cut(&pointer, 200));
    let place = Place { pointer: cut(&pointer, 4_000), label: String::new(), detail: detail.clone(), code: "twice".to_owned() };
    Trouble::new(lang, StatusCode::UNPROCESSABLE_ENTITY, "twice", detail).at(vec![place])
}

/// What somebody else wrote, as long as we are ready to say it again.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() > most { text.chars().take(most).chain(['…']).collect() } else { text.to_owned() }
}

/// The parameters of an address, each once; whatever is not described is refused.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<House> for Asked<T> {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &House) -> Result<Self, Trouble> {
        let lang = preferences(&parts.headers).lang;
        Query::try_from_uri(&parts.uri).map(|Query(asked)| Self(asked)).map_err(|why| {
            let why = std::error::Error::source(&why).map_or_else(|| why.to_string(), ToString::to_string);
            Trouble::new(lang, StatusCode::BAD_REQUEST, "wrong_query", w::wrong_query(lang, why))
        })
    }
}

/// The parts of an address that name something.
pub struct Named<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<House> for Named<T> {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Trouble> {
        let lang = preferences(&parts.headers).lang;
        let read = Path::from_request_parts(parts, house).await;
        let unread = |_| Trouble::new(lang, StatusCode::BAD_REQUEST, "wrong_address", w::wrong_address(lang));
        read.map(|Path(named)| Self(named)).map_err(unread)
    }
}

/// An id of an address: what is none names nothing.
pub fn id(lang: Lang, text: &str, thing: Thing) -> Result<Uuid, Trouble> {
    Uuid::parse_str(text).map_err(|_| Trouble::of(lang, Fault::missing(thing)))
}
