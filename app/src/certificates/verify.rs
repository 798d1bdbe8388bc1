//! Verification: one answer, then the proof.

use super::api;
use super::here::{CheckedHere, check_chosen};
use crate::parts::{
    Beside, Crumbs, Field, FormShell, Frame, LastTry, LookUp, Print, Section, SummaryLine, SummaryList, Tag, Verdict, described,
};
use crate::{doors, lang, load};
use domain::certificates::Facts;
use domain::certificates::view::{Verdict as Answer, VerifyPage as Page};
use leptos::prelude::*;
use leptos_router::components::Redirect;
use words::{Lang, shell, verify as w};

/// `/verify`
#[component]
pub fn VerifyPage() -> impl IntoView {
    let lang = lang();
    let last = LastTry::of_this_page();
    let field = |id: &'static str| (last.error(id), last.typed(id));
    let ((number_error, number), (holder_error, holder)) = (field("number"), field("holder"));
    let file_error = last.error("file");
    view! {
        <LookUp section=Section::Verify title=w::title(lang) heading=w::heading(lang) lead=w::lead(lang) last>
            <FormShell action=doors::VERIFY>
                <Field id="number" label=w::number(lang) hint=w::number_hint(lang) error=number_error value=number/>
                <Field id="holder" label=w::holder(lang) hint=w::holder_hint(lang) error=holder_error value=holder/>
                <button class="button">{w::submit(lang)}</button>
            </FormShell>
            <FileForm error=file_error/>
        </LookUp>
    }
}

#[component]
fn FileForm(error: Option<String>) -> impl IntoView {
    let lang = lang();
    let found = RwSignal::new(None);
    let invalid = error.is_some().then_some("true");
    let described = described("file", false, error.is_some());
    view! {
        <h2 id="by-file">{w::file_title(lang)}</h2>
        <p class="muted">{w::file_text(lang)}</p>
        <FormShell action=doors::VERIFY files=true>
            <div class="field">
                <Beside id="file" error/>
                <div class="drop">
                    <label for="file">{w::file(lang)}</label>
                    <input type="file" id="file" name="file" accept=".json,application/json" aria-invalid=invalid aria-describedby=described on:change=move |event| check_chosen(event, found)/>
                    <CheckedHere found/>
                </div>
            </div>
            <button class="button quiet">{w::file_submit(lang)}</button>
        </FormShell>
    }
}

/// `/verify/result`
#[component]
pub fn VerifyResultPage() -> impl IntoView {
    load(
        || (),
        |()| api::verified(),
        |page: Option<Page>| match page {
            Some(page) => view! { <Found page/> }.into_any(),
            None => view! { <Redirect path="/verify"/> }.into_any(),
        },
    )
}

/// Good or not, title and explanation.
fn verdict(lang: Lang, page: &Page) -> (bool, String, String) {
    let plain = |good: bool, title: &str, text: &str| (good, title.to_owned(), text.to_owned());
    match &page.verdict {
        Answer::Genuine => {
            let (name, issuer) = page.facts.as_ref().map(|facts| (facts.name.clone(), facts.issuer.clone())).unwrap_or_default();
            (true, w::genuine(lang).to_owned(), w::genuine_text(lang, name, issuer))
        }
        Answer::Expired { on } => (false, w::expired(lang).to_owned(), w::expired_text(lang, words::date(lang, *on))),
        Answer::NoLongerValid { state } => (false, w::no_longer(lang).to_owned(), w::no_longer_text(lang, ended(lang, state))),
        Answer::NotFound => plain(false, w::not_found(lang), w::not_found_text(lang)),
        Answer::NotGenuine { .. } => plain(false, w::not_genuine(lang), w::not_genuine_text(lang)),
        Answer::UnknownIssuer => plain(false, w::unknown_issuer(lang), w::unknown_issuer_text(lang)),
        Answer::IssuedElsewhere { issuer, state } => {
            let text = match state.as_str() {
                "valid" => w::issued_elsewhere_text(lang, issuer),
                over => w::issued_elsewhere_over(lang, ended(lang, over), issuer),
            };
            (false, w::issued_elsewhere(lang).to_owned(), text)
        }
    }
}

