//! What applicant and office wrote to each other, and the box to go on (look part 19).

use crate::parts::Field;
use crate::{Flash, doors, lang};
use domain::cases::Message;
use leptos::prelude::*;
use uuid::Uuid;
use words::{Lang, thread as w};

/// The messages, oldest first; `office` reads them from its side.
pub fn lines(lang: Lang, thread: &[Message], office: bool) -> AnyView {
    if thread.is_empty() {
        let none = if office { w::none_desk(lang) } else { w::none(lang) };
        return view! { <p class="muted small">{none}</p> }.into_any();
    }
    let lines = thread
        .iter()
        .map(|message| {
            let mine = message.from_office == office;
            let writer = if mine && !office { w::you(lang).to_owned() } else { message.writer.clone() };
            view! {
                <li class:mine=mine>
                    <header><strong>{writer}</strong><time>{words::date_time(lang, message.at)}</time></header>
                    <p class="said" translate="no">{message.words.clone()}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="thread">{lines}</ol> }.into_any()
}

/// The last message that was read: the door knows by it what was sent twice.
pub fn last(thread: &[Message]) -> String {
    thread.last().map(|message| message.id.to_string()).unwrap_or_default()
}

/// On the applicant's page of a case.
#[component]
pub fn Thread(
    case: Uuid,
    thread: Vec<Message>,
    open: bool,
    /// Why the last message was not sent, and what it was.
    flash: Option<Flash>,
) -> impl IntoView {
    let lang = lang();
    let error = flash.as_ref().and_then(|flash| flash.beside("message"));
    let typed = flash.map(|flash| flash.typed("message")).unwrap_or_default();
    let after = last(&thread);
    let form = if open {
        view! {
            <crate::parts::FormShell action=doors::write(case)>
                <input type="hidden" name="after" value=after/>
                <Field id="message" label=w::label(lang) hint=w::hint(lang) error value=typed long=true/>
                <button class="button quiet">{w::send(lang)}</button>
            </crate::parts::FormShell>
        }
        .into_any()
    } else {
        view! { <p class="small muted">{w::closed(lang)}</p> }.into_any()
    };
    view! {
        <h2 id="thread">{w::title(lang)}</h2>
        {lines(lang, &thread, false)}
        {form}
    }
}
