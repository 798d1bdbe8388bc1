//! Documents of a case: ordered in the unit that decides, typeset by a worker outside of it.

use super::record::load;
use super::submit::answers_of;
use crate::fault::{Answer, Fault, clear_text};
use crate::hall::{Ask, Hall, Procedure};
use crate::notification::access;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::cases::documents::{DocumentKind, made_by};
use domain::cases::view::DocumentLink;
use domain::cases::{Case, DeliveryWay, Event, Flow, Manner, NonAcceptance};
use domain::clock::{Limit, LimitUnit, hall_day};
use domain::forms::{Have, materials_needed};
use domain::identity::permission::{Somebody, as_somebody, as_staff, handler, sees};
use domain::refusal::Thing;
use serde_json::{Value, json};
use std::time::Duration;
use store::documents::DocumentRow;
use store::{DataKey, NewEvent, Store, Tx, Unit, data_keys, documents, leases, new_id, serials};
use uuid::Uuid;

/// Version of the templates that new documents are typeset with.
const TEMPLATES: i64 = 1;
/// Tries before a document is given up and the operator is told.
const TRIES: i64 = 5;

/// What turns facts into a PDF. `server` brings one made of `press`, so that nobody below pays for its compile time.
pub trait Typesetter: Send + Sync {
    /// `kind` is [`DocumentKind::name`]; `facts` are those of `press::SheetFacts`.
    ///
    /// # Errors
    /// A sentence for the log.
    fn typeset(&self, kind: &str, version: i64, facts: &Value) -> Result<Vec<u8>, String>;
}

/// A document to send.
pub struct DocumentBody {
    pub pdf: Vec<u8>,
    pub file_name: String,
}

fn limit_words(limit: Limit) -> String {
    match limit.unit {
        LimitUnit::WorkingDay => format!("{} 个工作日", limit.value),
        LimitUnit::NaturalDay => format!("{} 日", limit.value),
        LimitUnit::Month => format!("{} 个月", limit.value),
        LimitUnit::OnTheSpot => "当场".to_owned(),
    }
}

/// Facts every document carries.
fn common(ask: &Ask, case: &Case, procedure: &Procedure, flow: &Flow) -> Value {
    let settings = ask.hall.settings();
    let item = &procedure.item;
    json!({
        "issuer": issuer(ask, case),
        "case_number": spaced(&case.number),
        "item_name": item.name,
        "item_code": item.implementation_code,
        "is_permit": flow.result.manner == Manner::Permit,
        "situation": case.situation,
        "applicant_name": case.applicant.name,
        "applicant_is_organisation": case.applicant.organisation,
        "agent_name": case.applicant.agent,
        "submitted_on": hall_day(case.submitted_at),
        "accepted_on": case.acceptance.as_ref().map(|a| a.on),
        "decided_on": case.decision.as_ref().map(|d| d.on),
        "issued_on": ask.today(),
        "promised_days": flow.promised.map_or_else(|| limit_words(Limit::on_the_spot()), limit_words),
        // what is decided at once is due on the day itself
        "promised_due": case.promised(flow, ask.hall.calendar()).and_then(|d| d.due).or_else(|| case.acceptance.as_ref().map(|a| a.on)),
        "statutory": flow.statutory.map(limit_words),
        "legal_basis": item.basis.iter().map(|b| b.says()).collect::<Vec<_>>(),
        "contact": { "office": case.unit_name, "phone": "12345" },
        "verify_url": format!("{}/verify", settings.public_url),
        "demo": settings.demo,
    })
}

/// 机关全称: the place in front of the unit's name, once.
pub(crate) fn issuer(ask: &Ask, case: &Case) -> String {
    let place = &ask.hall.settings().place_name;
    let unit = case.unit_name.trim_start_matches('区');
    if unit.starts_with(place.as_str()) { unit.to_owned() } else { format!("{place}{unit}") }
}

fn spaced(number: &str) -> String {
    domain::cases::CaseNumber::parse(number).map_or_else(|_| number.to_owned(), |n| n.grouped())
}

fn merge(base: &mut Value, more: Value) {
    if let (Some(base), Value::Object(more)) = (base.as_object_mut(), more) {
        base.extend(more);
    }
}

