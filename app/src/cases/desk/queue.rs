//! The left pane: what waits for this clerk, soonest first. A row under the pointer never moves.

use super::address::{Asked, Tab};
use super::row::{Row, light_name, light_words};
use super::state::{Desk, moved};
use crate::lang;
use crate::parts::{Empty, Pager};
use domain::cases::view::QueuePage;
use domain::clock::Light;
use leptos::prelude::*;
use words::{Lang, desk as w};

/// Counted as far as a hundred: more is "many" to a person.
const MANY: u32 = 100;

/// The pane.
#[component]
pub fn QueuePane(desk: Desk) -> impl IntoView {
    let ids = move || desk.queue.with(|queue| queue.lines.iter().map(|line| line.id).collect::<Vec<_>>());
    let left = move |_| {
        desk.inside.set(false);
        desk.settle();
    };
    view! {
        <section
            class="pane queue" id="queue" aria-labelledby="qh"
            on:pointerenter=move |_| desk.inside.set(true)
            on:pointerleave=left
        >
            <Head desk/>
            <ol>
                <For each=ids key=|id| *id let:id>
                    <Row desk id/>
                </For>
            </ol>
            <Rest desk/>
        </section>
    }
}

fn count(lang: Lang, n: u32) -> String {
    if n >= MANY { w::many(lang).to_owned() } else { n.to_string() }
}

fn heading(lang: Lang, asked: &Asked, queue: &QueuePage) -> String {
    if !asked.number.is_empty() {
        return w::queue_found(lang, &asked.number, queue.lines.len());
    }
    match asked.tab {
        Tab::Mine => w::queue_mine(lang, count(lang, queue.mine)),
        Tab::Unclaimed => w::queue_unclaimed(lang, count(lang, queue.unclaimed)),
        Tab::Supplement => w::queue_supplement(lang, count(lang, queue.supplement)),
        Tab::All => w::queue_all(lang).to_owned(),
    }
}

fn tab_words(lang: Lang, tab: Tab, queue: &QueuePage) -> String {
    let (name, n) = match tab {
        Tab::Mine => (w::tab_mine(lang), queue.mine),
        Tab::Unclaimed => (w::tab_unclaimed(lang), queue.unclaimed),
        Tab::Supplement => (w::tab_supplement(lang), queue.supplement),
        Tab::All => (w::tab_all(lang), 0),
    };
    if n == 0 { name.to_owned() } else { w::tab_count(lang, name, count(lang, n)) }
}

#[component]
fn Head(desk: Desk) -> impl IntoView {
    let lang = lang();
    let title = move || desk.queue.with(|queue| desk.asked.with(|asked| heading(lang, asked, queue)));
    let lights = move || {
        let all = [Light::Red, Light::Yellow, Light::Green, Light::Stopped];
        let numbers = desk.queue.with(|queue| queue.lights);
        all.into_iter()
            .zip(numbers)
            .filter(|(_, n)| *n > 0)
            .map(|(light, n)| {
                view! {
                    <span class="light small" data-light=light_name(light)>
                        <span class="sr">{light_words(lang, light)}" "</span>{n}
                    </span>
                }
            })
            .collect_view()
    };
    let tabs = Tab::ALL
        .map(|tab| {
            let href = move || desk.open.with(|open| Asked::tab(tab).href(open.as_deref()));
            let current = move || desk.asked.with(|asked| asked.tab == tab && asked.number.is_empty()).then_some("true");
            view! { <a href=href aria-current=current>{move || desk.queue.with(|queue| tab_words(lang, tab, queue))}</a> }
        })
        .collect_view();
    view! {
        <div class="qhead">
            <h2 id="qh">{title}</h2>
            <span class="row gap1">{lights}</span>
            <nav class="tabs" aria-label=w::queue(lang)>{tabs}</nav>
            <Waiting desk/>
        </div>
    }
}

/// A newer order waits until the pointer has left, or until it is asked for.
#[component]
fn Waiting(desk: Desk) -> impl IntoView {
    let lang = lang();
    let text = move || {
        let waiting = desk.waiting.get()?;
        let n = desk.queue.with(|queue| moved(&queue.lines, &waiting.lines));
        Some(view! {
            <button type="button" class="button plain small" on:click=move |_| desk.settle()>{w::changed_some(lang, n)}</button>
        })
    };
    view! { <span role="status" class="waiting">{text}</span> }
}

/// Below the rows: what would be here, and the way on.
#[component]
fn Rest(desk: Desk) -> impl IntoView {
    let lang = lang();
    let none = Memo::new(move |_| desk.queue.with(|queue| queue.lines.is_empty()));
    let empty = move || {
        none.get().then(|| {
            let asked = desk.asked.get();
            let to_unclaimed = || Some((Asked::tab(Tab::Unclaimed).href(None), w::empty_mine_act(lang).to_owned()));
            let (text, act) = match asked.tab {
                _ if !asked.number.is_empty() => (w::empty_found(lang), None),
                Tab::Mine => (w::empty_mine(lang), to_unclaimed()),
                Tab::Unclaimed => (w::empty_unclaimed(lang), None),
                Tab::Supplement => (w::empty_supplement(lang), None),
                Tab::All => (w::empty_all(lang), None),
            };
            view! { <Empty text act/> }
        })
    };
    let next = Memo::new(move |_| desk.queue.with(|queue| queue.next.clone()));
    let pages = move || {
        let asked = desk.asked.get();
        let open = desk.open.get();
        let at = |from: String| Asked { from, ..asked.clone() }.href(open.as_deref());
        let earlier = (!asked.from.is_empty()).then(|| (at(String::new()), w::first_page(lang).to_owned()));
        let later = next.get().map(|from| (at(from), w::next_page(lang).to_owned()));
        view! { <Pager earlier later/> }
    };
    view! { <div class="rest">{empty}{pages}</div> }
}
