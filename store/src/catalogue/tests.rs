use chrono::{DateTime, Utc};
use serde_json::json;

use super::{
    bundles::{self, BundleRow},
    procedures::{self, ProcedureFilter, ProcedureLine, ProcedureRow},
};
use crate::{StoreFault, on_each_database};

fn now() -> DateTime<Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

fn row(code: &str, version: i64, name: &str, name_sort: &str) -> ProcedureRow {
    ProcedureRow {
        code: code.into(),
        version,
        state: "draft".into(),
        name: name.into(),
        name_sort: name_sort.into(),
        department: "民政局".into(),
        unit_id: None,
        type_code: "01".into(),
        level: "4".into(),
        audience: vec!["citizen".into()],
        themes: vec!["020".into(), "060".into()],
        body: json!({"form": {"sections": []}, "flow": {}}),
        published_at: None,
        retired_at: None,
        changed_at: now(),
    }
}

fn codes(lines: &[ProcedureLine]) -> Vec<(&str, i64)> {
    lines.iter().map(|line| (line.code.as_str(), line.version)).collect()
}

on_each_database! {
    async fn one_version_is_in_force(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let mut first = row("A", 1, "结婚登记", "jiehundengji");
        procedures::add(&mut unit, &first).await.unwrap();
        first.body = json!({"form": 2});
        assert!(procedures::change(&mut unit, &first).await.unwrap());
        assert_eq!(procedures::find_published(&mut unit, "A").await.unwrap(), None);
        assert!(procedures::publish(&mut unit, "A", 1, now()).await.unwrap());
        procedures::add(&mut unit, &row("A", 2, "结婚登记", "jiehundengji")).await.unwrap();
        assert_eq!(procedures::find_published(&mut unit, "A").await.unwrap().unwrap().version, 1);
        assert_eq!(procedures::newest(&mut unit, "A").await.unwrap().unwrap().version, 2);
        assert!(procedures::publish(&mut unit, "A", 2, now()).await.unwrap());
        let old = procedures::find(&mut unit, "A", 1).await.unwrap().unwrap();
        assert_eq!((old.state.as_str(), old.retired_at, old.body), ("retired", Some(now()), json!({"form": 2})));
        assert_eq!(codes(&procedures::versions(&mut unit, "A").await.unwrap()), [("A", 2), ("A", 1)]);
        assert!(!procedures::publish(&mut unit, "A", 9, now()).await.unwrap());
        assert!(procedures::retire(&mut unit, "A", now()).await.unwrap_or(false) || procedures::find_published(&mut unit, "A").await.unwrap().is_none());
        procedures::add(&mut unit, &row("A", 3, "结婚登记", "jiehundengji")).await.unwrap();
        assert!(procedures::remove_draft(&mut unit, "A", 3).await.unwrap());
        assert!(!procedures::remove_draft(&mut unit, "A", 1).await.unwrap());
        unit.save().await.unwrap();
        let mut unit = store.unit("a", now()).await.unwrap();
        assert!(matches!(procedures::add(&mut unit, &row("A", 1, "x", "x")).await, Err(StoreFault::Taken)));
    }

    async fn lists_are_filtered_and_paged(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        for (code, name, sort) in [("C", "公司设立 50%_优惠", "gongsisheli"), ("A", "户口迁移", "hukouqianyi"), ("B", "Passport 护照", "huzhao")] {
            let mut one = row(code, 1, name, sort);
            if code == "C" {
                one.audience = vec!["enterprise".into()];
                one.themes = vec![];
                one.department = "市场监管局".into();
            }
            procedures::add(&mut unit, &one).await.unwrap();
            procedures::publish(&mut unit, code, 1, now()).await.unwrap();
        }
        procedures::add(&mut unit, &row("A", 2, "户口迁移", "hukouqianyi")).await.unwrap();
        unit.save().await.unwrap();
        let mut tx = store.read().await.unwrap();
        let all = ProcedureFilter { states: vec!["published".into()], ..ProcedureFilter::default() };
        let first = procedures::list(&mut tx, &all, None, 2).await.unwrap();
        assert_eq!(codes(&first.rows), [("C", 1), ("A", 1)]);
        let second = procedures::list(&mut tx, &all, first.next.as_ref(), 2).await.unwrap();
        assert_eq!((codes(&second.rows), second.next), (vec![("B", 1)], None));
        for (filter, expected) in [
            (ProcedureFilter::default(), vec![("C", 1), ("A", 1), ("A", 2), ("B", 1)]),
            (ProcedureFilter { audience: Some("enterprise".into()), ..all.clone() }, vec![("C", 1)]),
            (ProcedureFilter { theme: Some("060".into()), ..all.clone() }, vec![("A", 1), ("B", 1)]),
            (ProcedureFilter { department: Some("市场监管局".into()), ..all.clone() }, vec![("C", 1)]),
            (ProcedureFilter { type_code: Some("02".into()), ..all.clone() }, vec![]),
            (ProcedureFilter { unit_id: Some(uuid::Uuid::nil()), ..all.clone() }, vec![]),
            (ProcedureFilter { name_like: Some("passPORT".into()), ..all.clone() }, vec![("B", 1)]),
            (ProcedureFilter { name_like: Some("%_".into()), ..all.clone() }, vec![("C", 1)]),
            (ProcedureFilter { name_like: Some("5_%".into()), ..all.clone() }, vec![]),
            (ProcedureFilter { name_like: Some("'; drop table procedures; --".into()), ..all.clone() }, vec![]),
        ] {
            let page = procedures::list(&mut tx, &filter, None, 10).await.unwrap();
            assert_eq!(codes(&page.rows), expected, "{filter:?}");
        }
        let by_codes = procedures::list_by_codes(&mut tx, &["A".into(), "C".into(), "none".into()]).await.unwrap();
        assert_eq!(codes(&by_codes), [("C", 1), ("A", 1)]);
        let mut departments = procedures::departments(&mut tx).await.unwrap();
        departments.sort();
        assert_eq!(departments, [("市场监管局".to_owned(), 1), ("民政局".to_owned(), 2)]);
    }

    async fn bundles_are_kept_and_listed(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        for (code, sort, state) in [("birth", "chusheng", "published"), ("company", "qiyekaiban", "draft"), ("retire", "tuixiu", "published")] {
            let mut one = BundleRow {
                code: code.into(), name: code.into(), name_sort: sort.into(), audience: vec![], state: "draft".into(), body: json!({"items": []}), changed_at: now(),
            };
            bundles::add(&mut unit, &one).await.unwrap();
            one.state = state.into();
            assert!(bundles::change(&mut unit, &one).await.unwrap());
            assert_eq!(bundles::find(&mut unit, code).await.unwrap(), Some(one));
        }
        let first = bundles::list(&mut unit, Some("published"), None, 1).await.unwrap();
        assert_eq!(first.rows[0].code, "birth");
        let second = bundles::list(&mut unit, Some("published"), first.next.as_ref(), 1).await.unwrap();
        assert_eq!((second.rows[0].code.as_str(), second.next), ("retire", None));
        assert_eq!(bundles::list(&mut unit, None, None, 10).await.unwrap().rows.len(), 3);
    }
}
