//! What the applicant answered, every revision of it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    seal::{Place, Sealed},
};

/// Where answers rest.
pub const ANSWERS: Place = Place::new("case_answers", "answers");

/// One revision of the answers.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct CaseAnswersRow {
    /// The case.
    pub case_id: Uuid,
    /// 1 as submitted, then one more with each supplement.
    pub revision: i64,
    /// What was answered, sealed at [`ANSWERS`] under the case's key; the row is `case/revision`.
    pub answers: Sealed,
    /// SHA-256 of the plain answers, hexadecimal; the event holds it too.
    pub hash: String,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Adds a revision; `Taken` when there is one of that number.
pub async fn add_answers(unit: &mut Unit, row: &CaseAnswersRow) -> Result<()> {
    unit.query("insert into case_answers (case_id, revision, answers, hash, created_at) values ($1, $2, $3, $4, $5)")
        .bind(row.case_id)
        .bind(row.revision)
        .bind(&row.answers)
        .bind(&row.hash)
        .bind(row.created_at)
        .execute()
        .await?;
    Ok(())
}

/// The newest revision.
pub async fn answers(tx: &mut Tx, case: Uuid) -> Result<Option<CaseAnswersRow>> {
    tx.query(
        "select case_id, revision, answers, hash, created_at from case_answers where case_id = $1 order by revision desc limit 1",
    )
    .bind(case)
    .optional()
    .await
}

/// One revision.
pub async fn answers_at(tx: &mut Tx, case: Uuid, revision: i64) -> Result<Option<CaseAnswersRow>> {
    tx.query("select case_id, revision, answers, hash, created_at from case_answers where case_id = $1 and revision = $2")
        .bind(case)
        .bind(revision)
        .optional()
        .await
}

/// The numbers of the revisions there are.
pub async fn revisions(tx: &mut Tx, case: Uuid) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> =
        tx.query("select revision from case_answers where case_id = $1 order by revision limit 1000").bind(case).all().await?;
    Ok(rows.into_iter().map(|(revision,)| revision).collect())
}
