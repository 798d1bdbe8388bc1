//! 一件事: the forms of several matters as one form that asks each fact once, and its answers as the answers of each matter.
//!
//! Ids of a matter's form go on under its code (`spjyxk_premises_area`), so that none meets another's and each keeps its own over all
//! versions. A fact that several matters ask for stands once, before all of them; what the occasion settles by itself (a newborn is
//! insured as a newborn) is asked by none.

mod compose;
mod fold;
mod part;
mod rename;
#[cfg(test)]
mod tests;

pub use compose::join;

use super::form::Form;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The question that asks which of the matters are wanted.
pub const MATTERS: &str = "matters";

/// A matter whose form goes into the joint one.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// Code of its item.
    pub code: &'a str,
    pub name: &'a str,
    pub name_en: &'a str,
    /// Which version of the procedure.
    pub version: i64,
    pub form: &'a Form,
}

/// What is known about a bundle that its forms cannot say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// Questions that ask for the same fact, as `code.question`; the first says how it is asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<Vec<String>>,
    /// `code.question` → the answer that the occasion itself gives.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub given: BTreeMap<String, String>,
    /// Matters of which one excludes the others: a company is set up, or a sole trader.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub either: Vec<BTreeSet<String>>,
}

impl Facts {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The joint form, and where in it the questions of each matter stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    pub form: Form,
    /// Code → version of the procedure whose form is in it, in the order of the bundle.
    pub matters: Vec<(String, i64)>,
    /// `code.question` → the question of the joint form that asks for it, where it shares one.
    pub shared: BTreeMap<String, String>,
    /// `code.question` → the answer given by the occasion.
    pub given: BTreeMap<String, String>,
    /// `code.declaration` → the sentence of the joint form that says the same, where matters share one.
    pub promised: BTreeMap<String, String>,
}

/// A question of a matter, as facts name it.
pub(super) fn named(code: &str, id: &str) -> String {
    format!("{code}.{id}")
}

/// An id of a matter's form in the joint form.
fn own(code: &str, id: &str) -> String {
    format!("{code}_{id}")
}

impl Joint {
    /// Where in the joint form the question (or list, or sentence) of a matter stands; `None` where the occasion answers it.
    pub fn place_of(&self, code: &str, id: &str) -> Option<String> {
        let name = named(code, id);
        if self.given.contains_key(&name) {
            return None;
        }
        let shared = self.shared.get(&name).or_else(|| self.promised.get(&name));
        Some(shared.cloned().unwrap_or_else(|| own(code, id)))
    }
}
