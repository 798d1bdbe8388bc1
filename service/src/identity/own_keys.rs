//! Keys in the hands of those they act for: whoever acts for an organisation sees its keys, makes them and takes them back.

use super::api_keys::{Secret, add_in, name_of, revoke_in};
use crate::fault::{Answer, Fault, clear_text};
use crate::hall::Ask;
use domain::Refusal;
use domain::clock::hall_day;
use domain::identity::permission::{as_applicant, enterprise, owner};
use domain::identity::view::{KeyLine, KeysPage};
use domain::refusal::Thing;
use serde_json::json;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use store::idempotency::{Claim, Once};
use store::identity::accounts;
use store::identity::api_keys::{self, ApiKeyRow, hash_secret};
use store::{Tx, idempotency, retry};
use uuid::Uuid;

/// Keys an organisation may have in force.
pub const MOST_KEYS: u32 = 20;
/// Keys that are over and still listed. All of them are in the log.
const MOST_OVER: i64 = 20;
/// Characters of what makes a page's form one of its kind: 160 bits.
const ONCE: usize = 32;

/// A key that was just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub id: Uuid,
    pub secret: Secret,
}

/// The keys of the organisation acted for; nothing for whoever acts for themselves, who has to choose one first.
///
/// # Errors
/// For visitors and staff, as of [`as_applicant`].
pub async fn keys(ask: &Ask) -> Answer<Option<KeysPage>> {
    let Ok(me) = enterprise(as_applicant(&ask.actor)?) else { return Ok(None) };
    let mut tx = ask.store().read().await?;
    let mut names = HashMap::new();
    let in_force = api_keys::list_in_force(&mut tx, me.party.id, ask.at).await?;
    let over = api_keys::list_over(&mut tx, me.party.id, ask.at, MOST_OVER).await?;
    let in_force = lines(&mut tx, &mut names, in_force).await?;
    let over = lines(&mut tx, &mut names, over).await?;
    Ok(Some(KeysPage { party: me.party.name, in_force, over, most: MOST_KEYS, once: clear_text(ONCE) }))
}

async fn lines(tx: &mut Tx, names: &mut HashMap<Uuid, String>, rows: Vec<ApiKeyRow>) -> Answer<Vec<KeyLine>> {
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let made_by = match names.entry(row.account_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let account = accounts::find(tx, row.account_id).await?;
                unknown.insert(account.map(|account| account.display_name).unwrap_or_default())
            }
        };
        lines.push(KeyLine {
            id: row.id,
            name: row.name,
            tail: row.tail,
            made_on: hall_day(row.created_at),
            made_by: made_by.clone(),
            last_used_on: row.last_used_on,
            ends_on: row.expires_at.map(hall_day),
            revoked_on: row.revoked_at.map(hall_day),
        });
    }
    Ok(lines)
}

/// Makes a key that acts for the organisation. Sending the same form twice makes one, and tells the same: the key is worked out from
/// `once`, which rests on the page only (its hash rests here), and from the key ring, which is in no database. Of the key itself, too,
/// only the hash rests.
///
/// # Errors
/// Not for an organisation; no name; as many keys in force as may be; the form was sent before with another name.
pub async fn make_key(ask: &Ask, name: &str, once: &str) -> Answer<Made> {
    let me = enterprise(as_applicant(&ask.actor)?)?;
    let name = name_of(name)?;
    let once = once.trim();
    if once.is_empty() || once.len() > 64 {
        return Err(Refusal::KeyMissing.into());
    }
    let mark = ask.store().keys().blind_index("api key", &format!("{} {once}", me.account));
    let secret = Secret::of_mark(&mark)?;
    let sent = Once::new(&ask.label(), "identity.make_key", &hash_secret(once), format!("{} {name}", me.party.id).as_bytes());
    let id = retry(|| async {
        let mut unit = ask.unit().await?;
        match idempotency::claim(&mut unit, &sent).await? {
            Claim::Fresh => {}
            Claim::Replay(answer) => return Ok(serde_json::from_value::<(Uuid,)>(answer)?.0),
            Claim::Crossed => return Err(Refusal::KeyCrossed.into()),
        }
        if api_keys::list_in_force(&mut unit, me.party.id, ask.at).await?.len() >= MOST_KEYS as usize {
            return Err(Refusal::TooManyKeys { max: MOST_KEYS }.into());
        }
        let id = add_in(&mut unit, ask.at, (me.account, me.party.id), &name, None, &secret).await?;
        idempotency::answer(&mut unit, &sent, &json!([id])).await?;
        unit.save().await?;
        Ok::<_, Fault>(id)
    })
    .await?;
    Ok(Made { id, secret })
}

/// Takes a key of the organisation back, at once and for ever. Twice is harmless.
///
/// # Errors
/// Not for an organisation; no such key of its own.
pub async fn take_back(ask: &Ask, id: Uuid) -> Answer<()> {
    let me = enterprise(as_applicant(&ask.actor)?)?;
    retry(|| async {
        let mut unit = ask.unit().await?;
        let row = api_keys::find(&mut unit, id).await?.ok_or_else(|| Fault::missing(Thing::Key))?;
        owner(me.clone(), row.party_id, Thing::Key)?;
        revoke_in(&mut unit, ask.at, id).await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}
