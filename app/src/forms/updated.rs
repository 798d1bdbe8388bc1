//! A draft whose form was updated meanwhile: what changed, once, and that nothing was lost.

use crate::parts::{FormShell, Kind, Notice};
use crate::{doors, lang};
use domain::forms::Change;
use domain::forms::view::DraftPage;
use leptos::prelude::*;
use words::{Lang, form as w};

/// Above every page of such a draft, until the person says that they have seen it.
#[component]
pub fn Updated(draft: DraftPage) -> impl IntoView {
    let lang = lang();
    draft.changes.map(|changes| {
        let lines = changes.iter().map(|change| view! { <li>{said(lang, change)}</li> }).collect_view();
        let list = if changes.is_empty() {
            view! { <p>{w::carried_nothing(lang)}</p> }.into_any()
        } else {
            view! { <p>{w::carried_lead(lang)}</p><ul>{lines}</ul> }.into_any()
        };
        view! {
            <div class="wrap">
                <Notice kind=Kind::Warn title=w::carried_title(lang)>
                    <div class="flow">
                        {list}
                        <FormShell action=doors::accept_changes(&draft.code, draft.id)>
                            <button class="button quiet">{w::carried_accept(lang)}</button>
                        </FormShell>
                    </div>
                </Notice>
            </div>
        }
    })
}

fn said(lang: Lang, change: &Change) -> String {
    match change {
        Change::Added { label, optional: true, .. } => w::carried_added_optional(lang, label),
        Change::Added { label, optional: false, .. } => w::carried_added(lang, label),
        Change::Removed { label, was, .. } if was.is_empty() => w::carried_removed_blank(lang, label),
        Change::Removed { label, was, .. } => w::carried_removed(lang, label, was.join(words::element::full_stop(lang))),
        Change::Reworded { from, to, .. } => w::carried_reworded(lang, from, to),
        Change::OtherKind { label, .. } => w::carried_other_kind(lang, label),
        Change::OptionGone { label, value, .. } => w::carried_option_gone(lang, label, value),
        Change::NowRequired { label, .. } => w::carried_now_required(lang, label),
        Change::Moved { label, .. } => w::carried_moved(lang, label),
    }
}
