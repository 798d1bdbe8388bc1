//! Publishing checks (`domain.md` §1.4): what an item must not say about itself before it is published.

use super::{Apply, CaseKind, Depth, FeeLine, Item, ItemType, Limit, LimitUnit, ResultKind, Stage, ThemeSet};

/// One thing wrong with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFault {
    /// What.
    pub kind: FaultKind,
}

/// What can be wrong. The comment names the rule of `domain.md` §1.4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// An element no guide can do without is empty.
    Missing(&'static str),
    /// 1: the promise is longer than the law allows.
    PromiseOverLaw {
        /// The promise.
        promised: Limit,
        /// The law's limit.
        statutory: Limit,
    },
    /// 2: done on the spot and 即办件 go together, and only together.
    InstantMismatch,
    /// 3: one must come, and nothing says why.
    VisitWithoutReason,
    /// 4: level Ⅳ means no visit.
    WholeOnlineWithVisits(u8),
    /// 4: nobody need come, yet it can be filed neither online nor by post.
    NoWayWithoutVisit,
    /// 5: a fee without a line, or a line without name, standard or basis.
    FeeUnexplained(String),
    /// 5: an item with a fee is applied for online, but cannot be paid online.
    FeeNotPayableOnline,
    /// 5: free of charge, yet with fee lines or online payment.
    FreeButPayable,
    /// 6: asking and complaining must not end at the same desk.
    SamePhones,
    /// 6: a number without area code.
    PhoneWithoutAreaCode(String),
    /// 7: themes of a set whose people may not apply.
    ThemeWithoutAudience(ThemeSet),
    /// 7: people may apply but find it under no theme.
    AudienceWithoutTheme(ThemeSet),
    /// 8: a permit answers no question.
    PermitWithoutQuestion,
    /// 8: a permit's flow leaves a stage out.
    StageMissing(Stage),
    /// 9: a certificate or decision is promised and no specimen shown.
    SampleMissing,
    /// 10: a catch-all material.
    CatchAllMaterial(String),
    /// 11: a result ending in 证 is issued as a certificate.
    CertificateNotIssued,
}

impl ItemFault {
    /// Number of the rule, 1–11; 0 for a missing element.
    #[must_use]
    pub const fn rule(&self) -> u8 {
        match self.kind {
            FaultKind::Missing(_) => 0,
            FaultKind::PromiseOverLaw { .. } => 1,
            FaultKind::InstantMismatch => 2,
            FaultKind::VisitWithoutReason => 3,
            FaultKind::WholeOnlineWithVisits(_) | FaultKind::NoWayWithoutVisit => 4,
            FaultKind::FeeUnexplained(_) | FaultKind::FeeNotPayableOnline | FaultKind::FreeButPayable => 5,
            FaultKind::SamePhones | FaultKind::PhoneWithoutAreaCode(_) => 6,
            FaultKind::ThemeWithoutAudience(_) | FaultKind::AudienceWithoutTheme(_) => 7,
            FaultKind::PermitWithoutQuestion | FaultKind::StageMissing(_) => 8,
            FaultKind::SampleMissing => 9,
            FaultKind::CatchAllMaterial(_) => 10,
            FaultKind::CertificateNotIssued => 11,
        }
    }

