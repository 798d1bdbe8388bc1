//! The parts an item is made of: legal basis, materials, steps, fees, result, contact, themes.

use serde::{Deserialize, Serialize};

use super::{Limit, MaterialForm, MaterialKind, Necessity, Original, ResultKind, Source, Stage};

/// 设定依据 (`by_law`): one text the item rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Title without 《》.
    pub title: String,
    /// Number and date of the document, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The articles relied on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// A local text whose exact title the deployer fills in; shown without 《》.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub local: bool,
}

impl Basis {
    /// As printed: `《中华人民共和国食品安全法》第三十五条`; of a guide told in English: `Food Safety Law, Article 35`.
    #[must_use]
    pub fn says(&self) -> String {
        if self.title.is_ascii() {
            let document = self.document.as_ref().map(|document| format!(" ({document})")).unwrap_or_default();
            let article = self.article.as_ref().map(|article| format!(", {article}")).unwrap_or_default();
            return format!("{}{article}{document}", self.title);
        }
        let mut text = if self.local { self.title.clone() } else { format!("《{}》", self.title) };
        if let Some(document) = &self.document {
            text.push_str(&format!("（{document}）"));
        }
        if let Some(article) = &self.article {
            text.push_str(article);
        }
        text
    }
}

/// 业务情形: a situation that decides which materials are needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// Stable within the item, `s1`, `s2` …; used in addresses (`?situation=s2`).
    pub code: String,
    /// What people call it: 新办, 变更 …
    pub name: String,
    /// In English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
}

/// 申请材料: one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Material {
    /// Stable within the item, `m1`, `m2` …; survives edits, so that uploads keep their place.
    pub code: String,
    /// 材料名称.
    pub name: String,
    /// 材料类型.
    pub kind: MaterialKind,
    /// 来源渠道.
    pub source: Source,
    /// 材料形式 (`form`).
    pub form: MaterialForm,
    /// 材料必要性 (`is_need`).
    pub necessity: Necessity,
    /// 原件要求.
    pub original: Original,
    /// 纸质份数 (`page_num`).
    pub copies: u32,
    /// When it is needed or what else the law says about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// 填报须知 in plain words: what makes it good enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// 免提交: why the applicant need not hand it in (`从证照库直接取`); `None` when they must.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
    /// 关联证照类型: the certificate type that satisfies it, e.g. `business-licence`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Filled in online, so that nothing is uploaded: the form itself becomes this paper.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generated: bool,
}

impl Material {
    /// Whether the applicant has to hand something in themselves in every situation.
    #[must_use]
    pub fn must_bring(&self) -> bool {
        self.waived.is_none() && !self.generated && matches!(self.necessity, Necessity::Required)
    }
}

/// 办理环节: one step of the flow, told from the applicant's side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Short heading: 窗口预审.
    pub name: String,
    /// One or two plain sentences.
    pub says: String,
    /// The official stages it covers.
    pub stages: Vec<Stage>,
    /// 环节时限, when the step has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// The time it takes is not counted in the limit (许可法 45): the person is told in writing how long.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excluded: bool,
}

/// 收费: whether and what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// 是否收费 (`is_fee`).
    pub charged: bool,
    /// For lists: 不收费, 首次免费 …
    pub short: String,
    /// In English, where something is charged.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub short_en: String,
    /// A sentence for the guide, when there is more to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// What may be charged; empty when nothing is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<FeeLine>,
    /// 网上支付 (`is_pay_online`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pay_online: bool,
}

/// One line of the fee table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    /// 收费项目名称.
    pub name: String,
    /// 收费标准 in words.
    pub standard: String,
    /// The amount in fen where it is a fixed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fen: Option<i64>,
    /// 收费依据.
    pub basis: String,
    /// 减免 in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reduction: Option<String>,
}

