//! Which of the item's materials this person needs, and which we have.

use super::answers::{Answers, FileNote};
use super::form::Form;
use super::kind::Kind;
use super::reading::Reading;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One material of the item, for these answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialState {
    /// Name as in the item's list of materials.
    pub name: String,
    /// The field that hands it in; empty for the form itself.
    pub field: String,
    pub asked: Asked,
    pub have: Have,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    Needed,
    /// May be left out.
    Optional,
    /// Not in this situation.
    NotNow,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Have {
    Nothing,
    /// The form, once filled in, is this material.
    ThisForm,
    Files(Vec<FileNote>),
    /// Taken from the certificate library: 免交.
    Certificate {
        number: String,
    },
    /// Answered in a box.
    Answered,
}

/// Materials in the order the form asks for them.
pub fn materials_needed(form: &Form, answers: &Answers, today: NaiveDate) -> Vec<MaterialState> {
    let reading = Reading::new(form, answers, today);
    let itself = form.material.iter().map(|name| MaterialState {
        name: name.clone(),
        field: String::new(),
        asked: Asked::Needed,
        have: Have::ThisForm,
    });
    let asked = form.places().filter_map(|place| {
        let name = place.field.material.clone()?;
        let keys: Vec<String> =
            reading.visits(place.page).into_iter().filter(|v| v.place.field.id == place.field.id).map(|v| v.key).collect();
        let asked = match (keys.is_empty() || !reading.page_is_asked(&place.page.id), place.field.optional) {
            (true, _) => Asked::NotNow,
            (false, true) => Asked::Optional,
            (false, false) => Asked::Needed,
        };
        let files: Vec<FileNote> = keys.iter().flat_map(|k| answers.files(k)).cloned().collect();
        let first = keys.iter().map(|k| answers.one(k)).find(|v| !v.is_empty());
        let have = match (&place.field.kind, first) {
            (Kind::Certificate { .. }, Some(number)) => Have::Certificate { number: number.into() },
            (_, _) if !files.is_empty() => Have::Files(files),
            (_, Some(_)) => Have::Answered,
            (_, None) => Have::Nothing,
        };
        Some(MaterialState { name, field: place.field.id.clone(), asked, have })
    });
    itself.chain(asked).collect()
}
