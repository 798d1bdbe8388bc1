//! The desk's doors: acts on a case, the unsent opinion, and how a document would look.

use super::{Fields, files, id};
use crate::caller::Caller;
use crate::guards::headers::MayBeFramed;
use crate::house::House;
use crate::reply::{apart, back, go, plain};
use app::doors::encode;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Refusal;
use domain::cases::Act;
use domain::refusal::Thing;
use service::Fault;

/// GET /desk/cases/{id}/full/{page}: the numbers of that page of the form in full. Each look is on record.
pub async fn full(caller: Caller, Path((case, page)): Path<(String, String)>) -> Response {
    let lang = caller.preferences.lang;
    let told = async { service::cases::full(&caller.ask, id(&case, Thing::Case)?, &page).await };
    match told.await {
        Ok(lines) => {
            let colon = if lang.is_chinese() { "：" } else { ": " };
            let lines: Vec<String> = lines.into_iter().map(|(label, value)| format!("{label}{colon}{value}")).collect();
            crate::trouble::page(lang, http::StatusCode::OK, words::desk::full_title(lang), &lines.join("；"), None)
        }
        Err(fault) => plain(&caller, fault),
    }
}

fn page(case: &str) -> String {
    format!("/desk/cases/{}", encode(case))
}

/// POST /desk/cases/{id}/note: `note`, the opinion a clerk is writing.
pub async fn note(caller: Caller, Path(case): Path<String>, fields: Fields) -> Response {
    let page = page(&case);
    let (ask, text) = (caller.ask.clone(), fields.one("note").to_owned());
    match apart(async move { service::cases::save_note(&ask, id(&case, Thing::Case)?, &text).await }).await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// POST /desk/cases/{id}/here: `writing` yes, no, or left when the page goes.
pub async fn here(caller: Caller, Path(case): Path<String>, fields: Fields) -> Response {
    let page = page(&case);
    let writing = match fields.one("writing") {
        "left" => None,
        said => Some(said == "yes"),
    };
    let told = async { service::cases::here(&caller.ask, id(&case, Thing::Case)?, writing).await };
    match told.await {
        Ok(()) => go(&caller, &page),
        Err(fault) => plain(&caller, fault),
    }
}

/// POST /desk/cases/{id}/write: `message`, `after`.
pub async fn write(caller: Caller, Path(case): Path<String>, fields: Fields) -> Response {
    let page = page(&case);
    let (ask, after, words) = (caller.ask.clone(), fields.one("after").to_owned(), fields.one("message").to_owned());
    let done = apart(async move { service::cases::answer(&ask, id(&case, Thing::Case)?, &after, &words).await });
    match done.await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// POST /desk/cases/{id}/settle: what the applicant wrote needs no answer.
pub async fn settle(caller: Caller, Path(case): Path<String>, fields: Fields) -> Response {
    let page = page(&case);
    let ask = caller.ask.clone();
    match apart(async move { service::cases::settle(&ask, id(&case, Thing::Case)?).await }).await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// POST /desk/cases/{id}/{act}: `version` and the fields of the act.
pub async fn act(caller: Caller, Path((case, act)): Path<(String, String)>, fields: Fields) -> Response {
    let page = page(&case);
    // the door is named like the act
    let Ok(act) = serde_json::from_value::<Act>(serde_json::Value::String(act)) else {
        return plain(&caller, Refusal::NotFound { thing: Thing::Page }.into());
    };
    let (ask, pairs) = (caller.ask.clone(), fields.0.clone());
    let version = fields.one("version").trim().parse().unwrap_or(0);
    let done = apart(async move { service::cases::act(&ask, id(&case, Thing::Case)?, version, act, &pairs).await });
    match done.await {
        Ok(_) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// POST /desk/cases/{id}/preview/{kind}: what the decision would look like with the `opinion` as it stands in the box. Nothing is kept.
pub async fn preview(
    State(house): State<House>,
    caller: Caller,
    Path((case, kind)): Path<(String, String)>,
    fields: Fields,
) -> Response {
    match previewed(&house, &caller, &case, &kind, fields.one("opinion")).await {
        Ok(response) => response,
        Err(fault) => plain(&caller, fault),
    }
}

async fn previewed(house: &House, caller: &Caller, case: &str, kind: &str, opinion: &str) -> Result<Response, Fault> {
    let case = id(case, Thing::Case)?;
    let granted = match kind.trim_end_matches(".pdf") {
        "grant_decision" | "benefit_grant" | "service_grant" => true,
        "refusal_decision" | "benefit_refusal" | "service_refusal" => false,
        _ => return Err(Refusal::NotFound { thing: Thing::Document }.into()),
    };
    let reason = if opinion.trim().is_empty() { "（意见写好以后显示在这里）" } else { opinion.trim() };
    let event = service::cases::preview_event(&caller.ask, granted, reason, None);
    let document = service::cases::preview(&caller.ask, case, event, house.setter.as_ref()).await?;
    let mut response = files::inline(document.pdf, &document.file_name, "application/pdf");
    response.extensions_mut().insert(MayBeFramed);
    Ok(response)
}
