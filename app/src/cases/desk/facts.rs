//! What was submitted: answers, files, documents, and other cases of the same applicant.

use super::address::{Asked, full, upload};
use super::row::stage_name;
use super::state::{Desk, Shown};
use crate::cases::line::{name, number_words};
use crate::forms::{Charges, answer_view, answer_words};
use crate::lang;
use crate::parts::{DocumentName, Tag};
use domain::cases::view::{CaseLine, FileLine};
use domain::forms::{Shown as Said, SummaryEntry, SummaryPage};
use leptos::prelude::*;
use uuid::Uuid;
use words::{Lang, desk as w, fee};

/// The answers, masked as the summary gives them.
#[component]
pub fn Facts(shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page);
    let case = page.with_untracked(|page| page.case.id);
    let pages = Memo::new(move |_| page.with(|page| page.submitted.clone()));
    // what it costs goes with the answers: a supplement may change both
    let fees = Memo::new(move |_| page.with(|page| page.case.fees.clone()));
    let fees = move || fees.get().map(|charges| view! { <h4>{fee::title_case(lang)}</h4><Charges charges/> });
    let answers = move || pages.with(|pages| pages.iter().filter_map(|page| page_view(lang, case, page)).collect_view());
    view! { {answers}{fees} }
}

fn page_view(lang: Lang, case: Uuid, page: &SummaryPage) -> Option<AnyView> {
    // files have a section of their own, with links
    let entries = page.entries.iter().filter(|entry| !matches!(entry.shown, Said::Files(_)));
    let lines: Vec<_> = entries.map(|entry| entry_view(lang, entry)).collect();
    let title = lang.name(&page.title, Some(&page.title_en)).to_owned();
    let masked = page.entries.iter().any(|entry| answer_words(lang, &entry.shown).contains("**"));
    let full = masked.then(|| {
        view! { " "<a class="small" href=full(case, &page.id) target="_blank" rel="external noopener nofollow">{w::full(lang)}</a> }
    });
    (!lines.is_empty()).then(|| view! { <h4>{title}{full}</h4><dl class="cols">{lines}</dl> }.into_any())
}

fn entry_view(lang: Lang, entry: &SummaryEntry) -> impl IntoView + use<> {
    let label = lang.name(&entry.label, Some(&entry.label_en)).to_owned();
    let text = answer_words(lang, &entry.shown);
    let wide = matches!(entry.shown, Said::Entry(_)) || text.chars().count() > 36;
    let missing = (entry.shown == Said::Missing).then_some("muted");
    view! { <div class=wide.then_some("wide")><dt>{label}</dt><dd class=missing>{answer_view(lang, &entry.shown)}</dd></div> }
}

/// Uploaded files.
#[component]
pub fn Files(shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page);
    let files = Memo::new(move |_| page.with(|page| page.files.clone()));
    move || {
        files.with(|files| {
            if files.is_empty() {
                return view! { <p class="muted small">{w::files_none(lang)}</p> }.into_any();
            }
            let lines = files.iter().map(|file| file_view(lang, file)).collect_view();
            view! { <ul class="files">{lines}</ul> }.into_any()
        })
    }
}

fn file_view(lang: Lang, file: &FileLine) -> impl IntoView + use<> {
    let kind = match file.media_type.as_str() {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPG",
        "image/png" => "PNG",
        other => other.rsplit('/').next().unwrap_or(other),
    }
    .to_owned();
    let state = w::file_size(lang, &file.label, words::bytes(file.size));
    view! {
        <li>
            <span class="kind" aria-hidden="true">{kind}</span>
            <a href=upload(file.id) rel="external noopener" target="_blank" translate="no">{file.name.clone()}</a>
            <span class="state">{state}</span>
        </li>
    }
}

/// Documents made so far.
#[component]
pub fn Documents(shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page);
    let documents = Memo::new(move |_| page.with(|page| page.documents.clone()));
    move || {
        documents.with(|documents| {
            if documents.is_empty() {
                return view! { <p class="muted small">{w::documents_none(lang)}</p> }.into_any();
            }
            let line = |link: &domain::cases::view::DocumentLink| {
                let number = link.number.clone();
                view! { <li><DocumentName link=link.clone() open=true/>" "<span class="small muted keep">{number}</span></li> }
            };
            let lines = documents.iter().map(line).collect_view();
            view! { <ul class="plain">{lines}</ul> }.into_any()
        })
    }
}

/// What was handed in with it, and how far the other offices are.
#[component]
pub fn Together(shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page);
    let together = Memo::new(move |_| page.with(|page| (page.case.joint.clone(), page.together.clone())));
    move || {
        together.with(|(joint, lines)| {
            let joint = joint.clone()?;
            let lines = lines.iter().map(|line| {
                let (kind, text) = stage_name(lang, &line.stage);
                let (item, unit) = (line.item_name.clone(), line.unit_name.clone());
                view! { <li>{item}" "<Tag kind text/>" "<span class="small muted">{unit}</span></li> }
            });
            let lines = lines.collect_view();
            let title = w::together(lang, joint.name, number_words(&joint.number));
            Some(view! { <div class="small flow"><p>{title}</p><ul class="plain">{lines}</ul></div> })
        })
    }
}

/// Other cases of the same applicant in this unit.
#[component]
pub fn SameApplicant(desk: Desk, shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page);
    let cases = Memo::new(move |_| page.with(|page| page.same_applicant.clone()));
    move || {
        let asked = desk.asked.get();
        cases.with(|cases| {
            if cases.is_empty() {
                return view! { <p class="muted small">{w::same_none(lang)}</p> }.into_any();
            }
            let lines = cases.iter().map(|line| other_view(lang, &asked, line)).collect_view();
            view! { <ul class="plain">{lines}</ul> }.into_any()
        })
    }
}

fn other_view(lang: Lang, asked: &Asked, line: &CaseLine) -> impl IntoView + use<> {
    let (kind, text) = stage_name(lang, &line.stage);
    let title = name(lang, &line.item_name, line.situation.as_deref());
    view! {
        <li>
            <a href=asked.case(line.id)>{title}</a>" "<Tag kind text/>
            " "<span class="small muted keep">{number_words(&line.number)}</span>
        </li>
    }
}