/// 审批结果: what one gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// 审批结果名称 (`result_name`).
    pub name: String,
    /// In English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// 审批结果类型 (`result_type`).
    pub kind: ResultKind,
    /// 有效期 in words; `None` when it does not expire or nothing says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validity: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub validity_en: String,
    /// 审批结果样本 (`result_guid`): name of the document template of which a specimen is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<String>,
    /// How it reaches the person: 电子证照当天进“我的证照” …
    pub delivery: String,
}

/// 常见问题: one question people ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question in the asker's words.
    pub q: String,
    /// The answer.
    pub a: String,
}

/// 咨询与监督投诉 (`link_way`, `supervise_way`). Numbers are the hall's settings; an item only overrides them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// 咨询电话 of this item; `None` means the hall's own setting (12345 until the deployer says otherwise).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consult: Option<String>,
    /// What to ask for when the hall's number answers: 转食品许可.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_for: Option<String>,
    /// 监督投诉电话 of this item; `None` means the hall's own setting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complain: Option<String>,
}

/// 事项主题: national theme codes for people and for organisations (`user_topic_type`, `corp_topic_type`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Themes {
    /// 自然人主题, codes of table `theme_natural`.
    #[serde(default)]
    pub natural: Vec<String>,
    /// 法人主题, codes of table `theme_legal`.
    #[serde(default)]
    pub legal: Vec<String>,
}

impl Themes {
    /// Whether the item stands under this theme.
    #[must_use]
    pub fn has(&self, theme: &Theme) -> bool {
        let codes = match theme.set {
            ThemeSet::Natural => &self.natural,
            ThemeSet::Legal => &self.legal,
        };
        codes.contains(&theme.code)
    }
}

/// Which of the two theme tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeSet {
    /// 自然人.
    Natural,
    /// 法人.
    Legal,
}

impl ThemeSet {
    /// Name of its table in [`CodeTables`](super::CodeTables).
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Natural => "theme_natural",
            Self::Legal => "theme_legal",
        }
    }
}

/// One theme; in addresses `n005` (people) or `l010` (organisations), because both tables number from 005.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Theme {
    /// The table.
    pub set: ThemeSet,
    /// The code in it, three digits.
    pub code: String,
}

impl Theme {
    /// Reads `n005` or `l010`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (set, code) = match text.split_at_checked(1)? {
            ("n", code) => (ThemeSet::Natural, code),
            ("l", code) => (ThemeSet::Legal, code),
            _ => return None,
        };
        (code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit())).then(|| Self { set, code: code.to_owned() })
    }

    /// The form used in addresses.
    #[must_use]
    pub fn parameter(&self) -> String {
        let letter = match self.set {
            ThemeSet::Natural => 'n',
            ThemeSet::Legal => 'l',
        };
        format!("{letter}{}", self.code)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Basis, Theme, ThemeSet};

    #[test]
    fn a_basis_reads_as_printed() {
        let basis = Basis {
            title: "食品经营许可和备案管理办法".into(),
            document: Some("国家市场监督管理总局令第 78 号".into()),
            article: Some("第四条".into()),
            local: false,
        };
        assert_eq!(basis.says(), "《食品经营许可和备案管理办法》（国家市场监督管理总局令第 78 号）第四条");
        let local = Basis { title: "地方养犬管理条例".into(), document: None, article: None, local: true };
        assert_eq!(local.says(), "地方养犬管理条例");
        let english = Basis { title: "Food Safety Law".into(), document: None, article: Some("Article 35".into()), local: false };
        assert_eq!(english.says(), "Food Safety Law, Article 35");
    }

    #[test]
    fn a_theme_goes_through_an_address_and_back() {
        for text in ["n005", "l010"] {
            assert_eq!(Theme::parse(text).unwrap().parameter(), text);
        }
        assert_eq!(Theme::parse("l010").unwrap().set, ThemeSet::Legal);
        for bad in ["", "n", "x005", "n5", "n00a", "主题", "n0055"] {
            assert_eq!(Theme::parse(bad), None, "{bad}");
        }
    }
}
