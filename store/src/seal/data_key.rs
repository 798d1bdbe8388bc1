//! The key of one case file or one profile, open in memory.

use hkdf::Hkdf;
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::envelope::{self, Sealed};
use crate::fault::{Result, StoreFault};

/// A column in which sealed values rest. A value moved to another table, column or row no longer opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    table: &'static str,
    column: &'static str,
}

impl Place {
    /// Names a place; for event payloads the noun and the field.
    pub const fn new(table: &'static str, column: &'static str) -> Self {
        Self { table, column }
    }

    fn of(self, row: &str) -> Vec<u8> {
        // Lengths first, so that no two places look alike.
        let mut about = Vec::new();
        for part in [self.table, self.column, row] {
            about.extend_from_slice(&(part.len() as u64).to_be_bytes());
            about.extend_from_slice(part.as_bytes());
        }
        about
    }
}

/// A data key, unwrapped. Wiped from memory when dropped.
#[derive(Clone)]
pub struct DataKey {
    id: Uuid,
    secret: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DataKey({})", self.id)
    }
}

impl DataKey {
    pub(super) fn new(id: Uuid, secret: [u8; 32]) -> Self {
        Self { id, secret: Zeroizing::new(secret) }
    }

    pub(super) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }

    /// Its id, as envelopes name it.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Seals a value for one column of one row.
    ///
    /// # Errors
    /// [`StoreFault::Sealed`] beyond 64 GiB.
    pub fn seal(&self, place: Place, row: &str, plain: &[u8]) -> Result<Sealed> {
        envelope::close(&self.secret, self.id, &place.of(row), plain)
    }

    /// Opens what was sealed for that column of that row.
    ///
    /// # Errors
    /// [`StoreFault::Sealed`] when it was sealed under another key, for another place, or was changed.
    pub fn open(&self, place: Place, row: &str, sealed: &Sealed) -> Result<Vec<u8>> {
        envelope::open(&self.secret, self.id, &place.of(row), sealed).map(|plain| plain.to_vec())
    }

    /// Seals a value in its JSON form.
    ///
    /// # Errors
    /// [`StoreFault::Sealed`] when it has no JSON form.
    pub fn seal_json(&self, place: Place, row: &str, value: &impl Serialize) -> Result<Sealed> {
        let plain = serde_json::to_vec(value).map(Zeroizing::new);
        self.seal(place, row, &plain.map_err(|e| StoreFault::Sealed(e.to_string()))?)
    }

    /// Opens a value sealed in its JSON form.
    ///
    /// # Errors
    /// As [`DataKey::open`]; also when it is not the JSON of a `T`.
    pub fn open_json<T: DeserializeOwned>(&self, place: Place, row: &str, sealed: &Sealed) -> Result<T> {
        let plain = envelope::open(&self.secret, self.id, &place.of(row), sealed)?;
        serde_json::from_slice(&plain).map_err(|e| StoreFault::Sealed(e.to_string()))
    }

    /// The key of one file of this case or profile.
    pub(crate) fn for_file(&self, name: &str) -> Zeroizing<[u8; 32]> {
        derive(self.secret(), &["file", name])
    }
}

/// A key for one use, derived from another. The uses are told apart by their names.
pub(super) fn derive(secret: &[u8], uses: &[&str]) -> Zeroizing<[u8; 32]> {
    let mut derived = Zeroizing::new([0; 32]);
    let info = format!("tongban\0{}", uses.join("\0"));
    Hkdf::<Sha256>::new(None, secret)
        .expand(info.as_bytes(), derived.as_mut())
        // 32 bytes are one block of SHA-256; HKDF refuses only beyond 255 blocks.
        .unwrap_or_default();
    derived
}
