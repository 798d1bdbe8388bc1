use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{
    drafts::{self, ANSWERS, DraftRow},
    uploads::{self, FILE_NAME, UploadRow},
};
use crate::{DataKey, Unit, data_keys, new_id, on_each_database};

fn now() -> DateTime<Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

async fn key(unit: &mut Unit, draft: Uuid) -> DataKey {
    let store = unit.store().clone();
    data_keys::ensure(unit, store.keys(), "draft", draft).await.unwrap()
}

fn draft(id: Uuid, account: Uuid, key: &DataKey) -> DraftRow {
    DraftRow {
        id,
        procedure_code: "A".into(),
        procedure_version: 1,
        party_id: account,
        account_id: account,
        case_id: None,
        purpose: "new".into(),
        title: "户口迁移".into(),
        page_done: json!([true, false]),
        answers: key.seal_json(ANSWERS, &id.to_string(), &json!({"name": "张三"})).unwrap(),
        version: 1,
        created_at: now(),
        updated_at: now(),
        expires_at: now() + TimeDelta::days(30),
    }
}

on_each_database! {
    async fn a_draft_is_saved_over_and_over_but_never_over_a_newer_one(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let (id, account) = (new_id(now()), new_id(now()));
        let key = key(&mut unit, id).await;
        let mut row = draft(id, account, &key);
        drafts::add(&mut unit, &row).await.unwrap();
        row.answers = key.seal_json(ANSWERS, &id.to_string(), &json!({"name": "张三丰"})).unwrap();
        row.updated_at = now() + TimeDelta::minutes(1);
        assert!(drafts::change(&mut unit, &row).await.unwrap());
        assert!(!drafts::change(&mut unit, &row).await.unwrap(), "version 1 is gone");
        unit.save().await.unwrap();
        let mut tx = store.read().await.unwrap();
        let back = drafts::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!(back, DraftRow { version: 2, ..row });
        let answers: serde_json::Value = key.open_json(ANSWERS, &id.to_string(), &back.answers).unwrap();
        assert_eq!(answers["name"], "张三丰");
    }

    async fn drafts_are_found_listed_and_thrown_away(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let (account, case) = (new_id(now()), new_id(now()));
        let mut ids = Vec::new();
        for n in 0..5_i64 {
            let id = new_id(now());
            let key = key(&mut unit, id).await;
            let mut row = draft(id, account, &key);
            row.updated_at = now() + TimeDelta::minutes(n);
            row.expires_at = now() + TimeDelta::days(n);
            if n == 4 {
                row.case_id = Some(case);
                row.purpose = "supplement".into();
            }
            drafts::add(&mut unit, &row).await.unwrap();
            ids.push(id);
        }
        assert_eq!(drafts::find_open(&mut unit, account, account, "A", None).await.unwrap().unwrap().id, ids[3]);
        assert_eq!(drafts::find_open(&mut unit, account, account, "A", Some(case)).await.unwrap().unwrap().id, ids[4]);
        assert!(drafts::find_open(&mut unit, account, account, "B", None).await.unwrap().is_none());
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = drafts::list_by_account(&mut unit, account, cursor.as_ref(), 2).await.unwrap();
            seen.extend(page.rows.iter().map(|row| row.id));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        ids.reverse();
        assert_eq!(seen, ids);
        ids.reverse();
        assert_eq!(drafts::expired(&mut unit, now() + TimeDelta::days(1), 10).await.unwrap(), ids[..2]);
        assert!(drafts::remove(&mut unit, ids[0]).await.unwrap());
        assert!(!drafts::remove(&mut unit, ids[0]).await.unwrap());
        assert_eq!(drafts::find(&mut unit, ids[0]).await.unwrap(), None);
    }

    async fn uploads_follow_their_draft_into_the_case(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let (draft, case) = (new_id(now()), new_id(now()));
        let key = key(&mut unit, draft).await;
        let mut rows = Vec::new();
        for n in 0..3 {
            let id = new_id(now() + TimeDelta::milliseconds(n));
            let row = UploadRow {
                id, draft_id: Some(draft), case_id: None, field: "photo".into(), row: "0".into(), file_name: key.seal(FILE_NAME, &id.to_string(), "照片.jpg".as_bytes()).unwrap(),
                media_type: "image/jpeg".into(), size: 7, sha256: "00".into(), blob: format!("{n:032x}"), state: "checked".into(), created_at: now(), created_by: draft,
            };
            uploads::add(&mut unit, &row).await.unwrap();
            rows.push(row);
        }
        assert_eq!(uploads::list_by_draft(&mut unit, draft).await.unwrap(), rows);
        assert!(uploads::remove(&mut unit, rows[2].id).await.unwrap());
        assert_eq!(uploads::hand_over(&mut unit, draft, case).await.unwrap(), 2);
        assert!(data_keys::hand_over(&mut unit, ("draft", draft), ("case", case)).await.unwrap());
        assert!(uploads::list_by_draft(&mut unit, draft).await.unwrap().is_empty());
        assert!(uploads::change_state(&mut unit, rows[0].id, "refused").await.unwrap());
        let of_case = uploads::list_by_case(&mut unit, case).await.unwrap();
        assert_eq!(of_case, [UploadRow { draft_id: None, case_id: Some(case), state: "refused".into(), ..rows[0].clone() }, UploadRow { draft_id: None, case_id: Some(case), ..rows[1].clone() }]);
        let key = data_keys::find(&mut unit, store.keys(), "case", case).await.unwrap().unwrap();
        assert_eq!(key.open(FILE_NAME, &rows[1].id.to_string(), &of_case[1].file_name).unwrap(), "照片.jpg".as_bytes());
        assert_eq!(uploads::find(&mut unit, rows[2].id).await.unwrap(), None);
    }
}
