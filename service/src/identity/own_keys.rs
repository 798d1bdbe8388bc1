//! Keys in the hands of those they act for: whoever acts for an organisation sees its keys, makes them and takes them back.

use super::api_keys::{Secret, acting, add_in, name_of, revoke_in};
use crate::fault::{Answer, Fault, clear_text};
use crate::hall::Ask;
use crate::once;
use domain::Refusal;
use domain::clock::hall_day;
use domain::identity::permission::{as_applicant, enterprise, keeps_keys, owner};
use domain::identity::view::{KeyLine, KeysPage};
use domain::refusal::Thing;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use store::idempotency::{Claim, Once};
use store::identity::accounts;
use store::identity::api_keys::{self, ApiKeyRow, hash_secret};
use store::{Tx, idempotency, retry};
use uuid::Uuid;

/// Keys that open something an organisation may have in force.
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
    let may_change = keeps_keys(me.clone()).is_ok();
    let mut tx = ask.store().read().await?;
    let in_force = api_keys::list_in_force(&mut tx, me.party.id, ask.at).await?;
    let over = api_keys::list_over(&mut tx, me.party.id, ask.at, MOST_OVER).await?;
    let by = in_force.iter().chain(&over).map(|row| row.account_id).collect();
    let makers = makers(ask, &mut tx, me.party.id, by).await?;
    let (in_force, over) = (lines(&makers, in_force), lines(&makers, over));
    Ok(Some(KeysPage { party: me.party.name, in_force, over, most: MOST_KEYS, may_change, once: clear_text(ONCE) }))
}

/// Whoever made a key.
#[derive(Default)]
struct Maker {
    name: String,
    /// Acts for the organisation today. Else the key opens nothing.
    acts: bool,
}

/// What is known of these accounts, which made keys of an organisation.
async fn makers(ask: &Ask, tx: &mut Tx, party: Uuid, accounts: HashSet<Uuid>) -> Answer<HashMap<Uuid, Maker>> {
    let mut makers = HashMap::new();
    for account in accounts {
        let name = accounts::find(tx, account).await?.map(|account| account.display_name).unwrap_or_default();
        let acts = acting(tx, &ask.hall, ask.at, account, party).await?.is_some();
        makers.insert(account, Maker { name, acts });
    }
    Ok(makers)
}

fn lines(makers: &HashMap<Uuid, Maker>, rows: Vec<ApiKeyRow>) -> Vec<KeyLine> {
    let nobody = Maker::default();
    let line = |row: ApiKeyRow| {
        let maker = makers.get(&row.account_id).unwrap_or(&nobody);
        KeyLine {
            id: row.id,
            name: row.name,
            tail: row.tail,
            made_on: hall_day(row.created_at),
            made_by: maker.name.clone(),
            opens: maker.acts,
            last_used_on: row.last_used_on,
            ends_on: row.expires_at.map(hall_day),
            revoked_on: row.revoked_at.map(hall_day),
        }
    };
    rows.into_iter().map(line).collect()
}

/// Makes a key that acts for the organisation. Sending the same form twice makes one, and tells the same: the key is worked out from
/// `once`, which rests on the page only (its hash rests here), and from the key ring, which is in no database. Of the key itself, too,
/// only the hash rests.
///
/// # Errors
/// Not for an organisation, or only to look at it; no name; as many keys in force as may be; the form was sent before with another name.
pub async fn make_key(ask: &Ask, name: &str, once: &str) -> Answer<Made> {
    let me = keeps_keys(as_applicant(&ask.actor)?)?;
    let name = name_of(name)?;
    let once = once::key(once)?;
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
        let in_force = api_keys::list_in_force(&mut unit, me.party.id, ask.at).await?;
        let by = in_force.iter().map(|row| row.account_id).collect();
        let makers = makers(ask, &mut unit, me.party.id, by).await?;
        let opening = in_force.iter().filter(|row| makers.get(&row.account_id).is_some_and(|maker| maker.acts)).count();
        if opening >= MOST_KEYS as usize {
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
/// Not for an organisation, or only to look at it; no such key of its own.
pub async fn take_back(ask: &Ask, id: Uuid) -> Answer<()> {
    let me = keeps_keys(as_applicant(&ask.actor)?)?;
    retry(|| async {
        let mut unit = ask.unit().await?;
        let row = api_keys::find(&mut unit, id).await?.ok_or_else(|| Fault::missing(Thing::Key))?;
        owner(me.clone(), row.party_id, Thing::Key)?;
        revoke_in(&mut unit, ask.at, id).await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}
