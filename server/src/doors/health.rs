//! For operators: alive, and ready.

use crate::house::House;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

/// GET /healthz: the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// GET /readyz: database, files and migrations; 503 with the reason while one of them fails.
pub async fn ready(State(house): State<House>) -> Response {
    let (database, migrations) = match house.store.state().await {
        Ok(ladder) if ladder.ready() => (Ok(()), Ok(())),
        Ok(ladder) => (Ok(()), Err(format!("not yet applied: {}; run `tongban migrate`", ladder.missing.join(", ")))),
        Err(fault) => {
            // the address of the database is nobody's business here
            tracing::warn!(%fault, "not ready");
            (Err("cannot be read".to_owned()), Err("unknown".to_owned()))
        }
    };
    let folder = house.settings.files_url.strip_prefix("file://").unwrap_or(&house.settings.files_url).to_owned();
    let files =
        if tokio::fs::metadata(folder).await.is_ok_and(|m| m.is_dir()) { Ok(()) } else { Err("folder is gone".to_owned()) };
    let told = |state: &Result<(), String>| state.as_ref().map_or_else(|why| why.clone(), |()| "ok".to_owned());
    let ok = database.is_ok() && migrations.is_ok() && files.is_ok();
    let status = if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({ "ready": ok, "database": told(&database), "files": told(&files), "migrations": told(&migrations) });
    (status, Json(body)).into_response()
}
