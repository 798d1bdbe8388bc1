//! Keys of the open API: which account acts, and for whom.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::{Unit, db::Tx, fault::Result};

/// A key. What opens the door is known to its holder only.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct ApiKeyRow {
    /// UUIDv7.
    pub id: Uuid,
    /// [`hash_secret`] of the key.
    pub secret_hash: String,
    /// Whose acts these are.
    pub account_id: Uuid,
    /// The person or organisation acted for.
    pub party_id: Uuid,
    /// What its holder calls it: the system that uses it.
    pub name: String,
    pub created_at: DateTime<Utc>,
    /// Opens nothing from then on; never, without one.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// The form in which a key rests. A key holds 160 random bits, so a plain hash cannot be guessed back.
pub fn hash_secret(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// Adds a key.
pub async fn add(unit: &mut Unit, row: &ApiKeyRow) -> Result<()> {
    unit.query("insert into api_keys (id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at) values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(row.id)
        .bind(&row.secret_hash)
        .bind(row.account_id)
        .bind(row.party_id)
        .bind(&row.name)
        .bind(row.created_at)
        .bind(row.expires_at)
        .bind(row.revoked_at)
        .execute()
        .await?;
    Ok(())
}

/// Takes a key back; false when there is none, or it was taken back before.
pub async fn revoke(unit: &mut Unit, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    unit.query("update api_keys set revoked_at = $2 where id = $1 and revoked_at is null").bind(id).bind(at).changed().await
}

/// The key that hashes to this, also when it is over.
pub async fn find_by_secret(tx: &mut Tx, secret_hash: &str) -> Result<Option<ApiKeyRow>> {
    tx.query("select id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at from api_keys where secret_hash = $1")
        .bind(secret_hash)
        .optional()
        .await
}

/// Keys of an account, also those that are over, oldest first.
pub async fn list_by_account(tx: &mut Tx, account: Uuid) -> Result<Vec<ApiKeyRow>> {
    tx.query("select id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at from api_keys where account_id = $1 order by id limit 500")
        .bind(account)
        .all()
        .await
}
