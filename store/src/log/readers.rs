//! How far each reader of the log has come.
//!
//! A projection may be rewound and rebuilt; a courier never: it enqueues its deliveries and advances
//! its cursor in one unit of work.

use crate::{Unit, db::Tx, fault::Result};

/// The position a reader has dealt with; 0 for a new one.
pub async fn find(tx: &mut Tx, name: &str) -> Result<i64> {
    let row: Option<(i64,)> = tx.query("select position from readers where name = $1").bind(name).optional().await?;
    Ok(row.map_or(0, |(position,)| position))
}

/// Moves a reader from one position to another. False when it is not at `from`: another node was faster.
pub async fn advance(unit: &mut Unit, name: &str, from: i64, to: i64) -> Result<bool> {
    if from == 0 {
        unit.query("insert into readers (name, position) values ($1, 0) on conflict (name) do nothing")
            .bind(name)
            .execute()
            .await?;
    }
    unit.query("update readers set position = $3 where name = $1 and position = $2")
        .bind(name)
        .bind(from)
        .bind(to)
        .changed()
        .await
}

/// Forgets a reader: a projection begins again from the beginning.
pub async fn remove(unit: &mut Unit, name: &str) -> Result<bool> {
    unit.query("delete from readers where name = $1").bind(name).changed().await
}
