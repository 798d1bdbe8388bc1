use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::json;

use super::*;
use crate::{NewEvent, Result, Store, StoreFault, events, on_each_database, seal::KeyRing, testing::Fresh};

fn now() -> DateTime<Utc> {
    "2026-03-02T01:02:03.000004Z".parse().unwrap()
}

async fn happen(store: &Store, stream: &str, kind: &str) -> Result<()> {
    let mut unit = store.unit("account:1", now()).await?;
    unit.append(NewEvent::new("case", stream, kind, json!({"kind": kind, "名": "张"})));
    unit.save().await
}

/// What the task does, at once.
async fn settle(store: &Store) {
    while sequence(store.db()).await.unwrap() > 0 {}
}

async fn all(store: &Store) -> Vec<Logged> {
    read_after(&mut store.read().await.unwrap(), 0, 10_000).await.unwrap()
}

async fn force(store: &Store, sql: &'static str) {
    let mut tx = store.db().write().await.unwrap();
    assert!(tx.query(sql).execute().await.unwrap() > 0, "{sql} touched nothing");
    tx.save().await.unwrap();
}

on_each_database! {
    async fn what_was_saved_lands_in_order_and_holds(store) {
        for kind in ["submitted", "accepted", "decided"] {
            happen(&store, "7", kind).await.unwrap();
        }
        settle(&store).await;
        let log = all(&store).await;
        let seen: Vec<_> = log.iter().map(|l| (l.position, l.event.seq, l.event.kind.as_str())).collect();
        assert_eq!(seen, [(1, 1, "submitted"), (2, 2, "accepted"), (3, 3, "decided")]);
        let first = &log[0].event;
        assert_eq!((first.actor.as_str(), first.origin.as_str(), first.happened_at), ("account:1", "hall", now()));
        assert_eq!(first.payload, json!({"kind": "submitted", "名": "张"}));
        let mut tx = store.read().await.unwrap();
        assert_eq!(events::of_stream(&mut tx, "case", "7").await.unwrap().len(), 3);
        assert_eq!(events::find(&mut tx, first.id).await.unwrap().as_ref(), Some(first));
        assert_eq!(events::find_by_origin(&mut tx, "hall", &first.id.to_string()).await.unwrap().as_ref(), Some(first));
        drop(tx);
        let report = store.check_log().await.unwrap();
        assert!(report.sound(), "{report:?}");
        assert_eq!((report.events, report.logged, report.pending, report.position, report.checkpoint), (3, 3, 0, 3, None));
    }

    async fn a_dropped_unit_leaves_no_event(store) {
        let mut unit = store.unit("account:1", now()).await.unwrap();
        unit.append(NewEvent::new("case", 1, "submitted", json!({})));
        drop(unit);
        assert_eq!(store.check_log().await.unwrap().events, 0);
    }

    async fn a_number_of_a_stream_is_given_once(store) {
        happen(&store, "1", "submitted").await.unwrap();
        let mut unit = store.unit("account:2", now()).await.unwrap();
        unit.append(NewEvent::new("case", 2, "submitted", json!({})));
        unit.append(NewEvent::new("case", 1, "accepted", json!({})).seq(1));
        assert!(matches!(unit.save().await, Err(StoreFault::Taken)));
        // Nothing of the unit is kept, also not what was fine by itself.
        assert_eq!(store.check_log().await.unwrap().events, 1);
        assert_eq!(events::last_seq(&mut store.read().await.unwrap(), "case", "2").await.unwrap(), 0);
    }

    async fn an_event_of_another_zone_is_imported_once(store) {
        for expected in [true, false] {
            let mut unit = store.unit("system:import", now()).await.unwrap();
            let happened = "2026-02-01T00:00:00Z".parse().unwrap();
            unit.append(NewEvent::new("case", 1, "submitted", json!({})).origin("inner", "e-1").at(happened).version(2));
            assert_eq!(unit.save().await.is_ok(), expected);
        }
        let event = events::find_by_origin(&mut store.read().await.unwrap(), "inner", "e-1").await.unwrap().unwrap();
        assert_eq!((event.version, event.happened_at < event.recorded_at), (2, true));
    }

    async fn many_writers_and_two_sequencers_lose_and_double_nothing(store) {
        let second = store.second_node().await;
        let mut tasks = Vec::new();
        for writer in 0..8 {
            let node = if writer % 2 == 0 { (*store).clone() } else { second.clone() };
            tasks.push(tokio::spawn(async move {
                for n in 0..12 {
                    // Some streams are shared by all writers: their numbers collide, and are tried again.
                    let stream = if n % 3 == 0 { "shared".to_owned() } else { format!("own-{writer}") };
                    while let Err(fault) = happen(&node, &stream, "moved").await {
                        assert!(matches!(fault, StoreFault::Taken | StoreFault::Busy(_)), "{fault}");
                    }
                }
            }));
        }
        for node in [(*store).clone(), second.clone()] {
            tasks.push(tokio::spawn(async move {
                for _ in 0..40 {
                    sequence(node.db()).await.unwrap();
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        settle(&store).await;
        let report = store.check_log().await.unwrap();
        assert!(report.sound(), "{report:?}");
        assert_eq!((report.logged, report.pending), (96, 0));
        let log = all(&store).await;
        assert_eq!(log.iter().filter(|l| l.event.stream == "shared").count(), 32);
    }

    async fn a_stream_never_runs_backwards_though_clocks_do(store) {
        for (n, at) in ["2026-03-02T00:05:00Z", "2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"].iter().enumerate() {
            let mut unit = store.unit("account:1", at.parse().unwrap()).await.unwrap();
            unit.append(NewEvent::new("case", 1, "moved", json!({"n": n})));
            unit.append(NewEvent::new("case", 100 + n, "moved", json!({})));
            unit.save().await.unwrap();
        }
        settle(&store).await;
        let seqs: Vec<i64> = all(&store).await.into_iter().filter(|l| l.event.stream == "1").map(|l| l.event.seq).collect();
        assert_eq!(seqs, [1, 2, 3]);
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn a_reader_advances_once(store) {
        let mut unit = store.unit("system:courier", now()).await.unwrap();
        assert_eq!(readers::find(&mut unit, "sms").await.unwrap(), 0);
        assert!(readers::advance(&mut unit, "sms", 0, 5).await.unwrap());
        assert!(!readers::advance(&mut unit, "sms", 0, 7).await.unwrap());
        assert!(readers::advance(&mut unit, "sms", 5, 9).await.unwrap());
        assert_eq!(readers::find(&mut unit, "sms").await.unwrap(), 9);
        assert!(readers::remove(&mut unit, "sms").await.unwrap());
        assert_eq!(readers::find(&mut unit, "sms").await.unwrap(), 0);
    }

    async fn listeners_hear_what_lands_on_any_node(store) {
        let second = store.second_node().await;
        let (here, there) = (store.start_log(now), second.start_log(now));
        let mut heard = store.subscribe();
        tokio::time::sleep(Duration::from_millis(400)).await;
        happen(&store, "1", "submitted").await.unwrap();
        happen(&second, "2", "submitted").await.unwrap();
        let mut ids = Vec::new();
        for _ in 0..2 {
            let landed = tokio::time::timeout(Duration::from_secs(5), heard.recv()).await.unwrap().unwrap();
            assert_eq!(landed.kind, "submitted");
            assert_eq!(landed.position, ids.len() as i64 + 1);
            ids.push(landed.id);
        }
        ids.sort();
        assert_eq!(ids, ["1", "2"]);
        here.stop().await;
        there.stop().await;
        // Stopping marks the end of the log.
        assert_eq!(store.check_log().await.unwrap().checkpoint, Some(2));
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn every_tampering_is_seen(store) {
        for (n, what) in ["a changed payload", "a changed date", "a removed event", "a removed position", "two swapped", "a slipped-in event",
            "the tail cut off", "the tail cut off, events too", "a lost pending row", "rewritten with a fresh chain"].iter().enumerate() {
            let hall = if store.db().is_embedded() { crate::testing::sqlite().await } else { crate::testing::postgres().await.unwrap() };
            tampered(&hall, n, what).await;
        }
    }
}

async fn tampered(store: &Fresh, n: usize, what: &str) {
    for kind in ["submitted", "accepted", "extended", "decided"] {
        happen(store, "1", kind).await.unwrap();
    }
    settle(store).await;
    store.checkpoint(now()).await.unwrap().unwrap();
    assert!(store.check_log().await.unwrap().sound());
    match n {
        0 => force(store, "update events set payload = '{}' where seq = 2").await,
        1 => force(store, by_hand_date(store)).await,
        2 => force(store, "delete from events where seq = 3").await,
        3 => force(store, "delete from log where position = 2").await,
        4 => {
            force(store, "update log set position = 99 where position = 2").await;
            force(store, "update log set position = 2 where position = 3").await;
            force(store, "update log set position = 3 where position = 99").await;
        }
        5 => force(store, "update events set stream = '2' where seq = 4").await,
        6 => force(store, "delete from log where position > 2").await,
        7 => {
            force(store, "delete from log where position > 2").await;
            force(store, "delete from events where seq > 2").await;
        }
        8 => {
            let mut unit = store.unit("x", now()).await.unwrap();
            unit.append(NewEvent::new("case", 1, "lost", json!({})));
            unit.save().await.unwrap();
            if store.db().is_embedded() {
                force(store, "delete from log where position = 5").await;
            } else {
                force(store, "delete from pending").await;
            }
        }
        _ => rewrite(store).await,
    }
    let report = store.check_log().await.unwrap();
    assert!(!report.sound(), "{what} was not seen");
    assert!(!report.faults.is_empty());
}

fn by_hand_date(store: &Store) -> &'static str {
    if store.db().is_embedded() {
        "update events set happened_at = '2020-01-01T00:00:00+00:00' where seq = 2"
    } else {
        "update events set happened_at = '2020-01-01 00:00:00+00' where seq = 2"
    }
}

/// Someone who knows the reckoning changes an event and computes every later link anew.
async fn rewrite(store: &Store) {
    force(store, "update events set actor = 'account:9' where seq = 1").await;
    let mut tx = store.db().write().await.unwrap();
    let mut previous = chain::BEGINNING.to_vec();
    for row in rows_after(&mut tx, 0, 100).await.unwrap() {
        previous = chain::link(&previous, row.position, &row.event);
        tx.query("update log set chain = $2 where position = $1").bind(row.position).bind(&previous).execute().await.unwrap();
    }
    tx.save().await.unwrap();
    // By itself the log now looks sound: only the mark outside tells.
    let alone = check(&mut store.read().await.unwrap(), &[], store.keys()).await.unwrap();
    assert!(alone.sound(), "{alone:?}");
}

#[tokio::test]
async fn marks_are_signed_kept_and_never_covered() {
    let store = crate::testing::sqlite().await;
    assert_eq!(store.checkpoint(now()).await.unwrap(), None);
    happen(&store, "1", "submitted").await.unwrap();
    let mark = store.checkpoint(now()).await.unwrap().unwrap();
    assert!(mark.is_ours(store.keys()));
    assert_eq!(store.checkpoint(now()).await.unwrap(), None, "the same end is marked once");
    let stranger = format!("file://{}", store.folder.path().join("other.json").display());
    assert!(!mark.is_ours(&KeyRing::open(&stranger, true).unwrap()));

    // A line a crash cut short is overlooked, and ended by the next mark.
    let file = store.settings.checkpoint_file.clone();
    let mut text = std::fs::read_to_string(&file).unwrap();
    text.push_str("{\"position\":2,\"cha");
    std::fs::write(&file, &text).unwrap();
    happen(&store, "1", "accepted").await.unwrap();
    assert_eq!(store.checkpoint(now()).await.unwrap().unwrap().position, 2);
    assert_eq!(store.check_log().await.unwrap().checkpoint, Some(2));
    assert!(store.check_log().await.unwrap().sound());

    // A changed mark is seen as forged; a shorter log is not marked over.
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("\"position\":2", "\"position\":3")).unwrap();
    let report = store.check_log().await.unwrap();
    assert!(report.faults.contains(&LogFault::Forged { position: 3 }), "{report:?}");
    assert!(matches!(store.checkpoint(now()).await, Err(StoreFault::Log(_))));
}
