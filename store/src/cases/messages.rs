//! What applicant and office write to each other about a case.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    seal::{Place, Sealed},
};

/// Where a message's words rest.
pub const MESSAGE: Place = Place::new("case_messages", "words");

/// A message.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct CaseMessageRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The case.
    pub case_id: Uuid,
    /// Written by the office, not by the applicant.
    pub from_office: bool,
    /// Who wrote.
    pub account_id: Uuid,
    /// As the other side reads it: the office by its name, the applicant by theirs.
    pub writer: String,
    /// Sealed at [`MESSAGE`] under the case's key; the row is the message's id.
    pub words: Sealed,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
    /// When the office answered it, or said that none is needed; empty while one is owed.
    pub answered_at: Option<DateTime<Utc>>,
}

/// Adds a message.
pub async fn add_message(unit: &mut Unit, row: &CaseMessageRow) -> Result<()> {
    unit.query(
        "insert into case_messages (id, case_id, from_office, account_id, writer, words, created_at, answered_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.id)
    .bind(row.case_id)
    .bind(row.from_office)
    .bind(row.account_id)
    .bind(&row.writer)
    .bind(&row.words)
    .bind(row.created_at)
    .bind(row.answered_at)
    .execute()
    .await?;
    Ok(())
}

/// The newest messages of a case, newest first.
pub async fn messages(tx: &mut Tx, case: Uuid, limit: i64) -> Result<Vec<CaseMessageRow>> {
    tx.query(
        "select id, case_id, from_office, account_id, writer, words, created_at, answered_at from case_messages where case_id = $1 order by id desc limit $2",
    )
    .bind(case)
    .bind(limit)
    .all()
    .await
}

/// Nothing of a case waits for an answer any more; false when nothing did.
pub async fn answer_messages(unit: &mut Unit, case: Uuid, at: DateTime<Utc>) -> Result<bool> {
    unit.query("update case_messages set answered_at = $2 where case_id = $1 and answered_at is null")
        .bind(case)
        .bind(at)
        .changed()
        .await
}

/// Which of these cases the office owes an answer.
pub async fn unanswered(tx: &mut Tx, cases: &[Uuid]) -> Result<Vec<Uuid>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Uuid,)> = tx
        .build("select distinct case_id from case_messages where answered_at is null and case_id in ")
        .list(cases.iter().copied())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(case,)| case).collect())
}
