//! The bench at which forms are built.

use super::fields::unreadable;
use super::files::attachment;
use super::{Fields, table_file};
use crate::caller::Caller;
use crate::house::House;
use crate::reply::{apart, back, go, plain};
use app::doors::{FORMS, form_on_bench, sheet_on_bench, spot_on_bench};
use axum::Json;
use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use axum::response::Response;
use chrono::NaiveDate;
use domain::Refusal;
use domain::forms::design::{Edit, Spot, document_schema};
use domain::refusal::{Saying, Thing};
use service::Fault;
use service::forms::bench::{self, Brought, Sheet};

/// POST /admin/forms/{code}/sheet: `spot`, `page`, `f.…`, the pressed button `act`.
pub async fn sheet(caller: Caller, Path(code): Path<String>, fields: Fields) -> Response {
    let Ok(spot) = fields.one("spot").parse::<Spot>() else { return nothing(&caller, &code).await };
    let page = sheet_on_bench(&code, fields.one("spot"), fields.one("page"));
    let (ask, part, pairs) = (caller.ask.clone(), fields.one("page").to_owned(), fields.0.clone());
    let saved = apart(async move {
        let posted = Sheet { spot, page: &part, pairs: &pairs };
        bench::save_sheet(&ask, &code, &posted).await
    });
    match saved.await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// POST /admin/forms/{code}/edit: `edit`, and `spot`, which was looked at.
pub async fn edit(caller: Caller, Path(code): Path<String>, fields: Fields) -> Response {
    let page = spot_on_bench(&code, fields.one("spot"));
    let Some(edit) = Edit::parse(fields.one("edit")) else { return nothing(&caller, &code).await };
    let (ask, of) = (caller.ask.clone(), code.clone());
    match apart(async move { bench::change(&ask, &of, &edit).await }).await {
        Ok(next) => go(&caller, &spot_on_bench(&code, &next.to_string())),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// What was sent names nothing; who asks is settled first, so that strangers learn nothing from the order of the answers.
async fn nothing(caller: &Caller, code: &str) -> Response {
    let fault = bench::may_look(&caller.ask, code).await.err().unwrap_or_else(|| Fault::missing(Thing::Page));
    plain(caller, fault)
}

/// POST /admin/forms/{code}/{act}: `begin`, `hand-in`, `give-back` with `reason`, `approve` with `from`, `throw-away`.
pub async fn act(caller: Caller, Path((code, act)): Path<(String, String)>, fields: Fields) -> Response {
    let page = form_on_bench(&code);
    let (ask, reason, from) = (caller.ask.clone(), fields.one("reason").to_owned(), fields.one("from").to_owned());
    let done = apart(async move {
        match act.as_str() {
            "begin" => bench::begin(&ask, &code).await,
            "hand-in" => bench::hand_in(&ask, &code).await,
            "give-back" => bench::give_back(&ask, &code, &reason).await,
            "throw-away" => bench::throw_away(&ask, &code).await,
            "approve" => match from.trim().parse::<NaiveDate>() {
                Ok(from) => bench::approve(&ask, &code, from).await,
                Err(_) => bench::may_look(&ask, &code).await.and(Err(Refusal::NothingSaid { what: Saying::FromDate }.into())),
            },
            _ => bench::may_look(&ask, &code).await.and(Err(Fault::missing(Thing::Page))),
        }
    });
    match done.await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// POST /admin/forms/{code}/take-in: `file`, a form as JSON or a field list as XLSX.
pub async fn take_in(State(house): State<House>, caller: Caller, Path(code): Path<String>, request: Request) -> Response {
    let page = form_on_bench(&code);
    if let Err(fault) = bench::may_look(&caller.ask, &code).await {
        return back(&caller, &page, fault, Vec::new()).await;
    }
    let file = match Multipart::from_request(request, &house).await {
        Ok(parts) => the_file(parts).await,
        Err(why) => Err(unreadable(why)),
    };
    let brought = match file {
        Ok((name, bytes)) => read_file(name, bytes).await,
        Err(fault) => Err(fault),
    };
    let ask = caller.ask.clone();
    let taken = match brought {
        Ok(brought) => apart(async move { bench::take_in(&ask, &code, &brought).await }).await,
        Err(fault) => Err(fault),
    };
    match taken {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, vec![("file".to_owned(), String::new())]).await,
    }
}

async fn the_file(mut parts: Multipart) -> Result<(String, Vec<u8>), Fault> {
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        let Some(name) = part.file_name().map(str::to_owned) else { continue };
        let bytes = part.bytes().await.map_err(unreadable)?;
        if !bytes.is_empty() {
            return Ok((name, bytes.to_vec()));
        }
    }
    Err(Refusal::NothingSaid { what: Saying::File }.into())
}

async fn read_file(name: String, bytes: Vec<u8>) -> Result<Brought, Fault> {
    if table_file::is_packed(&bytes) {
        let cells = tokio::task::spawn_blocking(move || table_file::cells(&name, bytes)).await.map_err(Fault::broken)??;
        return Ok(Brought::Table(cells));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Brought::Form(text)),
        Err(_) => Err(Refusal::FileKind { name, found: String::new(), accepted: "XLSX、JSON".to_owned() }.into()),
    }
}

/// GET /admin/forms/{code}/form.json: the form on the bench, or the one in force.
pub async fn export(caller: Caller, Path(code): Path<String>) -> Response {
    match bench::export(&caller.ask, &code).await {
        Ok(json) => attachment(json, &format!("{code}.form.json"), "application/json"),
        Err(fault) => plain(&caller, fault),
    }
}

/// GET /open/form.schema.json: what a form looks like as a document, for tools that write or check one.
pub async fn schema() -> Json<serde_json::Value> {
    Json(document_schema())
}

/// GET /admin: the only room of it there is so far.
pub async fn admin(caller: Caller) -> Response {
    go(&caller, FORMS)
}
