//! Certificates: issued with the decision, kept in the library, verified by anybody.

use crate::cases::issuer;
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Procedure};
use chrono::Datelike;
use domain::Refusal;
use domain::cases::{Case, CertificateKind, Command, Flow, Validity};
use domain::certificates::view::{CertificateLine, Verdict, VerifyPage};
use domain::certificates::{Facts, SignedCertificate, TypedFact, bytes_to_sign, check_file, digest, has_run_out};
use domain::forms::{Answers, Form, Kind, Reading, Shown, SummaryEntry, summary};
use domain::identity::numbers::{CertificateMark, OrganisationCode, mask_id};
use domain::identity::permission::{as_applicant, owner};
use domain::refusal::{Saying, Thing};
use serde_json::{Map, Value, json};
use store::certificates::CertificateRow;
use store::{NewEvent, Tx, Unit, certificates as rows, new_id, serials};
use uuid::Uuid;

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
    match form.place(field).map(|p| &p.field.kind) {
        Some(Kind::CitizenId) => mask_id(code),
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
        type_code: kind.library.clone().unwrap_or_else(|| procedure.item.code.to_string()),
        type_name: kind.name.clone(),
        number: number.clone(),
        holder_party: case.applicant.party,
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
    for old in replaced(unit, kind, form, &answers, &row).await? {
        if rows::change_state(unit, old, "valid", "superseded").await? {
            unit.append(NewEvent::new("certificate", old, "superseded", json!({ "by": id })).at(ask.at));
        }
    }
    rows::add(unit, &row).await?;
    Ok(Command::Issue { id, number, mark: mark.to_string(), valid_until })
}

/// The certificates that `new` takes the place of: the holder's own, of the same kind. A number that is not one of these says
/// nothing: many papers are older than the hall, and nobody ends another's certificate by naming it.
async fn replaced(
    unit: &mut Unit,
    kind: &CertificateKind,
    form: &Form,
    answers: &Answers,
    new: &CertificateRow,
) -> Answer<Vec<Uuid>> {
    let reading = Reading::new(form, answers, new.issued_on);
    let Some(replaces) = kind.replaces.as_ref().filter(|r| reading.holds(r.when.as_ref(), None)) else { return Ok(Vec::new()) };
    let found = match replaces.field.as_deref() {
        // a masked code is not one person's alone, the name beside it nearly is
        None => {
            let mut held = rows::list_by_party(unit, new.holder_party, None, 100).await?.rows;
            held.retain(|old| old.holder_name == new.holder_name);
            held
        }
        Some(field) if !reading.is_asked(field) => Vec::new(),
        Some(field) => named(unit, answers.one(field)).await?,
    };
    Ok(found.into_iter().filter(|old| same_holder_and_kind(old, new)).map(|old| old.id).collect())
}

/// The certificates with this number, or of the case whose decision bears it.
async fn named(tx: &mut Tx, number: &str) -> Answer<Vec<CertificateRow>> {
    let squeezed = number.split_whitespace().collect::<String>().to_uppercase();
    if let Some(row) = rows::find_by_number(tx, &squeezed).await? {
        return Ok(vec![row]);
    }
    match store::documents::find_by_number(tx, number.trim()).await? {
        Some(decision) => Ok(rows::find_by_case(tx, decision.case_id).await?),
        None => Ok(Vec::new()),
    }
}

