//! Several people on one filing: one fills it in, the others check and sign. A signature stands over what was read, by its
//! fingerprint; whatever is changed afterwards makes it void, and nothing is handed in while one is missing.

use super::drafts::{Open, key_of, load, opened_to};
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use crate::identity::profile;
use crate::notification::tell_of_signature;
use chrono::Duration;
use domain::Refusal;
use domain::cases::Signed;
use domain::clock::hall_day;
use domain::forms::view::{SignerLine, SignerState, SigningLine, SigningPage};
use domain::forms::{Answers, Signer, changed, fingerprint, signers, substance, summary, validate};
use domain::identity::permission::{AsApplicant, as_applicant};
use domain::identity::{PartyKind, Power};
use domain::refusal::{Saying, Thing};
use serde_json::json;
use store::forms::drafts::{self as drafts_rows, DraftRow};
use store::forms::signatures::{self as rows, SUBSTANCE, SignatureRow, WORDS};
use store::identity::parties::{self, ID_NUMBER};
use store::{NewEvent, Tx, Unit, blind_index, new_id, retry};
use uuid::Uuid;

/// How long somebody who is asked may take.
const DAYS: i64 = 14;
/// Characters of the words with which a draft is given back.
const MOST_WORDS: usize = 500;
/// Drafts shown to somebody who is to sign them.
const MOST_WAITING: i64 = 20;

const ASKED: &str = "asked";
const SIGNED: &str = "signed";
const RETURNED: &str = "returned";

/// One who has to sign, with what came of asking them.
struct Standing {
    signer: Signer,
    digest: String,
    row: Option<SignatureRow>,
}

/// By which numbers the asker may be asked: as the person whose identity was verified, and as the organisation they act for with
/// all its powers.
async fn numbers_of(tx: &mut Tx, me: &AsApplicant) -> Answer<Vec<String>> {
    let mut own = vec![me.person.id];
    if me.party.kind == PartyKind::Organisation && me.power == Power::All {
        own.push(me.party.id);
    }
    let mut numbers = Vec::new();
    for party in own {
        if parties::find(tx, party).await?.is_some_and(|row| row.level > 0) {
            numbers.extend(blind_index::digest_of(tx, ID_NUMBER, "party", party).await?);
        }
    }
    Ok(numbers)
}

async fn standings(ask: &Ask, tx: &mut Tx, open: &Open) -> Answer<Vec<Standing>> {
    let form = open.form()?;
    // a supplement stands in a case that was signed when it was filed
    if form.signatories.is_empty() || open.row.case_id.is_some() {
        return Ok(Vec::new());
    }
    let firm = profile(tx, ask.store(), open.row.party_id).await?;
    let legal = (!firm.legal_person_id.is_empty()).then_some((firm.legal_person.as_str(), firm.legal_person_id.as_str()));
    let asked = rows::list_by_draft(tx, open.row.id).await?;
    let standing = |signer: Signer| {
        let digest = ask.store().keys().blind_index(ID_NUMBER, &signer.number);
        // whoever was asked under another number is somebody else
        let row = asked.iter().find(|row| row.signer == signer.key && row.digest == digest).cloned();
        Standing { signer, digest, row }
    };
    Ok(signers(form, &open.answers, open.day, legal).into_iter().map(standing).collect())
}

/// What the signer read the last time they signed.
async fn signed_before(ask: &Ask, tx: &mut Tx, open: &Open, row: &SignatureRow) -> Answer<Option<Answers>> {
    let Some(sealed) = &row.substance else { return Ok(None) };
    let key = key_of(ask, tx, &open.row).await?;
    Ok(Some(key.open_json(SUBSTANCE, &row.id.to_string(), sealed)?))
}

