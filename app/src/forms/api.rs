//! What an open form asks for.

use crate::Failure;
use domain::forms::listed::Listing;
use domain::forms::view::EligiblePage;
use leptos::prelude::*;

/// The questions the conditions of an item rest on.
#[server(endpoint = "/page/eligible", prefix = "/api", output = crate::answer::Answer)]
pub async fn eligible(code: String) -> Result<EligiblePage, Failure> {
    Ok(service::catalogue::eligible(&crate::asking()?, &code)?)
}

/// Entries of a list, from a level on, that fit what was typed so far.
#[server(endpoint = "/page/listed", prefix = "/api", output = crate::answer::Answer)]
pub async fn listed(list: String, level: u8, typed: String) -> Result<Listing, Failure> {
    crate::asking()?;
    Ok(service::forms::listing(&list, level, &typed))
}
