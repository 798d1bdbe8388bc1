//! Keys by which an organisation's own system uses the open API in somebody's name.

use super::actor;
use crate::fault::{Answer, Fault, clear_text};
use crate::hall::Hall;
use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::identity::Actor;
use domain::refusal::{Saying, Thing};
use serde_json::json;
use store::identity::accounts::{self, AccountRow};
use store::identity::api_keys::{self, ApiKeyRow, hash_secret};
use store::{NewEvent, new_id};
use uuid::Uuid;

/// What every key begins with, so that one that leaked is recognised in a log or a repository.
pub const PREFIX: &str = "tongban_";
/// Random clear characters of a key: five bits each, 160 bits in all.
const SECRET: usize = 32;
/// Characters of a key's name.
const LONGEST_NAME: usize = 100;

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
    let actor = actor(hall, at, row.account_id, Some(row.party_id)).await?;
    // an agency that ended does not turn into acting for oneself
    let fits = matches!(&actor, Actor::Applicant { acting_for, .. } if acting_for.id == row.party_id);
    Ok(fits.then_some(Opened { key: row.id, actor }))
}

async fn account_called(hall: &Hall, login: &str) -> Answer<AccountRow> {
    let row = accounts::find_by_login(&mut hall.store().glance().await?, login.trim()).await?;
    row.filter(|row| row.closed_at.is_none() && row.kind != "staff").ok_or_else(|| Fault::missing(Thing::Account))
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
    let secret = format!("{PREFIX}{}", clear_text(SECRET));
    let id = issue_as(hall, at, login, name, until, &secret).await?;
    Ok((id, secret))
}

async fn issue_as(
    hall: &Hall,
    at: DateTime<Utc>,
    login: &str,
    name: &str,
    until: Option<DateTime<Utc>>,
    secret: &str,
) -> Answer<Uuid> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Refusal::NothingSaid { what: Saying::Account }.into());
    }
    let account = account_called(hall, login).await?;
    let Actor::Applicant { acting_for, .. } = actor(hall, at, account.id, None).await? else {
        return Err(Fault::missing(Thing::Account));
    };
    let mut unit = hall.store().unit("hall", at).await?;
    let row = ApiKeyRow {
        id: new_id(at),
        secret_hash: hash_secret(secret),
        account_id: account.id,
        party_id: acting_for.id,
        name: name.to_owned(),
        created_at: at,
        expires_at: until,
        revoked_at: None,
    };
    api_keys::add(&mut unit, &row).await?;
    unit.append(
        NewEvent::new("api_key", row.id, "issued", json!({ "account": account.id, "party": acting_for.id, "name": name })).at(at),
    );
    unit.save().await?;
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
    let done = api_keys::revoke(&mut unit, id, at).await?;
    if done {
        unit.append(NewEvent::new("api_key", id, "revoked", json!({})).at(at));
    }
    unit.save().await?;
    Ok(done)
}

/// The demonstration's key of this account: the same at every start, another in every hall.
pub(crate) async fn demo_key(hall: &Hall, at: DateTime<Utc>, login: &str) -> Answer<String> {
    let mark = hall.store().keys().blind_index("demo", &format!("api-key {login}"));
    let secret = format!("{PREFIX}{}", mark.chars().take(SECRET).collect::<String>());
    let there = api_keys::find_by_secret(&mut hall.store().glance().await?, &hash_secret(&secret)).await?;
    if there.is_none() {
        issue_as(hall, at, login, "演示密钥", None, &secret).await?;
    }
    Ok(secret)
}
