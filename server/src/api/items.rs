//! The catalogue: search, one item, its form, and judging answers.

use super::body::{Asked, Body, Named};
use super::caller::Stranger;
use super::problem::{Problem, Trouble};
use super::shapes::{
    AnswersIn, DeclarationShape, FileQuestion, FormShape, ItemList, ItemShort, ItemWhole, Place, Search, Verdict,
};
use axum::Json;
use domain::forms::{Astray, Form, Kind, Problem as Fault, Stray, in_language, json_schema, nested};
use domain::refusal::Thing;
use http::StatusCode;
use serde_json::Value;
use service::forms::Judged;
use service::{Ask, Fault as Broken};
use words::{Lang, program as w};

/// Search and browse the catalogue.
#[utoipa::path(get, path = "/api/v1/items", tag = "items", operation_id = "items", params(Search),
    responses((status = 200, body = ItemList), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn list(stranger: Stranger, Asked(search): Asked<Search>) -> Result<Json<ItemList>, Trouble> {
    let lang = stranger.lang();
    if let Some(from) = &search.from
        && from.parse::<u32>().is_err()
    {
        return Err(Trouble::new(lang, StatusCode::BAD_REQUEST, "wrong_query", w::wrong_query(lang, "from")));
    }
    let named = [("q", search.q), ("dept", search.dept), ("who", search.who), ("from", search.from)];
    let mut pairs: Vec<(String, String)> =
        named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    if let Some(online) = search.online {
        // the catalogue is small: asked for as a whole, then cut
        pairs.retain(|(name, _)| name != "from");
        return online_only(&stranger, pairs, online).await;
    }
    let page = stranger.tell(service::catalogue::items(&stranger.ask, pairs).await)?;
    if let Some(unknown) = page.unknown.first() {
        return Err(Trouble::new(lang, StatusCode::BAD_REQUEST, "wrong_query", w::wrong_query(lang, &unknown.parameter)));
    }
    let items = page.lines.iter().map(|line| short(lang, line)).collect();
    Ok(Json(ItemList { items, found: page.found, next: page.next }))
}

async fn online_only(stranger: &Stranger, pairs: Vec<(String, String)>, online: bool) -> Result<Json<ItemList>, Trouble> {
    let (lang, mut items, mut from) = (stranger.lang(), Vec::new(), None);
    loop {
        let mut asked = pairs.clone();
        asked.extend(from.map(|from| ("from".to_owned(), from)));
        let page = stranger.tell(service::catalogue::items(&stranger.ask, asked).await)?;
        if let Some(unknown) = page.unknown.first() {
            return Err(Trouble::new(lang, StatusCode::BAD_REQUEST, "wrong_query", w::wrong_query(lang, &unknown.parameter)));
        }
        items.extend(page.lines.iter().map(|line| short(lang, line)).filter(|item| item.online == online));
        from = page.next;
        if from.is_none() {
            let found = u32::try_from(items.len()).unwrap_or(u32::MAX);
            return Ok(Json(ItemList { items, found, next: None }));
        }
    }
}

fn short(lang: Lang, line: &domain::catalogue::ItemLine) -> ItemShort {
    let name = |zh: &str, en: &str| in_language(zh, en, !lang.is_chinese()).to_owned();
    ItemShort {
        code: line.code.to_string(),
        name: name(&line.name, &line.name_en),
        summary: name(&line.summary, &line.summary_en),
        department: name(&line.department, &line.department_en),
        online: matches!(line.apply, domain::catalogue::Apply::Online),
        visits: line.visits,
        charged: line.charged,
    }
}

/// One item with everything its guide says.
#[utoipa::path(get, path = "/api/v1/items/{code}", tag = "items", operation_id = "item", params(("code" = String, Path, description = "Item code, for example `spjyxk`.")),
    responses((status = 200, body = ItemWhole), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn one(stranger: Stranger, Named(code): Named<String>) -> Result<Json<ItemWhole>, Trouble> {
    let item = stranger.tell(service::catalogue::item(&stranger.ask, &code).await)?.item;
    let online = item.is_online();
    let value = serde_json::to_value(&item).map_err(|e| Trouble::of(stranger.lang(), e.into()))?;
    let name = in_language(&item.name, &item.name_en, !stranger.lang().is_chinese()).to_owned();
    Ok(Json(ItemWhole { page: format!("/items/{code}"), code, name, online, item: value }))
}

/// The form of an item: a JSON Schema of its answers, its uploads and declarations, and a complete example.
#[utoipa::path(get, path = "/api/v1/items/{code}/form", tag = "items", operation_id = "form", params(("code" = String, Path, description = "Item code, for example `spjyxk`.")),
    responses((status = 200, body = FormShape), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn form(stranger: Stranger, Named(code): Named<String>) -> Result<Json<FormShape>, Trouble> {
    let (ask, lang) = (&stranger.ask, stranger.lang());
    let procedure = ask.hall.published().procedure(&code);
    let procedure = procedure.ok_or_else(|| Trouble::of(lang, Broken::missing(Thing::Item)))?;
    let Some(form) = &procedure.form else {
        let refusal = domain::Refusal::NotOnline { item: procedure.item.name.clone() };
        return Err(Trouble::of(lang, refusal.into()));
    };
    let english = !lang.is_chinese();
    let declarations = form.declarations.iter().map(|d| DeclarationShape {
        id: d.id.clone(),
        text: in_language(&d.text, &d.text_en, english).to_owned(),
        required: d.required,
    });
    Ok(Json(FormShape {
        item: code.clone(),
        version: procedure.version,
        answers: json_schema(form),
        files: files(form, english),
        declarations: declarations.collect(),
        example: example(ask, form, &code),
        form: serde_json::to_value(form).map_err(|e| Trouble::of(lang, e.into()))?,
    }))
}

fn files(form: &Form, english: bool) -> Vec<FileQuestion> {
    let question = |place: domain::forms::Place<'_>| {
        let wanted = place.field.kind.uploads()?;
        let kind = if matches!(place.field.kind, Kind::Certificate { .. }) { "certificate" } else { "file" };
        Some(FileQuestion {
            field: place.field.id.clone(),
            label: in_language(&place.field.label, &place.field.label_en, english).to_owned(),
            list: place.group.map(|group| group.id.clone()),
            kind,
            accept: wanted.accept.iter().map(|t| t.media_type()).collect(),
            max: wanted.max,
            max_bytes: wanted.max_bytes,
        })
    };
    form.places().filter_map(question).collect()
}

/// The first sample that ships with the procedure; empty for a form that came without.
fn example(ask: &Ask, form: &Form, code: &str) -> super::shapes::Answers {
    let today = domain::clock::hall_day(ask.at);
    let samples = service::catalogue::samples(code).unwrap_or_default();
    samples.first().map(|sample| nested(form, &sample.answers_on_paper(today))).unwrap_or_default()
}

/// Judge answers without keeping them.
#[utoipa::path(post, path = "/api/v1/items/{code}/validate", tag = "items", operation_id = "validate", params(("code" = String, Path, description = "Item code, for example `spjyxk`.")), request_body = AnswersIn,
    responses((status = 200, body = Verdict), (status = "4XX", body = Problem, content_type = "application/problem+json")))]
