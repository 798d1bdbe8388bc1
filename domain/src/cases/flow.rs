//! The flow of a procedure, as data: nodes with post, duty, time limit and checks; edges by outcome.

use super::fee::FeeRule;
use super::intake::Intake;
use crate::clock::Limit;
use crate::forms::{Answers, Expr, Form, Reading, in_language};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How cases of one procedure run from submission to delivery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Post that pre-reviews, asks for supplements, accepts and hands out.
    pub window: String,
    /// The office that receives the application, where the answers decide it (乡镇、街道受理); else the item's department.
    #[serde(default)]
    pub intake: Option<Intake>,
    /// Promised time for the first look (S002: two working days); outside the legal clock.
    pub pre_review: Limit,
    /// Time to ask for a supplement; after it the case is deemed accepted (行政许可法第三十二条: five working days).
    pub notice: Limit,
    /// Whether silence accepts (行政许可法第三十二条第一款第四项). The law says it of permits; a flow of another kind says `false`.
    #[serde(default = "yes")]
    pub silence_accepts: bool,
    /// The day from which promise and law count.
    #[serde(default)]
    pub clock_from: ClockFrom,
    /// What the applicant gets to send the missing papers.
    pub supplement: Limit,
    /// The promise the hall is judged by; `None` when decided at once.
    pub promised: Option<Limit>,
    /// The law's limit; `None` where no law sets one.
    pub statutory: Option<Limit>,
    /// Working days by which the head of the agency may extend once, with notice of reasons.
    pub extension_days: Option<u32>,
    /// Time after the decision to issue and deliver (第四十四条: ten working days).
    pub delivery: Limit,
    /// What the window checks before accepting.
    pub intake_checks: Vec<CheckItem>,
    /// The nodes after acceptance; the first is where an accepted case goes.
    pub nodes: Vec<Node>,
    /// What it costs, where that follows from the answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<FeeRule>,
    pub result: ResultKind,
    /// Handling kinds of excluded time this procedure knows (第四十五条); empty when none may be used.
    #[serde(default)]
    pub special_procedures: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Day 0 of the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockFrom {
    /// 受理 (行政许可法第四十二条).
    #[default]
    Acceptance,
    /// 收到申请, also after a correction (政府信息公开条例第三十条、第三十三条).
    Receipt,
}

/// Something a post ticks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckItem {
    pub id: String,
    /// What must hold, as the post reads it.
    pub text: String,
    /// What the applicant is told to send when it does not: name of the material or page.
    #[serde(default)]
    pub material: String,
    /// Suggested words for how to mend it.
    #[serde(default)]
    pub mend: String,
}

/// A step in handling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    pub id: String,
    pub title: String,
    pub title_en: String,
    /// What the post answers for.
    pub duty: String,
    pub post: String,
    /// Code of the office that does it, where it is not the one that received the application (上下联审).
    #[serde(default)]
    pub office: Option<String>,
    pub kind: NodeKind,
    /// The node is gone through only when this holds of the answers: only the name changes, nobody goes to look.
    #[serde(default)]
    pub when: Option<Expr>,
    /// Nodes opened together with this one (并联; 行政许可法第二十六条第二款): other offices look at the same time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// Where branches meet: it begins when each of them has come here. One that fails comes here at once, and ends the others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub joins: bool,
    /// What the post may ask of the applicant here, such as paying the fee it has worked out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<Asks>,
    /// The node's own limit, within the whole.
    pub limit: Option<Limit>,
    #[serde(default)]
    pub checks: Vec<CheckItem>,
    pub edges: Vec<Edge>,
}

/// Something the applicant is asked to do while the case is at a node. The law's clock runs on: only the law's own procedures stop it
/// (行政许可法第四十五条).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asks {
    /// 缴纳城市道路挖掘修复费.
    pub title: String,
    pub title_en: String,
    /// Words suggested to the post, with what it has to fill in.
    pub says: String,
    /// What the applicant gets for it.
    pub limit: Limit,
}

