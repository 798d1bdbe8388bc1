//! The clock's own acts. A timer appends an event: deemed acceptance is never a fold that reads the clock (design §6).

use super::record::{load, perform};
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Hall};
use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::cases::{Case, Command, Doer};
use std::time::Duration;
use store::{Unit, cases, leases, retry};
use uuid::Uuid;

/// Cases looked at in one round.
const ROUND: i64 = 200;

/// Let time act on cases whose day has passed: silence accepts, an unanswered supplement notice ends the case.
/// One node at a time, under a lease. Returns how many cases moved.
pub async fn timers(hall: &Hall, at: DateTime<Utc>) -> Answer<usize> {
    let store = hall.store();
    if !leases::try_take(store.db(), "timers", store.node(), Duration::from_secs(120)).await? {
        return Ok(0);
    }
    let ask = Ask::system(hall, at);
    let due = cases::due_for_timer(&mut store.glance().await?, ask.today(), ROUND).await?;
    let mut moved = 0;
    for line in due {
        match retry(|| let_time_pass(&ask, line.id)).await {
            Ok(()) => moved += 1,
            // its last day is today, or somebody acted in the meantime: both are fine
            Err(Fault::Refused(Refusal::NotNow { .. } | Refusal::Stale)) => {}
            Err(fault) => tracing::error!(case = %line.number, "a timer could not act: {fault}"),
        }
    }
    Ok(moved)
}

async fn let_time_pass(ask: &Ask, id: Uuid) -> Answer<()> {
    let mut unit = ask.unit().await?;
    let_time_pass_in(ask, &mut unit, id).await?;
    Ok(unit.save().await?)
}

/// The clock's act on one case, in a unit that the caller saves; answers the case as it is then.
pub(crate) async fn let_time_pass_in(ask: &Ask, unit: &mut Unit, id: Uuid) -> Answer<Case> {
    let loaded = load(ask, unit, id).await?;
    Ok(perform(ask, unit, loaded, &Doer::Hall, Command::TimePassed).await?.0)
}
