//! The header of the hall, and the short one over forms.

use crate::preferences::{Mode, lang, mode};
use crate::who::Who;
use crate::{doors, hall};
use domain::identity::view::{Me, Role};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use words::{Lang, shell as w};

/// The section a page belongs to; underlined in the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    #[default]
    None,
    Items,
    Track,
    Verify,
    My,
}

fn mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="m1" width="32" height="32" rx="7"></rect>
            <circle class="m2" cx="16" cy="15" r="9.5"></circle>
            <path class="m3" d="M5 24.5h22v2.6H5zM11.6 24.5v-6.2a4.4 4.4 0 0 1 8.8 0v6.2z"></path>
        </svg>
    }
}

/// The page's own address, to come back to.
pub(super) fn here() -> String {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

/// Mark, name, sections, search, tools.
#[component]
pub fn Header(
    section: Section,
    /// Words in the search box; `None` leaves the box out (the home page has its own).
    search: Option<String>,
) -> impl IntoView {
    let lang = lang();
    let sections = [
        (Section::Items, "/items", w::items(lang)),
        (Section::Track, "/track", w::track(lang)),
        (Section::Verify, "/verify", w::verify(lang)),
        (Section::My, "/my", w::my(lang)),
    ]
    .map(|(this, href, label)| {
        view! { <li><a href=href aria-current=(this == section).then_some("page")>{label}</a></li> }
    });
    let search = search.map(|words| {
        view! {
            <form class="search" role="search" action="/items" data-door>
                <label class="sr" for="search">{w::search_label(lang)}</label>
                <input type="search" id="search" name="q" value=words placeholder=w::search_placeholder(lang) autocomplete="off"/>
                <button class="button">{w::search(lang)}</button>
            </form>
        }
    });
    view! {
        <a class="skip" href="#main" rel="external">{w::skip(lang)}</a>
        <header class="site">
            <div class="wrap"><div class="bar">
                <a class="brand" href="/">{mark()}<span>{w::brand(lang)}<small>{w::hall_name(lang, hall().place)}</small></span></a>
                <nav class="sections fold" id="menu" aria-label=w::sections(lang)><ul>{sections}</ul></nav>
                {search}
                <nav class="tools" aria-label=w::tools(lang)>
                    <ul>
                        <ElderSwitch/>
                        <LanguageSwitch/>
                        <Me/>
                        <li class="fold-open"><a href="#menu" rel="external">{w::menu(lang)}</a></li>
                    </ul>
                </nav>
            </div></div>
        </header>
    }
}

#[component]
fn ElderSwitch() -> impl IntoView {
    let (value, label) = match mode() {
        Mode::Standard | Mode::Kiosk => ("elder", w::elder_on(lang())),
        Mode::Elder => ("standard", w::elder_off(lang())),
    };
    view! { <li><a href=doors::prefer("mode", value, &here()) rel="external nofollow">{label}</a></li> }
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let lang = lang();
    let (other, script) = match lang {
        Lang::ZhCn => (Lang::En, Some(Lang::ZhHant)),
        Lang::ZhHant => (Lang::En, Some(Lang::ZhCn)),
        Lang::En => (Lang::ZhCn, None),
    };
    // named in its own characters, as languages are
    let script = script.map(|script| {
        let label = if script == Lang::ZhHant { w::traditional(lang) } else { w::simplified(lang) };
        view! {
            <li class="extra roomy">
                <a href=doors::prefer("lang", script.html(), &here()) rel="external nofollow" lang=script.html() hreflang=script.html() translate="no">{label}</a>
            </li>
        }
    });
    view! {
        {script}
        <li class="extra roomy">
            <a href=doors::prefer("lang", other.html(), &here()) rel="external nofollow" lang=other.html() hreflang=other.html() translate="no">
                {w::other_language(lang)}
            </a>
        </li>
    }
}

/// The asker's name or the way to sign in. Public pages are made without knowing and fill it in once awake.
#[component]
fn Me() -> impl IntoView {
    let who = Who::current();
    let back = here();
    let lang = lang();
    move || match who.get() {
        Some(Me { name: Some(name), role, .. }) => {
            let (href, external) = match role {
                Role::Staff => ("/desk", Some("external")),
                Role::Visitor | Role::Citizen | Role::Agent => ("/my", None),
            };
            view! {
                <li><a href=href rel=external translate="no">{name}</a></li>
                <li class="extra"><form method="post" action=doors::SIGN_OUT><button class="link">{w::sign_out(lang)}</button></form></li>
            }
            .into_any()
        }
        Some(Me { name: None, .. }) | None => {
            let href =
                if back == "/" || back.starts_with("/sign-in") { doors::SIGN_IN.to_owned() } else { doors::sign_in_from(&back) };
            view! { <li><a href=href rel="nofollow">{w::sign_in(lang)}</a></li> }.into_any()
        }
    }
}

/// Over a form the header shrinks to the item's name and the way out.
#[component]
pub fn TaskHeader(
    /// Item.
    name: String,
    /// Situation and applicant.
    detail: String,
) -> impl IntoView {
    let lang = lang();
    view! {
        <a class="skip" href="#main" rel="external">{w::skip(lang)}</a>
        <header class="site"><div class="wrap"><div class="bar">
            <a class="brand" href="/">{mark()}<span>{name}<small>{detail}</small></span></a>
            <nav class="tools" aria-label=w::tools(lang)>
                <ul><ElderSwitch/><li><a href="/my">{w::save_and_leave(lang)}</a></li></ul>
            </nav>
        </div></div></header>
    }
}
