//! A refusal stands beside the control that has to be mended: drawn there by a page that comes back, put there by the page
//! that stays once it is awake.

use domain::refusal::{Refusal, Saying, Thing};
use leptos::prelude::*;

/// Name of the control to mend, among those the refused form `has`; none when nothing typed is wrong.
pub(crate) fn control_of(refusal: &Refusal, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    let names = controls(refusal);
    names.iter().copied().find(|name| has(name)).or_else(|| names.first().copied())
}

/// Names of the controls it may be about: the same thing is not called the same in every form. A supplement notice is mended as
/// a whole.
fn controls(refusal: &Refusal) -> &'static [&'static str] {
    match refusal {
        Refusal::NoSuchChoice { what: Saying::Reason } => &["ground"],
        Refusal::NoSuchChoice { what: Saying::Recipient } => &["way"],
        Refusal::NoSuchChoice { what: Saying::Situation } => &["procedure"],
        Refusal::NothingSaid { what }
        | Refusal::SaidTooMuch { what, .. }
        | Refusal::ImpossibleDate { what }
        | Refusal::NoSuchChoice { what } => box_of(*what),
        Refusal::WrongPassword { .. } | Refusal::Locked { .. } => &["account"],
        Refusal::NotFound { thing: Thing::Case | Thing::Certificate } => &["number"],
        Refusal::Unanswered { .. } => &["message"],
        Refusal::TwoStaff => &["site_staff"],
        Refusal::FileTooLarge { .. }
        | Refusal::FileKind { .. }
        | Refusal::FileEmpty { .. }
        | Refusal::TooManyFiles { .. }
        | Refusal::FormUnread { .. }
        | Refusal::TableUnread { .. }
        | Refusal::FileCutShort => &["file"],
        Refusal::NotFound {
            thing:
                Thing::Page
                | Thing::Item
                | Thing::Draft
                | Thing::Document
                | Thing::Upload
                | Thing::Account
                | Thing::Key
                | Thing::Signature,
        }
        | Refusal::SignInFirst
        | Refusal::NotKept
        | Refusal::TooOften { .. }
        | Refusal::ForeignOrigin
        | Refusal::NotNow { .. }
        | Refusal::Stale
        | Refusal::FormHasProblems { .. }
        | Refusal::NotEligible { .. }
        | Refusal::DeclarationMissing { .. }
        | Refusal::DraftExpired { .. }
        | Refusal::TooManyDrafts { .. }
        | Refusal::TooManyKeys { .. }
        | Refusal::OnlyLooks
        | Refusal::NotOnline { .. }
        | Refusal::WrongAudience { .. }
        | Refusal::PeriodOver { .. }
        | Refusal::SamePerson
        | Refusal::ThreadClosed
        | Refusal::FormChanged { .. }
        | Refusal::Unbuilt { .. }
        | Refusal::FormUnsound { .. }
        | Refusal::NotOnBench
        | Refusal::SignatureMissing { .. }
        | Refusal::SignatureStale
        | Refusal::NotToSign
        | Refusal::KeyMissing
        | Refusal::KeyCrossed
        | Refusal::Unreadable { .. } => &[],
    }
}

fn box_of(what: Saying) -> &'static [&'static str] {
    match what {
        Saying::Account => &["account"],
        Saying::Password => &["password"],
        Saying::Reason => &["reason", "opinion"],
        Saying::Request | Saying::Comment => &["words"],
        Saying::Opinion => &["opinion"],
        Saying::Message => &["message"],
        Saying::SupplementItems => &["supplement"],
        Saying::RightAgency => &["agency"],
        Saying::Findings => &["findings", "result"],
        Saying::CaseNumber | Saying::CertificateNumber => &["number"],
        Saying::QueryCode => &["code"],
        Saying::Holder => &["holder"],
        Saying::CheckDate => &["site_on"],
        Saying::Recipient => &["recipient"],
        Saying::ExpectedDays => &["expected_days"],
        Saying::Answer => &["answer"],
        Saying::File => &["file"],
        Saying::KeyName => &["name"],
        Saying::FromDate => &["from"],
        Saying::Stars | Saying::Tags | Saying::Situation => &[],
    }
}

