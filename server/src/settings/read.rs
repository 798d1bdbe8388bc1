//! From environment and file to checked values.

use super::{HallNames, Proxies, PublicUrl, SettingFault, Settings};
use config::{Config, FileFormat};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The settings file, looked for in the working folder.
pub const FILE: &str = "tongban.toml";

/// Every setting, as the environment writes it; the file writes it in small letters.
pub const NAMES: [&str; 20] = [
    "DATABASE_URL",
    "FILES_URL",
    "KEYS_URL",
    "LISTEN_ADDR",
    "PUBLIC_URL",
    "TRUSTED_PROXIES",
    "TONGBAN_DEMO",
    "TONGBAN_DEMO_PASSWORD",
    "FONT_DIRS",
    "SITE_ROOT",
    "CHECKPOINT_FILE",
    "PLACE_NAME",
    "HALL_NAME",
    "AREA_CODE",
    "ORGANISER",
    "SITE_CODE",
    "ICP",
    "POLICE",
    "TONGBAN_LOG",
    "API_PER_MINUTE",
];

/// Settings of this process: `tongban.toml` in the working folder, if there is one, under the environment.
///
/// # Errors
/// [`SettingFault`] for the first value that cannot be.
#[expect(clippy::disallowed_methods, reason = "settings are read here, once")]
pub fn from_machine() -> Result<Settings, SettingFault> {
    let file = match std::fs::read_to_string(FILE) {
        Ok(text) => Some(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
        Err(e) => return Err(SettingFault::new(FILE, format!("读不了：{e}"), "请检查文件的权限和编码（UTF-8）")),
    };
    let mut env = BTreeMap::new();
    for name in NAMES.into_iter().chain(["LEPTOS_SITE_ROOT", "RUST_LOG"]) {
        if let Some(value) = std::env::var_os(name) {
            let text = value.into_string();
            let text = text.map_err(|_| SettingFault::new(name, "不是 UTF-8 文字", "请重新设置这个环境变量"))?;
            env.insert(name.to_owned(), text);
        }
    }
    read(file.as_deref(), &env)
}

/// Settings from the text of a file and from an environment.
///
/// # Errors
/// [`SettingFault`] for the first value that cannot be.
pub fn read(file: Option<&str>, env: &BTreeMap<String, String>) -> Result<Settings, SettingFault> {
    let values = Values { file: file_values(file.unwrap_or_default())?, env };
    let listen = values.or("LISTEN_ADDR", "127.0.0.1:3000");
    let listen: SocketAddr = listen.parse().map_err(|_| {
        SettingFault::new("LISTEN_ADDR", format!("“{listen}”不是监听地址"), "请写成 地址:端口，例如 127.0.0.1:3000 或 [::]:3000")
    })?;
    Ok(Settings {
        database_url: database_url(values.or("DATABASE_URL", "sqlite://var/tongban.db"))?,
        files_url: folder_url("FILES_URL", values.or("FILES_URL", "file://var/files"))?,
        keys_url: key_ring(folder_url("KEYS_URL", values.or("KEYS_URL", "file://var/keys"))?),
        listen,
        public_url: PublicUrl::parse(&values.get("PUBLIC_URL").unwrap_or_else(|| own_url(listen)))?,
        trusted_proxies: Proxies::parse(&values.or("TRUSTED_PROXIES", ""))?,
        demo: yes_or_no("TONGBAN_DEMO", &values.or("TONGBAN_DEMO", "0"))?,
        demo_password: values.get("TONGBAN_DEMO_PASSWORD"),
        font_dirs: values.or("FONT_DIRS", "").split([':', ',']).filter(|d| !d.is_empty()).map(PathBuf::from).collect(),
        site_root: values.get("SITE_ROOT").or_else(|| env.get("LEPTOS_SITE_ROOT").cloned()).map_or_else(site_root, PathBuf::from),
        watched: env.contains_key("LEPTOS_WATCH"),
        checkpoint_file: values.or("CHECKPOINT_FILE", "var/checkpoints.jsonl").into(),
        log: values.get("TONGBAN_LOG").or_else(|| env.get("RUST_LOG").cloned()),
        api_per_minute: per_minute(&values.or("API_PER_MINUTE", "600"))?,
        hall: hall(&values)?,
    })
}

fn per_minute(text: &str) -> Result<u32, SettingFault> {
    text.parse().ok().filter(|n| (1..=1_000_000).contains(n)).ok_or_else(|| {
        SettingFault::new("API_PER_MINUTE", format!("“{text}”不是每分钟的次数"), "请写 1 到 1000000 的整数，例如 600")
    })
}

struct Values<'a> {
    file: BTreeMap<String, String>,
    env: &'a BTreeMap<String, String>,
}

impl Values<'_> {
    /// The value with spaces around it removed; an empty one counts as not set.
    fn get(&self, name: &str) -> Option<String> {
        let value = self.env.get(name).or_else(|| self.file.get(name))?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    fn or(&self, name: &str, fallback: &str) -> String {
        self.get(name).unwrap_or_else(|| fallback.to_owned())
    }
}

