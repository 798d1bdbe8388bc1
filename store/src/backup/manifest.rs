//! What a backup says of itself, signed.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::files::{self, Copied};
use crate::{
    fault::{Result, StoreFault},
    log::CHECKPOINT_KEY,
    seal::{KeyRing, verify},
};

/// Form of the folder this program writes and reads.
pub(super) const FORM: u32 = 1;
const FILE: &str = "manifest.json";

/// The contents of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Form of the folder; 1.
    pub form: u32,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// `sqlite` or `postgres`; either can be restored into either.
    pub made_from: String,
    /// The rungs of the ladder it was made on.
    pub rungs: Vec<i64>,
    /// Where the log ended.
    pub position: i64,
    /// The chain there, hexadecimal.
    pub chain: String,
    /// Events that waited for the sequencer.
    pub pending: i64,
    /// Rows in all.
    pub rows: u64,
    /// Encrypted files in all.
    pub blobs: u64,
    /// Every file of the backup but this one and the blobs, which `blobs.jsonl` lists.
    pub files: Vec<Copied>,
    /// Public key of the hall that made it, hexadecimal.
    pub key: String,
    /// SM2 signature over all of the above, hexadecimal.
    pub signature: String,
}

impl Manifest {
    fn signed_bytes(&self) -> Result<Vec<u8>> {
        let unsigned = Self { signature: String::new(), ..self.clone() };
        serde_json::to_vec(&unsigned).map_err(|e| StoreFault::Backup(e.to_string()))
    }

    /// Signs it and writes it: from then on the backup is whole.
    pub(super) fn write(mut self, folder: &Path, keys: &KeyRing) -> Result<Self> {
        let key = keys.signing_key(CHECKPOINT_KEY)?;
        self.key = hex::encode(key.public_key());
        self.signature = hex::encode(key.sign(&self.signed_bytes()?));
        let text = serde_json::to_vec_pretty(&self).map_err(|e| StoreFault::Backup(e.to_string()))?;
        files::write_whole(&folder.join(FILE), &text)?;
        Ok(self)
    }

    /// Reads a manifest and proves that this hall made it.
    pub(super) fn read(folder: &Path, keys: &KeyRing) -> Result<Self> {
        let wrong = |why: &str| StoreFault::Backup(format!("{}: {why}", folder.display()));
        let text = std::fs::read(folder.join(FILE))
            .map_err(|e| wrong(&format!("no readable manifest.json ({e}); the backup is not whole")))?;
        let manifest: Self = serde_json::from_slice(&text).map_err(|e| wrong(&format!("manifest.json is damaged: {e}")))?;
        if manifest.form != FORM {
            return Err(wrong(&format!("form {} is not known to this program", manifest.form)));
        }
        let ours = keys.signing_key(CHECKPOINT_KEY)?.public_key();
        if hex::encode(&ours) != manifest.key {
            return Err(wrong("made under another key ring; put that ring in place first, or nothing sealed can be read"));
        }
        let signature = hex::decode(&manifest.signature).unwrap_or_default();
        if !verify(&ours, &manifest.signed_bytes()?, &signature) {
            return Err(wrong("manifest.json was changed: its signature does not hold"));
        }
        Ok(manifest)
    }
}
