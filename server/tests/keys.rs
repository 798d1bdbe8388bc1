//! The doors of an enterprise's keys: shown once and kept nowhere in plain, made once, taken back after a second press.
#![allow(clippy::unwrap_used)]

mod hall;

use hall::{Answer, Browser, house};
use http::{Method, StatusCode};
use server::house::House;
use store::identity::agencies::{self, AgencyRow};
use store::testing::Fresh;

const KEYS: &str = "/enterprise/keys";

async fn on_both(check: impl AsyncFn(&Fresh)) {
    check(&store::testing::sqlite().await).await;
    if let Some(fresh) = store::testing::postgres().await {
        check(&fresh).await;
    }
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(found, _)| found)
}

/// The number in the form of an open page.
fn once(page: &Answer) -> String {
    let input = between(&page.text, "name=\"key\"", ">").unwrap();
    between(input, "value=\"", "\"").unwrap().to_owned()
}

/// The key in the field of the page, if it shows one.
fn shown(page: &Answer) -> Option<String> {
    let input = between(&page.text, "id=\"made\"", ">")?;
    between(input, "value=\"", "\"").map(str::to_owned)
}

async fn me(house: &House, key: &str) -> StatusCode {
    let line = format!("Bearer {key}");
    Browser::new(house).send(Method::GET, "/api/v1/me", &[("authorization", &line)], "").await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_seen_once_and_works_until_it_is_taken_back() {
    on_both(async |fresh| {
        let house = house(fresh).await;
        let mut agent = Browser::signed_in(&house, "enterprise").await;
        let before = agent.get(KEYS).await;
        assert_eq!((before.status, shown(&before)), (StatusCode::OK, None));
        assert!(before.header("cache-control").contains("no-store"), "{}", before.header("cache-control"));
        let number = once(&before);
        let fields = [("key", number.as_str()), ("name", " ERP 一号 ")];
        // two presses: the first answer is thrown away by the browser, and the second leads to the key all the same
        let (mut first, mut second) = (agent.clone(), agent.clone());
        let pressed = tokio::join!(first.post(KEYS, &fields), second.post(KEYS, &fields));
        for answer in [&pressed.0, &pressed.1] {
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, KEYS), "{}", answer.text);
            assert!(!format!("{answer:?}").contains("tongban_"), "neither address nor cookie carries it");
        }
        let page = agent.get(KEYS).await;
        let key = shown(&page).unwrap();
        assert!(page.text.contains("只显示这一次") && page.text.contains("ERP 一号"), "{}", page.text);
        assert!(page.header("cache-control").contains("no-store"));
        assert_eq!(me(&house, &key).await, StatusCode::OK);
        let again = agent.get(KEYS).await;
        assert_eq!(shown(&again), None);
        assert!(!again.text.contains(&key) && again.text.contains(&key[key.len() - 4..]));
        let rows = |page: &Answer| page.text.matches("/revoke\"").count();
        assert_eq!(rows(&again), rows(&before) + 1, "made once");
        assert_ne!(once(&again), number);

        // it is known by its last characters, and goes after a second press
        let place = again.text.find("ERP 一号").unwrap();
        let revoke = between(&again.text[place..], "action=\"", "\"").unwrap().to_owned();
        let gone = agent.post(&revoke, &[]).await;
        assert_eq!((gone.status, gone.location()), (StatusCode::SEE_OTHER, KEYS), "{}", gone.text);
        assert_eq!(agent.post_json(&revoke, &[]).await.json()["location"], KEYS, "twice is harmless");
        assert_eq!(me(&house, &key).await, StatusCode::UNAUTHORIZED);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_are_told_nothing_and_other_sites_get_nowhere() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut agent = Browser::signed_in(&house, "enterprise").await;
    let page = agent.get(KEYS).await;
    agent.post(KEYS, &[("key", &once(&page)), ("name", "秘密的系统")]).await;
    let page = agent.get(KEYS).await;
    let key = shown(&page).unwrap();
    let (_, newest) = page.text.rsplit_once("action=\"/enterprise/keys/").unwrap();
    let revoke = format!("/enterprise/keys/{}", newest.split_once('"').unwrap().0);
    assert!(revoke.ends_with("/revoke"), "{revoke}");
    for login in ["citizen", "clerk", "supervisor"] {
        let mut other = Browser::signed_in(&house, login).await;
        let seen = other.get(KEYS).await;
        assert!(!seen.text.contains("秘密的系统") && !seen.text.contains("name=\"key\""), "{login}");
        assert_eq!(seen.status == StatusCode::OK, login == "citizen", "{login}: {}", seen.status);
        let asked = other.post_json("/api/page/keys", &[]).await;
        assert!(!asked.text.contains("秘密"), "{login}: {}", asked.text);
        assert_eq!(other.post_json(KEYS, &[("key", "x"), ("name", "x")]).await.status, StatusCode::NOT_FOUND, "{login}");
        // a key that is there and one that is not answer alike
        let real = other.post_json(&revoke, &[]).await;
        let none = other.post_json("/enterprise/keys/00000000-0000-7000-8000-000000000000/revoke", &[]).await;
        assert_eq!((real.status, &real.text), (StatusCode::NOT_FOUND, &none.text), "{login}");
    }
    assert!(Browser::new(&house).get(KEYS).await.location().starts_with("/sign-in"));
    // the agent's own session, sent from another site's page
    for path in [KEYS, &revoke] {
        let lines = [("origin", "https://evil.example"), ("content-type", "application/x-www-form-urlencoded")];
        let answer = agent.send(Method::POST, path, &lines, "key=x&name=x").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(me(&house, &key).await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_comes_back_beside_its_field() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut agent = Browser::signed_in(&house, "enterprise").await;
    let number = once(&agent.get(KEYS).await);
    assert_eq!(agent.post(KEYS, &[("key", &number), ("name", " ")]).await.location(), KEYS);
    let page = agent.get(KEYS).await;
    assert!(page.text.contains("请填写密钥的名称。") && page.text.contains("aria-invalid=\"true\""), "{}", page.text);
    assert_eq!(shown(&page), None);
    // a refused form leaves its number free
    agent.post(KEYS, &[("key", &number), ("name", "ERP")]).await;
    assert!(shown(&agent.get(KEYS).await).is_some());
    agent.post(KEYS, &[("key", &number), ("name", "WMS")]).await;
    let page = agent.get(KEYS).await;
    assert_eq!(shown(&page), None);
    assert!(page.text.contains("WMS") && page.text.contains("role=\"alert\""), "what was typed is there");
    for n in 0..service::identity::MOST_KEYS {
        agent.post(KEYS, &[("key", &format!("k{n}")), ("name", "系统")]).await;
    }
    let page = agent.get(KEYS).await;
    assert!(page.text.contains("一个单位同时最多用 20 把密钥"), "{}", page.text);
    // the form is gone until there is room
    assert!(!page.text.contains("name=\"key\"") && page.text.contains("到了上限"));
    agent.cookies.insert("lang".into(), "en".into());
    assert!(agent.get(KEYS).await.text.contains("20 keys are in use"));
}

/// Writes down how far the account of this sign-in may go for the shop, or that it may no more.
async fn agency(house: &House, login: &str, power: &str, revoked: bool) -> String {
    let mut unit = house.store.unit("test", (house.clock)()).await.unwrap();
    let shop = store::identity::accounts::find_by_login(&mut unit, "enterprise").await.unwrap().unwrap();
    let shop = agencies::list_by_account(&mut unit, shop.id).await.unwrap().remove(0);
    let account = store::identity::accounts::find_by_login(&mut unit, login).await.unwrap().unwrap().id;
    let known = agencies::list_by_account(&mut unit, account).await.unwrap().pop();
    let id = known.as_ref().map_or_else(|| store::new_id((house.clock)()), |row| row.id);
    let revoked_at = revoked.then(|| (house.clock)());
    let party = shop.party_id;
    let row = AgencyRow { id, account_id: account, power: power.into(), revoked_at, ..shop };
    if known.is_some() {
        agencies::change(&mut unit, &row).await.unwrap();
    } else {
        agencies::add(&mut unit, &row).await.unwrap();
    }
    unit.save().await.unwrap();
    party.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_only_look_sees_and_touches_nothing() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let party = agency(&house, "citizen2", "all", false).await;
    let mut colleague = Browser::signed_in(&house, "citizen2").await;
    colleague.post("/my/party", &[("party", &party)]).await;
    let number = once(&colleague.get(KEYS).await);
    colleague.post(KEYS, &[("key", &number), ("name", "WMS")]).await;
    let key = shown(&colleague.get(KEYS).await).unwrap();
    assert_eq!(me(&house, &key).await, StatusCode::OK);

    agency(&house, "citizen2", "view", false).await;
    let page = colleague.get(KEYS).await;
    assert!(page.text.contains("WMS") && page.text.contains("只有查看的权限"), "{}", page.text);
    assert!(!page.text.contains("/revoke\"") && !page.text.contains("name=\"key\""), "{}", page.text);
    let told = colleague.post_json(KEYS, &[("key", "x"), ("name", "x")]).await;
    assert_eq!((told.status, told.json()["refusal"]["refused"].as_str()), (StatusCode::FORBIDDEN, Some("only_looks")));

    // gone: the key opens nothing, and whoever is left reads so beside it
    agency(&house, "citizen2", "view", true).await;
    assert_eq!(me(&house, &key).await, StatusCode::UNAUTHORIZED);
    let page = Browser::signed_in(&house, "enterprise").await.get(KEYS).await;
    assert!(page.text.contains("WMS") && page.text.contains("打不开任何东西"), "{}", page.text);
    assert!(page.text.contains("正在用的 0 把"), "{}", page.text);
}
