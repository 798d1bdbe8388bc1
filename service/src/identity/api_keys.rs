//! Keys by which an organisation's own system uses the open API in somebody's name.

use super::{actor, actor_in};
use crate::fault::{Answer, CLEAR, Fault, clear_text};
use crate::hall::Hall;
use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::clock::hall_day;
use domain::identity::Actor;
use domain::refusal::{Saying, Thing};
use serde_json::json;
use std::fmt;
use store::identity::accounts::{self, AccountRow};
use store::identity::api_keys::{self, ApiKeyRow, hash_secret};
use store::{NewEvent, Tx, Unit, new_id};
use uuid::Uuid;

/// What every key begins with, so that one that leaked is recognised in a log or a repository.
pub const PREFIX: &str = "tongban_";
/// Random clear characters of a key: five bits each, 160 bits in all.
const SECRET: usize = 32;
/// Of these, as many are kept in plain, so that its holder tells a key from another: 20 bits of 160.
const TAIL: usize = 4;
/// Characters of a key's name.
const LONGEST_NAME: usize = 100;

/// A key itself. Not shown by `{:?}`, so that it gets into no log by being part of something.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub(super) String);

impl Secret {
    /// The key as it is told to its holder, once.
    pub fn told(&self) -> &str {
        &self.0
    }

    pub(super) fn drawn() -> Self {
        Self(format!("{PREFIX}{}", clear_text(SECRET)))
    }

    /// A key that comes out the same for the same mark (a keyed digest, hexadecimal).
    pub(super) fn of_mark(mark: &str) -> Answer<Self> {
        let bytes = hex::decode(mark).map_err(Fault::broken)?;
        let clear: String = bytes.iter().take(SECRET).map(|byte| char::from(CLEAR[usize::from(byte % 32)])).collect();
        Ok(Self(format!("{PREFIX}{clear}")))
    }

    fn tail(&self) -> String {
        self.0.chars().skip(self.0.len().saturating_sub(TAIL)).collect()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// A key in force, and who acts by it.
#[derive(Clone, Debug)]
pub struct Opened {
    pub key: Uuid,
    pub actor: Actor,
}

/// Who acts by this key; nobody, when it is unknown, over or taken back, or when its account is closed or no longer acts for the
/// organisation. Which of these is not told.
pub async fn open_by_key(hall: &Hall, at: DateTime<Utc>, secret: &str) -> Answer<Option<Opened>> {
    if !secret.starts_with(PREFIX) || secret.len() > 100 {
        return Ok(None);
    }
    let row = api_keys::find_by_secret(&mut hall.store().glance().await?, &hash_secret(secret)).await?;
    let Some(row) = row.filter(|row| row.revoked_at.is_none() && row.expires_at.is_none_or(|end| at < end)) else {
        return Ok(None);
    };
    let actor = acting(&mut hall.store().glance().await?, hall, at, row.account_id, row.party_id).await?;
    let Some(actor) = actor else { return Ok(None) };
    if row.last_used_on.is_none_or(|day| day < hall_day(at)) {
        // a program that only reads is served all the same when this cannot be written
        if let Err(fault) = note_use(hall, at, row.id).await {
            tracing::warn!(%fault, "the day a key was used is not noted");
        }
    }
    Ok(Some(Opened { key: row.id, actor }))
}

/// The actor of an account that acts for this party today; none, when the account is closed or acts for it no longer: an agency
/// that ended does not turn into acting for oneself.
pub(super) async fn acting(tx: &mut Tx, hall: &Hall, at: DateTime<Utc>, account: Uuid, party: Uuid) -> Answer<Option<Actor>> {
    let actor = actor_in(tx, hall, at, account, Some(party)).await?;
    Ok(matches!(&actor, Actor::Applicant { acting_for, .. } if acting_for.id == party).then_some(actor))
}

/// Notes the day, not the moment: one row written per key and day, however busy its program is.
async fn note_use(hall: &Hall, at: DateTime<Utc>, key: Uuid) -> Answer<()> {
    let mut unit = hall.store().unit("hall", at).await?;
    api_keys::note_use(&mut unit, key, hall_day(at)).await?;
    Ok(unit.save().await?)
}

async fn account_called(hall: &Hall, login: &str) -> Answer<AccountRow> {
    let row = accounts::find_by_login(&mut hall.store().glance().await?, login.trim()).await?;
    row.filter(|row| row.closed_at.is_none() && row.kind != "staff").ok_or_else(|| Fault::missing(Thing::Account))
}

/// A key's name as it is kept.
pub(super) fn name_of(name: &str) -> Answer<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Refusal::NothingSaid { what: Saying::KeyName }.into());
    }
    let have = name.chars().count();
    if have > LONGEST_NAME {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        return Err(Refusal::SaidTooMuch { what: Saying::KeyName, have: count(have), max: count(LONGEST_NAME) }.into());
    }
    Ok(name.to_owned())
}

