//! Changing a form: a sheet at a time, or by adding, moving and taking away.

use super::{Notes, look, made, open};
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use domain::Refusal;
use domain::forms::design::view::Stage;
use domain::forms::design::{Edit, Spot};
use domain::forms::{Form, PageAct};
use domain::identity::permission::builder;
use domain::refusal::Thing;
use serde_json::json;
use std::collections::BTreeSet;
use store::catalogue::procedures::{self, ProcedureRow};
use store::{NewEvent, Tx, retry};

/// A sheet as it was posted.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    pub spot: Spot,
    /// Which page of the sheet.
    pub page: &'a str,
    pub pairs: &'a [(String, String)],
}

/// Puts a copy of the version in force on the bench. One that is there already stays.
///
/// # Errors
/// Only editors of the office, or of one above it, build its forms.
pub async fn begin(ask: &Ask, code: &str) -> Answer<()> {
    retry(|| begin_once(ask, code)).await
}

async fn begin_once(ask: &Ask, code: &str) -> Answer<()> {
    let mut unit = ask.unit().await?;
    let (me, units, _) = look(ask, &mut unit, code).await?;
    builder(me, &units)?;
    if made(&mut unit, code).await?.is_some() {
        return Ok(());
    }
    let newest = procedures::newest(&mut unit, code).await?.map_or(0, |row| row.version);
    let in_force = procedures::find_published(&mut unit, code).await?.ok_or_else(|| Fault::missing(Thing::Page))?;
    let mut body = in_force.body.clone();
    let version = newest + 1;
    body["item"]["version"] = json!(version);
    body["bench"] = serde_json::to_value(Notes::default())?;
    let (state, published_at, retired_at) = ("draft".to_owned(), None, None);
    let row = ProcedureRow { version, state, body, published_at, retired_at, changed_at: ask.at, ..in_force };
    procedures::add(&mut unit, &row).await?;
    unit.append(NewEvent::new("procedure", code, "begun", json!({ "version": version })).at(ask.at));
    Ok(unit.save().await?)
}

/// Takes a page of a sheet and does what its button says.
///
/// # Errors
/// Not on the bench.
pub async fn save_sheet(ask: &Ask, code: &str, posted: &Sheet<'_>) -> Answer<()> {
    retry(|| save_sheet_once(ask, code, posted)).await
}

async fn save_sheet_once(ask: &Ask, code: &str, Sheet { spot, page, pairs }: &Sheet<'_>) -> Answer<()> {
    let mut unit = ask.unit().await?;
    let mut open = open(ask, &mut unit, code).await?.at(Stage::Draft)?;
    builder(open.me.clone(), &open.units)?;
    let problems = open.work.post(spot, page, pairs, ask.today()).ok_or_else(|| Fault::missing(Thing::Page))?;
    if problems.is_empty() {
        open.notes.tried.remove(spot);
    } else if !PageAct::is_autosave(pairs) && PageAct::of_pairs(pairs) == PageAct::Save {
        open.notes.tried.insert(spot.clone());
    }
    open.save(ask, &mut unit).await?;
    Ok(unit.save().await?)
}

/// Adds, moves or takes away. Where to look then.
///
/// # Errors
/// Not on the bench, or the edit cannot be: nothing was changed.
pub async fn change(ask: &Ask, code: &str, edit: &Edit) -> Answer<Spot> {
    retry(|| change_once(ask, code, edit)).await
}

async fn change_once(ask: &Ask, code: &str, edit: &Edit) -> Answer<Spot> {
    let mut unit = ask.unit().await?;
    let mut open = open(ask, &mut unit, code).await?.at(Stage::Draft)?;
    builder(open.me.clone(), &open.units)?;
    let used = used(&mut unit, code).await?;
    let next = open.work.edit(edit, &used).map_err(|why| Refusal::Unbuilt { why })?;
    open.save(ask, &mut unit).await?;
    unit.save().await?;
    Ok(next)
}

/// Every id that any version of this form ever gave away.
pub(super) async fn used(tx: &mut Tx, code: &str) -> Answer<BTreeSet<String>> {
    let mut used = BTreeSet::new();
    for line in procedures::versions(tx, code).await? {
        let Some(row) = procedures::find(tx, code, line.version).await? else { continue };
        if let Some(form) = row.body.get("form").filter(|form| !form.is_null()) {
            used.extend(serde_json::from_value::<Form>(form.clone())?.ids());
        }
    }
    Ok(used)
}

/// Throws the version in the making away; the one in force stays.
///
/// # Errors
/// Only editors; not what was handed in.
pub async fn throw_away(ask: &Ask, code: &str) -> Answer<()> {
    retry(|| async {
        let mut unit = ask.unit().await?;
        let open = open(ask, &mut unit, code).await?.at(Stage::Draft)?;
        builder(open.me.clone(), &open.units)?;
        let version = open.row.version;
        let row = ProcedureRow { state: "retired".into(), retired_at: Some(ask.at), changed_at: ask.at, ..open.row };
        procedures::change(&mut unit, &row).await?;
        unit.append(NewEvent::new("procedure", code, "dropped", json!({ "version": version })).at(ask.at));
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}
