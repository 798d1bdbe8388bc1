//! Messages: the inbox of a party or of a member of staff.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Unit,
    db::{Build, Tx},
    fault::Result,
    page::{Cursor, Page, after, bounded},
};

/// A message in the hall.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct MessageRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The event it tells of.
    pub event_id: Uuid,
    /// `party:…` or `account:…`.
    pub recipient: String,
    /// The party told.
    pub party_id: Option<Uuid>,
    /// The account told.
    pub account_id: Option<Uuid>,
    /// The case it is about.
    pub case_id: Option<Uuid>,
    /// Which sentence of `words`.
    pub kind: String,
    /// What the sentence is filled with; nothing sensitive.
    #[sqlx(json)]
    pub body: Value,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

/// Whose messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inbox {
    /// A citizen's or an organisation's.
    Party(Uuid),
    /// A member of staff's.
    Account(Uuid),
}

impl Inbox {
    fn narrow<'t>(self, build: Build<'t>) -> Build<'t> {
        match self {
            Self::Party(id) => build.push(" party_id = ").value(id),
            Self::Account(id) => build.push(" account_id = ").value(id),
        }
    }
}

/// Adds a message; false when this recipient was told of this event before.
pub async fn add(unit: &mut Unit, row: &MessageRow) -> Result<bool> {
    unit.query(
        "insert into messages (id, event_id, recipient, party_id, account_id, case_id, kind, body, created_at, read_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (event_id, recipient) do nothing",
    )
    .bind(row.id)
    .bind(row.event_id)
    .bind(&row.recipient)
    .bind(row.party_id)
    .bind(row.account_id)
    .bind(row.case_id)
    .bind(&row.kind)
    .bind(&row.body)
    .bind(row.created_at)
    .bind(row.read_at)
    .changed().await
}

/// An inbox, newest first.
pub async fn list(tx: &mut Tx, inbox: &Inbox, cursor: Option<&Cursor>, limit: i64) -> Result<Page<MessageRow>> {
    let limit = bounded(limit);
    let after: Option<Uuid> = after(cursor)?;
    let rows = inbox
        .narrow(tx.build(
            "select id, event_id, recipient, party_id, account_id, case_id, kind, body, created_at, read_at from messages where",
        ))
        .maybe(" and id < ", after)
        .push(" order by id desc limit ")
        .value(limit + 1)
        .all()
        .await?;
    Ok(Page::cut(rows, limit, |row: &MessageRow| row.id))
}

/// How many are unread; counts to a hundred and no further.
pub async fn unread(tx: &mut Tx, inbox: &Inbox) -> Result<i64> {
    let rows: Vec<(i64,)> = inbox
        .narrow(tx.build("select count(*) from (select 1 from messages where"))
        .push(" and read_at is null limit 100) few")
        .all()
        .await?;
    Ok(rows.first().map_or(0, |(count,)| *count))
}

/// Marks one as read; false when it was, or is not in this inbox.
pub async fn read(unit: &mut Unit, id: Uuid, inbox: &Inbox, at: DateTime<Utc>) -> Result<bool> {
    let build = unit.build("update messages set read_at = ").value(at).push(" where id = ").value(id).push(" and");
    Ok(inbox.narrow(build).push(" and read_at is null").execute().await? == 1)
}

/// Marks all as read; answers how many were not.
pub async fn read_all(unit: &mut Unit, inbox: &Inbox, at: DateTime<Utc>) -> Result<u64> {
    let build = unit.build("update messages set read_at = ").value(at).push(" where");
    inbox.narrow(build).push(" and read_at is null").execute().await
}
