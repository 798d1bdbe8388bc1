//! Drafts end: announced three days before, then thrown away with their uploads and their key (design §4).

use super::drafts::throw_away;
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Hall};
use crate::notification;
use chrono::{DateTime, Duration, Utc};
use domain::Refusal;
use store::forms::drafts::{self as rows, DraftRow};
use store::{StoreFault, retry};
use uuid::Uuid;

/// How long before its end a draft is announced.
const NOTICE: Duration = Duration::days(3);
/// Drafts looked at in one round.
const ROUND: i64 = 200;

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Owners told that a draft is about to end.
    pub told: usize,
    /// Drafts thrown away.
    pub removed: usize,
}

/// Tell whose draft is about to end, and throw away what has ended. A draft saved meanwhile lives on. The caller holds the lease.
pub async fn sweep(hall: &Hall, at: DateTime<Utc>) -> Answer<Swept> {
    let ask = Ask::system(hall, at);
    let mut swept = Swept::default();
    let ending = rows::ending(&mut hall.store().glance().await?, at, at + NOTICE, ROUND).await?;
    for row in ending {
        swept.told += usize::from(done(retry(|| tell(&ask, &row)).await)?);
    }
    let expired = rows::expired(&mut hall.store().glance().await?, at, ROUND).await?;
    for id in expired {
        swept.removed += usize::from(done(retry(|| remove(&ask, id)).await)?);
    }
    retry(|| async {
        let mut unit = ask.unit().await?;
        store::forms::signatures::sweep(&mut unit, at).await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await?;
    Ok(swept)
}

/// Somebody saved or discarded it in the meantime: nothing to do, and nothing wrong.
fn done(answer: Answer<bool>) -> Answer<bool> {
    match answer {
        Err(Fault::Busy(StoreFault::Busy(_)) | Fault::Refused(Refusal::NotFound { .. })) => Ok(false),
        other => other,
    }
}

async fn tell(ask: &Ask, row: &DraftRow) -> Answer<bool> {
    let mut unit = ask.unit().await?;
    if !rows::told(&mut unit, row.id, row.expires_at).await? {
        return Ok(false);
    }
    let item = ask.hall.published().to_fill_in(&row.procedure_code).map(|p| p.item.name.clone());
    notification::tell_of_draft(&mut unit, ask, row, &item.unwrap_or_default()).await?;
    unit.save().await?;
    Ok(true)
}

async fn remove(ask: &Ask, id: Uuid) -> Answer<bool> {
    let mut unit = ask.unit().await?;
    // looked at again inside the unit: a save has given it another month
    let Some(row) = rows::find(&mut unit, id).await? else { return Ok(false) };
    if row.expires_at > ask.at {
        return Ok(false);
    }
    throw_away(&mut unit, id).await?;
    unit.save().await?;
    Ok(true)
}
