//! One act, one effect, however often it is sent.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Unit, db::Json, fault::{Result, StoreFault}};

/// What makes a sending the same as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// Who sends.
    pub actor: String,
    /// Which act.
    pub act: String,
    /// The key the form or the caller carries.
    pub key: String,
    /// SHA-256 of what was sent, hexadecimal.
    pub body_hash: String,
}

impl Once {
    /// `body` in whatever canonical form the act has; only its hash is kept.
    pub fn new(actor: &str, act: &str, key: &str, body: &[u8]) -> Self {
        Self {
            actor: actor.to_owned(),
            act: act.to_owned(),
            key: key.to_owned(),
            body_hash: hex::encode(Sha256::digest(body)),
        }
    }
}

/// What the unit should do.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// First time: act, then [`answer`], then save.
    Fresh,
    /// It was done before; this was the answer.
    Replay(Value),
    /// The key was used for another body: refuse.
    Crossed,
}

/// The unit's first statement. A second sending that arrives while the first is at work waits for it.
/// A unit that is dropped leaves no trace, so a refused act may be sent again under the same key.
pub async fn claim(unit: &mut Unit, once: &Once) -> Result<Claim> {
    for _ in 0..3 {
        let now = unit.now();
        let fresh: Option<(String,)> = unit
            .query(
                "insert into idempotency (actor, act, key, body_hash, answer, claimed_at) values ($1, $2, $3, $4, $5, $6)
                 on conflict (actor, act, key) do nothing returning key",
            )
            .bind(&once.actor)
            .bind(&once.act)
            .bind(&once.key)
            .bind(&once.body_hash)
            .bind(None::<Json<Value>>)
            .bind(now)
            .optional()
            .await?;
        if fresh.is_some() {
            return Ok(Claim::Fresh);
        }
        // What we repeat must be durable first.
        unit.settle().await?;
        let kept: Option<(String, Option<Json<Value>>)> = unit
            .query("select body_hash, answer from idempotency where actor = $1 and act = $2 and key = $3")
            .bind(&once.actor)
            .bind(&once.act)
            .bind(&once.key)
            .optional()
            .await?;
        match kept {
            Some((body_hash, _)) if body_hash != once.body_hash => return Ok(Claim::Crossed),
            Some((_, answer)) => {
                return Ok(Claim::Replay(answer.map_or(Value::Null, |Json(answer)| answer)));
            }
            // The group it was in did not commit after all.
            None => {}
        }
    }
    Err(StoreFault::Busy("an act under the same key is not settled yet".into()))
}

/// Keeps the answer of a fresh act for replays. `answer` is an object or an array.
pub async fn answer(unit: &mut Unit, once: &Once, answer: &Value) -> Result<()> {
    let kept = unit
        .query("update idempotency set answer = $4 where actor = $1 and act = $2 and key = $3")
        .bind(&once.actor)
        .bind(&once.act)
        .bind(&once.key)
        .bind(answer)
        .changed()
        .await?;
    if kept { Ok(()) } else { Err(StoreFault::Gone) }
}

/// Forgets keys claimed before a moment.
pub async fn remove_before(unit: &mut Unit, at: chrono::DateTime<chrono::Utc>) -> Result<u64> {
    unit.query("delete from idempotency where claimed_at < $1").bind(at).execute().await
}
