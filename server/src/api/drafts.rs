//! Filling in and handing in, by an organisation's own system.

use super::body::{Asked, Body, Named, id};
use super::caller::Holder;
use super::items::{place, read};
use super::problem::{Problem, Trouble};
use super::shapes::{AnswersIn, DraftIn, DraftShape, FileName, FileShape, ReceiptShape, SubmitIn, Verdict};
use crate::doors::files::SILENCE;
use crate::reply::apart;
use axum::Json;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::forms::{FileNote, file_place, nested};
use domain::refusal::Thing;
use futures::StreamExt as _;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use service::Fault;
use uuid::Uuid;
use words::program as w;

/// `Idempotency-Key`: the same key with the same content does a thing once and answers the same, however often it is sent.
fn key(headers: &HeaderMap) -> String {
    headers.get("idempotency-key").and_then(|v| v.to_str().ok()).unwrap_or_default().trim().to_owned()
}

fn file(field: String, note: FileNote) -> FileShape {
    FileShape { id: note.id, field, name: note.name, size: note.size, media_type: note.media_type, sm3: note.hash }
}

async fn shape(holder: &Holder, draft: Uuid) -> Result<DraftShape, Trouble> {
    let lang = holder.lang();
    let page = holder.tell(service::forms::draft(&holder.ask, draft).await)?;
    let problems = holder.tell(service::forms::problems(&holder.ask, draft).await)?;
    let mut files = Vec::new();
    for (key, notes) in &page.answers.files {
        let Some(place) = file_place(&page.form, &page.answers, key) else { continue };
        files.extend(notes.iter().map(|note| file(place.clone(), note.clone())));
    }
    Ok(DraftShape {
        id: page.id,
        answers: nested(&page.form, &page.answers),
        files,
        errors: problems.iter().map(|(pointer, problem)| place(lang, pointer, problem)).collect(),
        expires_on: page.expires_on,
        case: page.case,
        page: format!("/apply/{}/{}", page.code, page.id),
        item: page.code,
    })
}

