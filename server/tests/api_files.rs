//! Files at the open API: told by their content, attached once, and kept with the entry they belong to.
#![allow(clippy::unwrap_used)]

mod hall;

use hall::program::{PDF, Program, on_both};
use hall::{Browser, PNG, house};
use http::{Method, StatusCode};
use serde_json::{Value, json};

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
