//! Fixed fields, for the few forms whose shape is known at compile time: sign in, track, verify, rate, withdraw.
//! Label, hint, error, control, in that order. Inputs are uncontrolled: `value` is written once, by whoever draws first.

use super::{Beside, described};
use crate::lang;
use leptos::prelude::*;
use words::parts as w;

/// A text field.
#[component]
pub fn Field(
    /// Id of the control.
    #[prop(into)]
    id: String,
    /// Its name, where several forms of the page have one of that name; else as its id.
    #[prop(optional)]
    name: Option<&'static str>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    /// What is wrong with what was typed, if anything.
    #[prop(optional_no_strip)]
    error: Option<String>,
    #[prop(optional, into)] value: String,
    /// `text`, `password`, `search` …
    #[prop(default = "text")]
    kind: &'static str,
    /// Length of the answer: 4, 8, 12 or 20 characters; none is full width.
    #[prop(optional)]
    chars: Option<&'static str>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] optional: bool,
    /// A number: the keys for it.
    #[prop(optional)]
    digits: bool,
    /// More than one line. What is too long is told, never cut off: a box that takes only so much loses the end of what is pasted.
    #[prop(optional)]
    long: bool,
) -> impl IntoView {
    let name = name.map_or_else(|| id.clone(), str::to_owned);
    let has_hint = !hint.is_empty();
    let described = described(&id, has_hint, error.is_some());
    let invalid = error.is_some().then_some("true");
    let optional = optional.then(|| view! { " "<span class="optional">{w::optional(lang())}</span> });
    let hint = has_hint.then(|| view! { <p class="hint" id=format!("{id}-h")>{hint}</p> });
    let control = if long {
        view! { <textarea id=id.clone() name=name aria-invalid=invalid aria-describedby=described>{value}</textarea> }.into_any()
    } else {
        view! {
            <input
                id=id.clone() name=name type=kind value=value data-chars=chars autocomplete=autocomplete
                inputmode=digits.then_some("numeric") autocapitalize="none" spellcheck="false"
                aria-invalid=invalid aria-describedby=described
            />
        }
        .into_any()
    };
    view! { <div class="field"><label for=id.clone()>{label}{optional}</label>{hint}<Beside id error/>{control}</div> }
}

/// A radio or checkbox with its label as target.
#[component]
pub fn Check(
    /// `radio` or `checkbox`.
    kind: &'static str,
    #[prop(into)] name: String,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    /// A second, smaller line.
    #[prop(optional, into)]
    detail: String,
    #[prop(optional)] checked: bool,
    /// Id, so that an error summary can link to the first of a group.
    #[prop(optional, into)]
    id: Option<String>,
    #[prop(optional)] invalid: bool,
) -> impl IntoView {
    let detail = (!detail.is_empty()).then(|| view! { <small>{detail}</small> });
    view! {
        <label class="check">
            <input type=kind name=name value=value checked=checked id=id aria-invalid=invalid.then_some("true")/>
            <span>{label}{detail}</span>
        </label>
    }
}

/// A form that goes through the one door: the browser posts it and follows the 303, or the awake page sends it and
/// follows the same answer.
#[component]
pub fn FormShell(
    #[prop(into)] action: String,
    /// Files come along.
    #[prop(optional)]
    files: bool,
    #[prop(optional, into)] class: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <form class=class method="post" action=action enctype=files.then_some("multipart/form-data") data-door novalidate>
            {children()}
        </form>
    }
}
