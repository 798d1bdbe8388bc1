//! The one order of everything that happened, its chain, and what reads it.

mod chain;
mod check;
mod checkpoint;
mod sequencer;
mod task;

pub mod readers;

use uuid::Uuid;

use crate::{
    db::Tx,
    events::{Event, EventRow, event_columns},
    fault::Result,
};

pub(crate) use check::check;
pub use check::{LogFault, LogReport};
pub(crate) use checkpoint::KEY as CHECKPOINT_KEY;
pub use checkpoint::{Checkpoint, Checkpoints};
pub use sequencer::sequence;
pub(crate) use sequencer::{put_in_order, put_in_waiting};
pub use task::{Landed, LogTask};
pub(crate) use task::{Wake, start};

/// An event and its place in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// 1, 2, 3 … without gaps.
    pub position: i64,
    /// What happened.
    pub event: Event,
}

/// The end of the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Head {
    /// Position of the last event; 0 when the log is empty.
    pub position: i64,
    /// SHA-256 over everything up to there; 32 zeros when the log is empty.
    pub chain: Vec<u8>,
}

/// Where the log ends now.
pub async fn head(tx: &mut Tx) -> Result<Head> {
    let last: Option<Head> = tx.query("select position, chain from log order by position desc limit 1").optional().await?;
    Ok(last.unwrap_or_else(|| Head { position: 0, chain: chain::BEGINNING.to_vec() }))
}

#[derive(sqlx::FromRow)]
pub(crate) struct LoggedRow {
    pub position: i64,
    pub chain: Vec<u8>,
    pub event_id: Uuid,
    #[sqlx(flatten)]
    pub event: EventRow,
}

/// Rows after a position, with their chain; a row whose event is gone is missing here.
pub(crate) async fn rows_after(tx: &mut Tx, position: i64, limit: i64) -> Result<Vec<LoggedRow>> {
    tx.query(concat!(
        "select l.position, l.chain, l.event_id, ",
        event_columns!(),
        " from log l join events e on e.id = l.event_id where l.position > $1 order by l.position limit $2"
    ))
    .bind(position)
    .bind(limit)
    .all()
    .await
}

/// What happened after a position, in order; for readers of the log.
pub async fn read_after(tx: &mut Tx, position: i64, limit: i64) -> Result<Vec<Logged>> {
    rows_after(tx, position, limit)
        .await?
        .into_iter()
        .map(|row| Ok(Logged { position: row.position, event: row.event.read()? }))
        .collect()
}

#[cfg(test)]
mod tests;
