//! Following a case without signing in: number and query code, then the same clock and timeline without names.

use super::api;
use super::joint::Followed;
use super::line::{lead, number_words};
use crate::parts::{ClockPanel, Crumbs, Field, FormShell, Frame, LastTry, LookUp, Print, Section, Timeline};
use crate::{doors, lang, load};
use domain::cases::view::{TrackPage as Page, Tracked as Found};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::{case_page, shell, timeline, track as w};

/// `/track`
#[component]
pub fn TrackPage() -> impl IntoView {
    let lang = lang();
    let last = LastTry::of_this_page();
    let field = |id: &'static str| (last.error(id), last.typed(id));
    let ((number_error, number), (code_error, code)) = (field("number"), field("code"));
    view! {
        <LookUp section=Section::Track title=w::title(lang) heading=w::heading(lang) lead=w::lead(lang) last>
            <FormShell action=doors::TRACK>
                <Field id="number" label=w::number(lang) hint=w::number_hint(lang) error=number_error value=number/>
                <Field id="code" label=w::code(lang) hint=w::code_hint(lang) error=code_error value=code chars="12"/>
                <button class="button">{w::submit(lang)}</button>
            </FormShell>
            <p class="muted">{w::mine(lang)}" "<a href="/my">{w::mine_act(lang)}</a></p>
        </LookUp>
    }
}

/// `/track/{number}`
#[component]
pub fn TrackResultPage() -> impl IntoView {
    let params = use_params_map();
    load(
        move || params.with(|map| map.get("number").unwrap_or_default()),
        api::track,
        |found| match found {
            Found::Case(page) => view! { <Tracked page=*page/> }.into_any(),
            Found::Joint(page) => view! { <Followed page/> }.into_any(),
        },
    )
}

#[component]
fn Tracked(page: Page) -> impl IntoView {
    let lang = lang();
    let now = Some((timeline::now_handling(lang).to_owned(), page.clock.due));
    let stop = page.clock.promised.as_ref().and_then(|clock| clock.stopped.as_ref()).map(|stop| stop.reason.clone());
    view! {
        <Frame title=w::result_title(lang, &page.item_name) section=Section::Track>
            <div class="wrap reading">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang).to_owned()), ("/track".to_owned(), shell::track(lang).to_owned())]/>
                <div class="flow">
                    <div>
                        <p class="muted small">{case_page::number(lang)}" "<span class="keep">{number_words(&page.number)}</span></p>
                        <h1>{page.item_name.clone()}</h1>
                    </div>
                    <p class="lead">{lead(lang, &page.stage, None, stop.as_deref())}</p>
                    <p class="muted">{w::unit(lang, &page.unit_name)}</p>
                    <ClockPanel clock=page.clock stage=page.stage.clone() unit=page.unit_name/>
                    <h2>{timeline::title(lang)}</h2>
                    <Timeline lines=page.timeline stage=page.stage now next=Vec::new()/>
                    <p class="small muted">{w::result_note(lang)}</p>
                    <p class="row"><a class="button quiet" href="/track">{w::again(lang)}</a></p>
                    <Print label=case_page::print(lang)/>
                </div>
            </div>
        </Frame>
    }
}
