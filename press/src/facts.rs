//! What is printed: plain data, no markup. Every text is set exactly as given, whatever characters it holds.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The facts of one sheet. Which of them a kind cannot do without is in `required`; the rest may stay empty and is
/// then left out of the page. Dates are days of the hall (UTC+08:00). Personal numbers come masked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetFacts {
    /// 机关全称: who issues the sheet and whose seal it carries.
    pub issuer: String,
    /// 文号, such as 青市监许受〔2026〕123 号.
    pub document_number: Option<String>,
    /// A title in place of the kind's own, such as 高龄津贴发放确认通知书.
    pub title: Option<String>,
    /// Whom the sheet addresses; the applicant when empty.
    pub addressee: Option<String>,
    /// The applicant is an organisation: the sheet then says 你单位 instead of 您.
    pub applicant_is_organisation: bool,
    /// 办件编号.
    pub case_number: String,
    /// 查询码: printed on the receipt only.
    pub query_code: Option<String>,
    /// 事项名称.
    pub item_name: String,
    /// 事项编码 (实施编码).
    pub item_code: Option<String>,
    /// The item is an administrative permit: only then does the sheet cite 行政许可法. The decisions on permits
    /// ([`crate::SheetKind::GrantDecision`], [`crate::SheetKind::RefusalDecision`]) cite it always.
    pub is_permit: bool,
    /// 办理情形, such as 新办.
    pub situation: Option<String>,
    /// Name of the applicant.
    pub applicant_name: String,
    /// ID number or 统一社会信用代码, already masked where it must be.
    pub applicant_code_masked: Option<String>,
    /// Who acts for the applicant.
    pub agent_name: Option<String>,
    /// Day the papers were received.
    pub submitted_on: Option<NaiveDate>,
    /// 受理日期: day 0 of the clock.
    pub accepted_on: Option<NaiveDate>,
    /// Day of the decision.
    pub decided_on: Option<NaiveDate>,
    /// 成文日期: printed over the seal.
    pub issued_on: Option<NaiveDate>,
    /// 承诺时限 in words, such as 5 个工作日.
    pub promised_days: Option<String>,
    /// Last day of the promised limit.
    pub promised_due: Option<NaiveDate>,
    /// 法定时限 in words, such as 20 个工作日.
    pub statutory: Option<String>,
    /// Papers received.
    pub materials: Vec<Material>,
    /// Everything that has to be mended (told once, all of it).
    pub supplement_items: Vec<SupplementItem>,
    /// Last day for mending.
    pub supplement_deadline: Option<NaiveDate>,
    /// Why: one reason each.
    pub reasons: Vec<String>,
    /// What is decided, in words, such as 予以备案; the whole sentence where [`SheetFacts::replies`].
    pub outcome: Option<String>,
    /// What was applied for is that a permit ends (注销、停用), as [`SheetFacts::situation`] calls it (行政许可法 art. 70).
    pub ends: bool,
    /// The certificate that ends with the decision.
    pub cancelled: Option<String>,
    /// The sheet answers a request (政府信息公开申请答复书) instead of deciding on an application.
    pub replies: bool,
    /// Which articles: one citation each, with 《》.
    pub legal_basis: Vec<String>,
    /// The agency that is responsible when we are not (行政许可法 art. 32.1(2)).
    pub right_agency: Option<String>,
    /// Conditions attached to a grant, or what is still owed after 容缺受理: one each.
    pub conditions: Vec<String>,
    /// Where the applicant can turn against the sheet.
    pub remedies: Option<Remedies>,
    /// How to reach the office.
    pub contact: Option<Contact>,
    /// 特别程序.
    pub special: Option<Special>,
    /// 延长审批.
    pub extension: Option<Extension>,
    /// 现场核查.
    pub site_check: Option<SiteCheck>,
    /// 送达.
    pub delivery: Option<Delivery>,
    /// 给付.
    pub benefit: Option<Benefit>,
    /// 证照.
    pub certificate: Option<Certificate>,
    /// 空白表.
    pub blank: Option<Blank>,
    /// Text of the QR code at the foot; [`SheetFacts::verify_url`] when empty.
    pub qr: Option<String>,
    /// Page where the sheet can be checked.
    pub verify_url: Option<String>,
    /// Code to type on that page.
    pub verify_code: Option<String>,
    /// A demonstration hall: the seal says 演示 and the foot says that the sheet has no force.
    pub demo: bool,
}

/// A form on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Blank {
    /// In the order it is asked.
    pub parts: Vec<BlankPart>,
    /// What is handed in with it.
    pub papers: Vec<BlankPaper>,
    /// What is agreed to.
    pub promises: Vec<String>,
}

/// What belongs together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlankPart {
    /// Such as 场所.
    pub title: String,
    /// When it is to be filled in, as a condition in words; empty: always.
    pub when: String,
    /// Questions, or entries of a list.
    pub blocks: Vec<BlankBlock>,
}

