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
pub(crate) struct Blocks(Mutex<HashMap<AreaDay, Arc<Mutex<Block>>>>);

type AreaDay = (String, NaiveDate);

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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::on_each_database;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    on_each_database! {
        async fn numbers_begin_at_one_per_area_and_day(store) {
            let mut unit = store.unit("a", chrono::DateTime::UNIX_EPOCH).await.unwrap();
            assert_eq!(next(&mut unit, "440402", day("2026-03-02")).await.unwrap(), 1);
            assert_eq!(next(&mut unit, "440402", day("2026-03-02")).await.unwrap(), 2);
            assert_eq!(next(&mut unit, "440402", day("2026-03-03")).await.unwrap(), 1);
            assert_eq!(next(&mut unit, "440403", day("2026-03-02")).await.unwrap(), 1);
        }

        async fn they_never_repeat_over_two_nodes_though_units_are_dropped(store) {
            let second = store.second_node().await;
            let mut tasks = Vec::new();
            for n in 0..20 {
                let node = if n % 2 == 0 { (*store).clone() } else { second.clone() };
                tasks.push(tokio::spawn(async move {
                    let mut kept = Vec::new();
                    for round in 0..5 {
                        let mut unit = node.unit("a", chrono::DateTime::UNIX_EPOCH).await.unwrap();
                        let number = next(&mut unit, "440402", day("2026-03-02")).await.unwrap();
                        if (n + round) % 3 != 0 {
                            unit.save().await.unwrap();
                            kept.push(number);
                        }
                    }
                    kept
                }));
            }
            let (mut all, mut many) = (HashSet::new(), 0);
            for task in tasks {
                let kept = task.await.unwrap();
                many += kept.len();
                all.extend(kept);
            }
            assert!(many > 60);
            assert_eq!(all.len(), many, "a number was given twice");
        }
    }
}
