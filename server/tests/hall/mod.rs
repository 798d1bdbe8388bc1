//! A hall in this process, and browsers that visit it.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used)]

pub mod program;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use chrono::{DateTime, Utc};
use http::{Method, Request, StatusCode, header};

use serde_json::Value;
use server::house::House;
use server::router::router;
use server::settings::{Settings, read};
use server::{clock, serve};
use std::collections::BTreeMap;
use store::testing::Fresh;
use tower::ServiceExt as _;

pub const PASSWORD: &str = "probe-pass-word";
pub const OWN: &str = "http://127.0.0.1:3000";

fn now() -> DateTime<Utc> {
    clock::now()
}

/// Settings of a demonstration without files of its own.
pub fn settings(extra: &[(&str, &str)]) -> Settings {
    let mut env: BTreeMap<String, String> =
        [("TONGBAN_DEMO", "1"), ("TONGBAN_DEMO_PASSWORD", PASSWORD), ("SITE_ROOT", "/nonexistent")]
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
    env.extend(extra.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    read(None, &env).unwrap()
}

/// A seeded hall on this store.
pub async fn house(fresh: &Fresh) -> House {
    house_with(fresh, &[]).await
}

pub async fn house_with(fresh: &Fresh, extra: &[(&str, &str)]) -> House {
    let mut settings = settings(extra);
    settings.files_url.clone_from(&fresh.settings.files_url);
    let store: store::Store = (**fresh).clone();
    let hall = serve::open_hall(&store, &settings).await.unwrap();
    service::demo::seed(&hall, now(), PASSWORD).await.unwrap();
    House::new(hall, store, settings, now)
}

/// A browser: keeps cookies, sends its origin, does not follow redirects by itself.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// Header lines sent with every request, over the usual ones.
    pub lines: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: http::HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |v| v.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

impl Browser {
    pub fn new(house: &House) -> Self {
        Self { router: router(house), cookies: BTreeMap::new(), lines: Vec::new() }
    }

    /// A browser in which this demo account is signed in.
    pub async fn signed_in(house: &House, login: &str) -> Self {
        let mut browser = Self::new(house);
        let answer = browser.post("/sign-in", &[("account", login), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login}: {}", answer.text);
        assert!(!answer.location().contains("sign-in"), "{login} was refused");
        browser
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("accept", "text/html")], "").await
    }

    /// As the browser itself posts a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let lines = [("accept", "text/html"), ("content-type", "application/x-www-form-urlencoded"), ("origin", OWN)];
        self.send(Method::POST, path, &lines, form(fields)).await
    }

    /// As our script posts a form.
    pub async fn post_json(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let lines = [("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded"), ("origin", OWN)];
        self.send(Method::POST, path, &lines, form(fields)).await
    }

    /// A form with files: `(name, file name or none, content)`.
    pub async fn post_files(&mut self, path: &str, parts: &[(&str, Option<&str>, &[u8])], accept: &str) -> Answer {
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = file.map(|f| format!("; filename=\"{f}\"\r\nContent-Type: application/octet-stream")).unwrap_or_default();
            body.extend(format!("--rim\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--rim--\r\n");
        let lines = [("accept", accept), ("content-type", "multipart/form-data; boundary=rim"), ("origin", OWN)];
        self.send(Method::POST, path, &lines, body).await
    }

    pub async fn send(&mut self, method: Method, path: &str, lines: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let response = self.open(method, path, lines, body).await;
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 << 20).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// The answer with its body still coming.
    pub async fn open(&mut self, method: Method, path: &str, lines: &[(&str, &str)], body: impl Into<Body>) -> Response {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
        let own: Vec<(&str, &str)> = self.lines.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        for (name, value) in lines.iter().filter(|(name, _)| own.iter().all(|(k, _)| k != name)).chain(&own) {
            request = request.header(*name, *value);
        }
        if !self.cookies.is_empty() {
            let line: Vec<String> = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
            request = request.header(header::COOKIE, line.join("; "));
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }
}

pub fn form(fields: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{}={}", app::doors::encode(name), app::doors::encode(value));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// A picture of one dot.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0,
    0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x62, 0, 1, 0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4,
    0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// Starts an old-age allowance for oneself and fills every page; the address of the draft.
pub async fn filled_draft(browser: &mut Browser, key: &str) -> String {
    let started = browser.post("/apply/gljt/start", &[("key", key), ("situation", "")]).await;
    let draft = started.location().to_owned();
    assert!(draft.starts_with("/apply/gljt/"), "{} {draft} {}", started.status, started.text);
    let pages: [(&str, &[(&str, &str)]); 4] = [
        ("who", &[("f.applicant", "self")]),
        (
            "elder",
            &[
                ("f.elder_name", "李某"),
                ("f.household", "wanghe_wanghe"),
                ("f.live_address", "望河路 1 号"),
                ("f.elder_phone", ""),
            ],
        ),
        (
            "family",
            &[
                ("rows.contacts", "1"),
                ("f.contact_name.1", "李小某"),
                ("f.contact_relation.1", "child"),
                ("f.contact_phone.1", "19900000000"),
            ],
        ),
        ("account", &[("f.account_name", "李某"), ("f.bank", "icbc"), ("f.bank_card", "6222020200112233446")]),
    ];
    for (page, fields) in pages {
        let mut all = vec![("page", page), ("act", "save")];
        all.extend_from_slice(fields);
        let saved = browser.post(&format!("{draft}/{page}"), &all).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{page}: {}", saved.text);
        assert!(!saved.location().ends_with(page), "{page} has problems: {}", saved.location());
    }
    let parts: [(&str, Option<&str>, &[u8]); 3] =
        [("page", None, b"photo"), ("act", None, b"save"), ("f.elder_photo", Some("photo.png"), PNG)];
    let saved = browser.post_files(&format!("{draft}/photo"), &parts, "text/html").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    assert!(saved.location().ends_with("/check"), "{}", saved.location());
    draft
}

/// Files a case; its address on `/my`.
pub async fn submitted_case(browser: &mut Browser, key: &str) -> String {
    let draft = filled_draft(browser, key).await;
    let fields = [("key", draft.rsplit('/').next().unwrap()), ("d.truth", "on"), ("d.tell", "on")];
    let answer = browser.post(&format!("{draft}/submit"), &fields).await;
    assert!(answer.location().starts_with("/my/cases/"), "{} {} {}", answer.status, answer.location(), answer.text);
    answer.location().to_owned()
}
