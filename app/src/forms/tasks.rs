//! The task list beside a form, and where its pages are.

use crate::lang;
use crate::parts::{Kind as Mark, Tag};
use domain::forms::view::{DraftPage, SignerState};
use domain::forms::{Fault, PageState, Problem};
use leptos::prelude::*;
use words::form as w;

/// Address of a page of a draft; it is posted to the same address.
pub fn address(draft: &DraftPage, page: &str) -> String {
    format!("/apply/{}/{}/{page}", draft.code, draft.id)
}

/// Address of the page on which answers are checked and sent.
pub fn check_address(draft: &DraftPage) -> String {
    address(draft, "check")
}

/// Problems of a page, once the person has tried to finish it; that two windows clash is told at once.
pub(super) fn problems_shown(draft: &DraftPage, page: &str) -> Vec<Problem> {
    let tried = draft.tried.iter().any(|p| p == page);
    let told = |p: &&Problem| p.page == page && (tried || matches!(p.fault, Fault::Clash { .. }));
    draft.problems.iter().filter(told).cloned().collect()
}

/// Title of the document: 有 3 处要改 · 从业人员 · 食品经营许可.
pub fn page_title(draft: &DraftPage, page: &str) -> String {
    let lang = lang();
    let name = draft.form.page(page).map_or_else(|| w::check_and_submit(lang), |p| lang.name(&p.title, Some(&p.title_en)));
    let count = problems_shown(draft, page).len();
    let wrong = (count > 0).then(|| format!("{} · ", words::parts::error_prefix(lang, count)));
    format!("{}{name} · {}", wrong.unwrap_or_default(), draft.item_name)
}

/// Which page of the form is open; `None` is the last one, on which answers are checked.
pub type Step<'a> = Option<&'a str>;

/// 第 4 步，共 6 步
pub(super) fn step_words(draft: &DraftPage, now: Step<'_>) -> String {
    let all = draft.states.len() + 1;
    let at = now.and_then(|page| draft.states.iter().position(|(id, _)| id == page)).map_or(all, |n| n + 1);
    w::step(lang(), at, all)
}

/// The pages that are asked, with their state. Later pages stay links: nobody is held up by an earlier one.
#[component]
pub(super) fn TaskList(draft: DraftPage, #[prop(into)] now: Option<String>) -> impl IntoView {
    let lang = lang();
    let rows = draft.states.iter().map(|(id, state)| {
        let title = draft.form.page(id).map(|p| lang.name(&p.title, Some(&p.title_en)).to_owned()).unwrap_or_default();
        let (kind, text) = match state {
            PageState::Done => (Mark::Ok, w::state_done(lang).to_owned()),
            PageState::NotAsked | PageState::Untouched => (Mark::Plain, w::state_untouched(lang).to_owned()),
            // what was never tried is not wrong yet
            PageState::Incomplete(n) if draft.tried.contains(id) => (Mark::Bad, w::state_incomplete(lang, n)),
            PageState::Incomplete(n) => (Mark::Plain, w::state_to_fill(lang, n)),
        };
        let current = (now.as_deref() == Some(id.as_str())).then_some("step");
        view! { <li aria-current=current><a href=address(&draft, id)>{title}</a><Tag kind text/></li> }
    });
    let rows = rows.collect_view();
    let signers = draft.signers.iter().map(|signer| {
        let (kind, text) = match &signer.state {
            SignerState::Own => (Mark::Ok, w::sign_own(lang).to_owned()),
            SignerState::Signed { .. } => (Mark::Ok, w::sign_given(lang).to_owned()),
            SignerState::NotAsked => (Mark::Plain, w::sign_not_asked(lang).to_owned()),
            SignerState::Asked { .. } => (Mark::Plain, w::sign_asked(lang, &signer.name)),
            SignerState::Void { .. } => (Mark::Bad, w::sign_void(lang).to_owned()),
            SignerState::Returned { .. } => (Mark::Bad, w::sign_was_returned(lang).to_owned()),
        };
        let href = format!("{}#signers", check_address(&draft));
        view! { <li><a href=href translate="no">{signer.name.clone()}</a><Tag kind text/></li> }
    });
    let signers = signers.collect_view();
    let current = now.is_none().then_some("step");
    view! {
        <nav class="stay fold" id="tasks" aria-label=w::progress(lang)>
            <ol class="tasks">
                {rows}
                {signers}
                <li aria-current=current><a href=check_address(&draft)>{w::check_and_submit(lang)}</a><Tag kind=Mark::Plain text=w::last_step(lang)/></li>
            </ol>
            <a class="fold-close" href="#main" rel="external">{words::parts::steps_close(lang)}</a>
        </nav>
    }
}
