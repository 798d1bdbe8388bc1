//! Ratings (好差评): one per case.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    page::{Cursor, Page, after, bounded},
    seal::{Place, Sealed},
};

/// Where what they wrote rests.
pub const WORDS: Place = Place::new("ratings", "words");

/// What someone thought of how their case was handled.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct RatingRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The case rated; once.
    pub case_id: Uuid,
    /// The unit that handled it.
    pub unit_id: Uuid,
    /// The procedure it was of.
    pub procedure_code: String,
    /// 1 to 5, 5 is best.
    pub stars: i64,
    /// Codes of remarks chosen.
    #[sqlx(json)]
    pub tags: Vec<String>,
    /// What they wrote, sealed at [`WORDS`] under the case's key.
    pub words: Option<Sealed>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// Adds a rating; `Taken` when the case was rated.
pub async fn add(unit: &mut Unit, row: &RatingRow) -> Result<()> {
    unit.query(
        "insert into ratings (id, case_id, unit_id, procedure_code, stars, tags, words, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.id)
    .bind(row.case_id)
    .bind(row.unit_id)
    .bind(&row.procedure_code)
    .bind(row.stars)
    .bind(&row.tags)
    .bind(&row.words)
    .bind(row.created_at)
    .execute().await?;
    Ok(())
}

/// The rating of a case.
pub async fn find_by_case(tx: &mut Tx, case: Uuid) -> Result<Option<RatingRow>> {
    tx.query("select id, case_id, unit_id, procedure_code, stars, tags, words, created_at from ratings where case_id = $1")
        .bind(case)
        .optional()
        .await
}

/// Ratings of a unit, newest first.
pub async fn list_by_unit(tx: &mut Tx, unit_id: Uuid, cursor: Option<&Cursor>, limit: i64) -> Result<Page<RatingRow>> {
    let limit = bounded(limit);
    let after: Option<Uuid> = after(cursor)?;
    let rows = tx
        .build("select id, case_id, unit_id, procedure_code, stars, tags, words, created_at from ratings where unit_id = ")
        .value(unit_id)
        .maybe(" and id < ", after)
        .push(" order by id desc limit ")
        .value(limit + 1)
        .all()
        .await?;
    Ok(Page::cut(rows, limit, |row: &RatingRow| row.id))
}

/// How many ratings there were in a span of time and the sum of their stars; of one unit or of all.
pub async fn average(
    tx: &mut Tx,
    unit_id: Option<Uuid>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<(i64, i64)>> {
    let rows: Vec<(i64, Option<i64>)> = tx
        .build("select count(*), cast(sum(stars) as bigint) from ratings where created_at >= ")
        .value(from)
        .push(" and created_at < ")
        .value(until)
        .maybe(" and unit_id = ", unit_id)
        .all()
        .await?;
    Ok(rows.first().and_then(|(count, stars)| stars.map(|stars| (*count, stars))))
}
