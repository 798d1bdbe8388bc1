//! Handing in, giving back, approving: two people, as for every decision of weight.

use super::force::publish_in;
use super::{HandedIn, OnBench, open};
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use chrono::NaiveDate;
use domain::Refusal;
use domain::cases::Flow;
use domain::forms::design::view::Stage;
use domain::identity::permission::{builder, reviewer};
use domain::refusal::Saying;
use serde_json::json;
use store::{NewEvent, retry};

/// Hands a version in for review.
///
/// # Errors
/// A form with faults, or that its flow does not fit, stays on the bench.
pub async fn hand_in(ask: &Ask, code: &str) -> Answer<()> {
    retry(|| async {
        let mut unit = ask.unit().await?;
        let mut open = open(ask, &mut unit, code).await?.at(Stage::Draft)?;
        let me = builder(open.me.clone(), &open.units)?;
        let faults = open.work.form.faults().len() + open.work.unread.len() + flow_faults(&open)?.len();
        if faults > 0 {
            return Err(Refusal::FormUnsound { faults: u32::try_from(faults).unwrap_or(u32::MAX) }.into());
        }
        open.row.state = "submitted".into();
        open.notes.handed_in = Some(HandedIn { account: me.account, name: me.name, at: ask.at });
        open.notes.returned = None;
        open.notes.remarks.clear();
        unit.append(NewEvent::new("procedure", code, "submitted", json!({ "version": open.row.version })).at(ask.at));
        open.save(ask, &mut unit).await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}

/// What of its flow looks at answers the form does not have any more.
pub(super) fn flow_faults(open: &OnBench) -> Answer<Vec<String>> {
    let flow = open.row.body.get("flow").filter(|flow| !flow.is_null()).cloned();
    let Some(flow) = flow.map(Flow::from_stored).transpose()? else { return Ok(Vec::new()) };
    Ok(flow.faults_with(&open.work.form))
}

/// Puts a version back on the bench: whoever handed it in needs no reason, whoever reviews it says what to mend.
///
/// # Errors
/// No words; not handed in.
pub async fn give_back(ask: &Ask, code: &str, words: &str) -> Answer<()> {
    retry(|| async {
        let mut unit = ask.unit().await?;
        let mut open = open(ask, &mut unit, code).await?;
        if !matches!(open.stage(), Stage::Submitted | Stage::Reviewed) {
            return Err(Refusal::NotOnBench.into());
        }
        let own = open.notes.handed_in.as_ref().is_some_and(|by| by.account == open.me.account);
        let words = words.trim();
        if own {
            builder(open.me.clone(), &open.units)?;
        } else {
            let by = open.notes.handed_in.as_ref().map(|by| by.account).unwrap_or_default();
            reviewer(open.me.clone(), &open.units, by)?;
            if words.is_empty() {
                return Err(Refusal::NothingSaid { what: Saying::Reason }.into());
            }
        }
        open.row.state = "draft".into();
        (open.notes.handed_in, open.notes.from) = (None, None);
        open.notes.returned = (!words.is_empty()).then(|| words.chars().take(2000).collect());
        unit.append(NewEvent::new("procedure", code, "returned", json!({ "version": open.row.version })).at(ask.at));
        open.save(ask, &mut unit).await?;
        Ok::<_, Fault>(unit.save().await?)
    })
    .await
}

/// Approves a version: it comes into force on this day, at once when that is today.
///
/// # Errors
/// Never by whoever handed it in; no day in the past.
pub async fn approve(ask: &Ask, code: &str, from: NaiveDate) -> Answer<()> {
    let now = retry(|| async {
        let mut unit = ask.unit().await?;
        let mut open = open(ask, &mut unit, code).await?.at(Stage::Submitted)?;
        let by = open.notes.handed_in.as_ref().map(|by| by.account).unwrap_or_default();
        reviewer(open.me.clone(), &open.units, by)?;
        if from < ask.today() {
            return Err(Refusal::ImpossibleDate { what: Saying::FromDate }.into());
        }
        let (version, now) = (open.row.version, from == ask.today());
        unit.append(NewEvent::new("procedure", code, "reviewed", json!({ "version": version, "from": from })).at(ask.at));
        if now {
            publish_in(ask, &mut unit, open.row).await?;
        } else {
            open.row.state = "reviewed".into();
            open.notes.from = Some(from);
            open.save(ask, &mut unit).await?;
        }
        unit.save().await?;
        Ok::<_, Fault>(now)
    })
    .await?;
    if now { ask.hall.reload().await } else { Ok(()) }
}
