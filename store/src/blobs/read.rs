//! Reading a file piece by piece.

use tokio::{
    fs::File,
    io::{AsyncReadExt, BufReader},
};

use super::{Blobs, HEADER, PIECE, Pieces, TAG};
use crate::{
    fault::{Result, StoreFault},
    seal::DataKey,
};

/// An open file. Nothing it hands out was changed; that it is whole is known at the end.
pub struct BlobReader {
    file: BufReader<File>,
    pieces: Pieces,
    /// The piece read ahead, to know whether another follows.
    ahead: Option<Vec<u8>>,
}

impl BlobReader {
    pub(super) async fn begin(blobs: &Blobs, key: &DataKey, name: &str) -> Result<Self> {
        let path = blobs.path(name)?;
        let file = File::open(&path).await.map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => StoreFault::Files(format!("there is no file {name}")),
            _ => e.into(),
        })?;
        let mut file = BufReader::with_capacity(PIECE + TAG, file);
        let mut header = [0; HEADER.len()];
        file.read_exact(&mut header).await?;
        if &header != HEADER {
            return Err(StoreFault::Files(format!("{name} is not a file of this hall")));
        }
        let mut reader = Self { file, pieces: Pieces::new(key, name), ahead: None };
        reader.ahead = reader.piece().await?;
        // Even an empty file has one piece: the mark that it is whole.
        if reader.ahead.is_none() {
            return Err(StoreFault::Sealed(format!("file {name} was cut off")));
        }
        Ok(reader)
    }

    async fn piece(&mut self) -> Result<Option<Vec<u8>>> {
        let mut sealed = Vec::with_capacity(PIECE + TAG);
        let most = (PIECE + TAG) as u64;
        (&mut self.file).take(most).read_to_end(&mut sealed).await?;
        Ok(if sealed.is_empty() { None } else { Some(sealed) })
    }

    /// The next piece of content; `None` after the last.
    ///
    /// # Errors
    /// [`StoreFault::Sealed`] when the file was changed or cut off.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let Some(sealed) = self.ahead.take() else { return Ok(None) };
        self.ahead = self.piece().await?;
        let last = self.ahead.is_none();
        self.pieces.open(&sealed, last).map(Some)
    }

    /// The whole content, if it is no more than this many bytes.
    ///
    /// # Errors
    /// As [`BlobReader::next`]; [`StoreFault::Files`] when it is longer.
    pub async fn read_all(mut self, most: usize) -> Result<Vec<u8>> {
        let mut content = Vec::new();
        while let Some(piece) = self.next().await? {
            if content.len() + piece.len() > most {
                return Err(StoreFault::Files(format!("the file is longer than {most} bytes")));
            }
            content.extend_from_slice(&piece);
        }
        Ok(content)
    }
}
