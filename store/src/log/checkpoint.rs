//! Signed marks of where the log ended, kept outside the database.
//!
//! A chain alone does not show that its end was cut off, or that the whole was rolled back to a
//! backup; a mark that lies elsewhere does.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Head;
use crate::{
    fault::{Result, StoreFault},
    seal::{KeyRing, verify},
};

/// The signing key of checkpoints and backup manifests on the key ring.
pub(crate) const KEY: &str = "checkpoint";
/// Marks kept; older ones prove nothing the newer do not.
const KEPT: usize = 2000;

/// Where the log ended at some moment, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Position of the last event.
    pub position: i64,
    /// The chain there, hexadecimal.
    pub chain: String,
    /// When the mark was made.
    pub at: DateTime<Utc>,
    /// SM2 public key, hexadecimal.
    pub key: String,
    /// SM2 signature over the line of [`Checkpoint::signed_text`], hexadecimal.
    pub signature: String,
}

impl Checkpoint {
    fn signed_text(position: i64, chain: &str, at: DateTime<Utc>) -> String {
        format!("tongban checkpoint\n{position}\n{chain}\n{}", at.timestamp_micros())
    }

    /// True when it was signed by the checkpoint key of this ring.
    pub fn is_ours(&self, keys: &KeyRing) -> bool {
        let Ok(ours) = keys.signing_key(KEY) else { return false };
        let text = Self::signed_text(self.position, &self.chain, self.at);
        hex::encode(ours.public_key()) == self.key
            && hex::decode(&self.signature).is_ok_and(|signature| verify(&ours.public_key(), text.as_bytes(), &signature))
    }
}

/// The file of marks.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    path: PathBuf,
}

impl Checkpoints {
    /// The marks in this file; it need not exist yet.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// Every mark, oldest first.
    ///
    /// # Errors
    /// [`StoreFault::Log`] when the file is there but not readable as marks.
    pub fn read(&self) -> Result<Vec<Checkpoint>> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(self.fault(&e.to_string())),
        };
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(|line| serde_json::from_str(line).map_err(|e| self.fault(&e.to_string()))).collect()
    }

    /// Marks this end of the log, unless it is marked already or empty.
    ///
    /// # Errors
    /// When the file cannot be written or the ring has no checkpoint key.
    pub fn add(&self, head: &Head, keys: &KeyRing, at: DateTime<Utc>) -> Result<Option<Checkpoint>> {
        let chain = hex::encode(&head.chain);
        let mut marks = self.read()?;
        let last = marks.last();
        if head.position == 0 || last.is_some_and(|last| last.position == head.position && last.chain == chain) {
            return Ok(None);
        }
        // A mark beyond the log is evidence, and must not be covered by later ones.
        if let Some(last) = last.filter(|last| last.position > head.position) {
            return Err(StoreFault::Log(format!(
                "the log ends at {} but was marked at {}; run check-log",
                head.position, last.position
            )));
        }
        let key = keys.signing_key(KEY)?;
        let text = Checkpoint::signed_text(head.position, &chain, at);
        let mark = Checkpoint {
            position: head.position,
            chain,
            at,
            key: hex::encode(key.public_key()),
            signature: hex::encode(key.sign(text.as_bytes())),
        };
        marks.push(mark.clone());
        if marks.len() > KEPT * 2 {
            marks.drain(..marks.len() - KEPT);
            self.write(&marks)?;
        } else {
            self.append(&mark)?;
        }
        Ok(Some(mark))
    }

    /// Begins a new file with this one mark; after restoring a backup.
    pub(crate) fn restart(&self, head: &Head, keys: &KeyRing, at: DateTime<Utc>) -> Result<()> {
        self.write(&[])?;
        self.add(head, keys, at).map(|_| ())
    }

    fn append(&self, mark: &Checkpoint) -> Result<()> {
        self.folder()?;
        // A line cut short by a crash is ended first, by writing the file anew.
        if let Ok(text) = fs::read(&self.path)
            && !text.is_empty()
            && !text.ends_with(b"\n")
        {
            let mut marks = self.read()?;
            marks.push(mark.clone());
            return self.write(&marks);
        }
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&self.path)?;
        file.write_all(line(mark)?.as_bytes())?;
        Ok(file.sync_data()?)
    }

    fn write(&self, marks: &[Checkpoint]) -> Result<()> {
        self.folder()?;
        let beside = self.path.with_extension("new");
        let mut file = fs::File::create(&beside)?;
        for mark in marks {
            file.write_all(line(mark)?.as_bytes())?;
        }
        file.sync_all()?;
        Ok(fs::rename(&beside, &self.path)?)
    }

    fn folder(&self) -> Result<()> {
        match self.path.parent() {
            Some(folder) => Ok(fs::create_dir_all(folder)?),
            None => Ok(()),
        }
    }

    fn fault(&self, why: &str) -> StoreFault {
        StoreFault::Log(format!("checkpoints in {}: {why}", self.path.display()))
    }
}

fn line(mark: &Checkpoint) -> Result<String> {
    let mut line = serde_json::to_string(mark).map_err(|e| StoreFault::Log(e.to_string()))?;
    line.push('\n');
    Ok(line)
}
