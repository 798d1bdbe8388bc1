//! Signing in and out, and in whose name to act.

use super::Fields;
use crate::caller::Caller;
use crate::clock;
use crate::guards::turnstile::Knock;
use crate::house::House;
use crate::reply::{apart, back, go, local, plain};
use crate::sessions::Visit;
use axum::extract::State;
use axum::response::Response;
use domain::Refusal;
use domain::identity::Actor;
use service::Fault;
use std::time::Duration;
use uuid::Uuid;

/// Whole seconds to wait, at least one.
pub(super) fn too_often(wait: Duration) -> Fault {
    let seconds = u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX);
    Refusal::TooOften { seconds }.into()
}

/// POST /sign-in: `account`, `password`, `back`.
pub async fn sign_in(State(house): State<House>, caller: Caller, fields: Fields) -> Response {
    let to = Some(fields.one("back")).filter(|to| !to.is_empty()).map(|to| local(to).to_owned());
    let page = to.as_deref().map_or_else(|| app::doors::SIGN_IN.to_owned(), app::doors::sign_in_from);
    if let Err(wait) = house.turnstile.pass(Knock::SignIn, caller.address, clock::moment()) {
        return back(&caller, &page, too_often(wait), fields.0).await;
    }
    let (hall, at) = (house.hall.clone(), caller.ask.at);
    let (login, password) = (fields.one("account").to_owned(), fields.one("password").to_owned());
    let account = apart(async move { service::identity::sign_in(&hall, at, &login, &password).await }).await;
    let account = match account {
        Ok(account) => account,
        Err(fault) => {
            house.metrics.refused_sign_in();
            return back(&caller, &page, fault, fields.0).await;
        }
    };
    house.turnstile.give_back(Knock::SignIn, caller.address);
    match enter(&house, &caller, account).await {
        Ok(actor) => {
            let own = match actor {
                Actor::Staff { .. } => "/desk",
                Actor::Applicant { .. } | Actor::Visitor | Actor::System => "/my",
            };
            go(&caller, to.as_deref().unwrap_or(own))
        }
        Err(fault) => plain(&caller, fault),
    }
}

/// A new session id, so that one that was planted before is worth nothing; cases tracked as a visitor stay at hand.
async fn enter(house: &House, caller: &Caller, account: Uuid) -> Result<Actor, Fault> {
    let (hall, at) = (&house.hall, caller.ask.at);
    let mut actor = service::identity::actor(hall, at, account, None).await?;
    let acting_for = owner_of_what_waits(caller, &actor).await?;
    if acting_for.is_some() {
        actor = service::identity::actor(hall, at, account, acting_for).await?;
    }
    let visit = Visit {
        account: Some(account),
        acting_for,
        staff: matches!(actor, Actor::Staff { .. }),
        seen: Some(caller.ask.at),
        tracked: if caller.visit.account.is_none() { caller.visit.tracked.clone() } else { Vec::new() },
        ..Visit::default()
    };
    caller.session.cycle_id().await.map_err(Fault::broken)?;
    visit.keep(&caller.session).await.map_err(Fault::broken)?;
    if let Some(unsaved) = caller.visit.unsaved.clone() {
        let ask = service::Ask { actor: actor.clone(), ..caller.ask.clone() };
        super::forms::save_waiting(ask, unsaved).await;
    }
    Ok(actor)
}

/// Whose draft waited for this sign-in, if one did and this person may act for them: they come back to it in the same name.
async fn owner_of_what_waits(caller: &Caller, actor: &Actor) -> Result<Option<Uuid>, Fault> {
    let Some(unsaved) = &caller.visit.unsaved else { return Ok(None) };
    let ask = service::Ask { actor: actor.clone(), ..caller.ask.clone() };
    match service::forms::party_of(&ask, unsaved.draft).await {
        Ok(party) => Ok(Some(party)),
        Err(Fault::Refused(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// POST /sign-out
pub async fn sign_out(caller: Caller) -> Response {
    match caller.session.flush().await {
        Ok(()) => go(&caller, "/"),
        Err(fault) => plain(&caller, Fault::broken(fault)),
    }
}

/// POST /my/party: `party` (empty for oneself), `back`.
pub async fn choose_party(caller: Caller, fields: Fields) -> Response {
    let to = match fields.one("back") {
        "" => "/my".to_owned(),
        to => local(to).to_owned(),
    };
    match act_for(&caller, fields.one("party")).await {
        Ok(_) => go(&caller, &to),
        Err(fault) => back(&caller, &to, fault, fields.0).await,
    }
}

/// Act for this party from now on; the visit as it is kept.
pub(super) async fn act_for(caller: &Caller, party: &str) -> Result<Visit, Fault> {
    let party = match party {
        "" => None,
        text => Some(super::id(text, domain::refusal::Thing::Account)?),
    };
    let party = service::identity::choose_party(&caller.ask, party).await?;
    let visit = Visit { acting_for: Some(party), flash: None, ..caller.visit.clone() };
    visit.keep(&caller.session).await.map_err(Fault::broken)?;
    Ok(visit)
}
