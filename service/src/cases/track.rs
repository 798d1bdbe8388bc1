//! `/track`: anybody with the case number and its query code.

use super::mine::{offices, timeline};
use super::record::{events, loaded};
use super::submit::query_code_hash;
use crate::fault::Answer;
use crate::hall::Ask;
use domain::Refusal;
use domain::cases::CaseNumber;
use domain::cases::view::{TrackPage, Tracked, clock};
use domain::refusal::{Saying, Thing};
use store::cases;

/// Where a case stands. A wrong number and a wrong code are told alike, so that numbers cannot be tried out.
pub async fn track(ask: &Ask, number: &str, code: &str) -> Answer<Tracked> {
    if number.trim().is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::CaseNumber }.into());
    }
    if code.trim().is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::QueryCode }.into());
    }
    let number = CaseNumber::parse(number).map_err(|_| Refusal::NoSuchChoice { what: Saying::CaseNumber })?;
    let mut tx = ask.store().read().await?;
    let hash = query_code_hash(number.as_str(), code);
    if let Some(joint) = crate::joint::tracked(ask, &mut tx, number.as_str(), &hash).await? {
        return Ok(Tracked::Joint(joint));
    }
    let row = cases::find_by_number(&mut tx, number.as_str()).await?;
    let row = row.filter(|r| r.query_code_hash == hash).ok_or(Refusal::NotFound { thing: Thing::Case })?;
    let loaded = loaded(ask, &mut tx, row).await?;
    let flow = loaded.flow()?;
    let events = events(&mut tx, loaded.case.id).await?;
    Ok(Tracked::Case(Box::new(TrackPage {
        number: loaded.case.number.clone(),
        item_name: ask.item_name(&loaded.case.item_name),
        unit_name: offices(ask, &loaded.case),
        stage: loaded.case.stage.clone(),
        clock: clock(&loaded.case, flow, ask.hall.calendar(), ask.hall.settings().light, ask.at),
        // a stranger with the code learns what happened and when, not what was said
        timeline: timeline(&events, flow, &[], ask.english(), true),
    })))
}
