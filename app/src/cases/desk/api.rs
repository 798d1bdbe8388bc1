//! Reading the queue and a case, for the desk.

use crate::Failure;
use domain::cases::view::{DeskCase, QueuePage};
use leptos::prelude::*;

/// The asker's queue: a tab (`mine`, `unclaimed`, `supplement`, `all`), or cases whose number begins so; `from` is a cursor
/// of an earlier answer, empty at the start.
#[server(endpoint = "/page/desk-queue", prefix = "/api", output = crate::answer::Answer)]
pub async fn queue_now(tab: String, number: String, from: String) -> Result<QueuePage, Failure> {
    Ok(service::cases::queue(&crate::asking()?, &filter(&tab, number, from)).await?)
}

/// A case of the asker's unit; where several nodes are open, at this one, or where the asker works when it is empty.
#[server(endpoint = "/page/desk-case", prefix = "/api", output = crate::answer::Answer)]
pub async fn case_now(case: String, #[server(default)] node: String) -> Result<DeskCase, Failure> {
    let id = crate::cases::api::id(&case, domain::refusal::Thing::Case)?;
    Ok(service::cases::desk_case_at(&crate::asking()?, id, &node).await?)
}

#[cfg(feature = "ssr")]
fn filter(tab: &str, number: String, from: String) -> service::cases::QueueFilter {
    use super::address::Tab;
    use service::cases::{QueueFilter, QueueTab};
    let tab = match Tab::parse(tab) {
        Tab::Mine => QueueTab::Mine,
        Tab::Unclaimed => QueueTab::Unclaimed,
        Tab::Supplement => QueueTab::Supplement,
        Tab::All => QueueTab::All,
    };
    let said = |text: String| (!text.is_empty()).then_some(text);
    QueueFilter { tab, number: said(number), cursor: said(from) }
}
