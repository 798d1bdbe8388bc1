//! The applicant's doors of a case, and looking one up without signing in.

use super::identity::too_often;
use super::{Fields, files, id};
use crate::caller::Caller;
use crate::clock;
use crate::guards::turnstile::Knock;
use crate::house::House;
use crate::reply::{apart, back, go, plain};
use crate::sessions::Tracked;
use app::doors::{TRACK, encode};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::Refusal;
use domain::refusal::Thing;
use service::Fault;

/// POST /my/cases/{id}/supplement: opens the draft that answers the notice.
pub async fn supplement(caller: Caller, Path(case): Path<String>) -> Response {
    let page = format!("/my/cases/{}", encode(&case));
    let ask = caller.ask.clone();
    let opened = apart(async move {
        let draft = service::cases::open_supplement(&ask, id(&case, Thing::Case)?).await?;
        service::forms::draft(&ask, draft).await
    });
    match opened.await {
        Ok(draft) => go(&caller, &format!("/apply/{}/{}", encode(&draft.code), draft.id)),
        Err(fault) => back(&caller, &page, fault, Vec::new()).await,
    }
}

/// POST /my/cases/{id}/withdraw: `version`, `reason`.
pub async fn withdraw(caller: Caller, Path(case): Path<String>, fields: Fields) -> Response {
    let page = format!("/my/cases/{}", encode(&case));
    let (ask, reason) = (caller.ask.clone(), fields.one("reason").to_owned());
    // a form without version was made before anything happened: it is as stale as can be
    let version = fields.one("version").trim().parse().unwrap_or(0);
    let done = apart(async move { service::cases::withdraw(&ask, id(&case, Thing::Case)?, version, &reason).await });
    match done.await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &format!("{page}/withdraw"), fault, fields.0).await,
    }
}

/// POST /my/cases/{id}/write: `message`, `after`.
pub async fn write(caller: Caller, Path(case): Path<String>, fields: Fields) -> Response {
    let page = format!("/my/cases/{}", encode(&case));
    let (ask, after, words) = (caller.ask.clone(), fields.one("after").to_owned(), fields.one("message").to_owned());
    let done = apart(async move { service::cases::write(&ask, id(&case, Thing::Case)?, &after, &words).await });
    match done.await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// POST /my/cases/{id}/rate: `stars`, `tag` (repeated), `words`.
pub async fn rate(caller: Caller, Path(case): Path<String>, fields: Fields) -> Response {
    let page = format!("/my/cases/{}", encode(&case));
    let (ask, tags, words) = (caller.ask.clone(), fields.all("tag"), fields.one("words").to_owned());
    let stars = fields.one("stars").trim().parse().unwrap_or(0);
    let done = apart(async move { service::cases::rate(&ask, id(&case, Thing::Case)?, stars, &tags, &words).await });
    match done.await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &format!("{page}/rate"), fault, fields.0).await,
    }
}

/// POST /track: `number`, `code`. The code stays in the session; the address carries the number only.
pub async fn track(State(house): State<House>, caller: Caller, fields: Fields) -> Response {
    if let Err(wait) = house.turnstile.pass(Knock::Track, caller.address, clock::moment()) {
        return back(&caller, TRACK, too_often(wait), fields.0).await;
    }
    let (number, code) = (fields.one("number"), fields.one("code"));
    let found = match service::cases::track(&caller.ask, number, code).await {
        Ok(found) => found,
        Err(fault) => return back(&caller, TRACK, fault, fields.0).await,
    };
    house.turnstile.give_back(Knock::Track, caller.address);
    let number: String = found.number().chars().filter(|c| !c.is_whitespace()).collect();
    let mut visit = caller.visit.clone();
    visit.flash = None;
    visit.remember(Tracked { number: number.clone(), code: code.trim().to_owned() });
    match visit.keep(&caller.session).await {
        Ok(()) => go(&caller, &format!("{TRACK}/{}", encode(&number))),
        Err(fault) => plain(&caller, Fault::broken(fault)),
    }
}

/// GET /documents/{id}: a document of one's case, or of one's unit.
pub async fn document(State(house): State<House>, caller: Caller, Path(file): Path<String>) -> Response {
    let name = file.strip_suffix(".pdf").unwrap_or(&file);
    let made = match id(name, Thing::Document) {
        Ok(id) => service::cases::document(&caller.ask, id, house.setter.as_ref()).await,
        Err(_) => Err(Refusal::NotFound { thing: Thing::Document }.into()),
    };
    match made {
        Ok(document) => files::attachment(document.pdf, &document.file_name, "application/pdf"),
        Err(fault) => plain(&caller, fault),
    }
}
