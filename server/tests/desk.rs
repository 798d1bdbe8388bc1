//! The desk's doors and the live stream, as a clerk's browser uses them.
#![allow(clippy::unwrap_used)]

mod hall;

use futures::StreamExt as _;
use hall::{Browser, house, submitted_case};
use http::{Method, StatusCode};
use server::house::House;
use std::time::Duration;
use uuid::Uuid;

async fn version(house: &House, case: Uuid) -> String {
    let mut tx = house.store.glance().await.unwrap();
    store::cases::find(&mut tx, case).await.unwrap().unwrap().version.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_claims_notes_previews_and_is_told_when_late() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let case = submitted_case(&mut citizen, "desk").await;
    let id = Uuid::parse_str(case.rsplit('/').next().unwrap()).unwrap();
    let desk = format!("/desk/cases/{id}");
    let mut clerk = Browser::signed_in(&house, "clerk").await;
    let first = version(&house, id).await;
    let claimed = clerk.post(&format!("{desk}/claim"), &[("version", &first)]).await;
    assert_eq!((claimed.status, claimed.location()), (StatusCode::SEE_OTHER, desk.as_str()), "{}", claimed.text);
    // a page drawn before the claim is a page of yesterday
    let late = clerk.post_json(&format!("{desk}/accept"), &[("version", &first)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text);
    assert_eq!(late.json()["refusal"]["refused"], "stale");
    let noted = clerk.post_json(&format!("{desk}/note"), &[("note", "材料齐全，符合条件。")]).await;
    assert_eq!(noted.status, StatusCode::OK, "{}", noted.text);
    let lines = [("content-type", "application/x-www-form-urlencoded"), ("origin", hall::OWN)];
    let opinion = "opinion=%E7%AC%A6%E5%90%88%E6%9D%A1%E4%BB%B6";
    let seen = clerk.open(Method::POST, &format!("{desk}/preview/benefit_grant"), &lines, opinion).await;
    assert_eq!((seen.status(), seen.headers()["content-type"].to_str().unwrap()), (StatusCode::OK, "application/pdf"));
    assert_eq!(seen.headers()["x-frame-options"], "SAMEORIGIN");
    assert!(seen.headers()["content-security-policy"].to_str().unwrap().contains("frame-ancestors 'self'"));
    // masked numbers are told in full on request, and the look is on record
    let page = clerk.get(&desk).await;
    assert!(!page.text.contains("350205188001010017"), "lists and pages mask");
    let full = clerk.get(&format!("{desk}/full/elder")).await;
    assert!(full.status == StatusCode::OK && full.text.contains("350205188001010017"), "{}", full.text);
    service::notification::write_looks(&house.hall, server::clock::now()).await.unwrap();
    let looks =
        store::accesses::list_of(&mut house.store.glance().await.unwrap(), "case", &id.to_string(), None, 50).await.unwrap();
    assert!(looks.rows.iter().any(|look| look.why == "full numbers of elder"), "{:?}", looks.rows);
    assert_eq!(clerk.get(&format!("{desk}/full/nothing")).await.status, StatusCode::NOT_FOUND);
    // an act nobody knows is no door
    for act in ["nonsense", "submit", "issue", "withdraw"] {
        let answer = clerk.post_json(&format!("{desk}/{act}"), &[("version", "2")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{act}: {}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_comes_back_in_its_own_form_beside_its_own_box() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let case = submitted_case(&mut citizen, "beside").await;
    let id = Uuid::parse_str(case.rsplit('/').next().unwrap()).unwrap();
    let desk = format!("/desk/cases/{id}");
    let mut clerk = Browser::signed_in(&house, "clerk").await;
    let first = version(&house, id).await;
    clerk.post(&format!("{desk}/claim"), &[("version", &first)]).await;
    let page = clerk.get(&desk).await.text;
    assert!(page.contains(r#"<details name="act">"#) && !page.contains(r#"<details name="act" open"#));

    let version = version(&house, id).await;
    let typed =
        [("act", "refuse-to-accept"), ("version", &version), ("ground", "not_ours"), ("agency", ""), ("reason", "应由民政局办")];
    let sent = clerk.post(&format!("{desk}/refuse_to_accept"), &typed).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, desk.as_str()), "{}", sent.text);
    let page = clerk.get(&desk).await.text;
    assert!(page.contains(r##"href="#refuse-to-accept-agency""##), "a summary leads to the box");
    assert!(page.contains(r#"id="refuse-to-accept-agency-e""#), "and the sentence stands beside it");
    assert!(page.contains("refuse-to-accept-agency-h refuse-to-accept-agency-e"), "which describes it");
    assert!(page.contains("应由民政局办"), "what was typed is there");
    assert_eq!(page.matches(r#"<details name="act" open"#).count(), 1, "in the fold of this act only");

    // a message that says nothing opens no fold
    clerk.post(&format!("{desk}/write"), &[("after", ""), ("message", " ")]).await;
    let page = clerk.get(&desk).await.text;
    assert!(page.contains(r#"id="message-e""#) && !page.contains(r#"<details name="act" open"#));
    // once only
    assert!(!clerk.get(&desk).await.text.contains(r#"id="message-e""#));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_receipt_is_a_pdf_of_ones_own() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let case = submitted_case(&mut citizen, "receipt").await;
    let id = Uuid::parse_str(case.rsplit('/').next().unwrap()).unwrap();
    let mut tx = house.store.glance().await.unwrap();
    let receipt = store::documents::list_by_case(&mut tx, id).await.unwrap()[0].id;
    drop(tx);
    for address in [format!("/documents/{receipt}"), format!("/documents/{receipt}.pdf")] {
        let sent = citizen.open(Method::GET, &address, &[], "").await;
        assert_eq!(sent.status(), StatusCode::OK);
        assert!(sent.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
        assert_eq!(sent.headers()["cache-control"], "no-store");
        let bytes = axum::body::to_bytes(sent.into_body(), 8 << 20).await.unwrap();
        assert!(bytes.starts_with(b"%PDF-"), "{} bytes", bytes.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_hears_of_a_change_within_a_second() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let log = house.store.start_log(server::clock::now);
    let mut clerk = Browser::signed_in(&house, "clerk").await;
    let live = clerk.open(Method::GET, "/live", &[("accept", "text/event-stream")], "").await;
    assert_eq!(live.status(), StatusCode::OK);
    assert!(live.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
    assert!(!live.headers().contains_key("content-encoding"));
    // the poller begins where the log ended when it started
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let case = submitted_case(&mut citizen, "live").await;
    let id = case.rsplit('/').next().unwrap().to_owned();
    let mut news = live.into_body().into_data_stream();
    let heard = tokio::time::timeout(Duration::from_secs(1), async {
        let mut told = String::new();
        while let Some(Ok(piece)) = news.next().await {
            told.push_str(&String::from_utf8_lossy(&piece));
            if told.contains(&format!("case:{id}")) {
                return told;
            }
        }
        told
    });
    let told = heard.await.expect("nothing was heard");
    assert!(told.contains(&id) && !told.contains("李某"), "{told}");
    // the stream ends when the house closes, or closing would wait for ever
    house.close();
    tokio::time::timeout(Duration::from_secs(2), async { while news.next().await.is_some() {} }).await.expect("still open");
    log.stop().await;
}
