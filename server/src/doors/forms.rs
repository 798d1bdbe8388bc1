//! Filling in: begin a draft, save a page with its files, submit, throw away.

use super::fields::{is_multipart, unreadable};
use super::files::{self, Place, Received};
use super::{Fields, id, identity};
use crate::caller::Caller;
use crate::house::House;
use crate::reply::{apart, back, go, keep, plain};
use crate::sessions::Unsaved;
use app::doors::{encode, sign_in_from};
use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, RequestExt as _};
use domain::Refusal;
use domain::identity::Actor;
use domain::refusal::Thing;
use serde_json::json;
use service::Fault;
use service::forms::{Next, Saved};
use std::time::Duration;
use uuid::Uuid;

/// A page of somebody who is not signed in is waited for no longer than this.
const STRANGERS: Duration = Duration::from_secs(120);

fn draft_page(code: &str, draft: Uuid, rest: &str) -> String {
    format!("/apply/{}/{draft}{rest}", encode(code))
}

/// The page once more. Whoever came from the summary to mend one thing (`back`) is led back there when it is mended, however often
/// they try.
fn again(here: &str, fields: &Fields) -> String {
    if fields.one("back") == "check" { format!("{here}?back=check") } else { here.to_owned() }
}

/// POST /apply/{code}/start: `key`, `party`, and first answers (`situation`).
pub async fn start(State(house): State<House>, mut caller: Caller, Path(code): Path<String>, mut fields: Fields) -> Response {
    let page = format!("/apply/{}", encode(&code));
    if !fields.one("party").is_empty() {
        let (party, at) = (fields.one("party").to_owned(), caller.ask.at);
        let chosen = identity::act_for(&caller, &party).await;
        let chosen = match chosen {
            Ok(visit) => visit,
            Err(fault) => return back(&caller, &page, fault, fields.0).await,
        };
        if let (Some(account), party) = (chosen.account, chosen.acting_for) {
            match service::identity::actor(&house.hall, at, account, party).await {
                Ok(actor) => caller.ask.actor = actor,
                Err(fault) => return plain(&caller, fault),
            }
        }
        caller.visit = chosen;
    }
    // the first question of a form is asked on the way in, under its own name or as a field
    if !fields.one("situation").is_empty() && fields.one("f.situation").is_empty() {
        let situation = fields.one("situation").to_owned();
        fields.add("f.situation", &situation);
    }
    let (ask, item, pairs, key) = (caller.ask.clone(), code.clone(), fields.0.clone(), fields.one("key").to_owned());
    match apart(async move { service::forms::start(&ask, &item, &key, &pairs).await }).await {
        Ok(draft) => go(&caller, &draft_page(&code, draft, "")),
        Err(fault) => back(&caller, &page, fault, fields.0).await,
    }
}