/// What is done at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// 现场核查: two or more staff on the spot (第三十四条), findings on record.
    SiteCheck,
    /// 审查: an opinion and a recommendation.
    Review,
    /// 审批: the decision itself; not by the person who reviewed.
    Approve,
}

/// What came out of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Pass,
    Fail,
    /// Back to an earlier node with reasons.
    Return,
}

/// Where an outcome leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    pub on: Outcome,
    pub to: Target,
}

/// The end of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Node(String),
    Grant,
    Refuse,
}

/// What a decided case yields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultKind {
    /// Which law's words the decision speaks.
    pub manner: Manner,
    /// Title of the document that grants, such as 最低生活保障确认通知书; a permit's is fixed by law.
    #[serde(default)]
    pub granted_title: Option<String>,
    /// Title of the document that refuses.
    #[serde(default)]
    pub refused_title: Option<String>,
    /// What is decided, such as 予以备案: ends the sentence 本机关于…决定….
    #[serde(default)]
    pub granted_says: Option<String>,
    /// The opposite, such as 不予备案.
    #[serde(default)]
    pub refused_says: Option<String>,
    /// What is paid, of a benefit.
    #[serde(default)]
    pub payment: Option<Payment>,
    /// 复议前置: whoever disagrees goes to reconsideration before going to court (行政复议法第二十三条).
    #[serde(default)]
    pub review_first: bool,
    /// The answers among which the decision chooses (政府信息公开条例第三十六条); empty: yes or no.
    #[serde(default)]
    pub answers: Vec<AnswerKind>,
    /// The certificate a granted case yields, if it yields one.
    pub certificate: Option<CertificateKind>,
}

/// Which law's words a decision speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// 行政许可.
    Permit,
    /// 行政给付: something is paid.
    Benefit,
    /// 确认、登记、备案 and public services.
    Service,
}

/// What a benefit pays, in words; amounts are set locally and change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// 发放标准.
    pub amount: String,
    /// 发放方式.
    pub manner: String,
}

/// One of the answers a decision may give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerKind {
    pub code: String,
    /// 予以公开.
    pub title: String,
    pub title_en: String,
    /// Whether the applicant gets what was asked for.
    pub grants: bool,
    /// The sentence of the document, such as 您申请公开的信息，本机关予以公开。
    pub says: String,
}

/// The certificate or confirmation a granted case yields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateKind {
    /// Three-digit serial under the code of the department that defines the type (证照类型代码).
    pub type_serial: String,
    /// The name under which forms ask for it, such as `food_operation_licence`; the item's code when empty.
    #[serde(default)]
    pub library: Option<String>,
    pub name: String,
    pub name_en: String,
    /// Letters in front of the certificate number, e.g. `JY`.
    pub number_prefix: String,
    /// Years of validity; `None` is without end.
    #[serde(default)]
    pub valid_years: Option<u32>,
    /// Form field of kind date with the first day of validity; else the day of issue.
    #[serde(default)]
    pub valid_from: Option<String>,
    /// Form field of kind date with the last day of validity, where the application names it (批准期限).
    #[serde(default)]
    pub valid_until: Option<String>,
    /// When this holds of the answers, the days applied for count although they lie before the decision (补办: what was done in an
    /// emergency is permitted afterwards).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reaches_back: Option<Expr>,
    /// The earlier certificate it takes the place of (变更、延续、换领), which from then on no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaces>,
    /// When this holds of the answers nothing is issued: what is applied for is that the earlier certificate ends (注销、停用). Which one,
    /// `replaces` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Expr>,
    /// Form field with the holder's name.
    pub holder: String,
    /// Form field with the holder's code; masked for persons.
    pub holder_code: String,
    /// Facts printed and signed: label and the form field they come from.
    pub facts: Vec<CertificateFact>,
}

/// Among what the answers make needless: the certificate. No node is called so.
pub const NO_CERTIFICATE: &str = "certificate!";

/// Which of the holder's earlier certificates of the same kind a new one replaces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaces {
    /// Form field with its number, or that of the decision it came with. Without one, every earlier certificate of this kind:
    /// nobody holds two (居住证、残疾人证).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Only when this holds of the answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
}

/// One line on a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateFact {
    pub label: String,
    pub field: String,
}

