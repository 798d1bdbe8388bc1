//! Filling an empty place from a backup: proven before, proven after, all or nothing.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{
    files::{self, Copied},
    manifest::Manifest,
    rows,
    tables::{TABLES, Table},
};
use crate::{
    Store,
    blobs::Blobs,
    db::Tx,
    fault::{Result, StoreFault},
    log, migrate,
};

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Rows in all.
    pub rows: u64,
    /// Files in all.
    pub blobs: u64,
    /// Where the log ends now.
    pub position: i64,
    /// Where this place last marked the end of its log before, when that is later: what happened
    /// between is not in the backup. Tell whoever restores.
    pub marked_later: Option<i64>,
}

/// Restores into the store's empty database and files.
pub(crate) async fn restore(store: &Store, from: &Path, now: DateTime<Utc>) -> Result<Restored> {
    let manifest = Manifest::read(from, store.keys())?;
    if manifest.rungs != migrate::versions() {
        return Err(StoreFault::Backup(
            "it was made on other rungs of the ladder; restore it with the program that made it, then upgrade".into(),
        ));
    }
    let blobs = prove(from.to_owned(), manifest.clone()).await?;
    empty_files(store.blobs(), &blobs)?;
    migrate::run(store.db()).await?;
    let mut tx = store.db().write().await?;
    empty_database(&mut tx).await?;

    let mut many = 0;
    for table in TABLES {
        many += load(&mut tx, table, from).await?;
    }
    if many != manifest.rows {
        return Err(StoreFault::Backup(format!("{} rows expected, {many} found", manifest.rows)));
    }
    // Proven inside the transaction: a backup whose log does not hold is never accepted.
    let report = log::check(&mut tx, &[], store.keys()).await?;
    if !report.sound() || report.position != manifest.position || report.chain != manifest.chain {
        let why = report.faults.first().map_or("its end is not the one in the manifest".into(), ToString::to_string);
        return Err(StoreFault::Backup(format!("its log does not hold: {why}")));
    }
    copy_blobs(store.blobs().clone(), from.to_owned(), blobs).await?;
    tx.save().await?;
    if store.db().is_embedded() {
        // What waited for PostgreSQL's sequencer would wait for ever here.
        while log::sequence(store.db()).await? > 0 {}
    }

    let marked_later =
        store.checkpoints().read()?.last().map(|mark| mark.position).filter(|position| *position > manifest.position);
    let head = log::head(&mut store.glance().await?).await?;
    store.checkpoints().restart(&head, store.keys(), now)?;
    Ok(Restored { rows: many, blobs: manifest.blobs, position: head.position, marked_later })
}

/// Proves every file of the backup; answers the list of blobs.
async fn prove(from: std::path::PathBuf, manifest: Manifest) -> Result<Vec<Copied>> {
    let proving = tokio::task::spawn_blocking(move || {
        for copied in &manifest.files {
            files::prove(&from.join(&copied.name), copied)?;
        }
        for name in TABLES.iter().map(|table| format!("tables/{}.jsonl", table.name)).chain(["blobs.jsonl".into()]) {
            if !manifest.files.iter().any(|copied| copied.name == name) {
                return Err(StoreFault::Backup(format!("the manifest does not list {name}")));
            }
        }
        let mut blobs = Vec::new();
        for line in BufReader::new(File::open(from.join("blobs.jsonl"))?).lines() {
            let copied: Copied = serde_json::from_str(&line?).map_err(|e| StoreFault::Backup(format!("blobs.jsonl: {e}")))?;
            files::prove(&blob_path(&from, &copied.name)?, &copied)?;
            blobs.push(copied);
        }
        if blobs.len() as u64 != manifest.blobs {
            return Err(StoreFault::Backup(format!("{} files expected, {} listed", manifest.blobs, blobs.len())));
        }
        Ok(blobs)
    });
    proving.await.map_err(|e| StoreFault::Backup(e.to_string()))?
}

fn blob_path(from: &Path, name: &str) -> Result<std::path::PathBuf> {
    let folder = name.get(..2).ok_or_else(|| StoreFault::Backup(format!("{name:?} is no name of a file")))?;
    Ok(from.join("blobs").join(folder).join(name))
}

/// Files of this very backup may be there, from a restore that was cut off; any other may not.
fn empty_files(blobs: &Blobs, coming: &[Copied]) -> Result<()> {
    let coming: BTreeSet<&str> = coming.iter().map(|copied| copied.name.as_str()).collect();
    for folder in std::fs::read_dir(blobs.folder().join("blobs"))? {
        for file in std::fs::read_dir(folder?.path())? {
            let name = file?.file_name().to_string_lossy().into_owned();
            if !coming.contains(name.trim_end_matches(".copying")) {
                return Err(StoreFault::NotEmpty { what: format!("the file store holds {name}") });
            }
        }
    }
    Ok(())
}

async fn empty_database(tx: &mut Tx) -> Result<()> {
    for table in TABLES {
        let mut any = false;
        tx.query(table.select)
            .each(|_| {
                any = true;
                Err(StoreFault::Gone)
            })
            .await
            .or_else(|fault| if any { Ok(()) } else { Err(fault) })?;
        if any {
            return Err(StoreFault::NotEmpty { what: format!("table {} holds rows", table.name) });
        }
    }
    Ok(())
}

async fn load(tx: &mut Tx, table: &Table, from: &Path) -> Result<u64> {
    let file = BufReader::new(File::open(from.join("tables").join(format!("{}.jsonl", table.name)))?);
    let (mut many, mut waiting) = (0, Vec::new());
    for line in file.lines() {
        let line: Vec<Value> =
            serde_json::from_str(&line?).map_err(|e| StoreFault::Backup(format!("table {}: {e}", table.name)))?;
        waiting.push(line);
        many += 1;
        if waiting.len() == 1000 {
            rows::insert(tx, table, &waiting).await?;
            waiting.clear();
        }
    }
    rows::insert(tx, table, &waiting).await?;
    Ok(many)
}

async fn copy_blobs(blobs: Blobs, from: std::path::PathBuf, list: Vec<Copied>) -> Result<()> {
    let copying = tokio::task::spawn_blocking(move || {
        for copied in &list {
            files::copy(&blob_path(&from, &copied.name)?, &blobs.path(&copied.name)?, &copied.name)?;
        }
        Ok(())
    });
    copying.await.map_err(|e| StoreFault::Backup(e.to_string()))?
}
