//! The bench: forms in the making. An editor changes a copy of the version in force, a colleague looks it over, and on its day it takes
//! the other's place. Nobody who is filling in is held up by any of it.

mod build;
mod exchange;
mod force;
mod pages;
mod review;

pub use build::{Sheet, begin, change, save_sheet, throw_away};
pub use exchange::{Brought, export, take_in};
pub use force::come_into_force;
pub use pages::{bench, forms};
pub use review::{approve, give_back, hand_in};

use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Procedure};
use chrono::{DateTime, NaiveDate, Utc};
use domain::Refusal;
use domain::forms::design::view::Stage;
use domain::forms::design::{Remark, Spot, Work};
use domain::forms::{Answers, Form};
use domain::identity::permission::{AsStaff, as_staff, sees_bench};
use domain::refusal::Thing;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::catalogue::procedures::{self, ProcedureRow};
use store::identity::units;
use store::{Tx, Unit};
use uuid::Uuid;

/// Levels of offices above one, province included.
const MOST_LEVELS: usize = 10;

/// What is kept of a version in the making, beside its item, form and flow; gone once it is in force.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Notes {
    /// Sheets that do not read yet, as they were typed.
    unread: BTreeMap<Spot, Answers>,
    /// What open windows saved last.
    windows: BTreeMap<String, String>,
    /// Sheets somebody tried to finish: what is wrong with them is told.
    tried: BTreeSet<Spot>,
    handed_in: Option<HandedIn>,
    /// The day it comes into force.
    from: Option<NaiveDate>,
    /// Why it was given back.
    returned: Option<String>,
    /// What was odd about the last field list that was taken in.
    remarks: Vec<Remark>,
}

/// Who handed a version in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct HandedIn {
    account: Uuid,
    name: String,
    at: DateTime<Utc>,
}

/// A version in the making, opened.
struct OnBench {
    me: AsStaff,
    /// The office whose form it is, and those above.
    units: Vec<Uuid>,
    in_force: Arc<Procedure>,
    row: ProcedureRow,
    work: Work,
    notes: Notes,
}

impl OnBench {
    fn stage(&self) -> Stage {
        stage_of(&self.row.state).unwrap_or(Stage::Published)
    }

    /// Goes on only at this step.
    fn at(self, stage: Stage) -> Answer<Self> {
        if self.stage() == stage { Ok(self) } else { Err(Refusal::NotOnBench.into()) }
    }

    /// Writes it back.
    async fn save(mut self, ask: &Ask, unit: &mut Unit) -> Answer<()> {
        (self.notes.unread, self.notes.windows) = (self.work.unread, self.work.windows);
        let body = self.row.body.as_object_mut().ok_or_else(|| Fault::broken("a version without a body"))?;
        body.insert("form".into(), serde_json::to_value(&self.work.form)?);
        body.insert("bench".into(), serde_json::to_value(&self.notes)?);
        self.row.changed_at = ask.at;
        if !procedures::change(unit, &self.row).await? {
            return Err(Fault::broken("a version that is gone"));
        }
        Ok(())
    }
}

fn stage_of(state: &str) -> Option<Stage> {
    match state {
        "draft" => Some(Stage::Draft),
        "submitted" => Some(Stage::Submitted),
        "reviewed" => Some(Stage::Reviewed),
        _ => None,
    }
}

/// The form in force, with the office it belongs to and those above; for whoever may look at the bench.
async fn look(ask: &Ask, tx: &mut Tx, code: &str) -> Answer<(AsStaff, Vec<Uuid>, Arc<Procedure>)> {
    let me = as_staff(&ask.actor)?;
    let procedure = ask.hall.published().procedure(code).filter(|p| p.form.is_some());
    let procedure = procedure.ok_or_else(|| Fault::missing(Thing::Page))?;
    let units = upwards(tx, procedure.unit).await?;
    Ok((sees_bench(me, &units)?, units, procedure))
}

/// Whether the asker may look at this bench at all: asked by doors before they read what was sent.
///
/// # Errors
/// For strangers it does not exist.
pub async fn may_look(ask: &Ask, code: &str) -> Answer<()> {
    look(ask, &mut ask.store().read().await?, code).await.map(drop)
}

/// A unit and those above it.
async fn upwards(tx: &mut Tx, from: Option<Uuid>) -> Answer<Vec<Uuid>> {
    let (mut found, mut next) = (Vec::new(), from);
    while let Some(id) = next.filter(|_| found.len() < MOST_LEVELS) {
        found.push(id);
        next = units::find(tx, id).await?.and_then(|unit| unit.parent_id);
    }
    Ok(found)
}

/// The version in the making, if there is one.
async fn made(tx: &mut Tx, code: &str) -> Answer<Option<ProcedureRow>> {
    Ok(procedures::newest(tx, code).await?.filter(|row| stage_of(&row.state).is_some()))
}

/// Opens the version in the making.
async fn open(ask: &Ask, tx: &mut Tx, code: &str) -> Answer<OnBench> {
    let (me, units, in_force) = look(ask, tx, code).await?;
    let row = made(tx, code).await?.ok_or(Refusal::NotOnBench)?;
    let (work, notes) = read(&row)?;
    Ok(OnBench { me, units, in_force, row, work, notes })
}

fn read(row: &ProcedureRow) -> Answer<(Work, Notes)> {
    let part = |name: &str| row.body.get(name).cloned().unwrap_or(Value::Null);
    let form: Form = serde_json::from_value(part("form"))?;
    let mut notes: Notes = serde_json::from_value(part("bench"))?;
    let (unread, windows) = (std::mem::take(&mut notes.unread), std::mem::take(&mut notes.windows));
    Ok((Work { form, unread, windows }, notes))
}
