//! R13: every unsafe door refuses what other sites cause, and works for our own pages.
#![allow(clippy::unwrap_used)]

mod hall;

use hall::{Browser, OWN, house};
use http::{Method, StatusCode};
use server::guards::origin::PROGRAMS;
use server::routes::{Kind, routes};

fn with_ids(path: &str) -> String {
    path.replace("{code}", "gljt")
        .replace("{draft}", "0192e5a0-0000-7000-8000-000000000001")
        .replace("{id}", "0192e5a0-0000-7000-8000-000000000002")
        .replace("{page}", "who")
        .replace("{act}", "claim")
        .replace("{kind}", "grant_decision")
        .replace("{number}", "99010520261122000018")
}

#[tokio::test(flavor = "multi_thread")]
async fn foreign_pages_cannot_act() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let foreign: [&[(&str, &str)]; 7] = [
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", OWN), ("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("referer", "https://evil.example/")],
        &[("user-agent", "Mozilla/5.0 (X11)")],
        &[],
    ];
    let mut doors = 0;
    for door in routes().filter(|door| door.method == "POST" && !door.path.starts_with(PROGRAMS)) {
        doors += 1;
        for lines in foreign {
            let mut all = vec![("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
            all.extend_from_slice(lines);
            let answer = citizen.send(Method::POST, &with_ids(door.path), &all, "").await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {lines:?}: {}", door.path, answer.text);
            assert_eq!(answer.json()["status"], 403, "{}", answer.text);
        }
        // the same request from our own page gets past the guard
        let lines = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json"), ("origin", OWN)];
        let answer = citizen.clone().send(Method::POST, &with_ids(door.path), &lines, "").await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{}", door.path);
    }
    assert!(doors > 15, "{doors}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_cannot_be_done_by_following_a_link() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let pages: Vec<&str> = routes().filter(|door| door.method == "GET").map(|door| door.path).collect();
    for door in routes().filter(|door| matches!(door.kind, Kind::Act | Kind::Question) && !pages.contains(&door.path)) {
        let mut visitor = Browser::new(&house);
        let answer = visitor.get(&with_ids(door.path)).await;
        // a page may live at an address with the same shape; then nothing was done either
        let is_page = answer.status == StatusCode::OK || answer.status.is_redirection() || answer.status == StatusCode::NOT_FOUND;
        assert!(is_page || answer.status == StatusCode::METHOD_NOT_ALLOWED, "{} {}", door.path, answer.status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_knock_at_their_own_doors() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let lines = [("content-type", "application/json"), ("accept", "application/json")];
    let door = format!("{PROGRAMS}nothing-here");
    let answer = citizen.send(Method::POST, &door, &lines, "{}").await;
    assert_ne!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
}
