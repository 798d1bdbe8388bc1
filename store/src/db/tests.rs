use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{Store, StoreFault, on_each_database, seal::Sealed, testing};

#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
struct Sample {
    id: Uuid,
    words: String,
    maybe: Option<String>,
    many: i64,
    yes: bool,
    bytes: Vec<u8>,
    sealed: Option<Sealed>,
    #[sqlx(json)]
    paper: Value,
    #[sqlx(json)]
    list: Vec<String>,
    at: DateTime<Utc>,
    gone: Option<DateTime<Utc>>,
    day: NaiveDate,
    no_day: Option<NaiveDate>,
    no_id: Option<Uuid>,
}

/// The same definition on both: this is what the ladder relies on.
const TABLE: &str = "create table samples (id uuid primary key, words text not null, maybe text, many bigint not null,
    yes boolean not null, bytes bytea not null, sealed bytea, paper jsonb not null, list jsonb not null,
    at timestamptz not null, gone timestamptz, day date not null, no_day date, no_id uuid)";

fn sample(words: &str, at: &str) -> Sample {
    Sample {
        id: crate::new_id(DateTime::UNIX_EPOCH),
        words: words.into(),
        maybe: None,
        many: i64::MAX,
        yes: true,
        bytes: vec![0, 255, 0, 10],
        sealed: Some(Sealed::from_bytes(vec![1, 2, 3, 0])),
        paper: json!({"名": "张三", "n": [1, 2.5, null], "deep": {"x": true}}),
        list: vec!["a".into(), "二".into()],
        at: at.parse().unwrap(),
        gone: Some("2026-02-28T23:59:59.999999Z".parse().unwrap()),
        day: "2026-01-02".parse().unwrap(),
        no_day: None,
        no_id: None,
    }
}

