//! `tongban demo`: the demonstration district and a year of its cases.

use super::keep::with_store;
use crate::{clock, serve};
use anyhow::Context as _;
use clap::Args;
use service::demo::{Filled, Progress, Year, fill};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often it says how far it has come.
const SAY_EVERY: Duration = Duration::from_secs(1);

/// How much of a story.
#[derive(Debug, Args)]
pub struct DemoWords {
    /// 大厅里一共要有多少件办件，可以写到几百万；占用的内存不随件数增加
    #[arg(long, value_name = "件数", default_value_t = 3000, value_parser = clap::value_parser!(u64).range(0..=8_000_000), help_heading = "选项")]
    cases: u64,
    /// 同一个种子建出同样的故事
    #[arg(long, value_name = "种子", default_value_t = 20_260_101, help_heading = "选项")]
    seed: u64,
}

/// Fills the hall of the settings.
///
/// # Errors
/// Outside demonstration mode, or when the data cannot be written.
pub fn run(words: &DemoWords) -> anyhow::Result<ExitCode> {
    with_store(true, async |store, settings| {
        anyhow::ensure!(settings.demo, "只能在演示方式下建演示数据：请设置 TONGBAN_DEMO=1 再运行。");
        store.migrate().await.context("升级没有完成")?;
        let hall = serve::open_hall(store, settings).await?;
        let mut out = serve::seed_demo(&hall, store, settings).await?;
        if words.cases > 0 {
            // on PostgreSQL somebody must put the events in order, and the hall may not be running
            let log = store.start_log(clock::now);
            let year = Year { cases: words.cases, seed: words.seed, until: clock::now() };
            let mut says = Says { began: clock::moment(), said: None, from: None };
            let filled = fill(&hall, year, |progress| says.hear(progress)).await;
            log.stop().await;
            out.push_str(&told(filled.context("一年的办件没有建完；已经建好的都在，改好以后再运行会接着建")?));
        }
        Ok(out)
    })
}

fn told(filled: Filled) -> String {
    match filled {
        Filled { made: 0, there } => format!("大厅里已经有 {there} 件办件，没有再建。\n"),
        Filled { made, there } if made == there => format!("建好了一年的办件：{made} 件。\n"),
        Filled { made, there } => format!("补建了 {made} 件办件，一共 {there} 件。\n"),
    }
}

/// Says on standard error how far it has come.
struct Says {
    began: Instant,
    said: Option<Instant>,
    /// Cases that were there when the first unit of this run was saved.
    from: Option<u64>,
}

impl Says {
    fn hear(&mut self, progress: Progress) {
        let now = clock::moment();
        let from = *self.from.get_or_insert_with(|| progress.done.saturating_sub(service::demo::BATCH));
        let (done, all) = (progress.done, progress.year.cases);
        if done < all && self.said.is_some_and(|said| now - said < SAY_EVERY) {
            return;
        }
        self.said = Some(now);
        #[expect(clippy::cast_precision_loss, reason = "a rate")]
        let rate = (done - from) as f64 / (now - self.began).as_secs_f64().max(0.001);
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds left")]
        let left = ((all - done) as f64 / rate.max(0.001)) as u64;
        eprintln!("  办件 {done} / {all}，每秒 {rate:.0} 件，还要 {} 分 {} 秒", left / 60, left % 60);
    }
}
