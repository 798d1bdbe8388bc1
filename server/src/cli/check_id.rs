//! `tongban check-id`: is this number right, and if not, what is wrong with it.

use clap::Args;
use domain::clock::hall_day;
use domain::identity::numbers::{Fact, KINDS, NumberFault, OrganisationKind, Sex, check};
use std::fmt::Write as _;
use std::process::ExitCode;

use super::number_words::{kind, why};

/// Which number of which kind.
#[derive(Debug, Args)]
#[command(after_help = kinds())]
pub struct CheckIdWords {
    /// 号码的种类，见下面的清单
    #[arg(value_name = "种类", help_heading = "参数")]
    kind: String,
    /// 号码
    #[arg(value_name = "号码", help_heading = "参数", allow_hyphen_values = true)]
    value: String,
}

fn kinds() -> String {
    let lines: Vec<String> = KINDS.iter().map(|k| format!("  {k:<22}{}", kind(k))).collect();
    format!("种类：\n{}\n\n对的退出码为 0，不对为 1，并说明原因。", lines.join("\n"))
}

/// Print what the number tells, or what is wrong with it.
pub fn run(words: &CheckIdWords) -> anyhow::Result<ExitCode> {
    let today = hall_day(crate::clock::now());
    let Ok(checked) = check(&words.kind, &words.value, today) else {
        anyhow::bail!("没有“{}”这一种号码。可以写：{}", words.kind, KINDS.join("、"));
    };
    let (text, code) = tell(&words.kind, checked)?;
    super::print(&text)?;
    Ok(code)
}

fn tell(name: &str, checked: Result<domain::identity::numbers::Facts, NumberFault>) -> anyhow::Result<(String, ExitCode)> {
    let name = kind(&name.replace('_', "-"));
    match checked {
        Ok(facts) => {
            let plausible = facts.facts.contains(&Fact::PlausibleOnly);
            let mut out = format!("{name}：{}\n", if plausible { "看起来对（没有能算的校验位）" } else { "对" });
            for fact in facts.facts.iter().filter_map(said) {
                writeln!(out, "{fact}")?;
            }
            Ok((out, ExitCode::SUCCESS))
        }
        Err(fault) => Ok((format!("{name}：不对，{}\n", why(&fault)), ExitCode::FAILURE)),
    }
}

fn said(fact: &Fact) -> Option<String> {
    use domain::identity::numbers::Homeland;
    Some(match fact {
        Fact::Birth(day) => format!("出生日期：{day}"),
        Fact::Sex(Sex::Male) => "性别：男".to_owned(),
        Fact::Sex(Sex::Female) => "性别：女".to_owned(),
        Fact::Area { code, province } => {
            format!("地区：{code}{}", province.as_ref().map(|p| format!("（{p}）")).unwrap_or_default())
        }
        Fact::Homeland(Homeland::HongKong) => "地区：香港".to_owned(),
        Fact::Homeland(Homeland::Macao) => "地区：澳门".to_owned(),
        Fact::Homeland(Homeland::Taiwan) => "地区：台湾".to_owned(),
        Fact::Nationality(code) => format!("国籍：{code}（ISO 3166-1 数字代码）"),
        Fact::OldForm => "旧版号码，仍然有效".to_owned(),
        Fact::Organisation(kind) => format!("机构类别：{}", organisation(*kind)),
        Fact::OrgCode(code) => format!("组织机构代码：{code}"),
        Fact::CertificateType(code) => format!("证照类型：{code}"),
        Fact::Issuer(code) => format!("签发机关：{code}"),
        Fact::Serial(serial) => format!("流水号：{serial}"),
        Fact::Version(version) => format!("版本：{version}"),
        Fact::PlausibleOnly => return None,
    })
}

fn organisation(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::PublicBody => "机关",
        OrganisationKind::PublicInstitution => "事业单位",
        OrganisationKind::MassOrganisation => "群众团体",
        OrganisationKind::SocialGroup => "社会团体",
        OrganisationKind::SocialService => "社会服务机构",
        OrganisationKind::Foundation => "基金会",
        OrganisationKind::Enterprise => "企业",
        OrganisationKind::SoleTrader => "个体工商户",
        OrganisationKind::FarmersCooperative => "农民专业合作社",
        OrganisationKind::Other => "其他",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chrono::NaiveDate;

    fn told(kind: &str, value: &str) -> (String, ExitCode) {
        tell(kind, check(kind, value, NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn right_numbers_say_what_they_tell() {
        let (text, code) = told("citizen", "350205188001010017");
        assert_eq!(code, ExitCode::SUCCESS);
        assert!(text.contains("1880-01-01") && text.contains("男") && text.contains("福建省"), "{text}");
        assert_eq!(told("organisation", "91350205MADEM0011D").1, ExitCode::SUCCESS);
    }

    #[test]
    fn wrong_numbers_say_why_in_one_line() {
        for (kind, value, says) in [
            ("citizen", "350205188001010018", "校验"),
            ("citizen", "3502051880010100", "18"),
            ("citizen", "110101189002290013", "2 月 29 日"),
            ("organisation", "91350205MIDEM0011D", "第 10 位"),
            ("mobile", "199", "11"),
            ("citizen", "", "没有"),
        ] {
            let (text, code) = told(kind, value);
            assert_eq!(code, ExitCode::FAILURE, "{kind} {value}");
            assert!(text.contains(says) && text.lines().count() == 1, "{kind} {value}: {text}");
        }
    }

    #[test]
    fn every_kind_has_a_name() {
        let names: std::collections::BTreeSet<_> = KINDS.iter().map(|k| kind(k)).collect();
        assert_eq!(names.len(), KINDS.len());
        assert!(!names.contains(""));
    }
}
