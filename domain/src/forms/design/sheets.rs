//! The sheets: what is asked about each thing a form is made of.

use super::spot::Spot;
use crate::forms::form::Form;
use std::sync::OnceLock;

macro_rules! sheets {
    ($($name:ident $file:literal;)*) => {
        $(fn $name() -> Option<&'static Form> {
            static READ: OnceLock<Option<Form>> = OnceLock::new();
            // the tests read every sheet; one that did not read would be found there
            READ.get_or_init(|| Form::from_json(include_str!(concat!("../../../../data/designer/", $file))).ok()).as_ref()
        })*
    };
}

sheets! {
    form "form.json";
    page "page.json";
    list "list.json";
    question "question.json";
    declaration "declaration.json";
}

/// The form that asks for the properties of what stands at a spot.
pub fn sheet(spot: &Spot) -> Option<&'static Form> {
    match spot {
        Spot::Form => form(),
        Spot::Page(_) => page(),
        Spot::List(_) => list(),
        Spot::Question(_) => question(),
        Spot::Declaration(_) => declaration(),
    }
}
