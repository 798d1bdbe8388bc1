use std::{collections::BTreeSet, path::Path};

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{
    tables::{LEFT_OUT, TABLES},
    *,
};
use crate::{
    NewEvent, Store, StoreFault, StoreSettings, data_keys,
    db::by_dialect,
    forms::uploads::{self, UploadRow},
    identity::units::{self, UnitRow},
    log::sequence,
    new_id, on_each_database,
    testing::{self, Folder, Fresh},
};

fn now() -> DateTime<Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

/// A little of everything that is hard to copy: a tree, bytes, JSON, files, a chain, sealed values.
async fn fill(store: &Store) -> (Uuid, String) {
    let case = new_id(now());
    let mut unit = store.unit("a", now()).await.unwrap();
    let key = data_keys::ensure(&mut unit, store.keys(), "case", case).await.unwrap();
    let blob = store.blobs().put(&key, "身份证照片".repeat(40_000).as_bytes()).await.unwrap();
    let mut parent = None;
    for level in 1..=3 {
        let row = UnitRow {
            id: new_id(now()),
            parent_id: parent,
            level,
            area_code: "440402".into(),
            name: "局".into(),
            short_name: "局".into(),
            code: format!("U{level}"),
        };
        units::add(&mut unit, &row).await.unwrap();
        parent = Some(row.id);
    }
    uploads::add(
        &mut unit,
        &UploadRow {
            id: case,
            draft_id: None,
            case_id: Some(case),
            field: "f".into(),
            row: String::new(),
            file_name: key.seal(uploads::FILE_NAME, "x", b"a.jpg").unwrap(),
            media_type: "image/jpeg".into(),
            size: blob.size,
            sha256: blob.sha256,
            blob: blob.name.clone(),
            state: "checked".into(),
            created_at: now(),
            created_by: case,
        },
    )
    .await
    .unwrap();
    for n in 0..5 {
        unit.append(NewEvent::new(
            "case",
            case,
            "moved",
            json!({"n": n, "名": "张\u{0}三", "big": 9_007_199_254_740_993_i64, "f": 1.0}),
        ));
    }
    unit.save().await.unwrap();
    while sequence(store.db()).await.unwrap() > 0 {}
    // One more that still waits for the sequencer on PostgreSQL.
    let mut unit = store.unit("a", now()).await.unwrap();
    unit.append(NewEvent::new("case", case, "moved last", json!({})));
    unit.save().await.unwrap();
    (case, blob.name)
}

/// An empty place that has the ring of `of`.
async fn place(of: &Fresh, embedded: bool) -> Option<(Store, StoreSettings, Folder)> {
    let (store, mut settings, folder) = if embedded { testing::empty_sqlite().await } else { testing::empty_postgres().await? };
    store.close().await;
    settings.keys_url = of.settings.keys_url.clone();
    Some((Store::open(&settings).await.unwrap(), settings, folder))
}

fn refused(restored: crate::Result<Restored>) -> String {
    match restored {
        Err(StoreFault::Backup(why) | StoreFault::NotEmpty { what: why }) => why,
        other => panic!("{other:?}"),
    }
}

on_each_database! {
    async fn a_backup_restores_into_either_database(store) {
        let (case, blob) = fill(&store).await;
        let into = store.folder.path().join("backup");
        let manifest = store.backup(&into, now()).await.unwrap();
        assert_eq!((manifest.blobs, manifest.pending), (1, i64::from(!store.db().is_embedded())));
        // What happens after is not in it.
        let mut unit = store.unit("a", now()).await.unwrap();
        unit.append(NewEvent::new("case", case, "too late", json!({})));
        unit.save().await.unwrap();
        for embedded in [true, false] {
            let Some((place, _, _folder)) = place(&store, embedded).await else { continue };
            let restored = place.restore(&into, now()).await.unwrap();
            assert_eq!((restored.rows, restored.blobs, restored.marked_later), (manifest.rows, 1, None));
            while sequence(place.db()).await.unwrap() > 0 {}
            let report = place.check_log().await.unwrap();
            assert!(report.sound(), "{report:?}");
            assert_eq!((report.events, report.logged, report.pending), (6, 6, 0));
            assert!(report.checkpoint.is_some());
            let mut tx = place.read().await.unwrap();
            let events = crate::events::of_stream(&mut tx, "case", &case.to_string()).await.unwrap();
            assert_eq!(events.last().unwrap().kind, "moved last");
            assert_eq!(events[0].payload, json!({"n": 0, "名": "张\u{0}三", "big": 9_007_199_254_740_993_i64, "f": 1.0}));
            assert_eq!(units::list(&mut tx).await.unwrap().len(), 3);
            let key = data_keys::find(&mut tx, place.keys(), "case", case).await.unwrap().unwrap();
            let file = place.blobs().open_blob(&key, &blob).await.unwrap().read_all(1 << 24).await.unwrap();
            assert_eq!(file, "身份证照片".repeat(40_000).as_bytes());
            drop(tx);
            // A backup of the copy is the same, row for row.
            if manifest.pending == 0 {
                let again = store.folder.path().join(format!("again-{embedded}"));
                let second = place.backup(&again, now()).await.unwrap();
                for (one, other) in manifest.files.iter().zip(&second.files) {
                    assert_eq!(one, other);
                }
            }
            // It is not empty any more.
            assert!(refused(place.restore(&into, now()).await).contains("holds"));
            place.close().await;
        }
    }

    async fn a_backup_is_of_one_moment_though_people_go_on_working(store) {
        fill(&store).await;
        let writer = (*store).clone();
        let working = tokio::spawn(async move {
            for n in 0..60 {
                let mut unit = writer.unit("a", now()).await.unwrap();
                let id = new_id(now());
                data_keys::ensure(&mut unit, writer.keys(), "case", id).await.unwrap();
                unit.append(NewEvent::new("case", id, "submitted", json!({"n": n})));
                unit.save().await.unwrap();
                sequence(writer.db()).await.unwrap();
            }
        });
        let mut made = Vec::new();
        for n in 0..3 {
            let into = store.folder.path().join(format!("backup-{n}"));
            store.backup(&into, now()).await.unwrap();
            made.push(into);
        }
        working.await.unwrap();
        for into in made {
            let (place, _, _folder) = place(&store, true).await.unwrap();
            place.restore(&into, now()).await.unwrap();
            let report = place.check_log().await.unwrap();
            assert!(report.sound(), "{report:?}");
            // Each case has its key and its event, or neither.
            let (keys,): (i64,) = place.glance().await.unwrap().query("select count(*) from data_keys").one().await.unwrap();
            assert_eq!(keys, report.events - 6 + 1);
        }
    }

    async fn the_list_of_tables_is_the_ladders(store) {
        let mut tx = store.glance().await.unwrap();
        let found: Vec<(String, String)> = tx.query(by_dialect(
            "select t.name, c.name from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.cid",
            "select table_name::text, column_name::text from information_schema.columns where table_schema = 'public' order by table_name, ordinal_position",
        )).all().await.unwrap();
        let mut listed: BTreeSet<(String, String)> = BTreeSet::new();
        for table in TABLES {
            for (column, _) in table.columns {
                assert!(listed.insert((table.name.into(), (*column).into())));
                assert!(table.select.contains(column) && table.insert.contains(column), "{} {column}", table.name);
            }
        }
        let found: BTreeSet<(String, String)> = found.into_iter().filter(|(table, _)| table != "_sqlx_migrations" && !LEFT_OUT.contains(&table.as_str())).collect();
        assert_eq!(found, listed, "mend store/src/backup/tables.rs");
    }
}

