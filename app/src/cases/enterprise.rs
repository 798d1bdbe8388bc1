//! The same page for an organisation, or the choice of one.

use super::api;
use super::my::{Mine, SwitchParty};
use crate::parts::{Frame, Section};
use crate::{lang, load_mine};
use leptos::prelude::*;
use words::my as w;

/// `/enterprise`
#[component]
pub fn EnterprisePage() -> impl IntoView {
    load_mine(
        || (),
        |()| api::my(),
        |page| {
            if page.organisation { view! { <Mine page/> }.into_any() } else { view! { <Choose/> }.into_any() }
        },
    )
}

/// The organisations one may act for, or that there is none.
#[component]
pub fn Choose() -> impl IntoView {
    let lang = lang();
    let some = crate::Who::current().known().is_some_and(|me| !me.organisations.is_empty());
    let (title, text) = if some {
        (w::enterprise_choose(lang), None)
    } else {
        (w::enterprise_none_title(lang), Some(view! { <p class="lead">{w::enterprise_none_text(lang)}</p> }))
    };
    view! {
        <Frame title=w::title_enterprise(lang) section=Section::My>
            <div class="wrap reading flow">
                <h1>{title}</h1>
                {text}
                <div class="row"><SwitchParty/></div>
                <p><a href="/my">{w::more_personal(lang)}</a></p>
            </div>
        </Frame>
    }
}
