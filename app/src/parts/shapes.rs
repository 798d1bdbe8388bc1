//! Small plain parts: notice, empty state, steps, facts, verdict, and the link that jumps within a page.

use super::Kind;
use leptos::prelude::*;

/// A link within the page. The router must leave it alone, or `:target` would never open what is folded.
#[component]
pub fn Jump(#[prop(into)] to: String, #[prop(optional, into)] class: Option<String>, children: Children) -> impl IntoView {
    view! { <a class=class href=to rel="external">{children()}</a> }
}

/// Something the reader should know here.
#[component]
pub fn Notice(
    #[prop(default = Kind::Plain)] kind: Kind,
    #[prop(optional, into)] title: Option<String>,
    children: Children,
) -> impl IntoView {
    let title = title.map(|title| view! { <strong>{title}</strong> });
    view! { <div class="notice" data-kind=kind.attribute()>{title}{children()}</div> }
}

/// What would be here, and one act.
#[component]
pub fn Empty(#[prop(into)] text: String, #[prop(optional_no_strip)] act: Option<(String, String)>) -> impl IntoView {
    let act = act.map(|(href, label)| view! { <a class="button quiet" href=href>{label}</a> });
    view! { <div class="empty"><p>{text}</p>{act}</div> }
}

/// One step, from the citizen's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    pub title: String,
    pub text: String,
    /// Its limit in words.
    pub limit: Option<String>,
}

/// What happens, at most seven.
#[component]
pub fn Steps(steps: Vec<StepLine>) -> impl IntoView {
    let steps = steps
        .into_iter()
        .map(|step| {
            let limit = step.limit.map(|limit| view! { " "<span class="keep">{limit}</span> });
            view! { <li><h3>{step.title}</h3><p class="muted">{step.text}{limit}</p></li> }
        })
        .collect_view();
    view! { <ol class="steps">{steps}</ol> }
}

/// One figure people compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    /// Large; empty when the fact is words only.
    pub number: String,
    pub unit: String,
    pub below: String,
}

/// Three to five facts.
#[component]
pub fn Facts(facts: Vec<Fact>) -> impl IntoView {
    let facts = facts
        .into_iter()
        .map(|fact| {
            let number = (!fact.number.is_empty()).then(|| view! { <b>{fact.number}</b> });
            let below = (!fact.below.is_empty()).then(|| view! { <small>{fact.below}</small> });
            view! { <div><dt>{fact.label}</dt><dd>{number}{fact.unit}{below}</dd></div> }
        })
        .collect_view();
    view! { <div class="panel"><dl class="facts">{facts}</dl></div> }
}

/// One answer at one glance.
#[component]
pub fn Verdict(good: bool, #[prop(into)] title: String, #[prop(into)] text: String) -> impl IntoView {
    let path = if good { "m14 25 7 7 13-15" } else { "m16 16 16 16m0-16-16 16" };
    view! {
        <div class="verdict" role="status" data-kind=(!good).then_some("bad")>
            <svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21"></circle><path d=path></path></svg>
            <h2>{title}</h2>
            <p>{text}</p>
        </div>
    }
}

/// Prints the page. Drawn only once awake: before that the browser's own menu prints as well.
#[component]
pub fn Print(label: &'static str) -> impl IntoView {
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    let print = move |_| {
        let _ = window().print();
    };
    move || {
        awake
            .get()
            .then(|| view! { <p class="small"><button type="button" class="button plain" on:click=print>{label}</button></p> })
    }
}
