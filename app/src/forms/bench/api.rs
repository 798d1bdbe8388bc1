//! Reading the bench.

use crate::Failure;
use domain::forms::design::view::{BenchPage, FormLine};
use leptos::prelude::*;

/// The forms whose bench the asker may look at.
#[server(endpoint = "/page/forms", prefix = "/api", output = crate::answer::Answer)]
pub async fn forms() -> Result<Vec<FormLine>, Failure> {
    Ok(service::forms::bench::forms(&crate::asking()?).await?)
}

/// A form on the bench, looked at in one spot.
#[server(endpoint = "/page/bench", prefix = "/api", output = crate::answer::Answer)]
pub async fn bench(code: String, spot: String) -> Result<BenchPage, Failure> {
    Ok(service::forms::bench::bench(&crate::asking()?, &code, spot.parse().ok()).await?)
}
