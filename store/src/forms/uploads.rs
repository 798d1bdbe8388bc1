//! Uploads: what is attached to a draft or a case.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    seal::{Place, Sealed},
};

/// Where names of files rest.
pub const FILE_NAME: Place = Place::new("uploads", "file_name");

/// A file someone attached.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct UploadRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The draft it hangs on.
    pub draft_id: Option<Uuid>,
    /// The case it belongs to.
    pub case_id: Option<Uuid>,
    /// Stable id of the form's field.
    pub field: String,
    /// Row within repeating groups; empty outside.
    pub row: String,
    /// The name it had, sealed at [`FILE_NAME`].
    pub file_name: Sealed,
    /// Type found by looking at the content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Hash of the content, hexadecimal.
    pub sha256: String,
    /// Name in the file store; encrypted under the key of draft or case.
    pub blob: String,
    /// `checked`, `refused` …
    pub state: String,
    /// When it came.
    pub created_at: DateTime<Utc>,
    /// The account it came from.
    pub created_by: Uuid,
}

/// Adds an upload.
pub async fn add(unit: &mut Unit, row: &UploadRow) -> Result<()> {
    unit.query(
        "insert into uploads (id, draft_id, case_id, field, row, file_name, media_type, size, sha256, blob, state, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(row.id)
    .bind(row.draft_id)
    .bind(row.case_id)
    .bind(&row.field)
    .bind(&row.row)
    .bind(&row.file_name)
    .bind(&row.media_type)
    .bind(row.size)
    .bind(&row.sha256)
    .bind(&row.blob)
    .bind(&row.state)
    .bind(row.created_at)
    .bind(row.created_by)
    .execute().await?;
    Ok(())
}

/// One upload.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<UploadRow>> {
    tx.query("select id, draft_id, case_id, field, row, file_name, media_type, size, sha256, blob, state, created_at, created_by from uploads where id = $1").bind(id).optional().await
}

/// What hangs on a draft, oldest first.
pub async fn list_by_draft(tx: &mut Tx, draft: Uuid) -> Result<Vec<UploadRow>> {
    tx.query("select id, draft_id, case_id, field, row, file_name, media_type, size, sha256, blob, state, created_at, created_by from uploads where draft_id = $1 order by id limit 2000").bind(draft).all().await
}

/// What belongs to a case, oldest first.
pub async fn list_by_case(tx: &mut Tx, case: Uuid) -> Result<Vec<UploadRow>> {
    tx.query("select id, draft_id, case_id, field, row, file_name, media_type, size, sha256, blob, state, created_at, created_by from uploads where case_id = $1 order by id limit 5000").bind(case).all().await
}

/// Everything that hangs on a draft now belongs to a case; answers how many.
pub async fn hand_over(unit: &mut Unit, draft: Uuid, case: Uuid) -> Result<u64> {
    unit.query("update uploads set case_id = $2, draft_id = $3 where draft_id = $1")
        .bind(draft)
        .bind(case)
        .bind(None::<Uuid>)
        .execute()
        .await
}

/// Notes what became of a check; false when there is no such upload.
pub async fn change_state(unit: &mut Unit, id: Uuid, state: &str) -> Result<bool> {
    unit.query("update uploads set state = $2 where id = $1").bind(id).bind(state).changed().await
}

/// Removes an upload; its file goes with the next sweep.
pub async fn remove(unit: &mut Unit, id: Uuid) -> Result<bool> {
    unit.query("delete from uploads where id = $1").bind(id).changed().await
}