/// POST /apply/{code}/{draft}/{page}: fields `f.…`, the pressed button `act`, and files under the names of their fields.
pub async fn save(
    State(house): State<House>,
    caller: Caller,
    Path((code, draft, page)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    let draft = match id(&draft, Thing::Draft) {
        Ok(draft) => draft,
        Err(fault) => return plain(&caller, fault),
    };
    let here = draft_page(&code, draft, &format!("/{}", encode(&page)));
    if caller.ask.actor == Actor::Visitor {
        return sign_in_first(&house, caller, (draft, page), &here, request).await;
    }
    let Received { fields, files, refused } = if is_multipart(&request) {
        let parts = match Multipart::from_request(files::without_limit(request), &house).await {
            Ok(parts) => parts,
            Err(why) => return plain(&caller, unreadable(why)),
        };
        match files::receive(Some(Place { caller: &caller, draft, page: &page }), parts).await {
            Ok(received) => received,
            // the line broke: a page of which the end is missing would look like boxes left empty
            Err(fault) => return back(&caller, &here, fault, Vec::new()).await,
        }
    } else {
        match request.extract_with_state::<Fields, _, _>(&house).await {
            Ok(fields) => Received { fields, ..Received::default() },
            Err(response) => return response,
        }
    };
    let here = again(&here, &fields);
    let (ask, pairs, name) = (caller.ask.clone(), fields.0.clone(), page.clone());
    let saved = apart(async move { service::forms::save_page(&ask, draft, &name, &pairs).await }).await;
    match (saved, refused) {
        (Err(fault), _) => back(&caller, &here, fault, fields.0).await,
        // what was typed is safe in the draft; only the file has to be chosen again
        (Ok(_), Some(fault)) => back(&caller, &here, fault, Vec::new()).await,
        (Ok(saved), None) => {
            let to = following(&code, draft, &here, &saved, &fields);
            if caller.wants_json {
                return Json(json!({ "location": to, "saved_at": saved.saved_at, "files": files })).into_response();
            }
            go(&caller, &to)
        }
    }
}

/// The session ended while somebody was filling in: what they typed waits in the new one until they are back.
async fn sign_in_first(
    house: &House,
    mut caller: Caller,
    (draft, page): (Uuid, String),
    here: &str,
    request: Request,
) -> Response {
    let came = tokio::time::timeout(STRANGERS, typed_in(house, request)).await;
    let came = came.ok().flatten();
    let here = came.as_ref().map_or_else(|| here.to_owned(), |fields| again(here, fields));
    let kept = came.and_then(|fields| keep(fields.0));
    let whole = kept.is_some();
    let mut typed = kept.unwrap_or_default();
    typed.retain(|(name, _)| name != "act");
    // a file alone is nothing typed: it takes no page's place that waits already
    if !typed.is_empty() || caller.visit.unsaved.is_none() {
        caller.visit.unsaved = Some(Unsaved { draft, page, typed });
        if let Err(fault) = caller.visit.keep(&caller.session).await {
            return plain(&caller, Fault::broken(fault));
        }
    }
    if whole {
        back(&caller, &here, Refusal::SignInFirst.into(), Vec::new()).await
    } else {
        // told where they are led: the page itself will be as it was before
        back(&caller, &sign_in_from(&here), Refusal::NotKept.into(), Vec::new()).await
    }
}

/// What was typed into a page, its files left out; nothing when it cannot be had whole.
async fn typed_in(house: &House, request: Request) -> Option<Fields> {
    if is_multipart(&request) {
        let parts = Multipart::from_request(files::without_limit(request), house).await.ok()?;
        return files::receive(None, parts).await.ok().map(|came| came.fields);
    }
    request.extract_with_state::<Fields, _, _>(house).await.ok()
}

/// Saves what waited; what cannot be saved (another person's draft) is forgotten.
pub(super) async fn save_waiting(ask: service::Ask, unsaved: Unsaved) {
    let mut pairs = unsaved.typed;
    if pairs.is_empty() {
        return;
    }
    pairs.push(("act".to_owned(), "autosave".to_owned()));
    let saved = apart(async move { service::forms::save_page(&ask, unsaved.draft, &unsaved.page, &pairs).await }).await;
    if let Err(fault) = saved {
        tracing::debug!(%fault, "what waited for a sign-in could not be saved");
    }
}

/// Where a saved page leads.
fn following(code: &str, draft: Uuid, here: &str, saved: &Saved, fields: &Fields) -> String {
    match &saved.next {
        // back from the summary to one page and straight to the summary again
        Next::Page(_) | Next::Check if fields.one("back") == "check" => draft_page(code, draft, "/check"),
        Next::Page(page) => draft_page(code, draft, &format!("/{}", encode(page))),
        Next::Check => draft_page(code, draft, "/check"),
        Next::My => "/my".to_owned(),
        Next::Same => here.to_owned(),
    }
}

/// POST /apply/{code}/{draft}/submit: `key`, `d.{declaration}` for each that is ticked.
pub async fn submit(caller: Caller, Path((code, draft)): Path<(String, String)>, fields: Fields) -> Response {
    let draft = match id(&draft, Thing::Draft) {
        Ok(draft) => draft,
        Err(fault) => return plain(&caller, fault),
    };
    let (ask, key, pairs) = (caller.ask.clone(), fields.one("key").to_owned(), fields.0.clone());
    match apart(async move { service::cases::submit(&ask, draft, &key, &pairs).await }).await {
        Ok(receipt) => {
            go(&caller, &receipt.joint.map_or_else(|| format!("/my/cases/{}", receipt.case), |id| format!("/my/joints/{id}")))
        }
        Err(fault) => back(&caller, &draft_page(&code, draft, "/check"), fault, fields.0).await,
    }
}

/// POST /apply/{code}/{draft}/seen: the person has seen how the form changed.
pub async fn seen(caller: Caller, Path((code, draft)): Path<(String, String)>) -> Response {
    let draft = match id(&draft, Thing::Draft) {
        Ok(draft) => draft,
        Err(fault) => return plain(&caller, fault),
    };
    let (ask, page) = (caller.ask.clone(), draft_page(&code, draft, ""));
    match apart(async move { service::forms::accept_changes(&ask, draft).await }).await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, Vec::new()).await,
    }
}

/// POST /apply/{code}/{draft}/discard
pub async fn discard(caller: Caller, Path((_, draft)): Path<(String, String)>) -> Response {
    let draft = match id(&draft, Thing::Draft) {
        Ok(draft) => draft,
        Err(fault) => return plain(&caller, fault),
    };
    let ask = caller.ask.clone();
    match apart(async move { service::forms::discard(&ask, draft).await }).await {
        Ok(()) => go(&caller, "/my"),
        Err(fault) => back(&caller, "/my", fault, Vec::new()).await,
    }
}

/// GET /uploads/{id}: one's own file, or one in a case of one's unit.
pub async fn upload(caller: Caller, Path(upload): Path<String>) -> Response {
    let opened = match id(&upload, Thing::Upload) {
        Ok(id) => service::forms::upload(&caller.ask, id).await,
        Err(fault) => Err::<_, Fault>(fault),
    };
    match opened {
        Ok(file) => files::send_stored(file),
        Err(fault) => plain(&caller, fault),
    }
}
