//! The words of the command line. Everything a person reads here is Chinese first; the first line of `due` and the exit
//! codes are for scripts and do not change: 0 done, 1 the answer is no, 2 the words were not understood.

mod check_id;
mod demo;
mod due;
mod keep;
mod keys;
mod ledger;
mod number_words;
mod spoken;
mod verify;

pub use spoken::explain;

use clap::{ArgAction, Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// Tongban on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "tongban",
    version,
    about = "通办：一个区县的网上办事大厅。",
    after_help = "设置来自环境变量或当前文件夹里的 tongban.toml：DATABASE_URL、FILES_URL、KEYS_URL、LISTEN_ADDR、PUBLIC_URL、\nTRUSTED_PROXIES、TONGBAN_DEMO、FONT_DIRS 等。每个命令后面加 --help 看它的说明。",
    help_template = TEMPLATE,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    next_help_heading = "选项"
)]
pub struct Words {
    #[command(subcommand)]
    pub word: Word,
    /// 显示这份说明
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// One command.
#[derive(Debug, Subcommand)]
#[command(next_help_heading = "选项")]
pub enum Word {
    /// 开门：启动大厅，一直运行到收到停止信号
    #[command(help_template = TEMPLATE, long_about = "启动大厅，一直运行到收到停止信号（Ctrl-C 或 SIGTERM）。\n停止时不再接新的请求，把手上的办完再退出。")]
    Serve,
    /// 把数据库升级到这个版本；重复运行没有害处
    #[command(help_template = TEMPLATE, long_about = "建立或升级数据库的表，第一次运行时一并生成密钥。重复运行没有害处。\n升级前请先备份（tongban backup）。")]
    Migrate,
    /// 建好演示区：账号、机构、人员和一年的办件
    #[command(help_template = TEMPLATE, long_about = "建好演示区：演示账号、五级机构、各部门人员，和截至现在一年的办件，并显示账号和密码。\n办件由大厅自己的规则一步一步办出来，时间是编的，散布在过去一年的工作日里。\n大厅开着或关着都可以运行；中断以后再运行会接着建；已经够了就什么也不做，不够就补足。\n只能在演示方式下运行（TONGBAN_DEMO=1）；生产环境里没有这些账号。")]
    Demo(demo::DemoWords),
    /// 开放接口的密钥：发给、列出、收回
    #[command(help_template = TEMPLATE, subcommand_help_heading = "命令", subcommand_value_name = "命令", disable_help_subcommand = true)]
    Keys(keys::KeysWords),
    /// 核对事件日志：一件不少，一字未改
    #[command(help_template = TEMPLATE, name = "check-log", long_about = "核对事件日志：每件事都在、顺序的散列链完整、末尾与库外签名的检查点一致。\n没有问题退出码为 0，有问题为 1 并逐条列出。")]
    CheckLog,
    /// 备份到一个文件夹；大厅可以照常运行
    #[command(help_template = TEMPLATE)]
    Backup(Folder),
    /// 从备份恢复到一个空的地方
    #[command(help_template = TEMPLATE, long_about = "从备份恢复。数据库和文件夹必须是空的，恢复后自动核对。\n密钥不在备份里，请先把 KEYS_URL 指向原来的密钥。")]
    Restore(Folder),
    /// 把办件清单写成 CSV，供统计使用
    #[command(help_template = TEMPLATE, long_about = "把全部办件的清单写成 CSV（UTF-8，表格软件能直接打开）。\n不含申请表内容；以 = + - @ 开头的格子前面加了单引号，防止被当作公式。")]
    Export(ExportFile),
    /// 从某天起算若干工作日，到哪天截止，每天怎么算的
    #[command(help_template = TEMPLATE, override_usage = "tongban due --from <日期> --working-days <天数> [--calendar <文件>]", long_about = "从某天起算若干个工作日，到哪天截止。起算当日不计，次一工作日为第 1 日。\n第一行是截止日期，下面逐日说明：算第几日，或者为什么不算。不需要数据库。")]
    Due(due::DueWords),
    /// 核对一个号码对不对：身份证号、统一社会信用代码等
    #[command(help_template = TEMPLATE, name = "check-id")]
    CheckId(check_id::CheckIdWords),
    /// 不联网验证一张电子证照文件
    #[command(help_template = TEMPLATE, long_about = "不联网验证一张电子证照文件（从“我的证照”下载的 .json）。\n签名对得上退出码为 0，对不上或不是证照为 1。不需要数据库。")]
    Verify(verify::VerifyWords),
}

/// A folder on this machine.
#[derive(Debug, Args)]
pub struct Folder {
    /// 备份所在的文件夹
    #[arg(value_name = "文件夹", help_heading = "参数")]
    pub folder: PathBuf,
}

/// Where to write.
#[derive(Debug, Args)]
pub struct ExportFile {
    /// 写到哪个文件；不写就显示在屏幕上
    #[arg(value_name = "文件", help_heading = "参数")]
    pub file: Option<PathBuf>,
}

/// Do what was asked. `0` done, `1` the answer is no.
///
/// # Errors
/// What stopped it, as a sentence.
pub fn run(words: Words) -> anyhow::Result<ExitCode> {
    match words.word {
        Word::Due(words) => due::run(&words),
        Word::CheckId(words) => check_id::run(&words),
        Word::Verify(words) => verify::run(&words),
        Word::Serve => keep::serve(),
        Word::Migrate => keep::migrate(),
        Word::Demo(words) => demo::run(&words),
        Word::Keys(words) => keys::run(&words),
        Word::CheckLog => keep::check_log(),
        Word::Backup(to) => keep::backup(&to.folder),
        Word::Restore(from) => keep::restore(&from.folder),
        Word::Export(to) => keep::export(to.file.as_deref()),
    }
}

/// Write an answer to standard output. A reader that went away (`| head -1`) is no fault.
fn print(text: &str) -> anyhow::Result<ExitCode> {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e.into()),
        Ok(()) | Err(_) => Ok(ExitCode::SUCCESS),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
