//! 无障碍说明: what we do, and how to use it.

use crate::lang;
use crate::parts::{Crumbs, Frame};
use leptos::prelude::*;
use words::{help as w, shell};

/// `/help/accessibility`
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    let lang = lang();
    let parts: [(&str, Vec<&str>); 6] = [
        (w::reading_title(lang), vec![w::reading_1(lang), w::reading_2(lang), w::reading_3(lang)]),
        (w::keys_title(lang), vec![w::keys_1(lang), w::keys_2(lang)]),
        (w::listen_title(lang), vec![w::listen_1(lang), w::listen_2(lang)]),
        (w::slow_title(lang), vec![w::slow_1(lang)]),
        (w::time_title(lang), vec![w::time_1(lang)]),
        (w::help_title(lang), vec![w::help_1(lang)]),
    ];
    let parts = parts.map(|(title, lines)| {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <h2>{title}</h2><ul class="ticks">{lines}</ul> }
    });
    view! {
        <Frame title=w::title(lang)>
            <div class="wrap reading">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang).to_owned())]/>
                <div class="flow"><h1>{w::heading(lang)}</h1><p class="lead">{w::lead(lang)}</p>{parts}<p class="muted">{w::standard(lang)}</p></div>
            </div>
        </Frame>
    }
}
