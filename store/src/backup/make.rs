//! Making a backup while the hall serves.

use std::{collections::BTreeSet, path::Path, time::Duration};

use chrono::{DateTime, Utc};

use super::{
    FILES,
    files::{self, Copied, Lines},
    manifest::{FORM, Manifest},
    rows,
    tables::TABLES,
};
use crate::{
    Store,
    db::Tx,
    fault::{Result, StoreFault},
    leases, log, migrate,
};

/// A backup may take this long; nobody sweeps files meanwhile.
const LONGEST: Duration = Duration::from_secs(6 * 3600);

/// Writes a backup into a folder that is not there yet, or empty.
pub(crate) async fn make(store: &Store, into: &Path, now: DateTime<Utc>) -> Result<Manifest> {
    std::fs::create_dir_all(into)?;
    if std::fs::read_dir(into)?.next().is_some() {
        return Err(StoreFault::NotEmpty { what: format!("{} holds files already", into.display()) });
    }
    if !migrate::state(store.db()).await?.ready() {
        return Err(StoreFault::Backup("the database is not on this program's ladder; migrate first".into()));
    }
    let holder = format!("{} backs up", store.node());
    let mut taken = false;
    for _ in 0..60 {
        taken = leases::try_take(store.db(), FILES, &holder, LONGEST).await?;
        if taken {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    if !taken {
        return Err(StoreFault::Busy("another backup, or a sweep of files, is under way".into()));
    }
    let made = copy_all(store, into, now).await;
    leases::release(store.db(), FILES, &holder).await?;
    made
}

async fn copy_all(store: &Store, into: &Path, now: DateTime<Utc>) -> Result<Manifest> {
    // One transaction: every table as it was at one moment.
    let mut tx = store.read().await?;
    let (mut copied, mut many) = (Vec::new(), 0);
    for table in TABLES {
        let mut lines = Lines::create(into, &format!("tables/{}.jsonl", table.name))?;
        tx.query(table.select)
            .each(|row| {
                many += 1;
                lines.add(&rows::line(table, &row)?)
            })
            .await?;
        copied.push(lines.finish()?);
    }
    let head = log::head(&mut tx).await?;
    let (pending,): (i64,) = tx.query("select count(*) from pending").one().await?;
    let names = blob_names(&mut tx).await?;
    drop(tx);

    // Files never change once they are there, so they can be copied after that moment.
    let (blobs, list) = copy_blobs(store, into, names).await?;
    copied.push(list);
    let manifest = Manifest {
        form: FORM,
        made_at: now,
        made_from: if store.db().is_embedded() { "sqlite" } else { "postgres" }.into(),
        rungs: migrate::versions(),
        position: head.position,
        chain: hex::encode(head.chain),
        pending,
        rows: many,
        blobs,
        files: copied,
        key: String::new(),
        signature: String::new(),
    };
    manifest.write(into, store.keys())
}

async fn blob_names(tx: &mut Tx) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    tx.query("select blob from uploads union all select blob from documents where blob is not null")
        .each(|row| {
            names.insert(row.get::<String>(0)?);
            Ok(())
        })
        .await?;
    Ok(names)
}

async fn copy_blobs(store: &Store, into: &Path, names: BTreeSet<String>) -> Result<(u64, Copied)> {
    let (blobs, into) = (store.blobs().clone(), into.to_owned());
    let copying = tokio::task::spawn_blocking(move || {
        let mut list = Lines::create(&into, "blobs.jsonl")?;
        for name in &names {
            let from = blobs.path(name)?;
            if !from.exists() {
                return Err(StoreFault::Backup(format!("file {name} is named by a row but is not there")));
            }
            list.add(&files::copy(&from, &into.join("blobs").join(&name[..2]).join(name), name)?)?;
        }
        Ok((names.len() as u64, list.finish()?))
    });
    copying.await.map_err(|e| StoreFault::Backup(e.to_string()))?
}