fn remedies(ask: &Ask) -> Value {
    let settings = ask.hall.settings();
    json!({ "review_body": settings.review_body, "review_days": 60, "court": settings.court, "suit_months": 6 })
}

/// What an event adds to the common facts.
fn particular(ask: &Ask, case: &Case, flow: &Flow, event: &Event) -> Value {
    match event {
        Event::SupplementAsked { items, until, .. } => {
            json!({ "supplement_items": items, "supplement_deadline": until })
        }
        Event::NotAccepted { ground, reason } => {
            let (first, agency) = match ground {
                NonAcceptance::NoPermitNeeded => (Some("申请事项依法不需要取得行政许可。".to_owned()), None),
                NonAcceptance::NotOurs { agency } => {
                    (Some("申请事项依法不属于本机关职权范围。".to_owned()), Some(agency.clone()))
                }
                NonAcceptance::Other => (None, None),
            };
            let reasons: Vec<String> = first.into_iter().chain([reason.clone()]).collect();
            json!({ "reasons": reasons, "right_agency": agency, "remedies": remedies(ask) })
        }
        Event::Suspended { procedure, reason, expected_days, from } => json!({
            "special": { "kind": procedure, "reason": reason, "expected_days": expected_days, "from": from }
        }),
        Event::Extended { days, reason } => json!({
            "extension": {
                "days": days, "reason": reason,
                "new_due": case.promised(flow, ask.hall.calendar()).and_then(|d| d.due),
            }
        }),
        Event::NodeDone { site_check: Some(check), outcome, .. } => json!({
            "site_check": {
                "date": check.on, "staff": check.staff,
                "findings": check.findings.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>(),
                "conclusion": if *outcome == domain::cases::Outcome::Pass { "符合要求" } else { "不符合要求" },
            }
        }),
        Event::Decided { granted, reason, answer, .. } => decided(ask, flow, *granted, reason, answer.as_deref()),
        Event::SupplementLapsed => json!({
            "reasons": ["在补正材料一次性告知书写明的期限内没有收到补正材料。"], "remedies": remedies(ask),
        }),
        Event::Withdrawn { reason } => json!({ "reasons": [reason] }),
        Event::Delivered { way, recipient, note } => json!({
            "delivery": {
                "documents": handed_out(case, flow),
                "manner": match way {
                    DeliveryWay::Electronic => "电子送达",
                    DeliveryWay::Window => "窗口领取",
                    DeliveryWay::Post => "邮寄送达",
                },
                "by": [case.unit_name],
                "received_by": recipient, "received_on": ask.today(), "note": note,
            }
        }),
        Event::Submitted(_)
        | Event::Claimed { .. }
        | Event::Released { .. }
        | Event::Supplemented { .. }
        | Event::Accepted { .. }
        | Event::DeemedAccepted { .. }
        | Event::Resumed { .. }
        | Event::NodeDone { .. }
        | Event::Asked { .. }
        | Event::HandedOver { .. }
        | Event::CertificateIssued { .. }
        | Event::Rated { .. } => json!({}),
    }
}

/// The decision in the words of its law: title, what is decided, reasons, remedies, what is paid.
fn decided(ask: &Ask, flow: &Flow, granted: bool, reason: &str, answer: Option<&str>) -> Value {
    let result = &flow.result;
    let chosen = answer.and_then(|code| result.answers.iter().find(|a| a.code == code));
    let (title, says) =
        if granted { (&result.granted_title, &result.granted_says) } else { (&result.refused_title, &result.refused_says) };
    let reasons: Vec<&str> = reason.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    json!({
        "title": title,
        "outcome": chosen.map_or_else(|| says.clone(), |a| Some(a.says.clone())),
        "replies": chosen.is_some(),
        "reasons": reasons,
        "remedies": (!granted || chosen.is_some()).then(|| {
            let mut told = remedies(ask);
            merge(&mut told, json!({ "review_first": result.review_first }));
            told
        }),
        "benefit": result.payment.as_ref().filter(|_| granted).map(|p| json!({
            "amount": p.amount, "manner": p.manner, "from": month_after(ask.today()),
        })),
    })
}

