//! R1 and R6 at the size of CI: the real program, killed again and again while clients submit over HTTP.
//!
//! `TONGBAN_KILLS` (100) kills, `TONGBAN_CLIENTS` (32) clients. Nothing acknowledged may be lost, nothing may be there twice,
//! and the log must prove itself afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PASSWORD: &str = "probe-pass-word";

fn number(name: &str, fallback: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(fallback)
}

/// The program in a folder of its own.
struct Hall {
    folder: PathBuf,
    port: u16,
    child: Option<Child>,
}

impl Hall {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("tongban-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        // a free port, given back at once
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self { folder, port, child: None }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tongban"));
        command.args(words).current_dir(&self.folder).env_clear();
        for (name, value) in [
            ("TONGBAN_DEMO", "1".to_owned()),
            ("TONGBAN_DEMO_PASSWORD", PASSWORD.to_owned()),
            ("LISTEN_ADDR", format!("127.0.0.1:{}", self.port)),
            ("SITE_ROOT", self.folder.display().to_string()),
            ("TONGBAN_LOG", "warn".to_owned()),
        ] {
            command.env(name, value);
        }
        command
    }

    /// Starts and waits until it is ready; how long that took.
    fn start(&mut self) -> Duration {
        let began = Instant::now();
        let mut child = self.command(&["serve"]).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let out = child.stdout.take().unwrap();
        // keep reading, or the pipe fills up
        std::thread::spawn(move || BufReader::new(out).lines().for_each(drop));
        self.child = Some(child);
        while !matches!(call(self.port, "GET", "/readyz", &[], ""), Ok(answer) if answer.status == 200) {
            assert!(began.elapsed() < Duration::from_secs(60), "not ready after a minute");
            std::thread::sleep(Duration::from_millis(10));
        }
        began.elapsed()
    }

    /// SIGKILL: no goodbye.
    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn run(&self, words: &[&str]) -> (bool, String) {
        let out = self.command(words).output().unwrap();
        (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr))
    }
}

