//! A temporary folder.

use std::path::{Path, PathBuf};

use crate::chance;

/// A folder nobody else uses, removed when dropped.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Folder {
    /// Makes one.
    pub fn new() -> Self {
        let name = format!("tongban-test-{}-{:016x}", std::process::id(), u64::from_be_bytes(chance::bytes()));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