/// What a decision says where a certificate was to end (注销、停用) and not to be issued.
async fn ending(ask: &Ask, tx: &mut Tx, case: &Case, procedure: &Procedure, flow: &Flow, event: &Event) -> Answer<Value> {
    let Event::Decided { granted, .. } = event else { return Ok(json!({})) };
    if !case.ends_certificate() {
        return Ok(json!({}));
    }
    let ended = if *granted { crate::certificates::to_end(ask, tx, case, procedure, flow).await? } else { Vec::new() };
    let names: Vec<String> = ended.iter().map(|row| format!("{}（{}）", row.type_name, row.number)).collect();
    let mut facts = json!({ "cancelled": (!names.is_empty()).then(|| names.join("、")) });
    if flow.result.manner == Manner::Permit
        && let Some(situation) = &case.situation
    {
        let word = if *granted { "准予" } else { "不予" };
        merge(&mut facts, json!({ "ends": true, "title": format!("{word}{situation}决定书") }));
    }
    Ok(facts)
}

/// What is handed over: the certificate, or the decision where it is all there is.
fn handed_out(case: &Case, flow: &Flow) -> Vec<String> {
    let named = case.certificate.as_ref().zip(flow.result.certificate.as_ref());
    let decision = || flow.result.granted_title.clone().unwrap_or_else(|| "决定书".to_owned());
    vec![named.map_or_else(decision, |((_, number), kind)| format!("{}（{number}）", kind.name))]
}

fn month_after(day: NaiveDate) -> String {
    let (year, month) = if day.month() == 12 { (day.year() + 1, 1) } else { (day.year(), day.month() + 1) };
    format!("{year} 年 {month} 月")
}

/// Order the document an event makes, if it makes one.
pub(super) async fn order(
    ask: &Ask,
    unit: &mut Unit,
    case: &Case,
    procedure: &Procedure,
    flow: &Flow,
    event: &Event,
) -> Answer<()> {
    let Some(kind) = made_by(event, flow.result.manner) else { return Ok(()) };
    let mut facts = common(ask, case, procedure, flow);
    merge(&mut facts, particular(ask, case, flow, event));
    merge(&mut facts, ending(ask, unit, case, procedure, flow, event).await?);
    if kind == DocumentKind::Certificate {
        let certificate = crate::certificates::sheet_facts(unit, case).await?;
        merge(&mut facts, certificate);
    }
    add(ask, unit, case, procedure, kind, facts).await
}

/// Order 收件凭证, the only document with the query code on it.
pub(super) async fn order_receipt(
    ask: &Ask,
    unit: &mut Unit,
    case: &Case,
    procedure: &Procedure,
    flow: &Flow,
    query_code: &str,
) -> Answer<()> {
    let mut facts = common(ask, case, procedure, flow);
    let answers = answers_of(ask, unit, case).await?;
    let materials: Vec<Value> = procedure
        .form
        .as_ref()
        .map(|form| materials_needed(form, &answers, ask.today()))
        .unwrap_or_default()
        .into_iter()
        .filter(|m| m.have != Have::Nothing)
        .map(|m| {
            let (copies, note) = match &m.have {
                Have::Certificate { .. } => (0, Some("电子证照库调取，免交")),
                Have::ThisForm => (1, Some("网上填写生成")),
                Have::Files(files) => (files.len(), None),
                Have::Answered => (1, Some("网上填写")),
                Have::Nothing => (0, None),
            };
            json!({ "name": m.name, "copies": copies, "form": "电子件", "note": note })
        })
        .collect();
    merge(&mut facts, json!({ "query_code": query_code, "materials": materials }));
    add(ask, unit, case, procedure, DocumentKind::Receipt, facts).await
}

