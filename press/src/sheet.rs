//! Which documents the hall issues, and what one order for a document is.

use serde::{Deserialize, Serialize};

use crate::facts::SheetFacts;

/// A document the hall hands to people. The Chinese name in each line is the title printed on the sheet
/// unless [`SheetFacts::title`] says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// 收件凭证 — papers received, not yet accepted.
    Receipt,
    /// 补正材料一次性告知书 (行政许可法 art. 32.1(4)).
    SupplementNotice,
    /// 受理通知书 (行政许可法 art. 32.1(5), 32.2).
    AcceptanceNotice,
    /// 不予受理通知书 (行政许可法 art. 32.1(1) and (2), 32.2).
    NonAcceptanceNotice,
    /// 准予行政许可决定书 (行政许可法 art. 38.1).
    GrantDecision,
    /// 不予行政许可决定书 (行政许可法 art. 38.2).
    RefusalDecision,
    /// 给付确认通知书 — a benefit, which is no permit.
    BenefitGrant,
    /// 不予给付决定书.
    BenefitRefusal,
    /// 办理结果通知书 — 确认、登记、备案 or a public service; or the reply to a request.
    ServiceGrant,
    /// The same, refused.
    ServiceRefusal,
    /// 特别程序告知书 (行政许可法 art. 45).
    SpecialProcedureNotice,
    /// 延期告知书 (行政许可法 art. 42).
    ExtensionNotice,
    /// 撤回申请终止办理通知书 — ended because the applicant asked for it.
    WithdrawalNotice,
    /// 终止办理通知书 — ended by the agency, with reasons and remedies.
    TerminationNotice,
    /// 现场核查记录 (行政许可法 art. 34.3: two or more staff).
    SiteCheckRecord,
    /// 送达回证.
    DeliveryReceipt,
    /// 证照, landscape, with border and QR code.
    Certificate,
    /// 空白表: a form to be filled in by hand. Nobody issues it, and it bears no seal.
    BlankForm,
}

impl SheetKind {
    /// Every kind, in the order a case meets them.
    pub const ALL: [SheetKind; 17] = [
        SheetKind::Receipt,
        SheetKind::SupplementNotice,
        SheetKind::AcceptanceNotice,
        SheetKind::NonAcceptanceNotice,
        SheetKind::SpecialProcedureNotice,
        SheetKind::ExtensionNotice,
        SheetKind::SiteCheckRecord,
        SheetKind::GrantDecision,
        SheetKind::RefusalDecision,
        SheetKind::BenefitGrant,
        SheetKind::BenefitRefusal,
        SheetKind::ServiceGrant,
        SheetKind::ServiceRefusal,
        SheetKind::WithdrawalNotice,
        SheetKind::TerminationNotice,
        SheetKind::DeliveryReceipt,
        SheetKind::Certificate,
    ];

    /// The title printed when the facts bring none.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            SheetKind::Receipt => "收件凭证",
            SheetKind::SupplementNotice => "补正材料一次性告知书",
            SheetKind::AcceptanceNotice => "受理通知书",
            SheetKind::NonAcceptanceNotice => "不予受理通知书",
            SheetKind::GrantDecision => "准予行政许可决定书",
            SheetKind::RefusalDecision => "不予行政许可决定书",
            SheetKind::BenefitGrant => "给付确认通知书",
            SheetKind::BenefitRefusal => "不予给付决定书",
            SheetKind::ServiceGrant => "办理结果通知书",
            SheetKind::ServiceRefusal => "不予办理决定书",
            SheetKind::SpecialProcedureNotice => "特别程序告知书",
            SheetKind::ExtensionNotice => "延期告知书",
            SheetKind::WithdrawalNotice => "撤回申请终止办理通知书",
            SheetKind::TerminationNotice => "终止办理通知书",
            SheetKind::SiteCheckRecord => "现场核查记录",
            SheetKind::DeliveryReceipt => "送达回证",
            SheetKind::Certificate => "证照",
            SheetKind::BlankForm => "空白表",
        }
    }

    /// The newest template version of this kind: what a new document is made with. Old versions stay, because
    /// an event names the version its document was made with.
    #[must_use]
    pub const fn current_version(self) -> u32 {
        1
    }
}

/// One order for a document: the same sheet always gives the same bytes on the same fonts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Which document.
    pub kind: SheetKind,
    /// Which version of its template; see [`SheetKind::current_version`].
    pub version: u32,
    /// What is printed on it.
    pub facts: SheetFacts,
}

impl Sheet {
    /// A sheet of the newest template version.
    #[must_use]
    pub fn new(kind: SheetKind, facts: SheetFacts) -> Self {
        Self { kind, version: kind.current_version(), facts }
    }
}
