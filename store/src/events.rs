//! Events: what happened, on which stream, in which order.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    db::{Tx, cut},
    fault::{Result, StoreFault},
};

/// Something that happened. Never changed, never removed; old versions are read through upcasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// UUIDv7.
    pub id: Uuid,
    /// The noun whose stream this is: `case`, `procedure` …
    pub noun: String,
    /// The id of that noun, as text.
    pub stream: String,
    /// 1, 2, 3 … within the stream.
    pub seq: i64,
    /// When it is true in law.
    pub happened_at: DateTime<Utc>,
    /// When it was keyed in.
    pub recorded_at: DateTime<Utc>,
    /// The zone or system it comes from.
    pub origin: String,
    /// Its id there; importing it twice is impossible.
    pub origin_id: String,
    /// What happened: `submitted`, `accepted` …
    pub kind: String,
    /// Version of the payload's shape.
    pub version: i64,
    /// Who did it: `account:…`, `system:timer` …
    pub actor: String,
    /// The facts. Sensitive ones are sealed or only hashed.
    pub payload: Value,
}

/// An event row as it rests: the payload is text, because the chain is computed over these bytes.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct EventRow {
    pub id: Uuid,
    pub noun: String,
    pub stream: String,
    pub seq: i64,
    pub happened_at: DateTime<Utc>,
    pub recorded_at: DateTime<Utc>,
    pub origin: String,
    pub origin_id: String,
    pub kind: String,
    pub version: i64,
    pub actor: String,
    pub payload: String,
}

/// The columns of [`EventRow`], of table alias `e`.
macro_rules! event_columns {
    () => {
        "e.id, e.noun, e.stream, e.seq, e.happened_at, e.recorded_at, e.origin, e.origin_id, e.kind, e.version, e.actor, e.payload"
    };
}
pub(crate) use event_columns;

impl EventRow {
    pub(crate) fn read(self) -> Result<Event> {
        let payload = serde_json::from_str(&self.payload)
            .map_err(|e| StoreFault::Log(format!("event {} has no readable payload: {e}", self.id)))?;
        Ok(Event {
            id: self.id,
            noun: self.noun,
            stream: self.stream,
            seq: self.seq,
            happened_at: self.happened_at,
            recorded_at: self.recorded_at,
            origin: self.origin,
            origin_id: self.origin_id,
            kind: self.kind,
            version: self.version,
            actor: self.actor,
            payload,
        })
    }
}

/// An event about to be appended by [`Unit::append`](crate::Unit::append).
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub(crate) noun: &'static str,
    pub(crate) stream: String,
    pub(crate) seq: Option<i64>,
    pub(crate) happened_at: Option<DateTime<Utc>>,
    pub(crate) origin: Option<(String, String)>,
    pub(crate) kind: String,
    pub(crate) version: i64,
    pub(crate) payload: Value,
}

impl NewEvent {
    /// `kind` happened to `noun` `id`, now, as the next event of its stream.
    pub fn new(noun: &'static str, id: impl ToString, kind: &str, payload: Value) -> Self {
        Self {
            noun,
            stream: id.to_string(),
            seq: None,
            happened_at: None,
            origin: None,
            kind: kind.to_owned(),
            version: 1,
            payload,
        }
    }

    /// It must be number `seq` of its stream; if that is taken, saving answers [`StoreFault::Taken`].
    #[must_use]
    pub fn seq(mut self, seq: i64) -> Self {
        self.seq = Some(seq);
        self
    }

    /// It happened at another moment than now.
    #[must_use]
    pub fn at(mut self, happened_at: DateTime<Utc>) -> Self {
        self.happened_at = Some(happened_at);
        self
    }

    /// The payload has this version of its shape; 1 if not said.
    #[must_use]
    pub fn version(mut self, version: i64) -> Self {
        self.version = version;
        self
    }

    /// It comes from another zone or system, where it has this id.
    #[must_use]
    pub fn origin(mut self, origin: &str, origin_id: &str) -> Self {
        self.origin = Some((origin.to_owned(), origin_id.to_owned()));
        self
    }
}

/// An event of a unit, its id given, its place in the stream perhaps not yet.
pub(crate) struct Appended {
    pub id: Uuid,
    pub event: NewEvent,
    pub actor: String,
    pub now: DateTime<Utc>,
}

