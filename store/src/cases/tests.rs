use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::{
    NewEvent, Store, StoreFault,
    accesses::{self, AccessRow},
    certificates::{self, CertificateRow},
    data_keys,
    documents::{self, DocumentRow},
    new_id, on_each_database,
    ratings::{self, RatingRow},
    retry,
};

fn now() -> DateTime<Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn case(number: &str, promised_due: Option<&str>) -> CaseRow {
    CaseRow {
        id: new_id(now()),
        number: number.into(),
        query_code_hash: "h".into(),
        procedure_code: "A".into(),
        procedure_version: 1,
        item_name: "户口迁移".into(),
        unit_id: Uuid::from_u128(1),
        party_id: Uuid::from_u128(2),
        applicant_name: "张三".into(),
        stage: "accepted".into(),
        node: Some("review".into()),
        post: Some("review".into()),
        assignee: None,
        promised_due: promised_due.map(day),
        statutory_due: promised_due.map(|_| day("2027-01-01")),
        act_by: None,
        stopped: false,
        outcome: None,
        submitted_at: now(),
        changed_at: now(),
        closed_at: None,
        version: 1,
        state: json!({"stage": "accepted"}),
    }
}

/// For tests of other rooms.
pub(crate) fn case_row(id: Uuid, number: &str) -> CaseRow {
    CaseRow { id, ..case(number, None) }
}

async fn add_all(store: &Store, rows: &[CaseRow]) {
    let mut unit = store.unit("a", now()).await.unwrap();
    for row in rows {
        add(&mut unit, row).await.unwrap();
        unit.append(NewEvent::new("case", row.id, "submitted", json!({})).seq(1));
    }
    unit.save().await.unwrap();
}

fn numbers(lines: &[CaseLine]) -> Vec<&str> {
    lines.iter().map(|line| line.number.as_str()).collect()
}

