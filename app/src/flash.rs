//! What the session hands to one page: why a form was refused and what had been typed, and what was found without
//! signing in. Never from the address.

use crate::lang;
use crate::parts::{ErrorLine, control_of};
use domain::certificates::view::VerifyPage;
use domain::refusal::Refusal;
use leptos::prelude::*;
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

impl Flash {
    /// The flash of the page being drawn, the same on the server and while waking.
    pub fn of_this_page() -> Option<Self> {
        SharedValue::new(use_context::<Self>).into_inner()
    }

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
