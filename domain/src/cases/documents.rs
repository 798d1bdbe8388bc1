//! Which event makes which document (行政许可法第三十二、三十八、四十二、四十四、四十五条).

use super::event::Event;
use super::flow::Manner;
use serde::{Deserialize, Serialize};

/// A document of a case. The names are those of `press` templates and of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 收件凭证
    Receipt,
    /// 补正材料一次性告知书
    SupplementNotice,
    /// 受理通知书
    AcceptanceNotice,
    /// 不予受理通知书
    NonAcceptanceNotice,
    /// 特别程序告知书
    SpecialProcedureNotice,
    /// 延期告知书
    ExtensionNotice,
    /// 现场核查记录
    SiteCheckRecord,
    /// 准予行政许可决定书
    GrantDecision,
    /// 不予行政许可决定书
    RefusalDecision,
    /// 给付确认通知书
    BenefitGrant,
    /// 不予给付决定书
    BenefitRefusal,
    /// 确认、登记、备案 or a public service: the result, under the title its procedure gives it.
    ServiceGrant,
    /// The same, refused.
    ServiceRefusal,
    /// 撤回申请终止办理通知书
    WithdrawalNotice,
    /// 终止办理通知书
    TerminationNotice,
    /// 证照
    Certificate,
    /// 送达回证
    DeliveryReceipt,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::Receipt,
        Self::SupplementNotice,
        Self::AcceptanceNotice,
        Self::NonAcceptanceNotice,
        Self::SpecialProcedureNotice,
        Self::ExtensionNotice,
        Self::SiteCheckRecord,
        Self::GrantDecision,
        Self::RefusalDecision,
        Self::BenefitGrant,
        Self::BenefitRefusal,
        Self::ServiceGrant,
        Self::ServiceRefusal,
        Self::WithdrawalNotice,
        Self::TerminationNotice,
        Self::Certificate,
        Self::DeliveryReceipt,
    ];

    /// The name in rows and templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::SupplementNotice => "supplement_notice",
            Self::AcceptanceNotice => "acceptance_notice",
            Self::NonAcceptanceNotice => "non_acceptance_notice",
            Self::SpecialProcedureNotice => "special_procedure_notice",
            Self::ExtensionNotice => "extension_notice",
            Self::SiteCheckRecord => "site_check_record",
            Self::GrantDecision => "grant_decision",
            Self::RefusalDecision => "refusal_decision",
            Self::BenefitGrant => "benefit_grant",
            Self::BenefitRefusal => "benefit_refusal",
            Self::ServiceGrant => "service_grant",
            Self::ServiceRefusal => "service_refusal",
            Self::WithdrawalNotice => "withdrawal_notice",
            Self::TerminationNotice => "termination_notice",
            Self::Certificate => "certificate",
            Self::DeliveryReceipt => "delivery_receipt",
        }
    }

    /// What tells its kind in the document number: 青市监受〔2026〕12 号. Each kind counts by itself, so no two share a mark.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Receipt => "收",
            Self::SupplementNotice => "补",
            Self::AcceptanceNotice => "受",
            Self::NonAcceptanceNotice => "不受",
            Self::SpecialProcedureNotice => "特",
            Self::ExtensionNotice => "延",
            Self::SiteCheckRecord => "核",
            Self::GrantDecision => "许",
            Self::RefusalDecision => "不许",
            Self::BenefitGrant => "给",
            Self::BenefitRefusal => "不给",
            Self::ServiceGrant => "办",
            Self::ServiceRefusal => "不办",
            Self::WithdrawalNotice => "撤",
            Self::TerminationNotice => "止",
            Self::Certificate => "证",
            Self::DeliveryReceipt => "送",
        }
    }
}

/// The document that says the decision.
pub fn decision_kind(granted: bool, manner: Manner) -> DocumentKind {
    match (manner, granted) {
        (Manner::Permit, true) => DocumentKind::GrantDecision,
        (Manner::Permit, false) => DocumentKind::RefusalDecision,
        (Manner::Benefit, true) => DocumentKind::BenefitGrant,
        (Manner::Benefit, false) => DocumentKind::BenefitRefusal,
        (Manner::Service, true) => DocumentKind::ServiceGrant,
        (Manner::Service, false) => DocumentKind::ServiceRefusal,
    }
}

/// The document an event makes, if any.
pub fn made_by(event: &Event, manner: Manner) -> Option<DocumentKind> {
    match event {
        Event::Submitted(_) => Some(DocumentKind::Receipt),
        Event::SupplementAsked { .. } => Some(DocumentKind::SupplementNotice),
        Event::Accepted { .. } | Event::DeemedAccepted { .. } => Some(DocumentKind::AcceptanceNotice),
        Event::NotAccepted { .. } => Some(DocumentKind::NonAcceptanceNotice),
        Event::Suspended { .. } => Some(DocumentKind::SpecialProcedureNotice),
        Event::Extended { .. } => Some(DocumentKind::ExtensionNotice),
        Event::NodeDone { site_check: Some(_), .. } => Some(DocumentKind::SiteCheckRecord),
        Event::Decided { granted, .. } => Some(decision_kind(*granted, manner)),
        Event::CertificateIssued { .. } => Some(DocumentKind::Certificate),
        Event::Delivered { .. } => Some(DocumentKind::DeliveryReceipt),
        Event::SupplementLapsed => Some(DocumentKind::TerminationNotice),
        Event::Withdrawn { .. } => Some(DocumentKind::WithdrawalNotice),
        Event::Claimed { .. }
        | Event::Released { .. }
        | Event::Supplemented { .. }
        | Event::Resumed { .. }
        | Event::HandedOver { .. }
        | Event::Asked { .. }
        | Event::NodeDone { site_check: None, .. }
        | Event::Rated { .. } => None,
    }
}
