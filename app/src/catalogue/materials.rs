//! What to prepare: what, from whom, needed or not. Never asks for what is 免交.

use crate::parts::{Kind, Tag};
use crate::{lang, lang_of};
use domain::catalogue::{Material, MaterialForm, Necessity, Source};
use leptos::prelude::*;
use words::{Lang, guide as w};

/// The table; rows become cards on narrow screens.
#[component]
pub fn Materials(
    materials: Vec<Material>,
    situation: Option<String>,
    /// Papers are uploaded, so their size matters.
    online: bool,
) -> impl IntoView {
    let lang = lang();
    if materials.is_empty() {
        return view! { <p>{w::materials_none(lang)}</p> }.into_any();
    }
    let free = materials.iter().filter(|material| material.waived.is_some()).count();
    let count = materials.len();
    let caption = match (online, free) {
        (true, 0) => w::materials_caption_all(lang, count),
        (true, _) => w::materials_caption(lang, count, free),
        (false, 0) => w::materials_count_all(lang, count),
        (false, _) => w::materials_count(lang, count, free),
    };
    let caption = match situation {
        Some(situation) => w::situation_caption(lang, situation, caption),
        None => caption,
    };
    let rows = materials.into_iter().map(|material| row(lang, material)).collect_view();
    view! {
        <div class="box"><table class="stack">
            <caption>{caption}</caption>
            <thead><tr><th scope="col">{w::material(lang)}</th><th scope="col">{w::material_source(lang)}</th><th scope="col">{w::material_needed(lang)}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn row(lang: Lang, material: Material) -> impl IntoView + use<> {
    let source = match material.source {
        Source::Applicant => w::source_you(lang),
        Source::Government => w::source_government(lang),
        Source::Other => w::source_other(lang),
    };
    let needed = match (&material.waived, material.necessity) {
        (Some(_), _) => view! { <Tag kind=Kind::Ok text=w::need_exempt(lang)/> }.into_any(),
        (None, Necessity::Required) => w::need_yes(lang).into_any(),
        (None, Necessity::Situational) => w::need_situation(lang).into_any(),
        (None, Necessity::Later) => w::need_later(lang).into_any(),
    };
    let below = details(lang, &material);
    let below = (!below.is_empty()).then(|| view! { <br/><span class="muted small">{below}</span> });
    let own = lang_of(&material.name);
    view! {
        <tr>
            <th scope="row" lang=own>{material.name}{below}</th>
            <td data-th=w::material_source(lang)>{source}</td>
            <td data-th=w::material_needed(lang) class="keep">{needed}</td>
        </tr>
    }
}

/// Where it comes from or what makes it good enough, as one line.
fn details(lang: Lang, material: &Material) -> String {
    let mut said = Vec::new();
    match (&material.waived, &material.how, &material.note) {
        (Some(why), ..) => said.push(why.clone()),
        (None, Some(how), _) => said.push(how.clone()),
        (None, None, Some(note)) => said.push(note.clone()),
        (None, None, None) if material.generated => said.push(w::generated(lang).to_owned()),
        (None, None, None) => {}
    }
    if !material.generated && material.waived.is_none() {
        match material.form {
            MaterialForm::Paper => said.push(w::form_paper(lang).to_owned()),
            MaterialForm::Electronic | MaterialForm::Either => {}
        }
        if material.copies > 1 {
            said.push(w::copies(lang, material.copies));
        }
    }
    let said: Vec<&str> = said.iter().map(|part| part.trim_end_matches('。')).collect();
    said.join(words::element::full_stop(lang))
}
