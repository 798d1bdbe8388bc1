//! Doors at which others sign what somebody filled in: for strangers there is nothing behind them.
#![allow(clippy::unwrap_used)]

mod hall;

use hall::{Browser, house};
use http::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn strangers_find_nothing_to_sign() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    const NOBODYS: &str = "/my/signatures/00000000-0000-7000-8000-000000000000";
    for (login, status) in [("citizen", StatusCode::NOT_FOUND), ("clerk", StatusCode::NOT_FOUND), ("", StatusCode::UNAUTHORIZED)]
    {
        let mut browser = if login.is_empty() { Browser::new(&house) } else { Browser::signed_in(&house, login).await };
        for (door, fields) in [("sign", [("hash", "x")]), ("return", [("reason", "不对")])] {
            let answer = browser.post_json(&format!("{NOBODYS}/{door}"), &fields).await;
            assert_eq!(answer.status, status, "{login} {door}: {}", answer.text);
        }
        if login == "citizen" {
            assert_eq!(browser.get(NOBODYS).await.status, StatusCode::NOT_FOUND);
        }
    }
}
