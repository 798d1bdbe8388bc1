//! Reading what a verification found.

use crate::Failure;
use domain::certificates::view::VerifyPage;
use leptos::prelude::*;

/// The last verification of this session; none sends the reader back to `/verify`.
#[server(endpoint = "/page/verified", prefix = "/api", output = crate::answer::Answer)]
pub async fn verified() -> Result<Option<VerifyPage>, Failure> {
    Ok(use_context::<crate::Carried>().unwrap_or_default().verified)
}
