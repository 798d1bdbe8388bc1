//! Uploads: what is there, what is on its way, and a place to choose more. A certificate we hold is not asked for.

use super::field::Asked;
use super::live::Live;
use super::send::Going;
use super::signature::Pad;
use super::under_way::{OnItsWay, UnderWay};
use crate::lang;
use crate::parts::{Kind as Mark, Tag};
use domain::forms::{Answers, FileNote, FileType, Kind, PageAct, field_name};
use leptos::prelude::*;
use words::{Lang, form as w};

#[component]
pub(super) fn Uploads(asked: Asked, answers: Answers) -> impl IntoView {
    let lang = lang();
    let wanted = asked.field.kind.uploads();
    let accept = wanted.iter().flat_map(|w| w.accept).map(|t| accept_token(*t)).collect::<Vec<_>>().join(",");
    let (max, camera) = wanted.map_or((0, false), |w| (w.max as usize, w.camera));
    let signature = matches!(asked.field.kind, Kind::Signature);
    let certificate = matches!(asked.field.kind, Kind::Certificate { .. });
    let held = answers.one(&asked.key).to_owned();
    if certificate && !held.is_empty() {
        return view! {
            <fieldset class="field">
                <legend>{asked.label.clone()}</legend>
                <p id=asked.id.clone()>{w::from_library(lang)}" "<Tag kind=Mark::Ok text=w::free(lang)/></p>
                <p class="hint">{w::held_number(lang, held)}</p>
            </fieldset>
        }
        .into_any();
    }
    let missing = certificate.then(|| view! { <p class="hint">{w::not_held(lang)}</p> });
    let (key, live) = (asked.key.clone(), asked.live);
    let because = asked.field.when.is_some().then(|| because(lang, live, key.clone()));
    let under_way = UnderWay::current();
    let (files, on_its_way) = (live.files(&key), under_way.to(&live.facts().action, &key));
    let there = move || files.get().into_iter().map(|file| line(lang, &key, &file)).collect_view();
    let coming = move || on_its_way.get().into_iter().map(|file| coming_line(lang, &file)).collect_view();
    let list = move || {
        (!files.read().is_empty() || !on_its_way.read().is_empty())
            .then(|| view! { <ul class="files">{there.clone()}{coming}</ul> })
    };
    #[cfg(feature = "hydrate")]
    let choose = {
        let key = asked.key.clone();
        move |event: leptos::ev::Event| awake::chosen(&event, live, &key, under_way)
    };
    #[cfg(not(feature = "hydrate"))]
    let choose = |_: leptos::ev::Event| ();
    let full = move || files.read().len() >= max;
    let multiple = max > 1;
    let text = if camera { w::take_photo(lang) } else { w::choose_file(lang) };
    let drop = {
        let asked = asked.clone();
        move || {
            (!full()).then(|| {
                let pad = signature.then(|| view! { <Pad asked=asked.clone()/> });
                view! {
                    {pad}
                    <div class="drop">
                        <label for=asked.id.clone()>{text}</label>
                        <input
                            type="file" id=asked.id.clone() name=field_name(&asked.key) accept=accept.clone() multiple=multiple
                            aria-invalid=asked.invalid() aria-describedby=asked.described() on:change=Clone::clone(&choose)
                        />
                    </div>
                }
            })
        }
    };
    view! {
        <fieldset class="field" aria-describedby=asked.described()>
            <legend>{asked.label.clone()}{asked.optional_mark()}</legend>
            {asked.hint_line()}
            {because}
            {missing}
            {asked.error()}
            {list}
            {drop}
        </fieldset>
    }
    .into_any()
}

/// Why this paper is asked of this person: what they answered may be mended instead.
fn because(lang: Lang, live: Live, key: String) -> impl IntoView {
    let reasons = Memo::new(move |_| live.read(|reading| reading.because(&key)));
    move || {
        reasons.with(|reasons| {
            let why: Vec<&str> = reasons.iter().map(|reason| lang.name(&reason.zh, Some(&reason.en))).collect();
            let why = why.join(w::and_because(lang));
            (!reasons.is_empty()).then(|| view! { <p class="hint">{w::asked_because(lang, why)}</p> })
        })
    }
}

/// What the file dialogue should offer: type and ending, because not every phone knows every type.
fn accept_token(kind: FileType) -> String {
    format!("{},.{}", kind.media_type(), kind.name().to_lowercase())
}

fn kind_of(file: &FileNote) -> &'static str {
    FileType::of_media_type(&file.media_type).map_or("", FileType::name)
}

fn line(lang: Lang, key: &str, file: &FileNote) -> impl IntoView + use<> {
    let act = PageAct::RemoveFile { key: key.to_owned(), upload: file.id.clone() };
    view! {
        <li>
            <span class="kind extra" aria-hidden="true">{kind_of(file)}</span>
            <span translate="no">{file.name.clone()}</span>
            <span class="state">{words::bytes(file.size)}</span>
            <button class="button plain" name="act" value=act.value() aria-label=w::remove_named(lang, &file.name)>{w::remove_file(lang)}</button>
        </li>
    }
}

fn coming_line(lang: Lang, file: &OnItsWay) -> impl IntoView + use<> {
    let id = format!("up-{}", file.number);
    let (state, part) = match &file.going {
        Going::Sending { done, all, seconds } => {
            let sent = words::parts::uploading(lang, words::bytes(*done), words::bytes(*all));
            let text = seconds.map_or_else(|| sent.clone(), |s| w::uploading_left(lang, &sent, s));
            (text, Some(done.saturating_mul(100).checked_div(*all).unwrap_or(0)))
        }
        Going::Checking => (w::checking_file(lang).to_owned(), Some(100)),
        Going::Failed(why) => (why.clone(), None),
    };
    let bar =
        part.map(|part| view! { <progress value=part.to_string() max="100" aria-labelledby=id.clone()>{part}"%"</progress> });
    view! {
        <li>
            <span class="kind extra" aria-hidden="true">"…"</span>
            <span id=id translate="no">{file.name.clone()}</span>
            <span class="state" role="status">{state}</span>
            {bar}
        </li>
    }
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::UnderWay;
    use crate::forms::live::Live;
    use wasm_bindgen::JsCast;

    /// Sends what was chosen.
    pub fn chosen(event: &web_sys::Event, live: Live, key: &str, under_way: UnderWay) {
        let Some(input) = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return };
        let Some(files) = input.files() else { return };
        under_way.send(live, key, (0..files.length()).filter_map(|n| files.get(n)));
        // the browser's own copy must not be sent a second time with the page
        input.set_value("");
    }
}
