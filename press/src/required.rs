//! Which facts a document may not be issued without. The law's list comes first, the layout's second.

use crate::facts::{Remedies, SheetFacts};
use crate::faults::PressFault;
use crate::sheet::SheetKind;

/// Refuses a sheet that would come out without something it must say.
///
/// # Errors
/// [`PressFault::MissingFact`] naming the first fact that is missing.
pub fn check(kind: SheetKind, facts: &SheetFacts) -> Result<(), PressFault> {
    match first_missing(kind, facts) {
        Some(fact) => Err(PressFault::MissingFact { sheet: kind, fact }),
        None => Ok(()),
    }
}

fn first_missing(kind: SheetKind, f: &SheetFacts) -> Option<&'static str> {
    if kind == SheetKind::BlankForm {
        let asks = f.blank.as_ref().is_some_and(|form| !form.parts.is_empty());
        return missing(&[("issuer", !blank(&f.issuer)), ("item_name", !blank(&f.item_name)), ("blank", asks)]);
    }
    // Written vouchers carry the agency's seal and the date (行政许可法 art. 32.2).
    let mut needs = vec![("issuer", !blank(&f.issuer)), ("issued_on", f.issued_on.is_some())];
    if kind == SheetKind::Certificate {
        let c = f.certificate.as_ref();
        needs.extend([
            ("certificate", c.is_some()),
            ("certificate.name", c.is_some_and(|c| !blank(&c.name))),
            ("certificate.number", c.is_some_and(|c| !blank(&c.number))),
            ("certificate.holder", c.is_some_and(|c| !blank(&c.holder))),
        ]);
        return missing(&needs);
    }
    needs.extend([
        ("case_number", !blank(&f.case_number)),
        ("item_name", !blank(&f.item_name)),
        ("applicant_name", !blank(&f.applicant_name)),
    ]);
    if numbered(kind) {
        needs.push(("document_number", f.document_number.as_deref().is_some_and(|n| !blank(n))));
    }
    match kind {
        SheetKind::Receipt => needs.extend([
            ("query_code", f.query_code.as_deref().is_some_and(|code| !blank(code))),
            ("submitted_on", f.submitted_on.is_some()),
        ]),
        SheetKind::SupplementNotice => needs.extend([
            ("submitted_on", f.submitted_on.is_some()),
            ("supplement_items", all_said(f.supplement_items.iter().map(|item| &item.what_is_wrong))),
            ("supplement_items.name", f.supplement_items.iter().all(|item| !blank(&item.name))),
            ("supplement_deadline", f.supplement_deadline.is_some()),
        ]),
        SheetKind::AcceptanceNotice => {
            needs.extend([("accepted_on", f.accepted_on.is_some()), ("promised_due", f.promised_due.is_some())])
        }
        SheetKind::NonAcceptanceNotice | SheetKind::TerminationNotice | SheetKind::BenefitRefusal => {
            needs.push(("reasons", all_said(f.reasons.iter())));
            needs.extend(remedies(f.remedies.as_ref()));
        }
        // Article 38.2: reasons, and the right to 复议 and 诉讼.
        SheetKind::RefusalDecision => {
            needs.push(("decided_on", f.decided_on.is_some()));
            needs.push(("reasons", all_said(f.reasons.iter())));
            needs.push(("legal_basis", all_said(f.legal_basis.iter())));
            needs.extend(remedies(f.remedies.as_ref()));
        }
        SheetKind::GrantDecision => needs.push(("decided_on", f.decided_on.is_some())),
        SheetKind::BenefitGrant => needs.extend([
            ("decided_on", f.decided_on.is_some()),
            ("benefit.amount", f.benefit.as_ref().is_some_and(|b| !blank(&b.amount))),
        ]),
        SheetKind::ServiceGrant | SheetKind::ServiceRefusal => {
            needs.extend([("decided_on", f.decided_on.is_some()), ("outcome", f.outcome.as_deref().is_some_and(|o| !blank(o)))]);
            // whoever does not get what was asked for is told why and where to turn
            if kind == SheetKind::ServiceRefusal || f.replies {
                needs.push(("reasons", all_said(f.reasons.iter())));
                needs.extend(remedies(f.remedies.as_ref()));
            }
        }
        // Article 45: the time needed is told in writing.
        SheetKind::SpecialProcedureNotice => needs.extend([
            ("special.kind", f.special.as_ref().is_some_and(|s| !blank(&s.kind))),
            ("special.reason", f.special.as_ref().is_some_and(|s| !blank(&s.reason))),
            ("special.expected_days", f.special.as_ref().is_some_and(|s| s.expected_days > 0)),
        ]),
        // Article 42: the reasons for the extension are told.
        SheetKind::ExtensionNotice => needs.extend([
            ("accepted_on", f.accepted_on.is_some()),
            ("extension.days", f.extension.as_ref().is_some_and(|e| e.days > 0)),
            ("extension.reason", f.extension.as_ref().is_some_and(|e| !blank(&e.reason))),
        ]),
        SheetKind::WithdrawalNotice => {}
        // Article 34.3: two or more staff.
        SheetKind::SiteCheckRecord => {
            let check = f.site_check.as_ref();
            needs.extend([
                ("site_check.date", check.is_some_and(|c| c.date.is_some())),
                ("site_check.staff", check.is_some_and(|c| c.staff.len() >= 2 && all_said(c.staff.iter()))),
                ("site_check.findings", check.is_some_and(|c| all_said(c.findings.iter()))),
                ("site_check.conclusion", check.is_some_and(|c| !blank(&c.conclusion))),
            ]);
        }
        SheetKind::DeliveryReceipt => needs.extend([
            ("delivery.documents", f.delivery.as_ref().is_some_and(|d| all_said(d.documents.iter()))),
            ("delivery.manner", f.delivery.as_ref().is_some_and(|d| !blank(&d.manner))),
        ]),
        // Returned above.
        SheetKind::Certificate | SheetKind::BlankForm => {}
    }
    missing(&needs)
}

