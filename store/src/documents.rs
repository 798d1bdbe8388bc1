//! Documents: asked for inside a unit, made outside by a bounded worker.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::{Result, StoreFault},
    seal::{Place, Sealed},
};

/// Where the facts of documents rest.
pub const FACTS: Place = Place::new("documents", "facts");

/// A receipt, notice or decision.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct DocumentRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The case it belongs to.
    pub case_id: Uuid,
    /// `receipt`, `notice`, `decision` …
    pub kind: String,
    /// Number printed on it.
    pub number: String,
    /// What the template is filled with, sealed at [`FACTS`] under the case's key.
    pub facts: Sealed,
    /// Version of the template.
    pub template_version: i64,
    /// `wanted`, `ready`, `failed`, or `on_demand`: made when somebody first opens it.
    pub state: String,
    /// The PDF in the file store.
    pub blob: Option<String>,
    /// Its hash, hexadecimal.
    pub sha256: Option<String>,
    /// How often making it was tried.
    pub attempts: i64,
    /// When it was made.
    pub made_at: Option<DateTime<Utc>>,
    /// What `/verify` asks for beside the number.
    pub verify_code: String,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

/// Asks for a document; `Taken` when the number is used.
pub async fn add(unit: &mut Unit, row: &DocumentRow) -> Result<()> {
    unit.query(
        "insert into documents (id, case_id, kind, number, facts, template_version, state, blob, sha256, attempts, made_at, verify_code, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(row.id)
    .bind(row.case_id)
    .bind(&row.kind)
    .bind(&row.number)
    .bind(&row.facts)
    .bind(row.template_version)
    .bind(&row.state)
    .bind(&row.blob)
    .bind(&row.sha256)
    .bind(row.attempts)
    .bind(row.made_at)
    .bind(&row.verify_code)
    .bind(row.created_at)
    .execute().await?;
    Ok(())
}

/// One document.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<DocumentRow>> {
    tx.query("select id, case_id, kind, number, facts, template_version, state, blob, sha256, attempts, made_at, verify_code, created_at from documents where id = $1").bind(id).optional().await
}

/// By the number printed on it.
pub async fn find_by_number(tx: &mut Tx, number: &str) -> Result<Option<DocumentRow>> {
    tx.query("select id, case_id, kind, number, facts, template_version, state, blob, sha256, attempts, made_at, verify_code, created_at from documents where number = $1").bind(number).optional().await
}

/// The documents of a case, oldest first.
pub async fn list_by_case(tx: &mut Tx, case: Uuid) -> Result<Vec<DocumentRow>> {
    tx.query("select id, case_id, kind, number, facts, template_version, state, blob, sha256, attempts, made_at, verify_code, created_at from documents where case_id = $1 order by id limit 1000").bind(case).all().await
}

/// What waits to be made: least often tried first, then oldest.
pub async fn wanted(tx: &mut Tx, limit: i64) -> Result<Vec<DocumentRow>> {
    tx.query("select id, case_id, kind, number, facts, template_version, state, blob, sha256, attempts, made_at, verify_code, created_at from documents where state = 'wanted' order by attempts, id limit $1")
        .bind(limit)
        .all()
        .await
}

/// Leaves what a case still waits for to be made when somebody first opens it: of a past that is brought in, few papers are ever
/// looked at again. Answers how many.
pub async fn leave_on_demand(unit: &mut Unit, case: Uuid) -> Result<u64> {
    unit.query("update documents set state = 'on_demand' where case_id = $1 and state = 'wanted'").bind(case).execute().await
}

/// Notes that it is made; false when someone else made it meanwhile.
pub async fn ready(unit: &mut Unit, id: Uuid, blob: &str, sha256: &str, at: DateTime<Utc>) -> Result<bool> {
    unit.query("update documents set state = 'ready', blob = $2, sha256 = $3, made_at = $4, attempts = attempts + 1 where id = $1 and state in ('wanted', 'on_demand')")
        .bind(id)
        .bind(blob)
        .bind(sha256)
        .bind(at)
        .changed()
        .await
}

/// Counts a failed try and gives up after `most`; answers the state it is in now.
pub async fn failed(unit: &mut Unit, id: Uuid, most: i64) -> Result<String> {
    let row: Option<(String,)> = unit
        .query(
            "update documents set attempts = attempts + 1, state = case when attempts + 1 >= $2 then 'failed' else 'wanted' end
             where id = $1 and state = 'wanted' returning state",
        )
        .bind(id)
        .bind(most)
        .optional()
        .await?;
    match row {
        Some((state,)) => Ok(state),
        None => Ok(find(unit, id).await?.ok_or(StoreFault::Gone)?.state),
    }
}