/// How it stands with everybody who has to sign, for whoever fills it in.
pub(super) async fn lines(ask: &Ask, tx: &mut Tx, open: &Open) -> Answer<Vec<SignerLine>> {
    let own = numbers_of(tx, &open.me).await?;
    let (form, now) = (open.form()?, substance(open.form()?, &open.answers, open.day));
    let hash = fingerprint(&now);
    let mut lines = Vec::new();
    for Standing { signer, digest, row } in standings(ask, tx, open).await? {
        let state = match row {
            _ if own.contains(&digest) => SignerState::Own,
            Some(row) if row.state == SIGNED && row.hash == hash => {
                SignerState::Signed { at: row.answered_at.unwrap_or(row.asked_at) }
            }
            Some(row) if row.state == SIGNED => {
                let before = signed_before(ask, tx, open, &row).await?.unwrap_or_default();
                SignerState::Void { changed: changed(form, &before, &now, open.day) }
            }
            Some(row) if row.state == RETURNED => {
                let key = key_of(ask, tx, &open.row).await?;
                let words = match &row.words {
                    Some(words) => key.open_json(WORDS, &row.id.to_string(), words)?,
                    None => String::new(),
                };
                SignerState::Returned { words }
            }
            Some(row) if row.expires_at > ask.at => SignerState::Asked { until: hall_day(row.expires_at), id: row.id },
            Some(_) | None => SignerState::NotAsked,
        };
        lines.push(SignerLine { key: signer.key, name: signer.name, state });
    }
    Ok(lines)
}

/// Everybody else's signature over what is handed in now.
///
/// # Errors
/// When one is missing, or stands over other answers.
pub(crate) async fn complete(ask: &Ask, tx: &mut Tx, open: &Open) -> Answer<Vec<Signed>> {
    let own = numbers_of(tx, &open.me).await?;
    let hash = fingerprint(&substance(open.form()?, &open.answers, open.day));
    let mut signatures = Vec::new();
    for Standing { signer, digest, row } in standings(ask, tx, open).await? {
        if own.contains(&digest) {
            continue;
        }
        let given = row.filter(|row| row.state == SIGNED && row.hash == hash).and_then(|row| row.account_id.zip(row.answered_at));
        let Some((account, at)) = given else {
            return Err(Refusal::SignatureMissing { name: signer.name }.into());
        };
        signatures.push(Signed { name: signer.name, account, at, hash: hash.clone() });
    }
    Ok(signatures)
}