/// What is wrong, between the hint and the control of this id.
#[component]
pub fn Beside(#[prop(into)] id: String, error: Option<String>) -> impl IntoView {
    error.map(|text| view! { <p class="error" id=format!("{id}-e") data-told="">{text}</p> })
}

/// Ids of what describes a control, for `aria-describedby`.
pub fn described(id: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> = [hint.then(|| format!("{id}-h")), error.then(|| format!("{id}-e"))].into_iter().flatten().collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// In the awake page. Only what [`Beside`] drew or [`tell`] put there is touched, and never what is typed.
#[cfg(feature = "hydrate")]
pub(super) mod awake {
    use domain::refusal::Refusal;
    use leptos::prelude::document;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement, HtmlFormElement};

    /// Puts the sentence beside the control it belongs to, and the focus into it; false when the form has no such control.
    pub(in super::super) fn tell(form: &HtmlFormElement, refusal: &Refusal, text: &str) -> bool {
        put(form, refusal, text).is_some()
    }

    fn put(form: &HtmlFormElement, refusal: &Refusal, text: &str) -> Option<()> {
        let find = |name: &str| form.query_selector(&format!("[name='{name}']:not([type=hidden])")).ok().flatten();
        let name = super::control_of(refusal, |name| find(name).is_some())?;
        let control = find(name)?;
        let field = control.closest(".field").ok().flatten()?;
        let line = match field.query_selector("p.error[data-told]").ok().flatten() {
            Some(line) => line,
            None => new_line(&field, &control, name)?,
        };
        let _ = line.remove_attribute("hidden");
        // told once it stands there, so that it is heard
        line.set_text_content(Some(text));
        let _ = control.set_attribute("aria-invalid", "true");
        let described = control.get_attribute("aria-describedby").unwrap_or_default();
        if !described.split(' ').any(|id| id == line.id()) {
            let _ = control.set_attribute("aria-describedby", format!("{described} {}", line.id()).trim());
        }
        let _ = control.dyn_into::<HtmlElement>().ok()?.focus();
        Some(())
    }

    /// In its place between hint and control.
    fn new_line(field: &Element, control: &Element, name: &str) -> Option<Element> {
        let line = document().create_element("p").ok()?;
        line.set_class_name("error");
        line.set_id(&format!("{}-e", Some(control.id()).filter(|id| !id.is_empty()).unwrap_or_else(|| name.to_owned())));
        let _ = line.set_attribute("role", "alert");
        let _ = line.set_attribute("data-told", "");
        // the control itself, or the group around it
        let mut part = control.clone();
        while let Some(around) = part.parent_element().filter(|around| !around.is_same_node(Some(field))) {
            part = around;
        }
        field.insert_before(&line, Some(&part)).ok()?;
        Some(line)
    }

    /// What was wrong with the form is forgotten: it is sent anew.
    pub(in super::super) fn forget(form: &HtmlFormElement) {
        for line in all(form, "p.error[data-told]") {
            line.set_text_content(None);
            let _ = line.set_attribute("hidden", "");
            let field = line.closest(".field").ok().flatten();
            for control in field.iter().flat_map(|field| all(field, "[aria-invalid]")) {
                let _ = control.remove_attribute("aria-invalid");
            }
        }
    }

    fn all(within: &Element, selector: &str) -> Vec<Element> {
        let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
        (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_asked_for_under_the_name_the_form_gives_them() {
        let reason = Refusal::NothingSaid { what: Saying::Reason };
        assert_eq!(control_of(&reason, |name| name == "opinion"), Some("opinion"), "a decision gives its reason as the opinion");
        assert_eq!(control_of(&reason, |name| name == "reason"), Some("reason"));
        // a form sent with nothing in it does not say what it has
        assert_eq!(control_of(&reason, |_| false), Some("reason"));
        assert_eq!(control_of(&Refusal::Stale, |_| true), None);
    }

    #[test]
    fn hint_and_error_both_describe() {
        assert_eq!(described("a", true, true).as_deref(), Some("a-h a-e"));
        assert_eq!(described("a", false, true).as_deref(), Some("a-e"));
        assert_eq!(described("a", false, false), None);
    }
}
