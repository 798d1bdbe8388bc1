//! Commands that need the hall's database: each opens what it needs, does one thing, and says what it did.

use super::ledger;
use crate::serve;
use crate::settings::{Settings, check_ground, from_machine};
use crate::start::{open_store, runtime};
use anyhow::Context as _;
use std::path::Path;
use std::process::ExitCode;
use store::{Store, StoreFault};

/// Opens settings and store, runs `work`, closes.
pub(super) fn with_store<F>(may_create_keys: bool, work: F) -> anyhow::Result<ExitCode>
where
    F: AsyncFnOnce(&Store, &Settings) -> anyhow::Result<String>,
{
    let settings = from_machine()?;
    check_ground(&settings)?;
    runtime(&settings)?.block_on(async {
        let store = open_store(&settings, may_create_keys || settings.demo).await?;
        let told = work(&store, &settings).await;
        store.close().await;
        super::print(&told?)
    })
}

/// `tongban serve`
pub fn serve() -> anyhow::Result<ExitCode> {
    let settings = from_machine()?;
    runtime(&settings)?.block_on(serve::serve(settings))?;
    Ok(ExitCode::SUCCESS)
}

/// `tongban migrate`
pub fn migrate() -> anyhow::Result<ExitCode> {
    with_store(true, async |store, _| {
        let before = store.state().await.map_or(0, |ladder| ladder.applied);
        store.migrate().await.context("升级没有完成")?;
        let after = store.state().await.context("升级以后读不了数据库")?;
        Ok(match after.applied - before {
            0 => format!("数据库已经是最新的（{} 级）。\n", after.applied),
            n => format!("升级完成：新增 {n} 级，现在是 {} 级。\n", after.applied),
        })
    })
}

/// `tongban check-log`
pub fn check_log() -> anyhow::Result<ExitCode> {
    let mut sound = true;
    let code = with_store(false, async |store, _| {
        let report = store.check_log().await.context("日志读不了")?;
        sound = report.sound();
        let mut out = format!(
            "事件 {} 件，已入日志 {} 件，待入 {} 件，末位 {}。\n",
            report.events, report.logged, report.pending, report.position
        );
        match report.checkpoint {
            Some(position) => out.push_str(&format!("最后的签名检查点在第 {position} 位。\n")),
            None => out.push_str("还没有签名检查点。\n"),
        }
        for fault in &report.faults {
            out.push_str(&format!("不对：{fault}\n"));
        }
        if report.fault_count > report.faults.len() {
            out.push_str(&format!("……共 {} 处。\n", report.fault_count));
        }
        out.push_str(if sound {
            "日志完整，没有被改动。\n"
        } else {
            "日志有问题，请不要删改任何文件，先把备份保管好。\n"
        });
        Ok(out)
    })?;
    Ok(if sound { code } else { ExitCode::FAILURE })
}

/// `tongban backup`
pub fn backup(folder: &Path) -> anyhow::Result<ExitCode> {
    with_store(false, async |store, _| {
        let manifest =
            store.backup(folder, crate::clock::now()).await.with_context(|| format!("备份到 {} 没有完成", folder.display()))?;
        Ok(format!(
            "已备份到 {}：{} 行、{} 份文件，日志到第 {} 位。\n密钥不在里面，请另外保管。\n",
            folder.display(),
            manifest.rows,
            manifest.blobs,
            manifest.position
        ))
    })
}

/// `tongban restore`
pub fn restore(folder: &Path) -> anyhow::Result<ExitCode> {
    with_store(false, async |store, _| {
        let restored = store.restore(folder, crate::clock::now()).await.map_err(|fault| match fault {
            StoreFault::NotEmpty { what } => anyhow::anyhow!(
                "恢复要一个空的地方，这里已经有东西了（{what}）。请换一个，例如 DATABASE_URL=sqlite://new/tongban.db FILES_URL=file://new/files。"
            ),
            other => anyhow::Error::new(other).context(format!("从 {} 恢复没有完成", folder.display())),
        })?;
        let mut out =
            format!("已恢复并核对：{} 行、{} 份文件，日志到第 {} 位。\n", restored.rows, restored.blobs, restored.position);
        if let Some(later) = restored.marked_later {
            out.push_str(&format!("注意：原来的日志到过第 {later} 位，备份以后发生的事不在里面。\n"));
        }
        Ok(out)
    })
}

/// `tongban export`
pub fn export(file: Option<&Path>) -> anyhow::Result<ExitCode> {
    with_store(false, async |store, _| {
        let Some(path) = file else {
            ledger::write(store, &mut std::io::stdout().lock()).await?;
            return Ok(String::new());
        };
        let out = std::fs::File::create(path).with_context(|| format!("写不了文件 {}", path.display()))?;
        let mut out = std::io::BufWriter::new(out);
        let rows = ledger::write(store, &mut out).await?;
        std::io::Write::flush(&mut out).with_context(|| format!("写不了文件 {}", path.display()))?;
        Ok(format!("已写出 {rows} 件办件到 {}。\n", path.display()))
    })
}