/// Ask one of those who have to sign to check the draft as it is, or ask again after a change.
pub async fn ask_to_sign(ask: &Ask, draft: Uuid, signer: &str) -> Answer<()> {
    retry(|| async {
        as_applicant(&ask.actor)?;
        let mut unit = ask.unit().await?;
        let open = load(ask, &mut unit, draft).await?;
        let standing = standings(ask, &mut unit, &open).await?.into_iter().find(|s| s.signer.key == signer);
        let Some(standing) = standing else { return Err(Refusal::SignatureStale.into()) };
        if standing.signer.number.is_empty() || !validate(open.form()?, &open.answers, open.day).is_empty() {
            return Err(Refusal::NotToSign.into());
        }
        invite(ask, &mut unit, &open, standing).await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}

async fn invite(ask: &Ask, unit: &mut Unit, open: &Open, standing: Standing) -> Answer<()> {
    let Standing { signer, digest, row } = standing;
    let hash = fingerprint(&substance(open.form()?, &open.answers, open.day));
    if row.as_ref().is_some_and(|row| row.state == SIGNED && row.hash == hash) {
        return Ok(());
    }
    let fresh = SignatureRow {
        id: new_id(ask.at),
        draft_id: open.row.id,
        signer: signer.key.clone(),
        digest,
        state: ASKED.into(),
        asked_by: open.me.account,
        asked_at: ask.at,
        expires_at: ask.at + Duration::days(DAYS),
        account_id: None,
        answered_at: None,
        hash: String::new(),
        substance: None,
        words: None,
    };
    let again = row.as_ref().is_some_and(|row| row.state == ASKED && row.expires_at > ask.at);
    let row = match row {
        // what they signed before stays, so that they are shown what changed
        Some(before) => {
            let row = SignatureRow { id: before.id, hash: before.hash, substance: before.substance, ..fresh };
            rows::change(unit, &row).await?;
            row
        }
        None => {
            for other in rows::list_by_draft(unit, open.row.id).await?.iter().filter(|row| row.signer == signer.key) {
                rows::remove(unit, other.id).await?;
            }
            rows::add(unit, &fresh).await?;
            fresh
        }
    };
    let payload = json!({ "signature": row.id, "signer": row.signer, "hash": hash });
    let event = unit.append(NewEvent::new("draft", open.row.id, "signature_asked", payload).at(ask.at));
    // pressed twice, they are told once
    if !again {
        for party in blind_index::find(unit, ask.store().keys(), ID_NUMBER, &signer.number, "party").await? {
            let about = json!({ "item_name": open.procedure.item.name, "signature": row.id });
            tell_of_signature(unit, ask, party, ("signature_asked", event), about).await?;
        }
    }
    Ok(())
}

/// Whoever asked takes it back; a signature that was given as well.
pub async fn take_back(ask: &Ask, draft: Uuid, signer: &str) -> Answer<()> {
    retry(|| async {
        as_applicant(&ask.actor)?;
        let mut unit = ask.unit().await?;
        let open = load(ask, &mut unit, draft).await?;
        for row in rows::list_by_draft(&mut unit, open.row.id).await?.iter().filter(|row| row.signer == signer) {
            rows::remove(&mut unit, row.id).await?;
            let payload = json!({ "signature": row.id, "signer": row.signer });
            unit.append(NewEvent::new("draft", draft, "signature_taken_back", payload).at(ask.at));
        }
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}

/// What waits for this signature, opened for whoever is asked. Everybody else finds nothing.
struct Sheet {
    row: SignatureRow,
    open: Open,
    signer: Signer,
}

async fn sheet(ask: &Ask, tx: &mut Tx, id: Uuid) -> Answer<Sheet> {
    let me = as_applicant(&ask.actor)?;
    let missing = || Fault::missing(Thing::Signature);
    let row = rows::find(tx, id).await?.ok_or_else(missing)?;
    if row.state != ASKED || row.expires_at <= ask.at || !numbers_of(tx, &me).await?.contains(&row.digest) {
        return Err(missing());
    }
    let draft = drafts_rows::find(tx, row.draft_id).await?.filter(|draft| draft.expires_at > ask.at).ok_or_else(missing)?;
    let open = opened_to(ask, tx, me, draft).await?;
    let standing = standings(ask, tx, &open).await?.into_iter().find(|s| s.row.as_ref().is_some_and(|r| r.id == id));
    let signer = standing.ok_or_else(missing)?.signer;
    Ok(Sheet { row, open, signer })
}

async fn line(ask: &Ask, tx: &mut Tx, row: &SignatureRow, open: &Open) -> Answer<SigningLine> {
    let by = parties::find(tx, open.row.party_id).await?.map(|party| party.name).unwrap_or_default();
    let item_name = ask.item_name(&open.procedure.item.name);
    Ok(SigningLine { id: row.id, item_name, by, until: hall_day(row.expires_at) })
}

/// Drafts of others that wait for the asker's signature, newest first.
pub(crate) async fn waiting(ask: &Ask, tx: &mut Tx, me: &AsApplicant) -> Answer<Vec<SigningLine>> {
    let mut lines = Vec::new();
    for digest in numbers_of(tx, me).await? {
        for row in rows::list_waiting(tx, &digest, ask.at, MOST_WAITING).await? {
            match sheet(ask, tx, row.id).await {
                Ok(sheet) => lines.push(line(ask, tx, &sheet.row, &sheet.open).await?),
                // whoever fills it in has named somebody else meanwhile
                Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
    }
    Ok(lines)
}

/// The page on which somebody checks and signs.
pub async fn to_sign(ask: &Ask, id: Uuid) -> Answer<SigningPage> {
    let mut tx = ask.store().read().await?;
    let Sheet { row, open, signer } = sheet(ask, &mut tx, id).await?;
    let form = open.form()?;
    let now = substance(form, &open.answers, open.day);
    let before = signed_before(ask, &mut tx, &open, &row).await?;
    Ok(SigningPage {
        line: line(ask, &mut tx, &row, &open).await?,
        name: signer.name,
        confirms: signer.confirms,
        confirms_en: signer.confirms_en,
        pages: summary(form, &open.answers, open.day),
        changed: before.map(|before| changed(form, &before, &now, open.day)),
        hash: fingerprint(&now),
    })
}

/// Sign what the page of this fingerprint showed.
pub async fn sign(ask: &Ask, id: Uuid, hash: &str) -> Answer<()> {
    retry(|| async {
        as_applicant(&ask.actor)?;
        let mut unit = ask.unit().await?;
        let Sheet { row, open, .. } = sheet(ask, &mut unit, id).await?;
        let form = open.form()?;
        let now = substance(form, &open.answers, open.day);
        if fingerprint(&now) != hash || !validate(form, &open.answers, open.day).is_empty() {
            return Err(Refusal::SignatureStale.into());
        }
        let key = key_of(ask, &mut unit, &open.row).await?;
        let substance = Some(key.seal_json(SUBSTANCE, &id.to_string(), &now)?);
        let row = SignatureRow { state: SIGNED.into(), hash: hash.to_owned(), substance, words: None, ..row };
        answered(ask, &mut unit, row, &open, "signature_given").await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}

/// Give it back, with words.
pub async fn give_back(ask: &Ask, id: Uuid, words: &str) -> Answer<()> {
    let words = words.trim();
    let have = words.chars().count();
    if have == 0 {
        return Err(Refusal::NothingSaid { what: Saying::Reason }.into());
    }
    if have > MOST_WORDS {
        let have = u32::try_from(have).unwrap_or(u32::MAX);
        return Err(Refusal::SaidTooMuch { what: Saying::Reason, have, max: MOST_WORDS as u32 }.into());
    }
    retry(|| async {
        as_applicant(&ask.actor)?;
        let mut unit = ask.unit().await?;
        let Sheet { row, open, .. } = sheet(ask, &mut unit, id).await?;
        let key = key_of(ask, &mut unit, &open.row).await?;
        let words = Some(key.seal_json(WORDS, &id.to_string(), &words)?);
        let row = SignatureRow { state: RETURNED.into(), words, ..row };
        answered(ask, &mut unit, row, &open, "signature_returned").await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}

/// Write down what they said, and tell whoever fills it in.
async fn answered(ask: &Ask, unit: &mut Unit, row: SignatureRow, open: &Open, kind: &str) -> Answer<()> {
    let row = SignatureRow { account_id: Some(open.me.account), answered_at: Some(ask.at), ..row };
    rows::change(unit, &row).await?;
    let payload = json!({ "signature": row.id, "signer": row.signer, "account": open.me.account, "hash": row.hash });
    let event = unit.append(NewEvent::new("draft", row.draft_id, kind, payload).at(ask.at));
    let draft = &open.row;
    let about = json!({
        "item_name": open.procedure.item.name,
        "code": draft.procedure_code,
        "draft": draft.id,
        "ends": hall_day(draft.expires_at),
    });
    tell_of_signature(unit, ask, draft.party_id, (kind, event), about).await
}

/// Whether whoever is asked to sign a draft may open a file of this question: not what the form holds sensitive.
pub(super) async fn may_open(ask: &Ask, tx: &mut Tx, draft: &DraftRow, field: &str) -> Answer<bool> {
    let me = as_applicant(&ask.actor)?;
    let numbers = numbers_of(tx, &me).await?;
    let asked = rows::list_by_draft(tx, draft.id).await?;
    let asked = asked.iter().find(|row| row.state == ASKED && row.expires_at > ask.at && numbers.contains(&row.digest));
    let Some(row) = asked else { return Ok(false) };
    match sheet(ask, tx, row.id).await {
        Ok(sheet) => Ok(sheet.open.form()?.place(field).is_some_and(|place| !place.field.sensitive)),
        Err(Fault::Refused(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}
