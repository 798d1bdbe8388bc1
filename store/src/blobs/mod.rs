//! Files: uploads and documents, encrypted, under random names, outside the web root.
//!
//! A file is written in pieces of 64 KiB, each sealed with AES-256-GCM-SIV under a key derived from the
//! owner's data key and the file's name; pieces are numbered and the last one is marked, so that none
//! can be left out, moved or cut off. It appears under its name only when it is whole and on disk.

mod read;
mod sweep;
mod write;

use std::path::{Path, PathBuf};

use aes_gcm_siv::{
    Aes256GcmSiv, KeyInit,
    aead::{Aead, Payload},
};

pub use read::BlobReader;
pub(crate) use sweep::sweep;
pub use write::BlobWriter;

use crate::{
    chance,
    fault::{Result, StoreFault},
    seal::DataKey,
};

/// First bytes of every file.
const HEADER: &[u8; 8] = b"TBBLOB1\n";
/// Plain bytes in a piece.
const PIECE: usize = 64 * 1024;
const TAG: usize = 16;

/// What a row keeps about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRef {
    /// The random name.
    pub name: String,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Bytes of content.
    pub size: i64,
}

/// The place of files.
#[derive(Clone, Debug)]
pub struct Blobs {
    folder: PathBuf,
}

impl Blobs {
    /// Opens `file://folder`, made when missing.
    ///
    /// # Errors
    /// [`StoreFault::Files`], saying what to mend.
    pub fn open(url: &str) -> Result<Self> {
        let Some(folder) = url.strip_prefix("file://").filter(|folder| !folder.is_empty()) else {
            return Err(StoreFault::Files(format!("{url:?} is not a place of files this hall knows; use file://folder")));
        };
        let folder = PathBuf::from(folder);
        for part in ["blobs", "coming"] {
            std::fs::create_dir_all(folder.join(part)).map_err(|e| {
                StoreFault::Files(format!("{} cannot be made ({e}); may this user write there?", folder.display()))
            })?;
        }
        let probe = folder.join("coming").join(format!("probe-{}", std::process::id()));
        let tried = std::fs::write(&probe, b"x").and_then(|()| std::fs::remove_file(&probe));
        // two that open the same place at once try with the same file; whoever comes second finds it gone
        tried
            .or_else(|e| if e.kind() == std::io::ErrorKind::NotFound && folder.is_dir() { Ok(()) } else { Err(e) })
            .map_err(|e| StoreFault::Files(format!("{} cannot be written to ({e})", folder.display())))?;
        Ok(Self { folder })
    }

    /// Begins a file. Drop the writer to forget it, [`BlobWriter::finish`] to keep it.
    pub async fn create(&self, key: &DataKey) -> Result<BlobWriter> {
        BlobWriter::begin(self, key).await
    }

    /// Keeps a file that is in memory already.
    pub async fn put(&self, key: &DataKey, content: &[u8]) -> Result<BlobRef> {
        let mut writer = self.create(key).await?;
        writer.write(content).await?;
        writer.finish().await
    }

    /// Opens a file to be read piece by piece.
    ///
    /// # Errors
    /// [`StoreFault::Files`] when there is none of this name.
    pub async fn open_blob(&self, key: &DataKey, name: &str) -> Result<BlobReader> {
        BlobReader::begin(self, key, name).await
    }

    /// True when there is a file of this name.
    pub async fn exists(&self, name: &str) -> bool {
        match self.path(name) {
            Ok(path) => tokio::fs::try_exists(path).await.unwrap_or(false),
            Err(_) => false,
        }
    }

    /// Removes a file; harmless when it is gone. Prefer to remove the row and let the sweep do this:
    /// a backup under way may still want the file.
    pub async fn remove(&self, name: &str) -> Result<()> {
        match tokio::fs::remove_file(self.path(name)?).await {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    pub(crate) fn path(&self, name: &str) -> Result<PathBuf> {
        // Names are ours: 32 hexadecimal digits. Anything else could lead out of the folder.
        if name.len() != 32 || !name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            return Err(StoreFault::Files(format!("{name:?} is not the name of a file here")));
        }
        Ok(self.folder.join("blobs").join(&name[..2]).join(name))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    fn coming(&self) -> PathBuf {
        self.folder.join("coming")
    }
}

fn new_name() -> String {
    hex::encode(chance::bytes::<16>())
}

/// One piece's cipher: the key is the file's own, so that the number alone is a fresh nonce.
struct Pieces {
    cipher: Aes256GcmSiv,
    next: u64,
}

impl Pieces {
    fn new(key: &DataKey, name: &str) -> Self {
        Self { cipher: Aes256GcmSiv::new(&(*key.for_file(name)).into()), next: 0 }
    }

    fn nonce(&mut self, last: bool) -> [u8; 12] {
        let mut nonce = [0; 12];
        nonce[..8].copy_from_slice(&self.next.to_be_bytes());
        nonce[8] = u8::from(last);
        self.next += 1;
        nonce
    }

    fn seal(&mut self, plain: &[u8], last: bool) -> Result<Vec<u8>> {
        let nonce = self.nonce(last);
        self.cipher
            .encrypt(&nonce.into(), Payload { msg: plain, aad: HEADER })
            .map_err(|_| StoreFault::Files("a piece could not be sealed".into()))
    }

    fn open(&mut self, sealed: &[u8], last: bool) -> Result<Vec<u8>> {
        let nonce = self.nonce(last);
        self.cipher
            .decrypt(&nonce.into(), Payload { msg: sealed, aad: HEADER })
            .map_err(|_| StoreFault::Sealed("the file was changed, cut off, or is another's".into()))
    }
}

#[cfg(test)]
mod tests;
