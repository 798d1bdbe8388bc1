//! Proves the log: nothing missing, nothing changed, nothing cut off.

use std::collections::HashMap;

use uuid::Uuid;

use super::{Checkpoint, chain, head, rows_after};
use crate::{db::Tx, fault::Result, seal::KeyRing};

/// Faults named one by one; after that many only counted.
const NAMED: usize = 100;

/// Something about the log that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// An event is neither in the log nor waiting for the sequencer.
    #[error("event {0} is neither in the log nor pending")]
    Lost(Uuid),
    /// The log or the waiting list names an event that is gone.
    #[error("position {position} has lost its event")]
    Removed {
        /// The position, or 0 for a pending one.
        position: i64,
    },
    /// An event is both in the log and waiting.
    #[error("event {0} is in the log and still pending")]
    Doubled(Uuid),
    /// Positions do not follow one another.
    #[error("position {expected} is missing")]
    Gap {
        /// The missing one.
        expected: i64,
    },
    /// What stands here is not what was logged: an event or the chain was changed.
    #[error("the chain does not hold at position {position}")]
    Changed {
        /// The first position that does not fit.
        position: i64,
    },
    /// A stream runs backwards or leaves numbers out.
    #[error("at position {position} {noun} {stream} has number {seq} after {before}")]
    OutOfOrder {
        /// Where.
        position: i64,
        /// The noun of the stream.
        noun: String,
        /// Its id.
        stream: String,
        /// Number found.
        seq: i64,
        /// Number before it.
        before: i64,
    },
    /// The log ends before a signed checkpoint, or differs there.
    #[error("the log does not agree with the signed checkpoint at position {position}")]
    Cut {
        /// Position of the checkpoint.
        position: i64,
    },
    /// A checkpoint was not signed by this hall's key.
    #[error("the checkpoint at position {position} is not signed by this hall")]
    Forged {
        /// Position of the checkpoint.
        position: i64,
    },
}

/// What [`check`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogReport {
    /// Events in all.
    pub events: i64,
    /// Events in the log.
    pub logged: i64,
    /// Events waiting for the sequencer.
    pub pending: i64,
    /// Where the log ends.
    pub position: i64,
    /// The chain there, hexadecimal.
    pub chain: String,
    /// Position of the last signed checkpoint; `None` when there is none.
    pub checkpoint: Option<i64>,
    /// The first hundred things that do not hold.
    pub faults: Vec<LogFault>,
    /// How many there are.
    pub fault_count: usize,
}

impl LogReport {
    /// True when everything holds.
    pub fn sound(&self) -> bool {
        self.fault_count == 0
    }
}

#[derive(Default)]
struct Found {
    faults: Vec<LogFault>,
    count: usize,
}

impl Found {
    fn add(&mut self, fault: LogFault) {
        self.count += 1;
        if self.faults.len() < NAMED {
            self.faults.push(fault);
        }
    }
}

/// Reads the whole log and proves it. Takes as long as the log is long, and little memory.
pub(crate) async fn check(tx: &mut Tx, marks: &[Checkpoint], keys: &KeyRing) -> Result<LogReport> {
    let mut found = Found::default();
    membership(tx, &mut found).await?;
    streams(tx, &mut found).await?;
    let end = head(tx).await?;

    let mut marked: HashMap<i64, &str> = marks.iter().map(|mark| (mark.position, mark.chain.as_str())).collect();
    for mark in marks.iter().filter(|mark| !mark.is_ours(keys)) {
        found.add(LogFault::Forged { position: mark.position });
    }

    let (mut position, mut previous) = (0, chain::BEGINNING.to_vec());
    loop {
        let rows = rows_after(tx, position, 1000).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.position != position + 1 {
                found.add(LogFault::Gap { expected: position + 1 });
            }
            let link = chain::link(&previous, row.position, &row.event);
            if link != row.chain || row.event.id != row.event_id {
                found.add(LogFault::Changed { position: row.position });
            }
            // Go on from what is written, so that one change is reported once.
            previous = row.chain;
            position = row.position;
            if marked.remove(&position).is_some_and(|chain| chain != hex::encode(&previous)) {
                found.add(LogFault::Cut { position });
            }
        }
    }
    for position in marked.into_keys() {
        found.add(LogFault::Cut { position });
    }
    Ok(LogReport {
        events: count(tx, "select count(*) from events").await?,
        logged: count(tx, "select count(*) from log").await?,
        pending: count(tx, "select count(*) from pending").await?,
        position: end.position,
        chain: hex::encode(end.chain),
        checkpoint: marks.last().map(|mark| mark.position),
        faults: found.faults,
        fault_count: found.count,
    })
}

async fn count(tx: &mut Tx, sql: &'static str) -> Result<i64> {
    let (count,): (i64,) = tx.query(sql).one().await?;
    Ok(count)
}

/// Every event is in the log or pending, and those name only events there are.
async fn membership(tx: &mut Tx, found: &mut Found) -> Result<()> {
    let lost: Vec<(Uuid,)> = tx
        .query(
            "select e.id from events e where not exists (select 1 from log l where l.event_id = e.id)
             and not exists (select 1 from pending p where p.event_id = e.id) limit 1000",
        )
        .all()
        .await?;
    for (id,) in lost {
        found.add(LogFault::Lost(id));
    }
    let doubled: Vec<(Uuid,)> =
        tx.query("select p.event_id from pending p join log l on l.event_id = p.event_id limit 1000").all().await?;
    for (id,) in doubled {
        found.add(LogFault::Doubled(id));
    }
    let removed: Vec<(i64,)> = tx
        .query(
            "select l.position from log l where not exists (select 1 from events e where e.id = l.event_id)
             union all select cast(0 as bigint) from pending p where not exists (select 1 from events e where e.id = p.event_id) limit 1000",
        )
        .all()
        .await?;
    for (position,) in removed {
        found.add(LogFault::Removed { position });
    }
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Step {
    position: i64,
    noun: String,
    stream: String,
    seq: i64,
    before: i64,
}

/// Within each stream the log goes 1, 2, 3 …; the database sorts, so that memory stays small.
async fn streams(tx: &mut Tx, found: &mut Found) -> Result<()> {
    let wrong: Vec<Step> = tx
        .query(
            "select position, noun, stream, seq, before from
               (select l.position, e.noun, e.stream, e.seq,
                       coalesce(lag(e.seq) over (partition by e.noun, e.stream order by l.position), 0) as before
                from log l join events e on e.id = l.event_id) steps
             where seq <> before + 1 order by position limit 1000",
        )
        .all()
        .await?;
    for Step { position, noun, stream, seq, before } in wrong {
        found.add(LogFault::OutOfOrder { position, noun, stream, seq, before });
    }
    Ok(())
}
