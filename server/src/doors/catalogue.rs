//! What an item is downloaded as.

use super::Fields;
use super::files::attachment;
use crate::caller::Caller;
use crate::house::House;
use crate::pages;
use crate::reply::plain;
use app::Filled;
use axum::body::Body;
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::Method;
use std::collections::HashMap;
use tokio::sync::Mutex;

/// Forms on paper that were asked for already: setting one takes a tenth of a second of a processor, and anybody may ask. One at a time.
#[derive(Default)]
pub struct BlankForms(Mutex<HashMap<String, (i64, Bytes, String)>>);

/// GET /items/{code}/form.pdf: the empty form, to be filled in by hand.
pub async fn blank_form(State(house): State<House>, caller: Caller, Path(code): Path<String>) -> Response {
    let mut kept = house.blank_forms.0.lock().await;
    let now = caller.ask.hall.published().procedure(&code).map(|procedure| procedure.version);
    if let Some((version, pdf, name)) = kept.get(&code)
        && Some(*version) == now
    {
        return attachment(pdf.clone(), name, "application/pdf");
    }
    match service::catalogue::blank_form(&caller.ask, &code, house.setter.as_ref()) {
        Ok(form) => {
            let pdf = Bytes::from(form.pdf);
            kept.insert(code, (now.unwrap_or_default(), pdf.clone(), form.file_name.clone()));
            attachment(pdf, &form.file_name, "application/pdf")
        }
        Err(fault) => plain(&caller, fault),
    }
}

/// POST /items/{code}/eligible: fields `f.…`. The page itself is the answer: a number that somebody tries stands in no address, no session and
/// no log.
pub async fn eligible(State(house): State<House>, Path(code): Path<String>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut page = Request::from_parts(parts.clone(), Body::empty());
    *page.method_mut() = Method::GET;
    match Fields::from_request(Request::from_parts(parts, body), &house).await {
        Ok(Fields(pairs)) => pages::tried(&house, page, Filled { code, pairs }).await,
        Err(response) => response,
    }
}
