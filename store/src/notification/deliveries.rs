//! Deliveries: what couriers carry outside, never twice for one event, recipient and channel.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{Unit, db::Tx, fault::Result, page::bounded};

/// Something to be sent.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct DeliveryRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The event it tells of.
    pub event_id: Uuid,
    /// `party:…`, `account:…` or the name of another system.
    pub recipient: String,
    /// `sms`, `mail`, `webhook` …
    pub channel: String,
    /// What is sent; addresses are looked up when sending.
    #[sqlx(json)]
    pub body: Value,
    /// `waiting`, `sent` or `given_up`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When to try next.
    pub next_at: DateTime<Utc>,
    /// When it was enqueued.
    pub created_at: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
}

/// Enqueues; false when it was enqueued before.
pub async fn add(unit: &mut Unit, row: &DeliveryRow) -> Result<bool> {
    unit.query(
        "insert into deliveries (id, event_id, recipient, channel, body, state, attempts, next_at, created_at, sent_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (event_id, recipient, channel) do nothing",
    )
    .bind(row.id)
    .bind(row.event_id)
    .bind(&row.recipient)
    .bind(&row.channel)
    .bind(&row.body)
    .bind(&row.state)
    .bind(row.attempts)
    .bind(row.next_at)
    .bind(row.created_at)
    .bind(row.sent_at)
    .changed().await
}

/// What is due, longest waiting first.
pub async fn due(tx: &mut Tx, now: DateTime<Utc>, limit: i64) -> Result<Vec<DeliveryRow>> {
    tx.query("select id, event_id, recipient, channel, body, state, attempts, next_at, created_at, sent_at from deliveries where state = 'waiting' and next_at <= $1 order by next_at, id limit $2")
        .bind(now)
        .bind(bounded(limit))
        .all()
        .await
}

/// It left; false when it was not waiting.
pub async fn sent(unit: &mut Unit, id: Uuid, at: DateTime<Utc>) -> Result<bool> {
    unit.query("update deliveries set state = 'sent', attempts = attempts + 1, sent_at = $2 where id = $1 and state = 'waiting'")
        .bind(id)
        .bind(at)
        .changed()
        .await
}

/// It did not leave: try again at `next_at`, or give up. False when it was not waiting.
pub async fn failed(unit: &mut Unit, id: Uuid, next_at: Option<DateTime<Utc>>) -> Result<bool> {
    match next_at {
        Some(next_at) => {
            unit.query("update deliveries set attempts = attempts + 1, next_at = $2 where id = $1 and state = 'waiting'")
                .bind(id)
                .bind(next_at)
                .changed()
                .await
        }
        None => {
            unit.query("update deliveries set attempts = attempts + 1, state = 'given_up' where id = $1 and state = 'waiting'")
                .bind(id)
                .changed()
                .await
        }
    }
}
