//! Sessions in the hall's database.

use crate::clock;
use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use hkdf::Hkdf;
use sha2::Sha256;
use store::identity::sessions::{self, SessionRow, hash_id};
use store::{Store, StoreFault};
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

const NONCE: usize = 12;

/// Keeps sessions in [`store`]. Ids rest hashed; data rests sealed under the id, so that a copy of the database neither lets
/// anybody in nor tells what was typed.
#[derive(Clone, Debug)]
pub struct SessionKeeper {
    store: Store,
}

impl SessionKeeper {
    /// A keeper over this store.
    pub fn new(store: Store) -> Self {
        Self { store }
    }
}

fn backend(fault: StoreFault) -> Error {
    Error::Backend(fault.to_string())
}

fn cipher(id: &Id) -> Result<Aes256GcmSiv> {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(None, &id.0.to_le_bytes())
        .expand(b"tongban session", &mut key)
        .map_err(|e| Error::Encode(e.to_string()))?;
    Ok(Aes256GcmSiv::new(&key.into()))
}

#[expect(clippy::disallowed_methods, reason = "a nonce is drawn where it is used, once")]
fn nonce() -> [u8; NONCE] {
    rand::random()
}

fn seal(record: &Record) -> Result<SessionRow> {
    let plain = serde_json::to_vec(&record.data).map_err(|e| Error::Encode(e.to_string()))?;
    let id_hash = hash_id(record.id.to_string());
    let nonce = nonce();
    let mut data = nonce.to_vec();
    let sealed = cipher(&record.id)?.encrypt(&Nonce::from(nonce), Payload { msg: &plain, aad: id_hash.as_bytes() });
    data.extend(sealed.map_err(|e| Error::Encode(e.to_string()))?);
    let expires_at = DateTime::<Utc>::from_timestamp(record.expiry_date.unix_timestamp(), 0).unwrap_or_default();
    Ok(SessionRow { id_hash, data, expires_at })
}

fn open(id: &Id, row: &SessionRow) -> Result<Record> {
    let decode = |why: &str| Error::Decode(why.to_owned());
    let (nonce, sealed) = row.data.split_at_checked(NONCE).ok_or_else(|| decode("too short"))?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| decode("too short"))?;
    let payload = Payload { msg: sealed, aad: row.id_hash.as_bytes() };
    let plain = cipher(id)?.decrypt(&Nonce::from(nonce), payload).map_err(|_| decode("does not open"))?;
    let data = serde_json::from_slice(&plain).map_err(|e| decode(&e.to_string()))?;
    let expiry_date = OffsetDateTime::from_unix_timestamp(row.expires_at.timestamp()).map_err(|e| decode(&e.to_string()))?;
    Ok(Record { id: *id, data, expiry_date })
}

#[async_trait]
impl SessionStore for SessionKeeper {
    async fn create(&self, record: &mut Record) -> Result<()> {
        while !sessions::create(self.store.db(), &seal(record)?).await.map_err(backend)? {
            record.id = Id::default();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let row = seal(record)?;
        // somebody may have signed out in another tab meanwhile: what was ended is not brought back
        let there = sessions::load(self.store.db(), &row.id_hash, clock::now()).await.map_err(backend)?;
        if there.is_none() {
            return Ok(());
        }
        sessions::save(self.store.db(), &row).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let row = sessions::load(self.store.db(), &hash_id(id.to_string()), clock::now()).await.map_err(backend)?;
        row.map(|row| open(id, &row)).transpose()
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sessions::remove(self.store.db(), &hash_id(id.to_string())).await.map_err(backend)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn record() -> Record {
        let mut record = Record {
            id: Id::default(),
            data: Default::default(),
            expiry_date: OffsetDateTime::from_unix_timestamp(2_000_000_000).unwrap(),
        };
        record.data.insert("visit".into(), serde_json::json!({"typed": "350205188001010017"}));
        record
    }

    #[test]
    fn what_rests_names_neither_id_nor_content() {
        let record = record();
        let row = seal(&record).unwrap();
        assert!(!row.id_hash.contains(&record.id.to_string()));
        assert!(!String::from_utf8_lossy(&row.data).contains("3502"));
        assert_eq!(open(&record.id, &row).unwrap(), record);
    }

    #[test]
    fn another_id_or_another_row_opens_nothing() {
        let (one, other) = (record(), record());
        let (row, mut moved) = (seal(&one).unwrap(), seal(&other).unwrap());
        assert!(open(&other.id, &row).is_err());
        moved.data = row.data;
        assert!(open(&one.id, &moved).is_err());
    }
}
