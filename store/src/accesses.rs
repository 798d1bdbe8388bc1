//! Who of the staff looked at whose personal data. Written in batches; each batch's hash is an event,
//! so that a row changed or removed later shows.

use chrono::{DateTime, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    NewEvent, Unit,
    db::{Tx, cut},
    fault::Result,
    new_id,
    page::{Cursor, Page, after, bounded},
};

/// A look at personal data.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct AccessRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The batch whose hash is in the log.
    pub batch: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who looked.
    pub account_id: Uuid,
    /// At what: `case`, `party` …
    pub noun: String,
    /// Which.
    pub noun_id: String,
    /// What for: the act, or the reason given.
    pub why: String,
}

/// Appends what was looked at since the last batch, with an event that holds its hash; answers the
/// batch's id. The `batch` of the rows given is not used.
pub async fn add_batch(unit: &mut Unit, rows: &[AccessRow]) -> Result<Uuid> {
    let batch = new_id(unit.now());
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| row.id);
    for rows in rows.chunks(400) {
        let mut insert = unit.build("insert into accesses (id, batch, at, account_id, noun, noun_id, why) values ");
        for (n, row) in rows.iter().enumerate() {
            insert = insert
                .push(if n == 0 { "(" } else { ", (" })
                .value(row.id)
                .push(", ")
                .value(batch)
                .push(", ")
                .value(row.at)
                .push(", ")
                .value(row.account_id)
                .push(", ")
                .value(&row.noun)
                .push(", ")
                .value(&row.noun_id)
                .push(", ")
                .value(&row.why)
                .push(")");
        }
        insert.execute().await?;
    }
    let payload = json!({ "rows": rows.len(), "sha256": hash(&rows) });
    unit.append(NewEvent::new("access", batch, "batched", payload));
    Ok(batch)
}

/// True when the rows of a batch are those its event was made of; `None` when there is no such batch.
pub async fn batch_holds(tx: &mut Tx, batch: Uuid) -> Result<Option<bool>> {
    let events = crate::events::of_stream(tx, "access", &batch.to_string()).await?;
    let Some(event) = events.first() else { return Ok(None) };
    let rows: Vec<AccessRow> = tx
        .query("select id, batch, at, account_id, noun, noun_id, why from accesses where batch = $1 order by id")
        .bind(batch)
        .all()
        .await?;
    Ok(Some(event.payload["sha256"] == json!(hash(&rows))))
}

fn hash(rows: &[AccessRow]) -> String {
    let mut hash = Sha256::new();
    for row in rows {
        hash.update(row.id.as_bytes());
        hash.update(cut(row.at).timestamp_micros().to_be_bytes());
        hash.update(row.account_id.as_bytes());
        for text in [&row.noun, &row.noun_id, &row.why] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
    }
    hex::encode(hash.finalize())
}

/// Who looked at something, newest first.
pub async fn list_of(tx: &mut Tx, noun: &str, noun_id: &str, cursor: Option<&Cursor>, limit: i64) -> Result<Page<AccessRow>> {
    let limit = bounded(limit);
    let after: Option<Uuid> = after(cursor)?;
    let rows = tx
        .build("select id, batch, at, account_id, noun, noun_id, why from accesses where noun = ")
        .value(noun)
        .push(" and noun_id = ")
        .value(noun_id)
        .maybe(" and id < ", after)
        .push(" order by id desc limit ")
        .value(limit + 1)
        .all()
        .await?;
    Ok(Page::cut(rows, limit, |row: &AccessRow| row.id))
}

/// What someone looked at, newest first.
pub async fn list_by_account(tx: &mut Tx, account: Uuid, cursor: Option<&Cursor>, limit: i64) -> Result<Page<AccessRow>> {
    let limit = bounded(limit);
    let after: Option<Uuid> = after(cursor)?;
    let rows = tx
        .build("select id, batch, at, account_id, noun, noun_id, why from accesses where account_id = ")
        .value(account)
        .maybe(" and id < ", after)
        .push(" order by id desc limit ")
        .value(limit + 1)
        .all()
        .await?;
    Ok(Page::cut(rows, limit, |row: &AccessRow| row.id))
}
