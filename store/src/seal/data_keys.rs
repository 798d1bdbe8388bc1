//! Data keys at rest: one row per case file, draft or profile, wrapped by the key ring.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{DataKey, KeyRing, Sealed};
use crate::{Unit, chance, db::Tx, fault::Result, new_id};

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    key_id: String,
    wrapped: Sealed,
}

impl Row {
    fn unwrap(&self, ring: &KeyRing) -> Result<DataKey> {
        ring.unwrap_key(&self.key_id, self.id, &self.wrapped)
    }
}

/// The key of an owner, if it has one.
pub async fn find(tx: &mut Tx, ring: &KeyRing, owner_noun: &str, owner_id: Uuid) -> Result<Option<DataKey>> {
    let row: Option<Row> = tx
        .query("select id, key_id, wrapped from data_keys where owner_noun = $1 and owner_id = $2")
        .bind(owner_noun)
        .bind(owner_id)
        .optional()
        .await?;
    row.map(|row| row.unwrap(ring)).transpose()
}

/// The key of an owner, made now when it has none.
pub async fn ensure(unit: &mut Unit, ring: &KeyRing, owner_noun: &str, owner_id: Uuid) -> Result<DataKey> {
    if let Some(key) = find(unit, ring, owner_noun, owner_id).await? {
        return Ok(key);
    }
    let key = fresh(unit.now());
    if keep(unit, ring, &key, owner_noun, owner_id).await? {
        return Ok(key);
    }
    // Another unit made one between our two statements.
    find(unit, ring, owner_noun, owner_id).await?.ok_or(crate::StoreFault::Gone)
}

/// A new key that nobody has yet: what is to belong to an owner can be sealed before the owner is there.
pub fn fresh(now: DateTime<Utc>) -> DataKey {
    DataKey::new(new_id(now), chance::bytes())
}

/// Makes a fresh key the key of an owner. False when it has one.
pub async fn keep(unit: &mut Unit, ring: &KeyRing, key: &DataKey, owner_noun: &str, owner_id: Uuid) -> Result<bool> {
    let now = unit.now();
    let (key_id, wrapped) = ring.wrap_key(key)?;
    unit.query(
        "insert into data_keys (id, owner_noun, owner_id, key_id, wrapped, created_at) values ($1, $2, $3, $4, $5, $6)
             on conflict (owner_noun, owner_id) do nothing",
    )
    .bind(key.id())
    .bind(owner_noun)
    .bind(owner_id)
    .bind(key_id)
    .bind(&wrapped)
    .bind(now)
    .changed()
    .await
}

/// Gives a key to another owner: a draft's becomes the case's, and nothing need be encrypted again.
/// False when `from` has none; `Taken` when `to` has one.
pub async fn hand_over(unit: &mut Unit, from: (&str, Uuid), to: (&str, Uuid)) -> Result<bool> {
    unit.query("update data_keys set owner_noun = $3, owner_id = $4 where owner_noun = $1 and owner_id = $2")
        .bind(from.0)
        .bind(from.1)
        .bind(to.0)
        .bind(to.1)
        .changed()
        .await
}

/// Destroys a key: nothing sealed under it can be read again.
pub async fn remove(unit: &mut Unit, owner_noun: &str, owner_id: Uuid) -> Result<bool> {
    unit.query("delete from data_keys where owner_noun = $1 and owner_id = $2").bind(owner_noun).bind(owner_id).changed().await
}

/// After a new key joined the ring: wraps up to `limit` data keys with it that an older one wraps.
/// Answers how many; call it until 0. What they seal is not touched.
pub async fn rewrap(unit: &mut Unit, ring: &KeyRing, limit: i64) -> Result<u64> {
    let rows: Vec<Row> = unit
        .query("select id, key_id, wrapped from data_keys where key_id <> $1 order by id limit $2")
        .bind(ring.current())
        .bind(limit)
        .all()
        .await?;
    for row in &rows {
        let (key_id, wrapped) = ring.wrap_key(&row.unwrap(ring)?)?;
        unit.query("update data_keys set key_id = $2, wrapped = $3 where id = $1")
            .bind(row.id)
            .bind(key_id)
            .bind(&wrapped)
            .execute()
            .await?;
    }
    Ok(rows.len() as u64)
}
