//! A certificate comes with the decision that grants: number, mark, signed facts.

use super::holder;
use super::replaced::{Sought, replaced};
use crate::cases::issuer;
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Procedure};
use chrono::Datelike;
use domain::cases::{Case, CertificateKind, Command, Flow, Validity};
use domain::certificates::{Facts, SignedCertificate, TypedFact, bytes_to_sign, digest};
use domain::forms::{Answers, Form, NumberKind, Shown, SummaryEntry, summary};
use domain::identity::numbers::{CertificateMark, OrganisationCode, mask_id};
use serde_json::{Map, Value, json};
use store::certificates::CertificateRow;
use store::{NewEvent, Tx, Unit, certificates as rows, new_id, serials};

/// Certificate number beginning with the type's letters and the hall's area.
async fn number(ask: &Ask, unit: &mut Unit, prefix: &str) -> Answer<String> {
    let area = &ask.hall.settings().area_code;
    let first = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_else(|| ask.today());
    let serial = serials::next(unit, &format!("certificate.{prefix}"), first).await?;
    Ok(format!("{prefix}{area}{serial:08}"))
}

/// An answer as a certificate prints it, in Chinese.
fn printed(shown: &Shown) -> Option<String> {
    match shown {
        Shown::Text(text) => Some(text.clone()),
        Shown::Chosen(labels) => Some(labels.iter().map(|(zh, _)| zh.as_str()).collect::<Vec<_>>().join("、")),
        Shown::YesNo(yes) => Some(if *yes { "是" } else { "否" }.to_owned()),
        Shown::Date(day) => Some(format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day())),
        Shown::Number { text, unit, .. } => Some(format!("{text} {unit}").trim().to_owned()),
        Shown::Missing | Shown::Money(_) | Shown::Files(_) | Shown::Certificate { .. } | Shown::Entry(_) => None,
    }
}

fn entry<'s>(entries: &'s [SummaryEntry], field: &str) -> Option<&'s Shown> {
    entries.iter().find(|e| e.key == field).map(|e| &e.shown)
}

/// The holder's code: a person's is masked, an organisation's is public.
fn holder_code(form: &Form, answers: &Answers, field: &str) -> String {
    let code = answers.one(field);
    match form.place(field).and_then(|p| p.field.kind.number()) {
        Some(NumberKind::Citizen | NumberKind::Document) => mask_id(code),
        _ => code.to_owned(),
    }
}

/// Issue the certificate of a granted case: number, mark, signed facts, row. Returns the command that records it.
pub(crate) async fn issue(ask: &Ask, unit: &mut Unit, case: &Case, procedure: &Procedure, flow: &Flow) -> Answer<Command> {
    let kind = flow.result.certificate.as_ref().ok_or_else(|| Fault::broken("granted without a certificate to issue"))?;
    let form = procedure.form.as_ref().ok_or_else(|| Fault::broken("a case without a form"))?;
    let answers = crate::cases::answers_of(ask, unit, case).await?;
    let today = ask.today();
    let entries: Vec<SummaryEntry> = summary(form, &answers, today).into_iter().flat_map(|p| p.entries).collect();
    let department = crate::catalogue::credit_code(&procedure.item.department_code)?;
    let issuing = OrganisationCode::parse(&department).map_err(|f| Fault::broken(format!("{department}: {f:?}")))?;
    let number = number(ask, unit, &kind.number_prefix).await?;
    let type_code = format!("{department}{}", kind.type_serial);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let mark = CertificateMark::compose(&type_code, &issuing, &digits, 1);
    let mark = mark.map_err(|f| Fault::broken(format!("{f:?}")))?;
    let Validity { from: valid_from, until: valid_until } = kind.validity(form, &answers, today)?;
    let holder = match answers.one(&kind.holder) {
        "" => case.applicant.name.clone(),
        name => name.to_owned(),
    };
    let lines =
        kind.facts.iter().filter_map(|f| Some(TypedFact { label: f.label.clone(), value: printed(entry(&entries, &f.field)?)? }));
    let facts = Facts {
        name: kind.name.clone(),
        mark: mark.to_string(),
        number: number.clone(),
        holder: holder.clone(),
        holder_code: holder_code(form, &answers, &kind.holder_code),
        issuer: issuer(ask, case),
        issued_on: today,
        valid_from,
        valid_until,
        lines: lines.collect(),
    };
    let key = ask.store().keys().signing_key(&format!("issuer.{}", procedure.item.department_code))?;
    let bytes = bytes_to_sign(&facts).map_err(|f| Fault::broken(format!("{f:?}")))?;
    let file = SignedCertificate {
        public_key: hex::encode(key.public_key()),
        signature: hex::encode(key.sign(&bytes)),
        algorithm: "SM2-SM3".into(),
        facts,
    };
    let id = new_id(ask.at);
    // facts other forms may be filled from, by field name
    let mut held = Map::from_iter([("name".to_owned(), json!(holder)), ("valid_until".to_owned(), json!(valid_until))]);
    for fact in &kind.facts {
        if let Some(text) = entry(&entries, &fact.field).and_then(printed) {
            held.insert(fact.field.clone(), Value::String(text));
        }
    }
    let row = CertificateRow {
        id,
        mark: mark.to_string(),
        type_code: type_code_of(kind, procedure),
        type_name: kind.name.clone(),
        number: number.clone(),
        holder_party: case.applicant.party,
        holder_index: holder::named(ask, unit, kind, &answers, case.applicant.party).await?,
        holder_name: holder,
        issuer_unit: case.unit,
        issuer_name: issuer(ask, case),
        issued_on: today,
        valid_from,
        valid_until,
        state: "valid".into(),
        case_id: Some(case.id),
        facts: Value::Object(held),
        sealed_facts: None,
        signature: file.signature.clone(),
        signed_json: serde_json::to_string(&file)?,
        created_at: ask.at,
    };
    let sought = Sought {
        party: row.holder_party,
        index: row.holder_index.clone(),
        name: row.holder_name.clone(),
        code: file.facts.holder_code.clone(),
        type_code: row.type_code.clone(),
        on: today,
        own_index: None,
    };
    for CertificateRow { id: old, .. } in replaced(unit, kind, form, &answers, &sought).await? {
        if rows::change_state(unit, old, "valid", "superseded").await? {
            unit.append(NewEvent::new("certificate", old, "superseded", json!({ "by": id })).at(ask.at));
        }
    }
    rows::add(unit, &row).await?;
    Ok(Command::Issue { id, number, mark: mark.to_string(), valid_until })
}

