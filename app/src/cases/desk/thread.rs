//! Messages with the applicant. The box is drawn once and keeps what is typed; the messages follow the case.

use super::super::thread::{last, lines};
use super::state::{Desk, Shown};
use crate::parts::Field;
use crate::{doors, lang};
use leptos::prelude::*;
use words::thread as w;

#[component]
pub fn Messages(desk: Desk, shown: Shown) -> impl IntoView {
    let lang = lang();
    let (typed, error) = (shown.typed("message", ""), shown.beside("message"));
    let page = RwSignal::from(shown.page);
    let (id, open) = page.with_untracked(|page| (page.case.id, page.case.open_to_words()));
    let thread = Memo::new(move |_| page.with(|page| page.thread.clone()));
    let after = move || thread.with(|thread| last(thread));
    let settle = move || {
        thread.with(|thread| thread.iter().any(|message| message.waits)).then(|| {
            view! {
                <form method="post" action=doors::settle(id) data-door on:submit=move |_| desk.keep.set_value(true)>
                    <button class="button plain">{w::settle(lang)}</button>
                </form>
            }
        })
    };
    empty_when_sent(thread);
    let form = if open {
        view! {
            <form method="post" action=doors::write_at_desk(id) data-door novalidate on:submit=move |_| desk.keep.set_value(true)>
                <input type="hidden" name="after" value=after/>
                <Field id="message" label=w::label_desk(lang) hint=w::hint_desk(lang) error value=typed long=true/>
                <button class="button quiet">{w::send(lang)}</button>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="small muted">{w::closed(lang)}</p> }.into_any()
    };
    view! {
        {move || thread.with(|thread| lines(lang, thread, true))}
        {settle}
        {form}
    }
}

/// What has become a message is no longer in the box.
fn empty_when_sent(thread: Memo<Vec<domain::cases::Message>>) {
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<usize>| {
        use wasm_bindgen::JsCast as _;
        let (now, sent) = thread.with(|thread| (thread.len(), thread.last().filter(|m| m.from_office).map(|m| m.words.clone())));
        let area = document().get_element_by_id("message").and_then(|e| e.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        if let (Some(area), Some(sent)) = (area, sent)
            && before.is_some_and(|before| before < now)
            && area.value().trim() == sent
        {
            area.set_value("");
        }
        now
    });
    let _ = thread;
}
