//! A guide: the answer first, law and codes last.

use super::elements::{area, audience, case_kind, handle_form, item_type, level, listed};
use super::items::BundleNotice;
use super::materials::Materials;
use super::{api, limit_words};
use crate::parts::{
    Chip, Chips, Crumbs, Fact, Facts, Frame, Kind, Notice, Print, Section, StepLine, Steps, SummaryLine, SummaryList,
};
use crate::{doors, is_chinese, lang, lang_of, load};
use domain::catalogue::view::GuidePage as Page;
use domain::catalogue::{Item, ItemType, Question, ResultKind, ThemeSet};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::{Lang, eligible, guide as w, shell};

/// `/items/{code}`
#[component]
pub fn GuidePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let key = move || {
        let code = params.with(|map| map.get("code").unwrap_or_default());
        (code, query.with(|map| map.get("situation")))
    };
    load(
        key,
        |(code, _)| api::item(code),
        move |page| view! { <Guide page situation=query.with_untracked(|map| map.get("situation"))/> }.into_any(),
    )
}

#[component]
fn Guide(page: Page, situation: Option<String>) -> impl IntoView {
    let lang = lang();
    let item = page.item;
    let name = lang.name(&item.name, Some(&item.name_en)).to_owned();
    let chosen = item.situations.iter().find(|s| Some(&s.code) == situation.as_ref()).or(item.situations.first()).cloned();
    let situations = (item.situations.len() > 1).then(|| {
        let chips = item
            .situations
            .iter()
            .map(|s| Chip {
                current: chosen.as_ref() == Some(s),
                ..Chip::to(format!("/items/{}?situation={}", item.code, s.code), lang.name(&s.name, Some(&s.name_en)))
            })
            .collect::<Vec<_>>();
        view! { <nav aria-label=w::situations(lang)><Chips chips/></nav> }
    });
    let start = item.is_online().then(|| match &chosen {
        Some(s) if item.situations.len() > 1 => format!("/apply/{}?situation={}", item.code, s.code),
        Some(_) | None => format!("/apply/{}", item.code),
    });
    let blank = item.is_online().then(|| {
        let href = doors::blank_form(item.code.as_str());
        view! {
            <p><a href=href rel="external" download>{w::blank_form(lang)}</a><br/><span class="small muted">{w::blank_form_hint(lang)}</span></p>
        }
    });
    let conditions = (!item.conditions.is_empty()).then(|| {
        let list = item.conditions.iter().map(|text| view! { <li lang=lang_of(text)>{text.clone()}</li> }).collect_view();
        let try_it = page.eligible.then(|| {
            let href = doors::eligible(item.code.as_str());
            view! { <p><a href=href>{eligible::link(lang)}</a><br/><span class="small muted">{eligible::link_hint(lang)}</span></p> }
        });
        view! { <h2>{w::conditions(lang)}</h2><p>{w::conditions_intro(lang)}</p><ul class="ticks">{list}</ul>{try_it} }
    });
    let said: String = item.steps.iter().map(|step| step.says.as_str()).collect();
    let steps = item.steps.iter().map(step_line(lang)).collect::<Vec<_>>();
    let steps = (!steps.is_empty()).then(|| view! { <h2>{w::steps(lang)}</h2><div lang=lang_of(&said)><Steps steps/></div> });
    let closed = start.is_none().then(|| view! { <Notice kind=Kind::Warn><p>{w::not_online(lang)}</p></Notice> });
    let summary = lang.name(&item.summary, Some(&item.summary_en)).to_owned();
    // a guide that its department has not put into English yet
    let chinese_only =
        (!lang.is_chinese() && is_chinese(&said)).then(|| view! { <p class="small muted">{w::chinese_only(lang)}</p> });
    let bundles = page.bundles.into_iter().map(|bundle| view! { <BundleNotice bundle/> }).collect_view();
    view! {
        <Frame title=w::title(lang, &name) section=Section::Items description=summary.clone()>
            <div class="wrap">
                <Crumbs parents=parents(lang, &item)/>
                <div class="split end">
                    <article class="flow">
                        <h1>{name}</h1>
                        <p class="lead">{summary.clone()}</p>{chinese_only}
                        {situations}
                        <Facts facts=facts(lang, &item)/>
                        {closed}
                        {bundles}
                        {conditions}
                        <h2>{w::materials(lang)}</h2>
                        <Materials materials=item.materials.clone() online=item.is_online() situation=chosen.filter(|_| item.situations.len() > 1).map(|s| lang.name(&s.name, Some(&s.name_en)).to_owned())/>
                        {blank}
                        {steps}
                        <Fees item=item.clone()/>
                        <Questions questions=item.questions.clone() kind=item.kind/>
                        <h2>{w::basis(lang)}</h2>
                        <SummaryList lines=elements(lang, &item)/>
                    </article>
                    <Start start=start.clone()/>
                </div>
                <Dock start/>
            </div>
        </Frame>
    }
}

