//! What an item is downloaded as.

use super::files::attachment;
use crate::caller::Caller;
use crate::house::House;
use crate::reply::plain;
use axum::extract::{Path, State};
use axum::response::Response;
use bytes::Bytes;
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
