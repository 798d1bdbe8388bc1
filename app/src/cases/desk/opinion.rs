//! What the post at this step writes: the opinion, or what was found on the spot. One form for every outcome; its buttons
//! stand among the acts.

use super::act_forms::{How, how};
use super::address::{door, note_door, preview};
use super::case::Version;
use super::note::{Keeper, Kept};
use super::state::{Desk, Shown};
use crate::lang;
use crate::parts::{Beside, Field, described, document_words};
use domain::cases::documents::DocumentKind;
use domain::cases::view::DeskCase;
use domain::cases::{Act, Offer};
use leptos::prelude::*;
use words::desk as w;

/// The id buttons elsewhere refer to.
pub const FORM: &str = "work";

/// The form; drawn once for an open case.
#[component]
pub fn Opinion(desk: Desk, shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = shown.page.get_untracked();
    let id = page.case.id;
    let keeper = Keeper::new(note_door(id));
    let box_view = if page.site_check {
        view! { <SiteCheck page=page.clone() shown=shown.clone() keeper own_name=desk.queue.with_untracked(|queue| queue.name.clone())/> }.into_any()
    } else {
        view! { <OpinionBox page=page.clone() shown=shown.clone() keeper/> }.into_any()
    };
    let deciding = page.offers.iter().any(|offer| offer.act == Act::Grant);
    let answers = (deciding && !page.answers.is_empty()).then(|| view! { <Answers page=page.clone() shown=shown.clone()/> });
    // an answer is chosen first: without one there is nothing to preview
    let previews = page.preview.filter(|_| page.answers.is_empty()).map(|kind| {
        let buttons = [kind, opposite(kind)].map(|kind| {
            let label = w::preview(lang, document_words(lang, kind));
            // what stands in the box is sent along and kept nowhere
            view! { <li><button class="link" formaction=preview(id, kind) formtarget="_blank">{label}</button></li> }
        });
        view! { <ul class="row small plain">{buttons}</ul><p class="small muted">{w::preview_hint(lang)}</p> }
    });
    let sent = move |event: leptos::ev::SubmitEvent| {
        if !crate::parts::opens_elsewhere(&event) {
            keeper.rest();
            desk.keep.set_value(false);
        }
    };
    view! {
        <form id=FORM class="work" method="post" action=door(id, first_act(&page.offers)) data-door novalidate on:submit=sent>
            // Enter in a one-line box must not decide anything: the default button does nothing
            <button type="submit" disabled hidden></button>
            <Version shown=shown.clone()/>
            {answers}
            {box_view}
            {previews}
        </form>
    }
}

/// The other way the same decision may go.
fn opposite(kind: DocumentKind) -> DocumentKind {
    match kind {
        DocumentKind::GrantDecision => DocumentKind::RefusalDecision,
        DocumentKind::BenefitGrant => DocumentKind::BenefitRefusal,
        DocumentKind::RefusalDecision => DocumentKind::GrantDecision,
        DocumentKind::BenefitRefusal => DocumentKind::BenefitGrant,
        DocumentKind::ServiceGrant => DocumentKind::ServiceRefusal,
        DocumentKind::ServiceRefusal => DocumentKind::ServiceGrant,
        other @ (DocumentKind::Receipt
        | DocumentKind::SupplementNotice
        | DocumentKind::AcceptanceNotice
        | DocumentKind::NonAcceptanceNotice
        | DocumentKind::SpecialProcedureNotice
        | DocumentKind::ExtensionNotice
        | DocumentKind::SiteCheckRecord
        | DocumentKind::WithdrawalNotice
        | DocumentKind::TerminationNotice
        | DocumentKind::Certificate
        | DocumentKind::DeliveryReceipt) => other,
    }
}

/// Where the form would go by itself; every button says its own address.
fn first_act(offers: &[Offer]) -> Act {
    offers.iter().map(|offer| offer.act).find(|act| how(*act) == How::Opinion).unwrap_or(Act::Pass)
}

#[component]
fn OpinionBox(page: DeskCase, shown: Shown, keeper: Keeper) -> impl IntoView {
    let lang = lang();
    let label = match &page.node_title {
        Some(node) => w::opinion_of(lang, node),
        None => w::work(lang).to_owned(),
    };
    let approving = page.offers.iter().any(|offer| offer.act == Act::Grant);
    let hint = if approving { w::opinion_hint(lang) } else { w::opinion_hint_plain(lang) };
    let (value, error) = (shown.typed("opinion", &page.note), shown.beside("opinion"));
    view! { <Writing id="opinion" label hint=hint.to_owned() error value keeper/> }
}

