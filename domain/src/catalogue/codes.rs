//! The closed code sets an item speaks in: GB/T 39046-2020 Annex A and the exchange practice of connected platforms.
//!
//! Only sets of which the meaning is certain are compiled in. Sets that localities change (themes, numeric codes of a
//! particular platform) stay in the editable [`CodeTables`](super::CodeTables).

use serde::{Deserialize, Serialize};

/// Declares an enum whose stored form is the code of its table, with its official name.
macro_rules! coded {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $label:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $code)] $variant,)+ }

        impl $name {
            /// Every value, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as stored and exchanged.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The official Chinese name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The value of a code; `None` when the table has no such code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

coded! {
    /// 事项类型 (table A.1, `task_type`): the kinds people apply for online. 处罚, 强制, 征收 and 检查 exist in the
    /// table but are never applied for, so the hall has no value for them.
    ItemType {
        /// A permit under the licensing law.
        Permit = "01", "行政许可";
        /// Money or help a person is entitled to.
        Benefit = "05", "行政给付";
        /// A fact or status confirmed.
        Confirmation = "07", "行政确认";
        /// A reward.
        Reward = "08", "行政奖励";
        /// A ruling between parties.
        Ruling = "09", "行政裁决";
        /// Filing and other powers.
        OtherPower = "10", "其他行政权力";
        /// A public service that is no exercise of power.
        PublicService = "20", "公共服务";
    }
}

coded! {
    /// 行使层级 (table A.2, `use_level`).
    Level {
        /// State.
        State = "1", "国家级";
        /// Province.
        Province = "2", "省级";
        /// Prefecture-level city.
        City = "3", "市级";
        /// County or district.
        County = "4", "县级";
        /// Town or street.
        Town = "5", "镇（乡、街道）级";
        /// Village or residents' community.
        Village = "6", "村（社区）级";
        /// Split over levels.
        Split = "7", "分级管理";
    }
}

coded! {
    /// 服务对象 (table A.4, `server_type`). The exchange practice uses other numbers for 5 and 6: map at the connector.
    Audience {
        /// A natural person.
        Person = "1", "自然人";
        /// An enterprise.
        Enterprise = "2", "企业法人";
        /// A public institution.
        Institution = "3", "事业法人";
        /// A social organisation.
        Social = "4", "社会组织法人";
        /// An administrative body.
        Agency = "5", "行政机关";
        /// Sole traders and other organisations.
        Other = "6", "其他组织";
    }
}

coded! {
    /// 办件类型 (table A.6, `project_type`).
    CaseKind {
        /// Done on the spot.
        Instant = "1", "即办件";
        /// Done within a promised time.
        Promised = "2", "承诺件";
        /// Passed on, joint and other kinds.
        Other = "9", "其他";
    }
}

coded! {
    /// 办理形式 (table A.5, `handle_type`).
    HandleForm {
        /// At the counter.
        Counter = "1", "窗口办理";
        /// Online, computer.
        Web = "2", "网上办理（电脑端）";
        /// Online, phone.
        Phone = "3", "网上办理（移动端）";
        /// Papers sent by post or courier.
        Mail = "4", "快递申请";
        /// Another form.
        Other = "9", "其他";
    }
}

coded! {
    /// 网办等级, the four-level scheme (`domain.md` §1.2).
    Depth {
        /// Ⅰ: read about it online, apply at the counter.
        Guide = "1", "Ⅰ级（信息公开、窗口办理）";
        /// Ⅱ: checked online first, two visits.
        Precheck = "2", "Ⅱ级（原件预审）";
        /// Ⅲ: handled online, originals checked on one visit.
        Originals = "3", "Ⅲ级（原件核验）";
        /// Ⅳ: no visit at all.
        Whole = "4", "Ⅳ级（全程网办）";
    }
}

coded! {
    /// 实施主体性质 (table A.3, `dept_type`).
    AgencyNature {
        /// A body established by law.
        Lawful = "1", "法定机关";
        /// An authorised organisation.
        Authorised = "2", "授权组织";
        /// An entrusted organisation.
        Entrusted = "3", "受委托组织";
        /// Another kind.
        Other = "9", "其他";
    }
}

coded! {
    /// 权力来源 (`power_source`, exchange practice).
    PowerSource {
        /// This level's own by law.
        OwnByLaw = "1", "法定本级行使";
        /// Handed down.
        HandedDown = "2", "上级下放";
        /// Authorised from above.
        AuthorisedAbove = "3", "上级授权";
        /// Authorised at the same level.
        AuthorisedPeer = "4", "同级授权";
        /// Entrusted from above.
        EntrustedAbove = "5", "上级委托";
        /// Entrusted at the same level.
        EntrustedPeer = "6", "同级委托";
    }
}

coded! {
    /// 通办范围 (`handle_area`): where one may apply for it.
    Area {
        /// Anywhere in the country.
        Country = "1", "全国";
        /// Anywhere in the province.
        Province = "2", "全省";
        /// Anywhere in the city.
        City = "3", "全市";
        /// Anywhere in the district.
        County = "4", "全县";
        /// Anywhere in the town.
        Town = "5", "全镇";
        /// Across villages.
        Villages = "6", "跨村（社区）";
    }
}

coded! {
    /// 事项状态 (`task_state`).
    ItemState {
        /// In use.
        InUse = "1", "在用";
        /// Suspended.
        Suspended = "2", "暂停";
        /// Abolished.
        Abolished = "3", "取消";
    }
}

coded! {
    /// 材料必要性 (`is_need`).
    Necessity {
        /// Always.
        Required = "1", "必要";
        /// Only in some situations.
        Situational = "2", "非必要";
        /// May follow after acceptance (容缺后补).
        Later = "3", "容缺后补";
    }
}

coded! {
    /// 材料类型.
    MaterialKind {
        /// A certificate, licence or proof.
        Certificate = "1", "证件证书证明";
        /// A form or document to fill in.
        Form = "2", "申请表格文书";
        /// Anything else.
        Other = "3", "其他";
    }
}

coded! {
    /// 材料形式.
    MaterialForm {
        /// On paper.
        Paper = "1", "纸质";
        /// Electronic.
        Electronic = "2", "电子化";
        /// Either.
        Either = "3", "纸质或电子化";
    }
}

coded! {
    /// 原件要求. Numeric codes are of medium confidence: map at the connector.
    Original {
        /// The original.
        Original = "1", "原件";
        /// A copy.
        Copy = "2", "复印件";
        /// Both.
        Both = "3", "原件和复印件";
        /// Either.
        Either = "4", "原件或复印件";
    }
}

coded! {
    /// 材料来源渠道. Numeric codes are of medium confidence: map at the connector.
    Source {
        /// The applicant makes it.
        Applicant = "10", "申请人自备";
        /// A government body issued it.
        Government = "20", "政府部门核发";
        /// Somebody else.
        Other = "99", "其他";
    }
}

coded! {
    /// 审批结果类型 (`result_type`). Numeric codes are of medium confidence: map at the connector.
    ResultKind {
        /// A certificate or licence: the case ends by issuing it (出证办结).
        Certificate = "10", "证照";
        /// A written decision.
        Decision = "20", "批文";
        /// Something else: a payment, a number, a receipt.
        Other = "30", "其他";
        /// Nothing is handed out.
        Nothing = "99", "无";
    }
}

/// Whether this hall takes the application online today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Apply {
    /// A form is open at `/apply/{code}`.
    Online,
    /// The guide says how to apply at the counter or by post; online filing is not open yet.
    Guide,
}

/// 办理环节: the stages every flow is told in (`domain.md` §1.4 rule 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 申请.
    Apply,
    /// 预审, before acceptance; not counted in the limit.
    Precheck,
    /// 受理: the clock starts.
    Accept,
    /// 审核, with inspections, checks of means and public notices.
    Review,
    /// 审批: the decision.
    Decide,
    /// 办结.
    Finish,
    /// 送达.
    Deliver,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Audience, ItemType, Level};

    #[test]
    fn stored_form_is_the_code_of_the_table() {
        assert_eq!(serde_json::to_string(&ItemType::Permit).unwrap(), "\"01\"");
        for kind in ItemType::ALL {
            assert_eq!(ItemType::from_code(kind.code()), Some(*kind));
            assert_eq!(serde_json::from_str::<ItemType>(&format!("\"{}\"", kind.code())).unwrap(), *kind);
        }
        assert_eq!(ItemType::from_code("02"), None, "punishments are not applied for");
        assert_eq!(Audience::from_code("6").map(Audience::name), Some("其他组织"));
        assert_eq!(Level::ALL.len(), 7);
    }
}
