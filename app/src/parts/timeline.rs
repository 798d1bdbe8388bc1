//! A running case, newest last: done ● now ◉ next ○.

use crate::{doors, lang};
use domain::cases::documents::DocumentKind;
use domain::cases::view::{DocumentLink, TimelineLine};
use domain::cases::{DeliveryWay, Ending, Event, NonAcceptance, Outcome, Stage};
use domain::clock::{hall_day, hall_time};
use leptos::prelude::*;
use words::{Lang, document, stage as s, timeline as w};

/// What happened, where it is, what comes.
#[component]
pub fn Timeline(
    lines: Vec<TimelineLine>,
    stage: Stage,
    /// Title of the open node and the day it is due.
    now: Option<(String, Option<chrono::NaiveDate>)>,
    /// Titles of what is still to come.
    next: Vec<String>,
    /// Documents may be opened (the applicant), or are only named (anybody with the query code).
    #[prop(optional)]
    documents: bool,
) -> impl IntoView {
    let lang = lang();
    let done = lines.into_iter().filter_map(|line| done_line(lang, line, documents)).collect_view();
    let now = match &stage {
        Stage::PreReview => Some((w::now_pre_review(lang).to_owned(), now.and_then(|now| now.1))),
        Stage::AwaitingSupplement { until } => Some((w::now_supplement(lang).to_owned(), Some(*until))),
        Stage::Granted | Stage::Issued => Some((w::now_delivery(lang).to_owned(), now.and_then(|now| now.1))),
        Stage::Handling { .. } | Stage::Suspended { .. } => now,
        Stage::Ended { .. } => None,
    };
    let now = now.map(|(title, due)| {
        let by = due.map(|day| view! { <p>{w::now_by(lang, words::month_day(lang, day))}</p> });
        view! { <li data-state="now" aria-current="step">{title}{by}</li> }
    });
    let next = next.into_iter().map(|title| view! { <li data-state="next">{title}</li> }).collect_view();
    view! { <ol class="timeline">{done}{now}{next}</ol> }
}

fn done_line(lang: Lang, line: TimelineLine, documents: bool) -> Option<impl IntoView + use<>> {
    let (title, detail) = event_words(lang, &line)?;
    let local = hall_time(line.at).format("%Y-%m-%dT%H:%M").to_string();
    let when = format!("{}（{}）", words::date_time(lang, line.at), words::weekday(lang, hall_day(line.at)));
    let when = if lang.is_chinese() { when } else { when.replace('（', " (").replace('）', ")") };
    let detail = detail.map(|text| view! { <p>{text}</p> });
    let document = line.document.map(|link| view! { <p><DocumentName link open=documents/></p> });
    Some(view! { <li data-state="done">{title}<time datetime=local>{when}</time>{detail}{document}</li> })
}

/// Link to a document, or its name while it is being made.
#[component]
pub fn DocumentName(link: DocumentLink, open: bool) -> impl IntoView {
    let lang = lang();
    let name = document_words(lang, link.kind);
    match (open, link.ready) {
        (true, true) => view! { <a href=doors::document(link.id) rel="external">{name}</a> }.into_any(),
        (true, false) => view! { {name}" "<span class="small muted">{document::making(lang)}</span> }.into_any(),
        (false, _) => name.into_any(),
    }
}

/// 受理通知书.
pub fn document_words(lang: Lang, kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Receipt => document::receipt(lang),
        DocumentKind::SupplementNotice => document::supplement_notice(lang),
        DocumentKind::AcceptanceNotice => document::acceptance_notice(lang),
        DocumentKind::NonAcceptanceNotice => document::non_acceptance_notice(lang),
        DocumentKind::SpecialProcedureNotice => document::special_procedure_notice(lang),
        DocumentKind::ExtensionNotice => document::extension_notice(lang),
        DocumentKind::SiteCheckRecord => document::site_check_record(lang),
        DocumentKind::GrantDecision => document::grant_decision(lang),
        DocumentKind::RefusalDecision => document::refusal_decision(lang),
        DocumentKind::BenefitGrant => document::benefit_grant(lang),
        DocumentKind::BenefitRefusal => document::benefit_refusal(lang),
        DocumentKind::ServiceGrant => document::service_grant(lang),
        DocumentKind::ServiceRefusal => document::service_refusal(lang),
        DocumentKind::WithdrawalNotice => document::withdrawal_notice(lang),
        DocumentKind::TerminationNotice => document::termination_notice(lang),
        DocumentKind::Certificate => document::certificate(lang),
        DocumentKind::DeliveryReceipt => document::delivery_receipt(lang),
    }
}

