//! The open API as other people's programs meet it: whole stories, and everything they could get wrong.
#![allow(clippy::unwrap_used)]

mod hall;

use app::content::PROGRAM_DOORS;
use hall::program::{Program, on_both};
use hall::{Browser, house, house_with};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use server::api::{API, described};
use server::routes::Who;
use service::identity::{issue_key, revoke_key};
use std::collections::BTreeSet;

/// A body and its headers, and the status and code they are refused with.
type Wrong<'a> = (Vec<u8>, &'a [(&'a str, &'a str)], u16, &'a str);

#[tokio::test(flavor = "multi_thread")]
async fn an_enterprise_files_follows_and_withdraws_without_a_browser() {
    on_both(async |fresh| {
        let house = house(fresh).await;
        let mut program = Program::of(&house, "enterprise").await;
        let me = program.get("/me").await.json();
        assert_eq!(me["organisation"], true);
        let found = program.get("/items?q=%E5%BC%80%E9%A5%AD%E9%A6%86&online=true").await.json();
        assert_eq!(found["items"][0]["code"], "spjyxk", "{found}");

        // an empty draft, handed in: every place is told, and the draft is still there
        let draft = program.start("spjyxk", "one").await;
        let wrong = program.once(&format!("/drafts/{draft}/submit"), "s0", &json!({ "declarations": [] })).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.json()["code"], "form_has_problems");
        let told: Vec<Value> = wrong.json()["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(told, ["/answers/situation", "/answers/paper", "/declarations/truth"], "{}", wrong.text);
        assert_eq!(program.start("spjyxk", "one").await, draft, "the same key begins it once");

        let receipt = program.file("spjyxk", "filed-1").await;
        let (case, number) = (receipt["case"].as_str().unwrap(), receipt["number"].as_str().unwrap());
        let read = program.get(&format!("/cases/{case}")).await.json();
        assert_eq!(read["stage"], "pre_review");
        assert_eq!(read["timeline"][0]["event"], "submitted");
        assert_eq!(read["may"], json!(["withdraw"]));
        assert_eq!(program.get("/cases").await.json()["cases"][0]["number"], number);

        // anybody with number and code
        let mut anybody = Program::stranger(&house);
        let track = anybody.post("/track", &json!({ "number": number, "code": receipt["query_code"] })).await;
        assert_eq!(track.json()["stage"], "pre_review", "{}", track.text);
        let guess = anybody.post("/track", &json!({ "number": number, "code": "000000" })).await;
        assert_eq!(guess.status, StatusCode::NOT_FOUND);

        let stale = program.post(&format!("/cases/{case}/withdraw"), &json!({ "reason": "不开了", "version": 99 })).await;
        assert_eq!((stale.status, stale.json()["code"].clone()), (StatusCode::CONFLICT, json!("stale")));
        let back = json!({ "reason": "不开了", "version": read["version"] });
        let withdrawn = program.post(&format!("/cases/{case}/withdraw"), &back).await;
        assert_eq!(withdrawn.json()["stage"], "ended_withdrawn", "{}", withdrawn.text);
        let gone = program.raw(Method::DELETE, &format!("/drafts/{draft}"), &[], Vec::new()).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        assert_eq!(program.get(&format!("/drafts/{draft}")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_online_procedure_can_be_filed_by_its_own_example() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut anybody = Program::stranger(&house);
    let online = anybody.get("/items?online=true").await.json();
    assert!(online["items"].as_array().unwrap().len() >= 20);
    for item in online["items"].as_array().unwrap() {
        let code = item["code"].as_str().unwrap();
        let login = service::catalogue::samples(code).unwrap()[0].login.clone();
        let receipt = Program::of(&house, &login).await.file(code, &format!("filed-{code}")).await;
        assert!(receipt["number"].as_str().is_some_and(|n| n.len() == 21), "{code}: {receipt}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_twice_happened_once() {
    on_both(async |fresh| {
        let house = house(fresh).await;
        let mut program = Program::of(&house, "citizen").await;
        let form = program.get("/items/gljt/form").await.json();
        let draft = program.start("gljt", "twice").await;
        program.send(Method::PUT, &format!("/drafts/{draft}/answers"), &json!({ "answers": form["example"] })).await;
        program.attach_all("gljt", &draft, &form).await;
        let agreed: Vec<&Value> = form["declarations"].as_array().unwrap().iter().map(|d| &d["id"]).collect();
        let (path, body) = (format!("/drafts/{draft}/submit"), json!({ "declarations": agreed }));
        let first = program.once(&path, "k-1", &body).await;
        let again = program.once(&path, "k-1", &body).await;
        assert_eq!((first.status, first.json()), (again.status, again.json()));
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
        // the same key for something else
        let other = program.start("gljt", "other").await;
        let crossed = program.once(&format!("/drafts/{other}/submit"), "k-1", &body).await;
        assert_eq!((crossed.status, crossed.json()["code"].clone()), (StatusCode::CONFLICT, json!("key_crossed")));
        let crossed = program.once("/drafts", "twice", &json!({ "item": "jhdj" })).await;
        assert_eq!(crossed.json()["code"], "key_crossed", "{}", crossed.text);
        // a key of one account is another key for another account
        let mut second = Program::of(&house, "citizen2").await;
        assert_ne!(second.start("gljt", "twice").await, draft);
        for (none, item) in [("", "gljt"), (&"k".repeat(65), "gljt"), ("", "no-such-item")] {
            let refused = program.once("/drafts", none, &json!({ "item": item })).await;
            assert_eq!(refused.json()["code"], "key_missing", "{}", refused.text);
        }
        let cases = program.get("/cases").await.json();
        assert_eq!(cases["cases"].as_array().unwrap().len(), 1, "{cases}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_its_own_things_and_nothing_else() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut owner = Program::of(&house, "citizen").await;
    let receipt = owner.file("gljt", "mine").await;
    let draft = owner.start("gljt", "open").await;
    let case = receipt["case"].as_str().unwrap().to_owned();
    let document = owner.get(&format!("/cases/{case}")).await.json()["documents"][0]["id"].as_str().unwrap().to_owned();
    let pdf = owner.get(&format!("/documents/{document}")).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    let held = owner.get("/certificates").await.json();
    let certificate = held["certificates"][0]["id"].as_str().unwrap_or(&draft).to_owned();
    let paths = |path: &str| {
        let thing = match path {
            p if p.contains("/drafts/") => &draft,
            p if p.contains("/documents/") => &document,
            p if p.contains("/certificates/") => &certificate,
            _ => &case,
        };
        path.trim_start_matches("/api/v1").replace("{id}", thing).replace("{field}", "elder_photo").replace("{code}", "gljt")
    };
    let mut others = vec![Program::of(&house, "citizen2").await, Program::of(&house, "enterprise").await];
    let mut asked = 0;
    for door in API.iter().filter(|door| door.who == Who::Key) {
        let method = Method::from_bytes(door.method.as_bytes()).unwrap();
        let body = json!({ "answers": {}, "declarations": [] });
        let body = match door.path {
            "/api/v1/drafts" => json!({ "item": "gljt" }),
            "/api/v1/drafts/{id}/answers" => json!({ "answers": {} }),
            "/api/v1/drafts/{id}/submit" => json!({ "declarations": [] }),
            "/api/v1/cases/{id}/withdraw" => json!({ "reason": "x", "version": 1 }),
            _ => body,
        };
        for other in &mut others {
            let lines = [("content-type", "application/json"), ("idempotency-key", "theirs")];
            let answer = other.raw(method.clone(), &paths(door.path), &lines, body.to_string().into_bytes()).await;
            if door.path.contains("{id}") {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {}: {}", door.method, door.path, answer.text);
                asked += 1;
            }
        }
        // no key, a wrong one, a cookie of the owner's session, a foreign page with that cookie
        let mut cookie = Browser::signed_in(&house, "citizen").await;
        for lines in [
            vec![("content-type", "application/json")],
            vec![("content-type", "application/json"), ("authorization", "Bearer tongban_22222222222222222222222222222222")],
            vec![("content-type", "application/json"), ("authorization", "Basic Y2l0aXplbjpw")],
            vec![("content-type", "application/json"), ("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
        ] {
            let path = format!("/api/v1{}", paths(door.path));
            let answer = cookie.send(method.clone(), &path, &lines, body.to_string()).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {}: {}", door.method, door.path, answer.text);
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
        }
    }
    assert!(asked >= 20, "{asked}");
    // nothing happened to what was knocked at
    assert_eq!(owner.get(&format!("/cases/{case}")).await.json()["stage"], "pre_review");
    assert_eq!(owner.get(&format!("/drafts/{draft}")).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_over_opens_nothing_and_no_key_opens_a_page() {
    on_both(async |fresh| {
        let house = house(fresh).await;
        let now = (house.clock)();
        let (id, key) = issue_key(&house.hall, now, "enterprise", "ERP", None).await.unwrap();
        let mut program = Program { browser: Browser::new(&house), key: key.clone() };
        assert_eq!(program.get("/me").await.status, StatusCode::OK);
        let line = format!("Bearer {key}");
        let page = program.browser.send(Method::GET, "/my", &[("accept", "text/html"), ("authorization", &line)], "").await;
        assert!(page.location().starts_with("/sign-in"), "{} {}", page.status, page.location());
        assert!(revoke_key(&house.hall, now, id).await.unwrap());
        assert!(!revoke_key(&house.hall, now, id).await.unwrap());
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED);
        let soon = now + chrono::TimeDelta::milliseconds(1);
        let (_, key) = issue_key(&house.hall, now, "enterprise", "ERP", Some(soon)).await.unwrap();
        let mut program = Program { browser: Browser::new(&house), key };
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED);
        for nobody in ["clerk", "nobody", ""] {
            assert!(issue_key(&house.hall, now, nobody, "x", None).await.is_err(), "{nobody}");
        }
        // what rests is no key
        let mut tx = house.store.read().await.unwrap();
        let account = store::identity::accounts::find_by_login(&mut tx, "enterprise").await.unwrap().unwrap();
        for row in store::identity::api_keys::list_by_account(&mut tx, account.id).await.unwrap() {
            assert!(row.secret_hash.len() == 64 && !row.secret_hash.contains("tongban"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_bodies_are_told_what_is_wrong_and_change_nothing() {
    on_both(async |fresh| {
        let house = house(fresh).await;
        let mut program = Program::of(&house, "citizen").await;
        let draft = program.start("gljt", "bad").await;
        let before = program.get(&format!("/drafts/{draft}")).await.json();
        let path = format!("/drafts/{draft}/answers");
        let json_type: &[(&str, &str)] = &[("content-type", "application/json")];
        let deep = format!("{{\"answers\":{{\"elder_name\":{}{}}}}}", "[".repeat(100_000), "]".repeat(100_000));
        let nested = format!("{{\"answers\":{{\"elder_name\":{}{}}}}}", "{\"a\":".repeat(60), "1".to_owned() + &"}".repeat(60));
        let twice_deep = format!("{{\"answers\":{}{}}}", "{\"a\":1,\"a\":".repeat(1_000), "1".to_owned() + &"}".repeat(1_000));
        let long_key = format!("{{\"answers\":{{\"{0}\":1,\"{0}\":2}}}}", "长".repeat(200_000));
        let huge = format!("{{\"answers\":{{\"elder_name\":\"{}\"}}}}", "长".repeat(17 << 20));
        let cases: Vec<Wrong<'_>> = vec![
            (b"{".to_vec(), json_type, 400, "not_json"),
            (b"".to_vec(), json_type, 400, "not_json"),
            (b"{\"answers\":{\"elder_name\":\"\xff\xfe\"}}".to_vec(), json_type, 400, "not_json"),
            ("{\"answers\":{}}".encode_utf16().flat_map(u16::to_le_bytes).collect(), json_type, 400, "not_json"),
            (deep.into_bytes(), json_type, 400, "not_json"),
            (nested.into_bytes(), json_type, 422, "astray"),
            (huge.into_bytes(), json_type, 413, "too_large"),
            (twice_deep.into_bytes(), json_type, 400, "not_json"),
            (b"{\"answers\":{\"elder_name\":\"a\",\"elder_name\":\"b\"}}".to_vec(), json_type, 422, "twice"),
            (b"{\"answers\":{},\"answers\":{\"elder_name\":\"b\"}}".to_vec(), json_type, 422, "twice"),
            (long_key.into_bytes(), json_type, 422, "twice"),
            (b"{}".to_vec(), json_type, 422, "wrong_shape"),
            (b"[]".to_vec(), json_type, 422, "wrong_shape"),
            (b"{\"answers\":[]}".to_vec(), json_type, 422, "wrong_shape"),
            (b"{\"answers\":{},\"admin\":true}".to_vec(), json_type, 422, "wrong_shape"),
            (b"answers=1".to_vec(), &[("content-type", "application/x-www-form-urlencoded")], 415, "wrong_type"),
            (b"{\"answers\":{}}".to_vec(), &[("content-type", "text/plain")], 415, "wrong_type"),
            (b"{\"answers\":{}}".to_vec(), &[], 415, "wrong_type"),
        ];
        for (body, lines, status, code) in cases {
            let head = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
            let answer = program.raw(Method::PUT, &path, lines, body).await;
            assert_eq!(
                (answer.status.as_u16(), answer.json()["code"].as_str().unwrap()),
                (status, code),
                "{head}: {}",
                answer.text
            );
            assert!(answer.text.len() < 100_000, "{head}");
        }
        let strays = json!({ "answers": {
            "elder_name": ["a"], "nothing": "x", "elder_photo": "x", "contacts": "x", "elder_phone": { "a": 1 }, "a/b~c": 1
        } });
        let answer = program.send(Method::PUT, &path, &strays).await;
        let told: BTreeSet<(String, String)> = answer.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| (e["pointer"].as_str().unwrap().to_owned(), e["code"].as_str().unwrap().to_owned()))
            .collect();
        let wanted = [
            ("/answers/elder_name", "not_one"),
            ("/answers/nothing", "unknown"),
            ("/answers/elder_photo", "not_written"),
            ("/answers/contacts", "not_entries"),
            ("/answers/elder_phone", "not_one"),
            ("/answers/a~1b~0c", "unknown"),
        ];
        assert_eq!(told, wanted.map(|(p, c)| (p.to_owned(), c.to_owned())).into(), "{}", answer.text);
        for entries in [json!([1]), json!([{ "contact_name": "x", "elder_name": "y" }]), json!(vec![json!({}); 300])] {
            let answer = program.send(Method::PUT, &path, &json!({ "answers": { "contacts": entries } })).await;
            assert_eq!(answer.json()["code"], "astray", "{}", answer.text);
        }
        assert_eq!(program.get(&format!("/drafts/{draft}")).await.json(), before, "nothing was stored");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_stands_twice_is_told_with_its_place() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut program = Program::of(&house, "citizen").await;
    let draft = program.start("gljt", "twice").await;
    let (answers, submit) = (format!("/drafts/{draft}/answers"), format!("/drafts/{draft}/submit"));
    let nobody = "00000000-0000-7000-8000-000000000000";
    let withdraw = format!("/cases/{nobody}/withdraw");
    // every door that takes JSON
    let bodies = [
        (Method::POST, "/items/gljt/validate", r#"{"answers":{"elder_name":"a","elder_name":"a"}}"#, "/answers/elder_name"),
        (Method::POST, "/track", r#"{"number":"1","code":"2","number":"3"}"#, "/number"),
        (Method::POST, "/verify", r#"{"certificate":{"facts":{"a":[{"b":1,"b":2}]}}}"#, "/certificate/facts/a/0/b"),
        (Method::POST, "/drafts", r#"{"item":"gljt","item":"spjyxk"}"#, "/item"),
        (
            Method::PUT,
            &answers,
            r#"{"answers":{"contacts":[{},{"contact_name":"a","contact_name":"b"}]}}"#,
            "/answers/contacts/1/contact_name",
        ),
        (Method::POST, &submit, r#"{"declarations":[],"declarations":["truth"]}"#, "/declarations"),
        (Method::POST, &withdraw, r#"{"reason":"x","version":1,"version":2}"#, "/version"),
    ];
    let takes_json = API.iter().filter(|door| door.method != "GET" && door.method != "DELETE").filter(|door| {
        let description = serde_json::to_value(described("https://hall.example")).unwrap();
        let operation = &description["paths"][door.path][door.method.to_lowercase()];
        operation["requestBody"]["content"]["application/json"].is_object()
    });
    assert_eq!(takes_json.count(), bodies.len(), "a door that takes JSON is missing here");
    for (method, path, body, pointer) in bodies {
        let lines = [("content-type", "application/json"), ("idempotency-key", "twice-2")];
        let answer = program.raw(method, path, &lines, body.as_bytes().to_vec()).await;
        let told = answer.json();
        assert_eq!((answer.status.as_u16(), &told["code"]), (422, &json!("twice")), "{path}: {}", answer.text);
        assert_eq!((&told["errors"][0]["pointer"], &told["type"]), (&json!(pointer), &json!("/open#problem-twice")), "{path}");
        let key = pointer.rsplit('/').next().unwrap();
        assert!(told["detail"].as_str().unwrap().contains(&format!("“{key}”")), "{}", answer.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_knocks_too_often_is_told_when_to_come_again() {
    let fresh = store::testing::sqlite().await;
    let house = house_with(&fresh, &[("API_PER_MINUTE", "5")]).await;
    let mut anybody = Program::stranger(&house);
    for _ in 0..5 {
        assert_eq!(anybody.get("/items?q=x").await.status, StatusCode::OK);
    }
    let answer = anybody.get("/items?q=x").await;
    assert_eq!((answer.status, answer.json()["code"].clone()), (StatusCode::TOO_MANY_REQUESTS, json!("too_often")));
    let wait: u32 = answer.header("retry-after").parse().unwrap();
    assert!((1..=13).contains(&wait), "{wait}");
    // a key has a measure of its own, and pages are not concerned
    let mut program = Program::of(&house, "citizen").await;
    assert_eq!(program.get("/me").await.status, StatusCode::OK);
    assert_eq!(Browser::new(&house).get("/items").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_door_is_a_problem_too() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut program = Program::stranger(&house);
    for (method, path, status) in [
        (Method::GET, "/nothing", 404),
        (Method::POST, "/nothing", 404),
        (Method::GET, "/items/%00", 404),
        (Method::GET, "/items/%FF", 400),
        (Method::GET, "/items/%FF/form", 400),
        (Method::GET, "/items/nothing/form", 404),
        (Method::GET, "/items/csmsy/form", 404),
        (Method::DELETE, "/items", 405),
        (Method::PATCH, "/track", 405),
        (Method::GET, "/items?nothing=1", 400),
        (Method::GET, "/items?from=-1", 400),
        (Method::GET, "/items?who=99", 400),
        (Method::GET, "/items?online=perhaps", 400),
        (Method::GET, "/items?q=1&q=2", 400),
    ] {
        let answer = program.raw(method.clone(), path, &[("accept", "text/html")], Vec::new()).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.text);
        if status == 405 {
            assert!(!answer.header("allow").is_empty(), "{path}");
        }
    }
    // whatever stands in the address of whatever door: an answer that a program can read
    let mut holder = Program::of(&house, "citizen").await;
    for door in API.iter().filter(|door| door.path.contains('{')) {
        let path =
            door.path.trim_start_matches("/api/v1").replace("{id}", "%FF").replace("{field}", "%C3%28").replace("{code}", "%FF");
        let lines = [("content-type", "application/json"), ("idempotency-key", "k")];
        let answer = holder.raw(Method::from_bytes(door.method.as_bytes()).unwrap(), &path, &lines, b"{}".to_vec()).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (400, &json!("wrong_address")), "{} {path}", door.method);
    }
    let english = program.raw(Method::GET, "/items/nothing", &[("accept-language", "en")], Vec::new()).await;
    assert_eq!(english.header("content-language"), "en");
    assert!(english.json()["detail"].as_str().unwrap().is_ascii(), "{}", english.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_verified_and_a_changed_one_is_told() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut anybody = Program::stranger(&house);
    let nobody = anybody.post("/verify", &json!({ "number": "JY1", "holder": "某某" })).await;
    assert_eq!(nobody.json()["verdict"], "not_found", "{}", nobody.text);
    let forged = anybody.post("/verify", &json!({ "certificate": { "facts": 1 } })).await;
    assert_eq!(forged.json()["verdict"], "not_genuine", "{}", forged.text);
    let neither = anybody.post("/verify", &json!({})).await;
    assert_eq!(neither.status, StatusCode::UNPROCESSABLE_ENTITY);
    let half = anybody.post("/verify", &json!({ "number": "JY1" })).await;
    assert_eq!(half.json()["code"], "nothing_said", "{}", half.text);
    // what another office issued: a record of the library, without its signature
    let licence = json!({ "number": "92350205MADEM00382", "holder": "青禾区某某面馆" });
    let elsewhere = anybody.post("/verify", &licence).await.json();
    assert_eq!((&elsewhere["verdict"], &elsewhere["registered"]), (&json!("issued_elsewhere"), &json!("valid")), "{elsewhere}");
    assert_eq!((&elsewhere["issuer"], &elsewhere["facts"]), (&json!("青禾区市场监督管理局"), &Value::Null), "{elsewhere}");
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_come_page_by_page() {
    on_both(async |fresh| {
        let house = house(fresh).await;
        let mut program = Program::of(&house, "enterprise").await;
        let first = program.get("/certificates").await.json();
        let here = first["certificates"].as_array().unwrap().len();
        assert_eq!((here > 0, &first["next"]), (true, &Value::Null), "{first}");
        let id = first["certificates"][0]["id"].as_str().unwrap().parse().unwrap();
        let mut unit = house.store.unit("test", (house.clock)()).await.unwrap();
        let one = store::certificates::find(&mut unit, id).await.unwrap().unwrap();
        for n in 0..120 {
            let id = store::new_id((house.clock)() + chrono::TimeDelta::seconds(n));
            let (mark, number) = (format!("test.{n}"), format!("X{n}"));
            let row = store::certificates::CertificateRow { id, mark, number, ..one.clone() };
            store::certificates::add(&mut unit, &row).await.unwrap();
        }
        unit.save().await.unwrap();
        let page = program.get("/certificates").await.json();
        assert_eq!((page["certificates"].as_array().unwrap().len(), &page["certificates"][0]["number"]), (100, &json!("X119")));
        let rest = program.get(&format!("/certificates?from={}", page["next"].as_str().unwrap())).await.json();
        assert_eq!((rest["certificates"].as_array().unwrap().len(), &rest["next"]), (20 + here, &Value::Null));
        assert_eq!(program.get("/certificates?from=zzz").await.status, StatusCode::NOT_FOUND);
        assert_eq!(program.get("/certificates?nothing=1").await.status, StatusCode::BAD_REQUEST);
    })
    .await;
}

#[test]
fn the_page_lists_every_door_and_no_other() {
    let told: BTreeSet<(String, String, bool)> =
        PROGRAM_DOORS.iter().map(|door| (door.method.to_owned(), format!("/api/v1{}", door.path), door.key)).collect();
    let real = API.iter().map(|door| (door.method.to_owned(), door.path.to_owned(), door.who == Who::Key)).collect();
    assert_eq!(told, real);
}

#[test]
fn the_description_names_every_door_and_no_other() {
    let openapi = serde_json::to_value(described("https://hall.example")).unwrap();
    let mut told = BTreeSet::new();
    for (path, methods) in openapi["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            told.insert((method.to_uppercase(), path.clone(), !operation["security"].is_null()));
        }
    }
    let real = API.iter().map(|door| (door.method.to_owned(), door.path.to_owned(), door.who == Who::Key)).collect();
    assert_eq!(told, real);
    // whatever is pointed at is there
    let text = openapi.to_string();
    for (at, _) in text.match_indices("\"$ref\":\"#/components/schemas/") {
        let name = text[at..].split('"').nth(3).unwrap().rsplit('/').next().unwrap();
        assert!(openapi["components"]["schemas"][name].is_object(), "{name}");
    }
}