async fn add(ask: &Ask, unit: &mut Unit, case: &Case, procedure: &Procedure, kind: DocumentKind, mut facts: Value) -> Answer<()> {
    let year = ask.today().year();
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_else(|| ask.today());
    // 机关代字: of the office that issues, which need not be the item's department (乡镇、街道受理)
    let own = procedure.unit == Some(case.unit);
    let name = if own { &procedure.item.department_short } else { &case.unit_name };
    let short: String = name.chars().filter(|c| *c != '局').take(2).collect();
    let place: String = ask.hall.settings().place_name.chars().take(1).collect();
    let mark = format!("{place}{short}{}", kind.mark());
    // counted by what is printed: an office that acts for itself and one that acts for another may bear the same 机关代字
    let number = loop {
        let number = format!("{mark}〔{year}〕{} 号", serials::next(unit, &mark, first).await?);
        // a hall that counted by office before passes over what it has given out
        if documents::find_by_number(unit, &number).await?.is_none() {
            break number;
        }
    };
    let verify_code = clear_text(8);
    merge(&mut facts, json!({ "document_number": number, "verify_code": verify_code }));
    let id = new_id(ask.at);
    let key = data_keys::ensure(unit, ask.store().keys(), "case", case.id).await?;
    let row = DocumentRow {
        id,
        case_id: case.id,
        kind: kind.name().into(),
        number,
        facts: key.seal_json(documents::FACTS, &id.to_string(), &facts)?,
        template_version: TEMPLATES,
        state: "wanted".into(),
        blob: None,
        sha256: None,
        attempts: 0,
        made_at: None,
        verify_code,
        created_at: ask.at,
    };
    Ok(documents::add(unit, &row).await?)
}

async fn facts_of(ask: &Ask, tx: &mut Tx, row: &DocumentRow) -> Answer<Value> {
    let key = data_keys::find(tx, ask.store().keys(), "case", row.case_id).await?;
    let key = key.ok_or_else(|| Fault::broken("a document without a key"))?;
    Ok(key.open_json(documents::FACTS, &row.id.to_string(), &row.facts)?)
}

/// The query code of a case, from its sealed receipt.
pub(crate) async fn query_code(ask: &Ask, tx: &mut Tx, case: Uuid) -> Answer<Option<String>> {
    let rows = documents::list_by_case(tx, case).await?;
    let Some(receipt) = rows.iter().find(|r| r.kind == DocumentKind::Receipt.name()) else { return Ok(None) };
    Ok(facts_of(ask, tx, receipt).await?.get("query_code").and_then(|v| v.as_str()).map(str::to_owned))
}

/// Links to the documents of a case, oldest first.
pub(super) async fn links(tx: &mut Tx, case: Uuid) -> Answer<Vec<DocumentLink>> {
    let rows = documents::list_by_case(tx, case).await?;
    rows.into_iter()
        .map(|r| {
            let kind = serde_json::from_value(Value::String(r.kind))?;
            Ok(DocumentLink { id: r.id, kind, number: r.number, ready: matches!(r.state.as_str(), "ready" | "on_demand") })
        })
        .collect()
}

