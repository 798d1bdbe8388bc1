//! The right pane: the clock, what may be done now, why the rest may not.

use super::act_forms::{ActFields, How, how};
use super::address::door;
use super::case::Version;
use super::clock::{ClockDays, ClockHead};
use super::opinion::FORM;
use super::state::{Desk, Shown};
use super::why::{act_words, why_lines};
use crate::lang;
use domain::cases::{Act, Manner, Stage};
use leptos::prelude::*;
use words::desk as w;

/// What goes against the applicant.
const AGAINST: [Act; 3] = [Act::RefuseToAccept, Act::Fail, Act::Refuse];

/// The pane.
#[component]
pub fn ActsPane(desk: Desk) -> impl IntoView {
    let lang = lang();
    let body = move || match desk.shown.get() {
        Some(shown) => view! { <Acts desk shown/> }.into_any(),
        None => view! { <h2 id="ah" class="sr">{w::acts(lang)}</h2> }.into_any(),
    };
    view! { <section class="pane flow" id="acts" aria-labelledby="ah">{body}</section> }
}

#[component]
fn Acts(desk: Desk, shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page.clone());
    let manner = page.with_untracked(|page| page.manner);
    let answers = page.with_untracked(|page| !page.answers.is_empty());
    let offers = Memo::new(move |_| page.with(|page| page.offers.clone()));
    let permitted = Memo::new(move |_| {
        offers.with(|offers| offers.iter().filter(|o| o.refused.is_none()).map(|o| o.act).collect::<Vec<_>>())
    });
    let likely = Memo::new(move |_| permitted.with(|acts| acts.iter().copied().find(|act| *act != Act::Release)));
    let none = Memo::new(move |_| permitted.with(Vec::is_empty));
    let ended = Memo::new(move |_| page.with(|page| matches!(page.case.stage, Stage::Ended { .. })));
    let lines = move || {
        let lines = offers.with(|offers| why_lines(lang, offers, manner));
        lines.into_iter().map(|text| view! { <p class="small muted">{text}</p> }).collect_view()
    };
    let each = {
        let shown = shown.clone();
        move |act: Act| view! { <OneAct desk shown=shown.clone() act manner answers likely/> }
    };
    view! {
        <ClockHead shown=shown.clone()/>
        {move || (!ended.get()).then(|| view! { <h3>{w::can_do(lang)}</h3> })}
        <div class="acts">
            <For each=move || permitted.get() key=|act| *act children=each/>
        </div>
        <p class="small" role="status">{move || desk.hint.get()}</p>
        {move || (none.get() && !ended.get()).then(|| view! { <p class="small muted">{w::nothing_to_do(lang)}</p> })}
        <div class="reasons">{lines}</div>
        <ClockDays shown/>
    }
}

/// One act: a button, a fold with its fields, or a link to the section where its words are written.
#[component]
fn OneAct(desk: Desk, shown: Shown, act: Act, manner: Manner, answers: bool, likely: Memo<Option<Act>>) -> impl IntoView {
    let lang = lang();
    let id = shown.page.with_untracked(|page| page.case.id);
    let label = if answers && act == Act::Grant { w::act_answer(lang) } else { act_words(lang, act, manner) };
    let key = act.key().map(String::from);
    let hint = key.clone().map(|key| view! { <kbd aria-hidden="true">{key}</kbd> });
    let class = move || match likely.get() {
        Some(first) if first == act => "button",
        Some(_) | None if AGAINST.contains(&act) => "button bad",
        Some(_) | None => "button quiet",
    };
    // claiming and putting back keep what is written on the page
    let keeps = matches!(act, Act::Claim | Act::Release);
    let sent = move |_| desk.keep.set_value(keeps);
    match how(act) {
        // a link within the page, which the router leaves alone
        How::Checks => {
            view! { <a class=class href="#supplement" rel="external" aria-keyshortcuts=key>{label}{hint}</a> }.into_any()
        }
        How::Opinion => view! {
            <button class=class form=FORM formaction=door(id, act) aria-keyshortcuts=key>{label}{hint}</button>
        }
        .into_any(),
        How::Fold(fields) => {
            let open = shown.came_back(act);
            view! {
            <details name="act" open=open>
                <summary class=class aria-keyshortcuts=key>{label}{hint}</summary>
                <form method="post" action=door(id, act) data-door novalidate on:submit=sent>
                    <Version shown=shown.clone()/>
                    <ActFields act fields shown/>
                    <button class="button quiet">{w::confirm(lang, label)}</button>
                </form>
            </details>
            }
            .into_any()
        }
        How::Button => view! {
            <form method="post" action=door(id, act) data-door on:submit=sent>
                <Version shown/>
                <button class=class aria-keyshortcuts=key>{label}{hint}</button>
            </form>
        }
        .into_any(),
    }
}
