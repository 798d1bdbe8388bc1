//! The last page: check every answer, agree, send.

use super::charges::Charges;
use super::conditions::{Conditions, judged};
use super::said::SummaryPanels;
use super::signers::{SignedAlready, Signers};
use super::tasks::{address, step_words};
use crate::doors;
use crate::lang;
use crate::parts::{Crumbs, ErrorLine, ErrorSummary, FormShell, Notice};
use domain::forms::view::{DraftPage, Receiving};
use domain::forms::{Declaration, PageState, Reading, summary};
use leptos::prelude::*;
use words::{Lang, eligible, fee, form as w};

/// Everything in main of `/apply/{code}/{draft}/check`. `after` is said in the box before the button: what happens next.
#[component]
pub fn DraftCheck(
    draft: DraftPage,
    #[prop(into)] after: String,
    /// Whether sending was tried: unfinished pages and missing ticks are then told at the top.
    #[prop(optional)]
    tried: bool,
) -> impl IntoView {
    let lang = lang();
    let conditions = judged(&draft);
    let receiving = draft.receiving.clone().map(|receiving| receives(lang, &receiving));
    let fees = draft.fees.clone().map(|charges| {
        let due = !charges.is_empty();
        let later = due.then(|| view! { <p class="small muted">{fee::later(lang)}</p> });
        view! { <section><h2>{fee::title(lang)}</h2><Charges charges/>{later}</section> }
    });
    let pages = summary(&draft.form, &draft.answers, draft.today);
    // one line for each page that is not finished: the page itself names its fields
    let unfinished = draft.states.iter().filter_map(|(id, state)| match state {
        PageState::Untouched => Some((id, w::state_untouched(lang).to_owned())),
        PageState::Incomplete(n) if draft.tried.contains(id) => Some((id, w::state_incomplete(lang, n))),
        PageState::Incomplete(n) => Some((id, w::state_to_fill(lang, n))),
        PageState::NotAsked | PageState::Done => None,
    });
    let unfinished: Vec<(String, String)> = unfinished
        .map(|(id, state)| {
            let title = draft.form.page(id).map(|p| lang.name(&p.title, Some(&p.title_en)).to_owned()).unwrap_or_default();
            (address(&draft, id), words::faulty::problem(lang, title, state))
        })
        .collect();
    let open = !unfinished.is_empty();
    let reading = Reading::new(&draft.form, &draft.answers, draft.today);
    let declared: Vec<Declaration> = reading.declarations().cloned().collect();
    let missing = declared.iter().filter(|d| tried && d.required && !draft.answers.agreed.contains(&d.id));
    let lines: Vec<ErrorLine> = missing
        .map(|d| ErrorLine {
            field: Some(format!("d-{}", d.id)),
            text: w::tick_first(lang, lang.name(&d.text, Some(&d.text_en))),
        })
        .collect();
    let unfinished = unfinished.into_iter().map(|(href, text)| view! { <li><a href=href>{text}</a></li> }).collect_view();
    let unfinished =
        open.then(|| view! { <Notice title=w::unfinished(lang).to_owned()><ul class="plain">{unfinished}</ul></Notice> });
    let base = format!("/apply/{}/{}", draft.code, draft.id);
    let first = draft.states.first().map(|(id, _)| address(&draft, id)).unwrap_or_default();
    let crumbs = vec![("/my".to_owned(), words::shell::my(lang).to_owned()), (first.clone(), draft.item_name.clone())];
    let step = step_words(&draft, None);
    let declarations = declared.into_iter().map(|declaration| {
        let text = lang.name(&declaration.text, Some(&declaration.text_en)).to_owned();
        let hint = lang.name(&declaration.hint, Some(&declaration.hint_en)).to_owned();
        let hint = (!hint.is_empty()).then(|| view! { <small>{hint}</small> });
        let agreed = draft.answers.agreed.contains(&declaration.id);
        let invalid = (tried && declaration.required && !agreed).then_some("true");
        view! {
            <label class="check">
                <input
                    type="checkbox" id=format!("d-{}", declaration.id) name=format!("d.{}", declaration.id)
                    required=declaration.required checked=agreed aria-invalid=invalid
                />
                <span>{text}{hint}</span>
            </label>
        }
    });
    let declarations = declarations.collect_view();
    let edit: fn(&str, &str) -> String = |base, page| format!("{base}/{page}?back=check");
    let signed = view! { <SignedAlready signed=draft.is_signed()/> };
    let signers = view! { <Signers draft=draft.clone()/> };
    view! {
        <div class="wrap reading">
            <Crumbs parents=crumbs/>
            <ErrorSummary lines/>
            <div class="flow">
                <p class="muted">{step}</p>
                <h1>{w::check_heading(lang)}</h1>
                <p class="lead">{w::check_lead(lang)}</p>
                {unfinished}
                <Conditions judged=conditions/>
                {signed}
                <SummaryPanels pages edit=Some(edit) base/>
                {fees}
                {signers}
                <FormShell action=doors::submit(&draft.code, draft.id) class="flow">
                    <input type="hidden" name="key" value=draft.key.clone()/>
                    <h2>{w::declare_heading(lang)}</h2>
                    {declarations}
                    <Notice title=w::after_submit(lang).to_owned()>{receiving}<p class="small">{after}</p></Notice>
                    <div class="row">
                        <button class="button big">{w::submit(lang)}</button>
                        <a class="button quiet" href=first>{w::back_to_change(lang)}</a>
                    </div>
                </FormShell>
            </div>
        </div>
    }
}

/// 将由溪南镇人民政府受理，因为“户口在哪个街道、镇”选的是“溪南镇”。
fn receives(lang: Lang, receiving: &Receiving) -> impl IntoView + use<> {
    let why: Vec<&str> = receiving.because.iter().map(|why| if lang.is_chinese() { &*why.zh } else { &*why.en }).collect();
    let text = if why.is_empty() {
        eligible::receives(lang, &receiving.office)
    } else {
        eligible::receives_because(lang, &receiving.office, why.join(w::and_because(lang)))
    };
    view! { <p class="small">{text}</p> }
}
