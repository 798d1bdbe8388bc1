//! Checking and signing what somebody else filled in.

use super::api;
use crate::forms::{SummaryPanels, changes};
use crate::parts::{Crumbs, ErrorLine, ErrorSummary, Field, FormShell, Frame, Section, title_with};
use crate::{CameBack, Flash, doors, lang, load_mine};
use domain::forms::view::SigningPage;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::sign as w;

/// `/my/signatures/{id}`
#[component]
pub fn SignPage() -> impl IntoView {
    let params = use_params_map();
    let came = CameBack::to_this_page();
    load_mine(
        move || params.with(|map| map.get("id").unwrap_or_default()),
        api::signature,
        move |page| view! { <Sign page flash=came.now()/> }.into_any(),
    )
}

#[component]
fn Sign(page: SigningPage, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let id = page.line.id;
    let lines: Vec<ErrorLine> = flash.iter().map(Flash::line).collect();
    let error = flash.as_ref().and_then(|flash| flash.beside("reason"));
    let title = title_with(lines.len(), w::title(lang));
    let typed = flash.map(|flash| flash.typed("reason")).unwrap_or_default();
    let lead = w::lead(lang, &page.line.by, words::month_day(lang, page.line.until));
    let whole = view! { <SummaryPanels pages=page.pages/> };
    // whoever signed before is asked about what changed only
    let read = match &page.changed {
        None => whole.into_any(),
        Some(changed) => {
            let told = if changed.is_empty() {
                view! { <p>{w::unchanged(lang)}</p> }.into_any()
            } else {
                view! { <h2>{w::changed(lang)}</h2>{changes(lang, changed)} }.into_any()
            };
            view! { <div class="panel flow">{told}</div><details><summary>{w::whole(lang)}</summary><div class="flow">{whole}</div></details> }.into_any()
        }
    };
    let confirms = lang.name(&page.confirms, Some(&page.confirms_en)).to_owned();
    view! {
        <Frame title section=Section::My>
            <div class="wrap reading">
                <Crumbs parents=vec![("/my".to_owned(), words::shell::my(lang).to_owned())]/>
                <ErrorSummary lines/>
                <div class="flow">
                    <h1 translate="no">{w::heading(lang, &page.name, &page.line.item_name)}</h1>
                    <p class="lead">{lead}</p>
                    <p class="muted small">{w::masked(lang)}</p>
                    {read}
                    <FormShell action=doors::sign(id) class="flow">
                        <input type="hidden" name="hash" value=page.hash/>
                        <h2>{w::confirm(lang)}</h2>
                        <p>{confirms}</p>
                        <div class="row"><button class="button big">{w::sign(lang)}</button></div>
                    </FormShell>
                    <FormShell action=doors::give_back_to_sign(id) class="flow">
                        <h2>{w::return_heading(lang)}</h2>
                        <Field id="reason" label=w::return_words(lang) error value=typed long=true/>
                        <div class="row"><button class="button quiet">{w::return_act(lang)}</button></div>
                    </FormShell>
                </div>
            </div>
        </Frame>
    }
}
