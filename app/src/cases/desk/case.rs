//! The middle pane: one case, whole. Sections follow each other and are reached by links, so that they read without
//! scripts and nothing typed is hidden away.

use super::checks::Checks;
use super::facts::{Documents, Facts, Files, SameApplicant, Together};
use super::history::History;
use super::opinion::Opinion;
use super::row::{face, stage_name};
use super::state::{Desk, Shown};
use super::thread::Messages;
use crate::cases::line::{name, number_words};
use crate::lang;
use crate::parts::{Empty, Jump, Kind, Notice, Tag};
use domain::cases::Stage;
use domain::cases::view::{Colleague, DeskCase};
use leptos::prelude::*;
use words::{Lang, desk as w};

/// The pane; redrawn when another case is opened, or after an act of one's own.
#[component]
pub fn CasePane(desk: Desk) -> impl IntoView {
    let lang = lang();
    // trouble is only looked at when there is no case: whatever is read here redraws the forms
    let body = move || match desk.shown.get() {
        Some(shown) => view! { <Open desk shown/> }.into_any(),
        None => match desk.trouble.get() {
            Some(refusal) => view! { <h2 id="ch">{w::case(lang)}</h2><p>{words::refusal(lang, &refusal)}</p> }.into_any(),
            None => view! { <h2 id="ch" class="sr">{w::case(lang)}</h2><Empty text=w::none_open(lang) act=None/> }.into_any(),
        },
    };
    view! { <section class="pane flow" id="case" aria-labelledby="ch">{body}</section> }
}

/// The version a form speaks of: the one its clerk has seen; and the node, where several are open.
#[component]
pub fn Version(shown: Shown) -> impl IntoView {
    let node = shown.node().map(|node| view! { <input type="hidden" name="node" value=node/> });
    let seen = RwSignal::from(shown.seen);
    view! { <input type="hidden" name="version" value=move || seen.get().to_string()/>{node} }
}

/// Title of the case for the window.
pub fn window_title(lang: Lang, page: &DeskCase) -> String {
    let case = &page.case;
    format!("{} · {}", name(lang, &case.item_name, case.situation.as_deref()), case.applicant.name)
}

#[component]
fn Open(desk: Desk, shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page.clone());
    // what is being written stays on the page even when the case has moved on meanwhile
    let writes = Memo::new(move |before: Option<&bool>| {
        before.copied().unwrap_or(false) || page.with(|page| page.case.stage.node().is_some())
    });
    let work = {
        let shown = shown.clone();
        move || writes.get().then(|| view! { <Opinion desk shown=shown.clone()/> })
    };
    view! {
        <Changed shown=shown.clone()/>
        <Heading shown=shown.clone()/>
        <Sections shown=shown.clone()/>
        <h3 id="s-facts">{w::facts(lang)}</h3>
        <div class="answers"><Facts shown=shown.clone()/></div>
        <h3 id="s-files">{w::files(lang)}</h3>
        <div><Files shown=shown.clone()/></div>
        <h3 id="s-check">{w::checks(lang)}</h3>
        <div class="flow"><Checks desk shown=shown.clone()/></div>
        <div class="flow">{work}</div>
        <h3 id="s-history">{w::history(lang)}</h3>
        <div><History shown=shown.clone()/></div>
        <h3 id="s-thread">{words::thread::title_desk(lang)}</h3>
        <div class="flow"><Messages desk shown=shown.clone()/></div>
        <h3 id="s-documents">{w::documents(lang)}</h3>
        <div><Documents shown=shown.clone()/></div>
        <h3 id="s-same">{w::same(lang)}</h3>
        <div class="flow"><Together shown=shown.clone()/><SameApplicant desk shown/></div>
    }
}

/// What others did while the case was open. Until it is acknowledged, forms speak of the version that was seen.
#[component]
fn Changed(shown: Shown) -> impl IntoView {
    let lang = lang();
    let news = RwSignal::from(shown.news.clone());
    let said = move || {
        let what = news.with(|news| (!news.is_empty()).then(|| news.join(w::semicolon(lang))))?;
        let shown = shown.clone();
        Some(view! {
            <Notice kind=Kind::Warn>
                <p>
                    {w::just_changed(lang, what)}" "
                    <button type="button" class="button plain" id="seen" on:click=move |_| shown.acknowledge()>{w::seen(lang)}</button>
                </p>
            </Notice>
        })
    };
    view! { <div role="status" class="changed">{said}</div> }
}

