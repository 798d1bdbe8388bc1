//! Verifying certificates, and having one's own.

use super::body::{Asked, Body, Named, id};
use super::caller::{Holder, Stranger, pass};
use super::problem::{Problem, Trouble};
use super::shapes::{CertificateList, CertificateShape, From, Verified, VerifyIn};
use crate::doors::files;
use crate::guards::turnstile::Knock;
use crate::house::House;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::certificates::view::Verdict;
use domain::refusal::Thing;
use serde_json::Value;

/// Certificates of one page.
const PAGE: i64 = 100;

/// Whether a certificate is genuine and still holds: by number and holder's name, or by its signed file.
#[utoipa::path(post, path = "/api/v1/verify", tag = "certificates", operation_id = "verify", request_body = VerifyIn,
    responses((status = 200, body = Verified), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn verify(
    State(house): State<House>,
    stranger: Stranger,
    Body(given): Body<VerifyIn>,
) -> Result<Json<Verified>, Trouble> {
    let lang = stranger.lang();
    pass(&house, lang, Knock::Verify, stranger.address)?;
    let page = match &given.certificate {
        Some(file) => service::certificates::verify_file(&stranger.ask, &Value::from(file.clone()).to_string()).await,
        None => {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            service::certificates::verify(&stranger.ask, &text(&given.number), &text(&given.holder)).await
        }
    };
    let page = stranger.tell(page)?;
    if page.verdict != Verdict::NotFound {
        house.turnstile.give_back(Knock::Verify, stranger.address);
    }
    let broken = |e: serde_json::Error| Trouble::of(lang, e.into());
    let verdict = serde_json::to_value(&page.verdict).map_err(broken)?;
    let (issuer, registered) = match page.verdict {
        Verdict::IssuedElsewhere { issuer, state } => (Some(issuer), Some(state)),
        Verdict::Genuine
        | Verdict::Expired { .. }
        | Verdict::NoLongerValid { .. }
        | Verdict::NotFound
        | Verdict::NotGenuine { .. }
        | Verdict::UnknownIssuer => (None, None),
    };
    Ok(Json(Verified {
        issuer,
        registered,
        verdict: verdict.get("verdict").and_then(Value::as_str).unwrap_or_default().to_owned(),
        facts: page.facts.map(|facts| serde_json::to_value(facts).map_err(broken)).transpose()?,
        digest: page.digest,
        checked_at: page.checked_at,
    }))
}

/// Certificates of the party the key acts for, newest first.
#[utoipa::path(get, path = "/api/v1/certificates", tag = "certificates", operation_id = "certificates", security(("key" = [])), params(From),
    responses((status = 200, body = CertificateList), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(holder: Holder, Asked(from): Asked<From>) -> Result<Json<CertificateList>, Trouble> {
    let found = service::certificates::certificates_from(&holder.ask, from.from.as_deref(), PAGE).await;
    let (lines, next) = holder.tell(found)?;
    let shape = |line: domain::certificates::view::CertificateLine| CertificateShape {
        id: line.id,
        kind: line.type_code,
        name: line.name,
        number: line.number,
        holder: line.holder,
        for_other: line.for_other,
        issuer: line.issuer,
        issued_on: line.issued_on,
        valid_until: line.valid_until,
        state: line.state,
    };
    Ok(Json(CertificateList { certificates: lines.into_iter().map(shape).collect(), next }))
}

/// The signed file of one's own certificate.
#[utoipa::path(get, path = "/api/v1/certificates/{id}", tag = "certificates", operation_id = "certificate", security(("key" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = Object, content_type = "application/json"), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn one(holder: Holder, Named(certificate): Named<String>) -> Result<Response, Trouble> {
    let certificate = id(holder.lang(), &certificate, Thing::Certificate)?;
    let (name, text) = holder.tell(service::certificates::certificate_file(&holder.ask, certificate).await)?;
    Ok(files::attachment(text, &name, "application/json"))
}
