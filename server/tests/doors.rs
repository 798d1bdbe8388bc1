//! Doors as browsers use them: session, flash, files, headers. On both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hall::{Browser, PASSWORD, PNG, filled_draft, house, submitted_case};
use http::{Method, StatusCode};
use sha2::{Digest as _, Sha256};

store::on_each_database! {
    /// Sign in, fill, upload, submit, look it up as a stranger, sign out.
    async fn a_citizen_walks_through_the_house(fresh) {
        let house = house(&fresh).await;
        let mut citizen = Browser::signed_in(&house, "citizen").await;
        let case = submitted_case(&mut citizen, "walk").await;
        assert!(case.starts_with("/my/cases/"));
        let out = citizen.post("/sign-out", &[]).await;
        assert_eq!(out.location(), "/");
        assert!(!citizen.cookies.contains_key("tongban"), "{:?}", citizen.cookies);
    }

    /// R6 in small: the same submission many times at once is one case.
    async fn sent_many_times_is_submitted_once(fresh) {
        let house = house(&fresh).await;
        let mut citizen = Browser::signed_in(&house, "citizen").await;
        let draft = filled_draft(&mut citizen, "once").await;
        let key = draft.rsplit('/').next().unwrap().to_owned();
        let mut sent = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let (mut browser, path, key) = (citizen.clone(), format!("{draft}/submit"), key.clone());
            sent.spawn(async move {
                let fields = [("key", key.as_str()), ("d.truth", "on"), ("d.tell", "on")];
                browser.post_json(&path, &fields).await
            });
        }
        let mut places = std::collections::BTreeSet::new();
        while let Some(answer) = sent.join_next().await {
            let answer = answer.unwrap();
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
            places.insert(answer.json()["location"].as_str().unwrap().to_owned());
        }
        assert_eq!(places.len(), 1, "{places:?}");
        assert!(fresh.check_log().await.unwrap().sound());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_new_at_sign_in_and_worthless_after_sign_out() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut browser = Browser::new(&house);
    // a planted session must not become a signed-in one
    browser.post("/sign-in", &[("account", "citizen"), ("password", "wrong")]).await;
    let planted = browser.cookies["tongban"].clone();
    browser.post("/sign-in", &[("account", "citizen"), ("password", PASSWORD)]).await;
    let real = browser.cookies["tongban"].clone();
    assert_ne!(planted, real);
    let mut thief = Browser::new(&house);
    thief.cookies.insert("tongban".into(), planted);
    assert_eq!(thief.post_json("/my/party", &[("party", "")]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.post_json("/my/party", &[("party", "")]).await.status, StatusCode::OK);
    browser.post("/sign-out", &[]).await;
    thief.cookies.insert("tongban".into(), real);
    assert_eq!(thief.post_json("/my/party", &[("party", "")]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_bound_to_host_and_tls_where_there_is_tls() {
    let fresh = store::testing::sqlite().await;
    for (url, name, secure) in [("https://hall.example", "__Host-tongban=", true), ("http://127.0.0.1:3000", "tongban=", false)] {
        let house = hall::house_with(&fresh, &[("PUBLIC_URL", url)]).await;
        let mut browser = Browser::new(&house);
        browser.lines.push(("origin".into(), url.into()));
        let answer = browser.post("/sign-in", &[("account", "citizen"), ("password", PASSWORD)]).await;
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with(name), "{cookie}");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
        assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert_eq!(answer.headers.contains_key("strict-transport-security"), secure);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_told_once_without_the_password() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut browser = Browser::new(&house);
    let answer = browser.post("/sign-in", &[("account", "citizen"), ("password", "wrong-pass"), ("back", "/my")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.location(), "/sign-in?back=/my");
    let json = browser.post_json("/sign-in", &[("account", "citizen"), ("password", "wrong-pass")]).await;
    assert_eq!(json.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(json.json()["problem"].as_str().unwrap().contains("密码"), "{}", json.text);
    assert_eq!(json.json()["refusal"]["refused"], "wrong_password");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_back_never_leads_elsewhere() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    for to in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let mut browser = Browser::new(&house);
        let answer = browser.post("/sign-in", &[("account", "citizen"), ("password", PASSWORD), ("back", to)]).await;
        assert_eq!(answer.location(), "/", "{to}");
        let answer = browser.get(&format!("/prefer?lang=en&back={}", app::doors::encode(to))).await;
        assert_eq!(answer.location(), "/", "{to}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn taste_is_a_cookie_of_our_own_words() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut browser = Browser::new(&house);
    let answer = browser.get("/prefer?lang=en&mode=elder&theme=%3Cscript%3E&back=/items").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/items"));
    assert_eq!(browser.cookies.get("lang").map(String::as_str), Some("en"));
    assert_eq!(browser.cookies.get("mode").map(String::as_str), Some("elder"));
    assert!(!browser.cookies.contains_key("theme"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_file_is_refused_and_what_was_typed_is_kept() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let draft = citizen.post("/apply/gljt/start", &[("key", "files")]).await.location().to_owned();
    for (name, content) in [
        ("a.png", &b"<html><script>alert(1)</script>"[..]),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.jpg", b"MZ\x90\0\x03\0\0\0"),
        ("a.png", b""),
    ] {
        let parts: [(&str, Option<&str>, &[u8]); 3] =
            [("page", None, b"photo"), ("act", None, b"autosave"), ("f.elder_photo", Some(name), content)];
        let answer = citizen.post_files(&format!("{draft}/photo"), &parts, "application/json").await;
        assert!(answer.status.is_client_error(), "{name}: {} {}", answer.status, answer.text);
        assert!(answer.json()["problem"].is_string(), "{}", answer.text);
    }
    let parts: [(&str, Option<&str>, &[u8]); 3] =
        [("page", None, b"photo"), ("act", None, b"autosave"), ("f.elder_photo", Some("像 \"片.png"), PNG)];
    let answer = citizen.post_files(&format!("{draft}/photo"), &parts, "application/json").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let file = answer.json()["files"][0]["id"].as_str().unwrap().to_owned();
    let sent = citizen.open(Method::GET, &format!("/uploads/{file}"), &[], "").await;
    assert_eq!(sent.headers()["content-type"], "image/png");
    assert!(sent.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(sent.headers()["x-content-type-options"], "nosniff");
    assert_eq!(sent.headers()["cache-control"], "no-store");
    // nobody else may have it
    let mut other = Browser::signed_in(&house, "citizen2").await;
    assert_eq!(other.get(&format!("/uploads/{file}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        Browser::new(&house).send(Method::GET, &format!("/uploads/{file}"), &[("accept", "application/json")], "").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn guessing_at_query_codes_is_slowed() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut stranger = Browser::new(&house);
    let mut slowed = None;
    for n in 0..60 {
        let answer = stranger.post_json("/track", &[("number", "99010520261122000018"), ("code", &format!("{n:06}"))]).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            slowed = Some((n, answer));
            break;
        }
    }
    let (tries, answer) = slowed.expect("never slowed");
    assert!(tries >= 20, "{tries}");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert!(answer.json()["problem"].as_str().unwrap().contains('秒'), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_its_guards() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut visitor = Browser::new(&house);
    let mut nonces = std::collections::BTreeSet::new();
    for path in ["/", "/items", "/items/gljt", "/sign-in", "/track", "/verify", "/nowhere"] {
        let answer = visitor.get(path).await;
        let expected = if path == "/nowhere" { StatusCode::NOT_FOUND } else { StatusCode::OK };
        assert_eq!(answer.status, expected, "{path}");
        let policy = answer.header("content-security-policy").to_owned();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        let nonce = policy.split("'nonce-").nth(1).map(|rest| rest.split('\'').next().unwrap().to_owned());
        let mut scripts = 0;
        for script in answer.text.split("<script").skip(1) {
            scripts += 1;
            let (tag, rest) = script.split_once('>').unwrap();
            let content = rest.split("</script>").next().unwrap();
            let allowed = match &nonce {
                Some(nonce) => tag.contains(&format!("nonce=\"{nonce}\"")),
                None => {
                    policy.contains(&format!("'sha256-{}'", STANDARD.encode(Sha256::digest(content)))) && !tag.contains("nonce")
                }
            };
            assert!(allowed, "{path}: <script{tag}>");
        }
        assert!(scripts > 0, "{path} would never wake");
        assert!(!answer.text.contains(" style=\"") && !answer.text.contains("<style"), "{path} has inline style");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert!(nonce.is_none_or(|nonce| nonces.insert(nonce)), "a nonce came twice");
    }
    assert!(nonces.len() >= 4, "{nonces:?}");
    let json = visitor.send(Method::GET, "/nowhere", &[("accept", "application/json")], "").await;
    assert_eq!(json.status, StatusCode::NOT_FOUND);
    assert!(json.json()["problem"].is_string(), "{}", json.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_pages_are_the_same_for_everybody_and_hold_nothing_personal() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let mut visitor = Browser::new(&house);
    for path in ["/", "/items", "/items?q=%E9%A3%9F%E5%93%81", "/items/gljt", "/site-map", "/help/accessibility"] {
        let mine = citizen.get(path).await;
        let theirs = visitor.get(path).await;
        assert_eq!(mine.status, StatusCode::OK, "{path}");
        assert_eq!(mine.text, theirs.text, "{path}");
        assert_eq!(mine.header("etag"), theirs.header("etag"));
        assert!(!mine.text.contains("李某") && !mine.text.contains("method=\"post\""), "{path}");
        let tag = mine.header("etag").to_owned();
        let again = visitor.send(Method::GET, path, &[("accept", "text/html"), ("if-none-match", &tag)], "").await;
        assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        visitor.get("/prefer?lang=en").await;
        let english = visitor.get(path).await;
        assert!(english.text.contains("lang=\"en\"") && english.text != mine.text, "{path}");
        visitor.get("/prefer?lang=zh-CN").await;
        let small = visitor.send(Method::GET, path, &[("accept", "text/html"), ("accept-encoding", "gzip, br")], "").await;
        assert_eq!(small.header("content-encoding"), "br", "{path}");
    }
    // errors and what nobody declared are drawn anew each time
    for path in ["/items/nosuchitem", "/items?nonsense=1"] {
        assert_eq!(visitor.get(path).await.header("etag"), "", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_learn_how_it_is() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut probe = Browser::new(&house);
    assert_eq!(probe.get("/healthz").await.text, "ok\n");
    let ready = probe.get("/readyz").await;
    assert_eq!((ready.status, ready.json()["ready"].as_bool()), (StatusCode::OK, Some(true)), "{}", ready.text);
    let metrics = probe.get("/metrics").await;
    assert!(metrics.text.contains("tongban_requests_total{class=\"2xx\"} 2"), "{}", metrics.text);
    // an unmigrated database is alive, but not ready
    let (empty, settings, _folder) = store::testing::empty_sqlite().await;
    let state = empty.state().await.unwrap();
    assert!(!state.ready(), "{settings:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_never_asked_for_costs_no_session() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut visitor = Browser::new(&house);
    for path in ["/", "/items"] {
        let answer = visitor.get(path).await;
        assert!(!answer.headers.contains_key("set-cookie"), "{path}");
    }
    assert!(visitor.cookies.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_after_the_session_ended_is_saved_at_the_next_sign_in() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut citizen = Browser::signed_in(&house, "citizen").await;
    let draft = citizen.post("/apply/gljt/start", &[("key", "late")]).await.location().to_owned();
    let (own, other) = (citizen.clone(), Browser::signed_in(&house, "citizen2").await);
    for (login, saved) in [("citizen2", false), ("citizen", true)] {
        let mut late = Browser::new(&house);
        let page = format!("{draft}/elder");
        let answer = late.post(&page, &[("page", "elder"), ("act", "save"), ("f.live_address", "望河路 99 号")]).await;
        assert_eq!(answer.location(), format!("/sign-in?back={page}"), "{}", answer.status);
        late.post("/sign-in", &[("account", login), ("password", PASSWORD), ("back", &page)]).await;
        let id = draft.rsplit('/').next().unwrap();
        let seen = own.clone().post_json("/api/page/draft", &[("draft", id)]).await;
        assert_eq!(seen.text.contains("望河路 99 号"), saved, "{login}: {}", seen.text);
    }
    drop(other);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_and_nonsense_are_refused_with_a_sentence() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut visitor = Browser::new(&house);
    let long = "x".repeat(3 << 20);
    let answer = visitor.post_json("/track", &[("number", &long), ("code", "1")]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text);
    let lines = [("accept", "application/json"), ("content-type", "application/xml"), ("origin", hall::OWN)];
    let answer = visitor.send(Method::POST, "/track", &lines, "<a/>").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.json()["problem"].is_string(), "{}", answer.text);
    let lines = [("accept", "application/json"), ("content-type", "multipart/form-data; boundary=rim"), ("origin", hall::OWN)];
    let answer = visitor.send(Method::POST, "/verify", &lines, "--rim\r\nContent-Dis").await;
    assert!(answer.status.is_client_error() && answer.json()["problem"].is_string(), "{} {}", answer.status, answer.text);
    // NUL is no letter: it is left out, not a fault
    let answer = visitor.post_json("/track", &[("number", "9901\0"), ("code", "a\0b")]).await;
    assert!(answer.status.is_client_error(), "{} {}", answer.status, answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_is_refused_without_a_mark_in_its_console() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let form = [("number", "990105202611220000010"), ("code", "")];
    let told = |answer: &hall::Answer| answer.json()["problem"].as_str().map(str::to_owned);
    let plain = Browser::new(&house).post("/track", &form).await;
    assert_eq!((plain.status, plain.location()), (StatusCode::SEE_OTHER, "/track"));
    let program = Browser::new(&house).post_json("/track", &form).await;
    assert_eq!(program.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", program.text);
    let mut page = Browser::new(&house);
    page.lines.push((app::doors::AWAKE.into(), "1".into()));
    let page = page.post_json("/track", &form).await;
    assert_eq!((page.status, told(&page)), (StatusCode::OK, told(&program)));
    assert!(told(&page).is_some(), "{}", page.text);
}

/// Also the page that says that there is none is drawn on a board; the questions of an open page need none.
#[tokio::test(flavor = "multi_thread")]
async fn with_all_boards_taken_pages_wait_and_questions_do_not() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let (mut held, soon) = (Vec::new(), std::time::Duration::from_millis(300));
    while let Ok(board) = tokio::time::timeout(soon, house.boards.take()).await {
        held.push(board);
    }
    for page in ["/sign-in", "/no-such-page"] {
        let mut waiting = Browser::new(&house);
        assert!(tokio::time::timeout(soon, waiting.get(page)).await.is_err(), "{page} is drawn without a board");
    }
    let asked = tokio::time::timeout(soon * 20, Browser::new(&house).post_json("/api/page/home", &[])).await;
    assert_eq!(asked.unwrap().status, StatusCode::OK);
    drop(held);
    let none = Browser::new(&house).get("/no-such-page").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND, "{}", none.text);
}

/// A certificate of another office: the register has it, and says whom to ask.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_office_issued_is_not_called_false() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    for (lang, says, ask) in [
        ("zh-CN", "有登记，由别的机关签发", "请向青禾区市场监督管理局核实"),
        ("en", "On record, issued elsewhere", "Please check with 青禾区市场监督管理局"),
    ] {
        let mut anybody = Browser::new(&house);
        anybody.cookies.insert("lang".into(), lang.into());
        let fields = [("number", "92350205MADEM00382"), ("holder", "青禾区某某面馆")];
        assert_eq!(anybody.post("/verify", &fields).await.location(), "/verify/result");
        let page = anybody.get("/verify/result").await;
        assert!(page.text.contains(says) && page.text.contains(ask), "{}", page.text);
        assert!(!page.text.contains("不是真的") && !page.text.contains("Not genuine"), "{lang}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_edition_is_not_without_its_looks() {
    let fresh = store::testing::sqlite().await;
    let site = store::testing::Folder::new();
    std::fs::create_dir(site.path().join("pkg")).unwrap();
    for (name, content) in [("tongban.css", "body{}"), ("tongban.js", "1")] {
        std::fs::write(site.path().join("pkg").join(name), content).unwrap();
    }
    let house = hall::house_with(&fresh, &[("SITE_ROOT", site.path().to_str().unwrap())]).await;
    let mut visitor = Browser::new(&house);
    let page = visitor.get("/").await.text;
    let own = page.split('"').find(|part| part.starts_with("/pkg/") && part.ends_with(".css")).unwrap().to_owned();
    let kept = visitor.get(&own).await;
    assert!(kept.status == StatusCode::OK && kept.header("cache-control").contains("immutable"), "{own}: {}", kept.status);
    let other = visitor.get("/pkg/0123456789abcdef/tongban.css").await;
    assert_eq!((other.status, &other.text), (StatusCode::OK, &kept.text));
    assert_eq!(other.header("cache-control"), "public, no-cache");
    assert_eq!(visitor.get("/pkg/0123456789abcdef/tongban.js").await.status, StatusCode::NOT_FOUND);
}
