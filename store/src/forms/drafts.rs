//! Drafts: mutable rows with an expiry, not events.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    page::{Cursor, Page, after, bounded},
    seal::{Place, Sealed},
};

/// Where answers of drafts rest; under the draft's key, or the case's for a supplement.
pub const ANSWERS: Place = Place::new("drafts", "answers");

/// A form being filled in.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct DraftRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The procedure it is for.
    pub procedure_code: String,
    /// The version its form was filled in under.
    pub procedure_version: i64,
    /// For whom.
    pub party_id: Uuid,
    /// Who fills it in.
    pub account_id: Uuid,
    /// The case it supplements.
    pub case_id: Option<Uuid>,
    /// `new` or `supplement`.
    pub purpose: String,
    /// Title on the list of drafts; nothing sensitive.
    pub title: String,
    /// Which pages are done, an array or object.
    #[sqlx(json)]
    pub page_done: Value,
    /// What was typed, sealed at [`ANSWERS`].
    pub answers: Sealed,
    /// Grows by one with every save.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last saved.
    pub updated_at: DateTime<Utc>,
    /// When it is thrown away; the owner is told before.
    pub expires_at: DateTime<Utc>,
}

/// Begins a draft.
pub async fn add(unit: &mut Unit, row: &DraftRow) -> Result<()> {
    unit.query(
        "insert into drafts (id, procedure_code, procedure_version, party_id, account_id, case_id, purpose, title, page_done, answers, version, created_at, updated_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(row.id)
    .bind(&row.procedure_code)
    .bind(row.procedure_version)
    .bind(row.party_id)
    .bind(row.account_id)
    .bind(row.case_id)
    .bind(&row.purpose)
    .bind(&row.title)
    .bind(&row.page_done)
    .bind(&row.answers)
    .bind(row.version)
    .bind(row.created_at)
    .bind(row.updated_at)
    .bind(row.expires_at)
    .execute().await?;
    Ok(())
}

/// Saves a draft whose version is still `row.version`, as version `row.version + 1`. False when another
/// window was faster: the person is shown both.
pub async fn change(unit: &mut Unit, row: &DraftRow) -> Result<bool> {
    unit.query(
        "update drafts set procedure_code = $2, procedure_version = $3, title = $4, page_done = $5, answers = $6, updated_at = $7, expires_at = $8, version = $9 where id = $1 and version = $10",
    )
    .bind(row.id)
    .bind(&row.procedure_code)
    .bind(row.procedure_version)
    .bind(&row.title)
    .bind(&row.page_done)
    .bind(&row.answers)
    .bind(row.updated_at)
    .bind(row.expires_at)
    .bind(row.version + 1)
    .bind(row.version)
    .changed().await
}

/// One draft.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<DraftRow>> {
    tx.query("select id, procedure_code, procedure_version, party_id, account_id, case_id, purpose, title, page_done, answers, version, created_at, updated_at, expires_at from drafts where id = $1").bind(id).optional().await
}

/// The draft someone has open for a procedure, or for a supplement to a case; the latest if several.
pub async fn find_open(
    tx: &mut Tx,
    account: Uuid,
    party: Uuid,
    procedure_code: &str,
    case_id: Option<Uuid>,
) -> Result<Option<DraftRow>> {
    let query = tx
        .build("select id, procedure_code, procedure_version, party_id, account_id, case_id, purpose, title, page_done, answers, version, created_at, updated_at, expires_at from drafts where account_id = ")
        .value(account)
        .push(" and party_id = ")
        .value(party)
        .push(" and procedure_code = ")
        .value(procedure_code);
    let query = match case_id {
        Some(case_id) => query.push(" and case_id = ").value(case_id),
        None => query.push(" and case_id is null"),
    };
    let mut rows: Vec<DraftRow> = query.push(" order by updated_at desc, id desc limit 1").all().await?;
    Ok(rows.pop())
}

/// Someone's drafts, latest saved first.
pub async fn list_by_account(tx: &mut Tx, account: Uuid, cursor: Option<&Cursor>, limit: i64) -> Result<Page<DraftRow>> {
    let limit = bounded(limit);
    let after: Option<(DateTime<Utc>, Uuid)> = after(cursor)?;
    let mut list = tx.build("select id, procedure_code, procedure_version, party_id, account_id, case_id, purpose, title, page_done, answers, version, created_at, updated_at, expires_at from drafts where account_id = ").value(account);
    if let Some((updated_at, id)) = after {
        list = list.push(" and (updated_at, id) < (").value(updated_at).push(", ").value(id).push(")");
    }
    let rows = list.push(" order by updated_at desc, id desc limit ").value(limit + 1).all().await?;
    Ok(Page::cut(rows, limit, |row: &DraftRow| (row.updated_at, row.id)))
}

/// How many drafts of new applications of a procedure are open.
pub async fn count_of(tx: &mut Tx, procedure_code: &str, now: DateTime<Utc>) -> Result<i64> {
    let (count,): (i64,) = tx
        .query("select count(*) from drafts where procedure_code = $1 and case_id is null and expires_at > $2")
        .bind(procedure_code)
        .bind(now)
        .one()
        .await?;
    Ok(count)
}

/// The same for every procedure that has any.
pub async fn count_by_procedure(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<(String, i64)>> {
    tx.query("select procedure_code, count(*) from drafts where case_id is null and expires_at > $1 group by procedure_code order by procedure_code")
        .bind(now)
        .all()
        .await
}

/// Throws a draft away. Its uploads and its data key are not: hand them over or remove them as well.
pub async fn remove(unit: &mut Unit, id: Uuid) -> Result<bool> {
    unit.query("delete from drafts where id = $1").bind(id).changed().await
}

/// Drafts that end between `now` and `by` and whose owners were not told of it, soonest first.
pub async fn ending(tx: &mut Tx, now: DateTime<Utc>, by: DateTime<Utc>, limit: i64) -> Result<Vec<DraftRow>> {
    tx.query(
        "select id, procedure_code, procedure_version, party_id, account_id, case_id, purpose, title, page_done, answers, version, created_at, updated_at, expires_at from drafts where expires_at > $1 and expires_at <= $2 and (told_of is null or told_of < expires_at) order by expires_at, id limit $3",
    )
    .bind(now)
    .bind(by)
    .bind(bounded(limit))
    .all()
    .await
}

/// Notes that the owner was told of this expiry. False when it is another by now, or was told before.
pub async fn told(unit: &mut Unit, id: Uuid, expires_at: DateTime<Utc>) -> Result<bool> {
    unit.query("update drafts set told_of = $2 where id = $1 and expires_at = $2 and (told_of is null or told_of < $2)")
        .bind(id)
        .bind(expires_at)
        .changed()
        .await
}

/// Drafts that have expired, longest ago first.
pub async fn expired(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = tx
        .query("select id from drafts where expires_at <= $1 order by expires_at, id limit $2")
        .bind(now)
        .bind(bounded(limit))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
