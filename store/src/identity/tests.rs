use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{
    accounts::{self, AccountRow},
    agencies::{self, AgencyRow},
    api_keys::{self, ApiKeyRow},
    delegations::{self, DelegationRow},
    parties::{self, PROFILE, PartyRow},
    sessions::{self, SessionRow},
    staff::{self, PostRow, StaffRow},
    units::{self, UnitRow},
};
use crate::{Cursor, StoreFault, data_keys, new_id, on_each_database};

fn now() -> DateTime<Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

fn unit_row(code: &str, level: i64, parent_id: Option<Uuid>) -> UnitRow {
    UnitRow {
        id: new_id(now()),
        parent_id,
        level,
        area_code: "440402".into(),
        name: format!("{code} 局"),
        short_name: code.into(),
        code: code.into(),
    }
}

fn party(name: &str) -> PartyRow {
    PartyRow {
        id: new_id(now()),
        kind: "citizen".into(),
        name: name.into(),
        organisation_code: None,
        sealed_profile: None,
        level: 3,
        created_at: now(),
    }
}

fn account(login: &str, kind: &str, party_id: Option<Uuid>) -> AccountRow {
    AccountRow {
        id: new_id(now()),
        login: login.into(),
        kind: kind.into(),
        display_name: login.into(),
        password_hash: "$argon2id$".into(),
        party_id,
        demo: false,
        failed: 0,
        locked_until: None,
        closed_at: None,
        created_at: now(),
    }
}

