//! One form on the bench: what it is made of, the sheet of what is chosen, and what has to be done.

use super::side::{Differences, Exchange, Faults, Rules, Thoughts, Way};
use super::tree::{Tools, Tree};
use super::{api, said};
use crate::forms::live::{Facts, Live};
use crate::forms::page::{Sheet, with_rows};
use crate::parts::{Chip, Chips, Crumbs, ErrorLine, ErrorSummary, Frame, Jump, Tag, title_with};
use crate::{CameBack, Flash, doors, lang, load_mine};
use domain::forms::design::view::{BenchPage as Page, Stage};
use domain::forms::design::{Spot, sheet};
use domain::forms::{absorb, summary};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::sync::Arc;
use words::bench as w;

/// `/admin/forms/{code}?at=question:mobile&part=rules`
#[component]
pub fn BenchPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let came = CameBack::to_this_page();
    load_mine(
        move || {
            let code = params.with(|map| map.get("code").unwrap_or_default());
            let get = |name: &str| query.with(|map| map.get(name).unwrap_or_default());
            (code, get("at"), get("part"))
        },
        |(code, at, part)| async move { Ok((api::bench(code, at).await?, part)) },
        move |(page, part): (Page, String)| view! { <Bench page part flash=came.now()/> }.into_any(),
    )
}

#[component]
fn Bench(page: Page, part: String, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let refused = flash.as_ref().map(|flash| ErrorLine { field: None, text: words::refusal(lang, &flash.refusal) });
    // as on every page of a form: what is wrong on the other pages of the sheet is told there
    let here = sheet(&page.spot).and_then(|sheet| sheet.page(&part).or(sheet.pages.first())).map(|page| page.id.clone());
    let wrong = page.problems.iter().filter(|p| Some(&p.page) == here.as_ref());
    let wrong = wrong.map(|p| ErrorLine { field: Some(p.element()), text: words::problem(lang, p) });
    let lines: Vec<ErrorLine> = refused.into_iter().chain(wrong).collect();
    let (kind, stage) = said::stage(lang, page.stage);
    let crumbs = vec![(doors::FORMS.to_owned(), w::title(lang).to_owned())];
    let first = page.form.pages.first().map(|p| p.id.clone()).unwrap_or_default();
    let preview = doors::preview(&page.code, &first);
    view! {
        <Frame title=title_with(lines.len(), &page.item_name)>
            <div class="wrap"><div class="whole">
                <Crumbs parents=crumbs/>
                <div class="flow">
                    <h1>{page.item_name.clone()}" "<Tag kind text=stage/></h1>
                    <p class="row"><span class="muted">{w::version(lang, page.version)}</span><a href=preview>{w::preview(lang)}</a>
                        <Jump to="#parts" class="fold-open">{w::parts_open(lang)}</Jump></p>
                </div>
                <ErrorSummary lines/>
                <div class="split start">
                    <Tree page=page.clone()/>
                    <div class="flow">
                        <Tools page=page.clone()/>
                        <Properties page=page.clone() part flash/>
                        <Rules page=page.clone()/>
                        <Way page=page.clone()/>
                        <Faults page=page.clone()/>
                        <Thoughts page=page.clone()/>
                        <Differences page=page.clone()/>
                        <Exchange page/>
                    </div>
                </div>
            </div></div>
        </Frame>
    }
}

/// The sheet of what is chosen; as an answered form where nothing can be changed.
#[component]
fn Properties(page: Page, part: String, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let Some(form) = sheet(&page.spot) else { return ().into_any() };
    let Some(here) = form.page(&part).or(form.pages.first()).cloned() else { return ().into_any() };
    let spot = page.spot.to_string();
    let chips = form.pages.iter().filter(|_| form.pages.len() > 1).map(|p| {
        let title = lang.name(&p.title, Some(&p.title_en));
        let wrong = p.id != here.id && page.problems.iter().any(|problem| problem.page == p.id);
        let label = if wrong { format!("{title} · {}", w::to_mend(lang)) } else { title.to_owned() };
        Chip { current: p.id == here.id, ..Chip::to(doors::sheet_on_bench(&page.code, &spot, &p.id), label) }
    });
    let chips: Vec<Chip> = chips.collect();
    let chips = (!chips.is_empty()).then(|| view! { <nav aria-label=w::sheet_pages(lang)><Chips chips/></nav> });
    let id = (page.spot != Spot::Form).then(|| {
        view! { <p class="small muted">{w::id(lang)}" "<code translate="no">{page.spot.id().to_owned()}</code>" · "{w::id_hint(lang)}</p> }
    });
    let mut answers = page.sheet.clone();
    let body = if page.may.build && page.stage == Stage::Draft {
        // what was refused stands in its box again
        if let Some(flash) = flash.filter(|flash| flash.typed("spot") == spot && flash.typed("page") == here.id) {
            answers = absorb(form, &here, &flash.typed, &answers, page.today).answers;
        }
        let action = doors::sheet(&page.code);
        let facts = Facts { form: Arc::new(form.clone()), page: here.id.clone(), today: page.today, action: action.clone() };
        let answers = with_rows(answers, &here);
        let live = Live::new(facts, answers.clone(), &page.problems, None);
        let hidden = [("spot", spot)].into_iter().chain(page.drawn.controls(&here.id)).collect();
        view! { <Sheet page=here answers live action hidden save=w::save(lang)/> }.into_any()
    } else {
        let closed = (page.stage != Stage::Published).then(|| view! { <p class="small muted">{w::closed_hint(lang)}</p> });
        let shown = summary(form, &answers, page.today).into_iter().filter(|p| p.id == here.id).collect::<Vec<_>>();
        view! { {closed}<crate::forms::SummaryPanels pages=shown/> }.into_any()
    };
    view! { {chips}{id}{body} }.into_any()
}
