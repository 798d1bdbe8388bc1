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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_each_database;

    const LONG: Duration = Duration::from_secs(60);

    on_each_database! {
        async fn one_holds_it_until_it_ends_or_is_given_back(store) {
            let db = store.db();
            assert!(try_take(db, "x", "a", LONG).await.unwrap());
            assert!(!try_take(db, "x", "b", LONG).await.unwrap());
            assert!(try_take(db, "y", "b", LONG).await.unwrap());
            release(db, "x", "b").await.unwrap();
            assert!(!try_take(db, "x", "b", LONG).await.unwrap(), "only its holder gives it back");
            assert!(try_take(db, "x", "a", Duration::from_millis(200)).await.unwrap(), "renewed, shorter");
            assert!(!try_take(db, "x", "b", LONG).await.unwrap());
            tokio::time::sleep(Duration::from_millis(320)).await;
            assert!(try_take(db, "x", "b", LONG).await.unwrap(), "it ran out");
            release(db, "x", "b").await.unwrap();
            assert!(try_take(db, "x", "a", LONG).await.unwrap());
        }

        async fn of_many_at_once_one_gets_it(store) {
            let mut tries = Vec::new();
            for n in 0..16 {
                let db = store.db().clone();
                tries.push(tokio::spawn(async move { try_take(&db, "x", &n.to_string(), LONG).await.unwrap() }));
            }
            let mut taken = 0;
            for one in tries {
                taken += usize::from(one.await.unwrap());
            }
            assert_eq!(taken, 1);
        }
    }
}
