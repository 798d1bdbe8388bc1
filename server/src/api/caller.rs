//! Which program knocks, in whose name, and how often it may.

use super::problem::Trouble;
use super::shapes::Me;
use crate::caller::preferences;
use crate::clock;
use crate::guards::turnstile::{Knock, Knocker};
use crate::house::House;
use crate::outside::Outside;
use axum::Json;
use axum::extract::FromRequestParts;
use domain::Refusal;
use domain::identity::permission::as_applicant;
use domain::identity::{Actor, PartyKind};
use http::request::Parts;
use http::{StatusCode, header};
use service::{Answer, Ask};
use std::net::IpAddr;
use words::{Lang, program as w};

/// A program without a key: what everybody may know.
pub struct Stranger {
    pub ask: Ask,
    pub address: IpAddr,
}

/// A program with a key: it acts as the holder would.
pub struct Holder {
    pub ask: Ask,
}

impl Stranger {
    /// The answer, or the problem in the caller's language.
    pub fn tell<T>(&self, answer: Answer<T>) -> Result<T, Trouble> {
        answer.map_err(|fault| Trouble::of(self.ask.lang, fault))
    }

    pub fn lang(&self) -> Lang {
        self.ask.lang
    }
}

impl Holder {
    /// The answer, or the problem in the caller's language.
    pub fn tell<T>(&self, answer: Answer<T>) -> Result<T, Trouble> {
        answer.map_err(|fault| Trouble::of(self.ask.lang, fault))
    }

    pub fn lang(&self) -> Lang {
        self.ask.lang
    }
}

/// Lets one through, or says how long to wait.
pub fn pass(house: &House, lang: Lang, knock: Knock, from: impl Into<Knocker>) -> Result<(), Trouble> {
    house.turnstile.pass(knock, from, clock::moment()).map_err(|wait| {
        let seconds = u32::try_from(wait.as_secs() + 1).unwrap_or(u32::MAX);
        Trouble::of(lang, Refusal::TooOften { seconds }.into())
    })
}

fn lang_and_address(parts: &Parts) -> (Lang, IpAddr) {
    let outside = parts.extensions.get::<Outside>().cloned().unwrap_or_default();
    (preferences(&parts.headers).lang, outside.address)
}

impl FromRequestParts<House> for Stranger {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Trouble> {
        let (lang, address) = lang_and_address(parts);
        pass(house, lang, Knock::Program, address)?;
        let ask = Ask { hall: house.hall.clone(), actor: Actor::Visitor, at: (house.clock)(), lang };
        Ok(Self { ask, address })
    }
}

impl FromRequestParts<House> for Holder {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Trouble> {
        let (lang, address) = lang_and_address(parts);
        let at = (house.clock)();
        let line = parts.headers.get(header::AUTHORIZATION).and_then(|line| line.to_str().ok());
        // the scheme is written in any case (RFC 9110, 11.1)
        let secret = line.and_then(|line| line.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let opened = match secret {
            Some((_, secret)) => {
                let opened = service::identity::open_by_key(&house.hall, at, secret.trim()).await;
                opened.map_err(|fault| Trouble::of(lang, fault))?
            }
            None => None,
        };
        let Some(opened) = opened else {
            // keys that open nothing are counted by address
            pass(house, lang, Knock::Program, address)?;
            return Err(Trouble::new(lang, StatusCode::UNAUTHORIZED, "key_needed", w::key_needed(lang)));
        };
        pass(house, lang, Knock::Program, opened.key)?;
        Ok(Self { ask: Ask { hall: house.hall.clone(), actor: opened.actor, at, lang } })
    }
}

/// In whose name the key acts.
#[utoipa::path(get, path = "/api/v1/me", tag = "key", operation_id = "me", security(("key" = [])),
    responses((status = 200, body = Me), (status = "4XX", body = super::problem::Problem, content_type = "application/problem+json")))]
pub async fn me(holder: Holder) -> Result<Json<Me>, Trouble> {
    let me = holder.tell(as_applicant(&holder.ask.actor).map_err(Into::into))?;
    Ok(Json(Me { person: me.person.name, acting_for: me.party.name, organisation: me.party.kind == PartyKind::Organisation }))
}
