//! The flat names and values of a form, however the browser sent them.

use crate::caller::Caller;
use crate::house::House;
use crate::reply;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::{IntoResponse as _, Response};
use axum::{Form, RequestExt as _};
use domain::Refusal;
use http::{StatusCode, header};
use service::Fault;

/// Names and values in the order they were sent. Characters no text of ours may hold (NUL) are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value under this name; empty when there is none.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// Every value under this name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| v.clone()).collect()
    }

    pub(super) fn add(&mut self, name: &str, value: &str) {
        let clean = |text: &str| text.replace('\0', "");
        self.0.push((clean(name), clean(value)));
    }
}

/// Whether the body comes in parts.
pub fn is_multipart(request: &Request) -> bool {
    request.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"multipart/form-data"))
}

/// What could not be read, as the caller is told.
pub fn unreadable(why: impl std::fmt::Display) -> Fault {
    Refusal::Unreadable { why: why.to_string() }.into()
}

impl FromRequest<House> for Fields {
    type Rejection = Response;

    async fn from_request(mut request: Request, house: &House) -> Result<Self, Self::Rejection> {
        let caller: Caller = request.extract_parts_with_state(house).await?;
        read(request, house).await.map_err(|fault| reply::plain(&caller, fault))
    }
}

/// A form without files.
async fn read(request: Request, house: &House) -> Result<Fields, Fault> {
    let mut fields = Fields::default();
    // a button alone is a form too
    let empty = request.headers().get(header::CONTENT_LENGTH).is_some_and(|v| v == "0");
    if empty && !request.headers().contains_key(header::CONTENT_TYPE) {
        return Ok(fields);
    }
    if is_multipart(&request) {
        let mut parts = Multipart::from_request(request, house).await.map_err(unreadable)?;
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            if part.file_name().is_some() {
                continue;
            }
            let name = part.name().unwrap_or_default().to_owned();
            let value = part.text().await.map_err(unreadable)?;
            fields.add(&name, &value);
        }
        return Ok(fields);
    }
    let form = Form::<Vec<(String, String)>>::from_request(request, house).await;
    let Form(pairs) = form.map_err(|why| match why.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Refusal::FileTooLarge { name: "表单".to_owned(), max: crate::router::FORM as u64 }.into()
        }
        _ => unreadable("不是表单的格式"),
    })?;
    for (name, value) in pairs {
        fields.add(&name, &value);
    }
    Ok(fields)
}
