//! `tongban due`: a due date with every day behind it.

use anyhow::Context as _;
use chrono::NaiveDate;
use clap::Args;
use domain::clock::{Calendar, Clock, DayLine, Derivation, Limit, LineKind};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use words::Lang;

/// What to count.
#[derive(Debug, Args)]
pub struct DueWords {
    /// 起算日，例如 2026-02-10（当日不计）
    #[arg(long, value_name = "日期", value_parser = day, help_heading = "参数")]
    from: NaiveDate,
    /// 多少个工作日，0 到 2000
    #[arg(long, value_name = "天数", value_parser = days, help_heading = "参数")]
    working_days: u32,
    /// 用自己的工作日历文件（JSON）；里面有的年份以它为准，没有的年份用自带的
    #[arg(long, value_name = "文件", help_heading = "参数")]
    calendar: Option<PathBuf>,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    let shape = || "请写成 年-月-日，例如 2026-02-10".to_owned();
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, date] = parts.as_slice() else { return Err(shape()) };
    if year.len() != 4 || month.len() > 2 || date.len() > 2 {
        return Err(shape());
    }
    let (Ok(y), Ok(m), Ok(d)) = (year.parse(), month.parse(), date.parse()) else { return Err(shape()) };
    if !(1949..=2199).contains(&y) {
        return Err("年份要在 1949 到 2199 之间".to_owned());
    }
    NaiveDate::from_ymd_opt(y, m, d).ok_or_else(|| "没有这一天".to_owned())
}

fn days(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(days) if days <= 2000 => Ok(days),
        Ok(_) | Err(_) => Err("请写 0 到 2000 的整数".to_owned()),
    }
}

/// Print the date, then its derivation.
pub fn run(words: &DueWords) -> anyhow::Result<ExitCode> {
    let calendar = match &words.calendar {
        None => Calendar::built_in().clone(),
        Some(file) => {
            let text = std::fs::read_to_string(file).with_context(|| format!("读不了工作日历 {}", file.display()))?;
            let own = Calendar::parse(&text).with_context(|| format!("工作日历 {} 有错", file.display()))?;
            Calendar::built_in().clone().renewed(own)
        }
    };
    let derivation = Clock::new(words.from, Limit::working_days(words.working_days)).derive(&calendar);
    super::print(&tell(&derivation, words.working_days)?)
}

/// The date alone on the first line, then a line for each day.
pub fn tell(derivation: &Derivation, working_days: u32) -> anyhow::Result<String> {
    let due = derivation.due.context("算不出截止日：时限太长了")?;
    let mut out = format!("{due}\n");
    for day in &derivation.days {
        writeln!(out, "{} {}　{}", day.date, words::weekday(Lang::ZhCn, day.date), said(day))?;
    }
    writeln!(out, "共 {working_days} 个工作日，{due} 截止。")?;
    if derivation.provisional {
        out.push_str("其中有的年份放假安排还没有公布，公布后日期可能变动。\n");
    }
    Ok(out)
}

fn said(day: &DayLine) -> String {
    let make_up = if day.make_up { "（调休上班）" } else { "" };
    match &day.kind {
        LineKind::Zero => format!("起算日，当日不计{make_up}"),
        LineKind::Counted(n) => format!("第 {n} 日{make_up}"),
        LineKind::Rest => "不算：周末".to_owned(),
        LineKind::Holiday(name) => format!("不算：{name}放假"),
        LineKind::Excluded(reason) => format!("不算：{reason}"),
        LineKind::CarriedOver => format!("顺延到这一天{make_up}"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_known_due_date_stands_alone_on_the_first_line() {
        let vectors: serde_json::Value = serde_json::from_str(include_str!("../../../data/test-vectors.json")).unwrap();
        let cases = vectors["workday_due"]["cases"].as_array().unwrap();
        assert!(cases.len() > 10);
        for case in cases {
            let from = day(case["accepted"].as_str().unwrap()).unwrap();
            let n = u32::try_from(case["workdays"].as_u64().unwrap()).unwrap();
            let derivation = Clock::new(from, Limit::working_days(n)).derive(Calendar::built_in());
            let told = tell(&derivation, n).unwrap();
            assert_eq!(told.lines().next(), case["due"].as_str(), "{case}");
            let counted = told.lines().filter(|line| line.contains(&format!("第 {n} 日"))).count();
            assert_eq!(counted, usize::from(n > 0), "{told}");
        }
    }

    #[test]
    fn a_holiday_and_a_make_up_day_say_what_they_are() {
        let derivation = Clock::new(day("2026-02-13").unwrap(), Limit::working_days(20)).derive(Calendar::built_in());
        let told = tell(&derivation, 20).unwrap();
        assert!(told.contains("春节放假") && told.contains("调休上班"), "{told}");
    }

    #[test]
    fn what_is_no_date_or_number_is_refused_with_a_reason() {
        for text in ["2026-02-30", "2026/02/10", "10-02-2026", "今天", "", "2026-2", "99999-01-01", "1700-01-01"] {
            assert!(day(text).is_err(), "{text}");
        }
        assert!(day("2026-2-3").is_ok());
        for text in ["-1", "2001", "三", "", "1.5"] {
            assert!(days(text).is_err(), "{text}");
        }
    }
}
