//! Writing a file piece by piece.

use std::path::PathBuf;

use sha2::{Digest, Sha256};
use tokio::{fs::File, io::AsyncWriteExt};

use super::{BlobRef, Blobs, HEADER, PIECE, Pieces, new_name};
use crate::{
    fault::{Result, StoreFault},
    seal::DataKey,
};

/// A file on its way. Holds one piece in memory, however large the file.
pub struct BlobWriter {
    blobs: Blobs,
    name: String,
    coming: Option<PathBuf>,
    file: File,
    pieces: Pieces,
    waiting: Vec<u8>,
    hash: Sha256,
    size: u64,
}

impl BlobWriter {
    pub(super) async fn begin(blobs: &Blobs, key: &DataKey) -> Result<Self> {
        let name = new_name();
        let coming = blobs.coming().join(&name);
        let mut file = File::create(&coming).await?;
        let pieces = Pieces::new(key, &name);
        file.write_all(HEADER).await?;
        Ok(Self {
            blobs: blobs.clone(),
            name,
            coming: Some(coming),
            file,
            pieces,
            waiting: Vec::with_capacity(PIECE),
            hash: Sha256::new(),
            size: 0,
        })
    }

    /// Bytes taken so far; for a limit.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Takes more of the content.
    ///
    /// # Errors
    /// [`StoreFault::Full`] when the disk is.
    pub async fn write(&mut self, mut content: &[u8]) -> Result<()> {
        self.hash.update(content);
        self.size += content.len() as u64;
        while !content.is_empty() {
            // A full piece is sealed only when more follows: the last one is sealed as the last.
            if self.waiting.len() == PIECE {
                let sealed = self.pieces.seal(&self.waiting, false)?;
                self.file.write_all(&sealed).await?;
                self.waiting.clear();
            }
            let (now, later) = content.split_at(content.len().min(PIECE - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            content = later;
        }
        Ok(())
    }

    /// Keeps the file: when this returns it is on disk under its name.
    pub async fn finish(mut self) -> Result<BlobRef> {
        let sealed = self.pieces.seal(&self.waiting, true)?;
        self.file.write_all(&sealed).await?;
        self.file.flush().await?;
        self.file.sync_all().await?;
        let path = self.blobs.path(&self.name)?;
        let Some(coming) = self.coming.take() else {
            return Err(StoreFault::Files("this file was kept already".into()));
        };
        let folder = path.parent().map(ToOwned::to_owned).unwrap_or_default();
        let moved = async {
            tokio::fs::create_dir_all(&folder).await?;
            tokio::fs::rename(&coming, &path).await?;
            // The name must outlast a power cut too, and so must a new folder's.
            File::open(&folder).await?.sync_all().await?;
            File::open(self.blobs.folder().join("blobs")).await?.sync_all().await
        };
        if let Err(error) = moved.await {
            tokio::fs::remove_file(&coming).await.ok();
            return Err(error.into());
        }
        Ok(BlobRef {
            name: self.name.clone(),
            sha256: hex::encode(self.hash.clone().finalize()),
            size: i64::try_from(self.size).map_err(|e| StoreFault::Files(e.to_string()))?,
        })
    }
}

impl Drop for BlobWriter {
    fn drop(&mut self) {
        if let Some(coming) = self.coming.take() {
            std::fs::remove_file(coming).ok();
        }
    }
}
