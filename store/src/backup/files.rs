//! Files of a backup: written once, hashed on the way.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Read, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::fault::{Result, StoreFault};

/// A file of a backup and what must be in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// Path within the backup, or a blob's name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// Writes a file line by line.
pub(super) struct Lines {
    name: String,
    file: BufWriter<File>,
    hash: Sha256,
    size: u64,
}

impl Lines {
    pub(super) fn create(folder: &Path, name: &str) -> Result<Self> {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok(Self { name: name.to_owned(), file: BufWriter::new(File::create_new(path)?), hash: Sha256::new(), size: 0 })
    }

    pub(super) fn add(&mut self, value: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(value).map_err(|e| StoreFault::Backup(e.to_string()))?;
        line.push(b'\n');
        self.hash.update(&line);
        self.size += line.len() as u64;
        Ok(self.file.write_all(&line)?)
    }

    pub(super) fn finish(self) -> Result<Copied> {
        let file = self.file.into_inner().map_err(|e| StoreFault::from(e.into_error()))?;
        file.sync_all()?;
        Ok(Copied { name: self.name, size: self.size, sha256: hex::encode(self.hash.finalize()) })
    }
}

/// Copies one file and answers what was copied.
pub(super) fn copy(from: &Path, to: &Path, name: &str) -> Result<Copied> {
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    let beside = to.with_extension("copying");
    let mut source = File::open(from)?;
    let mut target = File::create(&beside)?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut piece = vec![0; 256 * 1024];
    loop {
        let many = source.read(&mut piece)?;
        if many == 0 {
            break;
        }
        hash.update(&piece[..many]);
        target.write_all(&piece[..many])?;
        size += many as u64;
    }
    target.sync_all()?;
    fs::rename(beside, to)?;
    Ok(Copied { name: name.to_owned(), size, sha256: hex::encode(hash.finalize()) })
}

/// Proves that a file is what it was.
pub(super) fn prove(path: &Path, copied: &Copied) -> Result<()> {
    let wrong = |why: &str| StoreFault::Backup(format!("{}: {why}", path.display()));
    let mut file = BufReader::new(File::open(path).map_err(|e| wrong(&format!("is missing ({e})")))?);
    let mut hash = Sha256::new();
    let size = std::io::copy(&mut file, &mut HashOnly(&mut hash))?;
    if size != copied.size || hex::encode(hash.finalize()) != copied.sha256 {
        return Err(wrong("is damaged: its hash is not the one in the manifest"));
    }
    Ok(())
}

struct HashOnly<'h>(&'h mut Sha256);

impl Write for HashOnly<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Writes a small file beside its place and moves it there.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    match path.parent() {
        Some(folder) => Ok(File::open(folder)?.sync_all()?),
        None => Ok(()),
    }
}