/// What an event is called to a citizen; who has the case on which desk is not their business.
/// What happened, in words: a title, and what more there is to say. `None` for what concerns the office alone.
pub fn event_words(lang: Lang, line: &TimelineLine) -> Option<(String, Option<String>)> {
    let plain = |text: &str| Some((text.to_owned(), None));
    let because = |text: &str| (!text.is_empty()).then(|| w::reason(lang, text));
    let node = line.node_title.clone().unwrap_or_default();
    match &line.event {
        Event::Submitted(_) => plain(w::submitted(lang)),
        Event::Claimed { .. } | Event::Released { .. } => None,
        Event::SupplementAsked { items, until, .. } => {
            let names = items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>().join(if lang.is_chinese() {
                "；"
            } else {
                "; "
            });
            let until = w::supplement_until(lang, words::month_day(lang, *until));
            Some((
                w::supplement_asked(lang, items.len()),
                Some(format!("{until}{}{names}", if lang.is_chinese() { "：" } else { ": " })),
            ))
        }
        Event::Supplemented { .. } => plain(w::supplemented(lang)),
        Event::SupplementLapsed => plain(w::supplement_lapsed(lang)),
        Event::Accepted { .. } => plain(w::accepted(lang)),
        Event::DeemedAccepted { .. } => Some((w::deemed_accepted(lang).to_owned(), Some(w::deemed_why(lang).to_owned()))),
        Event::NotAccepted { ground, reason } => Some((
            w::not_accepted(lang).to_owned(),
            match ground {
                NonAcceptance::NotOurs { agency } => Some(w::not_accepted_agency(lang, agency)),
                NonAcceptance::NoPermitNeeded | NonAcceptance::Other => because(reason),
            },
        )),
        Event::Suspended { procedure, expected_days, .. } => {
            Some((w::suspended(lang, procedure), (*expected_days > 0).then(|| w::suspended_days(lang, expected_days))))
        }
        Event::Resumed { .. } => plain(w::resumed(lang)),
        Event::Extended { days, reason } => Some((w::extended(lang, days), because(reason))),
        Event::NodeDone { outcome, site_check, .. } => {
            let title = match outcome {
                Outcome::Pass => w::node_passed(lang, node),
                Outcome::Fail => w::node_done(lang, node),
                Outcome::Return => w::node_returned(lang, node),
            };
            Some((title, site_check.as_ref().map(|check| w::site_check(lang, check.staff.len()))))
        }
        Event::Asked { until, .. } => Some((w::asked(lang, node), Some(w::asked_until(lang, words::month_day(lang, *until))))),
        Event::HandedOver { unit_name, node: Some(_), .. } => Some((w::handed_beside(lang, unit_name), None)),
        Event::HandedOver { unit_name, node: None, .. } => Some((w::handed_over(lang, unit_name), None)),
        Event::Decided { granted: true, .. } => plain(w::granted(lang)),
        Event::Decided { granted: false, reason, .. } => Some((w::refused(lang).to_owned(), because(reason))),
        Event::CertificateIssued { number, .. } => {
            Some((w::certificate_issued(lang).to_owned(), Some(w::certificate_number(lang, number))))
        }
        Event::Delivered { way, recipient, .. } => {
            let title = match way {
                DeliveryWay::Electronic => w::delivered_electronic(lang),
                DeliveryWay::Window => w::delivered_window(lang),
                DeliveryWay::Post => w::delivered_post(lang),
            };
            Some((
                title.to_owned(),
                (!recipient.is_empty() && *way != DeliveryWay::Electronic).then(|| w::delivered_to(lang, recipient)),
            ))
        }
        Event::Withdrawn { .. } => plain(w::withdrawn(lang)),
        Event::Rated { stars, .. } => plain(&w::rated(lang, stars)),
    }
}

/// 待预审 · 办理中 · 办完了: the tag of a stage, and what colour it has.
pub fn stage_words(lang: Lang, stage: &Stage) -> (super::Kind, &'static str) {
    use super::Kind;
    match stage {
        Stage::PreReview => (Kind::Now, s::pre_review(lang)),
        Stage::AwaitingSupplement { .. } => (Kind::Warn, s::awaiting_supplement(lang)),
        Stage::Handling { .. } => (Kind::Now, s::handling(lang)),
        Stage::Suspended { .. } => (Kind::Plain, s::suspended(lang)),
        Stage::Granted => (Kind::Ok, s::granted(lang)),
        Stage::Issued => (Kind::Ok, s::issued(lang)),
        Stage::Ended { how } => {
            let kind = match how {
                Ending::Delivered => Kind::Ok,
                Ending::Refused | Ending::NotAccepted | Ending::SupplementLapsed => Kind::Bad,
                Ending::Withdrawn => Kind::Plain,
            };
            (kind, words::ending(lang, *how))
        }
    }
}
