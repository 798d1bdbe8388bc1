//! A case as its applicant follows it.

use super::api;
use super::line::{lead, name, number_words};
use super::thread::Thread;
use crate::forms::{Charges, SummaryPanels};
use crate::parts::{
    ClockPanel, Crumbs, DocumentName, ErrorLine, ErrorSummary, FormShell, Frame, Kind, Notice, Print, Section, Timeline,
};
use crate::{CameBack, Flash, doors, lang, load_mine};
use domain::cases::view::CasePage as Page;
use domain::cases::{Act, Stage};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::{case_page as w, document, fee, timeline};

/// `/my/cases/{id}`
#[component]
pub fn CasePage() -> impl IntoView {
    let params = use_params_map();
    let came = CameBack::to_this_page();
    load_mine(
        move || params.with(|map| map.get("id").unwrap_or_default()),
        api::case,
        move |page| view! { <CaseView page flash=came.now()/> }.into_any(),
    )
}

#[component]
fn CaseView(page: Page, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let errors: Vec<ErrorLine> = flash.iter().map(Flash::line).collect();
    let (thread, open) = (page.thread.clone(), page.case.open_to_words());
    let id = page.case.id;
    let item = name(lang, &page.case.item_name, page.case.situation.as_deref());
    let stop = page.case.suspensions.last().filter(|stop| stop.to.is_none()).map(|stop| stop.procedure.clone());
    let number = number_words(&page.case.number);
    let here = page.node_title.clone().unwrap_or_else(|| timeline::now_handling(lang).to_owned());
    let now = Some((here, page.clock.due));
    let submitted = (!page.submitted.is_empty()).then(|| {
        view! { <details><summary>{w::submitted(lang)}</summary><div class="flow"><SummaryPanels pages=page.submitted.clone()/></div></details> }
    });
    // while something is missing, the notice says until when
    let clock = (!matches!(page.case.stage, Stage::AwaitingSupplement { .. })).then(|| {
        view! { <ClockPanel clock=page.clock.clone() stage=page.case.stage.clone() unit=page.case.unit_name.clone()/> }
    });
    let joint = page.case.joint.as_ref().map(|joint| {
        view! { <p class="small"><a href=format!("/my/joints/{}", joint.id)>{words::joint::part_of(lang, &joint.name)}</a></p> }
    });
    let fees = page.case.fees.clone().map(|charges| {
        view! { <h2>{fee::title_case(lang)}</h2><Charges charges/><p class="small muted">{fee::settled(lang)}</p> }
    });
    let asked = page.asked.iter().cloned().map(|(title, text, until)| {
        let until = words::month_day(lang, until);
        let lines = text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
        view! { <Notice kind=Kind::Warn title=timeline::asked(lang, title)><p>{timeline::asked_until(lang, until)}</p>{lines}</Notice> }
    });
    let asked = asked.collect_view();
    let sentence = match page.asked.first() {
        Some((title, _, _)) => words::stage::lead_asked(lang, title),
        None => lead(lang, &page.case.stage, page.node_title.as_deref(), stop.as_deref()),
    };
    view! {
        <Frame title=w::title(lang, &item) section=Section::My>
            <div class="wrap">
                <Crumbs parents=vec![("/my".to_owned(), w::crumb_my(lang).to_owned())]/>
                <ErrorSummary lines=errors/>
                <div class="split end">
                    <div class="flow">
                        <div><p class="muted small">{w::number(lang)}" "<span class="keep">{number}</span></p><h1>{item.clone()}</h1>{joint}</div>
                        <p class="lead">{sentence}</p>
                        <Supplement page=page.clone()/>
                        {asked}
                        {clock}
                        <h2>{timeline::title(lang)}</h2>
                        <Timeline lines=page.timeline.clone() stage=page.case.stage.clone() now next=page.next.clone() documents=true/>
                        <Thread case=id thread open flash/>
                        {fees}
                        {submitted}
                    </div>
                    <Aside page/>
                </div>
            </div>
        </Frame>
    }
}

