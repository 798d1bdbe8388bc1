//! The OpenAPI document, made from the handlers themselves.

use super::problem::Problem;
use super::{caller, cases, certificates, drafts, items, shapes};
use crate::house::House;
use axum::Json;
use axum::extract::State;
use serde_json::Value;
use utoipa::openapi::Server;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tongban open API",
        description = "The acts of the hall for other people's programs: find an item, read its form, judge answers, file an application, follow it, and verify a certificate. Errors are problem documents (RFC 9457). Whoever knocks too often is told when to come again (`429`, `Retry-After`).",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    tags(
        (name = "items", description = "The catalogue. No key."),
        (name = "drafts", description = "Filling in and handing in."),
        (name = "cases", description = "Following what was handed in."),
        (name = "certificates", description = "Verifying, and having one's own."),
        (name = "key", description = "The key itself.")
    ),
    paths(
        openapi, items::list, items::one, items::form, items::validate, cases::track, certificates::verify, caller::me, drafts::start,
        drafts::one, drafts::discard, drafts::answers, drafts::attach, drafts::detach, drafts::submit, cases::list, cases::one,
        cases::supplement, cases::withdraw, cases::document, certificates::list, certificates::one
    ),
    components(schemas(Problem, shapes::Place)),
    modifiers(&Keys)
)]
struct Description;

struct Keys;

impl Modify for Keys {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("key", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// The description of this hall.
pub fn described(public_url: &str) -> utoipa::openapi::OpenApi {
    let mut openapi = Description::openapi();
    openapi.servers = Some(vec![Server::new(public_url)]);
    openapi
}

/// This description.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "key", operation_id = "openapi",
    responses((status = 200, body = Object, content_type = "application/json"), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn openapi(State(house): State<House>, _: caller::Stranger) -> Json<Value> {
    let openapi = described(house.settings.public_url.origin());
    Json(serde_json::to_value(openapi).unwrap_or_default())
}
