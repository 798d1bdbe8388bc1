//! Several people on one filing: asking for a signature, giving it, giving the draft back.

use super::{Fields, id};
use crate::caller::Caller;
use crate::reply::{apart, back, go, plain};
use app::doors::{encode, to_sign};
use axum::extract::Path;
use axum::response::Response;
use domain::refusal::Thing;

/// POST /apply/{code}/{draft}/ask-to-sign: `signer`.
pub async fn ask(caller: Caller, Path((code, draft)): Path<(String, String)>, fields: Fields) -> Response {
    let page = format!("/apply/{}/{}/check", encode(&code), encode(&draft));
    let (ask, signer) = (caller.ask.clone(), fields.one("signer").to_owned());
    match apart(async move { service::forms::ask_to_sign(&ask, id(&draft, Thing::Draft)?, &signer).await }).await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, Vec::new()).await,
    }
}

/// POST /apply/{code}/{draft}/take-back-signature: `signer`.
pub async fn take_back(caller: Caller, Path((code, draft)): Path<(String, String)>, fields: Fields) -> Response {
    let page = format!("/apply/{}/{}/check", encode(&code), encode(&draft));
    let (ask, signer) = (caller.ask.clone(), fields.one("signer").to_owned());
    match apart(async move { service::forms::take_back(&ask, id(&draft, Thing::Draft)?, &signer).await }).await {
        Ok(()) => go(&caller, &page),
        Err(fault) => back(&caller, &page, fault, Vec::new()).await,
    }
}

/// POST /my/signatures/{id}/sign: `hash` of what the page showed.
pub async fn sign(caller: Caller, Path(signature): Path<String>, fields: Fields) -> Response {
    let signature = match id(&signature, Thing::Signature) {
        Ok(signature) => signature,
        Err(fault) => return plain(&caller, fault),
    };
    let (ask, hash) = (caller.ask.clone(), fields.one("hash").to_owned());
    match apart(async move { service::forms::sign(&ask, signature, &hash).await }).await {
        Ok(()) => go(&caller, "/my"),
        Err(fault) => back(&caller, &to_sign(signature), fault, Vec::new()).await,
    }
}

/// POST /my/signatures/{id}/return: `reason`.
pub async fn give_back(caller: Caller, Path(signature): Path<String>, fields: Fields) -> Response {
    let signature = match id(&signature, Thing::Signature) {
        Ok(signature) => signature,
        Err(fault) => return plain(&caller, fault),
    };
    let (ask, reason) = (caller.ask.clone(), fields.one("reason").to_owned());
    match apart(async move { service::forms::give_back(&ask, signature, &reason).await }).await {
        Ok(()) => go(&caller, "/my"),
        Err(fault) => back(&caller, &to_sign(signature), fault, fields.0).await,
    }
}
