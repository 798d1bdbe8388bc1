//! Between a thing and its sheet.

use super::carry::Carrier;
use super::sheets::sheet;
use super::spot::{Spot, Thing};
use crate::forms::answers::Answers;
use crate::forms::fault::Problem;
use crate::forms::form::Form;
use crate::forms::reading::Reading;
use crate::forms::validate::{told, validate};
use chrono::NaiveDate;

/// The properties of what stands at a spot, as answers to its [`sheet`]; nothing when nothing stands there.
pub fn properties(form: &Form, spot: &Spot) -> Option<Answers> {
    let mut answers = Answers::default();
    let mut carrier = Carrier::onto(&mut answers);
    match form.thing(spot)? {
        Thing::Form(form) => carrier.form(&mut form.clone()),
        Thing::Page(page) => carrier.page(&mut page.clone()),
        Thing::List(group) => carrier.list(&mut group.clone()),
        Thing::Question(field) => carrier.question(&mut field.clone()),
        Thing::Declaration(declaration) => carrier.declaration(&mut declaration.clone()),
    }
    Some(answers)
}

/// Takes properties back from the answers to a sheet: all of them, or none and what is wrong with them. What does not stand in the
/// form is left alone.
///
/// # Errors
/// Answers the sheet does not take, and expressions that do not parse, each at its own question.
pub fn put(form: &mut Form, spot: &Spot, answers: &Answers, today: NaiveDate) -> Result<(), Vec<Problem>> {
    let Some(sheet) = sheet(spot) else { return Ok(()) };
    let mut problems = validate(sheet, answers, today);
    let mut changed = form.clone();
    let mut carrier = Carrier::from(answers);
    match spot {
        Spot::Form => carrier.form(&mut changed),
        Spot::Page(id) => changed.page_mut(id).into_iter().for_each(|page| carrier.page(page)),
        Spot::List(id) => changed.group_mut(id).into_iter().for_each(|group| carrier.list(group)),
        Spot::Question(id) => changed.field_mut(id).into_iter().for_each(|field| carrier.question(field)),
        Spot::Declaration(id) => {
            changed.declarations.iter_mut().filter(|d| d.id == *id).for_each(|declaration| carrier.declaration(declaration));
        }
    }
    let faults = carrier.faults();
    let reading = Reading::new(sheet, answers, today);
    let asked = sheet.pages.iter().flat_map(|page| reading.visits(page));
    for visit in asked.filter(|visit| problems.iter().all(|problem| problem.key != visit.key)).collect::<Vec<_>>() {
        let fault = faults.iter().find(|(key, _)| *key == visit.key);
        problems.extend(fault.map(|(_, fault)| told(&visit, fault.clone())));
    }
    if problems.is_empty() {
        *form = changed;
        return Ok(());
    }
    Err(problems)
}
