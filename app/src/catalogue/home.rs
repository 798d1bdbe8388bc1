//! The home page: one question first.

use super::api;
use crate::parts::{Chip, Chips, Frame};
use crate::{hall, lang, load};
use domain::catalogue::view::{BundleLine, HomePage as Page, ThemeLine};
use leptos::prelude::*;
use words::{home as w, shell};

/// `/`
#[component]
pub fn HomePage() -> impl IntoView {
    load(|| (), |()| api::home(), |page| view! { <Home page/> }.into_any())
}

#[component]
fn Home(page: Page) -> impl IntoView {
    let lang = lang();
    let often = page
        .popular
        .iter()
        .enumerate()
        .map(|(n, line)| Chip {
            extra: n >= 3,
            ..Chip::to(format!("/items/{}", line.code), lang.name(&line.name, Some(&line.name_en)))
        })
        .collect::<Vec<_>>();
    let often = (!often.is_empty()).then(|| view! { <nav aria-label=w::often(lang)><Chips chips=often/></nav> });
    let counts = w::counts(lang, page.items, page.online, page.no_visit);
    let shortcuts = [
        ("/track", w::track_title(lang), w::track_text(lang)),
        ("/verify", w::verify_title(lang), w::verify_text(lang)),
        ("/my", w::my_title(lang), w::my_text(lang)),
    ]
    .map(|(href, title, text)| view! { <li class="tile"><h3><a href=href>{title}</a></h3><p>{text}</p></li> });
    let also = [
        ("/items?visit=0", w::no_visit(lang).to_owned(), None),
        ("/items?day=0", w::on_the_spot(lang).to_owned(), None),
        ("/items", w::all(lang, page.items), Some("extra")),
    ]
    .map(|(href, label, class)| view! { <a href=href class=class>{label}</a> });
    view! {
        <Frame title=shell::hall_name(lang, hall().place) no_search=true description=counts.clone()>
            <div class="wrap">
                <section class="hero" aria-labelledby="ask">
                    <div class="flow">
                        <h1 id="ask">{w::ask(lang)}</h1>
                        <form class="search big" role="search" action="/items" data-door>
                            <label class="sr" for="q">{w::search_label(lang)}</label>
                            <input type="search" id="q" name="q" placeholder=w::placeholder(lang) autocomplete="off"/>
                            <button class="button">{shell::search(lang)}</button>
                        </form>
                        {often}
                        <p class="muted small">{counts}</p>
                    </div>
                    <MoonGate/>
                </section>
            </div>
            <div class="wrap flow">
                <h2 class="sr">{w::shortcuts(lang)}</h2>
                <ul class="grid">{shortcuts}</ul>
                <Bundles bundles=page.bundles/>
                <h2>{w::by_theme(lang)}</h2>
                <div class="pair">
                    <Themes id="nat" title=w::persons(lang) themes=page.themes_natural/>
                    <Themes id="leg" title=w::organisations(lang) themes=page.themes_legal/>
                </div>
                <nav class="row" aria-label=w::other_ways(lang)><span class="muted">{w::also(lang)}</span>{also}</nav>
            </div>
        </Frame>
    }
}

#[component]
fn Bundles(bundles: Vec<BundleLine>) -> impl IntoView {
    let lang = lang();
    (!bundles.is_empty()).then(|| {
        let tiles = bundles
            .into_iter()
            .map(|bundle| {
                let name = lang.name(&bundle.name, Some(&bundle.name_en)).to_owned();
                view! { <li class="tile"><h3><a href=format!("/bundles/{}", bundle.code)>{name}</a></h3><p>{lang.name(&bundle.sentence, Some(&bundle.sentence_en)).to_owned()}</p></li> }
            })
            .collect_view();
        view! {
            <h2 id="bundles">{w::bundles(lang)}</h2>
            <p class="muted">{w::bundles_text(lang)}</p>
            <ul class="grid">{tiles}</ul>
        }
    })
}

#[component]
fn Themes(id: &'static str, title: &'static str, themes: Vec<ThemeLine>) -> impl IntoView {
    let lang = lang();
    let links = themes
        .into_iter()
        .map(|theme| view! { <li><a href=format!("/items?theme={}", theme.code)>{words::theme(lang, &theme.name).to_owned()}</a></li> })
        .collect_view();
    view! { <section class="panel flow" aria-labelledby=id><h3 id=id>{title}</h3><ul class="links">{links}</ul></section> }
}

/// The only picture the house owns.
#[component]
fn MoonGate() -> impl IntoView {
    view! {
        <svg class="gate" viewBox="0 0 320 320" aria-hidden="true">
            <defs><clipPath id="g"><circle cx="160" cy="160" r="138"></circle></clipPath></defs>
            <g clip-path="url(#g)">
                <rect class="g0" width="320" height="320"></rect>
                <circle class="g4" cx="214" cy="104" r="30"></circle>
                <path class="g1" d="M0 196c40-34 66-62 96-62 34 0 48 46 82 46 30 0 44-34 74-34 26 0 46 22 68 40v134H0z"></path>
                <path class="g2" d="M0 236c44-10 62-44 100-44 44 0 60 40 104 40 40 0 66-26 116-22v110H0z"></path>
                <path class="g3" d="M0 270c60-18 110-20 160-4s110 8 160-8v62H0z"></path>
                <path class="g6" d="M0 286h320M0 298h320"></path>
            </g>
            <circle class="g5" cx="160" cy="160" r="138"></circle>
            <circle class="g6" cx="160" cy="160" r="150"></circle>
            <path class="g6" d="M10 311h300M34 317h252"></path>
        </svg>
    }
}
