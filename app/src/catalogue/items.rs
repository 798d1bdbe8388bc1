//! Searching and browsing items.

use super::api;
use super::facets::{FacetForm, chosen};
use super::item_card::ItemCard;
use crate::parts::{Chips, Crumbs, Empty, Frame, Jump, Notice, Pager, Section};
use crate::{lang, load};
use domain::catalogue::view::{BundleLine, ItemsPage as Page};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::{Lang, items as w, shell};

/// `/items`
#[component]
pub fn ItemsPage() -> impl IntoView {
    let query = use_query_map();
    let pairs =
        move || query.with(|map| map.clone().into_iter().map(|(key, value)| (key.into_owned(), value)).collect::<Vec<_>>());
    load(pairs, api::items, move |page| {
        view! { <Items page further=query.with_untracked(|map| map.get("from").is_some())/> }.into_any()
    })
}

fn title(lang: Lang, page: &Page) -> String {
    if !page.query.q.is_empty() {
        w::title_found(lang, &page.query.q, page.found)
    } else if let Some(theme) = &page.theme_name {
        words::theme(lang, theme).to_owned()
    } else if page.query.is_unfiltered() {
        w::title_all(lang, page.found)
    } else {
        w::title_chosen(lang, page.found)
    }
}

#[component]
fn Items(page: Page, further: bool) -> impl IntoView {
    let lang = lang();
    let heading = title(lang, &page);
    let name = if page.query.q.is_empty() { w::title(lang).to_owned() } else { w::page_title_found(lang, &page.query.q) };
    let chips = chosen(lang, &page.query, &page.counts, page.theme_name.as_deref().map(|name| words::theme(lang, name)));
    let chips = if chips.is_empty() {
        view! { <span></span> }.into_any()
    } else {
        view! { <Chips chips label=w::chosen(lang)/> }.into_any()
    };
    let empty = page.lines.is_empty();
    let list = if empty {
        view! {
            <h2>{w::none_title(lang)}</h2>
            <Empty text=w::none_words(lang) act=Some(("/items".to_owned(), w::none_all(lang).to_owned()))/>
        }
        .into_any()
    } else {
        let cards = page.lines.into_iter().map(|line| view! { <ItemCard line/> }).collect_view();
        view! { <h2 class="sr">{w::results(lang)}</h2><ol class="items">{cards}</ol> }.into_any()
    };
    let first = page.query.address("/items");
    let later = page.next.map(|from| {
        let join = if first.contains('?') { '&' } else { '?' };
        (format!("{first}{join}from={from}"), w::more(lang).to_owned())
    });
    let earlier = further.then(|| (first, w::first(lang).to_owned()));
    view! {
        <Frame title=name section=Section::Items search=page.query.q.clone()>
            <div class="wrap">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang).to_owned()), ("/items".to_owned(), shell::items(lang).to_owned())]/>
                <div class="split start">
                    <FacetForm query=page.query.clone() counts=page.counts.clone()/>
                    <section class="flow" id="results" aria-labelledby="h">
                        <h1 id="h">{heading}</h1>
                        <div class="row apart">
                            {chips}
                            <Jump class="fold-open button quiet" to="#filters">{w::filters(lang)}</Jump>
                        </div>
                        {page.bundle.map(|bundle| view! { <BundleNotice bundle/> })}
                        {list}
                        <Pager earlier later/>
                    </section>
                </div>
            </div>
        </Frame>
    }
}

/// The life event that covers what was searched for.
#[component]
pub fn BundleNotice(bundle: BundleLine) -> impl IntoView {
    let lang = lang();
    let name = lang.name(&bundle.name, Some(&bundle.name_en)).to_owned();
    view! {
        <Notice title=w::bundle_notice_title(lang, &name)>
            <p class="small">
                {w::bundle_notice_text(lang, &name, bundle.members)}{(!lang.is_chinese()).then_some(" ")}
                <a href=format!("/bundles/{}", bundle.code)>{w::bundle_see(lang)}</a>
            </p>
        </Notice>
    }
}
