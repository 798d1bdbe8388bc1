//! Field lists (字段清单): the tables in which departments really keep their forms, one question a row. Headings are the names of
//! properties, as the sheet of a question calls them, or the words such tables use for them.

use super::edit::{Edit, EditFault};
use super::properties::properties;
use super::sheets::sheet;
use super::spot::Spot;
use super::work::Work;
use crate::forms::answers::{Answers, key};
use crate::forms::form::Form;
use crate::forms::kind::Kind;
use crate::identity::numbers::Document;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Rows before the headings: title, department, remarks.
const MOST_ABOVE: usize = 20;
/// Rows of one table.
pub const MOST_ROWS_OF_TABLE: usize = 2_000;
/// Characters of a cell that are read.
const LONGEST_CELL: usize = 4_000;

/// What came of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub questions: u32,
    pub remarks: Vec<Remark>,
}

/// A row that was taken, but not wholly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// As the table counts, from 1.
    pub row: u32,
    pub what: Odd,
}

/// What is odd about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "odd", rename_all = "snake_case")]
pub enum Odd {
    /// No such kind of answer; it was taken as a line of text.
    Kind { found: String },
    /// It was taken aside: something in it does not read, and its sheet says what.
    Unread { name: String },
    /// No question in it.
    NoName,
}

/// Why nothing was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "table", rename_all = "snake_case")]
pub enum TableFault {
    /// No row of headings with one for the question itself (问题、字段名称).
    NoHeadings,
    /// More rows than may be.
    TooLong {
        max: u32,
    },
    Edit {
        why: EditFault,
    },
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Property(String),
    /// 必填
    Required,
    /// Offers in one cell.
    Options,
    /// The page it stands on.
    Page,
    Id,
}

/// Takes the questions of a table into a form: onto the page they name, or the last one named. A question whose id is there already is
/// changed, any other is new.
///
/// # Errors
/// Nothing was taken.
pub fn take_table(
    work: &mut Work,
    table: &[Vec<String>],
    used: &BTreeSet<String>,
    today: NaiveDate,
) -> Result<Taken, TableFault> {
    let (top, columns) = headings(table).ok_or(TableFault::NoHeadings)?;
    if table.len() - top > MOST_ROWS_OF_TABLE {
        return Err(TableFault::TooLong { max: MOST_ROWS_OF_TABLE as u32 });
    }
    let mut built = work.clone();
    let mut taken = Taken::default();
    let mut page = built.form.pages.last().map(|page| Spot::Page(page.id.clone()));
    for (n, row) in table.iter().enumerate().skip(top + 1) {
        let number = u32::try_from(n + 1).unwrap_or(u32::MAX);
        let cells: Vec<(&Column, String)> = columns
            .iter()
            .zip(row)
            .filter_map(|(column, cell)| Some((column.as_ref()?, cell.trim().chars().take(LONGEST_CELL).collect::<String>())))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let cell = |wanted: &Column| cells.iter().find(|(column, _)| *column == wanted).map(|(_, cell)| cell.as_str());
        if cells.is_empty() {
            continue;
        }
        if let Some(title) = cell(&Column::Page) {
            page = Some(page_called(&mut built, title, used).map_err(|why| TableFault::Edit { why })?);
        }
        if cell(&Column::Property("label".into())).is_none() {
            taken.remarks.push(Remark { row: number, what: Odd::NoName });
            continue;
        }
        let spot = match question(&mut built, cell(&Column::Id), page.as_ref(), used) {
            Ok(spot) => spot,
            Err(why) => return Err(TableFault::Edit { why }),
        };
        let mut answers = properties(&built.form, &spot).unwrap_or_default();
        for (column, cell) in &cells {
            fill(&mut answers, column, cell, number, &mut taken.remarks);
        }
        if !built.take(&spot, &answers, today).is_empty() {
            taken.remarks.push(Remark { row: number, what: Odd::Unread { name: answers.one("label").to_owned() } });
        }
        taken.questions += 1;
    }
    *work = built;
    Ok(taken)
}

