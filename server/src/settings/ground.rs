//! The ground a hall stands on: folders it can write to. Checked before anything is opened, so that the sentence names the
//! setting and not a library's error.

use super::{SettingFault, Settings};
use std::path::{Path, PathBuf};

/// Make the folders that are missing and try to write into each.
///
/// # Errors
/// [`SettingFault`] naming the setting whose folder cannot be written to.
pub fn check_ground(settings: &Settings) -> Result<(), SettingFault> {
    if let Some(("sqlite", file)) = settings.database_url.split_once("://") {
        let file = Path::new(file.split('?').next().unwrap_or_default());
        if file.is_dir() {
            let wrong = format!("{} 是一个文件夹", file.display());
            return Err(SettingFault::new("DATABASE_URL", wrong, "请写到数据库文件为止，例如 sqlite://var/tongban.db"));
        }
        writable("DATABASE_URL", &folder_of(file))?;
    }
    let path = |url: &str| PathBuf::from(url.strip_prefix("file://").unwrap_or(url));
    writable("FILES_URL", &path(&settings.files_url))?;
    // an existing ring may lie where the hall may only read
    let ring = path(&settings.keys_url);
    if !ring.is_file() {
        writable("KEYS_URL", &folder_of(&ring))?;
    }
    writable("CHECKPOINT_FILE", &folder_of(&settings.checkpoint_file))?;
    if let Some(missing) = settings.font_dirs.iter().find(|dir| !dir.is_dir()) {
        let wrong = format!("没有 {} 这个文件夹", missing.display());
        return Err(SettingFault::new("FONT_DIRS", wrong, "请写字体所在的文件夹，多个用冒号或逗号隔开"));
    }
    Ok(())
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new(".")).to_path_buf()
}

fn writable(name: &str, folder: &Path) -> Result<(), SettingFault> {
    let fault = |what: &str, e: std::io::Error| {
        let wrong = format!("{what} {} 不成：{e}", folder.display());
        SettingFault::new(name, wrong, "请换一个能写的位置，或者把这个文件夹的写权限交给运行大厅的用户")
    };
    std::fs::create_dir_all(folder).map_err(|e| fault("建立文件夹", e))?;
    // the permission bits do not know about read-only mounts and full disks: try
    let probe = folder.join(format!(".tongban-probe-{}", std::process::id()));
    std::fs::write(&probe, b"x").map_err(|e| fault("写入文件夹", e))?;
    std::fs::remove_file(&probe).map_err(|e| fault("写入文件夹", e))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::settings::read;
    use std::collections::BTreeMap;

    fn refused(name: &str, value: &str, in_folder: &Path) -> SettingFault {
        let at = |rest: &str| in_folder.join(rest).display().to_string();
        let mut env: BTreeMap<String, String> = [
            ("DATABASE_URL", format!("sqlite://{}", at("hall.db"))),
            ("FILES_URL", format!("file://{}", at("files"))),
            ("KEYS_URL", format!("file://{}", at("keys"))),
            ("CHECKPOINT_FILE", at("checkpoints.jsonl")),
        ]
        .into_iter()
        .map(|(k, v)| (k.to_owned(), v))
        .collect();
        check_ground(&read(None, &env).unwrap()).unwrap();
        env.insert(name.to_owned(), value.to_owned());
        check_ground(&read(None, &env).unwrap()).expect_err("must be refused")
    }

    #[test]
    fn what_cannot_be_written_is_refused_by_name() {
        let folder = std::env::temp_dir().join(format!("tongban-ground-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // a file in the way stops even root, whom permission bits do not
        let file = folder.join("file");
        std::fs::write(&file, b"x").unwrap();
        let inside = file.join("inside").display().to_string();
        for (name, value) in [
            ("DATABASE_URL", format!("sqlite://{inside}/hall.db")),
            ("DATABASE_URL", format!("sqlite://{}", folder.display())),
            ("FILES_URL", format!("file://{inside}")),
            ("KEYS_URL", format!("file://{inside}")),
            ("CHECKPOINT_FILE", format!("{inside}/checkpoints.jsonl")),
            ("FONT_DIRS", inside.clone()),
        ] {
            let fault = refused(name, &value, &folder);
            assert_eq!(fault.name, name, "{fault}");
            assert_eq!(fault.to_string().lines().count(), 1);
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
