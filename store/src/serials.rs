//! Serial numbers per area and day. They never repeat; gaps are allowed.
//!
//! On SQLite a number is taken inside the unit (one writer, so nobody waits). On PostgreSQL a node takes
//! a block beside the unit, so that no two units wait for one hot row.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use tokio::sync::Mutex;

use crate::{
    Unit,
    db::Tx,
    fault::{Result, StoreFault},
};

/// Numbers a node takes at once on PostgreSQL.
const BLOCK: i64 = 20;

#[derive(Debug, Default)]
struct Block {
    next: i64,
    end: i64,
}

/// The blocks this node still has numbers of.
#[derive(Debug, Default)]
pub(crate) struct Blocks(Mutex<HashMap<(String, NaiveDate), Arc<Mutex<Block>>>>);

/// The next number of an area on a day, from 1.
pub async fn next(unit: &mut Unit, area: &str, day: NaiveDate) -> Result<u32> {
    if unit.is_embedded() {
        let (next, _) = take(unit, area, day, 1).await?;
        return number(next);
    }
    let store = unit.store().clone();
    let block = {
        let mut blocks = store.blocks().0.lock().await;
        // Days pass; what is long over need not be remembered.
        blocks.retain(|(_, of), _| (day - *of).num_days() < 40);
        blocks.entry((area.to_owned(), day)).or_default().clone()
    };
    let mut block = block.lock().await;
    if block.next >= block.end {
        let mut tx = store.db().aside().await?;
        let (next, end) = take(&mut tx, area, day, BLOCK).await?;
        tx.save().await?;
        *block = Block { next, end };
    }
    let next = block.next;
    block.next += 1;
    number(next)
}

async fn take(tx: &mut Tx, area: &str, day: NaiveDate, many: i64) -> Result<(i64, i64)> {
    let (end,): (i64,) = tx
        .query(
            "insert into serials (area, day, next) values ($1, $2, 1 + $3)
             on conflict (area, day) do update set next = serials.next + $3 returning next",
        )
        .bind(area)
        .bind(day)
        .bind(many)
        .one()
        .await?;
    Ok((end - many, end))
}

fn number(next: i64) -> Result<u32> {
    u32::try_from(next).map_err(|_| StoreFault::Log(format!("serial number {next} is out of range")))
}
