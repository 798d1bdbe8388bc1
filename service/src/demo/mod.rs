//! A demonstration hall: a believable district with one account per role.
//!
//! All persons carry ID numbers with nineteenth-century birthdays, all organisations codes marked DEM: none is real.
//! Demonstration accounts cannot sign in outside demonstration mode, whatever the database holds.

mod chance;
mod fate;
mod hours;
mod life;
mod paper;
mod people;
mod places;
mod plan;
mod staff;
mod year;

pub use year::{BATCH, Filled, Progress, Year, fill, progress};

use crate::fault::{Answer, Fault};
use crate::hall::Hall;
use crate::identity::{Profile, hash_password};
use chrono::{DateTime, TimeDelta, Utc};
use domain::identity::numbers::mask_id;
use serde_json::json;
use std::collections::HashMap;
use store::certificates::CertificateRow;
use store::identity::accounts::AccountRow;
use store::identity::agencies::AgencyRow;
use store::identity::parties::{self, PartyRow};
use store::identity::staff::{PostRow, StaffRow};
use store::identity::{accounts, agencies, staff as rows};
use store::{Unit, certificates, data_keys, new_id};
use uuid::Uuid;

/// Accounts by role: login and what the role is, as printed at start.
pub const ACCOUNTS: [(&str, &str); 9] = [
    ("citizen", "市民 李某"),
    ("citizen2", "市民 陈某"),
    ("enterprise", "企业经办人 王某（青禾区某某面馆）"),
    ("clerk", "窗口、核查、审查人员 张某"),
    ("approver", "审批人员 赵某"),
    ("approver2", "审批人员 周某"),
    ("supervisor", "效能监督人员 吴某"),
    ("editor", "事项管理人员 郑某"),
    ("admin", "系统管理人员 孙某"),
];

/// The hall opened this many days before its demonstration begins: whoever applied last year found everything in force.
const OPEN_FOR: TimeDelta = TimeDelta::days(400);

/// Fill an empty hall. Twice is harmless. All accounts get this password.
pub async fn seed(hall: &Hall, at: DateTime<Utc>, password: &str) -> Answer<bool> {
    let store = hall.store();
    let at = at - OPEN_FOR;
    if accounts::find_by_login(&mut store.glance().await?, "citizen").await?.is_some() {
        return Ok(false);
    }
    let password = password.to_owned();
    let hash = tokio::task::spawn_blocking(move || hash_password(&password)).await.map_err(Fault::broken)??;
    let mut unit = store.unit("hall", at).await?;
    let tree = places::ensure(&mut unit, at).await?;
    crate::catalogue::seed(&mut unit, at, |code| tree.get(code).copied()).await?;
    seed_people(hall, &mut unit, at, &hash).await?;
    seed_staff(&mut unit, at, &hash, &tree).await?;
    staff::ensure(&mut unit, at, &hash, &tree).await?;
    unit.save().await?;
    hall.reload().await?;
    Ok(true)
}

/// Keys of the open API for the demonstration's citizen and for its enterprise, made at the first start.
pub async fn keys(hall: &Hall, at: DateTime<Utc>) -> Answer<Vec<(&'static str, String)>> {
    let mut keys = Vec::new();
    for login in ["enterprise", "citizen"] {
        keys.push((login, crate::identity::demo_key(hall, at, login).await?));
    }
    Ok(keys)
}

async fn party(hall: &Hall, unit: &mut Unit, at: DateTime<Utc>, id: Uuid, kind: &str, profile: Profile) -> Answer<()> {
    let key = data_keys::ensure(unit, hall.store().keys(), "party", id).await?;
    let organisation = kind == "organisation";
    let row = PartyRow {
        id,
        kind: kind.into(),
        name: profile.name.clone(),
        organisation_code: organisation.then(|| profile.id_number.clone()),
        sealed_profile: Some(key.seal_json(parties::PROFILE, &id.to_string(), &profile)?),
        level: 4,
        created_at: at,
    };
    parties::add(unit, &row).await?;
    store::blind_index::add(unit, hall.store().keys(), parties::ID_NUMBER, &profile.id_number, "party", id).await?;
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "the columns of an account")]
async fn account(
    unit: &mut Unit,
    at: DateTime<Utc>,
    id: Uuid,
    login: &str,
    kind: &str,
    name: &str,
    hash: &str,
    party_id: Option<Uuid>,
) -> Answer<()> {
    let row = AccountRow {
        id,
        login: login.into(),
        kind: kind.into(),
        display_name: name.into(),
        password_hash: hash.into(),
        party_id,
        demo: true,
        failed: 0,
        locked_until: None,
        closed_at: None,
        created_at: at,
    };
    Ok(accounts::add(unit, &row).await?)
}

struct Held<'h> {
    type_code: &'h str,
    name: &'h str,
    number: &'h str,
    holder: (Uuid, &'h str),
    issuer: &'h str,
    facts: serde_json::Value,
}