    /// What is wrong and how to mend it, for the editor.
    #[must_use]
    pub fn says(&self) -> String {
        match &self.kind {
            FaultKind::Missing(element) => format!("“{element}”还没填。"),
            FaultKind::PromiseOverLaw { promised, statutory } => {
                format!("承诺 {}，比法定 {} 还长。请缩短承诺。", promised.says(), statutory.says())
            }
            FaultKind::InstantMismatch => "当场办好的应当是即办件，即办件应当当场办好。请改其中一处。".into(),
            FaultKind::VisitWithoutReason => "要到现场，但没写为什么非来不可。请写明原因，或者改成不用跑。".into(),
            FaultKind::WholeOnlineWithVisits(visits) => {
                format!("写了全程网办，又要跑 {visits} 次。全程网办只能是 0 次。")
            }
            FaultKind::NoWayWithoutVisit => "写了不用跑，但网上还不能办，也不收邮寄材料。请开通一种。".into(),
            FaultKind::FeeUnexplained(line) if line.is_empty() => "写了收费，但没有收费项目。".into(),
            FaultKind::FeeUnexplained(line) => format!("收费项目“{line}”缺名称、标准或依据。"),
            FaultKind::FeeNotPayableOnline => "网上办又收费，应当能在网上付。".into(),
            FaultKind::FreeButPayable => "写了不收费，就不应有收费项目和网上支付。".into(),
            FaultKind::SamePhones => "咨询电话和投诉电话不能是同一个。".into(),
            FaultKind::PhoneWithoutAreaCode(phone) => format!("电话 {phone} 要带区号，例如 0592-1234567。"),
            FaultKind::ThemeWithoutAudience(set) => {
                format!("归在{}主题下，但服务对象里没有。请改主题或服务对象。", set_name(*set))
            }
            FaultKind::AudienceWithoutTheme(set) => {
                format!("{}可以办，但没有归到主题下，按主题找不到。请选一个主题。", set_name(*set))
            }
            FaultKind::PermitWithoutQuestion => "行政许可至少要有一个常见问题。".into(),
            FaultKind::StageMissing(stage) => format!("办理流程缺“{}”这一环节。", stage_name(*stage)),
            FaultKind::SampleMissing => "写了会发证照或批文，但没有样本。请传一份样本。".into(),
            FaultKind::CatchAllMaterial(name) => format!("材料“{name}”是兜底条款。请写清楚到底要什么，或者删掉。"),
            FaultKind::CertificateNotIssued => "结果叫“…证”，结果类型应当选“证照”。".into(),
        }
    }
}

/// Everything wrong with an item, in the order of the rules; empty when it may be published.
#[must_use]
pub fn faults(item: &Item) -> Vec<ItemFault> {
    let mut found = missing(item);
    if let Some(statutory) = item.statutory.limit
        && is_longer(item.promised, statutory)
    {
        found.push(FaultKind::PromiseOverLaw { promised: item.promised, statutory });
    }
    if item.promised.is_on_the_spot() != matches!(item.case_kind, CaseKind::Instant) {
        found.push(FaultKind::InstantMismatch);
    }
    visits(item, &mut found);
    fee(item, &mut found);
    phones(item, &mut found);
    themes(item, &mut found);
    if matches!(item.kind, ItemType::Permit) {
        if item.questions.is_empty() {
            found.push(FaultKind::PermitWithoutQuestion);
        }
        let stages = [Stage::Accept, Stage::Review, Stage::Decide, Stage::Finish, Stage::Deliver];
        found.extend(stages.into_iter().filter(|stage| !item.covers(*stage)).map(FaultKind::StageMissing));
    }
    let on_paper = matches!(item.result.kind, ResultKind::Certificate | ResultKind::Decision);
    if on_paper && item.result.sample.as_deref().unwrap_or_default().is_empty() {
        found.push(FaultKind::SampleMissing);
    }
    let vague = item.materials.iter().filter(|material| is_catch_all(&material.name));
    found.extend(vague.map(|material| FaultKind::CatchAllMaterial(material.name.clone())));
    // A 凭证 is a receipt, not a certificate.
    let named_certificate = item.result.name.ends_with('证') && !item.result.name.ends_with("凭证");
    if named_certificate && !matches!(item.result.kind, ResultKind::Certificate) {
        found.push(FaultKind::CertificateNotIssued);
    }
    found.into_iter().map(|kind| ItemFault { kind }).collect()
}

fn missing(item: &Item) -> Vec<FaultKind> {
    let checks = [
        ("事项名称", item.name.trim().is_empty()),
        ("一句话说明", item.summary.trim().is_empty()),
        ("实施主体", item.department.trim().is_empty()),
        ("服务对象", item.audience.is_empty()),
        ("设定依据", item.basis.is_empty()),
        ("受理条件", item.conditions.is_empty()),
        ("申请材料", item.materials.is_empty()),
        ("办理流程", item.steps.is_empty()),
        ("办理地点", item.place.trim().is_empty()),
    ];
    checks.into_iter().filter(|(_, empty)| *empty).map(|(element, _)| FaultKind::Missing(element)).collect()
}

/// Longer for certain: in the same unit by number, otherwise by the fewest calendar days each comes to.
fn is_longer(promised: Limit, statutory: Limit) -> bool {
    if promised.unit == statutory.unit {
        return promised.value > statutory.value;
    }
    match statutory.unit {
        LimitUnit::OnTheSpot => true,
        // Two calendar weeks of law against ten working days of promise: only a plain excess is an error.
        LimitUnit::NaturalDay => promised.at_least_days() > statutory.value,
        LimitUnit::Month => promised.at_least_days() > statutory.value.saturating_mul(31),
        LimitUnit::WorkingDay => promised.at_least_days() > statutory.at_least_days(),
    }
}

