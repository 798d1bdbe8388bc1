//! Going on in a list by cursor: no page numbers, no totals we did not count. And chips.

use crate::lang;
use leptos::prelude::*;
use words::parts as w;

/// 前面的 / 后面的.
#[component]
pub fn Pager(
    /// Address of what comes before, if one can go back.
    #[prop(optional_no_strip)]
    earlier: Option<(String, String)>,
    /// Address and label of what comes after.
    #[prop(optional_no_strip)]
    later: Option<(String, String)>,
) -> impl IntoView {
    if earlier.is_none() && later.is_none() {
        return ().into_any();
    }
    let earlier = match earlier {
        Some((href, label)) => {
            view! { <a class="button quiet" href=href><span aria-hidden="true">"← "</span>{label}</a> }.into_any()
        }
        None => view! { <span></span> }.into_any(),
    };
    let later = later.map(|(href, label)| {
        view! { <a class="button quiet" rel="next" href=href>{label}<span aria-hidden="true">" →"</span></a> }
    });
    view! { <nav class="pager" aria-label=w::pages(lang())>{earlier}{later}</nav> }.into_any()
}

/// One chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    pub href: String,
    pub label: String,
    pub current: bool,
    /// Left out for elders.
    pub extra: bool,
    /// Word for screen readers when the chip takes a condition away (取消).
    pub removes: Option<&'static str>,
}

impl Chip {
    /// A chip that leads somewhere.
    pub fn to(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self { href: href.into(), label: label.into(), current: false, extra: false, removes: None }
    }
}

/// A row of chips.
#[component]
pub fn Chips(
    chips: Vec<Chip>,
    /// Name of the list when it stands outside a `nav`.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let chips = chips
        .into_iter()
        .map(|chip| {
            let cross = chip.removes.map(|word| view! { " "<span aria-hidden="true">"×"</span><span class="sr">{word}</span> });
            view! {
                <li class=chip.extra.then_some("extra")>
                    <a href=chip.href aria-current=chip.current.then_some("true")>{chip.label}{cross}</a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="chips" aria-label=label>{chips}</ul> }
}