/// A certificate that another office issued: a record of the library, without our signature.
async fn held(unit: &mut Unit, at: DateTime<Utc>, held: Held<'_>) -> Answer<()> {
    let id = new_id(at);
    let day = domain::clock::hall_day(at);
    let row = CertificateRow {
        id,
        mark: format!("demo.{id}"),
        type_code: held.type_code.into(),
        type_name: held.name.into(),
        number: held.number.into(),
        holder_party: held.holder.0,
        holder_index: store::blind_index::digest_of(unit, parties::ID_NUMBER, "party", held.holder.0).await?,
        holder_name: held.holder.1.into(),
        issuer_unit: Uuid::nil(),
        issuer_name: held.issuer.into(),
        issued_on: day,
        valid_from: day,
        valid_until: None,
        state: "valid".into(),
        case_id: None,
        facts: held.facts,
        sealed_facts: None,
        signed_json: String::new(),
        signature: String::new(),
        created_at: at,
    };
    Ok(certificates::add(unit, &row).await?)
}

/// 居民身份证, as the library records it.
async fn id_card(unit: &mut Unit, at: DateTime<Utc>, person: Uuid, name: &str, number: &str) -> Answer<()> {
    let card = Held {
        type_code: "resident_id_card",
        name: "居民身份证",
        number,
        holder: (person, name),
        issuer: "青禾区公安分局",
        facts: json!({ "name": name }),
    };
    held(unit, at, card).await
}

/// 营业执照, as the library records it.
async fn business_licence(unit: &mut Unit, at: DateTime<Utc>, firm: Uuid, profile: &Profile) -> Answer<()> {
    let licence = Held {
        type_code: "business_licence",
        name: "营业执照",
        number: &profile.id_number,
        holder: (firm, &profile.name),
        issuer: "青禾区市场监督管理局",
        facts: json!({ "name": profile.name, "code": profile.id_number, "address": profile.address }),
    };
    held(unit, at, licence).await
}

/// The account may do everything for the firm.
async fn agency(unit: &mut Unit, at: DateTime<Utc>, account_id: Uuid, party_id: Uuid) -> Answer<()> {
    let row = AgencyRow {
        id: new_id(at),
        account_id,
        party_id,
        power: "all".into(),
        items: Vec::new(),
        valid_from: domain::clock::hall_day(at),
        valid_until: None,
        revoked_at: None,
    };
    Ok(agencies::add(unit, &row).await?)
}

async fn seed_people(hall: &Hall, unit: &mut Unit, at: DateTime<Utc>, hash: &str) -> Answer<()> {
    let people = [
        ("citizen", "citizen", "李某", "350205188001010017", "19900000001", "青禾区望河街道望河社区示例路 6 号"),
        ("citizen2", "citizen", "陈某", "350205188304250245", "19900000002", "青禾区溪南镇和平村 12 号"),
        ("enterprise", "agent", "王某", "440402188405300356", "19900000003", "青禾区望河街道柳桥社区示例路 18 号"),
    ];
    let mut agent = Uuid::nil();
    for (login, kind, name, id_number, mobile, address) in people {
        let profile = Profile {
            name: name.into(),
            id_number: id_number.into(),
            mobile: mobile.into(),
            address: address.into(),
            ..Profile::default()
        };
        let (person, account_id) = (new_id(at), new_id(at));
        party(hall, unit, at, person, "citizen", profile).await?;
        account(unit, at, account_id, login, kind, name, hash, Some(person)).await?;
        id_card(unit, at, person, name, &mask_id(id_number)).await?;
        if login == "enterprise" {
            agent = account_id;
        }
    }
    let noodle = Profile {
        name: "青禾区某某面馆".into(),
        id_number: "92350205MADEM00382".into(),
        address: "青禾区望河街道示例路 18 号 1 层".into(),
        legal_person: "王某".into(),
        legal_person_id: "440402188405300356".into(),
        ..Profile::default()
    };
    let shop = new_id(at);
    party(hall, unit, at, shop, "organisation", noodle.clone()).await?;
    agency(unit, at, agent, shop).await?;
    business_licence(unit, at, shop, &noodle).await
}

async fn seed_staff(unit: &mut Unit, at: DateTime<Utc>, hash: &str, tree: &HashMap<String, Uuid>) -> Answer<()> {
    let at_home = crate::catalogue::offices_online()?;
    let staff_of: [(&str, &str, &str, &[&str]); 6] = [
        ("clerk", "张某", "scjgj", &["window", "inspector", "reviewer"]),
        ("approver", "赵某", "scjgj", &["approver"]),
        ("approver2", "周某", "mzj", &["approver"]),
        ("supervisor", "吴某", "district", &["supervisor"]),
        ("editor", "郑某", "district", &["editor"]),
        ("admin", "孙某", "district", &["admin"]),
    ];
    for (login, name, home, posts) in staff_of {
        let account_id = new_id(at);
        account(unit, at, account_id, login, "staff", name, hash, None).await?;
        let home_unit = *tree.get(home).ok_or_else(|| Fault::broken(format!("no unit {home}")))?;
        rows::add(unit, &StaffRow { account_id, unit_id: home_unit }).await?;
        // the desk staff are delegated by all offices to the service centre (综合窗口、首席代表, S002)
        let units = if home == "district" { vec![home.to_owned()] } else { at_home.iter().cloned().collect() };
        for code in units {
            let unit_id = *tree.get(&code).ok_or_else(|| Fault::broken(format!("no unit {code}")))?;
            for post in posts {
                let row = PostRow { account_id, unit_id, post: (*post).into(), items: Vec::new() };
                rows::add_post(unit, &row).await?;
            }
        }
    }
    Ok(())
}
