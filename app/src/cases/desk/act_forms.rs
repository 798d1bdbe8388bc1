//! Acts that need words of their own: a fold that opens below its button, without scripts too. Drawn once, so that what is
//! typed stays.

use super::history::way_words;
use super::state::Shown;
use crate::lang;
use domain::cases::{Act, DeliveryWay};
use leptos::prelude::*;
use words::{Lang, desk as w};

/// Whether the act is done through a fold.
pub fn has_form(act: Act) -> bool {
    matches!(act, Act::RefuseToAccept | Act::Suspend | Act::Resume | Act::Extend | Act::Ask | Act::Deliver)
}

/// The fields of an act.
#[component]
pub fn ActFields(act: Act, shown: Shown) -> impl IntoView {
    let lang = lang();
    match act {
        Act::RefuseToAccept => view! { <NonAcceptance shown/> }.into_any(),
        Act::Suspend => view! { <Suspension shown/> }.into_any(),
        Act::Resume => long(w::result(lang), "result", &shown, None).into_any(),
        Act::Extend => long(w::reason(lang), "reason", &shown, None).into_any(),
        Act::Ask => view! { <Request shown/> }.into_any(),
        Act::Deliver => view! { <Delivery shown/> }.into_any(),
        Act::Submit
        | Act::Claim
        | Act::Release
        | Act::AskForSupplement
        | Act::Accept
        | Act::Supplement
        | Act::Pass
        | Act::Fail
        | Act::Return
        | Act::Grant
        | Act::Refuse
        | Act::HandOver
        | Act::Issue
        | Act::Withdraw
        | Act::Rate => ().into_any(),
    }
}

/// Several acts ask for a reason: the id says whose.
fn long(label: &'static str, name: &'static str, shown: &Shown, hint: Option<&'static str>) -> impl IntoView + use<> {
    let id = format!("a-{name}");
    let hint_id = format!("{id}-h");
    let described = hint.map(|_| hint_id.clone());
    let hint = hint.map(|text| view! { <p class="hint" id=hint_id>{text}</p> });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint}
            <textarea id=id name=name maxlength="2000" aria-describedby=described>{shown.typed(name, "")}</textarea>
        </div>
    }
}

fn short(label: &'static str, name: &'static str, shown: &Shown, hint: Option<&'static str>) -> impl IntoView + use<> {
    let id = format!("a-{name}");
    let hint_id = format!("{id}-h");
    let described = hint.map(|_| hint_id.clone());
    let hint = hint.map(|text| view! { <p class="hint" id=hint_id>{text}</p> });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint}
            <input id=id name=name autocomplete="off" value=shown.typed(name, "") aria-describedby=described/>
        </div>
    }
}

fn choices(
    legend: &'static str,
    name: &'static str,
    options: Vec<(&'static str, &'static str)>,
    shown: &Shown,
) -> impl IntoView + use<> {
    let typed = shown.typed(name, "");
    let options = options
        .into_iter()
        .map(|(value, label)| {
            view! {
                <label class="check">
                    <input type="radio" name=name value=value checked=value == typed/>
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! { <fieldset class="field"><legend>{legend}</legend><div class="choices">{options}</div></fieldset> }
}

#[component]
fn NonAcceptance(shown: Shown) -> impl IntoView {
    let lang = lang();
    let grounds = vec![
        ("no_permit_needed", w::ground_no_permit_needed(lang)),
        ("not_ours", w::ground_not_ours(lang)),
        ("other", w::ground_other(lang)),
    ];
    view! {
        {choices(w::ground(lang), "ground", grounds, &shown)}
        {short(w::agency(lang), "agency", &shown, Some(w::agency_hint(lang)))}
        {long(w::reason(lang), "reason", &shown, None)}
    }
}

#[component]
fn Suspension(shown: Shown) -> impl IntoView {
    let lang = lang();
    let typed = shown.typed("procedure", "");
    let known = shown.page.with_untracked(|page| page.special_procedures.clone());
    let options = known
        .into_iter()
        .map(|name| {
            let chosen = name == typed;
            // with a value of its own: what is shown may be in other characters
            let value = name.clone();
            view! { <option value=value selected=chosen>{name}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="a-procedure">{w::procedure(lang)}</label>
            <select id="a-procedure" name="procedure">{options}</select>
        </div>
        <div class="field">
            <label for="a-expected_days">{w::expected_days(lang)}</label>
            <input
                id="a-expected_days" name="expected_days" inputmode="numeric" data-chars="4" autocomplete="off"
                value=shown.typed("expected_days", "")
            />
        </div>
        {long(w::reason(lang), "reason", &shown, None)}
    }
}

/// What the applicant is asked to do, in words that begin as the procedure suggests.
#[component]
fn Request(shown: Shown) -> impl IntoView {
    let lang = lang();
    let (title, says) = shown.page.with_untracked(|page| page.asks.clone()).unwrap_or_default();
    view! {
        <div class="field">
            <label for="a-words">{title}</label>
            <p class="hint" id="a-words-h">{w::ask_hint(lang)}</p>
            <textarea id="a-words" name="words" maxlength="2000" aria-describedby="a-words-h">{shown.typed("words", &says)}</textarea>
        </div>
    }
}

fn way(lang: Lang, way: DeliveryWay) -> (&'static str, &'static str) {
    let value = match way {
        DeliveryWay::Electronic => "electronic",
        DeliveryWay::Window => "window",
        DeliveryWay::Post => "post",
    };
    (value, way_words(lang, way))
}

#[component]
fn Delivery(shown: Shown) -> impl IntoView {
    let lang = lang();
    let ways = [DeliveryWay::Electronic, DeliveryWay::Window, DeliveryWay::Post].map(|w| way(lang, w)).to_vec();
    view! {
        {choices(w::way(lang), "way", ways, &shown)}
        {short(w::recipient(lang), "recipient", &shown, Some(w::recipient_hint(lang)))}
        {short(w::delivery_note(lang), "note", &shown, Some(w::delivery_note_hint(lang)))}
    }
}
