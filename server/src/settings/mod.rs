//! What an operator can set, from the environment or from `tongban.toml` in the working folder.
//!
//! The environment wins over the file. Every value is checked before anything is opened; a bad one is refused with
//! one line that names the setting, says what is wrong with it and how to mend it.

mod fault;
mod ground;
mod place;
mod proxies;
mod read;

pub use fault::SettingFault;
pub use ground::check_ground;
pub use place::PublicUrl;
pub use proxies::{Proxies, client_address};
pub use read::{FILE, NAMES, from_machine, read};

use std::net::SocketAddr;
use std::path::PathBuf;

/// Everything the process needs to know before it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// `file://folder` for uploads and documents.
    pub files_url: String,
    /// `file://path/to/ring.json`: the key ring.
    pub keys_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// How the world calls us: cookie names and flags, origin check, links in QR codes and messages.
    pub public_url: PublicUrl,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Proxies,
    /// Demo data, demo accounts, keys made on the spot. Never in production.
    pub demo: bool,
    /// Password of the demo accounts; one is made from the key ring when empty.
    pub demo_password: Option<String>,
    /// Extra folders with fonts for typesetting, searched first.
    pub font_dirs: Vec<PathBuf>,
    /// Built pages' files: `pkg/` and what `public/` held.
    pub site_root: PathBuf,
    /// Somebody works on these files: cargo-leptos builds them anew while the hall is open.
    pub watched: bool,
    /// Signed ends of the log, kept outside the database.
    pub checkpoint_file: PathBuf,
    /// What to log, as `tracing` writes filters.
    pub log: Option<String>,
    /// How often a program may knock at the open API in a minute, by key or, without one, by address.
    pub api_per_minute: u32,
    /// What the hall calls itself.
    pub hall: HallNames,
}

/// Names a page prints about the hall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HallNames {
    /// 青禾区
    pub place_name: String,
    /// 青禾区政务服务网上大厅
    pub hall_name: String,
    /// Six digits of GB/T 2260; `99….` is a place that does not exist.
    pub area_code: String,
    /// 主办单位
    pub organiser: String,
    /// 网站标识码, ten digits.
    pub site_code: Option<String>,
    /// ICP 备案号
    pub icp: Option<String>,
    /// 公安备案号
    pub police: Option<String>,
}
