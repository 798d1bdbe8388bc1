//! What an open form asks for.

use crate::Failure;
use domain::forms::listed::Listing;
use leptos::prelude::*;

/// Entries of a list, from a level on, that fit what was typed so far.
#[server(endpoint = "/page/listed", prefix = "/api", output = crate::answer::Answer)]
pub async fn listed(list: String, level: u8, typed: String) -> Result<Listing, Failure> {
    crate::asking()?;
    Ok(service::forms::listing(&list, level, &typed))
}
