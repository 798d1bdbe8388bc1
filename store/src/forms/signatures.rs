//! Signatures of people besides whoever fills a draft in. Mutable rows as drafts are: what was signed goes into the case.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    page::bounded,
    seal::{Place, Sealed},
};

/// Where what was signed rests, under the draft's key.
pub const SUBSTANCE: Place = Place::new("signatures", "substance");
/// Where the words rest with which a draft was given back.
pub const WORDS: Place = Place::new("signatures", "words");

/// Somebody asked to sign.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct SignatureRow {
    /// UUIDv7; part of the address of the page on which they sign.
    pub id: Uuid,
    pub draft_id: Uuid,
    /// As whom the form asks for them: one row each.
    pub signer: String,
    /// Blind index of their number.
    pub digest: String,
    /// `asked`, `signed` or `returned`.
    pub state: String,
    /// The account that asked.
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    /// Until when they may answer.
    pub expires_at: DateTime<Utc>,
    /// The account that answered.
    pub account_id: Option<Uuid>,
    pub answered_at: Option<DateTime<Utc>>,
    /// Fingerprint of what was signed last; empty before.
    pub hash: String,
    /// What was signed last, sealed at [`SUBSTANCE`].
    pub substance: Option<Sealed>,
    /// Why it was given back, sealed at [`WORDS`].
    pub words: Option<Sealed>,
}

/// Asks somebody.
pub async fn add(unit: &mut Unit, row: &SignatureRow) -> Result<()> {
    unit.query(
        "insert into signatures (id, draft_id, signer, digest, state, asked_by, asked_at, expires_at, account_id, answered_at, hash, substance, words) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(row.id)
    .bind(row.draft_id)
    .bind(&row.signer)
    .bind(&row.digest)
    .bind(&row.state)
    .bind(row.asked_by)
    .bind(row.asked_at)
    .bind(row.expires_at)
    .bind(row.account_id)
    .bind(row.answered_at)
    .bind(&row.hash)
    .bind(&row.substance)
    .bind(&row.words)
    .execute()
    .await?;
    Ok(())
}

/// Writes what came of it; who was asked as whom stays.
pub async fn change(unit: &mut Unit, row: &SignatureRow) -> Result<bool> {
    unit.query(
        "update signatures set state = $2, asked_by = $3, asked_at = $4, expires_at = $5, account_id = $6, answered_at = $7, hash = $8, substance = $9, words = $10 where id = $1",
    )
    .bind(row.id)
    .bind(&row.state)
    .bind(row.asked_by)
    .bind(row.asked_at)
    .bind(row.expires_at)
    .bind(row.account_id)
    .bind(row.answered_at)
    .bind(&row.hash)
    .bind(&row.substance)
    .bind(&row.words)
    .changed()
    .await
}

/// One of them.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<SignatureRow>> {
    tx.query("select id, draft_id, signer, digest, state, asked_by, asked_at, expires_at, account_id, answered_at, hash, substance, words from signatures where id = $1")
        .bind(id)
        .optional()
        .await
}

/// All of a draft.
pub async fn list_by_draft(tx: &mut Tx, draft: Uuid) -> Result<Vec<SignatureRow>> {
    tx.query("select id, draft_id, signer, digest, state, asked_by, asked_at, expires_at, account_id, answered_at, hash, substance, words from signatures where draft_id = $1 order by id limit 200")
        .bind(draft)
        .all()
        .await
}

/// Those that wait for whoever has this number.
pub async fn list_waiting(tx: &mut Tx, digest: &str, now: DateTime<Utc>, limit: i64) -> Result<Vec<SignatureRow>> {
    tx.query("select id, draft_id, signer, digest, state, asked_by, asked_at, expires_at, account_id, answered_at, hash, substance, words from signatures where digest = $1 and state = 'asked' and expires_at > $2 order by id desc limit $3")
        .bind(digest)
        .bind(now)
        .bind(bounded(limit))
        .all()
        .await
}

/// Takes one back.
pub async fn remove(unit: &mut Unit, id: Uuid) -> Result<bool> {
    unit.query("delete from signatures where id = $1").bind(id).changed().await
}

/// All of a draft go with it.
pub async fn remove_of(unit: &mut Unit, draft: Uuid) -> Result<u64> {
    unit.query("delete from signatures where draft_id = $1").bind(draft).execute().await
}

/// Forgets whom nobody answered in time; whoever signed before and was asked again too. Answers how many.
pub async fn sweep(unit: &mut Unit, now: DateTime<Utc>) -> Result<u64> {
    unit.query("delete from signatures where state = 'asked' and expires_at <= $1").bind(now).execute().await
}
