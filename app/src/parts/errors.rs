//! The error summary: first thing in main after a refused submit, and only then.

use crate::lang;
use leptos::prelude::*;
use words::parts as w;

/// One thing to mend and the field it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorLine {
    /// Id of the control; `None` when it belongs to no field.
    pub field: Option<String>,
    pub text: String,
}

/// Title of a page that comes back with something to mend: the count first (有 3 处要改 · 登录).
pub fn title_with(errors: usize, title: &str) -> String {
    if errors == 0 { title.to_owned() } else { format!("{} · {title}", w::error_prefix(lang(), errors)) }
}

/// Count and one link per field, in page order. Focused when the page comes back.
#[component]
pub fn ErrorSummary(lines: Vec<ErrorLine>) -> impl IntoView {
    if lines.is_empty() {
        return ().into_any();
    }
    let lang = lang();
    let title = if lines.len() == 1 { w::error_one(lang).to_owned() } else { w::error_title(lang, lines.len()) };
    let lines = lines
        .into_iter()
        .map(|line| match line.field {
            Some(field) => view! { <li><a href=format!("#{field}") rel="external">{line.text}</a></li> }.into_any(),
            None => view! { <li>{line.text}</li> }.into_any(),
        })
        .collect_view();
    view! {
        <div class="errors" role="alert" aria-labelledby="errors" tabindex="-1">
            <h2 id="errors">{title}</h2>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}
