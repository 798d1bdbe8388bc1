//! `tongban verify`: a certificate file, without a network.

use anyhow::Context as _;
use clap::Args;
use domain::certificates::{CheckedFile, FileFault, check_file};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// No certificate is longer.
const LONGEST: u64 = 1 << 20;

/// Which file.
#[derive(Debug, Args)]
pub struct VerifyWords {
    /// 证照文件（.json）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
}

/// Print the verdict; 1 if it does not hold.
pub fn run(words: &VerifyWords) -> anyhow::Result<ExitCode> {
    let name = words.file.display();
    let mut bytes = Vec::new();
    let file = std::fs::File::open(&words.file).with_context(|| format!("打不开文件 {name}"))?;
    file.take(LONGEST + 1).read_to_end(&mut bytes).with_context(|| format!("读不了文件 {name}"))?;
    if bytes.len() as u64 > LONGEST {
        anyhow::bail!("文件 {name} 太大，不会是证照文件");
    }
    let text = String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("文件 {name} 不是文字，不会是证照文件"))?;
    match check_file(&text) {
        Ok(checked) => super::print(&tell(&checked)?),
        Err(fault) => {
            super::print(&format!("{}\n", why(&fault)))?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn tell(checked: &CheckedFile) -> anyhow::Result<String> {
    let facts = &checked.facts;
    let mut out = String::from("签名有效：内容自签发后没有改动。\n");
    let until = facts.valid_until.map_or_else(|| "长期".to_owned(), |day| day.to_string());
    writeln!(out, "证照名称：{}\n证照编号：{}\n证照标识：{}", facts.name, facts.number, facts.mark)?;
    writeln!(out, "持证人：{}（{}）\n签发机关：{}", facts.holder, facts.holder_code, facts.issuer)?;
    writeln!(out, "签发日期：{}\n有效期：{} 至 {until}", facts.issued_on, facts.valid_from)?;
    for line in &facts.lines {
        writeln!(out, "{}：{}", line.label, line.value)?;
    }
    writeln!(out, "内容摘要（SM3）：{}\n签名公钥（SM2）：{}", checked.digest, checked.public_key)?;
    out.push_str(
        "离线核对看不出之后有没有被注销，也不知道这把公钥是不是签发机关的：请对照机关公布的公钥，或到大厅“验证证照”再查一次。\n",
    );
    // a value may carry control characters made to repaint the terminal
    Ok(out.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect())
}

fn why(fault: &FileFault) -> String {
    match fault {
        FileFault::NotJson { line, column } => {
            format!("不是证照文件：第 {line} 行第 {column} 个字符起读不懂。请用下载的原文件。")
        }
        FileFault::NotACertificate { detail } => format!("不是证照文件：{detail}。请用从“我的证照”下载的 .json 文件。"),
        FileFault::UnknownAlgorithm { found } => format!("不认识签名算法“{found}”，这里只认 SM2-SM3。"),
        FileFault::BadKey => "签名无效：文件里的公钥不成形。".to_owned(),
        FileFault::BadSignatureForm => "签名无效：文件里的签名不成形。".to_owned(),
        FileFault::Altered => "签名无效：内容在签发之后被改过。".to_owned(),
    }
}
