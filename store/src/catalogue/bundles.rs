//! Bundles (一件事): several procedures behind one question of life.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    page::{Cursor, Page, after, bounded},
};

/// A bundle of procedures.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct BundleRow {
    /// Code of the bundle.
    pub code: String,
    /// Name.
    pub name: String,
    /// Pinyin key lists are ordered by.
    pub name_sort: String,
    /// Whom it serves.
    #[sqlx(json)]
    pub audience: Vec<String>,
    /// `draft`, `published`, `retired`.
    pub state: String,
    /// The whole bundle: items, questions, order.
    #[sqlx(json)]
    pub body: Value,
    /// When the row was last written.
    pub changed_at: DateTime<Utc>,
}

/// Adds a bundle; `Taken` when its code is used.
pub async fn add(unit: &mut Unit, row: &BundleRow) -> Result<()> {
    unit.query(
        "insert into bundles (code, name, name_sort, audience, state, body, changed_at) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&row.code)
    .bind(&row.name)
    .bind(&row.name_sort)
    .bind(&row.audience)
    .bind(&row.state)
    .bind(&row.body)
    .bind(row.changed_at)
    .execute()
    .await?;
    Ok(())
}

/// Changes everything but the code; false when there is none.
pub async fn change(unit: &mut Unit, row: &BundleRow) -> Result<bool> {
    unit.query(
        "update bundles set name = $2, name_sort = $3, audience = $4, state = $5, body = $6, changed_at = $7 where code = $1",
    )
    .bind(&row.code)
    .bind(&row.name)
    .bind(&row.name_sort)
    .bind(&row.audience)
    .bind(&row.state)
    .bind(&row.body)
    .bind(row.changed_at)
    .changed()
    .await
}

/// One bundle.
pub async fn find(tx: &mut Tx, code: &str) -> Result<Option<BundleRow>> {
    tx.query("select code, name, name_sort, audience, state, body, changed_at from bundles where code = $1")
        .bind(code)
        .optional()
        .await
}

/// Bundles by name, in one state or in any.
pub async fn list(tx: &mut Tx, state: Option<&str>, cursor: Option<&Cursor>, limit: i64) -> Result<Page<BundleRow>> {
    let limit = bounded(limit);
    let after: Option<(String, String)> = after(cursor)?;
    let mut list = tx
        .build("select code, name, name_sort, audience, state, body, changed_at from bundles where 1 = 1")
        .maybe(" and state = ", state);
    if let Some((name_sort, code)) = after {
        list = list.push(" and (name_sort, code) > (").value(name_sort).push(", ").value(code).push(")");
    }
    let rows = list.push(" order by name_sort, code limit ").value(limit + 1).all().await?;
    Ok(Page::cut(rows, limit, |row: &BundleRow| (row.name_sort.clone(), row.code.clone())))
}
