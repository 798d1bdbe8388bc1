//! Files in and out: streamed piece by piece, never held whole, always sent as attachments.

use super::Fields;
use super::fields::unreadable;
use crate::caller::Caller;
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, Multipart, Request};
use axum::response::{IntoResponse, Response};
use domain::Refusal;
use domain::forms::FileNote;
use futures::{StreamExt as _, stream};
use http::{HeaderValue, header};
use service::Fault;
use service::forms::FileBody;
use std::time::Duration;
use uuid::Uuid;

/// A line that brings nothing for so long is dead.
pub const SILENCE: Duration = Duration::from_secs(25);
/// Bytes of text in one form.
const MOST_TEXT: usize = crate::router::FORM;
/// Bytes read past a file that was refused, so that the rest of the form can still be saved.
const MOST_SKIPPED: u64 = 64 << 20;
/// Parts of one form.
pub(crate) const MOST_PARTS: usize = 5_000;

/// Files have limits of their own, by field. They come piece by piece: the reader of forms takes in all that is there before
/// it hands anything out, so a fast line would fill the memory with what no disk has written yet.
pub fn without_limit(mut request: Request) -> Request {
    DefaultBodyLimit::disable().apply(&mut request);
    request.map(|body| {
        Body::from_stream(stream::unfold(body.into_data_stream(), |mut pieces| async move {
            tokio::task::yield_now().await;
            pieces.next().await.map(|piece| (piece, pieces))
        }))
    })
}

/// A page with its files, as it came in.
#[derive(Default)]
pub struct Received {
    pub fields: Fields,
    /// Files that are kept now.
    pub files: Vec<FileNote>,
    /// Why a file was not taken; the fields are whole all the same.
    pub refused: Option<Fault>,
}

/// Where files of a page are taken to.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    pub caller: &'p Caller,
    pub draft: Uuid,
    pub page: &'p str,
}

/// Reads a page with its files; without a place to take them to, files are read past.
///
/// # Errors
/// When the form ended before its time or cannot be read.
pub async fn receive(place: Option<Place<'_>>, mut parts: Multipart) -> Result<Received, Fault> {
    let (mut came, mut text) = (Received::default(), 0);
    for _ in 0..MOST_PARTS {
        let part = tokio::time::timeout(SILENCE, parts.next_field()).await.map_err(|_| Refusal::FileCutShort)?;
        let Some(part) = part.map_err(cut_short)? else { return Ok(came) };
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            // a file box left empty
            Some(file) if file.is_empty() => skip(part).await?,
            Some(file) => {
                let Some(place) = place else {
                    skip(part).await?;
                    continue;
                };
                let key = name.strip_prefix("f.").unwrap_or(&name);
                match take(place, key, &file, part).await? {
                    Ok(note) => came.files.push(note),
                    Err(fault) => drop(came.refused.get_or_insert(fault)),
                }
            }
            None => {
                let value = read_text(part, MOST_TEXT - text).await?;
                text += value.len() + name.len();
                came.fields.add(&name, &value);
                if text >= MOST_TEXT {
                    return Err(unreadable("the form is too long"));
                }
            }
        }
    }
    Err(unreadable("the form has too many parts"))
}

fn cut_short(error: axum::extract::multipart::MultipartError) -> Fault {
    tracing::debug!(%error, "a form was cut short");
    Refusal::FileCutShort.into()
}

async fn piece(part: &mut Field<'_>) -> Result<Option<bytes::Bytes>, Fault> {
    let piece = tokio::time::timeout(SILENCE, part.chunk()).await.map_err(|_| Refusal::FileCutShort)?;
    piece.map_err(cut_short)
}

async fn read_text(mut part: Field<'_>, most: usize) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(piece) = piece(&mut part).await? {
        if bytes.len() + piece.len() > most {
            return Err(unreadable("the form is too long"));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

async fn skip(mut part: Field<'_>) -> Result<(), Fault> {
    let mut skipped = 0;
    while let Some(piece) = piece(&mut part).await? {
        skipped += piece.len() as u64;
        if skipped > MOST_SKIPPED {
            return Err(Refusal::FileCutShort.into());
        }
    }
    Ok(())
}

/// Takes one file in. The inner error is the file's: it was not taken, the form goes on.
async fn take(
    Place { caller, draft, page }: Place<'_>,
    key: &str,
    file_name: &str,
    mut part: Field<'_>,
) -> Result<Result<FileNote, Fault>, Fault> {
    let mut incoming = match service::forms::receive(&caller.ask, draft, page, key, file_name).await {
        Ok(incoming) => incoming,
        Err(fault) => {
            skip(part).await?;
            return Ok(Err(fault));
        }
    };
    while let Some(piece) = piece(&mut part).await? {
        if let Err(fault) = incoming.write(&piece).await {
            drop(incoming);
            skip(part).await?;
            return Ok(Err(fault));
        }
    }
    Ok(crate::reply::apart(async move { incoming.finish().await }).await)
}

/// A stored file, as an attachment, piece by piece.
pub fn send_stored(file: FileBody) -> Response {
    let (name, media_type, size) = (file.name, file.media_type, file.size);
    let pieces = stream::try_unfold(file.reader, |mut reader| async move {
        let piece = reader.next().await.map_err(|fault| std::io::Error::other(fault.to_string()))?;
        Ok::<_, std::io::Error>(piece.map(|piece| (bytes::Bytes::from(piece), reader)))
    });
    let mut response = attachment(Body::from_stream(pieces), &name, &media_type);
    if size > 0 {
        response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    }
    response
}

/// Something to keep, under this name.
pub fn attachment(body: impl Into<Body>, name: &str, media_type: &str) -> Response {
    dispose("attachment", body.into(), name, media_type)
}

/// A document to look at on our own page.
pub fn inline(body: impl Into<Body>, name: &str, media_type: &str) -> Response {
    dispose("inline", body.into(), name, media_type)
}

fn dispose(how: &str, body: Body, name: &str, media_type: &str) -> Response {
    let mut response = body.into_response();
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
    let disposition = format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{}", app::doors::encode(name).replace('/', "%2F"));
    let media_type = HeaderValue::from_str(media_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let response = attachment("x", "平面图\".pdf\r\nSet-Cookie: a", "application/pdf");
        let told = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(told.starts_with("attachment; filename=\"") && !told.contains('\n'), "{told}");
        assert!(told.contains("%E5%B9%B3") && told.matches('"').count() == 2, "{told}");
        assert!(!response.headers().contains_key(header::SET_COOKIE));
    }
}
