//! 开放接口: for whoever writes the program that knocks. Plain text and tables, so that it reads without scripts and prints.

use crate::parts::{Crumbs, Frame};
use crate::{hall, lang};
use leptos::prelude::*;
use words::{Lang, open as w, shell};

/// A door for programs, as the page lists it: method, address below `/api/v1`, whether it wants a key, what it does. A test of the
/// server compares this with the doors that are there.
pub struct ProgramDoor {
    pub method: &'static str,
    pub path: &'static str,
    pub key: bool,
    what: fn(Lang) -> &'static str,
}

const fn door(method: &'static str, path: &'static str, key: bool, what: fn(Lang) -> &'static str) -> ProgramDoor {
    ProgramDoor { method, path, key, what }
}

/// Every door for programs.
pub const PROGRAM_DOORS: [ProgramDoor; 22] = [
    door("GET", "/openapi.json", false, w::door_openapi),
    door("GET", "/items", false, w::door_items),
    door("GET", "/items/{code}", false, w::door_item),
    door("GET", "/items/{code}/form", false, w::door_form),
    door("POST", "/items/{code}/validate", false, w::door_validate),
    door("POST", "/track", false, w::door_track),
    door("POST", "/verify", false, w::door_verify),
    door("GET", "/me", true, w::door_me),
    door("POST", "/drafts", true, w::door_start),
    door("GET", "/drafts/{id}", true, w::door_draft),
    door("PUT", "/drafts/{id}/answers", true, w::door_answers),
    door("POST", "/drafts/{id}/files/{field}", true, w::door_attach),
    door("DELETE", "/drafts/{id}/files/{field}", true, w::door_detach),
    door("POST", "/drafts/{id}/submit", true, w::door_submit),
    door("DELETE", "/drafts/{id}", true, w::door_discard),
    door("GET", "/cases", true, w::door_cases),
    door("GET", "/cases/{id}", true, w::door_case),
    door("POST", "/cases/{id}/supplement", true, w::door_supplement),
    door("POST", "/cases/{id}/withdraw", true, w::door_withdraw),
    door("GET", "/documents/{id}", true, w::door_document),
    door("GET", "/certificates", true, w::door_certificates),
    door("GET", "/certificates/{id}", true, w::door_certificate),
];

/// A problem that the page explains: code, HTTP status, in words. Its anchor is `problem-<code>`.
pub type Explained = (&'static str, u16, fn(Lang) -> &'static str);

/// Every problem the page explains.
pub const PROBLEMS: [Explained; 14] = [
    ("key_needed", 401, w::problem_key_needed),
    ("not_json", 400, w::problem_not_json),
    ("wrong_shape", 422, w::problem_wrong_shape),
    ("twice", 422, w::problem_twice),
    ("wrong_type", 415, w::problem_wrong_type),
    ("too_large", 413, w::problem_too_large),
    ("astray", 422, w::problem_astray),
    ("form_has_problems", 422, w::problem_form_has_problems),
    ("key_missing", 422, w::problem_key_missing),
    ("key_crossed", 409, w::problem_key_crossed),
    ("not_found", 404, w::problem_not_found),
    ("not_now", 422, w::problem_not_now),
    ("stale", 409, w::problem_stale),
    ("too_often", 429, w::problem_too_often),
];

