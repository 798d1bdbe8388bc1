//! Mends what a keyboard does to text, and nothing a person meant.

use super::expression::iso_date;
use super::kind::{Kind, Shape};
use super::read::read_number;
use chrono::NaiveDate;

/// Most characters that are kept of one answer, whatever its field says.
pub const HARD_CAP: usize = 10_000;

/// The answer as it is kept: trimmed, full-width digits and letters made half-width where the kind is a number or a code.
/// What cannot be read is kept as typed.
pub fn normalise(kind: &Kind, typed: &str, today: NaiveDate) -> String {
    let capped: String = typed.chars().take(HARD_CAP).collect();
    if kind.number().is_some() {
        let typed = fold(&line(&capped));
        return read_number(kind, &typed, today).and_then(Result::ok).unwrap_or(typed);
    }
    match kind.shape() {
        Shape::Lines => {
            capped.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>().trim().into()
        }
        Shape::Date => date(&fold(&line(&capped))),
        Shape::Line => match kind {
            Kind::Number { .. } => number(&capped),
            Kind::Money { .. } => number(&capped).trim_start_matches('¥').trim_end_matches('元').into(),
            _ => line(&capped),
        },
        Shape::Ticked | Shape::Listed => line(&capped),
        // never typed
        Shape::Files | Shape::WorkedOut => String::new(),
    }
}

/// One line without control characters; `trim` knows the full-width space.
fn line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().into()
}

/// Full-width ASCII to half-width.
pub fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match u32::from(c) {
            0x3000 => ' ',
            0xffe5 => '¥',
            code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

fn number(text: &str) -> String {
    fold(text).chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != ',').collect()
}

/// `2026/10/9`, `20261009`, `2026.10.9`, `2026年10月9日` as ISO; anything else as typed.
fn date(text: &str) -> String {
    let parts: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    let eight = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let iso = match parts.as_slice() {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => format!("{year}-{month:0>2}-{day:0>2}"),
        _ if eight => format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]),
        _ => return text.into(),
    };
    if iso_date(&iso).is_some() { iso } else { text.into() }
}
