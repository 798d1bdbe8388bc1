//! Radios, checkboxes, and a list to choose from when there are many.

use super::field::Asked;
use crate::lang;
use domain::forms::{Answers, Choice, Kind, field_name};
use leptos::prelude::*;
use words::form as w;

/// More offers than this become a list to choose from.
const MOST_RADIOS: usize = 7;
/// Labels up to this many characters may stand side by side.
const SHORT: usize = 7;

#[component]
pub(super) fn Options(asked: Asked, answers: Answers) -> impl IntoView {
    let lang = lang();
    let chosen = answers.many(&asked.key).to_vec();
    match &asked.field.kind {
        Kind::Choice { options } if options.len() > MOST_RADIOS => select(&asked, options, &chosen),
        Kind::Choice { options } => ticks(&asked, "radio", options, &chosen),
        Kind::Choices { options } => ticks(&asked, "checkbox", options, &chosen),
        Kind::YesNo => {
            let offer = |value: &str, label: &str| Choice {
                value: value.into(),
                label: label.into(),
                label_en: String::new(),
                hint: String::new(),
                hint_en: String::new(),
            };
            ticks(&asked, "radio", &[offer("yes", w::yes(lang)), offer("no", w::no(lang))], &chosen)
        }
        // never asked for: the caller has looked at the kind
        _ => ().into_any(),
    }
}

fn ticks(asked: &Asked, kind: &'static str, options: &[Choice], chosen: &[String]) -> AnyView {
    let lang = lang();
    let name = field_name(&asked.key);
    let mut across = true;
    let rows = options.iter().enumerate().map(|(n, option)| {
        let label = lang.name(&option.label, Some(&option.label_en)).to_owned();
        let hint = lang.name(&option.hint, Some(&option.hint_en)).to_owned();
        across &= hint.is_empty() && label.chars().count() <= SHORT;
        // the first one carries the id that links to this question lead to
        let id = if n == 0 { asked.id.clone() } else { format!("{}-{}", asked.id, option.value) };
        let checked = chosen.contains(&option.value);
        let hint = (!hint.is_empty()).then(|| view! { <small>{hint}</small> });
        let invalid = asked.invalid();
        view! {
            <label class="check">
                <input type=kind id=id name=name.clone() value=option.value.clone() checked=checked aria-invalid=invalid/>
                <span>{label}{hint}</span>
            </label>
        }
    });
    let rows = rows.collect_view();
    let class = if across { "choices across" } else { "choices" };
    view! {
        <fieldset class="field" aria-describedby=asked.described()>
            <legend>{asked.label.clone()}{asked.optional_mark()}</legend>
            {asked.hint_line()}
            {asked.error()}
            <div class=class>{rows}</div>
        </fieldset>
    }
    .into_any()
}

fn select(asked: &Asked, options: &[Choice], chosen: &[String]) -> AnyView {
    let lang = lang();
    let rows = options.iter().map(|option| {
        let label = lang.name(&option.label, Some(&option.label_en)).to_owned();
        view! { <option value=option.value.clone() selected=chosen.contains(&option.value)>{label}</option> }
    });
    let rows = rows.collect_view();
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}{asked.optional_mark()}</label>
            {asked.hint_line()}
            {asked.error()}
            <select id=asked.id.clone() name=field_name(&asked.key) aria-invalid=asked.invalid() aria-describedby=asked.described()>
                <option value="" selected=chosen.is_empty()>{w::please_choose(lang)}</option>
                {rows}
            </select>
        </div>
    }
    .into_any()
}
