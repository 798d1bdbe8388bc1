//! What to prepare: what, from whom, needed or not. Never asks for what is 免交.

use crate::lang;
use crate::parts::{Kind, Tag};
use domain::catalogue::{Material, MaterialForm, Necessity, Source};
use leptos::prelude::*;
use words::{Lang, guide as w};

/// The table; rows become cards on narrow screens.
#[component]
pub fn Materials(materials: Vec<Material>, situation: Option<String>) -> impl IntoView {
    let lang = lang();
    if materials.is_empty() {
        return view! { <p>{w::materials_none(lang)}</p> }.into_any();
    }
    let free = materials.iter().filter(|material| material.waived.is_some()).count();
    let caption = if free == 0 { w::materials_caption_all(lang, materials.len()) } else { w::materials_caption(lang, materials.len(), free) };
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
    view! {
        <tr>
            <th scope="row">{material.name}{below}</th>
            <td data-th=w::material_source(lang)>{source}</td>
            <td data-th=w::material_needed(lang) class="keep">{needed}</td>
        </tr>
    }
}

fn details(lang: Lang, material: &Material) -> String {
    let mut said = Vec::new();
    if material.generated {
        said.push(w::generated(lang).to_owned());
    }
    said.extend(material.waived.clone());
    said.extend(material.how.clone());
    said.extend(material.note.clone());
    if !material.generated && material.waived.is_none() {
        match material.form {
            MaterialForm::Paper => said.push(w::form_paper(lang).to_owned()),
            MaterialForm::Electronic | MaterialForm::Either => {}
        }
        if material.copies > 1 {
            said.push(w::copies(lang, material.copies));
        }
    }
    said.join(words::element::full_stop(lang))
}