/// The name of its kind in the library.
fn type_code_of(kind: &CertificateKind, procedure: &Procedure) -> String {
    kind.library.clone().unwrap_or_else(|| procedure.item.code.to_string())
}

/// The certificates that a case asks to be ended (注销) and that are its applicant's or the named holder's: of another's, the name has to fit
/// besides the number and the code. One that this hall has not issued is not among them; it ends by the decision alone.
pub(crate) async fn to_end(
    ask: &Ask,
    tx: &mut Tx,
    case: &Case,
    procedure: &Procedure,
    flow: &Flow,
) -> Answer<Vec<CertificateRow>> {
    let Some(kind) = flow.result.certificate.as_ref().filter(|_| case.ends_certificate()) else { return Ok(Vec::new()) };
    let form = procedure.form.as_ref().ok_or_else(|| Fault::broken("a case without a form"))?;
    let answers = crate::cases::answers_of(ask, tx, case).await?;
    let party = case.applicant.party;
    let own = holder::Own::of(tx, party).await?;
    let sought = Sought {
        party,
        index: holder::named(ask, tx, kind, &answers, party).await?,
        name: match answers.one(&kind.holder) {
            "" => case.applicant.name.clone(),
            name => name.to_owned(),
        },
        code: holder_code(form, &answers, &kind.holder_code),
        type_code: type_code_of(kind, procedure),
        on: ask.today(),
        own_index: own.index().map(str::to_owned),
    };
    let found = replaced(tx, kind, form, &answers, &sought).await?;
    let theirs = |old: &CertificateRow| own.holds(old) || old.holder_name == sought.name;
    // what another register keeps ends there; our record of it follows that register
    Ok(found.into_iter().filter(|old| old.case_id.is_some() && theirs(old)).collect())
}

/// Ends them, with the decision that grants it.
pub(crate) async fn end(ask: &Ask, unit: &mut Unit, case: &Case, procedure: &Procedure, flow: &Flow) -> Answer<()> {
    for old in to_end(ask, unit, case, procedure, flow).await? {
        if rows::change_state(unit, old.id, "valid", "cancelled").await? {
            unit.append(NewEvent::new("certificate", old.id, "cancelled", json!({ "case": case.id })).at(ask.at));
        }
    }
    Ok(())
}

/// Facts for typesetting the certificate of a case.
pub(crate) async fn sheet_facts(tx: &mut Tx, case: &Case) -> Answer<Value> {
    let row = rows::find_by_case(tx, case.id).await?.into_iter().next();
    let row = row.ok_or_else(|| Fault::broken("an issued case without a certificate"))?;
    let file: SignedCertificate = serde_json::from_str(&row.signed_json)?;
    let facts = file.facts;
    let bytes = bytes_to_sign(&facts).map_err(|f| Fault::broken(format!("{f:?}")))?;
    Ok(json!({
        "certificate": {
            "name": facts.name, "number": facts.number, "mark": facts.mark,
            "holder": facts.holder, "holder_code": facts.holder_code,
            "fields": facts.lines.iter().map(|l| (l.label.clone(), l.value.clone())).collect::<Vec<_>>(),
            "valid_from": facts.valid_from, "valid_until": facts.valid_until,
            "digest_hex": digest(&bytes),
        },
        "qr": format!("{}", facts.mark),
    }))
}