/// The story, block by block: what it shows, and what to paste. A browser test pastes it as printed.
fn story(lang: Lang, hall: &str) -> Vec<(&'static str, String)> {
    const KEY: &str = "-H \"Authorization: Bearer $KEY\"";
    const JSON: &str = "-H 'Content-Type: application/json'";
    let line = |text: &str| text.replace("{KEY}", KEY).replace("{JSON}", JSON);
    vec![
        (
            w::story_find(lang),
            format!("HALL={hall}\nKEY=tongban_…\n")
                + &line("curl -sS \"$HALL/api/v1/items?q=%E5%85%BB%E8%80%81%E6%9C%BA%E6%9E%84&online=true\""),
        ),
        (
            w::story_form(lang),
            line("curl -sS $HALL/api/v1/items/ylba/form -o form.json\njq '{answers: .example}' form.json > answers.json"),
        ),
        (w::story_judge(lang), line("curl -sS $HALL/api/v1/items/ylba/validate {JSON} -d @answers.json")),
        (
            w::story_start(lang),
            line(
                "curl -sS $HALL/api/v1/drafts {KEY} {JSON} \\\n  -H \"Idempotency-Key: erp-2026-0001\" -d '{\"item\": \"ylba\"}' -o draft.json\nDRAFT=$(jq -r .id draft.json)",
            ),
        ),
        (w::story_answers(lang), line("curl -sS -X PUT $HALL/api/v1/drafts/$DRAFT/answers {KEY} {JSON} \\\n  -d @answers.json")),
        (
            w::story_files(lang),
            line(
                "printf '%%PDF-1.7\\n%%%%EOF\\n' > paper.pdf\nfor FIELD in proof promise; do\n  curl -sS \"$HALL/api/v1/drafts/$DRAFT/files/$FIELD?name=paper.pdf\" {KEY} \\\n    -H \"Idempotency-Key: erp-2026-0001-$FIELD\" -H 'Content-Type: application/octet-stream' --data-binary @paper.pdf\ndone",
            ),
        ),
        (
            w::story_submit(lang),
            line(
                "jq '{declarations: [.declarations[].id]}' form.json > agreed.json\ncurl -sS $HALL/api/v1/drafts/$DRAFT/submit {KEY} {JSON} \\\n  -H \"Idempotency-Key: erp-2026-0001\" -d @agreed.json -o receipt.json\ncat receipt.json",
            ),
        ),
        (
            w::story_track(lang),
            line("jq '{number, code: .query_code}' receipt.json > track.json\ncurl -sS $HALL/api/v1/track {JSON} -d @track.json"),
        ),
        (
            w::story_verify(lang),
            line(
                "curl -sS $HALL/api/v1/verify {JSON} \\\n  -d '{\"number\": \"JY23502050000001\", \"holder\": \"青禾区某某面馆\"}'",
            ),
        ),
    ]
}

/// A block to paste. Long lines wrap on the screen and not in what is copied.
#[component]
fn Paste(text: String) -> impl IntoView {
    view! { <pre translate="no"><code>{text}</code></pre> }
}

/// `/open`
#[component]
pub fn OpenPage() -> impl IntoView {
    let lang = lang();
    let hall = hall();
    let address = format!("{}/api/v1", hall.address);
    let steps =
        story(lang, &hall.address).into_iter().map(|(label, text)| view! { <li><p>{label}</p><Paste text/></li> }).collect_view();
    let doors = [(w::doors_no_key(lang), false), (w::doors_key(lang), true)].map(|(title, key)| {
        let rows = PROGRAM_DOORS.iter().filter(|door| door.key == key);
        let rows = rows.map(|door| {
            view! { <tr><td data-th=w::method(lang) translate="no"><code>{door.method}" "<wbr/>{door.path}</code></td><td data-th=w::what(lang)>{(door.what)(lang)}</td></tr> }
        });
        view! {
            <table class="stack"><caption>{title}</caption>
                <thead><tr><th scope="col">{w::method(lang)}</th><th scope="col">{w::what(lang)}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
    });
    let problems = PROBLEMS.iter().map(move |(code, status, what)| {
        view! { <tr id=format!("problem-{code}")><td data-th=w::problem(lang) translate="no"><code>{*status}" "{*code}</code></td><td data-th=w::what(lang)>{what(lang)}</td></tr> }
    });
    view! {
        <Frame title=w::title(lang)>
            <div class="wrap reading">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang).to_owned())]/>
                <div class="flow open">
                    <h1>{w::heading(lang)}</h1>
                    <p class="lead">{w::lead(lang)}</p>
                    <h2>{w::address(lang)}</h2>
                    <p>{w::address_text(lang, &address)}</p>
                    <p><a href="/api/v1/openapi.json" rel="external">{w::description(lang)}</a></p>
                    <h2>{w::key_title(lang)}</h2>
                    <p>{w::key_text(lang)}</p>
                    <Paste text="Authorization: Bearer tongban_…".to_owned()/>
                    <p>{w::key_get(lang)}" "<a href=crate::doors::KEYS>{w::key_own(lang)}</a></p>
                    {hall.demo.then(|| view! { <p>{w::key_demo(lang)}</p> })}
                    <h2>{w::story_title(lang)}</h2>
                    <p>{w::story_text(lang)}</p>
                    <ol class="story">{steps}</ol>
                    <h2>{w::doors_title(lang)}</h2>
                    {doors}
                    <h2>{w::problems_title(lang)}</h2>
                    <p>{w::problems_text(lang)}</p>
                    <table class="stack">
                        <thead><tr><th scope="col">{w::problem(lang)}</th><th scope="col">{w::what(lang)}</th></tr></thead>
                        <tbody>{problems.collect_view()}</tbody>
                    </table>
                    <h2>{w::limits_title(lang)}</h2>
                    <p>{w::limits_text(lang)}</p>
                    <h2>{w::promise_title(lang)}</h2>
                    <p>{w::promise_text(lang)}</p>
                </div>
            </div>
        </Frame>
    }
}