/// What is missing, once and completely (第三十二条), and the way to mend it.
#[component]
fn Supplement(page: Page) -> impl IntoView {
    let lang = lang();
    let Stage::AwaitingSupplement { until } = page.case.stage else { return ().into_any() };
    let Some(round) = page.case.supplements.last() else { return ().into_any() };
    let items = round
        .items
        .iter()
        .map(|item| {
            let mend = (!item.how_to_mend.is_empty())
                .then(|| view! { <p class="small">{w::supplement_mend(lang)}": "{item.how_to_mend.clone()}</p> });
            view! { <li><strong>{item.name.clone()}</strong><p class="small">{item.what_is_wrong.clone()}</p>{mend}</li> }
        })
        .collect_view();
    let act = match page.supplement_draft {
        Some(draft) => {
            view! { <p><a class="button" href=format!("/apply/{}/{draft}", page.item_code)>{w::supplement_go_on(lang)}</a></p> }.into_any()
        }
        None => view! {
            <FormShell action=doors::supplement(page.case.id)><button class="button">{w::supplement_act(lang)}</button></FormShell>
        }
        .into_any(),
    };
    let count = round.items.len();
    view! {
        <Notice kind=Kind::Warn title=w::supplement_title(lang, count)>
            <p>{w::supplement_until(lang, words::date(lang, until), words::weekday(lang, until))}</p>
            <ol class="plain">{items}</ol>
            {act}
        </Notice>
    }
    .into_any()
}

#[component]
fn Aside(page: Page) -> impl IntoView {
    let lang = lang();
    let documents = if page.documents.is_empty() {
        view! { <p class="muted small">{document::none(lang)}</p> }.into_any()
    } else {
        let links = page
            .documents
            .iter()
            .cloned()
            .map(|link| {
                let ready = link.ready;
                view! { <li><DocumentName link open=true/>{ready.then(|| view! { " "<span class="small muted">{document::pdf(lang)}</span> })}</li> }
            })
            .collect_view();
        view! { <ul class="plain">{links}</ul> }.into_any()
    };
    let certificate = page.case.certificate.as_ref().map(|(id, number)| {
        view! {
            <p>{w::certificate(lang)}" "<span class="keep">{number.clone()}</span></p>
            <p><a href=doors::certificate(*id) rel="external">{w::certificate_download(lang)}</a></p>
        }
    });
    let code = page.query_code.clone().map(|code| {
        view! {
            <div class="panel flow">
                <h2>{w::query_code(lang)}</h2>
                <p><strong class="keep">{code}</strong></p>
                <p class="small muted">{w::query_code_hint(lang)}</p>
            </div>
        }
    });
    view! {
        <aside class="stay flow" aria-label=document::title(lang)>
            <div class="panel flow"><h2>{document::title(lang)}</h2>{documents}{certificate}</div>
            <Acts page/>
            {code}
        </aside>
    }
}

/// Only what may be done now is drawn.
#[component]
fn Acts(page: Page) -> impl IntoView {
    let lang = lang();
    let id = page.case.id;
    let links = [(Act::Withdraw, w::withdraw(lang)), (Act::Rate, w::rate(lang))]
        .into_iter()
        .filter(|(act, _)| page.offers.iter().any(|offer| offer.act == *act && offer.refused.is_none()))
        .map(|(act, label)| view! { <li><a href=format!("/my/cases/{id}/{}", act.word())>{label}</a></li> })
        .collect_view();
    let rated = page.case.rating.as_ref().map(|rating| view! { <p class="small muted">{w::rated(lang, rating.stars)}</p> });
    view! {
        <div class="panel flow">
            <h2>{w::acts(lang)}</h2>
            <ul class="plain">
                {links}
                <li><a href=format!("/items/{}", page.item_code)>{w::guide(lang)}</a></li>
                <li><a href="tel:12345">{w::complain(lang)}</a></li>
            </ul>
            {rated}
            <Print label=w::print(lang)/>
        </div>
    }
}
