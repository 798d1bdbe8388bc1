//! 我符合条件吗: the few questions the conditions of an item rest on, for anybody, before anything begins. Nothing is kept: the page is
//! posted by the browser itself and is the answer, so that no number stands in an address.

use super::api;
use super::conditions::Why;
use super::live::{Facts, Live};
use super::page::Sheet;
use crate::parts::{Crumbs, ErrorLine, ErrorSummary, Frame, Kind, Notice, Section, Tag};
use crate::{Filled, doors, lang, load};
use domain::forms::view::EligiblePage as Tried;
use domain::forms::{Answers, Judged, Page, Verdict, Weight, absorb, validate_page};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;
use words::{Lang, eligible as w, shell};

/// `/items/{code}/eligible`
#[component]
pub fn EligiblePage() -> impl IntoView {
    let params = use_params_map();
    let filled = Filled::in_this_page();
    load(
        move || params.with(|map| map.get("code").unwrap_or_default()),
        api::eligible,
        move |tried: Tried| {
            let filled = filled.clone().filter(|filled| filled.code == tried.code).map(|filled| filled.pairs);
            view! { <Eligible tried filled=filled.unwrap_or_default()/> }.into_any()
        },
    )
}

#[component]
fn Eligible(tried: Tried, filled: Vec<(String, String)>) -> impl IntoView {
    let lang = lang();
    let guide = format!("/items/{}", tried.code);
    let crumbs = vec![("/items".to_owned(), shell::items(lang).to_owned()), (guide, tried.item_name.clone())];
    let form = Arc::new(tried.form);
    let page = form.pages.first().cloned().map(|page| {
        let answers = absorb(&form, &page, &filled, &Answers::default(), tried.today).answers;
        let problems = if filled.is_empty() { Vec::new() } else { validate_page(&form, &answers, &page.id, tried.today) };
        let lines: Vec<_> =
            problems.iter().map(|p| ErrorLine { field: Some(p.element()), text: words::problem(lang, p) }).collect();
        let facts = Facts { form: form.clone(), page: page.id.clone(), today: tried.today, action: String::new() };
        let live = Live::new(facts, answers.clone(), &problems, None);
        let (code, online) = (tried.code.clone(), tried.online);
        let result = move || live.judged.with(|judged| result(lang, judged, online.then_some(code.as_str())));
        let (heading, lead) = (w::heading(lang).to_owned(), w::lead(lang).to_owned());
        let page = Page { heading: heading.clone(), heading_en: heading, lead: lead.clone(), lead_en: lead, ..page };
        view! {
            <ErrorSummary lines/>
            <div role="status">{result}</div>
            <Sheet page answers live action=doors::eligible(&tried.code) hidden=Vec::new() save=w::ask(lang) tries=true/>
        }
    });
    view! {
        <Frame title=w::title(lang, &tried.item_name) section=Section::Items>
            <div class="wrap reading">
                <Crumbs parents=crumbs/>
                <div class="flow">{page}</div>
            </div>
        </Frame>
    }
}

/// What came of it, once anything is answered; `code` where it can be applied for here.
fn result(lang: Lang, judged: &[Judged], code: Option<&str>) -> Option<AnyView> {
    if judged.iter().all(|one| one.verdict == Verdict::Open) {
        return None;
    }
    let open = judged.iter().any(|one| one.verdict == Verdict::Open);
    let advised = judged.iter().any(|one| matches!(one.verdict, Verdict::Unmet { .. }));
    let (kind, title) = match () {
        () if judged.iter().any(Judged::bars) => (Kind::Bad, w::barred_title(lang)),
        () if open => (Kind::Plain, w::open_title(lang)),
        () if advised => (Kind::Warn, w::advice_title(lang)),
        () => (Kind::Ok, w::met_title(lang)),
    };
    let begin = code.filter(|_| !open && !judged.iter().any(Judged::bars)).map(|code| {
        let href = format!("/apply/{code}");
        view! { <p>{w::met_text(lang)}</p><p><a class="button" href=href>{w::begin(lang)}</a></p> }
    });
    let lines = judged.iter().map(|one| line(lang, one)).collect_view();
    Some(view! { <Notice kind title><ul class="plain">{lines}</ul>{begin}</Notice> }.into_any())
}

fn line(lang: Lang, judged: &Judged) -> AnyView {
    let criterion = judged.criterion.clone();
    let name = lang.name(&criterion.name, Some(&criterion.name_en)).to_owned();
    let (kind, mark) = match (&judged.verdict, criterion.weight) {
        (Verdict::Open, _) => (Kind::Plain, w::open(lang)),
        (Verdict::Met, _) => (Kind::Ok, w::met(lang)),
        (Verdict::Unmet { .. }, Weight::Bar) => (Kind::Bad, w::unmet(lang)),
        (Verdict::Unmet { .. }, Weight::Advice) => (Kind::Warn, w::take_care(lang)),
    };
    let why = match &judged.verdict {
        Verdict::Unmet { message, message_en } => {
            let message = lang.name(message, Some(message_en)).to_owned();
            Some(view! { <p>{message}</p><Why criterion/> })
        }
        Verdict::Open | Verdict::Met => None,
    };
    view! { <li><Tag kind text=mark/>" "<strong>{name}</strong>{why}</li> }.into_any()
}
