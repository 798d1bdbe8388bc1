//! Messages to the applicant, and the record of who looked at what.

use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Hall};
use chrono::{DateTime, Utc};
use domain::cases::view::{About, MessageLine};
use domain::cases::{Case, Event};
use domain::clock::hall_day;
use domain::identity::Actor;
use serde_json::json;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::accesses::AccessRow;
use store::forms::drafts::DraftRow;
use store::notification::messages::{self, Inbox, MessageRow};
use store::{NewEvent, Tx, Unit, new_id, retry};
use uuid::Uuid;

/// The message that a draft is about to end; its words are those of this name.
const DRAFT_ENDS: &str = "draft_ends";
/// The message that the office wrote about a case.
const OFFICE_WROTE: &str = "office_wrote";

/// Events the applicant is told of (`domain.md` §3.5): received, accepted, correction, special procedure, extension,
/// decision, ready.
fn told(event: &Event) -> bool {
    match event {
        Event::Submitted(_)
        | Event::SupplementAsked { .. }
        | Event::SupplementLapsed
        | Event::Accepted { .. }
        | Event::DeemedAccepted { .. }
        | Event::NotAccepted { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::Extended { .. }
        | Event::Asked { .. }
        | Event::Decided { .. }
        | Event::CertificateIssued { .. }
        | Event::Delivered { .. } => true,
        Event::NodeDone { site_check, .. } => site_check.is_some(),
        Event::Claimed { .. }
        | Event::Released { .. }
        | Event::Supplemented { .. }
        | Event::HandedOver { .. }
        | Event::Withdrawn { .. }
        | Event::Rated { .. } => false,
    }
}

/// Put a message into the applicant's box, in the unit of the act: what a person sees next comes from rows saved there.
pub(crate) async fn tell(unit: &mut Unit, ask: &Ask, case: &Case, event: &Event, event_id: Uuid) -> Answer<()> {
    if !told(event) {
        return Ok(());
    }
    messages::add(unit, &to_applicant(ask, case, event.kind(), event_id)).await?;
    Ok(())
}

/// Tell the applicant that the office wrote.
pub(crate) async fn tell_of_words(unit: &mut Unit, ask: &Ask, case: &Case, event_id: Uuid) -> Answer<()> {
    messages::add(unit, &to_applicant(ask, case, OFFICE_WROTE, event_id)).await?;
    Ok(())
}

fn to_applicant(ask: &Ask, case: &Case, kind: &str, event_id: Uuid) -> MessageRow {
    MessageRow {
        id: new_id(ask.at),
        event_id,
        recipient: format!("party:{}", case.applicant.party),
        party_id: Some(case.applicant.party),
        account_id: None,
        case_id: Some(case.id),
        kind: kind.into(),
        body: json!({ "item_name": case.item_name, "number": case.number }),
        created_at: ask.at,
        read_at: None,
    }
}

/// Tell the owner of a draft on which day it ends. Told once of each expiry.
pub(crate) async fn tell_of_draft(unit: &mut Unit, ask: &Ask, draft: &DraftRow, item_name: &str) -> Answer<()> {
    let ends = hall_day(draft.expires_at);
    let payload = json!({ "procedure": draft.procedure_code, "ends": ends });
    let event_id = unit.append(NewEvent::new("draft", draft.id, DRAFT_ENDS, payload).at(ask.at));
    let about = json!({ "item_name": item_name, "code": draft.procedure_code, "draft": draft.id, "ends": ends });
    let row = MessageRow {
        id: new_id(ask.at),
        event_id,
        recipient: format!("party:{}", draft.party_id),
        party_id: Some(draft.party_id),
        account_id: None,
        case_id: draft.case_id,
        kind: DRAFT_ENDS.into(),
        body: about,
        created_at: ask.at,
        read_at: None,
    };
    messages::add(unit, &row).await?;
    Ok(())
}

/// Tell a party that it is asked to sign, or whoever fills in a draft what came of that; `about` is where the message leads.
pub(crate) async fn tell_of_signature(
    unit: &mut Unit,
    ask: &Ask,
    party: Uuid,
    (kind, event_id): (&str, Uuid),
    about: serde_json::Value,
) -> Answer<()> {
    let row = MessageRow {
        id: new_id(ask.at),
        event_id,
        recipient: format!("party:{party}"),
        party_id: Some(party),
        account_id: None,
        case_id: None,
        kind: kind.into(),
        body: about,
        created_at: ask.at,
        read_at: None,
    };
    messages::add(unit, &row).await?;
    Ok(())
}

/// The newest messages of a party.
pub(crate) async fn newest(ask: &Ask, tx: &mut Tx, party: Uuid, limit: i64) -> Answer<Vec<MessageLine>> {
    let page = messages::list(tx, &Inbox::Party(party), None, limit).await?;
    Ok(page.rows.into_iter().filter_map(|row| line(ask, row)).collect())
}

fn line(ask: &Ask, m: MessageRow) -> Option<MessageLine> {
    let text = |name: &str| m.body.get(name).and_then(|v| v.as_str());
    let about = match (text("draft"), m.case_id) {
        (Some(draft), _) => {
            About::Draft { code: text("code")?.to_owned(), draft: draft.parse().ok()?, ends: text("ends")?.parse().ok()? }
        }
        (None, case) => match text("signature") {
            Some(signature) => About::Signature(signature.parse().ok()?),
            None => About::Case(case?),
        },
    };
    Some(MessageLine { about, item_name: ask.item_name(text("item_name")?), kind: m.kind.clone(), at: m.created_at })
}

/// Looks kept in memory at most; then whoever looks writes them.
const MOST_LOOKS: usize = 200;

/// Record that a member of staff read personal data. Citizens reading their own leave no trace. Looks are written together, one unit
/// and one event with their hash for many (design §9): [`write_looks`] runs every second and at closing, so that a node that is
/// killed loses the record of its last second and nothing else.
pub(crate) async fn access(ask: &Ask, noun: &str, id: &str, why: &str) -> Answer<()> {
    let Actor::Staff { account, .. } = &ask.actor else { return Ok(()) };
    let row = AccessRow {
        id: new_id(ask.at),
        at: ask.at,
        account_id: *account,
        batch: Uuid::nil(),
        noun: noun.to_owned(),
        noun_id: id.to_owned(),
        why: why.to_owned(),
    };
    if ask.hall.looks().add(row) >= MOST_LOOKS {
        write_looks(&ask.hall, ask.at).await?;
    }
    Ok(())
}

/// Write the looks that wait. Answers how many there were.
pub async fn write_looks(hall: &Hall, at: DateTime<Utc>) -> Answer<usize> {
    let rows = hall.looks().take();
    if rows.is_empty() {
        return Ok(0);
    }
    let written = retry(|| async {
        let mut unit = hall.store().unit("hall", at).await?;
        store::accesses::add_batch(&mut unit, &rows).await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await;
    match written {
        Ok(()) => Ok(rows.len()),
        // nothing is forgotten because the disk was full for a moment
        Err(fault) => {
            hall.looks().put_back(rows);
            Err(fault)
        }
    }
}

/// Looks that wait to be written.
#[derive(Debug, Default)]
pub(crate) struct Looks(Mutex<Vec<AccessRow>>);

impl Looks {
    fn rows(&self) -> MutexGuard<'_, Vec<AccessRow>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, row: AccessRow) -> usize {
        let mut rows = self.rows();
        rows.push(row);
        rows.len()
    }

    fn take(&self) -> Vec<AccessRow> {
        std::mem::take(&mut *self.rows())
    }

    fn put_back(&self, mut earlier: Vec<AccessRow>) {
        let mut rows = self.rows();
        earlier.append(&mut rows);
        *rows = earlier;
    }
}
