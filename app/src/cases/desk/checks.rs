//! What the post checks; at the window the unmet checks become the supplement notice (第三十二条: once, everything).

use super::address::door;
use super::case::Version;
use super::state::{Desk, Shown};
use crate::lang;
use domain::cases::view::DeskCase;
use domain::cases::{Act, CheckItem, Stage, Why};
use leptos::prelude::*;
use words::desk as w;

/// The checks of this step. Drawn once for an open case.
#[component]
pub fn Checks(desk: Desk, shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = shown.page.get_untracked();
    let duty = page.node_duty.clone().map(|text| view! { <p class="small muted">{w::duty(lang, text)}</p> });
    let list = if page.case.stage == Stage::PreReview {
        view! { <Supplement desk shown page=page.clone()/> }.into_any()
    } else if page.checks.is_empty() {
        view! { <p class="muted small">{w::checks_none(lang)}</p> }.into_any()
    } else {
        let lines = page.checks.iter().map(|check| view! { <li>{check.text.clone()}</li> }).collect_view();
        view! { <ul class="checklist">{lines}</ul> }.into_any()
    };
    view! { {duty}{list} }
}

#[component]
fn Supplement(desk: Desk, shown: Shown, page: DeskCase) -> impl IntoView {
    let lang = lang();
    let id = page.case.id;
    let items = page.checks.iter().map(|check| check_view(lang, check, &shown)).collect_view();
    let again = (!page.case.supplements.is_empty()).then(|| {
        let value = shown.typed("again", "");
        view! {
            <div class="field">
                <label for="again">{w::again(lang)}</label>
                <textarea id="again" name="again" aria-describedby="again-h">{value}</textarea>
                <p class="hint" id="again-h">{w::again_hint(lang)}</p>
            </div>
        }
    });
    let live = RwSignal::from(shown.page.clone());
    let offer =
        Memo::new(move |_| live.with(|page| page.offers.iter().find(|offer| offer.act == Act::AskForSupplement).cloned()));
    let button = move || match offer.get().map(|offer| offer.refused) {
        Some(None) => view! { <button class="button quiet">{w::supplement_send(lang)}</button> }.into_any(),
        Some(Some(Why::ClaimFirst)) => view! { <p class="small muted">{w::supplement_waits(lang)}</p> }.into_any(),
        // the other reasons are told beside the acts
        Some(Some(_)) | None => ().into_any(),
    };
    let sent = move |_| desk.keep.set_value(false);
    view! {
        <form id="supplement" method="post" action=door(id, Act::AskForSupplement) data-door novalidate on:submit=sent>
            <button type="submit" disabled hidden></button>
            <Version shown/>
            <p class="small muted">{w::supplement_intro(lang)}</p>
            <ul class="intake">{items}</ul>
            {again}
            {button}
        </form>
    }
}

fn check_view(lang: words::Lang, check: &CheckItem, shown: &Shown) -> impl IntoView + use<> {
    let id = &check.id;
    let (tick, wrong, mend) = (format!("check.{id}"), format!("wrong.{id}"), format!("mend.{id}"));
    let (wrong_id, mend_id) = (format!("wrong-{id}"), format!("mend-{id}"));
    let checked = !shown.typed(&tick, "").is_empty();
    let material = (!check.material.is_empty()).then(|| view! { <small>{check.material.clone()}</small> });
    view! {
        <li>
            <label class="check">
                <input type="checkbox" name=tick value="1" checked=checked/>
                <span><span class="sr">{w::not_met(lang)}": "</span>{check.text.clone()}{material}</span>
            </label>
            <div class="mend">
                <div class="field">
                    <label for=wrong_id.clone()>{w::wrong(lang)}</label>
                    <textarea id=wrong_id name=wrong.clone()>{shown.typed(&wrong, "")}</textarea>
                </div>
                <div class="field">
                    <label for=mend_id.clone()>{w::mend(lang)}</label>
                    <textarea id=mend_id name=mend.clone()>{shown.typed(&mend, &check.mend)}</textarea>
                </div>
            </div>
        </li>
    }
}