on_each_database! {
    async fn units_form_a_tree(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let city = unit_row("city", 3, None);
        let bureau = unit_row("bureau", 4, Some(city.id));
        let mut office = unit_row("office", 5, Some(bureau.id));
        for row in [&city, &bureau, &office, &unit_row("other", 3, None)] {
            units::add(&mut unit, row).await.unwrap();
        }
        office.short_name = "窗口".into();
        assert!(units::change(&mut unit, &office).await.unwrap());
        assert!(!units::change(&mut unit, &unit_row("nowhere", 1, None)).await.unwrap());
        unit.save().await.unwrap();
        let mut tx = store.read().await.unwrap();
        assert_eq!(units::find(&mut tx, office.id).await.unwrap().as_ref(), Some(&office));
        assert_eq!(units::find_by_code(&mut tx, "bureau").await.unwrap().as_ref(), Some(&bureau));
        assert_eq!(units::find_by_code(&mut tx, "none").await.unwrap(), None);
        assert_eq!(units::list(&mut tx).await.unwrap().len(), 4);
        assert_eq!(units::children(&mut tx, None).await.unwrap().len(), 2);
        assert_eq!(units::children(&mut tx, Some(city.id)).await.unwrap(), std::slice::from_ref(&bureau));
        let mut below = units::subtree(&mut tx, city.id).await.unwrap();
        let mut expected = vec![city.id, bureau.id, office.id];
        below.sort();
        expected.sort();
        assert_eq!(below, expected);
        assert_eq!(units::subtree(&mut tx, office.id).await.unwrap(), [office.id]);
        drop(tx);
        let mut unit = store.unit("a", now()).await.unwrap();
        assert!(matches!(units::add(&mut unit, &unit_row("city", 3, None)).await, Err(StoreFault::Taken)));
    }

    async fn a_profile_rests_sealed(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let mut row = party("张三");
        let key = data_keys::ensure(&mut unit, store.keys(), "party", row.id).await.unwrap();
        parties::add(&mut unit, &row).await.unwrap();
        row.sealed_profile = Some(key.seal_json(PROFILE, &row.id.to_string(), &json!({"phone": "13800000000"})).unwrap());
        row.level = 4;
        assert!(parties::change(&mut unit, &row).await.unwrap());
        let company = PartyRow { kind: "organisation".into(), organisation_code: Some("91350200MA000001XX".into()), ..party("厦门公司") };
        parties::add(&mut unit, &company).await.unwrap();
        unit.save().await.unwrap();
        let mut tx = store.read().await.unwrap();
        let back = parties::find(&mut tx, row.id).await.unwrap().unwrap();
        assert_eq!(back, row);
        let profile: serde_json::Value = key.open_json(PROFILE, &row.id.to_string(), &back.sealed_profile.unwrap()).unwrap();
        assert_eq!(profile["phone"], "13800000000");
        assert_eq!(parties::find_by_organisation_code(&mut tx, "91350200MA000001XX").await.unwrap(), Some(company.clone()));
        drop(tx);
        let mut unit = store.unit("a", now()).await.unwrap();
        let again = parties::add(&mut unit, &PartyRow { id: new_id(now()), ..company }).await;
        assert!(matches!(again, Err(StoreFault::Taken)));
    }

    async fn accounts_sign_in_lock_and_close(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let owner = party("李四");
        parties::add(&mut unit, &owner).await.unwrap();
        let mut row = account("li", "citizen", Some(owner.id));
        accounts::add(&mut unit, &row).await.unwrap();
        for login in ["clerk", "approver", "supervisor"] {
            accounts::add(&mut unit, &account(login, "staff", None)).await.unwrap();
        }
        assert_eq!(accounts::sign_in_failed(&mut unit, row.id, None).await.unwrap(), 1);
        let until = now() + TimeDelta::minutes(5);
        assert_eq!(accounts::sign_in_failed(&mut unit, row.id, Some(until)).await.unwrap(), 2);
        assert_eq!(accounts::sign_in_failed(&mut unit, row.id, None).await.unwrap(), 3);
        let locked = accounts::find_by_login(&mut unit, "li").await.unwrap().unwrap();
        assert_eq!((locked.failed, locked.locked_until), (3, Some(until)));
        accounts::sign_in_ok(&mut unit, row.id).await.unwrap();
        assert_eq!(accounts::find(&mut unit, row.id).await.unwrap().as_ref(), Some(&row));
        row.closed_at = Some(now());
        assert!(accounts::change(&mut unit, &row).await.unwrap());
        assert_eq!(accounts::find_by_party(&mut unit, owner.id).await.unwrap(), [row]);
        let first = accounts::list(&mut unit, "staff", None, 2).await.unwrap();
        assert_eq!(first.rows.iter().map(|a| a.login.as_str()).collect::<Vec<_>>(), ["approver", "clerk"]);
        let second = accounts::list(&mut unit, "staff", first.next.as_ref(), 2).await.unwrap();
        assert_eq!((second.rows[0].login.as_str(), second.rows.len(), second.next), ("supervisor", 1, None));
        assert!(matches!(accounts::list(&mut unit, "staff", Some(&Cursor::parse("forged")), 2).await, Err(StoreFault::BadCursor)));
        assert!(matches!(accounts::sign_in_failed(&mut unit, Uuid::nil(), None).await, Err(StoreFault::Gone)));
        assert!(matches!(accounts::add(&mut unit, &account("clerk", "staff", None)).await, Err(StoreFault::Taken)));
    }

    async fn staff_hold_posts(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let (bureau, other) = (unit_row("bureau", 4, None), unit_row("other", 4, None));
        units::add(&mut unit, &bureau).await.unwrap();
        units::add(&mut unit, &other).await.unwrap();
        let clerk = account("clerk", "staff", None);
        accounts::add(&mut unit, &clerk).await.unwrap();
        let mut row = StaffRow { account_id: clerk.id, unit_id: other.id };
        staff::add(&mut unit, &row).await.unwrap();
        row.unit_id = bureau.id;
        assert!(staff::change(&mut unit, &row).await.unwrap());
        let mut post = PostRow { account_id: clerk.id, unit_id: bureau.id, post: "window".into(), items: vec![] };
        staff::add_post(&mut unit, &post).await.unwrap();
        post.items = vec!["A-1".into(), "B-2".into()];
        staff::add_post(&mut unit, &post).await.unwrap();
        unit.save().await.unwrap();
        let mut unit = store.unit("a", now()).await.unwrap();
        assert_eq!(staff::find(&mut unit, clerk.id).await.unwrap(), Some(row.clone()));
        assert_eq!(staff::list_by_unit(&mut unit, bureau.id).await.unwrap(), [row]);
        assert_eq!(staff::posts(&mut unit, clerk.id).await.unwrap(), [post.clone()]);
        assert_eq!(staff::holders(&mut unit, bureau.id, "window").await.unwrap(), [post.clone()]);
        assert!(staff::holders(&mut unit, bureau.id, "review").await.unwrap().is_empty());
        assert!(staff::remove_post(&mut unit, clerk.id, bureau.id, "window").await.unwrap());
        assert!(!staff::remove_post(&mut unit, clerk.id, bureau.id, "window").await.unwrap());
        staff::add_post(&mut unit, &post).await.unwrap();
        assert!(staff::remove(&mut unit, clerk.id).await.unwrap());
        assert!(staff::posts(&mut unit, clerk.id).await.unwrap().is_empty());
        assert_eq!(staff::find(&mut unit, clerk.id).await.unwrap(), None);
    }

    async fn agents_and_delegates_act_for_others(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let (company, child, parent) = (party("公司"), party("孩子"), party("家长"));
        for row in [&company, &child, &parent] {
            parties::add(&mut unit, row).await.unwrap();
        }
        let agent = account("agent", "citizen", Some(parent.id));
        accounts::add(&mut unit, &agent).await.unwrap();
        let mut agency = AgencyRow {
            id: new_id(now()), account_id: agent.id, party_id: company.id, power: "apply".into(), items: vec!["A".into()],
            valid_from: "2026-01-01".parse().unwrap(), valid_until: None, revoked_at: None,
        };
        agencies::add(&mut unit, &agency).await.unwrap();
        agency.revoked_at = Some(now());
        agency.valid_until = Some("2026-12-31".parse().unwrap());
        assert!(agencies::change(&mut unit, &agency).await.unwrap());
        assert_eq!(agencies::find(&mut unit, agency.id).await.unwrap(), Some(agency.clone()));
        assert_eq!(agencies::list_by_account(&mut unit, agent.id).await.unwrap(), [agency.clone()]);
        assert_eq!(agencies::list_by_party(&mut unit, company.id).await.unwrap(), [agency]);
        let mut delegation = DelegationRow {
            id: new_id(now()), from_party: child.id, to_party: parent.id, relation: "parent".into(), scope: json!({"items": ["*"]}),
            valid_from: "2026-01-01".parse().unwrap(), valid_until: None, revoked_at: None, created_at: now(),
        };
        delegations::add(&mut unit, &delegation).await.unwrap();
        delegation.scope = json!(["A-1"]);
        assert!(delegations::change(&mut unit, &delegation).await.unwrap());
        assert_eq!(delegations::find(&mut unit, delegation.id).await.unwrap(), Some(delegation.clone()));
        assert_eq!(delegations::list_from(&mut unit, child.id).await.unwrap(), [delegation.clone()]);
        assert_eq!(delegations::list_to(&mut unit, parent.id).await.unwrap(), [delegation]);
        assert!(delegations::list_to(&mut unit, child.id).await.unwrap().is_empty());
    }

    async fn keys_act_until_they_are_over(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let (company, other) = (party("某公司"), party("另一公司"));
        for row in [&company, &other] {
            parties::add(&mut unit, row).await.unwrap();
        }
        let agent = account("jing", "agent", None);
        accounts::add(&mut unit, &agent).await.unwrap();
        // ids follow the moment, and the lists follow the ids
        let key = |n: i64, secret: &str, party: Uuid, expires_at: Option<DateTime<Utc>>| ApiKeyRow {
            id: new_id(now() + TimeDelta::seconds(n)), secret_hash: api_keys::hash_secret(secret), account_id: agent.id, party_id: party, name: secret.into(),
            created_at: now(), expires_at, revoked_at: None, tail: Some("wxyz".into()), last_used_on: None,
        };
        let mut first = key(1, "first", company.id, None);
        let second = key(2, "second", company.id, Some(now() + TimeDelta::hours(1)));
        let theirs = key(3, "theirs", other.id, None);
        for row in [&first, &second, &theirs] {
            api_keys::add(&mut unit, row).await.unwrap();
        }
        let today = now().date_naive();
        assert!(api_keys::note_use(&mut unit, first.id, today).await.unwrap());
        assert!(!api_keys::note_use(&mut unit, first.id, today).await.unwrap(), "once a day");
        assert!(!api_keys::note_use(&mut unit, first.id, today.pred_opt().unwrap()).await.unwrap(), "never backwards");
        first.last_used_on = Some(today);
        assert_eq!(api_keys::find(&mut unit, first.id).await.unwrap().as_ref(), Some(&first));
        assert_eq!(api_keys::find_by_secret(&mut unit, &first.secret_hash).await.unwrap().as_ref(), Some(&first));
        assert_eq!(api_keys::find(&mut unit, new_id(now())).await.unwrap(), None);
        assert_eq!(api_keys::list_by_account(&mut unit, agent.id).await.unwrap().len(), 3);
        assert_eq!(api_keys::list_in_force(&mut unit, company.id, now()).await.unwrap(), [first.clone(), second.clone()]);
        assert_eq!(api_keys::list_over(&mut unit, company.id, now(), 9).await.unwrap(), []);
        assert!(api_keys::revoke(&mut unit, first.id, now()).await.unwrap());
        assert!(!api_keys::revoke(&mut unit, first.id, now()).await.unwrap());
        first.revoked_at = Some(now());
        let later = now() + TimeDelta::hours(1);
        assert_eq!(api_keys::list_in_force(&mut unit, company.id, later).await.unwrap(), []);
        assert_eq!(api_keys::list_over(&mut unit, company.id, later, 9).await.unwrap(), [second.clone(), first]);
        assert_eq!(api_keys::list_over(&mut unit, company.id, later, 1).await.unwrap(), [second]);
        assert_eq!(api_keys::list_in_force(&mut unit, other.id, later).await.unwrap(), [theirs]);
        unit.save().await.unwrap();
        let mut unit = store.unit("a", now()).await.unwrap();
        assert!(matches!(api_keys::add(&mut unit, &key(4, "theirs", company.id, None)).await, Err(StoreFault::Taken)));
    }

    async fn sessions_come_and_go(store) {
        let db = store.db();
        let mut row = SessionRow { id_hash: sessions::hash_id("cookie"), data: vec![1, 0, 255], expires_at: now() + TimeDelta::hours(1) };
        assert!(!row.id_hash.contains("cookie"));
        assert!(sessions::create(db, &row).await.unwrap());
        assert!(!sessions::create(db, &row).await.unwrap());
        row.data = vec![2];
        sessions::save(db, &row).await.unwrap();
        assert_eq!(sessions::load(db, &row.id_hash, now()).await.unwrap().as_ref(), Some(&row));
        assert_eq!(sessions::load(db, &row.id_hash, now() + TimeDelta::hours(1)).await.unwrap(), None);
        assert_eq!(sessions::load(db, "other", now()).await.unwrap(), None);
        sessions::save(db, &SessionRow { id_hash: "late".into(), data: vec![], expires_at: now() }).await.unwrap();
        assert_eq!(sessions::remove_expired(db, now()).await.unwrap(), 1);
        sessions::remove(db, &row.id_hash).await.unwrap();
        assert_eq!(sessions::load(db, &row.id_hash, now()).await.unwrap(), None);
    }
}
