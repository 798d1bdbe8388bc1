//! The open API as other people's programs meet it: whole stories, and everything they could get wrong.
#![allow(clippy::unwrap_used)]

mod hall;

use app::content::PROGRAM_DOORS;
use hall::{Answer, Browser, PNG, house, house_with};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use server::api::{API, described};
use server::house::House;
use server::routes::Who;
use service::identity::{issue_key, revoke_key};
use std::collections::BTreeSet;
use store::testing::Fresh;

const PDF: &[u8] = include_bytes!("../../data/city/paper.pdf");
const JPG: &[u8] = include_bytes!("../../data/city/photo.jpg");

/// A body and its headers, and the status and code they are refused with.
type Wrong<'a> = (Vec<u8>, &'a [(&'a str, &'a str)], u16, &'a str);

/// A program: keeps no cookies, sends a key.
struct Program {
    browser: Browser,
    key: String,
}

impl Program {
    async fn of(house: &House, login: &str) -> Self {
        let (_, key) = issue_key(&house.hall, (house.clock)(), login, "probe", None).await.unwrap();
        Self { browser: Browser::new(house), key }
    }

    fn stranger(house: &House) -> Self {
        Self { browser: Browser::new(house), key: String::new() }
    }

    async fn raw(&mut self, method: Method, path: &str, lines: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        let mut all: Vec<(&str, &str)> = lines.to_vec();
        if !self.key.is_empty() {
            all.push(("authorization", &bearer));
        }
        let answer = self.browser.send(method, &format!("/api/v1{path}"), &all, body).await;
        assert!(answer.headers.get("set-cookie").is_none(), "{path} sets a cookie");
        if !answer.status.is_success() {
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}: {}", answer.text);
            let problem = answer.json();
            assert_eq!(problem["status"], answer.status.as_u16(), "{}", answer.text);
            for member in ["type", "title", "detail", "code"] {
                assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{path} {member}: {}", answer.text);
            }
        }
        answer
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.raw(Method::GET, path, &[], Vec::new()).await
    }

    async fn send(&mut self, method: Method, path: &str, body: &Value) -> Answer {
        self.raw(method, path, &[("content-type", "application/json")], body.to_string().into_bytes()).await
    }

    async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, body).await
    }

    async fn once(&mut self, path: &str, key: &str, body: &Value) -> Answer {
        let lines = [("content-type", "application/json"), ("idempotency-key", key)];
        self.raw(Method::POST, path, &lines, body.to_string().into_bytes()).await
    }

    async fn start(&mut self, item: &str, key: &str) -> String {
        let started = self.once("/drafts", key, &json!({ "item": item })).await;
        assert_eq!(started.status, StatusCode::CREATED, "{item}: {}", started.text);
        started.json()["id"].as_str().unwrap().to_owned()
    }

    /// Everything the form asks, from the example it gives; the receipt.
    async fn file(&mut self, item: &str, key: &str) -> Value {
        let form = self.get(&format!("/items/{item}/form")).await.json();
        let draft = self.start(item, &format!("{key}-start")).await;
        let answered = self.send(Method::PUT, &format!("/drafts/{draft}/answers"), &json!({ "answers": form["example"] })).await;
        assert_eq!(answered.status, StatusCode::OK, "{item}: {}", answered.text);
        self.attach_all(item, &draft, &form).await;
        let agreed: Vec<&Value> = form["declarations"].as_array().unwrap().iter().map(|d| &d["id"]).collect();
        let done = self.once(&format!("/drafts/{draft}/submit"), key, &json!({ "declarations": agreed })).await;
        assert_eq!(done.status, StatusCode::CREATED, "{item}: {}", done.text);
        done.json()
    }

    /// Uploads what is still missed, whatever it is.
    async fn attach_all(&mut self, item: &str, draft: &str, form: &Value) {
        let so_far = self.get(&format!("/drafts/{draft}")).await.json();
        for missing in so_far["errors"].as_array().unwrap() {
            let Some(place) = missing["pointer"].as_str().unwrap().strip_prefix("/files/") else { continue };
            let field = place.split('.').next().unwrap();
            let question = form["files"].as_array().unwrap().iter().find(|f| f["field"] == field).unwrap();
            let takes_pdf = question["accept"].as_array().unwrap().iter().any(|kind| kind == "application/pdf");
            let path = format!("/drafts/{draft}/files/{place}?name=%E9%99%84%E4%BB%B6");
            let bytes = if takes_pdf { PDF } else { JPG };
            let once = format!("{}-{place}", &draft[draft.len() - 12..]);
            let lines = [("content-type", "application/octet-stream"), ("idempotency-key", once.as_str())];
            let kept = self.raw(Method::POST, &path, &lines, bytes.to_vec()).await;
            assert_eq!(kept.status, StatusCode::CREATED, "{item} {place}: {}", kept.text);
            assert_eq!(kept.json()["name"], "附件");
        }
    }
}

