//! `tongban keys`: keys of the open API.

use super::keep::with_store;
use crate::{clock, serve};
use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Subcommand};
use service::Fault;
use std::process::ExitCode;
use uuid::Uuid;

/// What to do with keys.
#[derive(Debug, Args)]
pub struct KeysWords {
    #[command(subcommand)]
    word: KeysWord,
}

#[derive(Debug, Subcommand)]
enum KeysWord {
    /// 给一个账号发一把密钥；密钥只显示这一次
    #[command(help_template = super::TEMPLATE)]
    Issue {
        /// 谁的账号（市民或企业经办人）
        #[arg(long, value_name = "账号", help_heading = "参数")]
        account: String,
        /// 哪个系统用它，例如 ERP
        #[arg(long, value_name = "名称", value_parser = name, help_heading = "参数")]
        name: String,
        /// 最后一天，例如 2027-12-31；不写就一直有效，直到收回
        #[arg(long, value_name = "日期", help_heading = "参数")]
        until: Option<NaiveDate>,
    },
    /// 列出一个账号的密钥
    #[command(help_template = super::TEMPLATE)]
    List {
        /// 谁的账号
        #[arg(long, value_name = "账号", help_heading = "参数")]
        account: String,
    },
    /// 收回一把密钥，马上生效
    #[command(help_template = super::TEMPLATE)]
    Revoke {
        /// 密钥的标识，list 里的第一列
        #[arg(value_name = "标识", help_heading = "参数")]
        key: Uuid,
    },
}

fn name(text: &str) -> Result<String, String> {
    let name = text.trim();
    let fits = !name.is_empty() && name.chars().count() <= 100 && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err("请写 1 到 100 个字".to_owned()) }
}

/// The first moment of the day after, in the hall's time.
fn end_of(day: NaiveDate) -> Option<DateTime<Utc>> {
    Some(domain::clock::hall_day_starts(day.succ_opt()?))
}

/// Issues, lists or takes back.
///
/// # Errors
/// No such applicant, or the database cannot be used.
pub fn run(words: &KeysWords) -> anyhow::Result<ExitCode> {
    let mut done = true;
    let code = with_store(false, async |store, settings| {
        let hall = serve::open_hall(store, settings).await?;
        // on PostgreSQL somebody must put the events in order, and the hall may not be running
        let log = store.start_log(clock::now);
        let now = clock::now();
        let told = match &words.word {
            KeysWord::Issue { account, name, until } => {
                let issued = service::identity::issue_key(&hall, now, account, name, until.and_then(end_of)).await;
                issued.map(|(id, key)| format!("{key}\n标识 {id}。密钥只显示这一次，请现在就收好。\n"))
            }
            KeysWord::List { account } => service::identity::keys_of(&hall, account).await.map(|keys| {
                let line = |row: &store::identity::api_keys::ApiKeyRow| {
                    let state = match (row.revoked_at, row.expires_at) {
                        (Some(at), _) => format!("已于 {} 收回", domain::clock::hall_day(at)),
                        (None, Some(end)) if end <= now => "已过期".to_owned(),
                        (None, Some(end)) => format!("有效到 {} 前", domain::clock::hall_day(end)),
                        (None, None) => "有效".to_owned(),
                    };
                    format!("{}  {}  {}  {state}\n", row.id, domain::clock::hall_day(row.created_at), row.name)
                };
                if keys.is_empty() { "没有密钥。\n".to_owned() } else { keys.iter().map(line).collect() }
            }),
            KeysWord::Revoke { key } => service::identity::revoke_key(&hall, now, *key).await.map(|was| {
                done = was;
                if was { "已经收回，马上生效。\n" } else { "没有这把有效的密钥。\n" }.to_owned()
            }),
        };
        log.stop().await;
        match told {
            Err(Fault::Refused(_)) => anyhow::bail!("没有这个市民或企业经办人的账号。"),
            other => other.context("密钥没有办成"),
        }
    })?;
    Ok(if done { code } else { ExitCode::FAILURE })
}
