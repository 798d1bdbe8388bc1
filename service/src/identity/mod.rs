//! Signing in, and who is asking.

mod api_keys;
mod own_keys;

pub(crate) use api_keys::demo_key;
pub use api_keys::{Opened, PREFIX as KEY_PREFIX, Secret, issue as issue_key, keys_of, open_by_key, revoke as revoke_key};
pub use own_keys::{MOST_KEYS, Made, keys, make_key, take_back};

use crate::fault::{Answer, Fault, random_bytes};
use crate::hall::{Ask, Hall};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use chrono::{DateTime, Duration, Utc};
use domain::Refusal;
use domain::identity::permission::as_applicant;
use domain::identity::view::{Me, Role};
use domain::identity::{Actor, Party, PartyKind, Post, Power};
use domain::refusal::{Saying, Thing};
use serde::{Deserialize, Serialize};
use store::identity::{accounts, agencies, parties, staff, units};
use store::{Store, Tx, data_keys};
use uuid::Uuid;

/// Wrong passwords in a row before an account rests.
const TRIES: u32 = 5;
/// How long it rests.
const REST_MINUTES: i64 = 15;

/// Personal particulars, sealed wherever they rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    pub name: String,
    /// 公民身份号码, or 统一社会信用代码 of an organisation.
    pub id_number: String,
    pub mobile: String,
    pub address: String,
    /// 法定代表人（负责人） of an organisation.
    pub legal_person: String,
    pub legal_person_id: String,
}

/// Argon2id with the parameters of RFC 9106's second choice scaled to 19 MiB (OWASP).
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::default())
}

/// Hash a password. Slow on purpose: call it from `spawn_blocking`.
pub(crate) fn hash_password(password: &str) -> Answer<String> {
    let salt = random_bytes(16);
    let hash = argon2().hash_password_with_salt(password.as_bytes(), &salt).map_err(Fault::broken)?;
    Ok(hash.to_string())
}

fn password_fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|h| argon2().verify_password(password.as_bytes(), &h).is_ok())
}

/// Check a sign-in. Which of name and password is wrong is not told, also not by the time it takes.
pub async fn sign_in(hall: &Hall, at: DateTime<Utc>, login: &str, password: &str) -> Answer<Uuid> {
    let login = login.trim();
    if login.is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::Account }.into());
    }
    if password.is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::Password }.into());
    }
    if login.chars().count() > 64 || password.chars().count() > 256 {
        return Err(Refusal::WrongPassword { tries_left: None }.into());
    }
    let store = hall.store();
    let account = accounts::find_by_login(&mut store.glance().await?, login).await?.filter(|a| a.closed_at.is_none());
    if let Some(until) = account.as_ref().and_then(|a| a.locked_until).filter(|u| *u > at) {
        return Err(Refusal::Locked { until }.into());
    }
    let hash = match &account {
        Some(account) => account.password_hash.clone(),
        None => unknown_account_hash(hall).await?,
    };
    let fits = {
        let _turn = hall.password_turns().acquire().await.map_err(Fault::broken)?;
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || password_fits(&password, &hash)).await.map_err(Fault::broken)?
    };
    let Some(account) = account else {
        return Err(Refusal::WrongPassword { tries_left: None }.into());
    };
    if fits {
        let mut unit = store.unit(&format!("account:{}", account.id), at).await?;
        accounts::sign_in_ok(&mut unit, account.id).await?;
        unit.save().await?;
        return Ok(account.id);
    }
    count_failure(store, at, account.id).await
}

async fn count_failure(store: &Store, at: DateTime<Utc>, account: Uuid) -> Answer<Uuid> {
    let mut unit = store.unit("visitor", at).await?;
    let failed = accounts::sign_in_failed(&mut unit, account, None).await?;
    let failed = u32::try_from(failed).unwrap_or(u32::MAX);
    let until = at + Duration::minutes(REST_MINUTES);
    let locked = failed % TRIES == 0;
    if locked && let Some(mut row) = accounts::find(&mut unit, account).await? {
        row.locked_until = Some(until);
        accounts::change(&mut unit, &row).await?;
    }
    unit.save().await?;
    if locked {
        return Err(Refusal::Locked { until }.into());
    }
    Err(Refusal::WrongPassword { tries_left: Some(TRIES - failed % TRIES) }.into())
}

/// A hash of nobody's password, so that an unknown name takes as long as a known one.
async fn unknown_account_hash(hall: &Hall) -> Answer<String> {
    if let Some(hash) = hall.unknown_account().get() {
        return Ok(hash.clone());
    }
    let hash = tokio::task::spawn_blocking(|| hash_password("nobody")).await.map_err(Fault::broken)??;
    Ok(hall.unknown_account().get_or_init(|| hash).clone())
}

/// The actor behind an account, with the posts and agencies of today.
pub async fn actor(hall: &Hall, at: DateTime<Utc>, account: Uuid, acting_for: Option<Uuid>) -> Answer<Actor> {
    actor_in(&mut hall.store().glance().await?, hall, at, account, acting_for).await
}

