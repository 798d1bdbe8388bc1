use std::time::Duration;

use super::*;
use crate::{
    StoreFault, data_keys,
    forms::uploads,
    new_id, on_each_database,
    seal::DataKey,
    testing::{Folder, Fresh},
};

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

fn place(folder: &Folder) -> Blobs {
    Blobs::open(&format!("file://{}", folder.path().join("files").display())).unwrap()
}

async fn key(store: &Fresh) -> DataKey {
    let mut unit = store.unit("a", now()).await.unwrap();
    let key = data_keys::ensure(&mut unit, store.keys(), "case", new_id(now())).await.unwrap();
    unit.save().await.unwrap();
    key
}

fn content(size: usize) -> Vec<u8> {
    (0..size).map(|n| u8::try_from(n * 7 % 251).unwrap()).collect()
}

#[tokio::test]
async fn files_of_every_size_read_back() {
    let store = crate::testing::sqlite().await;
    let (key, blobs) = (key(&store).await, store.blobs());
    for size in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5] {
        let plain = content(size);
        let mut writer = blobs.create(&key).await.unwrap();
        for part in plain.chunks(10_007) {
            writer.write(part).await.unwrap();
        }
        assert_eq!(writer.size(), size as u64);
        let blob = writer.finish().await.unwrap();
        assert_eq!(blob.size, i64::try_from(size).unwrap());
        assert_eq!(blob.sha256, hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&plain)));
        let back = blobs.open_blob(&key, &blob.name).await.unwrap().read_all(size).await.unwrap();
        assert!(back == plain, "{size} bytes");
        if size > 0 {
            let short = blobs.open_blob(&key, &blob.name).await.unwrap().read_all(size - 1).await;
            assert!(matches!(short, Err(StoreFault::Files(_))));
        }
        // On disk nothing of it shows.
        let raw = std::fs::read(blobs.path(&blob.name).unwrap()).unwrap();
        assert!(size < 16 || !raw.windows(16).any(|bytes| bytes == &plain[..16]));
    }
}

async fn whole(blobs: &Blobs, key: &DataKey, name: &str) -> Result<Vec<u8>> {
    blobs.open_blob(key, name).await?.read_all(usize::MAX).await
}

#[tokio::test]
async fn a_file_changed_cut_or_swapped_is_not_handed_out() {
    let store = crate::testing::sqlite().await;
    let (mine, yours, blobs) = (key(&store).await, key(&store).await, store.blobs());
    let blob = blobs.put(&mine, &content(2 * PIECE + 100)).await.unwrap();
    let other = blobs.put(&mine, &content(2 * PIECE + 100)).await.unwrap();
    assert!(whole(blobs, &yours, &blob.name).await.is_err());
    let path = blobs.path(&blob.name).unwrap();
    let raw = std::fs::read(&path).unwrap();
    let sealed = PIECE + TAG;
    let swapped = [&raw[..8], &raw[8 + sealed..8 + 2 * sealed], &raw[8..8 + sealed], &raw[8 + 2 * sealed..]].concat();
    let mut flipped = raw.clone();
    flipped[sealed + 50] ^= 1;
    let strange = std::fs::read(blobs.path(&other.name).unwrap()).unwrap();
    for (what, bytes) in [
        ("flipped", flipped),
        ("swapped", swapped),
        ("cut at a piece", raw[..8 + 2 * sealed].to_vec()),
        ("cut in a piece", raw[..raw.len() - 1].to_vec()),
        ("emptied", raw[..8].to_vec()),
        ("lengthened", [&raw[..], &[0; 40]].concat()),
        ("another's", strange),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let read = whole(blobs, &mine, &blob.name).await;
        assert!(read.is_err(), "{what}");
    }
}

#[tokio::test]
async fn names_cannot_lead_elsewhere() {
    let folder = Folder::new();
    let blobs = place(&folder);
    for name in ["", "../../etc/passwd", "..", "AB", &"a/".repeat(16), &"A".repeat(32), &"g".repeat(32)] {
        assert!(blobs.path(name).is_err(), "{name}");
        assert!(!blobs.exists(name).await);
        assert!(blobs.remove(name).await.is_err());
    }
    assert!(Blobs::open("s3://bucket").is_err());
    assert!(matches!(Blobs::open("file:///dev/null/files"), Err(StoreFault::Files(_))));
}

#[tokio::test]
async fn a_dropped_writer_leaves_nothing() {
    let store = crate::testing::sqlite().await;
    let mut writer = store.blobs().create(&key(&store).await).await.unwrap();
    writer.write(&content(200_000)).await.unwrap();
    drop(writer);
    assert_eq!(std::fs::read_dir(store.blobs().coming()).unwrap().count(), 0);
}

on_each_database! {
    async fn the_sweep_removes_only_what_nothing_names(store) {
        let key = key(&store).await;
        let named = store.blobs().put(&key, b"named").await.unwrap();
        let orphan = store.blobs().put(&key, b"orphan").await.unwrap();
        let case = new_id(now());
        let mut unit = store.unit("a", now()).await.unwrap();
        uploads::add(&mut unit, &uploads::UploadRow {
            id: new_id(now()), draft_id: None, case_id: Some(case), field: "photo".into(), row: String::new(),
            file_name: key.seal(uploads::FILE_NAME, "x", b"a.jpg").unwrap(), media_type: "image/jpeg".into(), size: named.size,
            sha256: named.sha256.clone(), blob: named.name.clone(), state: "checked".into(), created_at: now(), created_by: case,
        }).await.unwrap();
        unit.save().await.unwrap();
        std::fs::write(store.blobs().coming().join("left-behind"), "x").unwrap();
        assert_eq!(store.sweep_blobs(Duration::from_secs(3600)).await.unwrap(), 0, "young files stay");
        assert_eq!(store.sweep_blobs(Duration::ZERO).await.unwrap(), 2);
        assert!(store.blobs().exists(&named.name).await);
        assert!(!store.blobs().exists(&orphan.name).await);
        // Not while a backup is under way.
        store.blobs().put(&key, b"orphan").await.unwrap();
        assert!(crate::leases::try_take(store.db(), "files", "a backup", Duration::from_secs(60)).await.unwrap());
        assert_eq!(store.sweep_blobs(Duration::ZERO).await.unwrap(), 0);
    }
}