/// Makes a key for an applicant's account and whom it acts for. The key is told once.
///
/// # Errors
/// No such applicant; no name, or one that is too long.
pub async fn issue(
    hall: &Hall,
    at: DateTime<Utc>,
    login: &str,
    name: &str,
    until: Option<DateTime<Utc>>,
) -> Answer<(Uuid, String)> {
    let secret = Secret::drawn();
    let id = issue_as(hall, at, login, name, until, &secret).await?;
    Ok((id, secret.0))
}

async fn issue_as(
    hall: &Hall,
    at: DateTime<Utc>,
    login: &str,
    name: &str,
    until: Option<DateTime<Utc>>,
    secret: &Secret,
) -> Answer<Uuid> {
    let name = name_of(name)?;
    let account = account_called(hall, login).await?;
    let Actor::Applicant { acting_for, .. } = actor(hall, at, account.id, None).await? else {
        return Err(Fault::missing(Thing::Account));
    };
    let mut unit = hall.store().unit("hall", at).await?;
    let id = add_in(&mut unit, at, (account.id, acting_for.id), &name, until, secret).await?;
    unit.save().await?;
    Ok(id)
}

/// A key for an account and whom it acts for, in a unit that the caller saves.
pub(super) async fn add_in(
    unit: &mut Unit,
    at: DateTime<Utc>,
    (account, party): (Uuid, Uuid),
    name: &str,
    until: Option<DateTime<Utc>>,
    secret: &Secret,
) -> Answer<Uuid> {
    let row = ApiKeyRow {
        id: new_id(at),
        secret_hash: hash_secret(&secret.0),
        account_id: account,
        party_id: party,
        name: name.to_owned(),
        created_at: at,
        expires_at: until,
        revoked_at: None,
        tail: Some(secret.tail()),
        last_used_on: None,
    };
    api_keys::add(unit, &row).await?;
    unit.append(NewEvent::new("api_key", row.id, "issued", json!({ "account": account, "party": party, "name": name })).at(at));
    Ok(row.id)
}

/// Keys of an account, oldest first, also those that are over.
pub async fn keys_of(hall: &Hall, login: &str) -> Answer<Vec<ApiKeyRow>> {
    let account = account_called(hall, login).await?;
    Ok(api_keys::list_by_account(&mut hall.store().glance().await?, account.id).await?)
}

/// Takes a key back, at once and for ever; false when it was not in force.
pub async fn revoke(hall: &Hall, at: DateTime<Utc>, id: Uuid) -> Answer<bool> {
    let mut unit = hall.store().unit("hall", at).await?;
    let done = revoke_in(&mut unit, at, id).await?;
    unit.save().await?;
    Ok(done)
}

/// As [`revoke`], in a unit that the caller saves.
pub(super) async fn revoke_in(unit: &mut Unit, at: DateTime<Utc>, id: Uuid) -> Answer<bool> {
    let done = api_keys::revoke(unit, id, at).await?;
    if done {
        unit.append(NewEvent::new("api_key", id, "revoked", json!({})).at(at));
    }
    Ok(done)
}

/// The demonstration's key of this account: the same at every start, another in every hall.
pub(crate) async fn demo_key(hall: &Hall, at: DateTime<Utc>, login: &str) -> Answer<String> {
    let mark = hall.store().keys().blind_index("demo", &format!("api-key {login}"));
    let secret = Secret(format!("{PREFIX}{}", mark.chars().take(SECRET).collect::<String>()));
    let there = api_keys::find_by_secret(&mut hall.store().glance().await?, &hash_secret(&secret.0)).await?;
    if there.is_none() {
        issue_as(hall, at, login, "演示密钥", None, &secret).await?;
    }
    Ok(secret.0)
}
