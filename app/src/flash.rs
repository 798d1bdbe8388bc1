//! What the session hands to one page: why a form was refused and what had been typed, and what was found without
//! signing in. Never from the address.

use crate::lang;
use crate::load::Version;
use crate::parts::{ErrorLine, control_of};
use domain::certificates::view::VerifyPage;
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Deserialize, Serialize};

/// Why a form was refused, once, on the page it goes back to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    pub refusal: Refusal,
    /// Flat names and values as typed, without passwords.
    pub typed: Vec<(String, String)>,
}

/// What this session has found without an account.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// Case numbers without spaces, each with its query code.
    pub tracked: Vec<(String, String)>,
    /// The last verification.
    pub verified: Option<VerifyPage>,
}

/// What somebody tried on a page that keeps nothing: it came with the request, and goes with the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// The item it was tried for.
    pub code: String,
    pub pairs: Vec<(String, String)>,
}

impl Filled {
    /// What came with the page being drawn, the same on the server and while waking.
    pub fn in_this_page() -> Option<Self> {
        SharedValue::new(use_context::<Self>).into_inner()
    }
}

/// A key of the open API that was just made: shown on the page that comes next, once. Nothing here prints it by `{:?}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    pub name: String,
    pub secret: String,
}

impl NewKey {
    /// The key to show on the page being drawn, the same on the server and while waking.
    pub fn of_this_page() -> Option<Self> {
        SharedValue::new(use_context::<Self>).into_inner()
    }
}

/// What a page came back with, for as long as it is that page. Pages are drawn many times, and what was refused is told by the first
/// of them: once something was done from it, or the reader is elsewhere, there is nothing to tell.
#[derive(Clone)]
pub struct CameBack {
    flash: Option<Flash>,
    /// Where, and after how many acts.
    at: (String, u32),
    path: Memo<String>,
    version: Version,
}

impl CameBack {
    /// What the page being drawn came back with, the same on the server and while waking.
    pub fn to_this_page() -> Self {
        let flash = SharedValue::new(use_context::<Flash>).into_inner();
        Self::with(flash, use_location().pathname, Version::current())
    }

    fn with(flash: Option<Flash>, path: Memo<String>, version: Version) -> Self {
        Self { flash, at: (path.get_untracked(), version.acts()), path, version }
    }

    /// The flash, while there is something to tell.
    pub fn now(&self) -> Option<Flash> {
        let still = self.at == (self.path.get_untracked(), self.version.acts());
        self.flash.clone().filter(|_| still)
    }
}

impl Flash {
    /// Whether the form that was refused has a field of this name.
    pub fn came_with(&self, name: &str) -> bool {
        self.typed.iter().any(|(key, _)| key == name)
    }

    /// What was typed under this name.
    pub fn typed(&self, name: &str) -> String {
        self.typed.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// What is wrong with the control of this name.
    pub fn beside(&self, name: &str) -> Option<String> {
        (self.control() == Some(name)).then(|| self.text())
    }

    /// For the summary at the top: the same, with a link to the control.
    pub fn line(&self) -> ErrorLine {
        ErrorLine { field: self.control().map(str::to_owned), text: self.text() }
    }

    fn control(&self) -> Option<&'static str> {
        control_of(&self.refusal, |name| self.came_with(name))
    }

    fn text(&self) -> String {
        words::refusal(lang(), &self.refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_refused_is_told_until_something_was_done_or_the_reader_is_elsewhere() {
        let owner = Owner::new();
        owner.with(|| {
            let flash = Flash { refusal: Refusal::Stale, typed: vec![("message".into(), "在吗".into())] };
            let (place, version) = (RwSignal::new("/my/cases/1".to_owned()), Version::new());
            let came = || CameBack::with(Some(flash.clone()), Memo::new(move |_| place.get()), version);

            let first = came();
            // drawn again and again, as by a filter of the same page
            assert_eq!([first.now(), first.now()], [Some(flash.clone()), Some(flash.clone())]);
            place.set("/my/cases/2".to_owned());
            assert_eq!(first.now(), None);

            let second = came();
            assert!(second.now().is_some());
            version.bump();
            assert_eq!(second.now(), None);
        });
    }
}
