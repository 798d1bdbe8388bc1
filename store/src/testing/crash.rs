//! Killed at any instant, nothing acknowledged is lost and nothing half-done is visible.
//!
//! The test starts this very test program again as a child that submits without pause and says what it
//! was told; kills it; looks; sends everything again; and does so several times on the same database.

use std::{
    collections::HashMap,
    io::{Read, Write},
    process::{Command, Stdio},
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::{
    Claim, NewEvent, Once, Result, Store, StoreSettings, cases, data_keys, idempotency, log::sequence, new_id, on_each_database,
    retry,
};

const PLACE: &str = "TONGBAN_TEST_CRASH_PLACE";
const ROUND: &str = "TONGBAN_TEST_CRASH_ROUND";

fn now() -> DateTime<Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

/// A submit as the service does it: key, data key, row, answers, event, receipt.
async fn submit(store: &Store, key: &str) -> Result<Value> {
    let once = Once::new("account:1", "submit", key, key.as_bytes());
    retry(|| async {
        let mut unit = store.unit("account:1", now()).await?;
        match idempotency::claim(&mut unit, &once).await? {
            Claim::Fresh => {}
            Claim::Replay(receipt) => return Ok(receipt),
            Claim::Crossed => return Ok(json!(["crossed"])),
        }
        let id = new_id(now());
        let sealing = data_keys::ensure(&mut unit, store.keys(), "case", id).await?;
        cases::add(&mut unit, &cases::tests::case_row(id, key)).await?;
        let answers = sealing.seal(cases::ANSWERS, &id.to_string(), b"answers")?;
        let row = cases::CaseAnswersRow { case_id: id, revision: 1, answers, hash: "h".into(), created_at: now() };
        cases::add_answers(&mut unit, &row).await?;
        unit.append(NewEvent::new("case", id, "submitted", json!({ "key": key })).seq(1));
        let receipt = json!({ "number": key, "id": id });
        idempotency::answer(&mut unit, &once, &receipt).await?;
        unit.save().await?;
        Ok(receipt)
    })
    .await
}

/// Not a test by itself: what the child runs.
#[expect(clippy::disallowed_methods, reason = "the child of a test has no settings but its environment")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let (Ok(place), Ok(round)) = (std::env::var(PLACE), std::env::var(ROUND)) else { return };
    let place: Vec<String> = serde_json::from_str(&place).unwrap();
    let settings = StoreSettings {
        database_url: place[0].clone(),
        files_url: place[1].clone(),
        keys_url: place[2].clone(),
        readers: 10,
        ..StoreSettings::in_folder(std::path::Path::new(&place[3]))
    };
    let store = Store::open(&settings).await.unwrap();
    let log = store.start_log(now);
    let mut tasks = Vec::new();
    for client in 0..8 {
        let (store, round) = (store.clone(), round.clone());
        tasks.push(tokio::spawn(async move {
            for n in 0..1_000_000 {
                let key = format!("{round}-{client}-{n}");
                let receipt = submit(&store, &key).await.unwrap();
                let mut out = std::io::stdout().lock();
                writeln!(out, "ACK {key} {receipt}").unwrap();
                out.flush().unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    log.stop().await;
}

on_each_database! {
    async fn killed_at_any_instant_nothing_acknowledged_is_lost(store) {
        let s = &store.settings;
        let place = json!([s.database_url, s.files_url, s.keys_url, store.folder.path()]).to_string();
        let mut acknowledged: HashMap<String, Value> = HashMap::new();
        for round in 0..5_u64 {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "testing::crash::child", "--nocapture", "--test-threads=1"])
                .env(PLACE, &place)
                .env(ROUND, round.to_string())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut out = child.stdout.take().unwrap();
            let reading = std::thread::spawn(move || {
                let mut said = Vec::new();
                out.read_to_end(&mut said).ok();
                String::from_utf8_lossy(&said).into_owned()
            });
            tokio::time::sleep(Duration::from_millis(700 + round * 137)).await;
            // SIGKILL.
            child.kill().unwrap();
            child.wait().unwrap();
            let said = reading.join().unwrap();
            // A line may be cut short: then nobody was told.
            let whole = &said[..said.rfind('\n').map_or(0, |end| end + 1)];
            for line in whole.lines().filter_map(|line| line.split_once("ACK ")) {
                let (key, receipt) = line.1.split_once(' ').unwrap();
                acknowledged.insert(key.to_owned(), serde_json::from_str(receipt).unwrap());
            }

            let again = store.second_node().await;
            while sequence(again.db()).await.unwrap() > 0 {}
            let report = again.check_log().await.unwrap();
            assert!(report.sound(), "{report:?}");
            let mut tx = again.read().await.unwrap();
            let (rows, answers, keys, acts): (i64, i64, i64, i64) = tx
                .query("select (select count(*) from cases), (select count(*) from case_answers), (select count(*) from data_keys), (select count(*) from idempotency where answer is not null)")
                .one().await.unwrap();
            assert_eq!([rows, answers, keys, acts], [report.events; 4], "something is half done");
            drop(tx);
            again.close().await;
        }
        assert!(acknowledged.len() > 50, "only {} were acknowledged: the test proves nothing", acknowledged.len());
        let before = store.check_log().await.unwrap().events;
        for (key, receipt) in &acknowledged {
            assert_eq!(&submit(&store, key).await.unwrap(), receipt, "{key} was lost or doubled");
        }
        assert_eq!(store.check_log().await.unwrap().events, before);
        eprintln!("{} acknowledged over 5 kills, {} in the log", acknowledged.len(), before);
    }
}
