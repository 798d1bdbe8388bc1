//! One's own page: what waits, what runs, what is done, certificates, messages.

use super::api;
use super::line::{FinishedCase, RunningCase, name};
use crate::parts::{Empty, Frame, Section};
use crate::{Who, doors, lang, load_mine};
use domain::cases::view::{About, MessageLine, MyPage as Page};
use domain::certificates::view::CertificateLine;
use leptos::prelude::*;
use words::{Lang, my as w};

/// `/my`
#[component]
pub fn MyPage() -> impl IntoView {
    load_mine(|| (), |()| api::my(), |page| view! { <Mine page/> }.into_any())
}

/// The page of whoever is acted for.
#[component]
pub fn Mine(page: Page) -> impl IntoView {
    let lang = lang();
    let title = if page.organisation { w::title_enterprise(lang) } else { w::title(lang) };
    let kind = if page.organisation { w::as_organisation(lang) } else { w::as_person(lang) };
    let asked = page.running.iter().filter(|line| line.asked.is_some()).count();
    let count = page.waiting.len() + page.to_sign.len() + asked + page.drafts.len() + page.to_rate.len();
    let todos = todos(lang, &page);
    let todo = if count == 0 {
        view! { <h2 class="sr">{w::todo_none(lang)}</h2><p class="muted">{w::todo_none(lang)}</p> }.into_any()
    } else {
        view! { <h2 id="todo">{w::todo(lang, count)}</h2><ol class="todos">{todos}</ol> }.into_any()
    };
    let running = if page.running.is_empty() {
        view! { <Empty text=w::running_none(lang) act=Some(("/items".to_owned(), w::running_none_act(lang).to_owned()))/> }
            .into_any()
    } else {
        let lines = page.running.iter().cloned().map(|line| view! { <RunningCase line/> }).collect_view();
        view! { <ul class="flow">{lines}</ul> }.into_any()
    };
    let heading = if page.running.is_empty() { w::running_title(lang).to_owned() } else { w::running(lang, page.running.len()) };
    let finished = (!page.finished.is_empty()).then(|| {
        let lines = page.finished.iter().cloned().map(|line| view! { <FinishedCase line/> }).collect_view();
        view! { <details><summary>{w::finished(lang, page.finished.len())}</summary><ul class="plain">{lines}</ul></details> }
    });
    view! {
        <Frame title section=Section::My>
            <div class="wrap flow">
                <div class="row apart titlebar">
                    <h1 translate="no">{w::hello(lang, &page.name)}</h1>
                    <div class="row small muted"><span>{kind}</span><SwitchParty/></div>
                </div>
                <section class="flow">{todo}</section>
                <div class="split end">
                    <section class="flow" aria-labelledby="run">
                        <h2 id="run">{heading}</h2>
                        {running}
                        {finished}
                        <Certificates lines=page.certificates organisation=page.organisation/>
                    </section>
                    <More messages=page.messages organisation=page.organisation/>
                </div>
            </div>
        </Frame>
    }
}

fn todo(first: bool, title: String, text: String, act: String, href: String) -> impl IntoView {
    let class = if first { "button" } else { "button quiet" };
    view! {
        <li class="panel" data-first=first.then_some("")>
            <div><h3><a href=href.clone()>{title}</a></h3><p>{text}</p></div>
            <a class=class href=href>{act}</a>
        </li>
    }
}

fn todos(lang: Lang, page: &Page) -> impl IntoView + use<> {
    let mut list = Vec::new();
    for (line, until) in &page.waiting {
        let item = name(lang, &line.item_name, line.situation.as_deref());
        let text = w::todo_supplement_text(lang, words::month_day(lang, *until));
        list.push((w::todo_supplement(lang, item), text, w::todo_supplement_act(lang), format!("/my/cases/{}", line.id)));
    }
    for line in &page.to_sign {
        let text = w::todo_sign_text(lang, &line.by, words::month_day(lang, line.until));
        list.push((w::todo_sign(lang, &line.item_name), text, w::todo_sign_act(lang), doors::to_sign(line.id)));
    }
    for line in &page.running {
        let Some((title, until)) = &line.asked else { continue };
        let item = name(lang, &line.item_name, line.situation.as_deref());
        let text = w::todo_asked_text(lang, words::month_day(lang, *until));
        list.push((w::todo_asked(lang, item, title), text, w::todo_asked_act(lang), format!("/my/cases/{}", line.id)));
    }
    for draft in &page.drafts {
        let item = name(lang, &draft.item_name, Some(&draft.title));
        let text = w::todo_draft_text(lang, draft.pages, draft.done, words::month_day(lang, draft.expires_on));
        list.push((w::todo_draft(lang, item), text, w::todo_draft_act(lang), format!("/apply/{}/{}", draft.code, draft.id)));
    }
    for line in &page.to_rate {
        let item = name(lang, &line.item_name, line.situation.as_deref());
        list.push((
            w::todo_rate(lang, item),
            w::todo_rate_text(lang).to_owned(),
            w::todo_rate_act(lang),
            format!("/my/cases/{}/rate", line.id),
        ));
    }
    list.into_iter()
        .enumerate()
        .map(|(n, (title, text, act, href))| todo(n == 0, title, text, act.to_owned(), href))
        .collect_view()
}

