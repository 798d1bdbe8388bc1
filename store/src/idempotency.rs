//! One act, one effect, however often it is sent.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    Unit,
    db::{Json, Tx},
    fault::{Result, StoreFault},
};

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
        Self { actor: actor.to_owned(), act: act.to_owned(), key: key.to_owned(), body_hash: hex::encode(Sha256::digest(body)) }
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

/// What was answered under a key, with the hash of what was sent; nothing while the act has not happened.
pub async fn find(tx: &mut Tx, actor: &str, act: &str, key: &str) -> Result<Option<(String, Value)>> {
    let kept: Option<(String, Json<Value>)> = tx
        .query("select body_hash, answer from idempotency where actor = $1 and act = $2 and key = $3 and answer is not null")
        .bind(actor)
        .bind(act)
        .bind(key)
        .optional()
        .await?;
    Ok(kept.map(|(body_hash, Json(answer))| (body_hash, answer)))
}

/// Forgets keys claimed before a moment.
pub async fn remove_before(unit: &mut Unit, at: chrono::DateTime<chrono::Utc>) -> Result<u64> {
    unit.query("delete from idempotency where claimed_at < $1").bind(at).execute().await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{NewEvent, Store, on_each_database, retry};

    fn now() -> chrono::DateTime<chrono::Utc> {
        "2026-03-02T01:02:03Z".parse().unwrap()
    }

    fn once(key: &str, body: &str) -> Once {
        Once::new("account:1", "submit", key, body.as_bytes())
    }

    /// A submit: one event, one answer, however often it is sent.
    async fn submit(store: &Store, once: &Once) -> Result<Value> {
        let mut unit = store.unit("account:1", now()).await?;
        match claim(&mut unit, once).await? {
            Claim::Fresh => {
                let id = unit.append(NewEvent::new("case", crate::new_id(now()), "submitted", json!({})));
                let receipt = json!({ "number": id });
                answer(&mut unit, once, &receipt).await?;
                unit.save().await?;
                Ok(receipt)
            }
            Claim::Replay(receipt) => Ok(receipt),
            Claim::Crossed => Ok(json!(["crossed"])),
        }
    }

    on_each_database! {
        async fn a_replay_gets_the_same_answer_and_another_body_none(store) {
            let first = submit(&store, &once("k", "body")).await.unwrap();
            assert_eq!(submit(&store, &once("k", "body")).await.unwrap(), first);
            assert_eq!(submit(&store, &once("k", "other")).await.unwrap(), json!(["crossed"]));
            assert_ne!(submit(&store, &once("k2", "body")).await.unwrap(), first);
            let theirs = Once { actor: "account:2".into(), ..once("k", "body") };
            assert_ne!(submit(&store, &theirs).await.unwrap(), first);
            assert_eq!(store.check_log().await.unwrap().events, 3);
        }

        async fn what_was_answered_is_found_by_its_key(store) {
            let first = submit(&store, &once("k", "body")).await.unwrap();
            let mut tx = store.read().await.unwrap();
            let kept = find(&mut tx, "account:1", "submit", "k").await.unwrap();
            assert_eq!(kept, Some((once("k", "body").body_hash, first)));
            for (actor, act, key) in [("account:2", "submit", "k"), ("account:1", "start", "k"), ("account:1", "submit", "k2")] {
                assert_eq!(find(&mut tx, actor, act, key).await.unwrap(), None, "{actor} {act} {key}");
            }
        }

        async fn a_refused_act_leaves_the_key_free(store) {
            let mut unit = store.unit("account:1", now()).await.unwrap();
            assert_eq!(claim(&mut unit, &once("k", "body")).await.unwrap(), Claim::Fresh);
            drop(unit);
            let mut unit = store.unit("account:1", now()).await.unwrap();
            assert_eq!(claim(&mut unit, &once("k", "mended body")).await.unwrap(), Claim::Fresh);
        }

        async fn sent_five_times_at_once_over_two_nodes_it_happens_once(store) {
            let second = store.second_node().await;
            let mut sent = Vec::new();
            for n in 0..30 {
                for copy in 0..5 {
                    let node = if copy % 2 == 0 { (*store).clone() } else { second.clone() };
                    sent.push(tokio::spawn(async move {
                        let once = once(&format!("k{n}"), "body");
                        (n, retry(|| submit(&node, &once)).await.unwrap())
                    }));
                }
            }
            let mut receipts = std::collections::HashMap::new();
            for answer in sent {
                let (n, receipt) = answer.await.unwrap();
                assert!(receipt.is_object(), "{receipt}");
                assert_eq!(receipts.entry(n).or_insert_with(|| receipt.clone()), &receipt);
            }
            assert_eq!(store.check_log().await.unwrap().events, 30);
        }

        async fn a_replay_waits_until_what_it_repeats_is_durable(store) {
            let once = once("k", "body");
            let mut first = store.unit("account:1", now()).await.unwrap();
            assert_eq!(claim(&mut first, &once).await.unwrap(), Claim::Fresh);
            answer(&mut first, &once, &json!({"number": 1})).await.unwrap();
            let (node, same) = ((*store).clone(), once.clone());
            let second = tokio::spawn(async move {
                let mut unit = node.unit("account:1", now()).await.unwrap();
                let claimed = claim(&mut unit, &same).await.unwrap();
                // The unit is still open when the answer is looked at from elsewhere.
                let seen: Option<(String,)> = node.glance().await.unwrap()
                    .query("select key from idempotency where answer is not null").optional().await.unwrap();
                (claimed, seen.is_some())
            });
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            first.save().await.unwrap();
            assert_eq!(second.await.unwrap(), (Claim::Replay(json!({"number": 1})), true));
        }

        async fn old_keys_are_forgotten(store) {
            submit(&store, &once("k", "body")).await.unwrap();
            let mut unit = store.unit("system", now()).await.unwrap();
            assert_eq!(remove_before(&mut unit, now()).await.unwrap(), 0);
            assert_eq!(remove_before(&mut unit, now() + chrono::TimeDelta::seconds(1)).await.unwrap(), 1);
        }
    }
}