/// Writes the events of a unit; answers them as rows, streams in order.
pub(crate) async fn add_all(tx: &mut Tx, appended: Vec<Appended>, zone: &str) -> Result<Vec<EventRow>> {
    let mut rows: Vec<EventRow> = Vec::with_capacity(appended.len());
    for Appended { id, event, actor, now } in appended {
        let before = rows.iter().rev().find(|row| row.noun == event.noun && row.stream == event.stream).map(|row| row.seq);
        let seq = match (event.seq, before) {
            (Some(seq), _) => seq,
            (None, Some(before)) => before + 1,
            (None, None) => last_seq(tx, event.noun, &event.stream).await? + 1,
        };
        let (origin, origin_id) = event.origin.unwrap_or_else(|| (zone.to_owned(), id.to_string()));
        rows.push(EventRow {
            id,
            noun: event.noun.to_owned(),
            stream: event.stream,
            seq,
            happened_at: cut(event.happened_at.unwrap_or(now)),
            recorded_at: cut(now),
            origin,
            origin_id,
            kind: event.kind,
            version: event.version,
            actor,
            payload: event.payload.to_string(),
        });
    }
    for rows in rows.chunks(400) {
        let mut insert = tx.build(
            "insert into events (id, noun, stream, seq, happened_at, recorded_at, origin, origin_id, kind, version, actor, payload) values ",
        );
        for (n, row) in rows.iter().enumerate() {
            insert = insert
                .push(if n == 0 { "(" } else { ", (" })
                .value(row.id)
                .push(", ")
                .value(&row.noun)
                .push(", ")
                .value(&row.stream)
                .push(", ")
                .value(row.seq)
                .push(", ")
                .value(row.happened_at)
                .push(", ")
                .value(row.recorded_at)
                .push(", ")
                .value(&row.origin)
                .push(", ")
                .value(&row.origin_id)
                .push(", ")
                .value(&row.kind)
                .push(", ")
                .value(row.version)
                .push(", ")
                .value(&row.actor)
                .push(", ")
                .value(&row.payload)
                .push(")");
        }
        insert.execute().await?;
    }
    Ok(rows)
}

/// The number of the last event of a stream; 0 when it has none.
pub async fn last_seq(tx: &mut Tx, noun: &str, stream: &str) -> Result<i64> {
    let last: Option<(i64,)> = tx
        .query("select seq from events where noun = $1 and stream = $2 order by seq desc limit 1")
        .bind(noun)
        .bind(stream)
        .optional()
        .await?;
    Ok(last.map_or(0, |(seq,)| seq))
}

/// Everything that happened to one noun, in order.
pub async fn of_stream(tx: &mut Tx, noun: &str, stream: &str) -> Result<Vec<Event>> {
    let rows: Vec<EventRow> = tx
        .query(concat!("select ", event_columns!(), " from events e where e.noun = $1 and e.stream = $2 order by e.seq"))
        .bind(noun)
        .bind(stream)
        .all()
        .await?;
    rows.into_iter().map(EventRow::read).collect()
}

/// The last that happened to one noun.
pub async fn last(tx: &mut Tx, noun: &str, stream: &str) -> Result<Option<Event>> {
    let row: Option<EventRow> = tx
        .query(concat!(
            "select ",
            event_columns!(),
            " from events e where e.noun = $1 and e.stream = $2 order by e.seq desc limit 1"
        ))
        .bind(noun)
        .bind(stream)
        .optional()
        .await?;
    row.map(EventRow::read).transpose()
}

/// One event by its id.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Event>> {
    let row: Option<EventRow> =
        tx.query(concat!("select ", event_columns!(), " from events e where e.id = $1")).bind(id).optional().await?;
    row.map(EventRow::read).transpose()
}

/// One event by the id it has where it comes from.
pub async fn find_by_origin(tx: &mut Tx, origin: &str, origin_id: &str) -> Result<Option<Event>> {
    let row: Option<EventRow> = tx
        .query(concat!("select ", event_columns!(), " from events e where e.origin = $1 and e.origin_id = $2"))
        .bind(origin)
        .bind(origin_id)
        .optional()
        .await?;
    row.map(EventRow::read).transpose()
}
