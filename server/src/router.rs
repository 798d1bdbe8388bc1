//! The whole service, layer by layer from the inside out.

use crate::house::House;
use crate::outside::outside;
use crate::page_cache::page_cache;
use crate::prepare::prepare;
use crate::script::script;
use crate::sessions::{SessionKeeper, layer};
use crate::site_files::site_files;
use crate::{api, pages, routes};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};

/// Bytes of a form without files.
pub const FORM: usize = 2 << 20;

/// Doors, pages and questions, behind sessions and guards.
pub fn router(house: &House) -> Router {
    // what is small already is not made smaller, and live streams must not wait for a block to fill
    let worth_it = DefaultPredicate::new()
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/octet-stream"));
    let rooms = routes::plain_doors()
        .merge(pages::pages(house))
        .fallback(pages::not_found)
        .layer(DefaultBodyLimit::max(FORM))
        .layer(from_fn_with_state(house.clone(), prepare))
        .layer(layer(SessionKeeper::new(house.store.clone()), &house.settings.public_url))
        .layer(from_fn_with_state(house.clone(), site_files))
        // programs bring no session and want no page
        .merge(api::api())
        .layer(from_fn(script))
        .layer(CompressionLayer::new().br(true).gzip(true).compress_when(worth_it))
        .with_state(house.clone());
    // A layer copies what it wraps for every request. Behind this door lies one shared router, so a kept page is sent
    // without a copy of all the layers it does not need.
    Router::new()
        .fallback_service(rooms)
        .layer(from_fn_with_state(house.clone(), page_cache))
        .layer(from_fn_with_state(house.clone(), outside))
}
