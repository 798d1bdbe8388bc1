//! Pages and questions of `app`, with what they know about the request.

use crate::caller::Caller;
use crate::guards::drawing::one_of_few;
use crate::guards::origin::PROGRAMS;
use crate::house::House;
use app::{App, Carried, Filled, Flash, HallFacts, NewKey};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{Method, StatusCode};
use leptos::prelude::*;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};

/// The pages `app` has.
pub fn listing() -> Vec<AxumRouteListing> {
    generate_route_list(App)
}

/// What a page may ask the context for.
fn provide(house: &House) {
    provide_context(HallFacts::from(house.hall.settings()));
    let Some(caller) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Caller>().cloned()) else { return };
    provide_context(caller.nonce);
    provide_context(caller.preferences);
    provide_context(caller.ask);
    let visit = caller.visit;
    if let Some(flash) = visit.flash {
        provide_context(Flash { refusal: flash.refusal, typed: flash.typed });
    }
    if let Some(made) = visit.made_key {
        provide_context(NewKey { name: made.name, secret: made.secret });
    }
    let tracked = visit.tracked.into_iter().map(|t| (t.number, t.code)).collect();
    provide_context(Carried { tracked, verified: visit.verified });
}

/// Pages and questions as routes.
pub fn pages(house: &House) -> Router<House> {
    let (context, options) = (house.clone(), house.options.clone());
    Router::new()
        .leptos_routes_with_context(house, listing(), move || provide(&context), move || shell(options.clone()))
        .route_layer(from_fn_with_state(house.boards.clone(), one_of_few))
}

fn shell(options: LeptosOptions) -> impl IntoView {
    let preferences = use_context().unwrap_or_default();
    app::shell(options, preferences)
}

/// A page in answer to what was tried on it. Nothing is kept: what came goes with the page.
pub async fn tried(house: &House, request: Request, filled: Filled) -> Response {
    draw(house, request, move || provide_context(filled.clone())).await
}

async fn draw(house: &House, request: Request, also: impl Fn() + Clone + Send + Sync + 'static) -> Response {
    let _board = house.boards.take().await;
    let (context, options) = (house.clone(), house.options.clone());
    let told = move || {
        provide(&context);
        also();
    };
    render_app_async_with_context(told, move || shell(options.clone()))(request).await.into_response()
}

/// Whatever has no door: a page of ours that says so, or a sentence for a script.
pub async fn not_found(State(house): State<House>, caller: Caller, request: Request) -> Response {
    if request.uri().path().starts_with(PROGRAMS) {
        return crate::api::no_door(caller.preferences.lang);
    }
    if caller.wants_json || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return crate::reply::plain(&caller, service::Fault::missing(domain::refusal::Thing::Page));
    }
    let mut response = draw(&house, request, || ()).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
