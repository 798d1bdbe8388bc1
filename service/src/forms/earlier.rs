//! Filling in a form as an earlier case of the same matter was filled in.

use super::lists::look_up_anew_in;
use crate::cases::{answers_of, load, loaded};
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use domain::clock::hall_day;
use domain::forms::view::EarlierLine;
use domain::forms::{Answers, Form, Shape, split_key};
use domain::identity::permission::{AsApplicant, as_applicant, owner};
use domain::refusal::Thing;
use store::Tx;
use store::cases as rows;
use uuid::Uuid;

/// Earlier cases that are offered.
const MOST: i64 = 5;

/// The newest cases of this matter that the asker's acting party has handed in.
///
/// # Errors
/// Not for those who are not applicants.
pub async fn earlier(ask: &Ask, code: &str) -> Answer<Vec<EarlierLine>> {
    let me = as_applicant(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let mut lines = Vec::new();
    for row in rows::list_by_party(&mut tx, me.party.id, Some(code), None, MOST).await?.rows {
        let loaded = loaded(ask, &mut tx, row).await?;
        lines.push(EarlierLine {
            case: loaded.case.id,
            number: loaded.row.number.clone(),
            situation: loaded.case.situation.as_ref().map(|label| ask.situation(code, label)),
            on: hall_day(loaded.row.submitted_at),
        });
    }
    Ok(lines)
}

/// The answers of an earlier case, as the beginning of a new draft of this form: all that is asked still. What was uploaded and
/// agreed to then is not carried, nor what a certificate said: that is looked up anew.
///
/// # Errors
/// No such case of the asker's and of this matter.
pub(super) async fn answers_from(
    ask: &Ask,
    tx: &mut Tx,
    me: &AsApplicant,
    code: &str,
    case: Uuid,
    form: &Form,
) -> Answer<Answers> {
    let loaded = load(ask, tx, case).await?;
    owner(me.clone(), loaded.case.applicant.party, Thing::Case)?;
    if loaded.row.procedure_code != code {
        return Err(Fault::missing(Thing::Case));
    }
    let then = answers_of(ask, tx, &loaded.case).await?;
    let mut answers = Answers { rows: then.rows, spent: then.spent, ..Answers::default() };
    answers.rows.retain(|group, _| form.group(group).is_some());
    for (key, said) in then.values {
        let (field, row) = split_key(&key);
        let Some(place) = form.place(field) else { continue };
        let entry = match (place.group, row) {
            (Some(group), Some(row)) => answers.rows(&group.id).iter().any(|r| r == row),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let typed = !matches!(place.field.kind.shape(), Shape::Files | Shape::WorkedOut);
        if entry && typed {
            // what came from a source then is brought up to date by it, or taken back
            let origin = then.origins.get(&key).cloned().unwrap_or_else(|| format!("case.{}", loaded.row.number));
            answers.origins.insert(key.clone(), origin);
            answers.set_many(key, said);
        }
    }
    if let Some(was) = &loaded.procedure.form {
        look_up_anew_in(was, form, &mut answers);
    }
    Ok(answers)
}
