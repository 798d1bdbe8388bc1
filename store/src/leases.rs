//! Leases: what must happen once across all servers is done by the holder.
//!
//! Time is the database's, so that nodes whose clocks differ agree. A lease only avoids needless
//! work twice; whatever is done under one must stay correct when two hold it for a moment.

use std::time::Duration;

use crate::{
    db::{Db, by_dialect},
    fault::Result,
};

/// Takes or renews a lease for a while; false while someone else holds it.
pub async fn try_take(db: &Db, name: &str, holder: &str, hold: Duration) -> Result<bool> {
    let mut tx = db.aside().await?;
    let millis = hold.as_millis().to_string();
    let taken: Option<(String,)> = tx
        .query(by_dialect(
            "insert into leases (name, holder, until)
             values ($1, $2, strftime('%Y-%m-%dT%H:%M:%f+00:00', julianday('now') + cast($3 as real) / 86400000.0))
             on conflict (name) do update set holder = excluded.holder, until = excluded.until
             where leases.holder = excluded.holder or leases.until <= strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')
             returning holder",
            "insert into leases (name, holder, until)
             values ($1, $2, clock_timestamp() + cast($3 || ' milliseconds' as interval))
             on conflict (name) do update set holder = excluded.holder, until = excluded.until
             where leases.holder = excluded.holder or leases.until <= clock_timestamp()
             returning holder",
        ))
        .bind(name)
        .bind(holder)
        .bind(millis)
        .optional()
        .await?;
    tx.save().await?;
    Ok(taken.is_some())
}

/// Gives a lease back; harmless when it is not held.
pub async fn release(db: &Db, name: &str, holder: &str) -> Result<()> {
    let mut tx = db.aside().await?;
    tx.query("delete from leases where name = $1 and holder = $2").bind(name).bind(holder).execute().await?;
    tx.save().await
}
