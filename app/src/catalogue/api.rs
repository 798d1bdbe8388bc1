//! Reading the catalogue.

use crate::Failure;
use domain::catalogue::view::{BundlePage, GuidePage, HomePage, ItemsPage};
use leptos::prelude::*;

/// The home page.
#[server(endpoint = "/page/home", prefix = "/api", output = crate::answer::Answer)]
pub async fn home() -> Result<HomePage, Failure> {
    Ok(service::catalogue::home(&crate::asking()?).await?)
}

/// The item list for the parameters of an address.
#[server(endpoint = "/page/items", prefix = "/api", input = leptos::server_fn::codec::Json)]
pub async fn items(pairs: Vec<(String, String)>) -> Result<ItemsPage, Failure> {
    Ok(service::catalogue::items(&crate::asking()?, pairs).await?)
}

/// A guide.
#[server(endpoint = "/page/item", prefix = "/api", output = crate::answer::Answer)]
pub async fn item(code: String) -> Result<GuidePage, Failure> {
    Ok(service::catalogue::item(&crate::asking()?, &code).await?)
}

/// A bundle (一件事).
#[server(endpoint = "/page/bundle", prefix = "/api", output = crate::answer::Answer)]
pub async fn bundle(code: String) -> Result<BundlePage, Failure> {
    Ok(service::catalogue::bundle(&crate::asking()?, &code).await?)
}
