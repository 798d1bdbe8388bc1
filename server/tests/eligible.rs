//! 我符合条件吗, as a browser without scripts meets it: on both databases, for anybody.
#![allow(clippy::unwrap_used)]

mod hall;

use hall::{Browser, house};
use http::StatusCode;

store::on_each_database! {
    async fn a_stranger_tries_whether_they_may_apply_and_nothing_is_kept(fresh) {
        let house = house(&fresh).await;
        let mut stranger = Browser::new(&house);
        let guide = stranger.get("/items/gljt").await;
        assert!(guide.text.contains("href=\"/items/gljt/eligible\""));
        assert!(!stranger.get("/items/spjyxk").await.text.contains("/eligible"));

        let page = stranger.get("/items/gljt/eligible").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("name=\"f.elder_id\"") && page.text.contains("name=\"f.household\""));
        assert!(!page.text.contains("name=\"f.elder_name\""), "only what decides is asked");
        assert!(page.text.contains("action=\"/items/gljt/eligible\"") && page.text.contains("method=\"post\""));
        assert!(!page.text.contains("按您填的"), "nothing is said before anything is answered");

        let tried = [("f.elder_id", "11010519491231002X"), ("f.household", "wanghe_wanghe")];
        let told = stranger.post("/items/gljt/eligible", &tried).await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.text);
        assert_eq!(told.header("cache-control"), "no-store");
        assert!(told.text.contains("按您填的，现在还不能申请") && told.text.contains("31 日满 80 周岁"));
        assert!(told.text.contains("依据：《中华人民共和国老年人权益保障法》第三十三条"));
        assert!(told.text.contains("11010519491231002X"), "what was typed stands there still");
        assert!(!stranger.get("/items/gljt/eligible").await.text.contains("11010519491231002X"), "and is kept nowhere");

        let good = [("f.elder_id", "350205188304250245"), ("f.household", "wanghe_wanghe")];
        let told = stranger.post("/items/gljt/eligible", &good).await;
        assert!(told.text.contains("这些条件都符合") && told.text.contains("href=\"/apply/gljt\""));
        let half = stranger.post("/items/gljt/eligible", &[("f.household", "outside")]).await;
        assert!(half.text.contains("户籍不在青禾区") && half.text.contains("还没答"));
        let slip = stranger.post("/items/gljt/eligible", &[("f.elder_id", "110105194912310021")]).await;
        assert!(slip.text.contains("class=\"errors\""), "a mistyped number is told as everywhere");

        assert_eq!(stranger.get("/items/spjyxk/eligible").await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.post("/items/nosuch/eligible", &[]).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_may_not_post_it() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut stranger = Browser::new(&house);
    let lines =
        [("accept", "text/html"), ("content-type", "application/x-www-form-urlencoded"), ("origin", "https://elsewhere.example")];
    let answer = stranger.send(http::Method::POST, "/items/gljt/eligible", &lines, "f.household=outside").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}