#[component]
fn Heading(shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page);
    let first = page.get_untracked().case;
    let title = name(lang, &first.item_name, first.situation.as_deref());
    let agent = first.applicant.agent.clone().map(|agent| view! { <li>{w::agent(lang, agent)}</li> });
    let stage = Memo::new(move |_| page.with(|page| (page.case.stage.clone(), page.node_title.clone())));
    let tag = move || {
        let (stage, node) = stage.get();
        let (kind, text) = stage_name(lang, &stage);
        let text = match (&stage, node) {
            (Stage::Handling { .. }, Some(node)) => node,
            (
                Stage::Handling { .. }
                | Stage::PreReview
                | Stage::AwaitingSupplement { .. }
                | Stage::Suspended { .. }
                | Stage::Granted
                | Stage::Issued
                | Stage::Ended { .. },
                _,
            ) => text.to_owned(),
        };
        view! { <Tag kind text/> }
    };
    let holder = Memo::new(move |_| {
        page.with(|page| match (&page.case.stage, &page.case.assignee) {
            (Stage::Ended { .. }, _) => String::new(),
            (_, Some(who)) => w::held_by(lang, &who.name),
            (Stage::AwaitingSupplement { .. }, None) => String::new(),
            (_, None) => w::held_by_none(lang).to_owned(),
        })
    });
    let present = Memo::new(move |_| page.with(|page| page.colleagues.clone()));
    let colleagues = move || {
        let said = present.with(|all| {
            let said = |who: &Colleague| {
                if who.writing { w::looks_and_writes(lang, &who.name) } else { w::looks_too(lang, &who.name) }
            };
            all.iter().map(said).collect::<Vec<_>>().join(w::and(lang))
        });
        let faces = present.with(|all| all.iter().map(|who| face(lang, &who.name)).collect_view());
        (!said.is_empty())
            .then(|| view! { <span class="row gap1" aria-hidden="true">{faces}</span><span class="live">{said}</span> })
    };
    view! {
        <p class="row gap1 present" role="status">{colleagues}</p>
        <div class="row apart">
            <div>
                <h2 id="ch" tabindex="-1">{title}" "{tag}</h2>
                <ul class="dots"><li class="keep">{number_words(&first.number)}</li><li translate="no">{first.applicant.name.clone()}</li>{agent}</ul>
            </div>
            <p class="small muted">{move || holder.get()}</p>
        </div>
        <OpenSteps page/>
        <ToEnd page/>
    }
}

/// What a grant would cancel; that nothing was found by the number that was given is the clerk's to know before, not after.
#[component]
fn ToEnd(page: RwSignal<DeskCase>) -> impl IntoView {
    let lang = lang();
    let found = Memo::new(move |_| page.with(|page| page.to_end.clone()));
    move || {
        found.get().map(|found| {
            if found.is_empty() {
                view! { <Notice kind=Kind::Warn><p>{w::to_end_none(lang)}</p></Notice> }.into_any()
            } else {
                let lines = found.into_iter().map(|one| {
                    view! { <li>{one.name}" · "<span class="keep">{one.number}</span>" · "<span translate="no">{one.holder}</span></li> }
                });
                view! { <Notice title=w::to_end(lang)><ul class="plain">{lines.collect_view()}</ul></Notice> }.into_any()
            }
        })
    }
}

/// Where several nodes are open: each by name, its office, who has it; the one that is drawn is marked, the others lead there.
#[component]
fn OpenSteps(page: RwSignal<DeskCase>) -> impl IntoView {
    let lang = lang();
    let open = Memo::new(move |_| page.with(|page| (page.open.clone(), page.case.stage.node().map(str::to_owned), page.case.id)));
    move || {
        let (steps, here, id) = open.get();
        let lines = steps.into_iter().map(|step| {
            let holder = step.assignee.as_ref().map_or_else(|| w::held_by_none(lang).to_owned(), |name| w::held_by(lang, name));
            let current = here.as_ref() == Some(&step.node);
            let title = if current {
                view! { <strong aria-current="step">{step.title}</strong> }.into_any()
            } else {
                let href = format!("/desk/cases/{id}?node={}", crate::doors::encode(&step.node));
                view! { <a href=href rel="external">{step.title}</a> }.into_any()
            };
            view! { <li>{title}" "<span class="muted">{step.unit_name}" · "{holder}</span></li> }
        });
        let lines = lines.collect_view();
        (!open.with(|(steps, _, _)| steps.is_empty()))
            .then(|| view! { <div class="small"><p class="muted">{w::open_steps(lang)}</p><ul class="plain">{lines}</ul></div> })
    }
}

/// Links to the sections, in the order of the keys 1–7.
pub const SECTIONS: [&str; 7] = ["s-facts", "s-files", "s-check", "s-history", "s-thread", "s-documents", "s-same"];

#[component]
fn Sections(shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page);
    let counts = Memo::new(move |_| {
        page.with(|page| {
            [
                page.files.len(),
                page.checks.len(),
                page.timeline.len(),
                page.thread.len(),
                page.documents.len(),
                page.same_applicant.len(),
            ]
        })
    });
    let labels = [
        w::facts(lang),
        w::files(lang),
        w::check(lang),
        w::history(lang),
        words::thread::title_desk(lang),
        w::documents(lang),
        w::same(lang),
    ];
    let links = SECTIONS
        .into_iter()
        .zip(labels)
        .enumerate()
        .map(|(n, (id, label))| {
            let count =
                move || n.checked_sub(1).and_then(|n| counts.with(|counts| counts.get(n).copied())).filter(|count| *count > 0);
            let text = move || match count() {
                Some(count) => w::counted(lang, label, count),
                None => label.to_owned(),
            };
            view! { <Jump to=format!("#{id}")>{text}</Jump> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=w::sections(lang)>{links}</nav> }
}
