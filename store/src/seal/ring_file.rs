//! The key ring as a file.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::SigningKey;
use crate::{
    chance,
    fault::{Result, StoreFault},
};

pub(super) type Secret = Zeroizing<[u8; 32]>;

/// The ring in memory.
#[derive(Clone)]
pub(super) struct Keys {
    pub current: String,
    pub wrapping: BTreeMap<String, Secret>,
    pub index: Secret,
    pub signing: BTreeMap<String, Secret>,
}

/// The ring in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OnPaper {
    version: u32,
    current: String,
    wrapping: BTreeMap<String, String>,
    index: String,
    signing: BTreeMap<String, String>,
}

pub(super) fn secret() -> Secret {
    Zeroizing::new(chance::bytes())
}

pub(super) fn next_id(keys: &Keys) -> String {
    let mut number = keys.wrapping.len() + 1;
    while keys.wrapping.contains_key(&format!("k{number}")) {
        number += 1;
    }
    format!("k{number}")
}

impl Keys {
    pub(super) fn fresh() -> Self {
        Self {
            current: "k1".into(),
            wrapping: BTreeMap::from([("k1".into(), secret())]),
            index: secret(),
            signing: BTreeMap::from([(crate::log::CHECKPOINT_KEY.into(), SigningKey::new_secret())]),
        }
    }
}

/// The ring in this file; `None` when there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Keys>> {
    let fault = |why: &str| StoreFault::Keys(format!("{}: {why}", path.display()));
    let text = match fs::read_to_string(path) {
        Ok(text) => Zeroizing::new(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(fault(&format!("cannot be read ({e}); the hall's user must own it"))),
    };
    only_ours(path)?;
    // The parser's own words could quote a key: say only where.
    let paper: OnPaper = serde_json::from_str(&text).map_err(|e| {
        fault(&format!("is not a key ring (line {}, column {}); put back the ring of this hall", e.line(), e.column()))
    })?;
    if paper.version != 1 {
        return Err(fault(&format!("is a ring of version {}, this program reads version 1", paper.version)));
    }
    let secret = |text: &String| -> Result<Secret> {
        let bytes = STANDARD.decode(text).map(Zeroizing::new).ok();
        bytes
            .and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok())
            .map(Zeroizing::new)
            .ok_or_else(|| fault("holds a key that is not 32 bytes in base64"))
    };
    let secrets = |of: &BTreeMap<String, String>| -> Result<BTreeMap<String, Secret>> {
        of.iter().map(|(name, text)| Ok((name.clone(), secret(text)?))).collect()
    };
    let keys = Keys {
        wrapping: secrets(&paper.wrapping)?,
        index: secret(&paper.index)?,
        signing: secrets(&paper.signing)?,
        current: paper.current,
    };
    for secret in keys.signing.values() {
        SigningKey::from_secret(secret.as_ref())?;
    }
    if !keys.wrapping.contains_key(&keys.current) {
        return Err(fault(&format!("names {:?} as its current key but does not hold it", keys.current)));
    }
    Ok(Some(keys))
}

/// Makes a ring where there is none; when another process was faster, that one's ring it is.
pub(super) fn create(path: &Path) -> Result<Keys> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| StoreFault::Keys(format!("{} cannot be made ({e})", folder.display())))?;
    }
    let _alone = lock(path)?;
    if let Some(keys) = read(path)? {
        return Ok(keys);
    }
    let keys = Keys::fresh();
    write(path, &keys)?;
    Ok(keys)
}

/// Writes the ring beside its place and moves it there, readable by the owner only.
pub(super) fn write(path: &Path, keys: &Keys) -> Result<()> {
    let fault = |e: std::io::Error| {
        StoreFault::Keys(format!("{} cannot be written ({e}); may this user write to its folder?", path.display()))
    };
    let texts = |of: &BTreeMap<String, Secret>| {
        of.iter().map(|(name, secret)| (name.clone(), STANDARD.encode(secret.as_ref()))).collect()
    };
    let paper = OnPaper {
        version: 1,
        current: keys.current.clone(),
        wrapping: texts(&keys.wrapping),
        index: STANDARD.encode(keys.index.as_ref()),
        signing: texts(&keys.signing),
    };
    let text = serde_json::to_string_pretty(&paper).map(Zeroizing::new).map_err(|e| StoreFault::Keys(e.to_string()))?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    let beside = path.with_extension(format!("new-{}", std::process::id()));
    let write = || -> std::io::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = options.open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        match path.parent().map(fs::File::open) {
            Some(folder) => folder?.sync_all(),
            None => Ok(()),
        }
    };
    write().map_err(fault)
}

/// A ring others can read is no ring.
#[cfg(unix)]
fn only_ours(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(StoreFault::Keys(format!("{path} can be read by others (mode {mode:o}); run: chmod 600 {path}", path = path.display())))
}

#[cfg(not(unix))]
fn only_ours(_: &Path) -> Result<()> {
    Ok(())
}

/// Held while a ring is changed, so that two processes do not lose each other's keys.
pub(super) struct Lock(PathBuf);

#[expect(clippy::disallowed_methods, reason = "a ring changes once in a while, for milliseconds, and its callers are not async")]
pub(super) fn lock(path: &Path) -> Result<Lock> {
    let lock = path.with_extension("lock");
    for _ in 0..200 {
        match fs::OpenOptions::new().create_new(true).write(true).open(&lock) {
            Ok(_) => return Ok(Lock(lock)),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                // Left behind by a killed process: nobody changes a ring for ten seconds.
                let age = fs::metadata(&lock).and_then(|meta| meta.modified()).map(|at| at.elapsed().unwrap_or_default());
                if age.is_ok_and(|age| age > Duration::from_secs(10)) {
                    fs::remove_file(&lock).ok();
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(e) => return Err(StoreFault::Keys(format!("{} cannot be made ({e})", lock.display()))),
        }
    }
    Err(StoreFault::Keys(format!("{} is held by another process", lock.display())))
}

impl Drop for Lock {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}
