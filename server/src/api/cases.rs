//! Where cases stand, and what an applicant may do with them.

use super::body::{Asked, Body, Named, id};
use super::caller::{Holder, Stranger, pass};
use super::problem::{Problem, Trouble};
use super::shapes::{
    CaseList, CaseShape, CaseShort, DocumentShape, From, Happened, Opened, Progress, ProgressPart, TrackIn, WithdrawIn,
};
use crate::doors::files;
use crate::guards::turnstile::Knock;
use crate::house::House;
use crate::reply::apart;
use app::parts::event_words;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::cases::view::{CasePage, ClockView, TimelineLine, Tracked, TrackedJoint};
use domain::cases::{Act, Stage};
use domain::refusal::Thing;
use http::StatusCode;
use words::Lang;

/// Cases of one page.
const PAGE: i64 = 50;

/// A value of ours as its one word: `"withdraw"`.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn stage(stage: &Stage) -> String {
    match stage {
        Stage::Ended { how } => format!("ended_{}", word(how)),
        Stage::PreReview
        | Stage::AwaitingSupplement { .. }
        | Stage::Handling { .. }
        | Stage::Suspended { .. }
        | Stage::Granted
        | Stage::Issued => stage.name().to_owned(),
    }
}

fn timeline(lang: Lang, lines: &[TimelineLine]) -> Vec<Happened> {
    let told = |line: &TimelineLine| {
        let (title, detail) = event_words(lang, line)?;
        Some(Happened { at: line.at, event: line.event.kind().to_owned(), title, detail })
    };
    lines.iter().filter_map(told).collect()
}

fn progress(
    lang: Lang,
    number: String,
    item_name: String,
    office: String,
    at: &Stage,
    clock: &ClockView,
    lines: &[TimelineLine],
) -> Progress {
    Progress {
        number,
        item_name,
        office,
        stage: stage(at),
        due_on: clock.due,
        promised_on: clock.promised.as_ref().and_then(|promise| promise.due),
        timeline: timeline(lang, lines),
        parts: Vec::new(),
    }
}

/// Several items that were filed at once.
fn together(joint: TrackedJoint) -> Progress {
    let offices: Vec<&str> = joint.lines.iter().map(|line| line.unit_name.as_str()).collect();
    Progress {
        number: joint.number,
        item_name: joint.name,
        office: offices.join("、"),
        stage: "joint".into(),
        due_on: joint.lines.iter().filter_map(|line| line.due).max(),
        promised_on: None,
        timeline: Vec::new(),
        parts: joint
            .lines
            .into_iter()
            .map(|line| ProgressPart {
                stage: stage(&line.stage),
                number: line.number,
                item_name: line.item_name,
                office: line.unit_name,
                due_on: line.due,
            })
            .collect(),
    }
}

