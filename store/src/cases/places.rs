//! The nodes that are open beside the one a case's row names (并联): the same case in the queue of another office. Few cases have any.

use uuid::Uuid;

use crate::{Unit, db::Tx, fault::Result};

/// A node open beside another.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CasePlaceRow {
    /// The case.
    pub case_id: Uuid,
    /// Node of its flow.
    pub node: String,
    /// The unit that does it.
    pub unit_id: Uuid,
    /// Post whose turn it is.
    pub post: String,
    /// Account that has claimed it.
    pub assignee: Option<Uuid>,
}

/// Writes the places of a case as they are now, over those before.
pub async fn set_places(unit: &mut Unit, case: Uuid, rows: &[CasePlaceRow]) -> Result<()> {
    unit.query("delete from case_places where case_id = $1").bind(case).execute().await?;
    for row in rows {
        unit.query("insert into case_places (case_id, node, unit_id, post, assignee) values ($1, $2, $3, $4, $5)")
            .bind(row.case_id)
            .bind(&row.node)
            .bind(row.unit_id)
            .bind(&row.post)
            .bind(row.assignee)
            .execute()
            .await?;
    }
    Ok(())
}

/// The places of a case.
pub async fn places(tx: &mut Tx, case: Uuid) -> Result<Vec<CasePlaceRow>> {
    tx.query("select case_id, node, unit_id, post, assignee from case_places where case_id = $1 order by node")
        .bind(case)
        .all()
        .await
}
