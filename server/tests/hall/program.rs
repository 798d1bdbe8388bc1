//! A program at the open API: keeps no cookies, sends a key.

use super::{Answer, Browser};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use server::house::House;
use service::identity::issue_key;
use store::testing::Fresh;

pub const PDF: &[u8] = include_bytes!("../../../data/city/paper.pdf");
pub const JPG: &[u8] = include_bytes!("../../../data/city/photo.jpg");

/// A program: keeps no cookies, sends a key.
pub struct Program {
    pub browser: Browser,
    pub key: String,
}

impl Program {
    pub async fn of(house: &House, login: &str) -> Self {
        let (_, key) = issue_key(&house.hall, (house.clock)(), login, "probe", None).await.unwrap();
        Self { browser: Browser::new(house), key }
    }

    pub fn stranger(house: &House) -> Self {
        Self { browser: Browser::new(house), key: String::new() }
    }

    pub async fn raw(&mut self, method: Method, path: &str, lines: &[(&str, &str)], body: Vec<u8>) -> Answer {
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

    pub async fn get(&mut self, path: &str) -> Answer {
        self.raw(Method::GET, path, &[], Vec::new()).await
    }

    pub async fn send(&mut self, method: Method, path: &str, body: &Value) -> Answer {
        self.raw(method, path, &[("content-type", "application/json")], body.to_string().into_bytes()).await
    }

    pub async fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, body).await
    }

    pub async fn once(&mut self, path: &str, key: &str, body: &Value) -> Answer {
        let lines = [("content-type", "application/json"), ("idempotency-key", key)];
        self.raw(Method::POST, path, &lines, body.to_string().into_bytes()).await
    }

    pub async fn start(&mut self, item: &str, key: &str) -> String {
        let started = self.once("/drafts", key, &json!({ "item": item })).await;
        assert_eq!(started.status, StatusCode::CREATED, "{item}: {}", started.text);
        started.json()["id"].as_str().unwrap().to_owned()
    }

    /// Everything the form asks, from the example it gives; the receipt.
    pub async fn file(&mut self, item: &str, key: &str) -> Value {
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
    pub async fn attach_all(&mut self, item: &str, draft: &str, form: &Value) {
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

pub async fn on_both(check: impl AsyncFn(&Fresh)) {
    check(&store::testing::sqlite().await).await;
    if let Some(fresh) = store::testing::postgres().await {
        check(&fresh).await;
    }
}
