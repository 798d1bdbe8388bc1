//! From settings to an open store, with every fault told as a setting that can be mended.

use crate::clock;
use crate::settings::{SettingFault, Settings};
use anyhow::Context as _;
use store::{Store, StoreFault, StoreSettings};
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

/// The runtime of this process. Logs go to standard error.
///
/// # Errors
/// When the machine has no threads to give.
pub fn runtime(settings: &Settings) -> anyhow::Result<Runtime> {
    // the session layer calls every forgotten cookie suspicious: that is noise
    let usual = "warn,server=info,service=info,store=info,tower_sessions_core=error";
    let filter = settings.log.as_deref().unwrap_or(usual);
    let filter = EnvFilter::try_new(filter)
        .map_err(|e| SettingFault::new("TONGBAN_LOG", format!("“{filter}”看不懂（{e}）"), "例如写 info 或 warn,server=debug"))?;
    // a second command in one process (tests) keeps the first one's log
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_writer(std::io::stderr)
        .try_init()
        .ok();
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("启动不了运行环境")
}

/// The store of these settings.
///
/// # Errors
/// A [`SettingFault`] for `DATABASE_URL`, `FILES_URL` or `KEYS_URL`.
pub async fn open_store(settings: &Settings, may_create_keys: bool) -> anyhow::Result<Store> {
    let ring = settings.keys_url.strip_prefix("file://").unwrap_or(&settings.keys_url);
    if !may_create_keys && !std::path::Path::new(ring).is_file() {
        let mend = "请放回这个大厅原来的密钥；新建的大厅先运行 tongban migrate，它会生成密钥";
        return Err(SettingFault::new("KEYS_URL", format!("没有密钥文件 {ring}"), mend).into());
    }
    let parts = StoreSettings {
        database_url: settings.database_url.clone(),
        files_url: settings.files_url.clone(),
        keys_url: settings.keys_url.clone(),
        checkpoint_file: settings.checkpoint_file.clone(),
        may_create_keys,
        node: format!("{}-{}", std::process::id(), store::new_id(clock::now()).simple()),
        zone: "hall".to_owned(),
        readers: 0,
    };
    Store::open(&parts).await.map_err(as_setting)
}

/// A fault of opening, by the setting it comes from.
pub fn as_setting(fault: StoreFault) -> anyhow::Error {
    let (name, wrong, mend) = match fault {
        StoreFault::CannotOpen { url, why } => {
            ("DATABASE_URL", format!("打不开数据库 {url}：{why}"), "请核对地址、口令和数据库是否在运行")
        }
        StoreFault::Keys(why) => {
            ("KEYS_URL", format!("密钥打不开：{why}"), "请放回原来的密钥；新建的大厅先运行 tongban migrate，它会生成密钥")
        }
        StoreFault::Files(why) => ("FILES_URL", format!("文件夹用不了：{why}"), "请检查位置和权限"),
        StoreFault::Full(why) => ("DATABASE_URL", format!("磁盘满了：{why}"), "请腾出空间再试"),
        other => return anyhow::Error::new(other),
    };
    SettingFault::new(name, wrong, mend).into()
}