fn spoil(file: &Path, spoil: impl FnOnce(Vec<u8>) -> Vec<u8>) {
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, spoil(bytes)).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_backup_is_reported_and_nothing_of_it_kept() {
    let store = testing::sqlite().await;
    let (_, blob) = fill(&store).await;
    let into = store.folder.path().join("backup");
    store.backup(&into, now()).await.unwrap();
    assert!(matches!(store.backup(&into, now()).await, Err(StoreFault::NotEmpty { .. })));
    let blob_file = into.join("blobs").join(&blob[..2]).join(&blob);
    let events = into.join("tables/events.jsonl");
    let manifest = into.join("manifest.json");
    type Harm<'h> = Box<dyn Fn() + 'h>;
    let harms: Vec<(&str, &str, Harm)> = vec![
        (
            "damaged",
            "a flipped bit in a file",
            Box::new(|| {
                spoil(&blob_file, |mut b| {
                    b[5000] ^= 1;
                    b
                })
            }),
        ),
        ("is missing", "a missing file", Box::new(|| std::fs::remove_file(&blob_file).unwrap())),
        (
            "damaged",
            "a changed row",
            Box::new(|| spoil(&events, |b| String::from_utf8(b).unwrap().replacen("moved", "Moved", 1).into_bytes())),
        ),
        (
            "damaged",
            "a table cut off",
            Box::new(|| {
                spoil(&events, |mut b| {
                    b.truncate(b.len() / 2);
                    b
                })
            }),
        ),
        (
            "signature",
            "a changed manifest",
            Box::new(|| {
                spoil(&manifest, |b| String::from_utf8(b).unwrap().replace("\"pending\": 0", "\"pending\": 9").into_bytes())
            }),
        ),
        ("not whole", "no manifest", Box::new(|| std::fs::remove_file(&manifest).unwrap())),
        (
            "damaged",
            "half a manifest",
            Box::new(|| {
                spoil(&manifest, |mut b| {
                    b.truncate(b.len() / 2);
                    b
                })
            }),
        ),
    ];
    for (says, what, harm) in harms {
        let whole = store.folder.path().join("whole");
        copy_folder(&into, &whole);
        harm();
        let (place, _, _folder) = place(&store, true).await.unwrap();
        let why = refused(place.restore(&into, now()).await);
        assert!(why.contains(says), "{what}: {why}");
        // Nothing of it is kept: the whole one still goes in.
        place.restore(&whole, now()).await.unwrap();
        std::fs::remove_dir_all(&into).unwrap();
        std::fs::rename(&whole, &into).unwrap();
    }
    // Another hall's ring cannot read it and says so.
    let (stranger, _, _folder) = testing::empty_sqlite().await;
    assert!(refused(stranger.restore(&into, now()).await).contains("another key ring"));
}

#[tokio::test]
async fn whoever_restores_hears_what_the_backup_lacks() {
    let store = testing::sqlite().await;
    let (case, _) = fill(&store).await;
    let into = store.folder.path().join("backup");
    store.backup(&into, now()).await.unwrap();
    let mut unit = store.unit("a", now()).await.unwrap();
    unit.append(NewEvent::new("case", case, "too late", json!({})));
    unit.save().await.unwrap();
    store.checkpoint(now()).await.unwrap();
    let (place, mut settings, _folder) = place(&store, true).await.unwrap();
    place.close().await;
    settings.checkpoint_file = store.settings.checkpoint_file.clone();
    let place = Store::open(&settings).await.unwrap();
    let restored = place.restore(&into, now()).await.unwrap();
    assert_eq!((restored.position, restored.marked_later), (6, Some(7)));
    assert!(place.check_log().await.unwrap().sound());
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
