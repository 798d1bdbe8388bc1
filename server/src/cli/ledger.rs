//! The list of all cases as CSV.

use anyhow::Context as _;
use domain::clock::hall_time;
use std::io::Write;
use store::Store;
use store::cases::{self, CaseFilter, CaseLine, CaseScope};

const HEAD: [&str; 11] =
    ["办件编号", "事项编码", "事项名称", "申请人", "阶段", "结果", "提交时间", "最近变动", "办结时间", "承诺截止", "法定截止"];
const PAGE: i64 = 500;

/// Writes head and rows; answers how many rows.
pub async fn write(store: &Store, out: &mut (impl Write + ?Sized)) -> anyhow::Result<u64> {
    // the mark tells spreadsheets that this is UTF-8
    out.write_all("\u{feff}".as_bytes())?;
    line(out, HEAD.map(str::to_owned))?;
    let mut tx = store.read().await.context("读不了数据库")?;
    let (mut cursor, mut rows) = (None, 0);
    loop {
        let scope = CaseScope { units: None, posts: None, procedures: None };
        let page = cases::queue(&mut tx, &scope, &CaseFilter::default(), cursor.as_ref(), PAGE).await.context("读不了办件")?;
        for case in &page.rows {
            line(out, cells(case))?;
            rows += 1;
        }
        match page.next {
            Some(next) => cursor = Some(next),
            None => return Ok(rows),
        }
    }
}

fn cells(case: &CaseLine) -> [String; 11] {
    let time = |at: chrono::DateTime<chrono::Utc>| hall_time(at).format("%Y-%m-%d %H:%M:%S").to_string();
    let day = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    [
        case.number.clone(),
        case.procedure_code.clone(),
        case.item_name.clone(),
        case.applicant_name.clone(),
        case.stage.clone(),
        case.outcome.clone().unwrap_or_default(),
        time(case.submitted_at),
        time(case.changed_at),
        case.closed_at.map(time).unwrap_or_default(),
        day(case.promised_due),
        day(case.statutory_due),
    ]
}

fn line(out: &mut (impl Write + ?Sized), cells: [String; 11]) -> std::io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| quote(cell)).collect();
    writeln!(out, "{}\r", cells.join(","))
}

/// A cell that no spreadsheet takes for a formula, and that cannot leave its column.
fn quote(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let guarded = if formula { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(quote("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(quote("@SUM(1,2)"), "\"'@SUM(1,2)\"");
        assert_eq!(quote("青禾区\"好\"面馆,分店"), "\"青禾区\"\"好\"\"面馆,分店\"");
        assert_eq!(quote("李某"), "李某");
    }
}
