//! Organisation units: one tree.

use uuid::Uuid;

use crate::{Unit, db::Tx, fault::Result};

/// An organisation unit.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct UnitRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The unit above; none at the root.
    pub parent_id: Option<Uuid>,
    /// 1 province … 6 village, as in the code table of levels.
    pub level: i64,
    /// Administrative division, 6 to 12 digits.
    pub area_code: String,
    /// Full name, as it stands on documents.
    pub name: String,
    /// Name on lists.
    pub short_name: String,
    /// Unified social credit code, or the hall's own code.
    pub code: String,
}

/// Adds a unit; `Taken` when its code is used.
pub async fn add(unit: &mut Unit, row: &UnitRow) -> Result<()> {
    unit.query("insert into units (id, parent_id, level, area_code, name, short_name, code) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(row.id)
        .bind(row.parent_id)
        .bind(row.level)
        .bind(&row.area_code)
        .bind(&row.name)
        .bind(&row.short_name)
        .bind(&row.code)
        .execute()
        .await?;
    Ok(())
}

/// Changes everything but the id; false when there is none.
pub async fn change(unit: &mut Unit, row: &UnitRow) -> Result<bool> {
    unit.query("update units set parent_id = $2, level = $3, area_code = $4, name = $5, short_name = $6, code = $7 where id = $1")
        .bind(row.id)
        .bind(row.parent_id)
        .bind(row.level)
        .bind(&row.area_code)
        .bind(&row.name)
        .bind(&row.short_name)
        .bind(&row.code)
        .changed()
        .await
}

/// One unit.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<UnitRow>> {
    tx.query("select id, parent_id, level, area_code, name, short_name, code from units where id = $1").bind(id).optional().await
}

/// One unit by its code.
pub async fn find_by_code(tx: &mut Tx, code: &str) -> Result<Option<UnitRow>> {
    tx.query("select id, parent_id, level, area_code, name, short_name, code from units where code = $1")
        .bind(code)
        .optional()
        .await
}

/// Every unit, upper levels first: a city has some thousands.
pub async fn list(tx: &mut Tx) -> Result<Vec<UnitRow>> {
    tx.query("select id, parent_id, level, area_code, name, short_name, code from units order by level, code").all().await
}

/// The units right below one, or the roots.
pub async fn children(tx: &mut Tx, parent: Option<Uuid>) -> Result<Vec<UnitRow>> {
    match parent {
        Some(parent) => {
            tx.query(
                "select id, parent_id, level, area_code, name, short_name, code from units where parent_id = $1 order by code",
            )
            .bind(parent)
            .all()
            .await
        }
        None => {
            tx.query(
                "select id, parent_id, level, area_code, name, short_name, code from units where parent_id is null order by code",
            )
            .all()
            .await
        }
    }
}

/// A unit and all below it.
pub async fn subtree(tx: &mut Tx, root: Uuid) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = tx
        .query(
            "with recursive below (id, depth) as (
                select id, cast(0 as bigint) from units where id = $1
                union all select u.id, b.depth + 1 from units u join below b on u.parent_id = b.id where b.depth < 12)
             select id from below",
        )
        .bind(root)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