fn parents(lang: Lang, item: &Item) -> Vec<(String, String)> {
    let (name, who) = match item.main_theme().map(|theme| theme.set) {
        Some(ThemeSet::Legal) => (words::home::organisations(lang), "2"),
        Some(ThemeSet::Natural) | None => (words::home::persons(lang), "1"),
    };
    vec![
        ("/".to_owned(), shell::home(lang).to_owned()),
        ("/items".to_owned(), shell::items(lang).to_owned()),
        (format!("/items?who={who}"), name.to_owned()),
    ]
}

fn facts(lang: Lang, item: &Item) -> Vec<Fact> {
    let promised = limit_words(lang, item.promised);
    let (number, unit) = match promised.split_once(' ') {
        Some((number, unit)) if number.chars().all(|c| c.is_ascii_digit()) => (number.to_owned(), unit.to_owned()),
        Some(_) | None => (String::new(), promised),
    };
    let law = match item.statutory.limit {
        Some(limit) => w::statutory(lang, limit_words(lang, limit)),
        None => w::statutory_none(lang).to_owned(),
    };
    let visits = item.visits_now();
    let visit = Fact {
        label: w::visits(lang).to_owned(),
        number: visits.to_string(),
        unit: w::visits_unit(lang).to_owned(),
        below: if visits == 0 && item.is_online() {
            w::visits_none(lang).to_owned()
        } else {
            lang.name(item.visit_reason.as_deref().unwrap_or_default(), Some(&item.visit_reason_en)).to_owned()
        },
    };
    let fee = if item.fee.charged {
        Fact {
            label: w::fee(lang).to_owned(),
            unit: lang.name(&item.fee.short, Some(&item.fee.short_en)).to_owned(),
            below: w::fee_below(lang).to_owned(),
            ..Fact::default()
        }
    } else {
        Fact {
            label: w::fee(lang).to_owned(),
            number: w::fee_free_number(lang).to_owned(),
            unit: w::fee_unit(lang).to_owned(),
            below: w::fee_free(lang).to_owned(),
        }
    };
    let result = match item.result.kind {
        ResultKind::Nothing => w::result_none(lang).to_owned(),
        ResultKind::Certificate | ResultKind::Decision | ResultKind::Other => {
            lang.name(&item.result.name, Some(&item.result.name_en)).to_owned()
        }
    };
    let valid = item.result.validity.as_ref();
    let valid = valid.map(|years| w::valid_for(lang, lang.name(years, Some(&item.result.validity_en)))).unwrap_or_default();
    vec![
        Fact { label: w::promised(lang).to_owned(), number, unit, below: law },
        visit,
        fee,
        Fact { label: w::result(lang).to_owned(), unit: result, below: valid, ..Fact::default() },
    ]
}

fn step_line(lang: Lang) -> impl Fn(&domain::catalogue::Step) -> StepLine {
    move |step| StepLine {
        title: step.name.clone(),
        text: step.says.clone(),
        limit: step.excluded.then(|| w::excluded(lang).to_owned()),
    }
}

#[component]
fn Start(start: Option<String>) -> impl IntoView {
    let lang = lang();
    let body = match start {
        Some(href) => view! {
            <h2>{w::start(lang)}</h2>
            <p class="small muted">{w::start_text(lang)}</p>
            <a class="button full" href=href>{w::start_button(lang)}</a>
        }
        .into_any(),
        None => view! { <h2>{w::not_online_title(lang)}</h2><p class="small muted">{w::not_online_short(lang)}</p> }.into_any(),
    };
    view! {
        <aside class="stay on-wide" aria-label=w::start(lang)>
            <div class="panel flow">
                {body}
                <a class="button quiet full" href="tel:12345">{w::phone_ask(lang)}</a>
                <Print label=w::print(lang)/>
            </div>
        </aside>
    }
}

