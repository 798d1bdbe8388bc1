//! Pages of a form and the page on which answers are checked. What is inside belongs to `forms`.

use super::api;
use crate::forms::{DraftCheck, DraftForm, UnderWay, Updated, page_title};
use crate::parts::{ErrorLine, ErrorSummary, TaskFrame};
use crate::{CameBack, Flash, Who, lang, load_mine};
use domain::forms::view::DraftPage;
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::apply as w;

/// Situation and applicant, under the item's name in the header.
pub(super) fn detail(draft: &DraftPage) -> String {
    let me = Who::current().known().unwrap_or_default();
    let who = me.organisation.map(|party| party.name).or(me.name).unwrap_or_default();
    [draft.title.clone(), who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// `/apply/{code}/{draft}/{page}`
#[component]
pub fn FormPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let came = CameBack::to_this_page();
    provide_context(UnderWay::new());
    load_mine(
        move || {
            let get = |name: &str| params.with(|map| map.get(name).unwrap_or_default());
            (get("draft"), get("page"))
        },
        |(draft, page)| async move { Ok((api::draft(draft).await?, page)) },
        move |(draft, page): (DraftPage, String)| {
            let flash = came.now();
            // not asked for anew when it goes from the address: the page is the same
            let from_check = query.with_untracked(|map| map.get_str("back") == Some("check"));
            view! {
                <TaskFrame title=page_title(&draft, &page) name=draft.item_name.clone() detail=detail(&draft)>
                    <Refused flash/>
                    <Updated draft=draft.clone()/>
                    <DraftForm draft page from_check/>
                </TaskFrame>
            }
            .into_any()
        },
    )
}

/// `/apply/{code}/{draft}/check`
#[component]
pub fn CheckPage() -> impl IntoView {
    let params = use_params_map();
    let came = CameBack::to_this_page();
    load_mine(
        move || params.with(|map| map.get("draft").unwrap_or_default()),
        api::draft,
        move |draft: DraftPage| {
            let after = w::after_submit(lang());
            // missing ticks are told by the page itself, each with its link
            let flash = came.now();
            let tried = flash.as_ref().is_some_and(|flash| matches!(flash.refusal, Refusal::DeclarationMissing { .. }));
            let flash = flash.filter(|_| !tried);
            view! {
                <TaskFrame title=page_title(&draft, "") name=draft.item_name.clone() detail=detail(&draft)>
                    <Refused flash/>
                    <Updated draft=draft.clone()/>
                    <DraftCheck draft after tried/>
                </TaskFrame>
            }
            .into_any()
        },
    )
}

/// What the last post was refused for, when it belongs to no field.
#[component]
pub(super) fn Refused(flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    flash.map(|flash| {
        let lines = vec![ErrorLine { field: None, text: words::refusal(lang, &flash.refusal) }];
        view! { <div class="wrap"><ErrorSummary lines/></div> }
    })
}
