//! The keys of an organisation: made and taken back by whoever acts for it.

use super::{Fields, id};
use crate::caller::Caller;
use crate::reply::{apart, back, go};
use crate::sessions::{MadeKey, Visit};
use app::doors::KEYS;
use axum::extract::Path;
use axum::response::Response;
use domain::refusal::Thing;
use service::Fault;

/// POST /enterprise/keys: `key`, `name`. The new key goes to the next page through the session, never through an address.
pub async fn make(caller: Caller, fields: Fields) -> Response {
    let (ask, session, visit) = (caller.ask.clone(), caller.session.clone(), caller.visit.clone());
    let (name, once) = (fields.one("name").trim().to_owned(), fields.one("key").to_owned());
    // a second press cuts the first request short: the key must be in the session all the same when that one's page comes
    let made = apart(async move {
        let made = service::identity::make_key(&ask, &name, &once).await?;
        let made_key = Some(MadeKey { name, secret: made.secret.told().to_owned() });
        Visit { made_key, flash: None, ..visit }.keep(&session).await.map_err(Fault::broken)?;
        session.save().await.map_err(Fault::broken)
    });
    match made.await {
        Ok(()) => go(&caller, KEYS),
        Err(fault) => back(&caller, KEYS, fault, fields.0).await,
    }
}

/// POST /enterprise/keys/{id}/revoke
pub async fn revoke(caller: Caller, Path(key): Path<String>) -> Response {
    let ask = caller.ask.clone();
    match apart(async move { service::identity::take_back(&ask, id(&key, Thing::Key)?).await }).await {
        Ok(()) => go(&caller, KEYS),
        Err(fault) => back(&caller, KEYS, fault, Vec::new()).await,
    }
}
