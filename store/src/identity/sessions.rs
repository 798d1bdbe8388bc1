//! Sessions: small rows that come and go outside units of work. Only the hash of an id rests here, so
//! that a copy of the database lets nobody in.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::{
    db::{Db, Tx},
    fault::Result,
};

/// A session.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct SessionRow {
    /// [`hash_id`] of the cookie's value.
    pub id_hash: String,
    /// What it holds.
    pub data: Vec<u8>,
    /// Worth nothing from then on.
    pub expires_at: DateTime<Utc>,
}

/// The form in which a session's id rests.
pub fn hash_id(id: impl AsRef<[u8]>) -> String {
    hex::encode(Sha256::digest(id.as_ref()))
}

/// Adds a session; false when the id is taken (make another one).
pub async fn create(db: &Db, row: &SessionRow) -> Result<bool> {
    let mut tx = db.write().await?;
    let added = tx
        .query("insert into sessions (id_hash, data, expires_at) values ($1, $2, $3) on conflict (id_hash) do nothing")
        .bind(&row.id_hash)
        .bind(&row.data)
        .bind(row.expires_at)
        .changed()
        .await?;
    tx.save().await?;
    Ok(added)
}

/// Adds or changes a session.
pub async fn save(db: &Db, row: &SessionRow) -> Result<()> {
    let mut tx = db.write().await?;
    tx.query(
        "insert into sessions (id_hash, data, expires_at) values ($1, $2, $3)
         on conflict (id_hash) do update set data = excluded.data, expires_at = excluded.expires_at",
    )
    .bind(&row.id_hash)
    .bind(&row.data)
    .bind(row.expires_at)
    .execute()
    .await?;
    tx.save().await
}

/// A session that has not expired.
pub async fn load(db: &Db, id_hash: &str, now: DateTime<Utc>) -> Result<Option<SessionRow>> {
    let mut tx = db.glance().await?;
    find(&mut tx, id_hash, now).await
}

/// As [`load`], within a transaction at hand.
pub async fn find(tx: &mut Tx, id_hash: &str, now: DateTime<Utc>) -> Result<Option<SessionRow>> {
    tx.query("select id_hash, data, expires_at from sessions where id_hash = $1 and expires_at > $2")
        .bind(id_hash)
        .bind(now)
        .optional()
        .await
}

/// Ends a session; harmless when it is over.
pub async fn remove(db: &Db, id_hash: &str) -> Result<()> {
    let mut tx = db.write().await?;
    tx.query("delete from sessions where id_hash = $1").bind(id_hash).execute().await?;
    tx.save().await
}

/// Forgets what has expired; answers how many.
pub async fn remove_expired(db: &Db, now: DateTime<Utc>) -> Result<u64> {
    let mut tx = db.write().await?;
    let removed = tx.query("delete from sessions where expires_at <= $1").bind(now).execute().await?;
    tx.save().await?;
    Ok(removed)
}