fn visits(item: &Item, found: &mut Vec<FaultKind>) {
    let reason = item.visit_reason.as_deref().unwrap_or_default().trim();
    if item.visits > 0 && reason.is_empty() {
        found.push(FaultKind::VisitWithoutReason);
    }
    if matches!(item.depth, Depth::Whole) && item.visits > 0 {
        found.push(FaultKind::WholeOnlineWithVisits(item.visits));
    }
    if item.visits == 0 && matches!(item.apply, Apply::Guide) && !item.mail {
        found.push(FaultKind::NoWayWithoutVisit);
    }
}

fn fee(item: &Item, found: &mut Vec<FaultKind>) {
    let fee = &item.fee;
    if !fee.charged {
        if fee.pay_online || !fee.lines.is_empty() {
            found.push(FaultKind::FreeButPayable);
        }
        return;
    }
    if fee.lines.is_empty() {
        found.push(FaultKind::FeeUnexplained(String::new()));
    }
    let bare = |line: &&FeeLine| [&line.name, &line.standard, &line.basis].iter().any(|text| text.trim().is_empty());
    found.extend(
        fee.lines
            .iter()
            .filter(bare)
            .map(|line| FaultKind::FeeUnexplained(if line.name.is_empty() { line.standard.clone() } else { line.name.clone() })),
    );
    if item.is_online() && !fee.pay_online {
        found.push(FaultKind::FeeNotPayableOnline);
    }
}

fn phones(item: &Item, found: &mut Vec<FaultKind>) {
    let given: Vec<&String> = [&item.contact.consult, &item.contact.complain].into_iter().flatten().collect();
    if let [consult, complain] = given.as_slice()
        && digits(consult) == digits(complain)
    {
        found.push(FaultKind::SamePhones);
    }
    let bad = given.into_iter().filter(|phone| !has_area_code(phone));
    found.extend(bad.map(|phone| FaultKind::PhoneWithoutAreaCode(phone.clone())));
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// `0592-1234567`, with an optional extension, or a service number of three to five digits (110, 12345, 96xxx).
fn has_area_code(phone: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = phone.splitn(3, '-');
    let (first, second, extension) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    if extension.is_some_and(|e| !is_digits(e) || e.len() > 6) || !is_digits(first) {
        return false;
    }
    match second {
        Some(number) => {
            first.starts_with('0') && (3..=4).contains(&first.len()) && is_digits(number) && (7..=8).contains(&number.len())
        }
        None => {
            (3..=5).contains(&first.len()) && !first.starts_with('0')
                || first.starts_with('0') && (10..=12).contains(&first.len())
        }
    }
}

fn themes(item: &Item, found: &mut Vec<FaultKind>) {
    use super::Audience;
    let people = item.audience.contains(&Audience::Person);
    let bodies = item.audience.iter().any(|who| *who != Audience::Person);
    let sets = [(ThemeSet::Natural, people, &item.themes.natural), (ThemeSet::Legal, bodies, &item.themes.legal)];
    for (set, may_apply, codes) in sets {
        match (may_apply, codes.is_empty()) {
            (true, true) => found.push(FaultKind::AudienceWithoutTheme(set)),
            (false, false) => found.push(FaultKind::ThemeWithoutAudience(set)),
            (true, false) | (false, true) => {}
        }
    }
}

/// 其他材料, 需要提供的相关材料, 法律法规规定的其他资料, 其他相关证明 …: says nothing about what to bring.
fn is_catch_all(name: &str) -> bool {
    let name = name.replace("其它", "其他");
    let endings = ["其他材料", "其他资料", "其他文件", "其他证明材料", "相关材料", "相关资料", "有关材料", "有关资料"];
    name.starts_with("其他相关") || endings.iter().any(|ending| name.ends_with(ending))
}

const fn set_name(set: ThemeSet) -> &'static str {
    match set {
        ThemeSet::Natural => "个人",
        ThemeSet::Legal => "企业和组织",
    }
}

const fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Apply => "申请",
        Stage::Precheck => "预审",
        Stage::Accept => "受理",
        Stage::Review => "审核",
        Stage::Decide => "审批",
        Stage::Finish => "办结",
        Stage::Deliver => "送达",
    }
}
