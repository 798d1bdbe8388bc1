//! clap's complaints as sentences.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::process::ExitCode;

/// What is wrong with the words that were typed, and the exit code for it. Help and version are printed as asked.
pub fn explain(error: &clap::Error) -> (String, ExitCode) {
    let help = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return (error.render().to_string(), ExitCode::SUCCESS),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            "请写要做什么，例如 tongban serve。tongban --help 列出全部命令。"
        }
        ErrorKind::InvalidSubcommand => "tongban --help 列出全部命令。",
        _ => "在命令后面加 --help 看它的写法。",
    };
    let told = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join("、")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        _ => None,
    };
    let value = told(ContextKind::InvalidValue).unwrap_or_default();
    let argument = told(ContextKind::InvalidArg).unwrap_or_default();
    let wrong = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = told(ContextKind::InvalidSubcommand).unwrap_or_default();
            match told(ContextKind::SuggestedSubcommand) {
                Some(meant) => format!("没有“{word}”这个命令，是不是想写 {meant}？"),
                None => format!("没有“{word}”这个命令。"),
            }
        }
        ErrorKind::UnknownArgument => match told(ContextKind::SuggestedArg) {
            Some(meant) => format!("不认识“{argument}”，是不是想写 {meant}？"),
            None => format!("不认识“{argument}”。"),
        },
        ErrorKind::MissingRequiredArgument => format!("还缺 {argument}。"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要写一个值。"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|e| format!("：{e}")).unwrap_or_default();
            format!("{argument} 的值“{value}”不对{why}。")
        }
        ErrorKind::ArgumentConflict => format!("{argument} 只能写一次。"),
        ErrorKind::InvalidUtf8 => "有一个参数不是 UTF-8 文字。".to_owned(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => String::new(),
        _ => format!("没有看懂这条命令（{}）。", error.kind()),
    };
    (format!("{wrong}{help}"), ExitCode::from(2))
}