#[component]
fn Dock(start: Option<String>) -> impl IntoView {
    let lang = lang();
    let start = start.map(|href| view! { <a class="button" href=href>{w::start_button(lang)}</a> });
    view! { <div class="dock">{start}<a class="button quiet" href="tel:12345">{w::phone_ask(lang)}</a></div> }
}

#[component]
fn Fees(item: Item) -> impl IntoView {
    let lang = lang();
    item.fee.charged.then(|| {
        let says = item.fee.says.map(|says| (lang_of(&says), says)).map(|(own, says)| view! { <p lang=own>{says}</p> });
        let rows = item
            .fee
            .lines
            .into_iter()
            .map(|line| {
                let reduction = line.reduction.map(|text| view! { <br/><span class="muted small">{text}</span> });
                let own = lang_of(&line.standard);
                view! {
                    <tr lang=own>
                        <th scope="row">{line.name}</th>
                        <td data-th=w::fee_standard(lang)>{line.standard}{reduction}</td>
                        <td data-th=w::fee_basis(lang)>{line.basis}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <h2>{w::fee_title(lang)}</h2>
            {says}
            <div class="box"><table class="stack">
                <thead><tr><th scope="col">{w::fee_name(lang)}</th><th scope="col">{w::fee_standard(lang)}</th><th scope="col">{w::fee_basis(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
    })
}

#[component]
fn Questions(questions: Vec<Question>, kind: ItemType) -> impl IntoView {
    let lang = lang();
    let power = match kind {
        ItemType::Permit
        | ItemType::Benefit
        | ItemType::Confirmation
        | ItemType::Reward
        | ItemType::Ruling
        | ItemType::OtherPower => true,
        ItemType::PublicService => false,
    };
    // many guides answer it themselves, in words of their own
    let told = questions.iter().any(|q| q.a.contains("行政复议") || q.a.contains("administrative review"));
    let asked = questions
        .into_iter()
        .map(|q| (lang_of(&q.a), q))
        .map(|(own, Question { q, a })| view! { <details lang=own><summary>{q}</summary><p>{a}</p></details> })
        .collect_view();
    let remedies = (power && !told)
        .then(|| view! { <details><summary>{w::remedies(lang)}</summary><p>{w::remedies_text(lang)}</p></details> });
    view! { <h2>{w::faq(lang)}</h2><div class="qa">{asked}{remedies}</div> }
}

fn elements(lang: Lang, item: &Item) -> Vec<SummaryLine> {
    let phone = |number: &Option<String>| number.clone().unwrap_or_else(|| "12345".to_owned());
    let consult = match &item.contact.ask_for {
        Some(what) => w::phone_ask_for(lang, phone(&item.contact.consult), what),
        None => phone(&item.contact.consult),
    };
    let handler = match &item.received_by {
        Some(receiver) => w::received_by(lang, &item.department, receiver),
        None => lang.name(&item.department, Some(&item.department_en)).to_owned(),
    };
    let basis = item.basis.iter().map(|basis| basis.says()).collect::<Vec<_>>().join(words::element::full_stop(lang));
    let mut lines = vec![
        SummaryLine::new(w::basis_law(lang), basis),
        SummaryLine::new(w::who_handles(lang), handler),
        SummaryLine::new(w::audience(lang), listed(lang, item.audience.iter().map(|who| audience(lang, *who)))),
        SummaryLine::new(w::handle_forms(lang), listed(lang, item.forms.iter().map(|form| handle_form(lang, *form)))),
        SummaryLine::new(w::area(lang), area(lang, item.area)),
        SummaryLine::new(w::counter(lang), item.place.clone()),
        SummaryLine::new(w::delivery(lang), item.result.delivery.clone()),
    ];
    if let Some(extension) = &item.statutory.extension {
        lines.push(SummaryLine::new(w::extension(lang), extension.clone()));
    }
    if !item.special.is_empty() {
        lines.push(SummaryLine::new(w::special(lang), listed(lang, item.special.iter().map(String::as_str))));
    }
    lines.extend([
        SummaryLine::new(w::phone(lang), consult),
        SummaryLine::new(w::complaint(lang), phone(&item.contact.complain)),
        SummaryLine::new(w::kind(lang), item_type(lang, item.kind)),
        SummaryLine::new(w::level(lang), level(lang, item.level)),
        SummaryLine::new(w::case_kind(lang), case_kind(lang, item.case_kind)),
        SummaryLine::new(w::codes(lang), item.implementation_code.clone()),
    ]);
    lines.retain(|line| !line.answer.is_empty());
    lines
}