/// How it ended, as part of a sentence.
fn ended(lang: Lang, state: &str) -> &'static str {
    match state {
        "superseded" => w::state_superseded(lang),
        "revoked" => w::state_revoked(lang),
        "cancelled" => w::state_cancelled(lang),
        "expired" => w::state_expired(lang),
        _ => w::state_other(lang),
    }
}

fn facts(lang: Lang, facts: &Facts) -> Vec<SummaryLine> {
    let mut lines = vec![
        SummaryLine::new(w::fact_name(lang), facts.name.clone()),
        SummaryLine::new(w::fact_number(lang), facts.number.clone()),
        SummaryLine { own: true, ..SummaryLine::new(w::fact_holder(lang), facts.holder.clone()) },
    ];
    lines.extend(
        facts.lines.iter().map(|line| SummaryLine { own: true, ..SummaryLine::new(line.label.clone(), line.value.clone()) }),
    );
    let until = facts.valid_until.map_or_else(|| w::fact_always(lang).to_owned(), |day| words::date(lang, day));
    lines.extend([
        SummaryLine::new(w::fact_issuer(lang), facts.issuer.clone()),
        SummaryLine::new(w::fact_issued(lang), words::date(lang, facts.issued_on)),
        SummaryLine::new(w::fact_until(lang), until),
    ]);
    lines
}

#[component]
fn Found(page: Page) -> impl IntoView {
    let lang = lang();
    let (good, title, text) = verdict(lang, &page);
    let list = page.facts.as_ref().map(|known| {
        let mut lines = facts(lang, known);
        if good {
            lines.push(SummaryLine {
                tag: Some(w::fact_valid(lang).to_owned()),
                ..SummaryLine::new(w::fact_state(lang), w::fact_valid_text(lang))
            });
        }
        view! { <div class="panel"><SummaryList lines/></div> }
    });
    let proof = good.then(|| {
        let digest = page.digest.clone().map(|digest| short(&digest)).unwrap_or_default();
        let at = format!("{} {}", words::date(lang, domain::clock::hall_day(page.checked_at)), words::time(page.checked_at));
        view! {
            <h2>{w::checks(lang)}</h2>
            <ul class="checks3">
                <li><Tag kind=crate::parts::Kind::Ok text=w::check_signature(lang)/><span>{w::check_signature_text(lang)}</span></li>
                <li><Tag kind=crate::parts::Kind::Ok text=w::check_content(lang)/><span>{w::check_content_text(lang, digest)}</span></li>
                <li><Tag kind=crate::parts::Kind::Ok text=w::check_valid(lang)/><span>{w::check_valid_text(lang, at)}</span></li>
            </ul>
        }
    });
    view! {
        <Frame title=w::result_title(lang, &title) section=Section::Verify>
            <div class="wrap">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang).to_owned()), ("/verify".to_owned(), shell::verify(lang).to_owned())]/>
                <div class="split end">
                    <div class="flow">
                        <h1>{w::result_heading(lang)}</h1>
                        <Verdict good title=title.clone() text/>
                        {list}
                        {proof}
                        <p class="small muted">{w::protect(lang)}</p>
                        <Print label=w::print(lang)/>
                    </div>
                    <aside class="stay" aria-labelledby="again">
                        <FormShell action=doors::VERIFY class="panel">
                            <h2 id="again">{w::again(lang)}</h2>
                            <Field id="number" label=w::number(lang) hint=w::number_hint(lang)/>
                            <Field id="holder" label=w::holder(lang)/>
                            <button class="button full">{w::submit(lang)}</button>
                            <p class="small"><a href="/verify#by-file">{w::by_file(lang)}</a></p>
                        </FormShell>
                    </aside>
                </div>
            </div>
        </Frame>
    }
}

/// 4f1a 09c2 … 77be: enough to compare by eye.
fn short(digest: &str) -> String {
    match (digest.get(..4), digest.get(4..8), digest.get(digest.len().saturating_sub(4)..)) {
        (Some(a), Some(b), Some(z)) if digest.len() > 12 => format!("{a} {b} … {z}"),
        _ => digest.to_owned(),
    }
}