/// The file's values by their names in the environment; a key we do not know is refused, not ignored.
fn file_values(text: &str) -> Result<BTreeMap<String, String>, SettingFault> {
    const MEND: &str = "请按 名称 = \"值\" 逐行书写，例如 listen_addr = \"127.0.0.1:3000\"";
    let unreadable = |e: config::ConfigError| SettingFault::new(FILE, format!("读不懂：{e}"), MEND);
    let config = Config::builder().add_source(config::File::from_str(text, FileFormat::Toml)).build().map_err(unreadable)?;
    let table: BTreeMap<String, config::Value> = config.try_deserialize().map_err(unreadable)?;
    let mut values = BTreeMap::new();
    for (key, value) in table {
        let name = key.to_ascii_uppercase();
        if !NAMES.contains(&name.as_str()) {
            let known = NAMES.map(str::to_ascii_lowercase).join("、");
            return Err(SettingFault::new(FILE, format!("不认识“{key}”这一项"), format!("可以设置的有：{known}")));
        }
        let text = match value.kind {
            config::ValueKind::Array(list) => {
                list.into_iter().map(config::Value::into_string).collect::<Result<Vec<_>, _>>().map(|list| list.join(","))
            }
            config::ValueKind::Table(_) => {
                return Err(SettingFault::new(FILE, format!("“{key}”应当是一个值，不能是一组"), MEND));
            }
            other => config::Value::new(None, other).into_string(),
        };
        values.insert(name, text.map_err(unreadable)?);
    }
    Ok(values)
}

fn database_url(url: String) -> Result<String, SettingFault> {
    const MEND: &str = "请写 sqlite://var/tongban.db 或 postgres://用户:口令@主机/库名";
    let fault = |wrong: String| SettingFault::new("DATABASE_URL", wrong, MEND);
    // the value may hold a password, so only its scheme is repeated
    match url.split_once("://") {
        Some(("sqlite", "")) => Err(fault("没有写数据库文件的位置".into())),
        Some(("postgres" | "postgresql", "")) => Err(fault("没有写主机".into())),
        Some(("sqlite" | "postgres" | "postgresql", _)) => Ok(url),
        Some((other, _)) => Err(fault(format!("不支持 {other}:// 这种数据库"))),
        None => Err(fault("缺少 sqlite:// 或 postgres:// 这样的开头".into())),
    }
}

fn folder_url(name: &'static str, url: String) -> Result<String, SettingFault> {
    let mend = format!("请写成 file:// 加文件夹，例如 file://var/{}", if name == "KEYS_URL" { "keys" } else { "files" });
    match url.split_once("://") {
        Some(("file", path)) if !path.is_empty() => Ok(url),
        Some(("file", _)) => Err(SettingFault::new(name, "没有写文件夹的位置", mend)),
        Some((other, _)) => Err(SettingFault::new(name, format!("这个版本还不支持 {other}://"), mend)),
        None => Err(SettingFault::new(name, format!("“{url}”缺少 file:// 开头"), mend)),
    }
}

/// The ring's file: the one named, or `ring.json` in the folder named.
fn key_ring(url: String) -> String {
    if url.ends_with(".json") { url } else { format!("{}/ring.json", url.trim_end_matches('/')) }
}

/// Without a name of its own, a hall is reached where it listens.
fn own_url(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() { format!("http://127.0.0.1:{}", listen.port()) } else { format!("http://{listen}") }
}

fn yes_or_no(name: &'static str, text: &str) -> Result<bool, SettingFault> {
    match text {
        "1" | "true" | "yes" => Ok(true),
        "0" | "false" | "no" => Ok(false),
        other => Err(SettingFault::new(name, format!("“{other}”看不出是或否"), "请写 1（是）或 0（否）")),
    }
}

fn hall(values: &Values<'_>) -> Result<HallNames, SettingFault> {
    let digits = |name: &'static str, text: String, count: usize| {
        if text.len() == count && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(text)
        } else {
            Err(SettingFault::new(name, format!("“{text}”不是 {count} 位数字"), "请核对后重新填写"))
        }
    };
    let place = values.or("PLACE_NAME", "青禾区");
    Ok(HallNames {
        hall_name: values.get("HALL_NAME").unwrap_or_else(|| format!("{place}政务服务网上大厅")),
        organiser: values.get("ORGANISER").unwrap_or_else(|| format!("{place}行政审批服务局")),
        area_code: digits("AREA_CODE", values.or("AREA_CODE", "350205"), 6)?,
        site_code: values.get("SITE_CODE").map(|code| digits("SITE_CODE", code, 10)).transpose()?,
        icp: values.get("ICP"),
        police: values.get("POLICE"),
        place_name: place,
    })
}

/// `site/` beside the folder of the binary, where cargo-leptos puts it; `site/` beside the binary in a package.
fn site_root() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| {
        let folder = exe.parent()?.to_path_buf();
        [folder.parent().map(|p| p.join("site")), Some(folder.join("site"))].into_iter().flatten().find(|p| p.is_dir())
    });
    beside.unwrap_or_else(|| Path::new("target").join("site"))
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
