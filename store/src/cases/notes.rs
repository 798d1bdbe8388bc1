//! An opinion being written: saved while it is typed, one per clerk and case.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    seal::{Place, Sealed},
};

/// Where notes rest.
pub const NOTE: Place = Place::new("case_notes", "note");

/// An opinion being written.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct CaseNoteRow {
    /// The case.
    pub case_id: Uuid,
    /// Who writes.
    pub account_id: Uuid,
    /// The opinion so far, sealed at [`NOTE`] under the case's key; the row is `case/account`.
    pub note: Sealed,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
}

/// Saves a note over the one before.
pub async fn save_note(unit: &mut Unit, row: &CaseNoteRow) -> Result<()> {
    unit.query(
        "insert into case_notes (case_id, account_id, note, updated_at) values ($1, $2, $3, $4) on conflict (case_id, account_id) do update set note = excluded.note, updated_at = excluded.updated_at",
    )
    .bind(row.case_id)
    .bind(row.account_id)
    .bind(&row.note)
    .bind(row.updated_at)
    .execute().await?;
    Ok(())
}

/// Someone's note on a case.
pub async fn note(tx: &mut Tx, case: Uuid, account: Uuid) -> Result<Option<CaseNoteRow>> {
    tx.query("select case_id, account_id, note, updated_at from case_notes where case_id = $1 and account_id = $2")
        .bind(case)
        .bind(account)
        .optional()
        .await
}

/// Removes a note, once it became an opinion; false when there was none.
pub async fn remove_note(unit: &mut Unit, case: Uuid, account: Uuid) -> Result<bool> {
    unit.query("delete from case_notes where case_id = $1 and account_id = $2").bind(case).bind(account).changed().await
}
