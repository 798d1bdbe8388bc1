//! One thing (一件事): several departments' matters, told as one.

use super::api;
use super::item_card::ItemCard;
use crate::parts::{Crumbs, Frame, Notice, Section};
use crate::{lang, load};
use domain::catalogue::view::BundlePage as Page;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::{bundle as w, shell};

/// `/bundles/{code}`
#[component]
pub fn BundlePage() -> impl IntoView {
    let params = use_params_map();
    load(move || params.with(|map| map.get("code").unwrap_or_default()), api::bundle, |page| view! { <Bundle page/> }.into_any())
}

#[component]
fn Bundle(page: Page) -> impl IntoView {
    let lang = lang();
    let bundle = page.bundle;
    let name = lang.name(&bundle.name, Some(&bundle.name_en)).to_owned();
    let count = bundle.members.len();
    let members = bundle
        .members
        .into_iter()
        .enumerate()
        .map(|(n, member)| {
            let lines: Vec<_> = page.members.iter().filter(|line| member.items.contains(&line.code)).cloned().collect();
            let body = if lines.is_empty() {
                view! { <p class="muted small">{w::missing(lang)}</p> }.into_any()
            } else {
                let cards = lines.into_iter().map(|line| view! { <ItemCard line/> }).collect_view();
                view! { <ol class="items">{cards}</ol> }.into_any()
            };
            view! { <li class="panel flow"><p class="muted small">{w::step(lang, n + 1)}</p><h3>{lang.name(&member.name, Some(&member.name_en)).to_owned()}</h3>{body}</li> }
        })
        .collect_view();
    let apply = if page.joined.is_empty() {
        view! { <Notice title=w::how(lang)><p class="small">{w::how_text(lang)}</p></Notice> }.into_any()
    } else {
        let of = page.members.iter().filter(|line| page.joined.iter().any(|code| line.code.as_str() == code.as_str()));
        let names = of.map(|line| lang.name(&line.name, Some(&line.name_en)));
        let names = super::elements::listed(lang, names);
        let href = format!("/apply/{}", bundle.code);
        view! {
            <div class="panel flow">
                <p>{w::joined(lang, names)}</p>
                <p><a class="button big" href=href rel="nofollow">{w::begin(lang)}</a></p>
            </div>
        }
        .into_any()
    };
    let lead = lang.name(&bundle.lead, Some(&bundle.lead_en)).to_owned();
    let summary = lang.name(&bundle.summary, Some(&bundle.summary_en)).to_owned();
    let note = bundle.note.map(|note| view! { <p class="small muted">{lang.name(&note, Some(&bundle.note_en)).to_owned()}</p> });
    view! {
        <Frame title=w::title(lang, &name) section=Section::Items description=summary.clone()>
            <div class="wrap">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang).to_owned()), ("/items".to_owned(), shell::items(lang).to_owned())]/>
                <div class="flow">
                    <h1>{name}</h1>
                    <p class="lead">{summary.clone()}</p>
                    <p>{w::lead(lang, count)}</p>
                    {apply}
                    <h2>{w::includes(lang)}</h2>
                    <ol class="flow">{members}</ol>
                    <p class="muted">{w::lead_department(lang)}" · "{lead}</p>
                    {note}
                </div>
            </div>
        </Frame>
    }
}