pub async fn validate(
    stranger: Stranger,
    Named(code): Named<String>,
    Body(given): Body<AnswersIn>,
) -> Result<Json<Verdict>, Trouble> {
    let judged = stranger.tell(service::forms::judge(&stranger.ask, &code, &given.answers))?;
    let errors = read(stranger.lang(), judged)?;
    Ok(Json(Verdict { valid: errors.is_empty(), errors }))
}

/// What is still wrong, or the refusal of answers that belong to no question.
pub(super) fn read(lang: Lang, judged: Judged) -> Result<Vec<Place>, Trouble> {
    match judged {
        Judged::Read(problems) => Ok(problems.iter().map(|(pointer, problem)| place(lang, pointer, problem)).collect()),
        Judged::Astray(strays) => {
            let detail = w::astray(lang, strays.len());
            let errors = strays.iter().map(|stray| astray(lang, stray)).collect();
            Err(Trouble::new(lang, StatusCode::UNPROCESSABLE_ENTITY, "astray", detail).at(errors))
        }
    }
}

pub(super) fn place(lang: Lang, pointer: &str, problem: &Fault) -> Place {
    let label = lang.name(&problem.label, Some(&problem.label_en));
    let code = serde_json::to_value(&problem.fault).ok();
    let code = code.as_ref().and_then(|v| v.get("fault")).and_then(Value::as_str).unwrap_or("wrong");
    Place {
        pointer: pointer.to_owned(),
        label: label.to_owned(),
        detail: words::fault(lang, &problem.fault, label),
        code: code.to_owned(),
    }
}

fn astray(lang: Lang, stray: &Stray) -> Place {
    let (code, detail) = match stray.why {
        Astray::Unknown => ("unknown", w::astray_unknown(lang)),
        Astray::NotWritten => ("not_written", w::astray_not_written(lang)),
        Astray::NotOne => ("not_one", w::astray_not_one(lang)),
        Astray::NotMany => ("not_many", w::astray_not_many(lang)),
        Astray::NotEntries => ("not_entries", w::astray_not_entries(lang)),
        Astray::TooManyEntries => ("too_many_entries", w::astray_too_many(lang)),
        Astray::Fixed => ("fixed", w::astray_fixed(lang)),
    };
    Place { pointer: stray.pointer.clone(), label: String::new(), detail: detail.to_owned(), code: code.to_owned() }
}
