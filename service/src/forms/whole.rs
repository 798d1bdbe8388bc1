//! All answers of a form at once, as an organisation's own system sends them.

use super::drafts::{Open, change, held_about, load};
use super::lists::look_up_in;
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use chrono::NaiveDate;
use domain::Refusal;
use domain::forms::{Answers, Form, Problem, Stray, barred, file_key, pointer, prefill, ready, take_nested};
use domain::refusal::Thing;
use serde_json::{Map, Value};
use store::forms::drafts::DraftRow;
use store::retry;
use uuid::Uuid;

/// What the rules of a form say about a set of answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Judged {
    /// Some of it is no answer to this form; nothing was taken.
    Astray(Vec<Stray>),
    /// Read. What is still wrong, each with its place as a JSON pointer.
    Read(Vec<(String, Problem)>),
}

/// Judges answers without keeping them. Uploads cannot be shown here: that they are missing is among the problems.
///
/// # Errors
/// No such item, or one without a form.
pub fn judge(ask: &Ask, code: &str, given: &Map<String, Value>) -> Answer<Judged> {
    let procedure = ask.hall.published().procedure(code).ok_or_else(|| Fault::missing(Thing::Item))?;
    let form = procedure.form.as_ref().ok_or_else(|| Refusal::NotOnline { item: procedure.item.name.clone() })?;
    Ok(match take_nested(form, given, &Answers::default(), ask.today()) {
        Err(astray) => Judged::Astray(astray),
        Ok(mut answers) => {
            look_up_in(form, &Answers::default(), &mut answers);
            Judged::Read(placed(form, &answers, ask.today(), false))
        }
    })
}

/// Everything in the way of handing in; that the conditions do not hold is no matter of a supplement.
fn placed(form: &Form, answers: &Answers, day: NaiveDate, supplement: bool) -> Vec<(String, Problem)> {
    let barred = if supplement { Vec::new() } else { barred(form, answers, day) };
    barred.into_iter().chain(ready(form, answers, day)).map(|problem| (pointer(form, answers, &problem.key), problem)).collect()
}

/// What is wrong with a draft as it is, declarations included.
///
/// # Errors
/// No such draft of the asker's.
pub async fn problems(ask: &Ask, id: Uuid) -> Answer<Vec<(String, Problem)>> {
    let mut tx = ask.store().read().await?;
    let open = load(ask, &mut tx, id).await?;
    Ok(placed(open.form()?, &open.answers, open.day, open.row.case_id.is_some()))
}

/// Puts these answers in place of those of a draft, all or none. What the hall holds about the asker is filled in where they say
/// nothing; uploads stay, as [`take_nested`] says.
///
/// # Errors
/// No such draft of the asker's.
pub async fn replace(ask: &Ask, id: Uuid, given: &Map<String, Value>) -> Answer<Judged> {
    retry(|| replace_once(ask, id, given)).await
}

async fn replace_once(ask: &Ask, id: Uuid, given: &Map<String, Value>) -> Answer<Judged> {
    let mut unit = ask.unit().await?;
    let open = load(ask, &mut unit, id).await?;
    let form = open.form()?;
    let mut answers = match take_nested(form, given, &open.answers, open.day) {
        Ok(answers) => answers,
        Err(astray) => return Ok(Judged::Astray(astray)),
    };
    let held = held_about(ask, &mut unit, &open.me).await?;
    answers = prefill(form, &held, &answers, open.day);
    look_up_in(form, &open.answers, &mut answers);
    // whoever opens the draft in a browser sees what is wrong on every page
    let tried: Vec<String> = form.pages.iter().map(|page| page.id.clone()).collect();
    let judged = Judged::Read(placed(form, &answers, open.day, open.row.case_id.is_some()));
    // whoever sends all answers anew, and is told what is wrong with them, has met the form as it is now
    let row = DraftRow { procedure_version: open.procedure.version, ..open.row.clone() };
    change(ask, &mut unit, &Open { row, ..open }, &answers, &tried).await?;
    unit.save().await?;
    Ok(judged)
}

/// Takes every upload of a question out of a draft; `place` as programs write it ([`file_key`]). False when it is no question for
/// uploads.
///
/// # Errors
/// No such draft of the asker's.
pub async fn remove_files(ask: &Ask, id: Uuid, place: &str) -> Answer<bool> {
    retry(|| async {
        let mut unit = ask.unit().await?;
        let open = load(ask, &mut unit, id).await?;
        let Some(key) = file_key(open.form()?, &open.answers, place) else { return Ok(false) };
        let mut answers = open.answers.clone();
        if answers.files.remove(&key).is_some() {
            change(ask, &mut unit, &open, &answers, &open.tried()).await?;
            unit.save().await?;
        }
        Ok(true)
    })
    .await
}
