//! Coming into force.

use super::read;
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Hall};
use chrono::{DateTime, Utc};
use serde_json::json;
use store::catalogue::procedures::{self, ProcedureFilter, ProcedureRow};
use store::{NewEvent, Unit, retry};

/// Versions looked at in one round; there are never many that wait for their day.
const ROUND: i64 = 200;

/// Brings into force what was approved for today or before. How many. Two nodes at once are harmless: each version is looked at again
/// inside its unit.
pub async fn come_into_force(hall: &Hall, at: DateTime<Utc>) -> Answer<usize> {
    let ask = Ask::system(hall, at);
    let waiting = ProcedureFilter { states: vec!["reviewed".into()], ..ProcedureFilter::default() };
    let waiting = procedures::list(&mut hall.store().glance().await?, &waiting, None, ROUND).await?;
    let mut done = 0;
    for line in waiting.rows {
        done += usize::from(retry(|| publish_due(&ask, &line.code, line.version)).await?);
    }
    if done > 0 {
        hall.reload().await?;
    }
    Ok(done)
}

async fn publish_due(ask: &Ask, code: &str, version: i64) -> Answer<bool> {
    let mut unit = ask.unit().await?;
    // looked at again inside the unit: it may have been given back meanwhile
    let row = procedures::find(&mut unit, code, version).await?.filter(|row| row.state == "reviewed");
    let Some(row) = row else { return Ok(false) };
    let (_, notes) = read(&row)?;
    if notes.from.is_none_or(|from| from > ask.today()) {
        return Ok(false);
    }
    publish_in(ask, &mut unit, row).await?;
    unit.save().await?;
    Ok(true)
}

/// Takes the place of the version in force, in a unit that the caller saves. Every node hears of it by the log.
pub(super) async fn publish_in(ask: &Ask, unit: &mut Unit, mut row: ProcedureRow) -> Answer<()> {
    let body = row.body.as_object_mut().ok_or_else(|| Fault::broken("a version without a body"))?;
    body.remove("bench");
    row.changed_at = ask.at;
    procedures::change(unit, &row).await?;
    procedures::publish(unit, &row.code, row.version, ask.at).await?;
    crate::joint::renew_in(unit, ask.at).await?;
    unit.append(NewEvent::new("procedure", &row.code, "published", json!({ "version": row.version })).at(ask.at));
    Ok(())
}
