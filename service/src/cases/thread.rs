//! What applicant and office write to each other about a case. A message is a record: rows, and events on a stream of their own, so that
//! it never makes stale what somebody is deciding.

use super::record::load;
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use crate::notification::tell_of_words;
use domain::Refusal;
use domain::cases::{Case, LONGEST_MESSAGE, MOST_UNANSWERED, Message};
use domain::identity::permission::{Somebody, as_applicant, as_staff, handler, sees};
use domain::refusal::{Saying, Thing};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::cases::{self, CaseMessageRow};
use store::idempotency::{Claim, Once};
use store::{NewEvent, Tx, data_keys, idempotency, new_id, retry};
use uuid::Uuid;

/// Messages a page shows; whoever writes more about one case had better call.
const SHOWN: i64 = 200;

/// The thread of a case, oldest first.
pub(super) async fn thread(ask: &Ask, tx: &mut Tx, case: Uuid) -> Answer<Vec<Message>> {
    let rows = cases::messages(tx, case, SHOWN).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = data_keys::find(tx, ask.store().keys(), "case", case).await?;
    let key = key.ok_or_else(|| Fault::broken("a thread without a key"))?;
    let read = |row: CaseMessageRow| -> Answer<Message> {
        let words = key.open(cases::MESSAGE, &row.id.to_string(), &row.words)?;
        Ok(Message {
            id: row.id,
            from_office: row.from_office,
            writer: row.writer,
            words: String::from_utf8_lossy(&words).into_owned(),
            at: row.created_at,
            waits: row.answered_at.is_none(),
        })
    };
    rows.into_iter().rev().map(read).collect()
}

/// The applicant writes to the office. `after` is the last message the writer had read: sent twice, it is there once.
///
/// # Errors
/// Nothing or too much written; the case is over; so many messages wait for an answer already.
pub async fn write(ask: &Ask, id: Uuid, after: &str, words: &str) -> Answer<()> {
    send(ask, Somebody::Applicant(as_applicant(&ask.actor)?), id, after, words).await
}

/// The office writes to the applicant; whatever waited is answered by it.
///
/// # Errors
/// As of [`write`].
pub async fn answer(ask: &Ask, id: Uuid, after: &str, words: &str) -> Answer<()> {
    send(ask, Somebody::Staff(as_staff(&ask.actor)?), id, after, words).await
}

async fn send(ask: &Ask, me: Somebody, id: Uuid, after: &str, words: &str) -> Answer<()> {
    retry(|| send_once(ask, me.clone(), id, after, words.trim())).await
}

/// # Errors
/// Nothing or too much written.
fn long_enough(words: &str) -> Answer<()> {
    match u32::try_from(words.chars().count()).unwrap_or(u32::MAX) {
        0 => Err(Refusal::NothingSaid { what: Saying::Message }.into()),
        have if have > LONGEST_MESSAGE => Err(Refusal::SaidTooMuch { what: Saying::Message, have, max: LONGEST_MESSAGE }.into()),
        _ => Ok(()),
    }
}

async fn send_once(ask: &Ask, me: Somebody, id: Uuid, after: &str, words: &str) -> Answer<()> {
    let mut unit = ask.unit().await?;
    let case = load(ask, &mut unit, id).await?.case;
    // who may not see the case learns nothing from what was typed
    let me = sees(me, case.applicant.party, case.units(), Thing::Case)?;
    long_enough(words)?;
    let after: String = after.chars().take(64).collect();
    // another message after the same one is another message; words themselves stand nowhere unsealed
    let body = format!("{id}:{after}:{words}");
    let once = Once::new(&ask.label(), "write", &hex::encode(Sha256::digest(&body)), body.as_bytes());
    if idempotency::claim(&mut unit, &once).await? != Claim::Fresh {
        return Ok(());
    }
    if !case.open_to_words() {
        return Err(Refusal::ThreadClosed.into());
    }
    let (from_office, account, writer) = match me {
        Somebody::Applicant(me) => (false, me.account, case.applicant.name.clone()),
        Somebody::Staff(me) => {
            let own = me.posts.iter().find(|p| case.units().any(|unit| unit == p.unit)).map(|p| p.unit_name.clone());
            (true, me.account, own.unwrap_or_else(|| case.unit_name.clone()))
        }
    };
    if from_office {
        cases::answer_messages(&mut unit, id, ask.at).await?;
    } else if waiting(&mut unit, id).await? >= MOST_UNANSWERED {
        return Err(Refusal::Unanswered { max: u32::try_from(MOST_UNANSWERED).unwrap_or(u32::MAX) }.into());
    }
    let message = new_id(ask.at);
    let key = data_keys::ensure(&mut unit, ask.store().keys(), "case", id).await?;
    let row = CaseMessageRow {
        id: message,
        case_id: id,
        from_office,
        account_id: account,
        writer,
        words: key.seal(cases::MESSAGE, &message.to_string(), words.as_bytes())?,
        created_at: ask.at,
        answered_at: from_office.then_some(ask.at),
    };
    cases::add_message(&mut unit, &row).await?;
    let event = written(&mut unit, ask, &case, "written", json!({ "message": message, "from_office": from_office }));
    if from_office {
        tell_of_words(&mut unit, ask, &case, event).await?;
    }
    idempotency::answer(&mut unit, &once, &json!([message])).await?;
    Ok(unit.save().await?)
}

fn written(unit: &mut store::Unit, ask: &Ask, case: &Case, kind: &str, payload: serde_json::Value) -> Uuid {
    unit.append(NewEvent::new("thread", case.id, kind, payload).at(ask.at))
}

async fn waiting(tx: &mut Tx, case: Uuid) -> Answer<usize> {
    Ok(cases::messages(tx, case, SHOWN).await?.iter().filter(|row| row.answered_at.is_none()).count())
}

/// Nothing of it needs an answer.
pub async fn settle(ask: &Ask, id: Uuid) -> Answer<()> {
    retry(|| async {
        let me = as_staff(&ask.actor)?;
        let mut unit = ask.unit().await?;
        let case = load(ask, &mut unit, id).await?.case;
        handler(me, case.units())?;
        if cases::answer_messages(&mut unit, id, ask.at).await? {
            written(&mut unit, ask, &case, "settled", json!({}));
        }
        Ok(unit.save().await?)
    })
    .await
}