/// Which of the procedure's answers is given (政府信息公开条例第三十六条).
#[component]
fn Answers(page: DeskCase, shown: Shown) -> impl IntoView {
    let lang = lang();
    let (typed, error) = (shown.typed("answer", ""), shown.beside("answer"));
    let (invalid, described) = (error.is_some().then_some("true"), described("answer", false, error.is_some()));
    let options = page
        .answers
        .into_iter()
        .map(|answer| {
            let chosen = answer.code == typed;
            let title = domain::forms::in_language(&answer.title, &answer.title_en, !lang.is_chinese()).to_owned();
            view! { <option value=answer.code selected=chosen>{title}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="answer">{w::answer(lang)}</label>
            <Beside id="answer" error/>
            <select id="answer" name="answer" aria-invalid=invalid aria-describedby=described><option value="">{w::answer_choose(lang)}</option>{options}</select>
        </div>
    }
}

/// A box that is kept while it is written.
#[component]
fn Writing(id: &'static str, label: String, hint: String, error: Option<String>, value: String, keeper: Keeper) -> impl IntoView {
    let typed = move |event: leptos::ev::Event| {
        #[cfg(feature = "hydrate")]
        keeper.typed(&event);
        let _ = (event, keeper);
    };
    let composed = move |event: leptos::ev::CompositionEvent| typed(event.into());
    let (invalid, described) = (error.is_some().then_some("true"), described(id, true, error.is_some()));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <Beside id error/>
            <textarea
                id=id name=id aria-invalid=invalid aria-describedby=described on:input=typed on:compositionend=composed
            >{value}</textarea>
            <p class="hint" id=format!("{id}-h")>{hint}" "<KeptLine keeper/></p>
        </div>
    }
}

#[component]
fn KeptLine(keeper: Keeper) -> impl IntoView {
    let lang = lang();
    let text = move || match keeper.kept.get() {
        Kept::AsDrawn => w::opinion_kept(lang).to_owned(),
        Kept::Saving => w::opinion_saving(lang).to_owned(),
        Kept::At(time) => w::opinion_saved(lang, time),
        Kept::Not => w::opinion_unsaved(lang).to_owned(),
    };
    // before the page is awake nothing is kept by itself
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    view! { <span role="status">{move || awake.get().then(text)}</span> }
}

#[component]
fn SiteCheck(page: DeskCase, shown: Shown, keeper: Keeper, own_name: String) -> impl IntoView {
    let lang = lang();
    let staff = shown.all_typed("site_staff");
    let person = |n: usize, or: &str| staff.get(n).map_or(or, String::as_str).to_owned();
    let returns = page.offers.iter().any(|offer| offer.act == Act::Return && offer.refused.is_none());
    let opinion = returns.then(|| {
        let (value, error) = (shown.typed("opinion", ""), shown.beside("opinion"));
        view! { <Field id="opinion" label=w::opinion_return(lang) error value long=true/> }
    });
    let wrong = |id: &str, hint: bool| {
        let error = shown.beside(id);
        (error.is_some().then_some("true"), described(id, hint, error.is_some()), error)
    };
    let (on_invalid, on_described, on_error) = wrong("site_on", false);
    let (staff_invalid, staff_described, staff_error) = wrong("site_staff", true);
    let (findings, findings_error) = (shown.typed("findings", &page.note), shown.beside("findings"));
    view! {
        <div class="pair">
            <div class="field">
                <label for="site_on">{w::site_on(lang)}</label>
                <Beside id="site_on" error=on_error/>
                <input
                    id="site_on" name="site_on" type="date" data-chars="12" max=page.clock.today.to_string() value=shown.typed("site_on", "")
                    aria-invalid=on_invalid aria-describedby=on_described
                />
            </div>
            <div class="field">
                <label for="site_staff">{w::site_staff(lang)}</label>
                <Beside id="site_staff" error=staff_error/>
                <input
                    id="site_staff" name="site_staff" autocomplete="off" value=person(0, &own_name)
                    aria-invalid=staff_invalid aria-describedby=staff_described
                />
                <label class="sr" for="site_staff_2">{w::site_staff_second(lang)}</label>
                <input id="site_staff_2" name="site_staff" autocomplete="off" value=person(1, "") aria-describedby="site_staff-h"/>
                <p class="hint" id="site_staff-h">{w::site_staff_hint(lang)}</p>
            </div>
        </div>
        <Writing id="findings" label=w::findings(lang).to_owned() hint=w::findings_hint(lang).to_owned() error=findings_error value=findings keeper/>
        {opinion}
    }
}
