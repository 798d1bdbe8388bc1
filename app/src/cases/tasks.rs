//! The task list of a draft as a page of its own: where to go on, what a supplement asks, and the way to give up.

use super::api;
use super::form::detail;
use crate::forms::{Conditions, Updated, address, check_address, judged};
use crate::parts::{FormShell, Kind, Notice, Tag, TaskFrame};
use crate::{doors, lang, load_mine};
use domain::cases::SupplementItem;
use domain::forms::PageState;
use domain::forms::view::DraftPage;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::{apply as w, form};

/// `/apply/{code}/{draft}`
#[component]
pub fn TasksPage() -> impl IntoView {
    let params = use_params_map();
    load_mine(
        move || params.with(|map| map.get("draft").unwrap_or_default()),
        api::draft,
        |draft| view! { <Tasks draft/> }.into_any(),
    )
}

#[component]
fn Tasks(draft: DraftPage) -> impl IntoView {
    let lang = lang();
    let title_of =
        |id: &str| draft.form.page(id).map(|page| lang.name(&page.title, Some(&page.title_en)).to_owned()).unwrap_or_default();
    let done = draft.states.iter().filter(|(_, state)| *state == PageState::Done).count();
    let next = draft.states.iter().find(|(_, state)| *state != PageState::Done);
    let (go, label) = match next {
        Some((id, _)) => (address(&draft, id), w::go_next(lang, title_of(id))),
        None => (check_address(&draft), form::check_and_submit(lang).to_owned()),
    };
    let rows = draft
        .states
        .iter()
        .map(|(id, state)| {
            let (kind, text) = match state {
                PageState::Done => (Kind::Ok, form::state_done(lang).to_owned()),
                PageState::NotAsked | PageState::Untouched => (Kind::Plain, form::state_untouched(lang).to_owned()),
                PageState::Incomplete(n) if draft.tried.contains(id) => (Kind::Bad, form::state_incomplete(lang, n)),
                PageState::Incomplete(n) => (Kind::Plain, form::state_to_fill(lang, n)),
            };
            view! { <li><a href=address(&draft, id)>{title_of(id)}</a><Tag kind text/></li> }
        })
        .collect_view();
    let conditions = judged(&draft);
    let supplement = (!draft.supplement.is_empty()).then(|| view! { <Supplement items=draft.supplement.clone()/> });
    let lead = w::tasks_lead(lang, done, draft.states.len(), words::month_day(lang, draft.expires_on));
    view! {
        <TaskFrame title=w::tasks_title(lang, &draft.item_name) name=draft.item_name.clone() detail=detail(&draft)>
            <Updated draft=draft.clone()/>
            <div class="wrap reading flow">
                <h1>{draft.item_name.clone()}</h1>
                <p class="lead">{lead}</p>
                {supplement}
                <Conditions judged=conditions/>
                <ol class="tasks">
                    {rows}
                    <li><a href=check_address(&draft)>{form::check_and_submit(lang)}</a><Tag kind=Kind::Plain text=form::last_step(lang)/></li>
                </ol>
                <p><a class="button" href=go>{label}</a></p>
                <details>
                    <summary>{w::discard_title(lang)}</summary>
                    <FormShell action=doors::discard(&draft.code, draft.id) class="flow">
                        <p class="small muted">{w::discard_text(lang)}</p>
                        <button class="button bad">{w::discard(lang)}</button>
                    </FormShell>
                </details>
            </div>
        </TaskFrame>
    }
}

/// What the office asked for, once and completely.
#[component]
fn Supplement(items: Vec<SupplementItem>) -> impl IntoView {
    let lang = lang();
    let items = items
        .into_iter()
        .map(|item| {
            let mend = (!item.how_to_mend.is_empty())
                .then(|| view! { <p class="small">{w::supplement_mend(lang, item.how_to_mend)}</p> });
            view! { <li><strong>{item.name}</strong><p class="small">{item.what_is_wrong}</p>{mend}</li> }
        })
        .collect_view();
    view! {
        <Notice kind=Kind::Warn title=w::supplement_title(lang)>
            <ol class="plain">{items}</ol>
            <p class="small">{w::supplement_lead(lang)}</p>
        </Notice>
    }
}
