//! A citizen submits: the walk of docs/ARCHITECTURE.md.

use super::documents;
use super::record::{load, office, perform, row_of};
use crate::fault::{Answer, Fault, clear_text};
use crate::forms::{drafts, signing};
use crate::hall::{Ask, Procedure};
use crate::joint::{self, Apart};
use crate::{notification, once};
use chrono::NaiveDate;
use domain::Refusal;
use domain::cases::view::Receipt;
use domain::cases::{Case, CaseNumber, Command, Doer, Filing, JointRef, Office, begin};
use domain::clock::received_on;
use domain::forms::{Answers, Judged, Reading, Reason, Verdict, absorb_declarations, fingerprint, ready, settle, validate};
use domain::identity::PartyKind;
use domain::refusal::Thing;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::cases::CaseAnswersRow;
use store::forms::uploads;
use store::idempotency::{Claim, Once};
use store::{NewEvent, Unit, cases, data_keys, idempotency, new_id, retry, serials};
use uuid::Uuid;

/// SHA-256 of what opens a case to whoever holds number and query code.
pub(crate) fn query_code_hash(number: &str, code: &str) -> String {
    hex::encode(Sha256::digest(format!("{number}:{}", code.trim().to_uppercase())))
}

/// Hand in a draft. The same key gives the same receipt, however often it is sent (R6).
pub async fn submit(ask: &Ask, draft: Uuid, key: &str, pairs: &[(String, String)]) -> Answer<Receipt> {
    let key = once::key(key)?;
    retry(|| async {
        // of a joint form the files are copied first: the unit that hands it in stays short
        let apart = joint::apart(ask, draft).await?;
        submit_once(ask, draft, key, pairs, apart.as_ref()).await
    })
    .await
}

async fn submit_once(ask: &Ask, draft: Uuid, key: &str, pairs: &[(String, String)], apart: Option<&Apart>) -> Answer<Receipt> {
    let mut ticked: Vec<&str> = pairs.iter().filter_map(|(n, _)| n.strip_prefix("d.")).collect();
    ticked.sort_unstable();
    let body = format!("{draft} {}", ticked.join(","));
    let once = Once::new(&ask.label(), "cases.submit", key, body.as_bytes());
    let mut unit = ask.unit().await?;
    match idempotency::claim(&mut unit, &once).await? {
        Claim::Fresh => {}
        Claim::Replay(answer) => {
            let mut receipt: Receipt = serde_json::from_value(answer)?;
            receipt.query_code = documents::query_code(ask, &mut unit, receipt.case).await?;
            return Ok(receipt);
        }
        Claim::Crossed => return Err(Refusal::KeyCrossed.into()),
    }
    let receipt = match apart {
        Some(apart) => joint::hand_in(ask, &mut unit, draft, pairs, apart).await?,
        None => hand_in(ask, &mut unit, draft, pairs).await?,
    };
    // the query code rests sealed in the receipt only
    idempotency::answer(&mut unit, &once, &json!(Receipt { query_code: None, ..receipt.clone() })).await?;
    unit.save().await?;
    Ok(receipt)
}

/// What handing in a draft does, in a unit that the caller saves.
pub(crate) async fn hand_in(ask: &Ask, unit: &mut Unit, draft: Uuid, pairs: &[(String, String)]) -> Answer<Receipt> {
    hand_in_with(ask, unit, draft, pairs, None).await
}

