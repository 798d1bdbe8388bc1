//! One service item with every element a guide, a list, a search and a publishing check need.

use serde::{Deserialize, Serialize};

use super::{
    AgencyNature, Apply, Area, Audience, Basis, CaseKind, Contact, Depth, Fee, HandleForm, ItemCode, ItemLine, ItemState,
    ItemType, Level, Limit, Material, Outcome, PowerSource, Question, Situation, Stage, Statutory, Step, Theme, Themes,
};

/// 政务服务事项 (one version of an implementation-list entry). Names in brackets are the columns of the national
/// exchange tables; the element names are those of GB/T 39046-2020 table 4.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The hall's own short code, in addresses.
    pub code: ItemCode,
    /// 事项版本 (`task_version`), from 1.
    pub version: u32,
    /// 事项状态 (`task_state`).
    pub state: ItemState,
    /// 事项名称 (`task_name`), the official one.
    pub name: String,
    /// A short English name.
    pub name_en: String,
    /// Full pinyin of the name without tones or spaces: the sort key.
    pub name_pinyin: String,
    /// One plain sentence: what it is for.
    pub summary: String,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary_en: String,
    /// Everyday words people search by.
    pub words: Vec<String>,
    /// 基本编码 (`catalog_code`), opaque text.
    pub basic_code: String,
    /// 实施编码 (`task_code`), opaque text.
    pub implementation_code: String,
    /// 事项类型 (`task_type`).
    pub kind: ItemType,
    /// 行使层级 (`use_level`).
    pub level: Level,
    /// 权力来源 (`power_source`).
    pub power_source: PowerSource,
    /// 实施主体 (`dept_name`).
    pub department: String,
    /// Its everyday short name: 市场监管局.
    pub department_short: String,
    /// Its code in [`Catalogue::departments`](super::Catalogue::departments), e.g. `scjgj`.
    pub department_code: String,
    /// Its English name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub department_en: String,
    /// 实施主体性质 (`dept_type`).
    pub agency_nature: AgencyNature,
    /// Who receives the papers where that is not the department itself: 街道、社区受理.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_by: Option<String>,
    /// 服务对象 (`server_type`).
    pub audience: Vec<Audience>,
    /// 主题分类 (`user_topic_type`, `corp_topic_type`).
    pub themes: Themes,
    /// 设定依据 (`by_law`).
    pub basis: Vec<Basis>,
    /// 受理条件 (`accept_condition`), each in plain words.
    pub conditions: Vec<String>,
    /// 情形.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub situations: Vec<Situation>,
    /// 申请材料.
    pub materials: Vec<Material>,
    /// 办件类型 (`project_type`).
    pub case_kind: CaseKind,
    /// 法定办结时限 (`anticipate_day`).
    pub statutory: Statutory,
    /// 承诺办结时限 (`promise_day`). In the seed an example, no district's promise.
    pub promised: Limit,
    /// 特别程序 (`special_procedure`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub special: Vec<String>,
    /// 办理流程 (`handle_flow`).
    pub steps: Vec<Step>,
    /// Whether this hall takes the application online today (`is_online`).
    pub apply: Apply,
    /// 网上办理深度 the item is designed for (`online_handle_depth`); see [`Item::depth_now`].
    pub depth: Depth,
    /// 到办事现场次数 the item is designed for (`limit_scene_num`); see [`Item::visits_now`].
    pub visits: u8,
    /// 必须现场办理原因 (`limit_scene_explain`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit_reason: Option<String>,
    /// The same in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub visit_reason_en: String,
    /// 办理形式 (`handle_type`).
    pub forms: Vec<HandleForm>,
    /// 通办范围 (`handle_area`).
    pub area: Area,
    /// 预约办理 (`is_schedule`).
    pub appointment: bool,
    /// 物流快递 (`is_express`): papers and result may travel by post or courier.
    pub mail: bool,
    /// 办理地点 (`transact_addr`) in words that hold for every deployment; address and hours are settings.
    pub place: String,
    /// 收费.
    pub fee: Fee,
    /// 审批结果.
    pub result: Outcome,
    /// 常见问题.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// 咨询与监督投诉.
    #[serde(default)]
    pub contact: Contact,
    /// Codes of the bundles (一件事) it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bundles: Vec<String>,
    /// Rank among what people come for most; 1 is shown first on the home page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub popular: Option<u8>,
    /// How the facts were checked; for editors, never shown to the public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<String>,
}

impl Item {
    /// Whether a form is open online.
    #[must_use]
    pub fn is_online(&self) -> bool {
        matches!(self.apply, Apply::Online)
    }

    /// How often one has to go there today: what the item is designed for, but at least once while online filing is
    /// not open and the papers cannot be posted either.
    #[must_use]
    pub fn visits_now(&self) -> u8 {
        match self.apply {
            Apply::Online => self.visits,
            Apply::Guide if self.mail => self.visits,
            Apply::Guide => self.visits.max(1),
        }
    }

    /// How deep one gets online today: the guide only, while filing is not open.
    #[must_use]
    pub fn depth_now(&self) -> Depth {
        match self.apply {
            Apply::Online => self.depth,
            Apply::Guide => Depth::Guide,
        }
    }

    /// The narrow row for lists.
    #[must_use]
    pub fn line(&self) -> ItemLine {
        ItemLine {
            code: self.code.clone(),
            name: self.name.clone(),
            name_en: self.name_en.clone(),
            summary: self.summary.clone(),
            summary_en: self.summary_en.clone(),
            department: self.department_short.clone(),
            department_en: self.department_en.clone(),
            department_code: self.department_code.clone(),
            kind: self.kind,
            promised: self.promised,
            visits: self.visits_now(),
            charged: self.fee.charged,
            fee: self.fee.short.clone(),
            fee_en: self.fee.short_en.clone(),
            audience: self.audience.clone(),
            themes: self.themes.clone(),
            apply: self.apply,
        }
    }

    /// The theme under which a page shows where one is: the first for organisations unless people may apply.
    #[must_use]
    pub fn main_theme(&self) -> Option<Theme> {
        let natural = self.themes.natural.first().map(|code| (super::ThemeSet::Natural, code));
        let legal = self.themes.legal.first().map(|code| (super::ThemeSet::Legal, code));
        natural.or(legal).map(|(set, code)| Theme { set, code: code.clone() })
    }

    /// The materials the applicant need not hand in.
    pub fn waived(&self) -> impl Iterator<Item = &Material> {
        self.materials.iter().filter(|material| material.waived.is_some())
    }

    /// Whether some step covers this stage.
    #[must_use]
    pub fn covers(&self, stage: Stage) -> bool {
        self.steps.iter().any(|step| step.stages.contains(&stage))
    }
}
