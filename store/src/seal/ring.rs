//! The key ring: keys that wrap data keys, the key of blind indexes, and the signing keys.

use std::{path::PathBuf, sync::RwLock};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    DataKey, Sealed, SigningKey,
    data_key::derive,
    envelope,
    ring_file::{self, Keys},
};
use crate::fault::{Result, StoreFault};

/// The keys of a hall, from a file only the hall may read. A seam: another source of keys would
/// answer the same questions.
pub struct KeyRing {
    path: PathBuf,
    may_create: bool,
    keys: RwLock<Keys>,
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRing({})", self.path.display())
    }
}

impl KeyRing {
    /// Opens `file://path`. When the file is missing it is made if `may_create`, readable by the owner only.
    ///
    /// # Errors
    /// [`StoreFault::Keys`], saying what to mend: missing, unreadable, malformed, readable by others.
    pub fn open(url: &str, may_create: bool) -> Result<Self> {
        let Some(path) = url.strip_prefix("file://").filter(|path| !path.is_empty()) else {
            return Err(StoreFault::Keys(format!(
                "{url:?} is not a place of keys this hall knows; use file://path/to/ring.json"
            )));
        };
        let path = PathBuf::from(path);
        let keys = match ring_file::read(&path)? {
            Some(keys) => keys,
            None if may_create => ring_file::create(&path)?,
            None => {
                return Err(StoreFault::Keys(format!(
                    "{} does not exist. Without it sealed values cannot be read: put the ring of this hall there",
                    path.display()
                )));
            }
        };
        Ok(Self { path, may_create, keys: RwLock::new(keys) })
    }

    /// The id of the key that wraps new data keys.
    pub fn current(&self) -> String {
        self.read().current.clone()
    }

    /// Adds a wrapping key and makes it the current one; then call [`data_keys::rewrap`](super::data_keys::rewrap)
    /// until nothing is left. Older keys stay until then.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn rotate(&self) -> Result<String> {
        self.change(|keys| {
            let id = ring_file::next_id(keys);
            keys.wrapping.insert(id.clone(), ring_file::secret());
            keys.current = id.clone();
            Ok(id)
        })
    }

    /// The signing key of this name: an issuing body's code, or `checkpoint`. Made when missing and allowed.
    ///
    /// # Errors
    /// [`StoreFault::Keys`] when the ring has no such key and none may be made.
    pub fn signing_key(&self, name: &str) -> Result<SigningKey> {
        if let Some(secret) = self.read().signing.get(name) {
            return SigningKey::from_secret(secret.as_ref());
        }
        if !self.may_create && name != crate::log::CHECKPOINT_KEY {
            return Err(StoreFault::Keys(format!("the ring has no signing key named {name:?}")));
        }
        self.change(|keys| {
            let secret = keys.signing.entry(name.to_owned()).or_insert_with(SigningKey::new_secret);
            SigningKey::from_secret(secret.as_ref())
        })
    }

    /// Names and public keys (hexadecimal, `04`, x, y) of every signing key, for those who verify.
    pub fn public_keys(&self) -> Vec<(String, String)> {
        self.read()
            .signing
            .iter()
            .filter_map(|(name, secret)| {
                let key = SigningKey::from_secret(secret.as_ref()).ok()?;
                Some((name.clone(), hex::encode(key.public_key())))
            })
            .collect()
    }

    /// The keyed digest of a value, hexadecimal. The same value has unlike digests under unlike kinds.
    pub fn blind_index(&self, kind: &str, normalised: &str) -> String {
        let key = derive(self.read().index.as_ref(), &["blind index", kind]);
        hex::encode(mac(key.as_ref(), normalised.as_bytes()))
    }

    pub(super) fn wrap_key(&self, key: &DataKey) -> Result<(String, Sealed)> {
        let keys = self.read();
        let secret = keys
            .wrapping
            .get(&keys.current)
            .ok_or_else(|| StoreFault::Keys(format!("the current key {} is not on the ring", keys.current)))?;
        let wrapped = envelope::close(secret, key.id(), b"data key", key.secret())?;
        Ok((keys.current.clone(), wrapped))
    }

    pub(super) fn unwrap_key(&self, key_id: &str, id: Uuid, wrapped: &Sealed) -> Result<DataKey> {
        let keys = self.read();
        let secret = keys
            .wrapping
            .get(key_id)
            .ok_or_else(|| StoreFault::Keys(format!("key {key_id} is not on the ring; is this the ring of this hall?")))?;
        let plain = envelope::open(secret, id, b"data key", wrapped).map_err(|_| {
            StoreFault::Keys(format!("key {key_id} does not unwrap data key {id}; is this the ring of this hall?"))
        })?;
        let secret =
            <[u8; 32]>::try_from(plain.as_slice()).map_err(|_| StoreFault::Keys(format!("data key {id} has a wrong length")))?;
        Ok(DataKey::new(id, secret))
    }

    fn read(&self) -> std::sync::RwLockReadGuard<'_, Keys> {
        // A poisoned lock means a panic while keys were read or added; they are whole either way.
        self.keys.read().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Changes the ring in memory and on disk. Another process may have added keys meanwhile: they are kept.
    fn change<T>(&self, change: impl FnOnce(&mut Keys) -> Result<T>) -> Result<T> {
        let mut keys = self.keys.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let _alone = ring_file::lock(&self.path)?;
        let mut changed = ring_file::read(&self.path)?.unwrap_or_else(|| keys.clone());
        let done = change(&mut changed)?;
        ring_file::write(&self.path, &changed)?;
        *keys = changed;
        Ok(done)
    }
}

fn mac(key: &[u8], message: &[u8]) -> Zeroizing<Vec<u8>> {
    // HMAC takes keys of any length; the fallback is never reached.
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(message);
            Zeroizing::new(mac.finalize().into_bytes().to_vec())
        }
        Err(_) => Zeroizing::default(),
    }
}
