//! Boxes to type into. Uncontrolled: `value` is written once, by whoever draws first.

use super::field::Asked;
use super::locate::Locate;
use crate::lang;
use domain::forms::{Answers, Kind, field_name, iso_date, masked};
use leptos::prelude::*;
use words::form as w;

#[component]
pub(super) fn TextControl(
    asked: Asked,
    answers: Answers,
    /// Where the answer came from.
    mark: Option<AnyView>,
) -> impl IntoView {
    let lang = lang();
    let value = answers.one(&asked.key).to_owned();
    let stands = asked.field.stands(&answers, &asked.key);
    let control = if stands { standing(&asked, &value).into_any() } else { typed(&asked, value) };
    let (unit, unit_en) = asked.field.kind.unit();
    let unit = lang.name(unit, Some(unit_en)).to_owned();
    let control =
        if unit.is_empty() { control } else { view! { <div class="measured">{control}<span>{unit}</span></div> }.into_any() };
    let stands = stands.then(|| view! { <p class="hint">{w::by_source(lang)}</p> });
    let locate =
        (matches!(asked.field.kind, Kind::MapPoint) && stands.is_none()).then(|| view! { <Locate asked=asked.clone()/> });
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}{asked.optional_mark()}{mark}</label>
            {asked.hint_line()}
            {stands}
            {asked.error()}
            {control}
            {asked.odd()}
            {locate}
        </div>
    }
}

/// What stands by its source: shown, masked when sensitive, and never sent back.
pub(super) fn standing(asked: &Asked, value: &str) -> impl IntoView + use<> {
    let shown = if asked.field.sensitive { masked(&asked.field.kind, value) } else { value.to_owned() };
    view! { <input id=asked.id.clone() value=shown readonly data-chars=chars(asked) aria-describedby=asked.described()/> }
}

fn chars(asked: &Asked) -> Option<String> {
    asked.field.chars.map(|c| c.to_string())
}

fn typed(asked: &Asked, value: String) -> AnyView {
    let field = &asked.field;
    let (id, name) = (asked.id.clone(), field_name(&asked.key));
    let (invalid, described) = (asked.invalid(), asked.described());
    let autocomplete = if field.autocomplete.is_empty() { "off".to_owned() } else { field.autocomplete.clone() };
    // no maxlength: it cuts off what is pasted, and nobody sees it. What is too long is told
    if let Kind::LongText { .. } = field.kind {
        return view! { <textarea id=id name=name aria-invalid=invalid aria-describedby=described>{value}</textarea> }.into_any();
    }
    let inputmode = if field.inputmode.is_empty() { field.kind.inputmode().to_owned() } else { field.inputmode.clone() };
    // a date box would show what is no date as nothing, and the person could not mend it
    let date = matches!(field.kind, Kind::Date { .. }) && (value.is_empty() || iso_date(&value).is_some());
    let kind = match field.kind {
        _ if date => "date",
        Kind::Mobile | Kind::Phone => "tel",
        Kind::Email => "email",
        _ => "text",
    };
    let inputmode = (!date).then_some(inputmode);
    view! {
        <input
            id=id name=name type=kind value=value data-chars=chars(asked) inputmode=inputmode autocomplete=autocomplete
            aria-invalid=invalid aria-describedby=described
        />
    }
    .into_any()
}
