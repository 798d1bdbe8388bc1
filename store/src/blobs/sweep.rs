//! Removing files that no row names any more.

use std::{path::Path, time::Duration};

use super::Blobs;
use crate::{db::Db, fault::Result};

/// Names asked about in one statement.
const AT_ONCE: usize = 200;

/// Removes unnamed files, and unfinished ones, older than this; answers how many.
pub(crate) async fn sweep(db: &Db, blobs: &Blobs, older_than: Duration) -> Result<u64> {
    let mut removed = 0;
    for path in aged(&blobs.coming(), older_than).await? {
        tokio::fs::remove_file(blobs.coming().join(path)).await.ok();
        removed += 1;
    }
    let mut folders = tokio::fs::read_dir(blobs.folder().join("blobs")).await?;
    while let Some(folder) = folders.next_entry().await? {
        let names = aged(&folder.path(), older_than).await?;
        for names in names.chunks(AT_ONCE) {
            let named = named(db, names).await?;
            for name in names.iter().filter(|name| !named.contains(name)) {
                blobs.remove(name).await?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

async fn aged(folder: &Path, older_than: Duration) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut entries = tokio::fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        let age = entry.metadata().await?.modified()?.elapsed().unwrap_or_default();
        if age >= older_than {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

async fn named(db: &Db, names: &[String]) -> Result<Vec<String>> {
    let mut tx = db.glance().await?;
    let mut named: Vec<(String,)> = tx
        .build("select blob from uploads where blob in ")
        .list(names.iter().map(String::as_str))
        .push(" union all select blob from documents where blob in ")
        .list(names.iter().map(String::as_str))
        .all()
        .await?;
    Ok(named.drain(..).map(|(name,)| name).collect())
}
