use std::collections::HashSet;

use super::*;
use crate::{StoreFault, new_id, on_each_database, testing::Folder};

const PLACE: Place = Place::new("cases", "answers");

fn now() -> chrono::DateTime<chrono::Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

fn ring(folder: &Folder) -> KeyRing {
    KeyRing::open(&format!("file://{}/ring.json", folder.path().display()), true).unwrap()
}

fn key() -> DataKey {
    DataKey::new(new_id(now()), crate::chance::bytes())
}

#[test]
fn a_sealed_value_opens_only_in_its_place() {
    let key = key();
    let sealed = key.seal(PLACE, "1", "身份证号".as_bytes()).unwrap();
    assert_eq!(key.open(PLACE, "1", &sealed).unwrap(), "身份证号".as_bytes());
    assert_eq!(Sealed::from_text(&sealed.to_text()).unwrap(), sealed);
    for (place, row) in [(PLACE, "2"), (Place::new("cases", "note"), "1"), (Place::new("case", "sanswers"), "1")] {
        assert!(matches!(key.open(place, row, &sealed), Err(StoreFault::Sealed(_))));
    }
    assert!(self::key().open(PLACE, "1", &sealed).is_err());
    // The same words never look the same twice, and nothing of them shows.
    assert_ne!(key.seal(PLACE, "1", b"x").unwrap(), key.seal(PLACE, "1", b"x").unwrap());
    assert!(!sealed.bytes().windows(6).any(|bytes| bytes == &"身份".as_bytes()[..6]));
}

#[test]
fn any_changed_byte_is_seen() {
    let key = key();
    let sealed = key.seal_json(PLACE, "1", &["a", "b"]).unwrap();
    assert_eq!(key.open_json::<Vec<String>>(PLACE, "1", &sealed).unwrap(), ["a", "b"]);
    for n in 0..sealed.bytes().len() {
        let mut bytes = sealed.bytes().to_vec();
        bytes[n] ^= 1;
        assert!(key.open(PLACE, "1", &Sealed::from_bytes(bytes)).is_err(), "byte {n}");
        assert!(key.open(PLACE, "1", &Sealed::from_bytes(sealed.bytes()[..n].to_vec())).is_err(), "cut at {n}");
    }
}

#[test]
fn signatures_hold_and_fail() {
    let folder = Folder::new();
    let key = ring(&folder).signing_key("issuer-1").unwrap();
    let signature = key.sign(b"paper");
    assert!(verify(&key.public_key(), b"paper", &signature));
    assert!(!verify(&key.public_key(), b"papers", &signature));
    assert!(!verify(&key.public_key(), b"paper", &signature[..63]));
    assert!(!verify(&ring(&folder).signing_key("issuer-2").unwrap().public_key(), b"paper", &signature));
    assert_eq!((key.public_key().len(), key.public_key()[0]), (65, 4));
    // The ring was written: opened again it is the same key.
    assert_eq!(ring(&folder).signing_key("issuer-1").unwrap().public_key(), key.public_key());
    let names: Vec<String> = ring(&folder).public_keys().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["checkpoint", "issuer-1", "issuer-2"]);
}

#[test]
fn blind_indexes_tell_kinds_and_rings_apart() {
    let (one, other) = (Folder::new(), Folder::new());
    let ring_one = ring(&one);
    let digests: HashSet<String> = [
        ring_one.blind_index("phone", "13800000000"),
        ring_one.blind_index("citizen_id", "13800000000"),
        ring_one.blind_index("phone", "13800000001"),
        ring(&other).blind_index("phone", "13800000000"),
    ]
    .into();
    assert_eq!(digests.len(), 4);
    assert!(digests.contains(&ring(&one).blind_index("phone", "13800000000")));
    assert!(digests.iter().all(|digest| digest.len() == 64));
}