/// The row of headings, and what each column holds.
fn headings(table: &[Vec<String>]) -> Option<(usize, Vec<Option<Column>>)> {
    let label = Column::Property("label".into());
    table.iter().take(MOST_ABOVE).enumerate().find_map(|(n, row)| {
        let columns: Vec<Option<Column>> = row.iter().map(|heading| column(heading)).collect();
        columns.contains(&Some(label.clone())).then_some((n, columns))
    })
}

fn column(heading: &str) -> Option<Column> {
    let heading: String = heading.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '：' | ':')).collect();
    let property = |id: &str| Some(Column::Property(id.to_owned()));
    match heading.as_str() {
        "字段名称" | "字段" | "字段名" | "名称" | "填写项" | "数据项" | "信息项" => property("label"),
        "类型" | "字段类型" | "数据类型" | "格式" => property("kind"),
        "长度" | "最大长度" => property("longest"),
        "说明" | "填写说明" | "备注" | "填报须知" => property("hint"),
        "必填" | "是否必填" | "必填项" => Some(Column::Required),
        "选项" | "可选值" | "取值范围" | "值域" | "字典" => Some(Column::Options),
        "页" | "页面" | "分组" | "分类" | "栏目" => Some(Column::Page),
        "代号" | "代码" | "字段代码" | "编码" | "标识" => Some(Column::Id),
        other => {
            let places = sheet(&Spot::Question(String::new())).into_iter().flat_map(Form::places);
            let mut named = places.filter(|place| place.group.is_none());
            let by_name = |field: &crate::forms::Field| field.label == other || field.label_en == other || field.id == other;
            named.find(|place| by_name(place.field)).map(|place| Column::Property(place.field.id.clone()))
        }
    }
}

/// The page of this title, made when there is none.
fn page_called(work: &mut Work, title: &str, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
    if let Some(page) = work.form.pages.iter().find(|page| page.title == title || page.heading == title) {
        return Ok(Spot::Page(page.id.clone()));
    }
    let spot = work.edit(&Edit::AddPage(Spot::Form), used)?;
    if let Some(page) = work.form.page_mut(spot.id()) {
        page.title = title.to_owned();
        page.heading = title.to_owned();
    }
    Ok(spot)
}

/// The question of this id, or a new one at the end of the page.
fn question(work: &mut Work, id: Option<&str>, page: Option<&Spot>, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
    if let Some(id) = id
        && work.form.place(id).is_some()
    {
        return Ok(Spot::Question(id.to_owned()));
    }
    let page = match page {
        Some(page) => page.clone(),
        None => work.edit(&Edit::AddPage(Spot::Form), used)?,
    };
    work.edit(&Edit::AddQuestion(page), used)
}

fn fill(answers: &mut Answers, column: &Column, cell: &str, row: u32, remarks: &mut Vec<Remark>) {
    match column {
        Column::Property(id) if id == "kind" => {
            let kind = kind(cell);
            if kind.is_none() {
                remarks.push(Remark { row, what: Odd::Kind { found: cell.to_owned() } });
            }
            let name = kind.unwrap_or("text");
            let known = answers.clone();
            *answers = blank_of(name, &known);
        }
        Column::Property(id) => {
            let ticked = sheet(&Spot::Question(String::new())).and_then(|sheet| sheet.place(id)).map(|place| &place.field.kind);
            let said = if matches!(ticked, Some(Kind::YesNo)) { yes_no(cell) } else { cell };
            answers.set(id.clone(), said);
        }
        Column::Required => answers.set("optional", if yes_no(cell) == "yes" { "no" } else { "yes" }),
        Column::Options => {
            let split = |c: char| matches!(c, '；' | ';' | '、' | '，' | ',' | '/' | '|' | '\n');
            let offers: Vec<&str> = cell.split(split).map(str::trim).filter(|offer| !offer.is_empty()).collect();
            let rows: Vec<String> = (1..=offers.len()).map(|n| n.to_string()).collect();
            for (row, offer) in rows.iter().zip(offers) {
                answers.set(key("option_label", Some(row)), offer);
                answers.set(key("option_value", Some(row)), format!("o{row}"));
            }
            answers.rows.insert("options".into(), rows);
        }
        Column::Page | Column::Id => {}
    }
}

