//! What was typed is there when its writer is back: after a sign-in, after a refusal, on the way from the summary and to it again.
#![allow(clippy::unwrap_used)]

mod hall;

use hall::{Browser, PASSWORD, filled_draft, house, submitted_case};
use http::StatusCode;
use serde_json::{Value, json};
use server::clock;
use server::house::House;
use store::identity::accounts;
use store::identity::agencies::{self, AgencyRow};
use store::identity::parties::{self, PartyRow};

/// Answers and entries of a draft, as its owner sees them.
async fn answers(owner: &Browser, draft: &str) -> Value {
    let id = draft.rsplit('/').next().unwrap();
    owner.clone().post_json("/api/page/draft", &[("draft", id)]).await.json()["answers"].take()
}

async fn sign_in(browser: &mut Browser, login: &str, back: &str) {
    let answer = browser.post("/sign-in", &[("account", login), ("password", PASSWORD), ("back", back)]).await;
    assert_eq!(answer.location(), back, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_waits_for_a_sign_in_is_kept_whole() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let draft = citizen.post("/apply/gljt/start", &[("key", "whole")]).await.location().to_owned();
    let page = format!("{draft}/family");
    let first = [("page", "family"), ("act", "save"), ("rows.contacts", "1"), ("f.contact_name.1", "李小某")];
    let second = [("rows.contacts", "2"), ("f.contact_name.2", "李大某")];
    citizen.post(&page, &[first.as_slice(), &second].concat()).await;
    assert_eq!(answers(&citizen, &draft).await["rows"]["contacts"], json!(["1", "2"]));

    // a long form, and its last entry comes last
    let mut late = Browser::new(&house);
    let many = [("open", "contacts.1"); 300];
    let long = "望河路".repeat(1_500);
    let phone = [("f.contact_phone.2", long.as_str())];
    let asked = late.post(&page, &[first.as_slice(), &many, &second, &phone].concat()).await;
    assert_eq!(asked.location(), format!("/sign-in?back={page}"));
    // a file that is sent from the open page meanwhile takes nobody's place
    late.post_files(&page, &[("act", None, b"autosave"), ("f.elder_photo", Some("a.png"), hall::PNG)], "application/json").await;
    sign_in(&mut late, "citizen", &page).await;
    let kept = answers(&citizen, &draft).await;
    assert_eq!(kept["rows"]["contacts"], json!(["1", "2"]), "{kept}");
    assert!(kept.to_string().contains("李大某") && kept.to_string().contains(&long), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_beside_a_large_file_waits_as_well() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let draft = citizen.post("/apply/gljt/start", &[("key", "beside")]).await.location().to_owned();
    let page = format!("{draft}/elder");
    let mut late = Browser::new(&house);
    let photo = vec![7; 3 << 20];
    let parts: [(&str, Option<&str>, &[u8]); 4] = [
        ("page", None, b"elder"),
        ("act", None, b"save"),
        ("f.elder_photo", Some("photo.png"), &photo),
        ("f.live_address", None, "望河路 99 号".as_bytes()),
    ];
    let asked = late.post_files(&page, &parts, "text/html").await;
    assert_eq!(asked.location(), format!("/sign-in?back={page}"));
    sign_in(&mut late, "citizen", &page).await;
    assert!(answers(&citizen, &draft).await.to_string().contains("望河路 99 号"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_to_keep_is_told_and_changes_nothing() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let citizen = &mut Browser::signed_in(&house, "citizen").await;
    let draft = filled_draft(citizen, "endless").await;
    let before = answers(citizen, &draft).await;
    let page = format!("{draft}/family");
    let endless = "x".repeat(3 << 20);
    let typed = [("page", "family"), ("act", "save"), ("rows.contacts", "1"), ("f.contact_name.1", endless.as_str())];
    let told = "没能替您存住";

    let mut late = Browser::new(&house);
    let asked = late.post(&page, &typed).await;
    assert_eq!((asked.status, asked.location()), (StatusCode::SEE_OTHER, format!("/sign-in?back={page}").as_str()));
    assert!(late.get(asked.location()).await.text.contains(told));
    assert!(!late.get(asked.location()).await.text.contains(told), "once");
    sign_in(&mut late, "citizen", &page).await;
    assert_eq!(late.get(&page).await.status, StatusCode::OK);
    assert_eq!(answers(citizen, &draft).await, before);
    // and to a page that is awake
    let awake = Browser::new(&house).post_json(&page, &typed).await;
    assert_eq!((awake.status, awake.json()["refusal"]["refused"].as_str()), (StatusCode::UNAUTHORIZED, Some("not_kept")));
    assert!(awake.json()["problem"].as_str().unwrap().contains(told), "{}", awake.text);
}

/// One more organisation that this account may act for.
async fn another_firm(house: &House, login: &str) -> String {
    let at = clock::now();
    let account_id = accounts::find_by_login(&mut house.store.glance().await.unwrap(), login).await.unwrap().unwrap().id;
    let mut unit = house.store.unit("system", at).await.unwrap();
    let firm = PartyRow {
        id: store::new_id(at),
        kind: "organisation".into(),
        name: format!("青禾区另一家面馆（{login}）"),
        organisation_code: None,
        sealed_profile: None,
        level: 1,
        created_at: at,
    };
    let agency = AgencyRow {
        id: store::new_id(at),
        account_id,
        party_id: firm.id,
        power: "all".into(),
        items: Vec::new(),
        valid_from: domain::clock::hall_day(at),
        valid_until: None,
        revoked_at: None,
    };
    parties::add(&mut unit, &firm).await.unwrap();
    agencies::add(&mut unit, &agency).await.unwrap();
    unit.save().await.unwrap();
    firm.id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_to_a_draft_acts_for_its_owner_again() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    for login in ["enterprise", "citizen"] {
        let firm = another_firm(&house, login).await;
        let mut agent = Browser::signed_in(&house, login).await;
        agent.post("/my/party", &[("party", &firm)]).await;
        let draft = agent.post("/apply/spjyxk/start", &[("key", login), ("situation", "new")]).await.location().to_owned();
        let page = format!("{draft}/operator");
        let mut late = Browser::new(&house);
        late.post(&page, &[("page", "operator"), ("act", "save"), ("f.contact_name", "王小某")]).await;
        // a stranger who signs in there finds neither the draft nor themselves in another's name
        let mut stranger = late.clone();
        sign_in(&mut stranger, "citizen2", &page).await;
        assert_eq!(stranger.get(&page).await.status, StatusCode::NOT_FOUND, "{login}");

        let mut late = Browser::new(&house);
        late.post(&page, &[("page", "operator"), ("act", "save"), ("f.contact_name", "王小某")]).await;
        sign_in(&mut late, login, &page).await;
        let there = late.get(&page).await;
        assert_eq!(there.status, StatusCode::OK, "{login}");
        assert!(there.text.contains("value=\"王小某\""), "{login}: {}", there.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_too_long_comes_back_in_its_box_whole() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let case = submitted_case(&mut citizen, "long").await;
    let long = "要换新卡吗？".repeat(1_000);
    let sent = citizen.post(&format!("{case}/write"), &[("after", ""), ("message", &long)]).await;
    assert_eq!(sent.location(), case);
    let page = citizen.get(&case).await.text;
    let (_, rest) = page.split_once("<textarea id=\"message\"").unwrap();
    let (_, typed) = rest.split_once('>').unwrap();
    assert!(typed.starts_with(&format!("{long}</textarea>")), "{}", typed.chars().take(60).collect::<String>());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_mends_one_answer_of_the_summary_is_led_back_to_it() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let draft = filled_draft(&mut citizen, "summary").await;
    let page = format!("{draft}/elder");
    let from_check = format!("{page}?back=check");
    let marked = |text: &str| text.contains(r#"<input type="hidden" name="back" value="check""#);
    assert!(citizen.get(&format!("{draft}/check")).await.text.contains(&from_check));
    assert!(marked(&citizen.get(&from_check).await.text) && !marked(&citizen.get(&page).await.text));

    let typed = |address: &'static str| {
        let about = [("f.elder_name", "李某"), ("f.household", "wanghe_wanghe"), ("f.live_address", address)];
        [("page", "elder"), ("act", "save"), ("back", "check")].into_iter().chain(about).collect::<Vec<_>>()
    };
    // what is not mended yet does not lose the way
    assert_eq!(citizen.post(&page, &typed("")).await.location(), from_check);
    let asked = Browser::new(&house).post(&page, &typed("望河路 2 号")).await;
    assert_eq!(asked.location(), app::doors::sign_in_from(&from_check));
    assert_eq!(citizen.post(&page, &typed("望河路 2 号")).await.location(), format!("{draft}/check"));
}
