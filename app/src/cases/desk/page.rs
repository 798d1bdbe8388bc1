//! `/desk` and `/desk/cases/{id}`: one page, three panes. It stays while the case in the address changes.

use super::act_forms::field_id;
use super::acts::ActsPane;
use super::address::{Asked, case_of};
use super::bar::{Bar, LostLine};
use super::case::{CasePane, window_title};
use super::keys::{Commands, KeyList};
use super::queue::QueuePane;
use super::state::{Desk, Reason};
use super::{api, keys, live};
use crate::parts::{ErrorLine, ErrorSummary, Jump, Problem, Sending, Trouble};
use crate::{CameBack, Failure, Flash, Version, lang};
use domain::cases::view::{DeskCase, QueuePage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_query_map};
use words::{desk as w, shell};

/// What the address asks for now. An address that asks nothing of the queue leaves it as it was.
fn asked_now() -> Memo<Asked> {
    let query = use_query_map();
    Memo::new(move |before: Option<&Asked>| query.with(Asked::of).or_else(|| before.cloned()).unwrap_or_default())
}

fn open_now() -> Memo<Option<String>> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| case_of(path)))
}

async fn first_look(asked: Asked, open: Option<String>, node: String) -> Result<(QueuePage, Option<DeskCase>), Failure> {
    let queue = api::queue_now(asked.tab.word().to_owned(), asked.number, asked.from).await?;
    let case = match open {
        Some(id) => Some(api::case_now(id, node).await?),
        None => None,
    };
    Ok((queue, case))
}

/// The page; its child routes only name what is open.
#[component]
pub fn DeskPage() -> impl IntoView {
    let (asked, open) = (asked_now(), open_now());
    let came = CameBack::to_this_page();
    let query = use_query_map();
    let node = move || query.with_untracked(|query| query.get("node")).unwrap_or_default();
    let first = Resource::new(|| (), move |()| first_look(asked.get_untracked(), open.get_untracked(), node()));
    let drawn = move || {
        let came = came.clone();
        Suspend::new(async move {
            match first.await {
                Ok((queue, case)) => view! { <DeskView asked open queue case flash=came.now()/> }.into_any(),
                Err(failure) => view! { <Trouble failure/> }.into_any(),
            }
        })
    };
    view! { <Suspense>{drawn}</Suspense><Outlet/> }
}

#[component]
fn DeskView(
    asked: Memo<Asked>,
    open: Memo<Option<String>>,
    queue: QueuePage,
    case: Option<DeskCase>,
    flash: Option<Flash>,
) -> impl IntoView {
    let lang = lang();
    let refused = RwSignal::new(flash.as_ref().map(error_line));
    let desk = Desk::new(lang, asked, open, queue, case, flash);
    follow(desk, refused);
    let title = move || {
        let page = desk.shown.try_get().flatten().and_then(|shown| shown.page.try_with(|page| window_title(lang, page)));
        page.map_or_else(|| shell::title(lang, w::name(lang)), |page| w::title(lang, page))
    };
    // the server reads it once more when the page is drawn, on whichever thread: there it is a text, which needs no signals
    #[cfg(not(feature = "hydrate"))]
    let title = title();
    let errors = move || {
        let lines = refused.get().into_iter().collect();
        view! { <ErrorSummary lines/> }
    };
    view! {
        <Title text=title/>
        <Bar desk/>
        <main id="main">
            <Problem/>
            {errors}
            <LostLine desk/>
            <h1 class="sr">{w::name(lang)}</h1>
            <nav class="jump" aria-label=w::jump(lang)>
                <Jump to="#queue">{w::jump_queue(lang)}</Jump>
                <Jump to="#case">{w::jump_case(lang)}</Jump>
                <Jump to="#acts">{w::jump_acts(lang)}</Jump>
            </nav>
            <QueuePane desk/>
            <CasePane desk/>
            <ActsPane desk/>
        </main>
        <Commands/>
        <KeyList/>
    }
}

/// In the browser: what is asked again, and when.
fn follow(desk: Desk, refused: RwSignal<Option<ErrorLine>>) {
    let version = Version::current();
    Effect::new(move |last: Option<u32>| {
        let now = version.get();
        if last.is_some_and(|last| last != now) {
            refused.set(None);
            desk.ask_queue(false);
            desk.ask_case(if desk.keep.get_value() { Reason::Moved } else { Reason::Done });
        }
        now
    });
    Effect::new(move |last: Option<Asked>| {
        let now = desk.asked.get();
        if last.is_some_and(|last| last != now) {
            desk.marked.update(|marked| marked.clear());
            desk.ask_queue(false);
        }
        now
    });
    let sending = use_context::<Sending>();
    Effect::new(move |last: Option<Option<String>>| {
        let now = desk.open.get();
        if last.is_some_and(|last| last != now) {
            refused.set(None);
            if let Some(sending) = sending {
                sending.forget();
            }
            desk.ask_case(Reason::Opened);
        }
        now
    });
    Effect::new(move |_| {
        desk.awake.set(true);
        dress();
        live::listen(desk);
        keys::listen(desk);
    });
}

/// The document wears the desk's density also when one came here from a page of the hall; keys are named once they work.
fn dress() {
    #[cfg(feature = "hydrate")]
    {
        let root = document().document_element();
        let body = document().body();
        if let (Some(root), Some(body)) = (&root, &body) {
            let _ = root.set_attribute("data-density", "desk");
            let _ = body.set_attribute("class", "desk");
            let _ = body.set_attribute("data-awake", "");
        }
        on_cleanup(|| {
            if let (Some(root), Some(body)) = (document().document_element(), document().body()) {
                let _ = root.remove_attribute("data-density");
                let _ = body.remove_attribute("class");
                let _ = body.remove_attribute("data-awake");
            }
        });
    }
}

/// Why a form came back, with a link to the box to mend: in the folds of the acts every box carries the name of its act.
fn error_line(flash: &Flash) -> ErrorLine {
    let line = flash.line();
    let act = flash.typed("act");
    if act.is_empty() { line } else { ErrorLine { field: line.field.map(|name| field_id(&act, &name)), ..line } }
}
