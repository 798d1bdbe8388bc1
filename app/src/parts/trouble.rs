//! Pages for what cannot be shown: not found, refused, broken.

use super::Frame;
use crate::{doors, failure::Failure, lang};
use domain::refusal::{Refusal, Thing};
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_location;
use words::trouble as w;

/// Answers with this HTTP status, when there is an answer to be made.
pub(crate) fn status(code: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(code)) = (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(code)) {
        response.set_status(code);
    }
    let _ = code;
}

/// The page instead of the page.
#[component]
pub fn Trouble(failure: Failure) -> impl IntoView {
    let lang = lang();
    status(failure.status());
    match failure {
        Failure::Refused { refusal: Refusal::SignInFirst } => {
            let location = use_location();
            let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
            let back = if search.is_empty() { path } else { format!("{path}?{search}") };
            view! { <Redirect path=doors::sign_in_from(&back)/> }.into_any()
        }
        Failure::Refused { refusal: Refusal::NotFound { thing } } => view! { <NotFound thing/> }.into_any(),
        Failure::Refused { refusal } => {
            let text = words::refusal(lang, &refusal);
            view! {
                <Frame title=w::refused_title(lang)>
                    <div class="wrap reading flow"><h1>{w::refused_title(lang)}</h1><p class="lead">{text}</p><WaysOn/></div>
                </Frame>
            }
            .into_any()
        }
        Failure::Broken { ticket } => view! {
            <Frame title=w::broken_title(lang)>
                <div class="wrap reading flow">
                    <h1>{w::broken_title(lang)}</h1>
                    <p class="lead">{w::broken_text(lang)}</p>
                    <p>{w::broken_ticket(lang, ticket)}</p>
                    <WaysOn/>
                </div>
            </Frame>
        }
        .into_any(),
        Failure::Unreachable => view! {
            <Frame title=w::broken_title(lang)>
                <div class="wrap reading flow"><h1>{w::broken_title(lang)}</h1><p class="lead">{w::broken_unreachable(lang)}</p><WaysOn/></div>
            </Frame>
        }
        .into_any(),
    }
}

/// 404 with ways on. What one may not see is not found either.
#[component]
pub fn NotFound(#[prop(default = Thing::Page)] thing: Thing) -> impl IntoView {
    let lang = lang();
    status(404);
    let (title, text) = match thing {
        Thing::Page | Thing::Document | Thing::Upload | Thing::Account | Thing::Key | Thing::Certificate => {
            (w::not_found_title(lang), w::not_found_text(lang))
        }
        Thing::Item => (w::not_found_item(lang), w::not_found_text(lang)),
        Thing::Case => (w::not_found_case(lang), w::gone_text(lang)),
        Thing::Signature => (words::refused::not_found_signature(lang), w::gone_text(lang)),
        Thing::Draft => (w::not_found_draft(lang), w::gone_text(lang)),
    };
    view! {
        <Frame title>
            <div class="wrap reading flow"><h1>{title}</h1><p class="lead">{text}</p><WaysOn/></div>
        </Frame>
    }
}

#[component]
fn WaysOn() -> impl IntoView {
    let lang = lang();
    view! {
        <ul class="plain">
            <li><a href="/items">{w::to_items(lang)}</a></li>
            <li><a href="/track">{w::to_track(lang)}</a></li>
            <li><a href="/my">{w::to_my(lang)}</a></li>
            <li><a href="/">{w::to_home(lang)}</a></li>
        </ul>
    }
}
