//! One page of a draft, ready to be filled in.

use super::conditions::Conditions;
use super::entry::Entries;
use super::field::Question;
use super::live::{Facts, Live};
use super::signers::SignedAlready;
use super::tasks::{TaskList, address, check_address, problems_shown, step_words};
use super::under_way::UnderWay;
use crate::lang;
use crate::parts::{ErrorLine, ErrorSummary, Jump};
use domain::forms::view::DraftPage;
use domain::forms::{Answers, Block, Page, PageAct};
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use words::form as w;

/// The task list, what is wrong, and the form: everything in main of `/apply/{code}/{draft}/{page}`.
#[component]
pub fn DraftForm(
    draft: DraftPage,
    page: String,
    /// The person came from the summary to mend one thing and wants to be back there (`?back=check`).
    #[prop(optional)]
    from_check: bool,
) -> AnyView {
    let lang = lang();
    let Some(here) = draft.form.page(&page).filter(|p| draft.states.iter().any(|(id, _)| *id == p.id)).cloned() else {
        // another answer may have made this page unnecessary since the link was drawn
        let check = check_address(&draft);
        return view! {
            <div class="wrap reading">
                <div class="empty"><p>{w::not_asked(lang)}</p><a class="button quiet" href=check>{w::check_and_submit(lang)}</a></div>
            </div>
        }
        .into_any();
    };
    let problems = problems_shown(&draft, &page);
    let lines =
        problems.iter().map(|p| ErrorLine { field: Some(p.element()), text: words::problem(lang, p) }).collect::<Vec<_>>();
    let step = step_words(&draft, Some(&page));
    let action = address(&draft, &page);
    let saved = w::saved_at(lang, words::time(draft.saved_at));
    let facts = Facts { form: Arc::new(draft.form.clone()), page, today: draft.today, action: action.clone() };
    let answers = with_rows(draft.answers.clone(), &here);
    let live = Live::new(facts, answers.clone(), &problems, Some(saved));
    let conditions = draft.case.is_none().then(|| {
        view! { <div role="status">{move || view! { <Conditions judged=live.judged.get()/> }}</div> }
    });
    UnderWay::current().opened(live);
    let now = here.id.clone();
    let signed = draft.is_signed();
    let mut hidden = draft.drawn.controls(&here.id);
    if from_check {
        hidden.push(("back", "check".to_owned()));
    }
    view! {
        <div class="wrap">
            <div class="split start">
                <TaskList draft now=Some(now)/>
                <div>
                    <p class="row apart stepline">
                        <span class="muted">{step}</span>
                        <Jump to="#tasks" class="fold-open">{words::parts::steps_open(lang)}</Jump>
                    </p>
                    <ErrorSummary lines/>
                    {conditions}
                    <SignedAlready signed/>
                    <Sheet page=here answers live action hidden later=true save=w::save_and_go_on(lang)/>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// The blank entries that are drawn are entries: their questions come and go like all others.
pub(super) fn with_rows(mut answers: Answers, page: &Page) -> Answers {
    for group in page.groups() {
        let rows = answers.rows_to_show(group);
        if !rows.is_empty() {
            answers.rows.insert(group.id.clone(), rows);
        }
    }
    answers
}

/// Fields of this page whose answer decides whether something else on it is asked.
fn deciders(page: &Page) -> BTreeSet<String> {
    let fields = page.places().filter_map(|p| p.field.when.as_ref());
    let groups = page.groups().filter_map(|g| g.when.as_ref());
    fields.chain(groups).flat_map(|when| when.names()).map(str::to_owned).collect()
}

/// The questions of one page as a form.
#[component]
pub(super) fn Sheet(
    page: Page,
    answers: Answers,
    live: Live,
    action: String,
    /// What goes along unseen.
    hidden: Vec<(&'static str, String)>,
    /// What the button says.
    #[prop(into)]
    save: String,
    /// Whether it may be put aside.
    #[prop(optional)]
    later: bool,
    /// Nothing is kept: the page is asked for again with what was filled in.
    #[prop(optional)]
    asks: bool,
    /// The browser itself posts it, and the page that comes back is the answer.
    #[prop(optional)]
    tries: bool,
) -> impl IntoView {
    let lang = lang();
    let deciders = deciders(&page);
    let files = !asks && page.places().any(|p| p.field.kind.takes_files());
    let lead = lang.name(&page.lead, Some(&page.lead_en)).to_owned();
    let lead = (!lead.is_empty()).then(|| view! { <p class="muted lead2">{lead}</p> });
    let spaced = lead.is_none().then_some("lead2");
    let heading = lang.name(&page.heading, Some(&page.heading_en)).to_owned();
    let id = page.id.clone();
    let hidden = hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let later =
        later.then(|| view! { <button class="button quiet" name="act" value=PageAct::Later.value()>{w::later(lang)}</button> });
    let method = if asks { "get" } else { "post" };
    let enter = save.clone();
    let blocks = page.blocks.into_iter().map(|block| match block {
        Block::Field(field) => {
            let decides = deciders.contains(&field.id);
            view! { <Question field=field row=None answers=answers.clone() live decides/> }.into_any()
        }
        Block::Group(group) => view! { <Entries group answers=answers.clone() live deciders=deciders.clone()/> }.into_any(),
    });
    let blocks = blocks.collect_view();
    #[cfg(feature = "hydrate")]
    let (typed, changed, left) = (
        move |event: leptos::ev::Event| live.typed(&event),
        move |event: leptos::ev::Event| live.changed(&event),
        move |event: leptos::ev::FocusEvent| live.left(&event),
    );
    #[cfg(not(feature = "hydrate"))]
    let (typed, changed, left) = (|_: leptos::ev::Event| (), |_: leptos::ev::Event| (), |_: leptos::ev::FocusEvent| ());
    let node = NodeRef::new();
    live.wake_with(node);
    view! {
        <form
            node_ref=node method=method action=action enctype=files.then_some("multipart/form-data") data-door=(!tries).then_some("") novalidate
            on:input=typed on:change=changed on:focusout=left
        >
            // what Enter means: a browser presses the first button of the form
            <button class="sr" name="act" value=PageAct::Save.value() tabindex="-1" aria-hidden="true">{enter}</button>
            <input type="hidden" name="page" value=id/>
            {hidden}
            <h1 class=spaced>{heading}</h1>
            {lead}
            {blocks}
            <div class="row">
                <button class="button" name="act" value=PageAct::Save.value()>{save}</button>
                {later}
                <span class="small muted" role="status">{move || live.saved.get()}</span>
            </div>
        </form>
    }
}