/// Receipts, records and 送达回证 are kept under the case number; everything else bears a number of its own.
fn numbered(kind: SheetKind) -> bool {
    match kind {
        SheetKind::Receipt
        | SheetKind::SiteCheckRecord
        | SheetKind::DeliveryReceipt
        | SheetKind::Certificate
        | SheetKind::BlankForm => false,
        SheetKind::SupplementNotice
        | SheetKind::AcceptanceNotice
        | SheetKind::NonAcceptanceNotice
        | SheetKind::GrantDecision
        | SheetKind::RefusalDecision
        | SheetKind::BenefitGrant
        | SheetKind::BenefitRefusal
        | SheetKind::ServiceGrant
        | SheetKind::ServiceRefusal
        | SheetKind::SpecialProcedureNotice
        | SheetKind::ExtensionNotice
        | SheetKind::WithdrawalNotice
        | SheetKind::TerminationNotice => true,
    }
}

fn remedies(remedies: Option<&Remedies>) -> [(&'static str, bool); 5] {
    [
        ("remedies", remedies.is_some()),
        ("remedies.review_body", remedies.is_some_and(|r| !blank(&r.review_body))),
        ("remedies.review_days", remedies.is_some_and(|r| r.review_days > 0)),
        ("remedies.court", remedies.is_some_and(|r| !blank(&r.court))),
        ("remedies.suit_months", remedies.is_some_and(|r| r.suit_months > 0)),
    ]
}

fn missing(needs: &[(&'static str, bool)]) -> Option<&'static str> {
    needs.iter().find(|(_, there)| !there).map(|(fact, _)| *fact)
}

fn all_said<'a>(lines: impl ExactSizeIterator<Item = &'a String>) -> bool {
    lines.len() > 0 && lines.into_iter().all(|line| !blank(line))
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}