/// Where a case stands, for whoever holds its number and query code. A wrong number and a wrong code are told alike.
#[utoipa::path(post, path = "/api/v1/track", tag = "cases", operation_id = "track", request_body = TrackIn,
    responses((status = 200, body = Progress), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn track(
    State(house): State<House>,
    stranger: Stranger,
    Body(given): Body<TrackIn>,
) -> Result<Json<Progress>, Trouble> {
    let lang = stranger.lang();
    pass(&house, lang, Knock::Track, stranger.address)?;
    let page = stranger.tell(service::cases::track(&stranger.ask, &given.number, &given.code).await)?;
    house.turnstile.give_back(Knock::Track, stranger.address);
    Ok(Json(match page {
        Tracked::Case(page) => {
            progress(lang, page.number, page.item_name, page.unit_name, &page.stage, &page.clock, &page.timeline)
        }
        Tracked::Joint(joint) => together(joint),
    }))
}

/// Cases of the party the key acts for, newest first.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", operation_id = "cases", security(("key" = [])), params(From),
    responses((status = 200, body = CaseList), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(holder: Holder, Asked(from): Asked<From>) -> Result<Json<CaseList>, Trouble> {
    let (lines, next) = holder.tell(service::cases::my_cases(&holder.ask, from.from.as_deref(), PAGE).await)?;
    let short = |line: domain::cases::view::CaseLine| CaseShort {
        id: line.id,
        number: line.number,
        item_name: line.item_name,
        stage: stage(&line.stage),
        due_on: line.due,
        submitted_at: line.submitted_at,
    };
    Ok(Json(CaseList { cases: lines.into_iter().map(short).collect(), next }))
}

fn shape(lang: Lang, page: CasePage) -> CaseShape {
    let case = &page.case;
    let document = |link: &domain::cases::view::DocumentLink| DocumentShape {
        id: link.id,
        kind: word(link.kind),
        number: link.number.clone(),
        address: format!("/api/v1/documents/{}", link.id),
    };
    let progress = progress(
        lang,
        case.number.clone(),
        case.item_name.clone(),
        case.unit_name.clone(),
        &case.stage,
        &page.clock,
        &page.timeline,
    );
    let open = page.offers.iter().filter(|offer| offer.refused.is_none()).map(|offer| offer.act);
    CaseShape {
        id: case.id,
        item: page.item_code,
        situation: case.situation.clone(),
        version: case.version,
        progress,
        documents: page.documents.iter().map(document).collect(),
        // the doors of this room; the rest is done on the page
        may: open.filter(|act| matches!(act, Act::Supplement | Act::Withdraw)).map(word).collect(),
    }
}

/// One's own case.
#[utoipa::path(get, path = "/api/v1/cases/{id}", tag = "cases", operation_id = "case", security(("key" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = CaseShape), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn one(holder: Holder, Named(case): Named<String>) -> Result<Json<CaseShape>, Trouble> {
    let case = id(holder.lang(), &case, Thing::Case)?;
    let page = holder.tell(service::cases::case_page(&holder.ask, case).await)?;
    Ok(Json(shape(holder.lang(), page)))
}

/// Open the draft that answers a supplement notice: what was submitted, to be changed and handed in again.
#[utoipa::path(post, path = "/api/v1/cases/{id}/supplement", tag = "cases", operation_id = "supplement", security(("key" = [])), params(("id" = Uuid, Path)),
    responses((status = 201, body = Opened), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn supplement(holder: Holder, Named(case): Named<String>) -> Result<Response, Trouble> {
    let case = id(holder.lang(), &case, Thing::Case)?;
    let ask = holder.ask.clone();
    let draft = holder.tell(apart(async move { service::cases::open_supplement(&ask, case).await }).await)?;
    Ok((StatusCode::CREATED, Json(Opened { draft })).into_response())
}

/// Take an application back, before it is decided.
#[utoipa::path(post, path = "/api/v1/cases/{id}/withdraw", tag = "cases", operation_id = "withdraw", security(("key" = [])), params(("id" = Uuid, Path)), request_body = WithdrawIn,
    responses((status = 200, body = CaseShape), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn withdraw(
    holder: Holder,
    Named(case): Named<String>,
    Body(given): Body<WithdrawIn>,
) -> Result<Json<CaseShape>, Trouble> {
    let lang = holder.lang();
    let case = id(lang, &case, Thing::Case)?;
    let ask = holder.ask.clone();
    holder.tell(apart(async move { service::cases::withdraw(&ask, case, given.version, &given.reason).await }).await)?;
    let page = holder.tell(service::cases::case_page(&holder.ask, case).await)?;
    Ok(Json(shape(lang, page)))
}

/// A document of one's case, as PDF.
#[utoipa::path(get, path = "/api/v1/documents/{id}", tag = "cases", operation_id = "document", security(("key" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn document(State(house): State<House>, holder: Holder, Named(document): Named<String>) -> Result<Response, Trouble> {
    let document = id(holder.lang(), &document, Thing::Document)?;
    let made = holder.tell(service::cases::document(&holder.ask, document, house.setter.as_ref()).await)?;
    Ok(files::attachment(made.pdf, &made.file_name, "application/pdf"))
}
