//! What it costs, line by line.

use crate::lang;
use domain::cases::Charge;
use leptos::prelude::*;
use words::{Lang, eligible, fee as w, money};

/// 30 元 = 居民身份证工本费 20 元 + 临时居民身份证工本费 10 元, then how each comes about and by which document.
#[component]
pub fn Charges(charges: Vec<Charge>) -> impl IntoView {
    let lang = lang();
    if charges.is_empty() {
        return view! { <p>{w::free(lang)}</p> }.into_any();
    }
    let lines = charges
        .iter()
        .map(|charge| {
            let how = w::how(lang, name(lang, charge), lang.name(&charge.says, Some(&charge.says_en)));
            view! { <li>{how}<br/><span class="small muted">{eligible::law(lang, &charge.basis)}</span></li> }
        })
        .collect_view();
    view! { <p><strong>{sum(lang, &charges)}</strong></p><ul class="plain">{lines}</ul> }.into_any()
}

fn sum(lang: Lang, charges: &[Charge]) -> String {
    let parts: Vec<String> = charges.iter().map(|charge| w::part(lang, name(lang, charge), money(lang, charge.fen))).collect();
    w::sum(lang, money(lang, Charge::total(charges)), parts.join(" + "))
}

fn name(lang: Lang, charge: &Charge) -> &str {
    lang.name(&charge.name, Some(&charge.name_en))
}