on_each_database! {
    async fn a_case_reads_back_as_written_and_never_over_a_newer_one(store) {
        let mut row = case("N1", Some("2026-04-09"));
        add_all(&store, &[row.clone()]).await;
        let mut unit = store.unit("a", now()).await.unwrap();
        assert_eq!(find(&mut unit, row.id).await.unwrap().as_ref(), Some(&row));
        assert_eq!(find_by_number(&mut unit, "N1").await.unwrap().as_ref(), Some(&row));
        assert_eq!(find_by_number(&mut unit, "n1").await.unwrap(), None);
        row = CaseRow {
            stage: "decided".into(), node: None, post: None, assignee: Some(Uuid::from_u128(9)), promised_due: None, statutory_due: None, act_by: Some(day("2026-05-01")),
            stopped: true, outcome: Some("granted".into()), changed_at: now() + TimeDelta::hours(1), closed_at: Some(now()), version: 3, state: json!({"stage": "decided"}), ..row
        };
        assert!(change(&mut unit, &row, 1).await.unwrap());
        assert!(!change(&mut unit, &row, 1).await.unwrap());
        unit.save().await.unwrap();
        assert_eq!(find(&mut store.glance().await.unwrap(), row.id).await.unwrap(), Some(row));
        let mut unit = store.unit("a", now()).await.unwrap();
        assert!(matches!(add(&mut unit, &case("N1", None)).await, Err(StoreFault::Taken)));
    }

    async fn each_case_is_claimed_by_exactly_one_of_many(store) {
        let rows: Vec<CaseRow> = (0..20).map(|n| case(&format!("N{n}"), None)).collect();
        add_all(&store, &rows).await;
        let second = store.second_node().await;
        let mut clerks = Vec::new();
        for clerk in 0..8_u128 {
            let node = if clerk % 2 == 0 { (*store).clone() } else { second.clone() };
            let rows = rows.clone();
            clerks.push(tokio::spawn(async move {
                let mut mine = Vec::new();
                for row in rows {
                    let claimed = retry(|| async {
                        let mut unit = node.unit("clerk", now()).await?;
                        let me = Uuid::from_u128(clerk + 100);
                        let Some(claimed) = claim(&mut unit, row.id, 1, me, &json!({"assignee": me}), now()).await? else { return Ok::<_, StoreFault>(None) };
                        unit.append(NewEvent::new("case", row.id, "claimed", json!({})).seq(claimed.version));
                        unit.save().await?;
                        Ok(Some(claimed))
                    }).await.unwrap();
                    if let Some(claimed) = claimed {
                        assert_eq!((claimed.version, claimed.assignee), (2, Some(Uuid::from_u128(clerk + 100))));
                        mine.push(row.id);
                    }
                }
                mine
            }));
        }
        let mut claimed: HashMap<Uuid, u32> = HashMap::new();
        for clerk in clerks {
            for id in clerk.await.unwrap() {
                *claimed.entry(id).or_default() += 1;
            }
        }
        assert_eq!(claimed.len(), 20);
        assert!(claimed.values().all(|times| *times == 1));
        assert!(store.check_log().await.unwrap().sound());
        assert_eq!(store.check_log().await.unwrap().events, 40);
        // Neither a claimed case nor a closed one can be claimed, also by who knows its version.
        let mut unit = store.unit("clerk", now()).await.unwrap();
        assert_eq!(claim(&mut unit, rows[0].id, 2, Uuid::from_u128(5), &json!({}), now()).await.unwrap(), None);
        let closed = CaseRow { closed_at: Some(now()), ..case("closed", None) };
        add(&mut unit, &closed).await.unwrap();
        assert_eq!(claim(&mut unit, closed.id, 1, Uuid::from_u128(5), &json!({}), now()).await.unwrap(), None);
        assert_eq!(claim(&mut unit, Uuid::nil(), 1, Uuid::from_u128(5), &json!({}), now()).await.unwrap(), None);
    }

    async fn a_queue_is_in_order_of_days_and_pages_without_loss(store) {
        let days = [Some("2026-04-09"), None, Some("2026-03-05"), Some("2026-04-09"), Some("2026-03-04"), None, Some("2026-12-31")];
        let rows: Vec<CaseRow> = days.iter().enumerate().map(|(n, due)| case(&format!("N{n}"), *due)).collect();
        add_all(&store, &rows).await;
        let mut tx = store.read().await.unwrap();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = queue(&mut tx, &CaseScope::default(), &CaseFilter::default(), cursor.as_ref(), 2).await.unwrap();
            seen.extend(page.rows);
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let mut expected = rows.clone();
        expected.sort_by_key(|row| (row.promised_due.unwrap_or(NaiveDate::MAX), row.id));
        assert_eq!(numbers(&seen), expected.iter().map(|row| row.number.as_str()).collect::<Vec<_>>());
    }

    async fn a_case_with_several_open_nodes_stands_in_each_queue(store) {
        let (road, police) = (Uuid::from_u128(1), Uuid::from_u128(7));
        let days = ["2026-03-05", "2026-03-03", "2026-03-04", "2026-03-04"];
        let mut rows: Vec<CaseRow> = days.iter().enumerate().map(|(n, due)| case(&format!("N{n}"), Some(due))).collect();
        rows[2].unit_id = police;
        rows[3].closed_at = Some(now());
        add_all(&store, &rows).await;
        let place = |n: usize, node: &str, unit_id, assignee: Option<u128>| CasePlaceRow {
            case_id: rows[n].id, node: node.into(), unit_id, post: "review".into(), assignee: assignee.map(Uuid::from_u128),
        };
        let mut unit = store.unit("a", now()).await.unwrap();
        set_places(&mut unit, rows[0].id, &[place(0, "police", police, Some(5))]).await.unwrap();
        set_places(&mut unit, rows[1].id, &[place(1, "police", police, None), place(1, "road", road, None)]).await.unwrap();
        set_places(&mut unit, rows[3].id, &[place(3, "police", police, None)]).await.unwrap();
        unit.save().await.unwrap();
        let mut tx = store.read().await.unwrap();
        let scope = |units: &[Uuid], post: &str| CaseScope { units: Some(units.to_vec()), posts: Some(vec![post.into()]), procedures: None };
        let open = CaseFilter { open: Some(true), ..CaseFilter::default() };
        let of = |assignee| CaseFilter { assignee, ..open.clone() };
        for (scope, filter, expected) in [
            (scope(&[police], "review"), open.clone(), vec!["N1", "N2", "N0"]),
            (scope(&[road], "review"), open.clone(), vec!["N1", "N0"]),
            (scope(&[road, police], "review"), open.clone(), vec!["N1", "N2", "N0"]),
            (scope(&[police], "approve"), open.clone(), vec![]),
            (scope(&[police], "review"), of(Assignee::Unclaimed), vec!["N1", "N2"]),
            (scope(&[police], "review"), of(Assignee::Of(Uuid::from_u128(5))), vec!["N0"]),
            (scope(&[road, police], "review"), of(Assignee::Of(Uuid::from_u128(5))), vec!["N0"]),
            (scope(&[road], "review"), of(Assignee::Of(Uuid::from_u128(5))), vec![]),
            (CaseScope::default(), open.clone(), vec!["N1", "N2", "N0"]),
        ] {
            let (mut seen, mut cursor) = (Vec::new(), None);
            loop {
                let page = queue(&mut tx, &scope, &filter, cursor.as_ref(), 1).await.unwrap();
                seen.extend(page.rows);
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(numbers(&seen), expected, "{scope:?} {filter:?}");
            assert_eq!(count(&mut tx, &scope, &filter, 50).await.unwrap(), i64::try_from(expected.len()).unwrap());
        }
        drop(tx);
        let mut unit = store.unit("a", now()).await.unwrap();
        set_places(&mut unit, rows[1].id, &[]).await.unwrap();
        unit.save().await.unwrap();
        let mut tx = store.glance().await.unwrap();
        assert_eq!(places(&mut tx, rows[1].id).await.unwrap(), []);
        assert_eq!(places(&mut tx, rows[0].id).await.unwrap(), [place(0, "police", police, Some(5))]);
    }

    async fn a_queue_shows_only_what_scope_and_filter_let_through(store) {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(7));
        let mut rows: Vec<CaseRow> = (0..6).map(|n| case(&format!("N{n}%"), Some(&format!("2026-03-0{}", n + 1)))).collect();
        rows[1].unit_id = two;
        rows[2].post = Some("approve".into());
        rows[2].stage = "review".into();
        rows[3].procedure_code = "B".into();
        rows[3].stopped = true;
        rows[4].assignee = Some(two);
        rows[4].party_id = two;
        rows[5].closed_at = Some(now());
        rows[5].number = "M5".into();
        add_all(&store, &rows).await;
        let mut tx = store.read().await.unwrap();
        let all = CaseScope::default();
        let any = CaseFilter::default();
        for (scope, filter, expected) in [
            (all.clone(), any.clone(), vec!["N0%", "N1%", "N2%", "N3%", "N4%", "M5"]),
            (CaseScope { units: Some(vec![two]), ..all.clone() }, any.clone(), vec!["N1%"]),
            (CaseScope { units: Some(vec![one, two]), posts: Some(vec!["approve".into()]), ..all.clone() }, any.clone(), vec!["N2%"]),
            (CaseScope { procedures: Some(vec!["B".into()]), ..all.clone() }, any.clone(), vec!["N3%"]),
            (CaseScope { units: Some(vec![]), ..all.clone() }, any.clone(), vec![]),
            (all.clone(), CaseFilter { stages: vec!["review".into(), "x".into()], ..any.clone() }, vec!["N2%"]),
            (all.clone(), CaseFilter { assignee: Assignee::Of(two), ..any.clone() }, vec!["N4%"]),
            (all.clone(), CaseFilter { assignee: Assignee::Unclaimed, open: Some(true), ..any.clone() }, vec!["N0%", "N1%", "N2%", "N3%"]),
            (all.clone(), CaseFilter { open: Some(false), ..any.clone() }, vec!["M5"]),
            (all.clone(), CaseFilter { procedure: Some("B".into()), stopped: Some(true), ..any.clone() }, vec!["N3%"]),
            (all.clone(), CaseFilter { stopped: Some(false), due_until: Some(day("2026-03-02")), ..any.clone() }, vec!["N0%", "N1%"]),
            (all.clone(), CaseFilter { party_id: Some(two), ..any.clone() }, vec!["N4%"]),
            (all.clone(), CaseFilter { number_starts: Some("M".into()), ..any.clone() }, vec!["M5"]),
            (all.clone(), CaseFilter { number_starts: Some("%".into()), ..any.clone() }, vec![]),
        ] {
            let page = queue(&mut tx, &scope, &filter, None, 50).await.unwrap();
            assert_eq!(numbers(&page.rows), expected, "{scope:?} {filter:?}");
            let all = i64::try_from(expected.len()).unwrap();
            assert_eq!(count(&mut tx, &scope, &filter, 50).await.unwrap(), all);
            assert_eq!(count(&mut tx, &scope, &filter, 2).await.unwrap(), all.min(2), "counted no further");
        }
        let ids = [rows[4].id, Uuid::from_u128(99), rows[0].id];
        let found = find_all(&mut tx, &ids).await.unwrap();
        assert_eq!(found.iter().map(|r| r.number.as_str()).collect::<Vec<_>>(), ["N4%", "N0%"], "in the order asked for");
        assert!(find_all(&mut tx, &[]).await.unwrap().is_empty());
    }

    async fn a_party_sees_its_cases_and_the_timer_those_it_must_act_on(store) {
        let mut rows: Vec<CaseRow> = (0..5).map(|n| CaseRow { id: new_id(now() + TimeDelta::milliseconds(n)), ..case(&format!("N{n}"), None) }).collect();
        rows[1].act_by = Some(day("2026-03-05"));
        rows[2].act_by = Some(day("2026-03-04"));
        rows[3].act_by = Some(day("2026-03-06"));
        rows[4].act_by = Some(day("2026-03-01"));
        rows[4].closed_at = Some(now());
        add_all(&store, &rows).await;
        let mut tx = store.read().await.unwrap();
        assert_eq!(numbers(&due_for_timer(&mut tx, day("2026-03-05"), 10).await.unwrap()), ["N2", "N1"]);
        let first = list_by_party(&mut tx, Uuid::from_u128(2), None, None, 3).await.unwrap();
        let whole = |rows: &[CaseRow]| rows.iter().map(|row| row.number.clone()).collect::<Vec<_>>();
        assert_eq!(whole(&first.rows), ["N4", "N3", "N2"]);
        let second = list_by_party(&mut tx, Uuid::from_u128(2), None, first.next.as_ref(), 3).await.unwrap();
        assert_eq!(whole(&second.rows), ["N1", "N0"]);
        assert_eq!(second.next, None);
        for (code, count) in [(rows[0].procedure_code.as_str(), 5), ("nothing", 0)] {
            let of = list_by_party(&mut tx, Uuid::from_u128(2), Some(code), None, 9).await.unwrap();
            assert_eq!(of.rows.len(), count, "{code}");
        }
        assert!(list_by_party(&mut tx, Uuid::nil(), None, None, 3).await.unwrap().rows.is_empty());
    }

    async fn answers_and_notes_rest_sealed(store) {
        let row = case("N1", None);
        add_all(&store, std::slice::from_ref(&row)).await;
        let mut unit = store.unit("a", now()).await.unwrap();
        let key = data_keys::ensure(&mut unit, store.keys(), "case", row.id).await.unwrap();
        for revision in 1..=2 {
            let place = format!("{}/{revision}", row.id);
            let sealed = key.seal_json(ANSWERS, &place, &json!({"revision": revision})).unwrap();
            add_answers(&mut unit, &CaseAnswersRow { case_id: row.id, revision, answers: sealed, hash: "h".into(), created_at: now() }).await.unwrap();
        }
        assert_eq!(answers(&mut unit, row.id).await.unwrap().unwrap().revision, 2);
        let first = answers_at(&mut unit, row.id, 1).await.unwrap().unwrap();
        let opened: serde_json::Value = key.open_json(ANSWERS, &format!("{}/1", row.id), &first.answers).unwrap();
        assert_eq!(opened, json!({"revision": 1}));
        assert_eq!(revisions(&mut unit, row.id).await.unwrap(), [1, 2]);
        let clerk = Uuid::from_u128(9);
        for words in ["拟", "拟同意"] {
            let note = key.seal(NOTE, "n", words.as_bytes()).unwrap();
            save_note(&mut unit, &CaseNoteRow { case_id: row.id, account_id: clerk, note, updated_at: now() }).await.unwrap();
        }
        let kept = note(&mut unit, row.id, clerk).await.unwrap().unwrap();
        assert_eq!(key.open(NOTE, "n", &kept.note).unwrap(), "拟同意".as_bytes());
        assert!(note(&mut unit, row.id, Uuid::nil()).await.unwrap().is_none());
        assert!(remove_note(&mut unit, row.id, clerk).await.unwrap());
        assert!(!remove_note(&mut unit, row.id, clerk).await.unwrap());
        let again = CaseAnswersRow { revision: 2, ..first };
        assert!(matches!(add_answers(&mut unit, &again).await, Err(StoreFault::Taken)));
    }

    async fn documents_are_made_once_or_given_up(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let case = new_id(now());
        let key = data_keys::ensure(&mut unit, store.keys(), "case", case).await.unwrap();
        let mut rows = Vec::new();
        for n in 0..3 {
            let id = new_id(now() + TimeDelta::milliseconds(n));
            rows.push(DocumentRow {
                id, case_id: case, kind: "receipt".into(), number: format!("D{n}"), facts: key.seal_json(documents::FACTS, &id.to_string(), &json!({"n": n})).unwrap(),
                template_version: 1, state: "wanted".into(), blob: None, sha256: None, attempts: 0, made_at: None, verify_code: "vc".into(), created_at: now(),
            });
            documents::add(&mut unit, &rows[rows.len() - 1]).await.unwrap();
        }
        assert_eq!(documents::wanted(&mut unit, 2).await.unwrap(), rows[..2]);
        assert!(documents::ready(&mut unit, rows[0].id, "blob", "sha", now()).await.unwrap());
        assert!(!documents::ready(&mut unit, rows[0].id, "blob2", "sha", now()).await.unwrap());
        assert_eq!(documents::failed(&mut unit, rows[1].id, 2).await.unwrap(), "wanted");
        assert_eq!(documents::wanted(&mut unit, 9).await.unwrap().iter().map(|d| d.number.as_str()).collect::<Vec<_>>(), ["D2", "D1"]);
        assert_eq!(documents::failed(&mut unit, rows[1].id, 2).await.unwrap(), "failed");
        assert_eq!(documents::failed(&mut unit, rows[0].id, 2).await.unwrap(), "ready");
        let made = documents::find_by_number(&mut unit, "D0").await.unwrap().unwrap();
        assert_eq!((made.state.as_str(), made.blob.as_deref(), made.made_at, made.attempts), ("ready", Some("blob"), Some(now()), 1));
        assert_eq!(documents::find(&mut unit, rows[2].id).await.unwrap().as_ref(), Some(&rows[2]));
        assert_eq!(documents::list_by_case(&mut unit, case).await.unwrap().len(), 3);
        assert!(matches!(documents::failed(&mut unit, Uuid::nil(), 2).await, Err(StoreFault::Gone)));
    }

    async fn certificates_are_found_by_number_and_mark_and_change_state_once(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let holder = new_id(now());
        let mut rows = Vec::new();
        for n in 0..3 {
            rows.push(CertificateRow {
                id: new_id(now() + TimeDelta::milliseconds(n)), mark: format!("1.2.156.{n}"), type_code: "T".into(), type_name: "许可证".into(), number: format!("C{n}"), holder_party: holder, holder_index: (n == 2).then(|| "digest".into()),
                holder_name: "张三".into(), issuer_unit: Uuid::from_u128(1), issuer_name: "民政局".into(), issued_on: day("2026-03-02"), valid_from: day("2026-03-02"),
                valid_until: (n == 1).then(|| day("2031-03-01")), state: "valid".into(), case_id: Some(Uuid::from_u128(5)), facts: json!({"scope": "餐饮"}), sealed_facts: None,
                signed_json: r#"{"a":1}"#.into(), signature: "00".into(), created_at: now(),
            });
            certificates::add(&mut unit, &rows[rows.len() - 1]).await.unwrap();
        }
        assert_eq!(certificates::find(&mut unit, rows[1].id).await.unwrap().as_ref(), Some(&rows[1]));
        assert_eq!(certificates::find_by_number(&mut unit, "C1").await.unwrap().as_ref(), Some(&rows[1]));
        assert_eq!(certificates::find_by_mark(&mut unit, "1.2.156.2").await.unwrap().as_ref(), Some(&rows[2]));
        assert_eq!(certificates::find_by_case(&mut unit, Uuid::from_u128(5)).await.unwrap().len(), 3);
        let first = certificates::list_by_holder(&mut unit, holder, None, None, 2).await.unwrap();
        assert_eq!(first.rows, [rows[2].clone(), rows[1].clone()]);
        assert_eq!(certificates::list_by_holder(&mut unit, holder, None, first.next.as_ref(), 2).await.unwrap().rows, [rows[0].clone()]);
        // whose it is, whoever applied
        assert!(certificates::list_by_holder(&mut unit, Uuid::nil(), None, None, 9).await.unwrap().rows.is_empty());
        assert_eq!(certificates::list_by_holder(&mut unit, Uuid::nil(), Some("digest"), None, 9).await.unwrap().rows, [rows[2].clone()]);
        let first = certificates::list_by_holder(&mut unit, holder, Some("digest"), None, 2).await.unwrap();
        assert_eq!(first.rows, [rows[2].clone(), rows[1].clone()]);
        let next = certificates::list_by_holder(&mut unit, holder, Some("digest"), first.next.as_ref(), 2).await.unwrap();
        assert_eq!(next.rows, [rows[0].clone()]);
        assert_eq!(certificates::list_in_force(&mut unit, "digest", "T").await.unwrap(), [rows[2].clone()]);
        assert!(certificates::list_in_force(&mut unit, "digest", "U").await.unwrap().is_empty());
        let case = Uuid::from_u128(5);
        assert_eq!(certificates::list_without_holder(&mut unit, None, 9).await.unwrap(), [(rows[0].id, case), (rows[1].id, case)]);
        assert_eq!(certificates::list_without_holder(&mut unit, Some(rows[0].id), 9).await.unwrap(), [(rows[1].id, case)]);
        assert!(certificates::set_holder(&mut unit, rows[1].id, "digest").await.unwrap());
        assert!(!certificates::set_holder(&mut unit, rows[1].id, "other").await.unwrap(), "it is known");
        assert!(certificates::change_state(&mut unit, rows[2].id, "valid", "superseded").await.unwrap());
        let held = certificates::list_in_force(&mut unit, "digest", "T").await.unwrap();
        assert_eq!(held.iter().map(|row| row.id).collect::<Vec<_>>(), [rows[1].id]);
        assert!(certificates::change_state(&mut unit, rows[0].id, "valid", "revoked").await.unwrap());
        assert!(!certificates::change_state(&mut unit, rows[0].id, "valid", "superseded").await.unwrap());
        let twin = CertificateRow { id: new_id(now()), mark: "other".into(), ..rows[0].clone() };
        assert!(matches!(certificates::add(&mut unit, &twin).await, Err(StoreFault::Taken)));
    }

    async fn a_case_is_rated_once(store) {
        let mut unit = store.unit("a", now()).await.unwrap();
        let bureau = Uuid::from_u128(1);
        let mut rows = Vec::new();
        for n in 0..4 {
            rows.push(RatingRow {
                id: new_id(now() + TimeDelta::milliseconds(n)), case_id: new_id(now()), unit_id: if n == 3 { Uuid::from_u128(2) } else { bureau }, procedure_code: "A".into(),
                stars: n + 2, tags: vec!["快".into()], words: None, created_at: now() + TimeDelta::days(n),
            });
            ratings::add(&mut unit, &rows[rows.len() - 1]).await.unwrap();
        }
        assert_eq!(ratings::find_by_case(&mut unit, rows[0].case_id).await.unwrap().as_ref(), Some(&rows[0]));
        let page = ratings::list_by_unit(&mut unit, bureau, None, 2).await.unwrap();
        assert_eq!(page.rows, [rows[2].clone(), rows[1].clone()]);
        assert_eq!(ratings::list_by_unit(&mut unit, bureau, page.next.as_ref(), 2).await.unwrap().rows, [rows[0].clone()]);
        let span = (now(), now() + TimeDelta::days(2));
        assert_eq!(ratings::average(&mut unit, Some(bureau), span.0, span.1).await.unwrap(), Some((2, 5)));
        assert_eq!(ratings::average(&mut unit, None, span.0, span.1 + TimeDelta::days(9)).await.unwrap(), Some((4, 14)));
        assert_eq!(ratings::average(&mut unit, Some(Uuid::nil()), span.0, span.1).await.unwrap(), None);
        let again = RatingRow { id: new_id(now()), ..rows[0].clone() };
        assert!(matches!(ratings::add(&mut unit, &again).await, Err(StoreFault::Taken)));
    }

    async fn looks_at_personal_data_are_kept_and_proven(store) {
        let clerk = Uuid::from_u128(9);
        let rows: Vec<AccessRow> = (0..5).map(|n| AccessRow {
            id: new_id(now() + TimeDelta::milliseconds(n)), batch: Uuid::nil(), at: now() + TimeDelta::seconds(n), account_id: clerk, noun: "case".into(),
            noun_id: if n == 4 { "8".into() } else { "7".into() }, why: "review".into(),
        }).collect();
        let mut unit = store.unit("system:access", now()).await.unwrap();
        let batch = accesses::add_batch(&mut unit, &rows).await.unwrap();
        unit.save().await.unwrap();
        let mut tx = store.read().await.unwrap();
        let first = accesses::list_of(&mut tx, "case", "7", None, 3).await.unwrap();
        assert_eq!(first.rows[0], AccessRow { batch, ..rows[3].clone() });
        assert_eq!(accesses::list_of(&mut tx, "case", "7", first.next.as_ref(), 3).await.unwrap().rows.len(), 1);
        assert_eq!(accesses::list_by_account(&mut tx, clerk, None, 10).await.unwrap().rows.len(), 5);
        assert_eq!(accesses::batch_holds(&mut tx, batch).await.unwrap(), Some(true));
        assert_eq!(accesses::batch_holds(&mut tx, Uuid::nil()).await.unwrap(), None);
        drop(tx);
        let mut unit = store.unit("x", now()).await.unwrap();
        unit.query("delete from accesses where noun_id = '8'").execute().await.unwrap();
        assert_eq!(accesses::batch_holds(&mut unit, batch).await.unwrap(), Some(false));
    }
}
