//! Who else has to sign a draft, and how it stands with them.

use super::said::answer_words;
use crate::parts::{FormShell, Kind as Mark, Notice, Tag};
use crate::{doors, lang};
use domain::forms::Changed;
use domain::forms::view::{DraftPage, SignerLine, SignerState};
use leptos::prelude::*;
use words::{Lang, form as w};

/// The list on the page on which answers are checked; nothing where nobody else signs.
#[component]
pub(super) fn Signers(draft: DraftPage) -> impl IntoView {
    let lang = lang();
    (!draft.signers.is_empty()).then(|| {
        let rows = draft.signers.iter().map(|signer| one(lang, &draft, signer)).collect_view();
        view! {
            <div class="panel flow" id="signers">
                <h2>{w::sign_heading(lang)}</h2>
                <p class="muted">{w::sign_lead(lang)}</p>
                <ul class="plain flow">{rows}</ul>
            </div>
        }
    })
}

fn one(lang: Lang, draft: &DraftPage, signer: &SignerLine) -> impl IntoView + use<> {
    let name = signer.name.as_str();
    let press = |action: String, label: String, plain: bool| {
        let (class, key) = (if plain { "button plain" } else { "button quiet" }, signer.key.clone());
        view! {
            <FormShell action=action>
                <input type="hidden" name="signer" value=key/>
                <button class=class>{label}</button>
            </FormShell>
        }
    };
    let ask = |label: String| press(doors::ask_to_sign(&draft.code, draft.id), label, false).into_any();
    let take_back = || press(doors::take_back_signature(&draft.code, draft.id), w::sign_take_back(lang, name), true).into_any();
    let (mark, tag, more) = match &signer.state {
        SignerState::Own => (Mark::Ok, w::sign_own(lang).to_owned(), ().into_any()),
        SignerState::NotAsked => (Mark::Plain, w::sign_not_asked(lang).to_owned(), ask(w::sign_ask(lang, name))),
        SignerState::Asked { until, id } => {
            let address = doors::to_sign(*id);
            let until = w::sign_asked_until(lang, words::month_day(lang, *until));
            let more = view! { <p class="small">{until}" "<span class="keep">{address}</span></p>{take_back()} }.into_any();
            (Mark::Plain, w::sign_asked(lang, name), more)
        }
        SignerState::Signed { at } => {
            let at = w::sign_given_at(lang, words::date_time(lang, *at));
            (Mark::Ok, w::sign_given(lang).to_owned(), view! { <p class="small muted">{at}</p>{take_back()} }.into_any())
        }
        SignerState::Void { changed } => {
            let what = view! { <p>{w::sign_void_what(lang)}</p>{changes(lang, changed)} };
            (Mark::Bad, w::sign_void(lang).to_owned(), view! { {what}{ask(w::sign_ask_again(lang, name))} }.into_any())
        }
        SignerState::Returned { words } => {
            let said = view! { <p translate="no">{words.clone()}</p> };
            let label = w::sign_ask_again(lang, name);
            (Mark::Bad, w::sign_was_returned(lang).to_owned(), view! { {said}{ask(label)} }.into_any())
        }
    };
    view! { <li class="flow"><p class="row"><strong translate="no">{name.to_owned()}</strong><Tag kind=mark text=tag/></p>{more}</li> }
}

/// What changed, question by question.
pub fn changes(lang: Lang, changed: &[Changed]) -> impl IntoView + use<> {
    let line = |change: &Changed| {
        let label = lang.name(&change.label, Some(&change.label_en));
        let (before, now) = (answer_words(lang, &change.before), answer_words(lang, &change.now));
        view! { <li translate="no">{w::change_from_to(lang, label, before, now)}</li> }
    };
    view! { <ul>{changed.iter().map(line).collect_view()}</ul> }
}

/// Said before anything is changed that somebody has signed.
#[component]
pub(super) fn SignedAlready(signed: bool) -> impl IntoView {
    signed.then(|| view! { <Notice kind=Mark::Warn><p>{w::sign_warning(lang())}</p></Notice> })
}