impl Target {
    /// The node, if it is one.
    pub fn node(&self) -> Option<&str> {
        match self {
            Self::Node(id) => Some(id),
            Self::Grant | Self::Refuse => None,
        }
    }
}

impl Asks {
    /// Its title in the reader's language.
    pub fn title_in(&self, english: bool) -> String {
        in_language(&self.title, &self.title_en, english).to_owned()
    }
}

impl Node {
    /// Its title in the reader's language; data is Chinese first.
    pub fn title_in(&self, english: bool) -> String {
        in_language(&self.title, &self.title_en, english).to_owned()
    }
}

impl Flow {
    /// Reads a flow as it was stored, also one of before 2026-11-26, whose result said `permit` and nothing else: a case is judged for ever by
    /// the version in force when it was submitted.
    ///
    /// # Errors
    /// When the text is no flow.
    pub fn from_stored(mut stored: serde_json::Value) -> Result<Self, serde_json::Error> {
        if let Some(result) = stored.get_mut("result").and_then(serde_json::Value::as_object_mut)
            && let Some(permit) = result.remove("permit")
        {
            let permit = permit.as_bool().unwrap_or(true);
            result.insert("manner".into(), if permit { "permit" } else { "benefit" }.into());
            if !permit {
                result.insert("granted_title".into(), "给付确认通知书".into());
                result.insert("refused_title".into(), "不予给付决定书".into());
                let payment = serde_json::json!({ "amount": "按本地现行标准发放", "manner": "打入您登记的收款账户" });
                result.insert("payment".into(), payment);
            }
            let certificate = result.get_mut("certificate").and_then(serde_json::Value::as_object_mut);
            // the one certificate that other forms asked for by another name than its item's
            if let Some(certificate) = certificate.filter(|c| c.get("name").is_some_and(|n| n == "食品经营许可证")) {
                certificate.insert("library".into(), "food_operation_licence".into());
            }
        }
        serde_json::from_value(stored)
    }

    /// The node of that id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|n| n.id == id)
    }

    /// The nodes these answers make needless, and [`NO_CERTIFICATE`] where they ask for an end and not for a certificate.
    pub fn skipped(&self, form: &Form, answers: &Answers, today: NaiveDate) -> Vec<String> {
        let reading = Reading::new(form, answers, today);
        let ends = self.result.certificate.as_ref().and_then(|kind| kind.ends.as_ref());
        let ends = ends.is_some_and(|ends| reading.holds(Some(ends), None)).then(|| NO_CERTIFICATE.to_owned());
        self.nodes.iter().filter(|n| !reading.holds(n.when.as_ref(), None)).map(|n| n.id.clone()).chain(ends).collect()
    }

    /// The first node from here on that is not needless, along the edges for pass.
    pub fn onward(&self, id: &str, skips: &[String]) -> Option<&Node> {
        let mut node = self.node(id)?;
        // each step leaves a node behind for good: a ring of needless nodes ends
        for _ in &self.nodes {
            if !skips.contains(&node.id) {
                return Some(node);
            }
            node = self.after(node, Outcome::Pass)?;
        }
        None
    }

    /// The node an outcome leads to.
    pub fn after(&self, node: &Node, on: Outcome) -> Option<&Node> {
        node.edges.iter().find(|e| e.on == on).and_then(|e| self.node(e.to.node()?))
    }

    /// Where a node sends a case back to: not to what these answers make needless.
    pub fn back(&self, node: &Node, skips: &[String]) -> Option<&Node> {
        self.after(node, Outcome::Return).filter(|n| !skips.contains(&n.id))
    }

    /// The fields of the form that this flow takes as they are: each must be a field of it.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        let certificate = self.result.certificate.iter().flat_map(|c| {
            [&c.holder, &c.holder_code]
                .into_iter()
                .chain(c.valid_from.as_ref())
                .chain(c.valid_until.as_ref())
                .chain(c.replaces.as_ref().and_then(|r| r.field.as_ref()))
                .chain(c.facts.iter().map(|f| &f.field))
        });
        certificate.map(String::as_str)
    }
}
