//! Puts saved events into the one order.

use std::collections::HashMap;

use super::{chain, head};
use crate::{
    db::{Db, Tx},
    events::{EventRow, event_columns},
    fault::{Result, StoreFault},
};

/// Events one transaction of the sequencer moves at most.
const BATCH: i64 = 500;

/// Appends these events to the log, in this order, in this transaction.
pub(crate) async fn put_in_order(tx: &mut Tx, events: &[EventRow]) -> Result<()> {
    let mut end = head(tx).await?;
    for events in events.chunks(1000) {
        let mut insert = tx.build("insert into log (position, event_id, chain) values ");
        for (n, event) in events.iter().enumerate() {
            end.position += 1;
            end.chain = chain::link(&end.chain, end.position, event);
            insert = insert
                .push(if n == 0 { "(" } else { ", (" })
                .value(end.position)
                .push(", ")
                .value(event.id)
                .push(", ")
                .value(&end.chain)
                .push(")");
        }
        insert.execute().await?;
    }
    Ok(())
}

/// Leaves these events for the sequencer, in this transaction.
pub(crate) async fn put_in_waiting(tx: &mut Tx, events: &[EventRow]) -> Result<()> {
    for events in events.chunks(1000) {
        let mut insert = tx.build("insert into pending (event_id, noun, stream, seq) values ");
        for (n, event) in events.iter().enumerate() {
            insert = insert
                .push(if n == 0 { "(" } else { ", (" })
                .value(event.id)
                .push(", ")
                .value(&event.noun)
                .push(", ")
                .value(&event.stream)
                .push(", ")
                .value(event.seq)
                .push(")");
        }
        insert.execute().await?;
    }
    Ok(())
}

/// Moves one batch of committed pending events into the log; answers how many. Meant to be called by
/// the holder of the sequencer's lease; should two be at it, the positions let only one through.
pub async fn sequence(db: &Db) -> Result<u64> {
    let mut tx = db.write().await?;
    // Oldest first; and whatever of the same streams must come before them.
    let waiting: Vec<EventRow> = tx
        .query(concat!(
            "with batch as (select noun, stream, max(seq) as upto from
                (select noun, stream, seq from pending order by event_id limit $1) oldest group by noun, stream)
             select ",
            event_columns!(),
            " from pending p join batch b on b.noun = p.noun and b.stream = p.stream and p.seq <= b.upto
              join events e on e.id = p.event_id order by e.id"
        ))
        .bind(BATCH)
        .all()
        .await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let ordered = streams_in_order(waiting);
    let moved = async {
        put_in_order(&mut tx, &ordered).await?;
        for events in ordered.chunks(1000) {
            tx.build("delete from pending where event_id in ").list(events.iter().map(|event| event.id)).execute().await?;
        }
        tx.save().await
    };
    match moved.await {
        Ok(()) => Ok(ordered.len() as u64),
        // Another sequencer was faster: its batch is in, ours is forgotten.
        Err(StoreFault::Taken | StoreFault::Busy(_)) => Ok(0),
        Err(fault) => Err(fault),
    }
}

/// Keeps the order by id as far as it can, but never lets a stream run backwards (ids are made by
/// nodes whose clocks differ).
fn streams_in_order(waiting: Vec<EventRow>) -> Vec<EventRow> {
    let mut streams: HashMap<(String, String), Vec<EventRow>> = HashMap::new();
    let mut slots = Vec::with_capacity(waiting.len());
    for event in waiting {
        let stream = (event.noun.clone(), event.stream.clone());
        slots.push(stream.clone());
        streams.entry(stream).or_default().push(event);
    }
    for events in streams.values_mut() {
        // Last first, because they are popped from the end.
        events.sort_by_key(|event| std::cmp::Reverse(event.seq));
    }
    slots.iter().filter_map(|stream| streams.get_mut(stream).and_then(Vec::pop)).collect()
}