/// Questions that stand together; printed once, or once for every legend.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlankBlock {
    /// 第 1 位, 第 2 位 …; none: no list.
    pub legends: Vec<String>,
    /// When there is such a list; empty: always.
    pub when: String,
    /// How many entries there may be, in words: 20 位从业人员.
    pub most: String,
    /// The questions.
    pub asks: Vec<BlankAsk>,
}

/// A paper that goes with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlankPaper {
    /// What it is called.
    pub name: String,
    /// When it is needed; empty: always.
    pub when: String,
    /// Whether it may be left out.
    pub optional: bool,
}

/// One question on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BlankAsk {
    /// What is asked.
    pub label: String,
    /// How to answer.
    pub hint: String,
    /// When; empty: always.
    pub when: String,
    /// Whether it may be left out.
    pub optional: bool,
    /// Boxes to tick; none: room to write.
    pub options: Vec<String>,
    /// How much room, in lines.
    pub lines: u32,
}

/// One paper received.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Material {
    /// What it is called.
    pub name: String,
    /// Number of copies; 0 prints nothing (an electronic certificate has no copies).
    pub copies: u32,
    /// 原件, 复印件, 电子件 …
    pub form: String,
    /// Anything to add, such as 电子证照免交.
    pub note: Option<String>,
}

/// One thing to mend.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SupplementItem {
    /// The paper or the field.
    pub name: String,
    /// What is wrong with it now.
    pub what_is_wrong: String,
    /// How to mend it.
    pub how_to_mend: String,
}

/// 行政复议 and 行政诉讼 against the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remedies {
    /// Who hears the reconsideration, such as 青禾区人民政府.
    pub review_body: String,
    /// Days to apply for it, counted as natural days: 60 unless a law gives longer (行政复议法).
    pub review_days: u32,
    /// Which court, such as 青禾区人民法院.
    pub court: String,
    /// Months to sue: 6 unless a law says otherwise (行政诉讼法).
    pub suit_months: u32,
    /// 复议前置: to court only after reconsideration (行政复议法第二十三条).
    pub review_first: bool,
}

impl Default for Remedies {
    fn default() -> Self {
        Self { review_body: String::new(), review_days: 60, court: String::new(), suit_months: 6, review_first: false }
    }
}

/// How to reach the office.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Window or section.
    pub office: String,
    /// Where it is.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Opening hours.
    pub hours: Option<String>,
}

/// Time that does not count (行政许可法 art. 45).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Special {
    /// 听证, 招标, 拍卖, 检验, 检测, 检疫, 鉴定 or 专家评审.
    pub kind: String,
    /// Why it is needed.
    pub reason: String,
    /// How long it is expected to take, in working days.
    pub expected_days: u32,
    /// First day of it, if known.
    pub from: Option<NaiveDate>,
}

/// 延长审批 (行政许可法 art. 42): once, with the approval of the agency's head.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extension {
    /// Working days added.
    pub days: u32,
    /// Why.
    pub reason: String,
    /// The last day after extension.
    pub new_due: Option<NaiveDate>,
}

/// A check on the spot (行政许可法 art. 34.3).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteCheck {
    /// When it took place.
    pub date: Option<NaiveDate>,
    /// Where.
    pub place: Option<String>,
    /// Names of the staff, two or more; with the number of the law-enforcement card if wanted.
    pub staff: Vec<String>,
    /// What was seen: one finding each.
    pub findings: Vec<String>,
    /// What follows, such as 符合要求.
    pub conclusion: String,
}

/// A handing-over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Delivery {
    /// What is handed over: title and number each.
    pub documents: Vec<String>,
    /// 直接送达, 邮寄送达, 电子送达 …
    pub manner: String,
    /// Where.
    pub place: Option<String>,
    /// Who delivers.
    pub by: Vec<String>,
    /// Who received it; an empty line to sign when not yet known.
    pub received_by: Option<String>,
    /// When it was received; an empty line when not yet known.
    pub received_on: Option<NaiveDate>,
    /// Anything to add.
    pub note: Option<String>,
}

/// What is paid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Benefit {
    /// 发放标准 in words, such as 每月 100 元.
    pub amount: String,
    /// First month or day, in words, such as 2026 年 10 月.
    pub from: Option<String>,
    /// How it is paid, such as 每月 15 日前发放.
    pub manner: Option<String>,
    /// Account, masked.
    pub account_masked: Option<String>,
}

/// A certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Certificate {
    /// Its name, such as 食品经营许可证.
    pub name: String,
    /// 证照编号.
    pub number: String,
    /// 证照标识 (`1.2.156.3005.2.…`).
    pub mark: Option<String>,
    /// 持证主体.
    pub holder: String,
    /// Code of the holder, masked for persons.
    pub holder_code: Option<String>,
    /// What it certifies: label and value, in order.
    pub fields: Vec<(String, String)>,
    /// 有效期起.
    pub valid_from: Option<NaiveDate>,
    /// 有效期止; 长期 when empty.
    pub valid_until: Option<NaiveDate>,
    /// SM3 digest of the signed facts, in hex.
    pub digest_hex: Option<String>,
}