async fn add(tx: &mut Tx, s: &Sample) -> Result<u64> {
    tx.query("insert into samples values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(s.id)
        .bind(&s.words)
        .bind(&s.maybe)
        .bind(s.many)
        .bind(s.yes)
        .bind(&s.bytes)
        .bind(&s.sealed)
        .bind(&s.paper)
        .bind(&s.list)
        .bind(s.at)
        .bind(s.gone)
        .bind(s.day)
        .bind(s.no_day)
        .bind(s.no_id)
        .execute()
        .await
}

async fn words(tx: &mut Tx, order: &'static str) -> Vec<String> {
    let rows: Vec<(String,)> = tx.build("select words from samples order by ").push(order).all().await.unwrap();
    rows.into_iter().map(|(words,)| words).collect()
}

async fn with_table(db: &Db) {
    let mut tx = db.write().await.unwrap();
    tx.query(TABLE).execute().await.unwrap();
    tx.save().await.unwrap();
}

/// Handlers can only await futures that are `Send`.
fn must_be_send<T: Send>(future: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
    future
}

on_each_database! {
    async fn every_kind_of_value_reads_back_as_written(store) {
        with_table(store.db()).await;
        let whole = sample("whole", "2026-01-02T03:04:05.678901Z");
        let bare = Sample { maybe: Some(String::new()), sealed: None, gone: None, paper: json!([]), list: vec![], bytes: vec![],
            no_day: Some("1899-12-31".parse().unwrap()), no_id: Some(Uuid::nil()), many: -1, yes: false, ..sample("bare", "1969-12-31T23:59:59.5Z") };
        let mut tx = store.db().write().await.unwrap();
        for s in [&whole, &bare] {
            must_be_send(add(&mut tx, s)).await.unwrap();
        }
        tx.save().await.unwrap();
        let mut tx = store.db().glance().await.unwrap();
        for s in [&whole, &bare] {
            let back: Option<Sample> = tx.query("select * from samples where id = $1").bind(s.id).optional().await.unwrap();
            assert_eq!(back.as_ref(), Some(s));
        }
    }

    async fn moments_sort_alike_and_are_cut_to_microseconds(store) {
        with_table(store.db()).await;
        // With and without fractions, before 1970, and digits that must be cut.
        let moments = ["1969-12-31T23:59:59.999999Z", "2026-03-01T00:00:00Z", "2026-03-01T00:00:00.000001Z", "2026-03-01T00:00:00.4Z",
            "2026-03-01T00:00:00.400001Z", "2026-03-01T00:00:00.5Z", "2026-03-01T00:00:01Z", "2026-10-01T00:00:00Z"];
        let mut tx = store.db().write().await.unwrap();
        for at in moments.iter().rev() {
            add(&mut tx, &sample(at, at)).await.unwrap();
        }
        assert_eq!(words(&mut tx, "at").await, moments);
        let before: Vec<(String,)> = tx.query("select words from samples where at < $1 order by at")
            .bind("2026-03-01T00:00:00.400001Z".parse::<DateTime<Utc>>().unwrap()).all().await.unwrap();
        assert_eq!(before.len(), 4);
        let fine: DateTime<Utc> = "2027-01-01T00:00:00.123456789Z".parse().unwrap();
        let kept = Sample { at: fine, ..sample("fine", "2026-01-01T00:00:00Z") };
        add(&mut tx, &kept).await.unwrap();
        let (back,): (DateTime<Utc>,) = tx.query("select at from samples where words = 'fine'").one().await.unwrap();
        assert_eq!(back, cut(fine));
        // An equal moment is found again although it had more digits when asked for.
        let same: Vec<(String,)> = tx.query("select words from samples where at = $1").bind(fine).all().await.unwrap();
        assert_eq!(same.len(), 1);
    }

    async fn what_is_not_saved_is_forgotten(store) {
        with_table(store.db()).await;
        let mut tx = store.db().write().await.unwrap();
        add(&mut tx, &sample("lost", "2026-01-01T00:00:00Z")).await.unwrap();
        drop(tx);
        let mut tx = store.db().write().await.unwrap();
        assert_eq!(words(&mut tx, "words").await, Vec::<String>::new());
        add(&mut tx, &sample("kept", "2026-01-01T00:00:00Z")).await.unwrap();
        tx.save().await.unwrap();
        assert_eq!(words(&mut store.db().read().await.unwrap(), "words").await, ["kept"]);
    }

    async fn statements_are_built_from_pieces(store) {
        with_table(store.db()).await;
        let mut tx = store.db().write().await.unwrap();
        for (n, w) in ["a", "b", "c"].iter().enumerate() {
            let n = i64::try_from(n).unwrap();
            add(&mut tx, &Sample { many: n, ..sample(w, "2026-01-01T00:00:00Z") }).await.unwrap();
        }
        let some: Vec<(String,)> = tx.build("select words from samples where words in ").list(["a", "c", "x"]).maybe(" and many > ", Some(0_i64)).maybe(" and many < ", None::<i64>).all().await.unwrap();
        assert_eq!(some, [("c".to_owned(),)]);
        let none: Vec<(String,)> = tx.build("select words from samples where words in ").list(Vec::<&str>::new()).all().await.unwrap();
        assert!(none.is_empty());
        // $1 twice and out of order.
        let changed: Option<(String, i64)> = tx.query("update samples set words = $2, many = many + 1 where words = $1 and $2 <> words returning words, many")
            .bind("a").bind("z").optional().await.unwrap();
        assert_eq!(changed, Some(("z".to_owned(), 1)));
    }

    async fn a_second_of_its_kind_is_taken(store) {
        with_table(store.db()).await;
        let one = sample("one", "2026-01-01T00:00:00Z");
        let mut tx = store.db().write().await.unwrap();
        add(&mut tx, &one).await.unwrap();
        assert!(matches!(add(&mut tx, &one).await, Err(StoreFault::Taken)));
    }

    async fn a_reading_piece_of_work_cannot_write(store) {
        with_table(store.db()).await;
        let one = sample("one", "2026-01-01T00:00:00Z");
        assert!(add(&mut store.db().read().await.unwrap(), &one).await.is_err());
        assert!(words(&mut store.db().read().await.unwrap(), "words").await.is_empty());
    }

    async fn many_units_at_once_keep_exactly_what_they_saved(store) {
        with_table(store.db()).await;
        let mut units = Vec::new();
        for n in 0..240_i64 {
            let db = store.db().clone();
            units.push(tokio::spawn(async move {
                let mut tx = db.write().await.unwrap();
                add(&mut tx, &Sample { many: n, ..sample(&format!("{n:03}"), "2026-01-01T00:00:00Z") }).await.unwrap();
                match n % 4 {
                    // One drops its work, one fails in the middle of it, two save.
                    0 => drop(tx),
                    1 => {
                        let wrong = tx.query("insert into samples (id) values ($1)").bind(crate::new_id(DateTime::UNIX_EPOCH)).execute().await;
                        assert!(wrong.is_err());
                    }
                    _ => tx.save().await.unwrap(),
                }
            }));
        }
        for unit in units {
            unit.await.unwrap();
        }
        let expected: Vec<String> = (0..240).filter(|n| n % 4 > 1).map(|n| format!("{n:03}")).collect();
        assert_eq!(words(&mut store.db().read().await.unwrap(), "many").await, expected);
    }

    async fn a_caller_that_hangs_up_leaves_nothing_open(store) {
        with_table(store.db()).await;
        for n in 0..60_u64 {
            let db = store.db().clone();
            let unit = tokio::spawn(async move {
                let mut tx = db.write().await.unwrap();
                add(&mut tx, &sample("cut off", "2026-01-01T00:00:00Z")).await.unwrap();
                tokio::time::sleep(Duration::from_secs(60)).await;
                tx.save().await.unwrap();
            });
            tokio::time::sleep(Duration::from_micros(n * 40)).await;
            unit.abort();
        }
        for n in 0..40 {
            let mut tx = store.db().write().await.unwrap();
            add(&mut tx, &sample(&format!("{n}"), "2026-01-01T00:00:00Z")).await.unwrap();
            tx.save().await.unwrap();
        }
        let kept = words(&mut store.db().read().await.unwrap(), "words").await;
        assert_eq!(kept.len(), 40);
        assert!(kept.iter().all(|words| words != "cut off"));
    }

    async fn several_statements_of_a_read_see_one_moment(store) {
        with_table(store.db()).await;
        let mut reading = store.db().read().await.unwrap();
        assert!(words(&mut reading, "words").await.is_empty());
        let mut tx = store.db().write().await.unwrap();
        add(&mut tx, &sample("new", "2026-01-01T00:00:00Z")).await.unwrap();
        tx.save().await.unwrap();
        assert!(words(&mut reading, "words").await.is_empty());
        assert_eq!(words(&mut store.db().glance().await.unwrap(), "words").await, ["new"]);
    }
}

on_each_database! {
    async fn nul_is_refused_alike(store) {
        with_table(store.db()).await;
        let good = sample("good", "2026-01-01T00:00:00Z");
        for bad in [
            Sample { words: "a\0b".into(), ..good.clone() },
            Sample { maybe: Some("\0".into()), ..good.clone() },
            Sample { list: vec!["a".into(), "\0".into()], ..good.clone() },
            Sample { paper: json!({"a": [{"b": "\0"}]}), ..good.clone() },
            Sample { paper: json!({"\0": 1}), ..good.clone() },
        ] {
            let mut tx = store.db().write().await.unwrap();
            assert!(matches!(add(&mut tx, &bad).await, Err(StoreFault::NotText)), "{bad:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_is_answered_only_when_it_is_committed() {
    let store = testing::sqlite().await;
    with_table(store.db()).await;
    let mut first = store.db().write().await.unwrap();
    add(&mut first, &sample("first", "2026-01-01T00:00:00Z")).await.unwrap();
    let db = store.db().clone();
    let second = tokio::spawn(async move {
        let mut tx = db.write().await.unwrap();
        add(&mut tx, &sample("second", "2026-01-01T00:00:00Z")).await.unwrap();
        tx
    });
    // The second stands in line, so the first leaves the commit to it.
    tokio::time::sleep(Duration::from_millis(100)).await;
    let saving = tokio::spawn(first.save());
    let mut second = second.await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!saving.is_finished(), "answered before it was durable");
    assert!(words(&mut store.db().glance().await.unwrap(), "words").await.is_empty());
    assert_eq!(words(&mut second, "words").await, ["first", "second"]);
    // The second fails; the first is kept all the same, and the second is not.
    drop(second);
    tokio::time::timeout(Duration::from_secs(5), saving).await.unwrap().unwrap().unwrap();
    assert_eq!(words(&mut store.db().glance().await.unwrap(), "words").await, ["first"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_leaves_the_line_keeps_nobody_waiting() {
    let store = testing::sqlite().await;
    with_table(store.db()).await;
    let mut first = store.db().write().await.unwrap();
    add(&mut first, &sample("first", "2026-01-01T00:00:00Z")).await.unwrap();
    let db = store.db().clone();
    let second = tokio::spawn(async move { db.write().await.map(drop) });
    tokio::time::sleep(Duration::from_millis(50)).await;
    second.abort();
    tokio::time::timeout(Duration::from_secs(5), first.save()).await.unwrap().unwrap();
    assert_eq!(words(&mut store.db().glance().await.unwrap(), "words").await, ["first"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_inside_a_unit_is_told_so_and_does_not_hang() {
    let folder = testing::Folder::new();
    let options = OpenOptions { patience: Duration::from_millis(200), ..OpenOptions::default() };
    let db = Db::open(&format!("sqlite://{}/hall.db", folder.path().display()), &options).await.unwrap();
    let outer = db.write().await.unwrap();
    assert!(matches!(db.write().await, Err(StoreFault::Busy(_))));
    drop(outer);
    assert!(db.write().await.is_ok());
}

/// SQLite says "full" at a number of pages as it does at the end of a disk.
async fn pages(store: &Store, most: &'static str) {
    let mut tx = store.db().write().await.unwrap();
    let _: Vec<(i64,)> = tx.query(most).all().await.unwrap();
    tx.save().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_so_keeps_what_was_acknowledged_and_passes() {
    let store = testing::sqlite().await;
    with_table(store.db()).await;
    pages(&store, "pragma max_page_count = 400").await;
    let mut units = Vec::new();
    for n in 0..240_i64 {
        let db = store.db().clone();
        units.push(tokio::spawn(async move {
            let work = async {
                let mut tx = db.write().await?;
                let big = Sample { many: n, bytes: vec![7; 9000], ..sample("big", "2026-01-01T00:00:00Z") };
                add(&mut tx, &big).await?;
                tx.save().await
            };
            (n, work.await)
        }));
    }
    let (mut acknowledged, mut full) = (Vec::new(), 0);
    for unit in units {
        match unit.await.unwrap() {
            (n, Ok(())) => acknowledged.push((n,)),
            (_, Err(StoreFault::Full(_))) => full += 1,
            // The group it was in was lost to the full disk.
            (_, Err(StoreFault::Busy(_) | StoreFault::Files(_))) => {}
            (n, Err(other)) => panic!("{n}: {other:?}"),
        }
    }
    assert!(!acknowledged.is_empty() && full > 0, "{} {full}", acknowledged.len());
    acknowledged.sort_unstable();
    // Reading goes on, and shows exactly what was acknowledged.
    let kept: Vec<(i64,)> = store.glance().await.unwrap().query("select many from samples order by many").all().await.unwrap();
    assert_eq!(kept, acknowledged);
    // Space returns; nobody restarts anything.
    pages(&store, "pragma max_page_count = 100000").await;
    let mut tx = store.db().write().await.unwrap();
    add(&mut tx, &Sample { bytes: vec![7; 90_000], ..sample("after", "2026-01-01T00:00:00Z") }).await.unwrap();
    tx.save().await.unwrap();
    let (sound,): (String,) = store.glance().await.unwrap().query("pragma integrity_check").one().await.unwrap();
    assert_eq!(sound, "ok");
}

/// A begin() that is dropped half-way leaves a transaction open on a pooled connection (sqlx 0.9.0).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_begin_cut_off_half_way_poisons_no_connection() {
    let Some(store) = testing::postgres().await else { return };
    for polls in 1..10 {
        for _ in 0..12 {
            let mut begin = std::pin::pin!(store.db().write());
            for _ in 0..polls {
                if futures::poll!(&mut begin).is_ready() {
                    break;
                }
                tokio::time::sleep(Duration::from_micros(300)).await;
            }
        }
    }
    tokio::time::sleep(Duration::from_millis(400)).await;
    // Every connection of the pool at once: inside an old transaction now() stands still.
    let mut all = Vec::new();
    for _ in 0..12 {
        all.push(store.glance().await.unwrap());
    }
    for tx in &mut all {
        let (fresh,): (bool,) = tx.query("select now() > clock_timestamp() - interval '200 milliseconds'").one().await.unwrap();
        assert!(fresh, "a transaction was left open");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_that_wait_for_each_other_are_told_to_try_again() {
    let Some(store) = testing::postgres().await else { return };
    with_table(store.db()).await;
    let mut tx = store.db().write().await.unwrap();
    for w in ["a", "b"] {
        add(&mut tx, &sample(w, "2026-01-01T00:00:00Z")).await.unwrap();
    }
    tx.save().await.unwrap();
    let tries = AtomicUsize::new(0);
    let touch = async |first: &'static str, second: &'static str| {
        retry(|| async {
            tries.fetch_add(1, Ordering::SeqCst);
            let mut tx = store.db().write().await?;
            tx.query("update samples set many = many - 1 where words = $1").bind(first).execute().await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
            tx.query("update samples set many = many - 1 where words = $1").bind(second).execute().await?;
            tx.save().await
        })
        .await
    };
    let (one, other) = tokio::join!(touch("a", "b"), touch("b", "a"));
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert!(tries.load(Ordering::SeqCst) > 2, "the deadlock did not happen");
    let left: Vec<(i64,)> = store.db().glance().await.unwrap().query("select many from samples").all().await.unwrap();
    assert_eq!(left, [(i64::MAX - 2,), (i64::MAX - 2,)]);
}

#[tokio::test]
async fn only_what_may_succeed_is_tried_again() {
    let tries = AtomicUsize::new(0);
    let count = |fault: fn() -> StoreFault| {
        tries.store(0, Ordering::SeqCst);
        let tries = &tries;
        retry(move || async move {
            tries.fetch_add(1, Ordering::SeqCst);
            Err::<(), _>(fault())
        })
    };
    assert!(count(|| StoreFault::Taken).await.is_err());
    assert_eq!(tries.load(Ordering::SeqCst), 1);
    assert!(count(|| StoreFault::Busy("x".into())).await.is_err());
    assert_eq!(tries.load(Ordering::SeqCst), 6);
}

async fn why(url: &str) -> (String, String) {
    let options = OpenOptions { patience: Duration::from_secs(3), ..OpenOptions::default() };
    match Db::open(url, &options).await {
        Err(StoreFault::CannotOpen { url, why }) => (url, why),
        other => panic!("{url} gave {other:?}"),
    }
}

#[tokio::test]
async fn what_cannot_be_opened_says_what_to_mend() {
    let folder = testing::Folder::new();
    let not_one = folder.path().join("letter.txt");
    std::fs::write(&not_one, "this is a letter and no database, however long it may be".repeat(40)).unwrap();
    for (url, says) in [
        ("mysql://root:geheim@db/x".to_owned(), "not a database this hall knows"),
        ("hall.db".to_owned(), "not an address"),
        ("sqlite://".to_owned(), "path of the file is missing"),
        ("sqlite::memory:".to_owned(), "forgets everything"),
        ("sqlite:///dev/null/hall.db".to_owned(), "cannot be made"),
        (format!("sqlite://{}", folder.path().display()), "is a folder"),
        (format!("sqlite://{}", not_one.display()), "not a SQLite database"),
        ("postgres://hall:geheim@127.0.0.1:1/hall".to_owned(), "refuses the connection"),
        ("postgres://hall:geheim@nowhere.invalid/hall".to_owned(), "nowhere.invalid"),
        ("postgres://hall:geheim@%2Fnowhere/hall".to_owned(), "there is no server"),
    ] {
        let (shown, said) = why(&url).await;
        assert!(said.contains(says), "{url}: {said}");
        assert!(!said.contains("geheim") && !shown.contains("geheim"), "{shown}: {said}");
    }
    let Some(url) = testing::postgres_url().await else { return };
    let (_, said) = why(&format!("{url}_missing")).await;
    assert!(said.contains("does not exist") && said.contains("createdb"), "{said}");
}

#[test]
fn passwords_are_never_shown() {
    for (url, shown) in [
        ("postgres://u:p@h/d", "postgres://u:•••@h/d"),
        ("postgres://u:p@ss@h:1/d?sslmode=require", "postgres://u:•••@h:1/d?sslmode=require"),
        ("postgres://u:p/w@h/d", "postgres://u:•••@h/d"),
        ("postgres://u@h/d", "postgres://u@h/d"),
        ("postgres://h/d?password=p&user=u", "postgres://h/d?password=•••&user=u"),
        ("sqlite://var/hall.db", "sqlite://var/hall.db"),
    ] {
        assert_eq!(masked(url), shown);
    }
}
