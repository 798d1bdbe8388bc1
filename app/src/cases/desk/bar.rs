//! The bar over the desk: search by number, whether news come by themselves, who is here.

use super::state::{Desk, Link, Lost};
use crate::parts::Jump;
use crate::{doors, lang};
use leptos::prelude::*;
use words::{desk as w, shell};

fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="m1" width="32" height="32" rx="7"></rect>
            <circle class="m2" cx="16" cy="15" r="9.5"></circle>
            <path class="m3" d="M5 24.5h22v2.6H5zM11.6 24.5v-6.2a4.4 4.4 0 0 1 8.8 0v6.2z"></path>
        </svg>
    }
}

/// The bar.
#[component]
pub fn Bar(desk: Desk) -> impl IntoView {
    let lang = lang();
    let who = desk.queue.with_untracked(|queue| w::who(lang, &queue.unit_name, &queue.name));
    let action = move || {
        desk.open.with(|open| open.as_ref().map_or_else(|| "/desk".to_owned(), |id| format!("/desk/cases/{}", doors::encode(id))))
    };
    let number = desk.asked.with_untracked(|asked| asked.number.clone());
    view! {
        <Jump class="skip" to="#case">{w::skip(lang)}</Jump>
        <header class="deskbar">
            <a class="brand" href="/desk?tab=mine">{mark()}<span>{w::name(lang)}</span></a>
            <form class="search" role="search" action=action data-door>
                <label class="sr" for="q">{w::search(lang)}</label>
                <input type="search" id="q" name="q" value=number placeholder=w::search_hint(lang) autocomplete="off" spellcheck="false"/>
                <kbd aria-hidden="true">"/"</kbd>
                <button class="button quiet">{w::search_go(lang)}</button>
            </form>
            <div class="who">
                <LinkState desk/>
                <span>{who}</span>
                <form method="post" action=doors::SIGN_OUT data-door><button class="button plain">{shell::sign_out(lang)}</button></form>
            </div>
        </header>
    }
}

/// 实时 · 已断开. Nothing before the page is awake: then nothing comes by itself.
#[component]
fn LinkState(desk: Desk) -> impl IntoView {
    let lang = lang();
    let said = move || match desk.link.get() {
        Link::Quiet => None,
        Link::Live => Some(view! { <span class="live">{w::live(lang)}</span> }.into_any()),
        Link::Broken => Some(view! { <span class="live" data-kind="broken">{w::live_broken(lang)}</span> }.into_any()),
    };
    view! { <span role="status">{said}</span> }
}

/// Told over the panes when questions are not answered any more.
#[component]
pub fn LostLine(desk: Desk) -> impl IntoView {
    let lang = lang();
    let said = move || {
        Some(match desk.lost.get()? {
            Lost::SignedOut => {
                let back = desk.open.get().map_or_else(|| "/desk".to_owned(), |id| format!("/desk/cases/{id}"));
                view! {
                    <p>
                        {w::signed_out(lang)}" "
                        <a href=doors::sign_in_from(&back) rel="external">{w::sign_in_again(lang)}</a>
                    </p>
                }
                .into_any()
            }
            Lost::Unanswered => view! { <p>{w::ask_failed(lang)}</p> }.into_any(),
        })
    };
    view! { <div class="lost" role="status">{said}</div> }
}
