//! Messages to the applicant, and the record of who looked at what.

use crate::fault::Answer;
use crate::hall::Ask;
use chrono::{DateTime, Utc};
use domain::cases::{Case, Event};
use domain::identity::Actor;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::accesses::AccessRow;
use store::notification::messages::{self, Inbox, MessageRow};
use store::{Tx, Unit, new_id};
use uuid::Uuid;

/// A station message as a list shows it. The words are made when it is read, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub case: Uuid,
    pub item_name: String,
    pub kind: String,
    pub at: DateTime<Utc>,
}

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
        | Event::Decided { .. }
        | Event::CertificateIssued { .. }
        | Event::Delivered { .. } => true,
        Event::NodeDone { site_check, .. } => site_check.is_some(),
        Event::Claimed { .. } | Event::Released | Event::Supplemented { .. } | Event::Withdrawn { .. } | Event::Rated { .. } => {
            false
        }
    }
}

/// Put a message into the applicant's box, in the unit of the act: what a person sees next comes from rows saved there.
pub(crate) async fn tell(unit: &mut Unit, ask: &Ask, case: &Case, event: &Event, event_id: Uuid) -> Answer<()> {
    if !told(event) {
        return Ok(());
    }
    let row = MessageRow {
        id: new_id(ask.at),
        event_id,
        recipient: format!("party:{}", case.applicant.party),
        party_id: Some(case.applicant.party),
        account_id: None,
        case_id: Some(case.id),
        kind: event.kind().into(),
        body: json!({ "item_name": case.item_name, "number": case.number }),
        created_at: ask.at,
        read_at: None,
    };
    messages::add(unit, &row).await?;
    Ok(())
}

/// The newest messages of a party.
pub(crate) async fn newest(tx: &mut Tx, party: Uuid, limit: i64) -> Answer<Vec<Told>> {
    let page = messages::list(tx, &Inbox::Party(party), None, limit).await?;
    Ok(page
        .rows
        .into_iter()
        .filter_map(|m| {
            Some(Told {
                case: m.case_id?,
                item_name: m.body.get("item_name")?.as_str()?.to_owned(),
                kind: m.kind,
                at: m.created_at,
            })
        })
        .collect())
}

/// Record that a member of staff read personal data. Citizens reading their own leave no trace.
pub(crate) async fn access(ask: &Ask, noun: &str, id: &str, why: &str) -> Answer<()> {
    let Actor::Staff { account, .. } = &ask.actor else { return Ok(()) };
    let mut unit = ask.unit().await?;
    let row = AccessRow {
        id: new_id(ask.at),
        at: ask.at,
        account_id: *account,
        batch: Uuid::nil(),
        noun: noun.to_owned(),
        noun_id: id.to_owned(),
        why: why.to_owned(),
    };
    store::accesses::add_batch(&mut unit, &[row]).await?;
    Ok(unit.save().await?)
}
