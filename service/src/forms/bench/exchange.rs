//! Forms come in and go out: as one JSON document, or as a table of fields.

use super::build::used;
use super::{look, made, open, read};
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use domain::Refusal;
use domain::forms::Form;
use domain::forms::design::view::Stage;
use domain::forms::design::{MOST_THINGS, Work, take_table};
use domain::identity::permission::builder;
use domain::refusal::Thing;
use store::retry;

/// What a file on its way in held.
#[derive(Clone, Debug)]
pub enum Brought {
    /// A whole form, as [`export`] writes it.
    Form(String),
    /// A field list, cell by cell.
    Table(Vec<Vec<String>>),
}

/// Takes a file onto the bench: a form takes the place of what is there, a field list adds to it.
///
/// # Errors
/// What cannot be read is told with its place; nothing was taken.
pub async fn take_in(ask: &Ask, code: &str, brought: &Brought) -> Answer<()> {
    retry(|| take_in_once(ask, code, brought)).await
}

async fn take_in_once(ask: &Ask, code: &str, brought: &Brought) -> Answer<()> {
    let mut unit = ask.unit().await?;
    let mut open = open(ask, &mut unit, code).await?.at(Stage::Draft)?;
    builder(open.me.clone(), &open.units)?;
    open.notes.remarks.clear();
    match brought {
        Brought::Form(text) => open.work = Work::on(Form { id: open.work.form.id, ..form_of(text)? }),
        Brought::Table(table) => {
            let used = used(&mut unit, code).await?;
            let taken = take_table(&mut open.work, table, &used, ask.today()).map_err(|why| Refusal::TableUnread { why })?;
            open.notes.remarks = taken.remarks;
        }
    }
    open.save(ask, &mut unit).await?;
    Ok(unit.save().await?)
}

fn form_of(text: &str) -> Answer<Form> {
    let form = Form::from_json(text).map_err(|fault| Refusal::FormUnread {
        line: u32::try_from(fault.line()).unwrap_or(u32::MAX),
        column: u32::try_from(fault.column()).unwrap_or(u32::MAX),
        why: fault.to_string(),
    })?;
    if form.things().len() > MOST_THINGS {
        let why = domain::forms::design::EditFault::TooMany { max: u32::try_from(MOST_THINGS).unwrap_or(u32::MAX) };
        return Err(Refusal::Unbuilt { why }.into());
    }
    Ok(form)
}

/// The form on the bench, or the one in force, as one JSON document.
///
/// # Errors
/// For whoever may not look at the bench it does not exist.
pub async fn export(ask: &Ask, code: &str) -> Answer<String> {
    let mut tx = ask.store().read().await?;
    let (_, _, in_force) = look(ask, &mut tx, code).await?;
    let form = match made(&mut tx, code).await? {
        Some(row) => read(&row)?.0.form,
        None => in_force.form.clone().ok_or_else(|| Fault::missing(Thing::Page))?,
    };
    Ok(serde_json::to_string_pretty(&form)?)
}