/// Of the same party and, when it holds certificates for others (a parent, an agent), of the same person.
fn same_holder_and_kind(old: &CertificateRow, new: &CertificateRow) -> bool {
    let code =
        |row: &CertificateRow| serde_json::from_str(&row.signed_json).ok().map(|file: SignedCertificate| file.facts.holder_code);
    old.type_code == new.type_code && old.holder_party == new.holder_party && code(old) == code(new)
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

/// Certificates of the acting party.
pub async fn certificates(ask: &Ask) -> Answer<Vec<CertificateLine>> {
    let me = as_applicant(&ask.actor)?;
    let page = rows::list_by_party(&mut ask.store().glance().await?, me.party.id, None, 100).await?;
    Ok(page.rows.into_iter().map(|row| line(ask, row)).collect())
}

fn line(ask: &Ask, row: CertificateRow) -> CertificateLine {
    let over = row.state == "valid" && has_run_out(row.valid_until, ask.today());
    CertificateLine {
        id: row.id,
        type_code: row.type_code,
        name: ask.certificate_name(&row.type_name),
        number: row.number,
        holder: row.holder_name,
        issuer: row.issuer_name,
        issued_on: row.issued_on,
        valid_until: row.valid_until,
        state: if over { "expired".to_owned() } else { row.state },
    }
}

/// The signed file of one's own certificate, with its name.
pub async fn certificate_file(ask: &Ask, id: Uuid) -> Answer<(String, String)> {
    let me = as_applicant(&ask.actor)?;
    let row = rows::find(&mut ask.store().glance().await?, id).await?;
    let row = row.ok_or_else(|| Fault::missing(Thing::Certificate))?;
    owner(me, row.holder_party, Thing::Certificate)?;
    // another office's certificate: we hold its record and use it, but the signed file is theirs to give
    if row.signed_json.is_empty() {
        let record = json!({
            "name": row.type_name, "number": row.number, "holder": row.holder_name, "issuer": row.issuer_name,
            "issued_on": row.issued_on, "valid_until": row.valid_until, "state": row.state,
            "note": "证照库中的登记信息，不是签发机关签名的电子证照文件",
        });
        return Ok((format!("{}.json", row.id), serde_json::to_string_pretty(&record)?));
    }
    let file: SignedCertificate = serde_json::from_str(&row.signed_json)?;
    Ok((format!("{}.json", row.number), serde_json::to_string_pretty(&file)?))
}

/// The typeset sheet of one's own certificate, as a document of its case.
pub async fn certificate_sheet(ask: &Ask, id: Uuid) -> Answer<Option<Uuid>> {
    let me = as_applicant(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let row = rows::find(&mut tx, id).await?.ok_or_else(|| Fault::missing(Thing::Certificate))?;
    owner(me, row.holder_party, Thing::Certificate)?;
    let Some(case) = row.case_id else { return Ok(None) };
    let documents = store::documents::list_by_case(&mut tx, case).await?;
    let wanted = domain::cases::documents::DocumentKind::Certificate.name();
    Ok(documents.into_iter().find(|d| d.kind == wanted).map(|d| d.id))
}

fn standing(ask: &Ask, state: &str, facts: &Facts) -> Verdict {
    if state != "valid" {
        return Verdict::NoLongerValid { state: state.to_owned() };
    }
    match facts.valid_until {
        Some(on) if has_run_out(Some(on), ask.today()) => Verdict::Expired { on },
        Some(_) | None => Verdict::Genuine,
    }
}

/// Verify by number (or mark) and the holder's name. A stranger needs both.
pub async fn verify(ask: &Ask, number: &str, holder: &str) -> Answer<VerifyPage> {
    let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (number, holder) = (squeeze(number), squeeze(holder));
    if number.is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::CertificateNumber }.into());
    }
    if holder.is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::Holder }.into());
    }
    let mut tx = ask.store().glance().await?;
    let row = match rows::find_by_number(&mut tx, &number.to_uppercase()).await? {
        Some(row) => Some(row),
        None => rows::find_by_mark(&mut tx, &number.to_uppercase()).await?,
    };
    let Some(row) = row.filter(|r| squeeze(&r.holder_name) == holder) else {
        return Ok(VerifyPage { verdict: Verdict::NotFound, facts: None, digest: None, checked_at: ask.at });
    };
    // the stored file is checked too: a register that was tampered with proves nothing
    let mut page = verify_text(ask, &row.signed_json);
    if let (Verdict::Genuine, Some(facts)) = (&page.verdict, &page.facts) {
        page.verdict = standing(ask, &row.state, facts);
    }
    Ok(page)
}

fn verify_text(ask: &Ask, text: &str) -> VerifyPage {
    match check_file(text) {
        Err(fault) => VerifyPage { verdict: Verdict::NotGenuine { fault }, facts: None, digest: None, checked_at: ask.at },
        Ok(file) => {
            let ours = ask.store().keys().public_keys().iter().any(|(_, key)| key.eq_ignore_ascii_case(&file.public_key));
            VerifyPage {
                verdict: if ours { Verdict::Genuine } else { Verdict::UnknownIssuer },
                digest: Some(file.digest),
                facts: Some(file.facts),
                checked_at: ask.at,
            }
        }
    }
}

/// Verify a file, and look up whether it still holds.
pub async fn verify_file(ask: &Ask, text: &str) -> Answer<VerifyPage> {
    let mut page = verify_text(ask, text);
    if let (Verdict::Genuine, Some(facts)) = (&page.verdict, &page.facts) {
        let row = rows::find_by_mark(&mut ask.store().glance().await?, &facts.mark).await?;
        page.verdict = match row {
            Some(row) => standing(ask, &row.state, facts),
            None => Verdict::NotFound,
        };
    }
    Ok(page)
}