async fn on_both(check: impl AsyncFn(&Fresh)) {
    check(&store::testing::sqlite().await).await;
    if let Some(fresh) = store::testing::postgres().await {
        check(&fresh).await;
    }
}

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
async fn files_are_what_their_content_says() {
    let fresh = store::testing::sqlite().await;
    let house = house(&fresh).await;
    let mut program = Program::of(&house, "citizen").await;
    let draft = program.start("gljt", "files").await;
    let path = |field: &str| format!("/drafts/{draft}/files/{field}?name=photo.png");
    let png: &[(&str, &str)] = &[("content-type", "image/png"), ("idempotency-key", "file")];
    for (bytes, status, code) in
        [(&b"<svg onload=alert(1)>"[..], 415, "file_kind"), (b"MZ\x90\0", 415, "file_kind"), (b"", 422, "file_empty")]
    {
        let answer = program.raw(Method::POST, &path("elder_photo"), png, bytes.to_vec()).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str().unwrap()), (status, code), "{}", answer.text);
    }
    let mut large = PNG.to_vec();
    large.resize(60 << 20, 0);
    let answer = program.raw(Method::POST, &path("elder_photo"), png, large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", answer.text);
    for nowhere in ["elder_name", "nothing", "elder_photo.1", "contact_name.9"] {
        let answer = program.raw(Method::POST, &path(nowhere), png, PNG.to_vec()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}: {}", answer.text);
    }
    let kept = program.raw(Method::POST, &path("elder_photo"), png, PNG.to_vec()).await;
    assert_eq!(kept.json()["media_type"], "image/png", "{}", kept.text);
    assert_eq!(program.get(&format!("/drafts/{draft}")).await.json()["files"][0]["id"], kept.json()["id"]);
    let off = program.raw(Method::DELETE, &format!("/drafts/{draft}/files/elder_photo"), &[], Vec::new()).await;
    assert_eq!(off.status, StatusCode::NO_CONTENT);
    assert_eq!(program.get(&format!("/drafts/{draft}")).await.json()["files"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_was_sent_twice_is_attached_once() {
    on_both(async |fresh| {
        let house = house(fresh).await;
        let mut program = Program::of(&house, "citizen").await;
        let draft = program.start("gljt", "files-twice").await;
        let send = async |program: &mut Program, key: &str, rest: &str, bytes: &[u8]| {
            let lines = [("content-type", "application/octet-stream"), ("idempotency-key", key)];
            let path = format!("/drafts/{draft}/files/{rest}");
            let answer = program.raw(Method::POST, &path, &lines, bytes.to_vec()).await;
            (answer.status.as_u16(), answer.json())
        };
        let held = async |program: &mut Program| program.get(&format!("/drafts/{draft}")).await.json()["files"].clone();
        let form = program.get("/items/gljt/form").await.json();
        let photo = form["files"].as_array().unwrap().iter().find(|file| file["field"] == "elder_photo").unwrap();
        assert_eq!(photo["max"], 1, "this story is about a field that is full after one file");
        for none in ["", &"k".repeat(65)] {
            let (status, problem) = send(&mut program, none, "elder_photo?name=a.png", PNG).await;
            assert_eq!((status, problem["code"].clone()), (422, json!("key_missing")));
        }
        // what was refused leaves the key free
        assert_eq!(send(&mut program, "one", "elder_photo?name=a.png", b"<svg>").await.0, 415);
        let first = send(&mut program, "one", "elder_photo?name=a.png", PNG).await;
        assert_eq!(first.0, 201, "{}", first.1);
        // the field is full now, and still the same answer comes
        assert_eq!(send(&mut program, "one", "elder_photo?name=a.png", PNG).await, first);
        let mut longer = PNG.to_vec();
        longer.resize(4 << 20, 0);
        let mut other = PNG.to_vec();
        other[40] ^= 1;
        for (rest, bytes) in
            [("elder_photo?name=a.png", &other), ("elder_photo?name=a.png", &longer), ("elder_photo?name=b.png", &PNG.to_vec())]
        {
            let (status, problem) = send(&mut program, "one", rest, bytes).await;
            assert_eq!((status, problem["code"].clone()), (409, json!("key_crossed")), "{rest} {}", bytes.len());
        }
        assert_eq!(send(&mut program, "two", "elder_photo?name=a.png", PNG).await.1["code"], "too_many_files");
        assert_eq!(held(&mut program).await.as_array().unwrap().len(), 1);
        assert_eq!(held(&mut program).await[0]["id"], first.1["id"]);
        // where there is room for more, the same is not attached twice either, also not when it comes twice at once
        let mut beside = Program { browser: program.browser.clone(), key: program.key.clone() };
        let both = tokio::join!(
            send(&mut program, "three", "power?name=c.pdf", PDF),
            send(&mut beside, "three", "power?name=c.pdf", PDF)
        );
        assert_eq!((both.0.0, &both.0), (201, &both.1), "{}", both.0.1);
        assert_eq!(both.0.1["name"], "c.pdf");
        assert_eq!(send(&mut program, "three", "power?name=c.pdf", PDF).await, both.0);
        assert_eq!(send(&mut program, "three", "power?name=d.pdf", PDF).await.1["code"], "key_crossed");
        assert_eq!(held(&mut program).await.as_array().unwrap().len(), 2);
        assert_eq!(send(&mut program, "four", "power?name=c.pdf", PDF).await.0, 201);
        assert_eq!(held(&mut program).await.as_array().unwrap().len(), 3);
        // names of files rest sealed, so they are not in what is kept for those who ask again
        let mut tx = house.store.read().await.unwrap();
        let me = store::identity::accounts::find_by_login(&mut tx, "citizen").await.unwrap().unwrap().id;
        let kept = store::idempotency::find(&mut tx, &format!("account:{me}"), "forms.attach", "three").await.unwrap();
        assert_eq!(kept.unwrap().1["name"], "");
        drop(tx);
        // somebody else's key of that name says nothing of it
        let mut stranger = Program::of(&house, "citizen2").await;
        assert_eq!(send(&mut stranger, "one", "elder_photo?name=a.png", PNG).await.0, 404);
        // taken out since, it is attached anew, and that is what the key answers with from now on
        let off = program.raw(Method::DELETE, &format!("/drafts/{draft}/files/elder_photo"), &[], Vec::new()).await;
        assert_eq!(off.status, StatusCode::NO_CONTENT);
        assert_eq!(send(&mut program, "one", "elder_photo?name=a.png", &other).await.1["code"], "key_crossed");
        let anew = send(&mut program, "one", "elder_photo?name=a.png", PNG).await;
        assert_eq!((anew.0, anew.1["id"] != first.1["id"]), (201, true), "{}", anew.1);
        assert_eq!(send(&mut program, "one", "elder_photo?name=a.png", PNG).await, anew);
        assert!(held(&mut program).await.as_array().unwrap().iter().any(|file| file["id"] == anew.1["id"]));
        // its place taken by another, nobody is told of a file that is there no more
        program.raw(Method::DELETE, &format!("/drafts/{draft}/files/elder_photo"), &[], Vec::new()).await;
        assert_eq!(send(&mut program, "five", "elder_photo?name=a.png", PNG).await.0, 201);
        assert_eq!(send(&mut program, "one", "elder_photo?name=a.png", PNG).await.1["code"], "too_many_files");
        // nor when the draft is gone with all that was in it
        let gone = program.raw(Method::DELETE, &format!("/drafts/{draft}"), &[], Vec::new()).await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
        for key in ["one", "two", "five"] {
            assert_eq!(send(&mut program, key, "elder_photo?name=a.png", PNG).await.0, 404, "{key}");
        }
    })
    .await;
}

/// Programs count entries; inside, entries keep the rows they began in. A file must never come to stand under another person.
#[tokio::test(flavor = "multi_thread")]
async fn entries_are_counted_and_their_files_stay_with_them() {
    on_both(async |fresh| {
        let house = house(fresh).await;
        let mut program = Program::of(&house, "enterprise").await;
        let form = program.get("/items/spjyxk/form").await.json();
        let draft = program.start("spjyxk", "entries").await;
        let (path, whole) = (format!("/drafts/{draft}"), json!({ "answers": form["example"] }));
        assert_eq!(form["example"]["staff"].as_array().unwrap().len(), 2);
        assert_eq!(program.send(Method::PUT, &format!("{path}/answers"), &whole).await.status, StatusCode::OK);
        program.attach_all("spjyxk", &draft, &form).await;
        let held = async |program: &mut Program| -> Vec<(String, String)> {
            let so_far = program.get(&path).await.json();
            let text = |file: &Value, name: &str| file[name].as_str().unwrap().to_owned();
            let files = so_far["files"].as_array().unwrap().iter().map(|file| (text(file, "field"), text(file, "id")));
            files.filter(|(field, _)| field.starts_with("staff_")).collect()
        };
        let before = held(&mut program).await;
        assert_eq!(
            before.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(),
            ["staff_health_file.1", "staff_health_file.2"]
        );
        // somebody takes the first person out on the page: the second is the first now, with the same file
        let mut browser = Browser::signed_in(&house, "enterprise").await;
        let page = format!("/apply/spjyxk/{draft}/people");
        let taken = browser.post(&page, &[("page", "people"), ("act", "remove:staff.1")]).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
        let second = ("staff_health_file.1".to_owned(), before[1].1.clone());
        assert_eq!(held(&mut program).await, std::slice::from_ref(&second));
        // a third is added behind: only its file is missing, and goes to its place
        let added = program.send(Method::PUT, &format!("{path}/answers"), &whole).await.json();
        let missing: Vec<&Value> = added["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
        assert!(missing.contains(&&json!("/files/staff_health_file.2")), "{added}");
        assert!(!missing.contains(&&json!("/files/staff_health_file.1")), "{added}");
        program.attach_all("spjyxk", &draft, &form).await;
        let after = held(&mut program).await;
        assert_eq!((&after[0], after[1].0.as_str(), after.len()), (&second, "staff_health_file.2", 2));
        for nowhere in ["staff_health_file.3", "staff_health_file.0", "staff_health_file"] {
            let answer = program.raw(Method::DELETE, &format!("{path}/files/{nowhere}"), &[], Vec::new()).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nowhere}");
        }
        let off = program.raw(Method::DELETE, &format!("{path}/files/staff_health_file.1"), &[], Vec::new()).await;
        assert_eq!(off.status, StatusCode::NO_CONTENT);
        assert_eq!(held(&mut program).await, after[1..]);
        // without entries there are no files of entries
        let mut fewer = form["example"].clone();
        fewer.as_object_mut().unwrap().remove("staff");
        program.send(Method::PUT, &format!("{path}/answers"), &json!({ "answers": fewer })).await;
        assert_eq!(held(&mut program).await, []);
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