/// Begin an application. What the hall holds about the applicant is in it already.
#[utoipa::path(post, path = "/api/v1/drafts", tag = "drafts", operation_id = "start", security(("key" = [])), request_body = DraftIn,
    params(("Idempotency-Key" = String, Header, description = "Chosen by the caller, at most 64 characters.", max_length = 64, pattern = "^[0-9A-Za-z._-]{1,64}$")),
    responses((status = 201, body = DraftShape), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn start(holder: Holder, headers: HeaderMap, Body(given): Body<DraftIn>) -> Result<Response, Trouble> {
    let (ask, key) = (holder.ask.clone(), key(&headers));
    let started = apart(async move { service::forms::start(&ask, &given.item, &key, &[]).await }).await;
    let draft = holder.tell(started)?;
    let mut response = (StatusCode::CREATED, Json(shape(&holder, draft).await?)).into_response();
    if let Ok(at) = HeaderValue::from_str(&format!("/api/v1/drafts/{draft}")) {
        response.headers_mut().insert(header::LOCATION, at);
    }
    Ok(response)
}

/// An application as it is so far.
#[utoipa::path(get, path = "/api/v1/drafts/{id}", tag = "drafts", operation_id = "draft", security(("key" = [])), params(("id" = Uuid, Path)),
    responses((status = 200, body = DraftShape), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn one(holder: Holder, Named(draft): Named<String>) -> Result<Json<DraftShape>, Trouble> {
    let draft = id(holder.lang(), &draft, Thing::Draft)?;
    Ok(Json(shape(&holder, draft).await?))
}

/// Throw an application away.
#[utoipa::path(delete, path = "/api/v1/drafts/{id}", tag = "drafts", operation_id = "discard", security(("key" = [])), params(("id" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn discard(holder: Holder, Named(draft): Named<String>) -> Result<StatusCode, Trouble> {
    let draft = id(holder.lang(), &draft, Thing::Draft)?;
    let ask = holder.ask.clone();
    holder.tell(apart(async move { service::forms::discard(&ask, draft).await }).await)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put answers in place of those given before, all or none. Uploads stay with their questions; in a list, with the entry that has their
/// number: whoever sends the entries in another order takes the files out first and attaches them anew. The files of an entry that is no
/// longer there are taken out with it.
#[utoipa::path(put, path = "/api/v1/drafts/{id}/answers", tag = "drafts", operation_id = "answers", security(("key" = [])), params(("id" = Uuid, Path)), request_body = AnswersIn,
    responses((status = 200, body = Verdict), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn answers(
    holder: Holder,
    Named(draft): Named<String>,
    Body(given): Body<AnswersIn>,
) -> Result<Json<Verdict>, Trouble> {
    let draft = id(holder.lang(), &draft, Thing::Draft)?;
    let ask = holder.ask.clone();
    let judged = apart(async move { service::forms::replace(&ask, draft, &given.answers).await }).await;
    let errors = read(holder.lang(), holder.tell(judged)?)?;
    Ok(Json(Verdict { valid: errors.is_empty(), errors }))
}

/// Attach a file: its bytes are the body. What it is, is decided by its content. Sent again with the same `Idempotency-Key`, the same
/// name and the same bytes, it is attached once and answered the same. When it was taken out in the meantime, it is attached anew.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/files/{field}", tag = "drafts", operation_id = "attach", security(("key" = [])),
    params(("id" = Uuid, Path), ("field" = String, Path, description = "Field of the form; inside a list `field.n`, `n` counted from 1."), FileName,
        ("Idempotency-Key" = String, Header, description = "Chosen by the caller, at most 64 characters.", max_length = 64, pattern = "^[0-9A-Za-z._-]{1,64}$")),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 201, body = FileShape), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn attach(
    holder: Holder,
    Named((draft, field)): Named<(String, String)>,
    Asked(name): Asked<FileName>,
    request: Request,
) -> Result<Response, Trouble> {
    let lang = holder.lang();
    let draft = id(lang, &draft, Thing::Draft)?;
    let name = name.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| field.clone());
    let mut incoming = holder.tell(service::forms::attach(&holder.ask, draft, &field, &name, &key(request.headers())).await)?;
    let mut pieces = request.into_body().into_data_stream();
    let cut_short = || Trouble::of(lang, Refusal::FileCutShort.into());
    while let Some(piece) = tokio::time::timeout(SILENCE, pieces.next()).await.map_err(|_| cut_short())? {
        let piece = piece.map_err(|_| cut_short())?;
        holder.tell(incoming.write(&piece).await)?;
    }
    let note = holder.tell(apart(async move { incoming.finish().await }).await)?;
    Ok((StatusCode::CREATED, Json(file(field, note))).into_response())
}

/// Take the files of a field out again.
#[utoipa::path(delete, path = "/api/v1/drafts/{id}/files/{field}", tag = "drafts", operation_id = "detach", security(("key" = [])),
    params(("id" = Uuid, Path), ("field" = String, Path, description = "As with attaching.")),
    responses((status = 204), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn detach(holder: Holder, Named((draft, field)): Named<(String, String)>) -> Result<StatusCode, Trouble> {
    let lang = holder.lang();
    let draft = id(lang, &draft, Thing::Draft)?;
    let ask = holder.ask.clone();
    let there = holder.tell(apart(async move { service::forms::remove_files(&ask, draft, &field).await }).await)?;
    if there { Ok(StatusCode::NO_CONTENT) } else { Err(Trouble::of(lang, Fault::missing(Thing::Upload))) }
}

/// Hand in. Refused while anything is wrong, with every place in `errors`.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/submit", tag = "drafts", operation_id = "submit", security(("key" = [])), request_body = SubmitIn,
    params(("id" = Uuid, Path), ("Idempotency-Key" = String, Header, description = "Chosen by the caller, at most 64 characters.", max_length = 64, pattern = "^[0-9A-Za-z._-]{1,64}$")),
    responses((status = 201, body = ReceiptShape), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn submit(
    holder: Holder,
    Named(draft): Named<String>,
    headers: HeaderMap,
    Body(given): Body<SubmitIn>,
) -> Result<Response, Trouble> {
    let lang = holder.lang();
    let draft = id(lang, &draft, Thing::Draft)?;
    let pairs: Vec<(String, String)> =
        given.declarations.iter().take(100).map(|id| (format!("d.{id}"), "yes".to_owned())).collect();
    let (ask, key) = (holder.ask.clone(), key(&headers));
    match apart(async move { service::cases::submit(&ask, draft, &key, &pairs).await }).await {
        Ok(receipt) => {
            let told = ReceiptShape { case: receipt.case, number: receipt.number, query_code: receipt.query_code };
            let mut response = (StatusCode::CREATED, Json(told)).into_response();
            if let Ok(at) = HeaderValue::from_str(&format!("/api/v1/cases/{}", receipt.case)) {
                response.headers_mut().insert(header::LOCATION, at);
            }
            Ok(response)
        }
        Err(fault) => {
            let wrong = matches!(
                fault,
                Fault::Refused(
                    Refusal::FormHasProblems { .. } | Refusal::NotEligible { .. } | Refusal::DeclarationMissing { .. }
                )
            );
            let mut trouble = Trouble::of(lang, fault);
            if wrong {
                let mut problems = holder.tell(service::forms::problems(&holder.ask, draft).await)?;
                // a draft knows no declarations: those that came with this request are agreed to
                problems.retain(|(_, problem)| !given.declarations.contains(&problem.key));
                let errors: Vec<_> = problems.iter().map(|(pointer, problem)| place(lang, pointer, problem)).collect();
                let detail = w::problems(lang, errors.len());
                trouble = Trouble::new(lang, StatusCode::UNPROCESSABLE_ENTITY, "form_has_problems", detail).at(errors);
            }
            Err(trouble)
        }
    }
}