/// A document for its applicant or for staff of the unit.
pub async fn document(ask: &Ask, id: Uuid, typesetter: &dyn Typesetter) -> Answer<DocumentBody> {
    let me = as_somebody(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let row = documents::find(&mut tx, id).await?.ok_or_else(|| Fault::missing(Thing::Document))?;
    let loaded = load(ask, &mut tx, row.case_id).await?;
    let own = match &me {
        // the certificate itself is its holder's, whoever applied; the other papers are the applicant's
        Somebody::Applicant(me) if row.kind == DocumentKind::Certificate.name() => {
            crate::certificates::holds_of_case(&mut tx, me.party.id, row.case_id).await?
        }
        Somebody::Applicant(_) | Somebody::Staff(_) => false,
    };
    if !own {
        sees(me, loaded.case.applicant.party, loaded.case.units(), Thing::Document)?;
    }
    let file_name = format!("{}-{}.pdf", row.kind, loaded.case.number);
    let blob = row.blob.clone();
    let (pdf, fresh) = match blob {
        Some(blob) => {
            let key = data_keys::find(&mut tx, ask.store().keys(), "case", row.case_id).await?;
            let key = key.ok_or_else(|| Fault::broken("a document without a key"))?;
            (ask.store().blobs().open_blob(&key, &blob).await?.read_all(64 << 20).await?, None)
        }
        // not made yet: make it now rather than let a person wait for the worker
        None => {
            let facts = facts_of(ask, &mut tx, &row).await?;
            let pdf = typesetter.typeset(&row.kind, row.template_version, &facts).map_err(Fault::broken)?;
            let key = data_keys::find(&mut tx, ask.store().keys(), "case", row.case_id).await?;
            (pdf, key.filter(|_| row.state == "on_demand"))
        }
    };
    drop(tx);
    // the worker will not come by: whoever opens it first has it kept
    if let Some(key) = fresh {
        keep(ask.store(), ask.at, &row, &key, &pdf).await?;
    }
    access(ask, "document", &id.to_string(), "opened").await?;
    Ok(DocumentBody { pdf, file_name })
}

/// What the decision would look like, before it is made. Nothing is kept and no number is used up.
pub async fn preview(ask: &Ask, id: Uuid, event: Event, typesetter: &dyn Typesetter) -> Answer<DocumentBody> {
    let me = as_staff(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let loaded = load(ask, &mut tx, id).await?;
    handler(me, loaded.case.units())?;
    let flow = loaded.flow()?;
    let kind = made_by(&event, flow.result.manner).ok_or_else(|| Fault::missing(Thing::Document))?;
    let after = loaded.case.clone().apply(&event, ask.at, flow);
    let mut facts = common(ask, &after, &loaded.procedure, flow);
    merge(&mut facts, particular(ask, &after, flow, &event));
    merge(&mut facts, ending(ask, &mut tx, &after, &loaded.procedure, flow, &event).await?);
    merge(&mut facts, json!({ "document_number": "（预览，尚未编号）", "demo": true }));
    let pdf = typesetter.typeset(kind.name(), TEMPLATES, &facts).map_err(Fault::broken)?;
    Ok(DocumentBody { pdf, file_name: format!("preview-{}.pdf", kind.name()) })
}

/// Keep a typeset document, and its hash in the log. Whoever made the same one a moment earlier has it kept already.
async fn keep(store: &Store, at: DateTime<Utc>, row: &DocumentRow, key: &DataKey, pdf: &[u8]) -> Answer<()> {
    let blob = store.blobs().put(key, pdf).await?;
    let mut unit = store.unit("hall", at).await?;
    if documents::ready(&mut unit, row.id, &blob.name, &blob.sha256, at).await? {
        let payload = json!({ "document": row.id, "kind": row.kind, "number": row.number, "sha256": blob.sha256 });
        unit.append(NewEvent::new("document", row.id, "typeset", payload).at(at));
    }
    Ok(unit.save().await?)
}

/// Typeset what was ordered and not made yet. Returns how many were made. One node at a time, under a lease.
pub async fn typeset_wanted(hall: &Hall, at: DateTime<Utc>, typesetter: std::sync::Arc<dyn Typesetter>) -> Answer<usize> {
    let store = hall.store();
    let wanted = documents::wanted(&mut store.glance().await?, 20).await?;
    if wanted.is_empty() || !leases::try_take(store.db(), "press", store.node(), Duration::from_secs(60)).await? {
        return Ok(0);
    }
    let ask = Ask::system(hall, at);
    let mut made = 0;
    for row in wanted {
        match set(&ask, &row, typesetter.clone()).await {
            // from here on it is the house's own trouble when something fails (its disk, its database), not this document's
            Ok((key, pdf)) => {
                keep(store, at, &row, &key, &pdf).await?;
                made += 1;
            }
            Err(fault @ Fault::Busy(_)) => return Err(fault),
            // it keeps no other waiting
            Err(fault @ (Fault::Refused(_) | Fault::Broken(_))) => {
                let mut unit = store.unit("hall", at).await?;
                let state = documents::failed(&mut unit, row.id, TRIES).await?;
                tracing::error!(document = %row.id, kind = %row.kind, %state, %fault, "could not be made");
                unit.save().await?;
            }
        }
    }
    Ok(made)
}

/// A document as PDF, and the key it is kept under. A typesetter that panics has failed.
async fn set(ask: &Ask, row: &DocumentRow, typesetter: std::sync::Arc<dyn Typesetter>) -> Answer<(DataKey, Vec<u8>)> {
    let mut tx = ask.store().read().await?;
    let facts = facts_of(ask, &mut tx, row).await?;
    let key = data_keys::find(&mut tx, ask.store().keys(), "case", row.case_id).await?;
    drop(tx);
    let key = key.ok_or_else(|| Fault::broken("a document without a key"))?;
    let (kind, version) = (row.kind.clone(), row.template_version);
    let pdf = tokio::task::spawn_blocking(move || typesetter.typeset(&kind, version, &facts)).await;
    Ok((key, pdf.map_err(Fault::broken)?.map_err(Fault::broken)?))
}
