//! The bench at which forms are built.

use super::Fields;
use crate::caller::Caller;
use crate::reply::{apart, back, go, plain};
use app::doors::{FORMS, form_on_bench, sheet_on_bench, spot_on_bench};
use axum::extract::Path;
use axum::response::Response;
use chrono::NaiveDate;
use domain::Refusal;
use domain::forms::design::{Edit, Spot};
use domain::refusal::{Saying, Thing};
use service::Fault;
use service::forms::bench::{self, Sheet};

/// POST /admin/forms/{code}/sheet: `spot`, `page`, `revision`, `f.…`, the pressed button `act`.
pub async fn sheet(caller: Caller, Path(code): Path<String>, fields: Fields) -> Response {
    let Ok(spot) = fields.one("spot").parse::<Spot>() else { return plain(&caller, Fault::missing(Thing::Page)) };
    let page = sheet_on_bench(&code, fields.one("spot"), fields.one("page"));
    let (ask, part, pairs) = (caller.ask.clone(), fields.one("page").to_owned(), fields.0.clone());
    let revision = fields.one("revision").parse().unwrap_or_default();
    let saved = apart(async move {
        let posted = Sheet { spot, page: &part, revision, pairs: &pairs };
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
    let Some(edit) = Edit::parse(fields.one("edit")) else { return plain(&caller, Fault::missing(Thing::Page)) };
    let (ask, of) = (caller.ask.clone(), code.clone());
    match apart(async move { bench::change(&ask, &of, &edit).await }).await {
        Ok(next) => go(&caller, &spot_on_bench(&code, &next.to_string())),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
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
                Err(_) => Err(Refusal::NothingSaid { what: Saying::FromDate }.into()),
            },
            _ => Err(Fault::missing(Thing::Page)),
        }
    });
    match done.await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// GET /admin: the only room of it there is so far.
pub async fn admin(caller: Caller) -> Response {
    go(&caller, FORMS)
}
