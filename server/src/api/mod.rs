//! The open API, `/api/v1`: the same acts as the pages, for programs. A key opens what belongs to its holder; a cookie opens nothing
//! here, so that no page of another site can act through somebody's browser.
//!
//! What is answered here is a promise to other people's programs: the shapes in [`shapes`] are this room's own and do not change when
//! a page does. Errors are problem documents (RFC 9457).

mod body;
mod caller;
mod cases;
mod certificates;
mod description;
mod drafts;
mod items;
mod problem;
mod shapes;
mod twice;

pub use body::JSON;
pub use description::described;
pub use problem::{Trouble, no_door, plain};

use crate::house::House;
use crate::routes::{Door, Kind, Who, doors};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post, put};

doors! { API programs
    get "/api/v1/openapi.json" Anyone Program => description::openapi;
    get "/api/v1/items" Anyone Program => items::list;
    get "/api/v1/items/{code}" Anyone Program => items::one;
    get "/api/v1/items/{code}/form" Anyone Program => items::form;
    post "/api/v1/items/{code}/validate" Anyone Program => items::validate;
    post "/api/v1/track" Anyone Program => cases::track;
    post "/api/v1/verify" Anyone Program => certificates::verify;
    get "/api/v1/me" Key Program => caller::me;
    post "/api/v1/drafts" Key Program => drafts::start;
    get "/api/v1/drafts/{id}" Key Program => drafts::one;
    delete "/api/v1/drafts/{id}" Key Program => drafts::discard;
    put "/api/v1/drafts/{id}/answers" Key Program => drafts::answers;
    post "/api/v1/drafts/{id}/files/{field}" Key Program => drafts::attach;
    delete "/api/v1/drafts/{id}/files/{field}" Key Program => drafts::detach;
    post "/api/v1/drafts/{id}/submit" Key Program => drafts::submit;
    get "/api/v1/cases" Key Program => cases::list;
    get "/api/v1/cases/{id}" Key Program => cases::one;
    post "/api/v1/cases/{id}/supplement" Key Program => cases::supplement;
    post "/api/v1/cases/{id}/withdraw" Key Program => cases::withdraw;
    get "/api/v1/documents/{id}" Key Program => cases::document;
    get "/api/v1/certificates" Key Program => certificates::list;
    get "/api/v1/certificates/{id}" Key Program => certificates::one;
}

/// The doors for programs. They stand outside the layer of sessions.
pub fn api() -> Router<House> {
    programs().method_not_allowed_fallback(problem::wrong_method).layer(DefaultBodyLimit::max(body::MOST))
}