/// The same, of a matter that is handed in with others: they share one number, and one query code.
pub(crate) async fn hand_in_with(
    ask: &Ask,
    unit: &mut Unit,
    draft: Uuid,
    pairs: &[(String, String)],
    together: Option<(&JointRef, &str)>,
) -> Answer<Receipt> {
    let open = drafts::load(ask, unit, draft).await?;
    if open.changes.is_some() {
        return Err(Refusal::FormChanged { item: open.procedure.item.name.clone() }.into());
    }
    let form = open.form()?;
    let mut answers = open.answers.clone();
    absorb_declarations(form, pairs, &mut answers);
    let problems = validate(form, &answers, open.day);
    if !problems.is_empty() {
        let count = u32::try_from(problems.len()).unwrap_or(u32::MAX);
        return Err(Refusal::FormHasProblems { count }.into());
    }
    // what was filed is the office's to decide (行政许可法第三十二条), also when a supplement changes an answer
    if open.row.case_id.is_none()
        && let Some(barred) = Reading::new(form, &answers, open.day).judged().into_iter().find(Judged::bars)
        && let Verdict::Unmet { message, message_en } = barred.verdict
    {
        return Err(Refusal::NotEligible { message, message_en }.into());
    }
    if let Some(missing) = ready(form, &answers, open.day).into_iter().next() {
        return Err(Refusal::DeclarationMissing { label: missing.label }.into());
    }
    let signatures = signing::complete(ask, unit, &open).await?;
    let answers = settle(form, &answers, open.day);
    let hash = fingerprint(&answers);
    let received = received_on(ask.at, None, ask.hall.calendar());
    let receipt = match open.row.case_id {
        Some(case) => {
            let loaded = load(ask, unit, case).await?;
            if loaded.case.applicant.party != open.me.party.id {
                return Err(Fault::missing(Thing::Case));
            }
            let doer = Doer::Applicant { account: open.me.account };
            let number = loaded.case.number.clone();
            let skips = loaded.flow()?.skipped(form, &answers, open.day);
            let fees = loaded.flow()?.charges(form, &answers, open.day);
            let command = Command::Supplement { answers_hash: hash.clone(), received_on: received, skips, fees };
            let (case, _) = perform(ask, unit, loaded, &doer, command).await?;
            keep_answers(ask, unit, &case, &answers, &hash).await?;
            Receipt { case: case.id, number, query_code: None, joint: None }
        }
        None => {
            let procedure = open.procedure.clone();
            let flow = procedure.flow.as_ref().ok_or_else(|| Fault::broken("a form without a flow"))?;
            let (office, _) = receiver(unit, &procedure, &answers, open.day).await?;
            let area = &ask.hall.settings().area_code;
            let serial = serials::next(unit, area, ask.today()).await?;
            let number = CaseNumber::compose(area, ask.today(), serial).map_err(|f| Fault::broken(format!("{f:?}")))?;
            let number = number.as_str().to_owned();
            let organisation = open.me.party.kind == PartyKind::Organisation;
            let filing = Filing {
                number: number.clone(),
                procedure: procedure.item.code.to_string(),
                procedure_version: procedure.version,
                item_name: procedure.item.name.clone(),
                situation: form.situation(&answers),
                unit: office.unit,
                unit_name: office.name,
                party: open.me.party.id,
                organisation,
                applicant_name: open.me.party.name.clone(),
                agent_name: (open.me.person.id != open.me.party.id).then(|| open.me.person.name.clone()),
                account: open.me.account,
                answers_hash: hash.clone(),
                received_on: received,
                skips: flow.skipped(form, &answers, open.day),
                joint: together.map(|(joint, _)| joint.clone()),
                fees: flow.charges(form, &answers, open.day),
                signatures,
            };
            let case = Case::open(new_id(ask.at), &filing, ask.at);
            let event = begin(filing);
            let code = together.map_or_else(|| clear_text(6), |(_, code)| code.to_owned());
            cases::add(unit, &row_of(&case, flow, ask, query_code_hash(&number, &code))?).await?;
            // the draft's key becomes the case's: nothing is encrypted twice
            data_keys::hand_over(unit, ("draft", draft), ("case", case.id)).await?;
            let payload = serde_json::to_value(&event)?;
            let id = unit.append(NewEvent::new("case", case.id, event.kind(), payload).seq(1).at(ask.at));
            keep_answers(ask, unit, &case, &answers, &hash).await?;
            documents::order_receipt(ask, unit, &case, &procedure, flow, &code).await?;
            notification::tell(unit, ask, &case, &event, id).await?;
            Receipt { case: case.id, number, query_code: Some(code), joint: None }
        }
    };
    leave_behind(unit, draft, &answers).await?;
    uploads::hand_over(unit, draft, receipt.case).await?;
    store::forms::signatures::remove_of(unit, draft).await?;
    store::forms::drafts::remove(unit, draft).await?;
    Ok(receipt)
}

/// Uploads of questions that are not asked are no part of the application and go no further.
async fn leave_behind(unit: &mut Unit, draft: Uuid, answers: &Answers) -> Answer<()> {
    let handed_in = drafts::uploads_of(answers);
    for upload in uploads::list_by_draft(unit, draft).await? {
        if !handed_in.contains(&upload.id) {
            uploads::remove(unit, upload.id).await?;
        }
    }
    Ok(())
}

/// The office that receives, and the answers that make it this one: by the rules of the flow, else the item's department.
pub(crate) async fn receiver(
    tx: &mut store::Tx,
    procedure: &Procedure,
    answers: &Answers,
    day: NaiveDate,
) -> Answer<(Office, Vec<Reason>)> {
    let form = procedure.form.as_ref().ok_or_else(|| Fault::broken("a flow without a form"))?;
    let Some(intake) = procedure.flow.as_ref().and_then(|flow| flow.intake.as_ref()) else {
        let unit = procedure.unit.ok_or_else(|| Fault::broken("a procedure without a unit"))?;
        return Ok((Office { unit, name: procedure.unit_name.clone() }, Vec::new()));
    };
    let (code, because) = {
        let reading = Reading::new(form, answers, day);
        let route = intake.route(&reading).ok_or_else(|| Fault::broken("no office receives these answers"))?;
        (&route.office, reading.because_of(route.when.as_ref()))
    };
    Ok((office(tx, code).await?, because))
}

async fn keep_answers(ask: &Ask, unit: &mut Unit, case: &Case, answers: &Answers, hash: &str) -> Answer<()> {
    let key = data_keys::ensure(unit, ask.store().keys(), "case", case.id).await?;
    let sealed = key.seal_json(cases::ANSWERS, &format!("{}:{}", case.id, case.revision), answers)?;
    let row =
        CaseAnswersRow { case_id: case.id, revision: case.revision, answers: sealed, hash: hash.to_owned(), created_at: ask.at };
    Ok(cases::add_answers(unit, &row).await?)
}

/// The answers in force, opened.
pub(crate) async fn answers_of(ask: &Ask, tx: &mut store::Tx, case: &Case) -> Answer<Answers> {
    let row = cases::answers(tx, case.id).await?.ok_or_else(|| Fault::broken("a case without answers"))?;
    let key = data_keys::find(tx, ask.store().keys(), "case", case.id).await?;
    let key = key.ok_or_else(|| Fault::broken("a case without a key"))?;
    Ok(key.open_json(cases::ANSWERS, &format!("{}:{}", case.id, row.revision), &row.answers)?)
}