/// In whose name the page is: back to oneself, or one of the organisations.
#[component]
pub fn SwitchParty() -> impl IntoView {
    let lang = lang();
    let me = Who::current().known();
    me.map(|me| {
        let back = me.organisation.as_ref().map(|_| {
            view! {
                <form method="post" action=doors::CHOOSE_PARTY>
                    <input type="hidden" name="party" value=""/>
                    <input type="hidden" name="back" value="/my"/>
                    <button class="button plain">{w::switch_back(lang)}</button>
                </form>
            }
        });
        let current = me.organisation.map(|party| party.id);
        let others = me
            .organisations
            .into_iter()
            .filter(|party| Some(party.id) != current)
            .map(|party| {
                view! {
                    <form method="post" action=doors::CHOOSE_PARTY>
                        <input type="hidden" name="party" value=party.id.to_string()/>
                        <input type="hidden" name="back" value="/enterprise"/>
                        <button class="button plain">{w::switch_to(lang, party.name)}</button>
                    </form>
                }
            })
            .collect_view();
        view! { {back}{others} }
    })
}

#[component]
fn Certificates(lines: Vec<CertificateLine>, organisation: bool) -> impl IntoView {
    let lang = lang();
    let title = if organisation { w::certificates_organisation(lang) } else { w::certificates(lang) };
    let (held, past): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.state == "valid");
    let none = (held.is_empty() && past.is_empty()).then(|| view! { <p class="muted">{w::certificates_none(lang)}</p> });
    let held = (!held.is_empty()).then(|| view! { <ul class="grid small">{tiles(lang, held)}</ul> });
    let past = (!past.is_empty()).then(|| {
        view! { <details><summary>{w::certificates_past(lang, past.len())}</summary><ul class="grid small">{tiles(lang, past)}</ul></details> }
    });
    view! { <h2 id="certificates">{title}</h2>{none}{held}{past} }
}

fn tiles(lang: Lang, lines: Vec<CertificateLine>) -> impl IntoView {
    lines
        .into_iter()
        .map(|line| {
            let valid = match (line.state.as_str(), line.valid_until) {
                ("valid", Some(day)) => w::valid_until(lang, words::date(lang, day)),
                ("valid", None) => w::valid_always(lang).to_owned(),
                ("expired", Some(day)) => w::expired(lang, words::date(lang, day)),
                ("superseded", _) => w::replaced(lang).to_owned(),
                ("cancelled", _) => w::cancelled(lang).to_owned(),
                _ => w::invalid(lang).to_owned(),
            };
            let for_other = line.for_other.then(|| view! { <p class="muted small">{w::certificate_for_other(lang)}</p> });
            view! {
                <li class="tile">
                    <h3><a href=doors::certificate(line.id) rel="external">{line.name}</a></h3>
                    <p class="keep">{line.number}</p>
                    <p translate="no">{line.holder}</p>
                    {for_other}
                    <p>{valid}</p>
                </li>
            }
        })
        .collect_view()
}

#[component]
fn More(messages: Vec<MessageLine>, organisation: bool) -> impl IntoView {
    let lang = lang();
    let told = if messages.is_empty() {
        view! { <p class="muted small">{w::messages_none(lang)}</p> }.into_any()
    } else {
        let lines = messages
            .into_iter()
            .map(|message| {
                view! {
                    <li>
                        <a href=address(&message.about)>{message_words(lang, &message)}</a>
                        <br/><span class="small muted">{words::date_time(lang, message.at)}</span>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="plain">{lines}</ul> }.into_any()
    };
    let other = if organisation {
        view! { <li><a href=doors::KEYS>{words::keys::title(lang)}</a></li> }
    } else {
        view! { <li><a href="/enterprise">{w::more_enterprise(lang)}</a></li> }
    };
    view! {
        <aside class="flow extra" aria-label=w::more(lang)>
            <h2>{w::messages(lang)}</h2>
            {told}
            <h2>{w::more(lang)}</h2>
            <ul class="plain"><li><a href="/items">{w::more_items(lang)}</a></li><li><a href="/verify">{w::more_verify(lang)}</a></li>{other}</ul>
        </aside>
    }
}

/// Where a message leads.
fn address(about: &About) -> String {
    match about {
        About::Case(id) => format!("/my/cases/{id}"),
        About::Draft { code, draft, .. } => format!("/apply/{code}/{draft}"),
        About::Signature(id) => doors::to_sign(*id),
    }
}

/// What a message tells; kinds are names of events, and a kind this page does not know is still news.
fn message_words(lang: Lang, message: &MessageLine) -> String {
    let item = &message.item_name;
    if let About::Draft { ends, .. } = &message.about
        && message.kind == "draft_ends"
    {
        return w::message_draft_ends(lang, words::month_day(lang, *ends), item);
    }
    match message.kind.as_str() {
        "signature_asked" => w::message_signature_asked(lang, item),
        "signature_given" => w::message_signature_given(lang, item),
        "signature_returned" => w::message_signature_returned(lang, item),
        "submitted" => w::message_submitted(lang, item),
        "supplement_asked" => w::message_supplement_asked(lang, item),
        "supplemented" => w::message_supplemented(lang, item),
        "supplement_lapsed" => w::message_supplement_lapsed(lang, item),
        "accepted" | "deemed_accepted" => w::message_accepted(lang, item),
        "not_accepted" => w::message_not_accepted(lang, item),
        "suspended" => w::message_suspended(lang, item),
        "resumed" => w::message_resumed(lang, item),
        "extended" => w::message_extended(lang, item),
        "asked" => w::message_asked(lang, item),
        "node_done" => w::message_node_done(lang, item),
        "decided" => w::message_granted(lang, item),
        "certificate_issued" => w::message_certificate_issued(lang, item),
        "delivered" => w::message_delivered(lang, item),
        "withdrawn" => w::message_withdrawn(lang, item),
        "office_wrote" => w::message_office_wrote(lang, item),
        _ => w::message_other(lang, item),
    }
}
