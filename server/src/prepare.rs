//! From a request to a caller: session, actor, language. Runs before every page, question and door.

use crate::caller::{Caller, is_awake, preferences, wants_json, wants_page};
use crate::house::House;
use crate::outside::Outside;
use crate::reply;
use crate::sessions::Visit;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::identity::Actor;
use http::Method;
use service::{Ask, Fault};
use tower_sessions::Session;

/// Move the end of a session at most this often.
const TOUCH_MINUTES: i64 = 5;

/// Adds a [`Caller`] to the request.
pub async fn prepare(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let outside = request.extensions().get::<Outside>().cloned().unwrap_or_default();
    let preferences = preferences(request.headers());
    let Some(session) = request.extensions().get::<Session>().cloned() else {
        return crate::trouble::broken(preferences.lang, &Fault::broken("a door without a session layer"));
    };
    let at = (house.clock)();
    let mut caller = Caller {
        ask: Ask { hall: house.hall.clone(), actor: Actor::Visitor, at, lang: preferences.lang },
        visit: Visit::default(),
        session,
        preferences,
        nonce: outside.nonce,
        wants_json: wants_json(request.headers()),
        awake: is_awake(request.headers()),
        address: outside.address,
    };
    // a body may not be shared between threads, so its request is not held across a wait
    let page = (request.method() == Method::GET && wants_page(request.headers())).then(|| request.uri().path().to_owned());
    if let Err(fault) = recognise(&mut caller, page.as_deref()).await {
        return reply::plain(&caller, fault);
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Who it is, by their session; and what the last act left for this page.
async fn recognise(caller: &mut Caller, page: Option<&str>) -> Result<(), Fault> {
    caller.visit = Visit::of(&caller.session).await.map_err(Fault::broken)?;
    let mut changed = false;
    if let Some(account) = caller.visit.account {
        let ask = &caller.ask;
        caller.ask.actor = service::identity::actor(&ask.hall, ask.at, account, caller.visit.acting_for).await?;
        let stale = caller.visit.seen.is_none_or(|seen| (caller.ask.at - seen).num_minutes().abs() >= TOUCH_MINUTES);
        if stale {
            caller.visit.seen = Some(caller.ask.at);
            changed = true;
        }
    }
    let mut kept = caller.visit.clone();
    if let Some(page) = page
        && kept.flash.is_some()
    {
        // said once, and only on the page it is about
        let here = kept.flash.take().filter(|flash| flash.page == page);
        caller.visit.flash = here;
        changed = true;
    }
    if page == Some(app::doors::KEYS) {
        // shown once: what this page takes is in the session no more
        caller.visit.made_key = kept.made_key.take();
        changed |= caller.visit.made_key.is_some();
    }
    if changed {
        kept.keep(&caller.session).await.map_err(Fault::broken)?;
    }
    Ok(())
}
