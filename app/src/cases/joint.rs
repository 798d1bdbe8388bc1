//! 一件事: what was handed in at once, with a case for each matter.

use super::api;
use super::line::{FinishedCase, RunningCase, number_words};
use crate::parts::{Crumbs, Frame, Section, Tag, stage_words};
use crate::{lang, load_mine};
use domain::cases::Stage;
use domain::cases::view::{JointPage as Page, TrackedJoint};
use domain::clock::hall_day;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::{Lang, case_page, joint as w, shell, track};

/// `/my/joints/{id}`
#[component]
pub fn JointPage() -> impl IntoView {
    let params = use_params_map();
    load_mine(move || params.with(|map| map.get("id").unwrap_or_default()), api::joint, |page| view! { <Joint page/> }.into_any())
}

fn ended(stage: &Stage) -> bool {
    matches!(stage, Stage::Ended { .. })
}

/// How much of it is done, in one sentence.
fn done(lang: Lang, stages: &[&Stage]) -> String {
    let done = stages.iter().filter(|stage| ended(stage)).count();
    if done == stages.len() { w::all_done(lang).to_owned() } else { w::done(lang, stages.len(), done) }
}

#[component]
fn Joint(page: Page) -> impl IntoView {
    let lang = lang();
    let count = page.lines.len();
    let done = done(lang, &page.lines.iter().map(|line| &line.stage).collect::<Vec<_>>());
    let mut lines = page.lines;
    // on this page each of them would only say where one is
    lines.iter_mut().for_each(|line| line.joint = None);
    let (finished, running): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| ended(&line.stage));
    let running = running.into_iter().map(|line| view! { <RunningCase line/> }).collect_view();
    let finished = (!finished.is_empty()).then(|| {
        let lines = finished.into_iter().map(|line| view! { <FinishedCase line/> }).collect_view();
        view! { <ul class="plain">{lines}</ul> }
    });
    let code = page.query_code.map(|code| {
        view! {
            <div class="panel flow">
                <h2>{w::query_code(lang)}</h2>
                <p><strong class="keep">{code}</strong></p>
                <p class="small muted">{w::query_code_hint(lang)}</p>
            </div>
        }
    });
    view! {
        <Frame title=w::title(lang, &page.name) section=Section::My>
            <div class="wrap">
                <Crumbs parents=vec![("/my".to_owned(), case_page::crumb_my(lang).to_owned())]/>
                <div class="split end">
                    <div class="flow">
                        <div><p class="muted small">{w::number(lang)}" "<span class="keep">{number_words(&page.number)}</span></p><h1>{page.name}</h1></div>
                        <p class="lead">{w::submitted(lang, words::date(lang, hall_day(page.submitted_at)), count)}" "{done}</p>
                        <h2>{w::cases(lang, count)}</h2>
                        <ul class="flow">{running}</ul>
                        {finished}
                    </div>
                    <aside class="stay flow" aria-label=w::query_code(lang)>{code}</aside>
                </div>
            </div>
        </Frame>
    }
}

/// The same without signing in: where each stands, without names.
#[component]
pub(super) fn Followed(page: TrackedJoint) -> impl IntoView {
    let lang = lang();
    let count = page.lines.len();
    let done = done(lang, &page.lines.iter().map(|line| &line.stage).collect::<Vec<_>>());
    let lines = page.lines.into_iter().map(|line| {
        let (kind, text) = stage_words(lang, &line.stage);
        let due = line.due.filter(|_| !ended(&line.stage)).map(|day| view! { <li>{w::due(lang, words::month_day(lang, day))}</li> });
        view! {
            <li class="panel">
                <div class="row apart"><h3>{line.item_name}</h3><Tag kind text/></div>
                <ul class="dots"><li>{w::unit(lang, line.unit_name)}</li>{due}<li class="keep">{number_words(&line.number)}</li></ul>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! {
        <Frame title=track::result_title(lang, &page.name) section=Section::Track>
            <div class="wrap reading">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang).to_owned()), ("/track".to_owned(), shell::track(lang).to_owned())]/>
                <div class="flow">
                    <div><p class="muted small">{w::number(lang)}" "<span class="keep">{number_words(&page.number)}</span></p><h1>{page.name}</h1></div>
                    <p class="lead">{w::submitted(lang, words::date(lang, hall_day(page.submitted_at)), count)}" "{done}</p>
                    <h2>{w::cases(lang, count)}</h2>
                    <ul class="flow">{lines}</ul>
                    <p class="small muted">{track::result_note(lang)}</p>
                    <p class="row"><a class="button quiet" href="/track">{track::again(lang)}</a></p>
                </div>
            </div>
        </Frame>
    }
}
