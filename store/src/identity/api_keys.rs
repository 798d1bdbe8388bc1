//! Keys of the open API: which account acts, and for whom.

use chrono::{DateTime, NaiveDate, Utc};
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
    /// Its last characters, by which its holder tells it from another.
    pub tail: Option<String>,
    /// The last day on which it opened something.
    pub last_used_on: Option<NaiveDate>,
}

/// The form in which a key rests. A key holds 160 random bits, so a plain hash cannot be guessed back.
pub fn hash_secret(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// Adds a key.
pub async fn add(unit: &mut Unit, row: &ApiKeyRow) -> Result<()> {
    unit.query(
        "insert into api_keys (id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at, tail, last_used_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(row.id)
    .bind(&row.secret_hash)
    .bind(row.account_id)
    .bind(row.party_id)
    .bind(&row.name)
    .bind(row.created_at)
    .bind(row.expires_at)
    .bind(row.revoked_at)
    .bind(&row.tail)
    .bind(row.last_used_on)
    .execute()
    .await?;
    Ok(())
}

/// Takes a key back; false when there is none, or it was taken back before.
pub async fn revoke(unit: &mut Unit, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    unit.query("update api_keys set revoked_at = $2 where id = $1 and revoked_at is null").bind(id).bind(at).changed().await
}

/// Notes the day a key was used; false when that day, or a later one, is noted already.
pub async fn note_use(unit: &mut Unit, id: Uuid, day: NaiveDate) -> Result<bool> {
    unit.query("update api_keys set last_used_on = $2 where id = $1 and (last_used_on is null or last_used_on < $3)")
        .bind(id)
        .bind(day)
        .bind(day)
        .changed()
        .await
}

/// A key, also when it is over.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<ApiKeyRow>> {
    tx.query(
        "select id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at, tail, last_used_on
         from api_keys where id = $1",
    )
    .bind(id)
    .optional()
    .await
}

/// The key that hashes to this, also when it is over.
pub async fn find_by_secret(tx: &mut Tx, secret_hash: &str) -> Result<Option<ApiKeyRow>> {
    tx.query(
        "select id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at, tail, last_used_on
         from api_keys where secret_hash = $1",
    )
    .bind(secret_hash)
    .optional()
    .await
}

/// Keys of an account, also those that are over, oldest first.
pub async fn list_by_account(tx: &mut Tx, account: Uuid) -> Result<Vec<ApiKeyRow>> {
    tx.query(
        "select id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at, tail, last_used_on
         from api_keys where account_id = $1 order by id limit 500",
    )
    .bind(account)
    .all()
    .await
}

/// Keys that act for a party and are in force, oldest first. Who makes them keeps them few.
pub async fn list_in_force(tx: &mut Tx, party: Uuid, at: DateTime<Utc>) -> Result<Vec<ApiKeyRow>> {
    tx.query(
        "select id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at, tail, last_used_on
         from api_keys where party_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2) order by id limit 500",
    )
    .bind(party)
    .bind(at)
    .all()
    .await
}

/// The newest keys that acted for a party and are over, newest first.
pub async fn list_over(tx: &mut Tx, party: Uuid, at: DateTime<Utc>, most: i64) -> Result<Vec<ApiKeyRow>> {
    tx.query(
        "select id, secret_hash, account_id, party_id, name, created_at, expires_at, revoked_at, tail, last_used_on
         from api_keys where party_id = $1 and (revoked_at is not null or expires_at <= $2) order by id desc limit $3",
    )
    .bind(party)
    .bind(at)
    .bind(most)
    .all()
    .await
}