impl Drop for Hall {
    fn drop(&mut self) {
        self.kill();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn cookie(&self) -> Option<String> {
        let line = self.head.lines().find(|line| line.to_ascii_lowercase().starts_with("set-cookie:"))?;
        Some(line.split_once(':')?.1.trim().split(';').next()?.to_owned())
    }

    fn location(&self) -> Option<String> {
        let body: serde_json::Value = serde_json::from_str(&self.body).ok()?;
        Some(body["location"].as_str()?.to_owned())
    }
}

/// One request on a connection of its own.
fn call(port: u16, method: &str, path: &str, lines: &[(&str, &str)], body: impl AsRef<[u8]>) -> std::io::Result<Answer> {
    let body = body.as_ref();
    let mut line = TcpStream::connect(("127.0.0.1", port))?;
    line.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut head = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in lines {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    line.write_all(head.as_bytes())?;
    line.write_all(b"\r\n")?;
    line.write_all(body)?;
    let mut text = Vec::new();
    line.read_to_end(&mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    let cut = || std::io::Error::new(std::io::ErrorKind::UnexpectedEof, "cut short");
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(cut)?;
    // an answer that was cut in its body was not received
    let length =
        head.lines().find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length:").and_then(|n| n.trim().parse().ok()));
    if length.is_some_and(|length: usize| length != body.len()) {
        return Err(cut());
    }
    Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("Accept", "application/json");

/// A client that keeps trying until it is answered, whatever happens to the hall.
struct Client {
    port: u16,
    cookie: String,
    over: Arc<AtomicBool>,
}

impl Client {
    fn sign_in(port: u16, over: Arc<AtomicBool>) -> Self {
        let body = format!("account=citizen&password={PASSWORD}");
        loop {
            if let Ok(answer) = call(port, "POST", "/sign-in", &[FORM, JSON], &body)
                && let Some(cookie) = answer.cookie()
                && answer.status == 200
            {
                return Self { port, cookie, over };
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The answer, after as many tries as it takes; `None` when the test is over.
    fn insist(&self, path: &str, kind: (&str, &str), body: &[u8]) -> Option<Answer> {
        let began = Instant::now();
        loop {
            match call(self.port, "POST", path, &[kind, JSON, ("Cookie", &self.cookie)], body) {
                // busy and broken are answers to try again after
                Ok(answer) if answer.status < 500 => return Some(answer),
                Ok(_) | Err(_) => std::thread::sleep(Duration::from_millis(5)),
            }
            if self.over.load(Ordering::Relaxed) && began.elapsed() > Duration::from_secs(30) {
                return None;
            }
        }
    }

    fn post(&self, path: &str, body: &str) -> Option<Answer> {
        self.insist(path, FORM, body.as_bytes())
    }

    /// Fills a draft and submits it, each step until acknowledged; the acknowledged case.
    fn file(&self, key: &str) -> Option<String> {
        let draft = self.post("/apply/gljt/start", &format!("key={key}"))?.location()?;
        for (page, fields) in [
            ("who", "f.applicant=self"),
            (
                "elder",
                "f.elder_name=%E6%9D%8E%E6%9F%90&f.household=wanghe_wanghe&f.live_address=%E6%9C%9B%E6%B2%B3%E8%B7%AF1%E5%8F%B7",
            ),
            (
                "family",
                "rows.contacts=1&f.contact_name.1=%E6%9D%8E%E5%B0%8F%E6%9F%90&f.contact_relation.1=child&f.contact_phone.1=19900000000",
            ),
            ("account", "f.account_name=%E6%9D%8E%E6%9F%90&f.bank=icbc&f.bank_card=6222020200112233446"),
        ] {
            let saved = self.post(&format!("{draft}/{page}"), &format!("page={page}&act=save&{fields}"))?;
            assert_eq!(saved.status, 200, "{page}: {}", saved.body);
        }
        let mut body = b"--rim\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\nsave\r\n--rim\r\nContent-Disposition: form-data; name=\"f.elder_photo\"; filename=\"p.png\"\r\n\r\n".to_vec();
        body.extend_from_slice(&[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
        body.extend_from_slice(b"\r\n--rim--\r\n");
        // a second try of an acknowledged upload finds the place taken: that is an answer too
        self.insist(&format!("{draft}/photo"), ("Content-Type", "multipart/form-data; boundary=rim"), &body)?;
        let id = draft.rsplit('/').next()?;
        let sent = format!("key={id}&d.truth=on&d.tell=on");
        let first = self.post(&format!("{draft}/submit"), &sent)?;
        assert_eq!(first.status, 200, "{}", first.body);
        // people press twice
        let again = self.post(&format!("{draft}/submit"), &sent)?;
        assert_eq!(first.location(), again.location(), "the same submission led to two places");
        first.location()
    }
}

/// Case numbers and how often each stands in the export.
fn exported(hall: &Hall) -> BTreeMap<String, usize> {
    let (done, text) = hall.run(&["export"]);
    assert!(done, "{text}");
    let mut rows = BTreeMap::new();
    for line in text.trim_start_matches('\u{feff}').lines().skip(1) {
        *rows.entry(line.split(',').next().unwrap().to_owned()).or_insert(0) += 1;
    }
    rows
}

#[test]
fn nothing_acknowledged_is_lost_when_the_hall_is_killed() {
    let (kills, clients) = (number("TONGBAN_KILLS", 100), number("TONGBAN_CLIENTS", 32));
    let mut hall = Hall::new("kill");
    hall.start();
    let (over, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(BTreeSet::new())));
    let mut threads = Vec::new();
    for client in 0..clients {
        let (over, acknowledged, port) = (over.clone(), acknowledged.clone(), hall.port);
        threads.push(std::thread::spawn(move || {
            let me = Client::sign_in(port, over.clone());
            for n in 0.. {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                if let Some(case) = me.file(&format!("{client}-{n}")) {
                    assert!(acknowledged.lock().unwrap().insert(case.clone()), "{case} was acknowledged for two drafts");
                }
            }
        }));
    }
    let mut slowest = Duration::ZERO;
    for n in 0..kills {
        std::thread::sleep(Duration::from_millis(120 + (n as u64 * 37) % 400));
        hall.kill();
        slowest = slowest.max(hall.start());
    }
    over.store(true, Ordering::Relaxed);
    for thread in threads {
        thread.join().expect("a client found something wrong");
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    hall.kill();
    let rows = exported(&hall);
    println!("{kills} kills, {} acknowledged, {} in the register, slowest start {slowest:?}", acknowledged.len(), rows.len());
    assert!(acknowledged.len() >= kills / 4, "too few submissions to prove anything: {}", acknowledged.len());
    assert!(rows.values().all(|n| *n == 1), "a number was given twice: {rows:?}");
    // each acknowledged draft is one case; a case may have been saved an instant before its answer was cut off at the end
    assert!(rows.len() >= acknowledged.len(), "{} acknowledged, {} kept", acknowledged.len(), rows.len());
    assert!(rows.len() <= acknowledged.len() + clients, "{} acknowledged, {} kept", acknowledged.len(), rows.len());
    let (sound, told) = hall.run(&["check-log"]);
    assert!(sound, "{told}");
    every_acknowledged_case_opens(&mut hall, &acknowledged);
}

fn every_acknowledged_case_opens(hall: &mut Hall, acknowledged: &BTreeSet<String>) {
    hall.start();
    let me = Client::sign_in(hall.port, Arc::default());
    for case in acknowledged {
        // withdrawing with a stale version tells whether the case is there, and changes nothing
        let answer = me.post(&format!("{case}/withdraw"), "version=0&reason=x").unwrap();
        assert_eq!(answer.status, 409, "{case}: {}", answer.body);
    }
}

#[test]
fn the_program_says_what_keeps_it_from_opening() {
    let hall = Hall::new("refusals");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let folder = hall.folder.display().to_string();
    let empty = format!("sqlite://{folder}/empty/hall.db");
    for (name, value, demo, says) in [
        ("LISTEN_ADDR", taken.as_str(), "1", "LISTEN_ADDR"),
        ("DATABASE_URL", "mysql://x", "1", "DATABASE_URL"),
        ("PUBLIC_URL", "hall.example", "1", "PUBLIC_URL"),
        ("FONT_DIRS", "/nonexistent/fonts", "1", "FONT_DIRS"),
        ("FILES_URL", "file:///dev/null/x", "1", "FILES_URL"),
        // no keys where none may be made
        ("DATABASE_URL", empty.as_str(), "0", "KEYS_URL"),
    ] {
        let out = hall.command(&["serve"]).env("TONGBAN_DEMO", demo).env(name, value).output().unwrap();
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(!out.status.success(), "{name}={value} was taken");
        assert!(told.contains(says), "{name}={value}: {told}");
        assert_eq!(told.trim().lines().count(), 1, "{name}={value}: {told}");
    }
    assert!(Path::new(&hall.folder).exists());
}
