//! Where the page stands: parents only, not the page itself.

use crate::lang;
use leptos::prelude::*;
use words::shell as w;

/// Breadcrumb of `(address, label)`, the home page first.
#[component]
pub fn Crumbs(parents: Vec<(String, String)>) -> impl IntoView {
    let items = parents.into_iter().map(|(href, label)| view! { <li><a href=href>{label}</a></li> }).collect_view();
    view! { <nav class="crumbs" aria-label=w::you_are_here(lang())><ol>{items}</ol></nav> }
}
