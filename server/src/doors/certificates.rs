//! Certificates: download one's own, verify any.

use super::fields::{is_multipart, unreadable};
use super::identity::too_often;
use super::{Fields, files, id};
use crate::caller::Caller;
use crate::clock;
use crate::guards::turnstile::Knock;
use crate::house::House;
use crate::reply::{back, go, plain};
use app::doors::VERIFY;
use axum::RequestExt as _;
use axum::extract::{FromRequest as _, Multipart, Path, Request, State};
use axum::response::Response;
use domain::Refusal;
use domain::certificates::view::{Verdict, VerifyPage};
use domain::refusal::{Saying, Thing};
use service::Fault;

/// No certificate file is longer.
const LONGEST: usize = 1 << 20;

/// POST /verify: `number` and `holder`, or `file` (multipart).
pub async fn verify(State(house): State<House>, caller: Caller, request: Request) -> Response {
    if let Err(wait) = house.turnstile.pass(Knock::Verify, caller.address, clock::moment()) {
        return back(&caller, VERIFY, too_often(wait), Vec::new()).await;
    }
    let read = if is_multipart(&request) {
        match Multipart::from_request(request, &house).await {
            Ok(parts) => with_file(parts).await,
            Err(why) => Err(unreadable(why)),
        }
    } else {
        match request.extract_with_state::<Fields, _, _>(&house).await {
            Ok(fields) => Ok((fields, None)),
            Err(response) => return response,
        }
    };
    let (fields, file) = match read {
        Ok(read) => read,
        Err(fault) => return back(&caller, VERIFY, fault, Vec::new()).await,
    };
    let verified = match file {
        Some(text) => service::certificates::verify_file(&caller.ask, &text).await,
        None => service::certificates::verify(&caller.ask, fields.one("number"), fields.one("holder")).await,
    };
    match verified {
        Ok(page) => {
            // a file that was looked at is no guess, and neither is a hit
            if page.verdict != Verdict::NotFound {
                house.turnstile.give_back(Knock::Verify, caller.address);
            }
            keep(&caller, page).await
        }
        Err(fault) => back(&caller, VERIFY, fault, fields.0).await,
    }
}

async fn keep(caller: &Caller, page: VerifyPage) -> Response {
    let mut visit = caller.visit.clone();
    visit.flash = None;
    visit.verified = Some(page);
    match visit.keep(&caller.session).await {
        Ok(()) => go(caller, &format!("{VERIFY}/result")),
        Err(fault) => plain(caller, Fault::broken(fault)),
    }
}

/// Fields, and the text of the file if one was chosen. Bytes that are no text cannot be a certificate; the check says so.
async fn with_file(mut parts: Multipart) -> Result<(Fields, Option<String>), Fault> {
    let (mut fields, mut file, mut chooses) = (Fields::default(), None, false);
    while let Some(part) = parts.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            let value = part.text().await.map_err(unreadable)?;
            fields.add(&name, &value);
            continue;
        };
        chooses = true;
        let bytes = part.bytes().await.map_err(unreadable)?;
        if bytes.len() > LONGEST {
            return Err(Refusal::FileTooLarge { name: file_name, max: LONGEST as u64 }.into());
        }
        if !bytes.is_empty() {
            file = Some(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    if chooses && file.is_none() && fields.one("number").is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::File }.into());
    }
    Ok((fields, file))
}

/// GET /certificates/{id} (or `.json`, `.pdf`): one's own certificate as signed file or as a sheet.
pub async fn certificate(State(house): State<House>, caller: Caller, Path(file): Path<String>) -> Response {
    let answer = match file.strip_suffix(".pdf") {
        Some(name) => sheet(&house, &caller, name).await,
        None => signed(&caller, file.strip_suffix(".json").unwrap_or(&file)).await,
    };
    answer.unwrap_or_else(|fault| plain(&caller, fault))
}

async fn signed(caller: &Caller, name: &str) -> Result<Response, Fault> {
    let (name, json) = service::certificates::certificate_file(&caller.ask, id(name, Thing::Certificate)?).await?;
    Ok(files::attachment(json, &name, "application/json"))
}

async fn sheet(house: &House, caller: &Caller, name: &str) -> Result<Response, Fault> {
    let document = service::certificates::certificate_sheet(&caller.ask, id(name, Thing::Certificate)?).await?;
    let document = document.ok_or(Refusal::NotFound { thing: Thing::Document })?;
    let document = service::cases::document(&caller.ask, document, house.setter.as_ref()).await?;
    Ok(files::attachment(document.pdf, &document.file_name, "application/pdf"))
}
