pub use super::*;
use std::path::Path;
pub fn serve() -> anyhow::Result<ExitCode> { anyhow::bail!("") }
pub fn migrate() -> anyhow::Result<ExitCode> { anyhow::bail!("") }
pub fn demo() -> anyhow::Result<ExitCode> { anyhow::bail!("") }
pub fn check_log() -> anyhow::Result<ExitCode> { anyhow::bail!("") }
pub fn backup(_: &Path) -> anyhow::Result<ExitCode> { anyhow::bail!("") }
pub fn restore(_: &Path) -> anyhow::Result<ExitCode> { anyhow::bail!("") }
pub fn export(_: Option<&Path>) -> anyhow::Result<ExitCode> { anyhow::bail!("") }