/// The sheet of a question of this kind as it is to begin with, with what was said of it already.
fn blank_of(name: &str, said: &Answers) -> Answers {
    let mut answers = said.clone();
    answers.set("kind", name);
    let fresh: &[(&str, &str)] = match name {
        "text" => &[("longest", "50")],
        "long_text" => &[("longest", "500")],
        "number" => &[("decimals", "0")],
        "listed" => &[("list", "region"), ("level", "0")],
        "files" => &[("fewest", "1"), ("most_files", "1"), ("megabytes", "20"), ("camera", "yes")],
        _ => &[],
    };
    for (id, value) in fresh {
        if answers.one(id).is_empty() {
            answers.set(*id, *value);
        }
    }
    if name == "identity_document" && answers.many("documents").is_empty() {
        answers.set_many("documents", Document::ALL.iter().map(|d| d.key().to_owned()).collect());
    }
    if name == "files" && answers.many("accept").is_empty() {
        answers.set_many("accept", ["PDF", "JPG", "PNG"].map(str::to_owned).to_vec());
    }
    answers
}

/// The kind a table means.
fn kind(cell: &str) -> Option<&'static str> {
    let cell = cell.trim();
    let options = sheet(&Spot::Question(String::new()))?.place("kind")?.field.kind.options();
    let by_name = options.iter().find(|option| option.label == cell || option.label_en == cell || option.value == cell);
    let known = by_name.and_then(|option| Kind::names().iter().find(|name| **name == option.value).copied());
    let has = |words: &[&str]| words.iter().any(|word| cell.contains(word));
    known.or_else(|| {
        Some(match () {
            () if has(&["身份证"]) => "citizen_id",
            () if has(&["信用代码", "机构代码"]) => "organisation_code",
            () if has(&["手机"]) => "mobile",
            () if has(&["电话"]) => "phone",
            () if has(&["银行"]) => "bank_card",
            () if has(&["邮编", "邮政"]) => "postcode",
            () if has(&["邮箱", "email", "e-mail"]) => "email",
            () if has(&["车牌", "号牌"]) => "plate",
            () if has(&["证件号"]) => "identity_document",
            () if has(&["经纬度", "坐标"]) => "map_point",
            () if has(&["行政区划", "地区"]) => "listed",
            () if has(&["签名", "签字"]) => "signature",
            () if has(&["地址"]) => "address",
            () if has(&["日期", "时间", "年月"]) => "date",
            () if has(&["金额", "货币", "元"]) => "money",
            () if has(&["整数", "数值", "数字", "小数", "数量", "int", "decimal"]) => "number",
            () if has(&["多选", "复选"]) => "choices",
            () if has(&["单选", "下拉", "枚举", "字典"]) => "choice",
            () if has(&["是否", "布尔", "开关"]) => "yes_no",
            () if has(&["附件", "文件", "图片", "照片", "上传"]) => "files",
            () if has(&["多行", "长文本", "文本域"]) => "long_text",
            () if has(&["文本", "字符", "字符串", "varchar", "string"]) => "text",
            () => return None,
        })
    })
}

fn yes_no(cell: &str) -> &'static str {
    let yes = ["是", "必填", "必须", "需要", "√", "✓", "Y", "y", "yes", "Yes", "YES", "true", "TRUE", "1"];
    if yes.contains(&cell.trim()) { "yes" } else { "no" }
}
