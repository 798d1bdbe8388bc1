//! Questions that belong together, put into a form at once (`data/designer/sets.json`): a person, an organisation, a period, a place.
//!
//! Each becomes questions like any other, with ids of their own, and can be changed one by one. In the data `@name@` stands for the id that
//! the question `name` is given.

use crate::forms::form::Field;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A set of questions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    pub name: String,
    pub label: String,
    pub label_en: String,
    /// With ids still to be given.
    fields: Vec<serde_json::Value>,
}

/// Every set there is.
pub fn sets() -> &'static [Set] {
    static READ: OnceLock<Vec<Set>> = OnceLock::new();
    // the tests read it; a text that did not read would be found there
    READ.get_or_init(|| serde_json::from_str(include_str!("../../../../data/designer/sets.json")).unwrap_or_default())
}

/// The set of that name.
pub fn set(name: &str) -> Option<&'static Set> {
    sets().iter().find(|set| set.name == name)
}

impl Set {
    /// How many questions it has.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Its questions with these ids, in order; `None` when these are too few.
    pub(super) fn fields(&self, ids: &[String]) -> Option<Vec<Field>> {
        let names = self.fields.iter().map(|field| field["id"].as_str());
        let given: BTreeMap<&str, &String> = names.zip(ids).filter_map(|(name, id)| Some((name?, id))).collect();
        self.fields
            .iter()
            .map(|field| {
                let text = given.iter().fold(field.to_string(), |text, (name, id)| text.replace(*name, id));
                serde_json::from_str(&text).ok()
            })
            .collect()
    }
}
