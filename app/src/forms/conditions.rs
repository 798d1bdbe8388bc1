//! What does not hold of the conditions of applying, told where somebody fills in.

use crate::lang;
use crate::parts::{Kind, Notice};
use domain::forms::view::DraftPage;
use domain::forms::{Criterion, Judged, Reading, Verdict, Weight};
use leptos::prelude::*;
use words::eligible as w;

/// What the answers of a draft say already. Nothing of a supplement: what was filed is the office's to decide.
pub fn judged(draft: &DraftPage) -> Vec<Judged> {
    if draft.case.is_some() {
        return Vec::new();
    }
    Reading::new(&draft.form, &draft.answers, draft.today).judged()
}

/// One notice for what stands in the way, one for what is only told; nothing when all is well.
#[component]
pub fn Conditions(judged: Vec<Judged>) -> impl IntoView {
    let lang = lang();
    let of = |weight| judged.iter().filter(|one| one.criterion.weight == weight).filter_map(unmet).collect::<Vec<_>>();
    let (bars, advice) = (of(Weight::Bar), of(Weight::Advice));
    let bars = (!bars.is_empty()).then(|| {
        view! {
            <Notice kind=Kind::Bad title=w::filing_barred_title(lang)>
                <ul class="plain">{bars}</ul>
                <p class="small">{w::filing_barred_hint(lang)}</p>
            </Notice>
        }
    });
    let advice = (!advice.is_empty()).then(|| {
        view! {
            <Notice kind=Kind::Warn title=w::advice_title(lang)>
                <ul class="plain">{advice}</ul>
                <p class="small">{w::filing_advice_hint(lang)}</p>
            </Notice>
        }
    });
    view! { {bars}{advice} }
}

fn unmet(judged: &Judged) -> Option<AnyView> {
    let Verdict::Unmet { message, message_en } = &judged.verdict else { return None };
    let message = lang().name(message, Some(message_en)).to_owned();
    Some(view! { <li>{message}<Why criterion=judged.criterion.clone()/></li> }.into_any())
}

/// The law behind a condition, and what may be done in its place.
#[component]
pub(super) fn Why(criterion: Criterion) -> impl IntoView {
    let lang = lang();
    let law = w::law(lang, lang.name(&criterion.law, Some(&criterion.law_en)));
    let instead = criterion.instead.map(|other| {
        let says = lang.name(&other.says, Some(&other.says_en)).to_owned();
        view! { <p><a href=format!("/items/{}", other.item)>{says}</a></p> }
    });
    view! { <p class="small muted">{law}</p>{instead} }
}