async fn actor_in(tx: &mut Tx, hall: &Hall, at: DateTime<Utc>, account: Uuid, acting_for: Option<Uuid>) -> Answer<Actor> {
    let Some(row) = accounts::find(tx, account).await?.filter(|a| a.closed_at.is_none()) else {
        return Ok(Actor::Visitor);
    };
    // demonstration accounts do not exist outside demonstrations
    if row.demo && !hall.settings().demo {
        return Ok(Actor::Visitor);
    }
    if row.kind == "staff" {
        return staff_actor(tx, account, row.display_name).await;
    }
    let Some(party) = row.party_id else { return Ok(Actor::Visitor) };
    let Some(person) = party_of(tx, party).await? else { return Ok(Actor::Visitor) };
    let organisation = match acting_for {
        Some(other) if other != person.id => organisations_of(tx, account, at).await?.into_iter().find(|(o, _)| o.id == other),
        // an account opened for an organisation acts for it until its owner chooses otherwise
        None if row.kind == "agent" => organisations_of(tx, account, at).await?.into_iter().next(),
        Some(_) | None => None,
    };
    let (acting_for, power) = organisation.unwrap_or_else(|| (person.clone(), Power::All));
    Ok(Actor::Applicant { account, person, acting_for, power })
}

async fn staff_actor(tx: &mut Tx, account: Uuid, name: String) -> Answer<Actor> {
    let mut posts = Vec::new();
    for post in staff::posts(tx, account).await? {
        let unit_name = units::find(tx, post.unit_id).await?.map(|u| u.name).unwrap_or_default();
        posts.push(Post { unit: post.unit_id, unit_name, post: post.post });
    }
    let home = staff::find(tx, account).await?;
    let unit_name = match home {
        Some(s) => units::find(tx, s.unit_id).await?.map(|u| u.name).unwrap_or_default(),
        None => String::new(),
    };
    Ok(Actor::Staff { account, name, unit_name, posts })
}

async fn party_of(tx: &mut Tx, id: Uuid) -> Answer<Option<Party>> {
    Ok(parties::find(tx, id).await?.map(|p| Party {
        id: p.id,
        kind: if p.kind == "organisation" { PartyKind::Organisation } else { PartyKind::Citizen },
        name: p.name,
    }))
}

/// Organisations the account may act for today, each once and with the most that any of its agencies lets it do.
async fn organisations_of(tx: &mut Tx, account: Uuid, at: DateTime<Utc>) -> Answer<Vec<(Party, Power)>> {
    let today = domain::clock::hall_day(at);
    let mut found: Vec<(Party, Power)> = Vec::new();
    for agency in agencies::list_by_account(tx, account).await? {
        let in_time = agency.valid_from <= today && agency.valid_until.is_none_or(|u| today <= u);
        if !in_time || agency.revoked_at.is_some() {
            continue;
        }
        let power = Power::named(&agency.power);
        if let Some((_, known)) = found.iter_mut().find(|(party, _)| party.id == agency.party_id) {
            *known = power.max(*known);
        } else if let Some(party) = party_of(tx, agency.party_id).await? {
            found.push((party, power));
        }
    }
    Ok(found)
}

/// Who is asking, for headers.
pub async fn me(ask: &Ask) -> Answer<Me> {
    match &ask.actor {
        Actor::Visitor | Actor::System => Ok(Me::default()),
        Actor::Staff { name, unit_name, .. } => {
            Ok(Me { name: Some(name.clone()), role: Role::Staff, unit_name: Some(unit_name.clone()), ..Me::default() })
        }
        Actor::Applicant { account, person, acting_for, .. } => {
            let organisations = organisations_of(&mut ask.store().glance().await?, *account, ask.at).await?;
            let agent = acting_for.id != person.id;
            Ok(Me {
                name: Some(person.name.clone()),
                role: if agent { Role::Agent } else { Role::Citizen },
                organisation: agent.then(|| acting_for.clone()),
                organisations: organisations.into_iter().map(|(organisation, _)| organisation).collect(),
                unit_name: None,
            })
        }
    }
}

/// Act for this party from now on: oneself (`None`) or an organisation one is agent of.
pub async fn choose_party(ask: &Ask, party: Option<Uuid>) -> Answer<Uuid> {
    let me = as_applicant(&ask.actor)?;
    let Some(party) = party.filter(|p| *p != me.person.id) else { return Ok(me.person.id) };
    let organisations = organisations_of(&mut ask.store().glance().await?, me.account, ask.at).await?;
    let found = organisations.into_iter().find(|(o, _)| o.id == party);
    found.map(|(o, _)| o.id).ok_or_else(|| Fault::missing(Thing::Account))
}

/// The sealed particulars of a party; empty if none are kept.
pub(crate) async fn profile(tx: &mut Tx, store: &Store, party: Uuid) -> Answer<Profile> {
    let Some(row) = parties::find(tx, party).await? else { return Ok(Profile::default()) };
    let Some(sealed) = row.sealed_profile else { return Ok(Profile { name: row.name, ..Profile::default() }) };
    let Some(key) = data_keys::find(tx, store.keys(), "party", party).await? else {
        return Ok(Profile { name: row.name, ..Profile::default() });
    };
    Ok(key.open_json(parties::PROFILE, &party.to_string(), &sealed)?)
}
