//! A form on the bench.

use super::edit::{Edit, EditFault};
use super::properties::{properties, put};
use super::sheets::sheet;
use super::spot::Spot;
use crate::forms::PageAct;
use crate::forms::answers::Answers;
use crate::forms::fault::Problem;
use crate::forms::form::Form;
use crate::forms::merge::{choose, merge};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A form being built: as far as it reads, and sheets that do not read yet, kept as they were typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    pub form: Form,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unread: BTreeMap<Spot, Answers>,
    /// What open windows saved last, as of [`merge`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub windows: BTreeMap<String, String>,
}

impl Work {
    /// Begins with a form that is in force.
    pub fn on(form: Form) -> Self {
        Self { form, unread: BTreeMap::new(), windows: BTreeMap::new() }
    }

    /// A sheet as it stands.
    pub fn sheet(&self, spot: &Spot) -> Option<Answers> {
        self.unread.get(spot).cloned().or_else(|| properties(&self.form, spot))
    }

    /// A posted page of a sheet: done is what its button asks for, kept is what others saved meanwhile ([`merge`]). What is wrong with
    /// the sheet then; `None` when there is no such page.
    pub fn post(&mut self, spot: &Spot, page: &str, pairs: &[(String, String)], today: NaiveDate) -> Option<Vec<Problem>> {
        let (form, mut before) = (sheet(spot)?, self.sheet(spot)?);
        before.windows = std::mem::take(&mut self.windows);
        let mut answers = merge(form, form.page(page)?, pairs, &before, today);
        if !PageAct::is_autosave(pairs) {
            let act = PageAct::of_pairs(pairs);
            act.on_entries(form, &mut answers);
            if act == PageAct::Save {
                choose(pairs, &mut answers, &before);
            }
        }
        self.windows = std::mem::take(&mut answers.windows);
        Some(self.take(spot, &answers, today))
    }

    /// Takes a sheet: into the form when it reads, else aside as it was typed. What is wrong with it.
    pub fn take(&mut self, spot: &Spot, answers: &Answers, today: NaiveDate) -> Vec<Problem> {
        if self.form.thing(spot).is_none() {
            return Vec::new();
        }
        match put(&mut self.form, spot, answers, today) {
            Ok(()) => {
                self.unread.remove(spot);
                Vec::new()
            }
            Err(problems) => {
                self.unread.insert(spot.clone(), answers.clone());
                problems
            }
        }
    }

    /// Adds, moves or takes away.
    ///
    /// # Errors
    /// As of [`Form::edit`].
    pub fn edit(&mut self, edit: &Edit, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
        let next = self.form.edit(edit, used)?;
        let spots: BTreeSet<Spot> = self.form.things().into_iter().map(|(thing, _)| thing.spot()).collect();
        self.unread.retain(|spot, _| spots.contains(spot));
        Ok(next)
    }

    /// Whether it may be handed in for review: every sheet reads and the form has no faults.
    pub fn is_sound(&self) -> bool {
        self.unread.is_empty() && self.form.faults().is_empty()
    }
}
