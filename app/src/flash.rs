//! What the session hands to one page: why a form was refused and what had been typed, and what was found without
//! signing in. Never from the address.

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
}