fn refusal(folder: &Folder, may_create: bool) -> String {
    let url = format!("file://{}/ring.json", folder.path().display());
    match KeyRing::open(&url, may_create) {
        Err(StoreFault::Keys(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_ring_that_cannot_be_used_says_why() {
    let folder = Folder::new();
    assert!(refusal(&folder, false).contains("does not exist"));
    assert!(KeyRing::open("vault://x", true).is_err());
    drop(ring(&folder));
    let path = folder.path().join("ring.json");
    let text = std::fs::read_to_string(&path).unwrap();
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    for (broken, says) in [
        ("{".to_owned(), "is not a key ring"),
        (text.replace("\"version\": 1", "\"version\": 2"), "version 2"),
        (text.replace("\"current\": \"k1\"", "\"current\": \"k7\""), "does not hold it"),
        (text.replace("\"k1\": \"", "\"k1\": \"AA"), "not 32 bytes"),
    ] {
        std::fs::write(&path, &broken).unwrap();
        let why = refusal(&folder, true);
        assert!(why.contains(says), "{why}");
        // A damaged ring is never replaced by a fresh one.
        assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
    }
    std::fs::write(&path, &text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(refusal(&folder, true).contains("chmod 600"));
}

#[test]
fn without_leave_no_signing_key_is_made() {
    let folder = Folder::new();
    drop(ring(&folder));
    let url = format!("file://{}/ring.json", folder.path().display());
    let strict = KeyRing::open(&url, false).unwrap();
    assert!(matches!(strict.signing_key("issuer-9"), Err(StoreFault::Keys(why)) if why.contains("issuer-9")));
    assert!(strict.signing_key("checkpoint").is_ok());
}

#[test]
fn rings_changed_at_once_keep_every_key() {
    let folder = Folder::new();
    drop(ring(&folder));
    std::thread::scope(|scope| {
        for n in 0..6 {
            let folder = &folder;
            scope.spawn(move || ring(folder).signing_key(&format!("issuer-{n}")).unwrap());
        }
    });
    assert_eq!(ring(&folder).public_keys().len(), 7);
}

on_each_database! {
    async fn data_keys_are_made_once_handed_over_rotated_and_destroyed(store) {
        let (draft, case) = (new_id(now()), new_id(now()));
        let mut unit = store.unit("a", now()).await.unwrap();
        let key = data_keys::ensure(&mut unit, store.keys(), "draft", draft).await.unwrap();
        let sealed = key.seal(PLACE, "1", b"x").unwrap();
        assert_eq!(data_keys::ensure(&mut unit, store.keys(), "draft", draft).await.unwrap().id(), key.id());
        assert!(data_keys::hand_over(&mut unit, ("draft", draft), ("case", case)).await.unwrap());
        assert!(!data_keys::hand_over(&mut unit, ("draft", draft), ("case", case)).await.unwrap());
        assert!(data_keys::find(&mut unit, store.keys(), "draft", draft).await.unwrap().is_none());
        unit.save().await.unwrap();

        // Rotation: the ring gets a new key, data keys are wrapped anew, what they seal is not touched.
        let new = store.keys().rotate().unwrap();
        let mut unit = store.unit("a", now()).await.unwrap();
        let later = data_keys::ensure(&mut unit, store.keys(), "party", case).await.unwrap();
        assert_eq!(data_keys::rewrap(&mut unit, store.keys(), 10).await.unwrap(), 1);
        assert_eq!(data_keys::rewrap(&mut unit, store.keys(), 10).await.unwrap(), 0);
        let wrapped: Vec<(String,)> = unit.query("select distinct key_id from data_keys").all().await.unwrap();
        assert_eq!(wrapped, [(new,)]);
        unit.save().await.unwrap();
        let second = store.second_node().await;
        let mut unit = second.unit("a", now()).await.unwrap();
        let key = data_keys::find(&mut unit, second.keys(), "case", case).await.unwrap().unwrap();
        assert_eq!(key.open(PLACE, "1", &sealed).unwrap(), b"x");
        assert!(later.open(PLACE, "1", &sealed).is_err());
        assert!(data_keys::remove(&mut unit, "case", case).await.unwrap());
        assert!(data_keys::find(&mut unit, store.keys(), "case", case).await.unwrap().is_none());
    }

    async fn a_strange_ring_does_not_unwrap(store) {
        let id = new_id(now());
        let mut unit = store.unit("a", now()).await.unwrap();
        data_keys::ensure(&mut unit, store.keys(), "case", id).await.unwrap();
        let folder = Folder::new();
        let found = data_keys::find(&mut unit, &ring(&folder), "case", id).await;
        assert!(matches!(found, Err(StoreFault::Keys(why)) if why.contains("ring of this hall")));
    }

    async fn sensitive_values_are_found_by_exact_match_only(store) {
        let (one, other) = (new_id(now()), new_id(now()));
        let mut unit = store.unit("a", now()).await.unwrap();
        for id in [one, other, one] {
            blind_index::add(&mut unit, store.keys(), "citizen_id", "11010118800101123X", "party", id).await.unwrap();
        }
        let mut expected = [one, other];
        expected.sort();
        let found = |value: &'static str| (value, "citizen_id");
        let (value, kind) = found("11010118800101123X");
        assert_eq!(blind_index::find(&mut unit, store.keys(), kind, value, "party").await.unwrap(), expected);
        assert!(blind_index::find(&mut unit, store.keys(), kind, "11010118800101123", "party").await.unwrap().is_empty());
        assert!(blind_index::find(&mut unit, store.keys(), kind, value, "case").await.unwrap().is_empty());
        let digest = store.keys().blind_index(kind, value);
        assert_eq!(blind_index::digest_of(&mut unit, kind, "party", one).await.unwrap(), Some(digest));
        for (kind, noun, id) in [("phone", "party", one), (kind, "case", one), (kind, "party", new_id(now()))] {
            assert_eq!(blind_index::digest_of(&mut unit, kind, noun, id).await.unwrap(), None);
        }
        assert_eq!(blind_index::remove_of(&mut unit, "party", one).await.unwrap(), 1);
        assert_eq!(blind_index::find(&mut unit, store.keys(), kind, value, "party").await.unwrap(), [other]);
        let rest: Vec<(String,)> = unit.query("select digest from blind_index").all().await.unwrap();
        assert!(!rest[0].0.contains("11010118800101123X"));
    }
}
