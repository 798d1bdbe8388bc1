//! Loading a case, carrying out a decision, and writing what came of it: events, the folded row, the documents it
//! makes and the messages it sends, in one unit of work.

use super::documents;
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Procedure};
use crate::notification;
use chrono::{DateTime, Utc};
use domain::cases::{Case, Command, Doer, Event, Flow, Office, Place, Stage, decide};
use domain::refusal::Thing;
use serde::Deserialize as _;
use std::sync::Arc;
use store::cases::{CasePlaceRow, CaseRow};
use store::{NewEvent, Tx, Unit, cases};
use uuid::Uuid;

/// A case with the procedure that judges it.
pub(crate) struct Loaded {
    pub row: CaseRow,
    pub case: Case,
    pub procedure: Arc<Procedure>,
}

impl Loaded {
    /// The day the case was filed: its answers are read by the rules of that day.
    pub fn filed_on(&self) -> chrono::NaiveDate {
        domain::clock::hall_day(self.row.submitted_at)
    }

    /// The flow; a case without one cannot have been submitted.
    pub fn flow(&self) -> Answer<&Flow> {
        self.procedure.flow.as_ref().ok_or_else(|| Fault::broken(format!("{} has no flow", self.row.procedure_code)))
    }
}

/// Load a case by id.
pub(crate) async fn load(ask: &Ask, tx: &mut Tx, id: Uuid) -> Answer<Loaded> {
    let row = cases::find(tx, id).await?.ok_or_else(|| Fault::missing(Thing::Case))?;
    loaded(ask, tx, row).await
}

/// Load several cases with one statement, in this order.
pub(super) async fn load_all(ask: &Ask, tx: &mut Tx, ids: &[Uuid]) -> Answer<Vec<Loaded>> {
    let mut all = Vec::with_capacity(ids.len());
    if !ids.is_empty() {
        for row in cases::find_all(tx, ids).await? {
            all.push(loaded(ask, tx, row).await?);
        }
    }
    Ok(all)
}

/// A row as a loaded case.
pub(crate) async fn loaded(ask: &Ask, tx: &mut Tx, row: CaseRow) -> Answer<Loaded> {
    let case = Case::deserialize(&row.state)?;
    let procedure = ask.hall.procedure(tx, &row.procedure_code, row.procedure_version).await?;
    Ok(Loaded { row, case, procedure })
}

/// The events of a case, oldest first.
pub(super) async fn events(tx: &mut Tx, id: Uuid) -> Answer<Vec<(Event, DateTime<Utc>)>> {
    let mut events = Vec::new();
    for event in store::events::of_stream(tx, "case", &id.to_string()).await? {
        events.push((serde_json::from_value(event.payload)?, event.happened_at));
    }
    Ok(events)
}

/// The row of a folded case: narrow columns for queues, the fold itself for the rest.
pub(super) fn row_of(case: &Case, flow: &Flow, ask: &Ask, query_code_hash: String) -> Answer<CaseRow> {
    let calendar = ask.hall.calendar();
    let outcome = match &case.stage {
        Stage::Ended { how } => Some(how.name().to_owned()),
        Stage::PreReview
        | Stage::AwaitingSupplement { .. }
        | Stage::Handling { .. }
        | Stage::Suspended { .. }
        | Stage::Granted
        | Stage::Issued => None,
    };
    Ok(CaseRow {
        id: case.id,
        number: case.number.clone(),
        query_code_hash,
        procedure_code: case.procedure.code.clone(),
        procedure_version: case.procedure.version,
        item_name: case.item_name.clone(),
        unit_id: case.unit,
        party_id: case.applicant.party,
        applicant_name: case.applicant.name.clone(),
        stage: case.stage.name().into(),
        node: case.stage.node().map(str::to_owned),
        post: case.post(flow).map(str::to_owned),
        assignee: case.assignee.as_ref().map(|a| a.account),
        promised_due: case.due(flow, calendar),
        statutory_due: case.statutory(flow, calendar).and_then(|d| d.due),
        act_by: case.act_by(flow, calendar),
        stopped: matches!(case.stage, Stage::Suspended { .. }),
        closed_at: outcome.is_some().then_some(ask.at),
        outcome,
        submitted_at: case.submitted_at,
        changed_at: ask.at,
        version: case.version,
        state: serde_json::to_value(case)?,
    })
}

/// The command that lays the case in the office of its node, unless it is there; and where several nodes are open, each in its own.
async fn hand_over(tx: &mut Tx, case: &Case, flow: &Flow) -> Answer<Option<Command>> {
    for node in case.nodes() {
        let office = match flow.node(node).and_then(|n| n.office.as_deref()) {
            Some(code) => office(tx, code).await?,
            None => case.intake(),
        };
        let beside = case.beside.iter().find(|p| p.node == node);
        if office.unit != beside.map_or(case.unit, |p| p.office.unit) {
            let node = beside.map(|p| p.node.clone());
            return Ok(Some(Command::HandOver { unit: office.unit, unit_name: office.name, node }));
        }
    }
    Ok(None)
}

/// The office of that code.
pub(super) async fn office(tx: &mut Tx, code: &str) -> Answer<Office> {
    let row = store::identity::units::find_by_code(tx, code).await?;
    let row = row.ok_or_else(|| Fault::broken(format!("a flow names office {code}, which this hall does not have")))?;
    Ok(Office { unit: row.id, name: row.name })
}

/// Decide and write. The unit is saved by the caller.
pub(super) async fn perform(
    ask: &Ask,
    unit: &mut Unit,
    loaded: Loaded,
    doer: &Doer,
    command: Command,
) -> Answer<(Case, Vec<Event>)> {
    let seen = loaded.case.clone();
    perform_at(ask, unit, loaded, &seen, doer, command).await
}

/// The rows of the nodes that are open beside the one of the stage.
fn places(case: &Case, flow: &Flow) -> Vec<CasePlaceRow> {
    let row = |p: &Place| CasePlaceRow {
        case_id: case.id,
        node: p.node.clone(),
        unit_id: p.office.unit,
        post: flow.node(&p.node).map(|n| n.post.clone()).unwrap_or_default(),
        assignee: p.assignee.as_ref().map(|a| a.account),
    };
    case.beside.iter().map(row).collect()
}

/// [`perform`], where several nodes are open: `seen` is the case as it stands at the one that is meant.
pub(super) async fn perform_at(
    ask: &Ask,
    unit: &mut Unit,
    loaded: Loaded,
    seen: &Case,
    doer: &Doer,
    command: Command,
) -> Answer<(Case, Vec<Event>)> {
    let calendar = ask.hall.calendar();
    let flow = loaded.flow()?.clone();
    let procedure = loaded.procedure.clone();
    let from = loaded.row.version;
    let branched = !loaded.case.beside.is_empty();
    let mut events = decide(seen, &flow, doer, command, ask.at, calendar)?;
    let mut case = loaded.case;
    let mut written = Vec::new();
    // papers are of the office that acts, also when the case has left it with this very event
    let mut acts = branched.then(|| Office { unit: seen.unit, name: seen.unit_name.clone() });
    while !events.is_empty() {
        for event in std::mem::take(&mut events) {
            case = case.apply(&event, ask.at, &flow);
            let payload = serde_json::to_value(&event)?;
            let id = unit.append(NewEvent::new("case", case.id, event.kind(), payload).seq(case.version).at(ask.at));
            match &acts {
                Some(office) => {
                    let of = Case { unit: office.unit, unit_name: office.name.clone(), ..case.clone() };
                    documents::order(ask, unit, &of, &procedure, &flow, &event).await?;
                }
                None => documents::order(ask, unit, &case, &procedure, &flow, &event).await?,
            }
            notification::tell(unit, ask, &case, &event, id).await?;
            if matches!(event, Event::Decided { granted: true, .. }) && case.ends_certificate() {
                crate::certificates::end(ask, unit, &case, &procedure, &flow).await?;
            }
            written.push(event);
        }
        acts = None;
        // 办结同时签发电子证照: the grant and the certificate are one act; and a node of another office takes the case there
        let next = match &case.stage {
            Stage::Granted => Some(crate::certificates::issue(ask, unit, &case, &procedure, &flow).await?),
            Stage::Handling { .. } => hand_over(unit, &case, &flow).await?,
            Stage::PreReview
            | Stage::AwaitingSupplement { .. }
            | Stage::Suspended { .. }
            | Stage::Issued
            | Stage::Ended { .. } => None,
        };
        if let Some(command) = next {
            events = decide(&case, &flow, &Doer::Hall, command, ask.at, calendar)?;
        }
    }
    let row = row_of(&case, &flow, ask, loaded.row.query_code_hash)?;
    if !cases::change(unit, &row, from).await? {
        return Err(domain::Refusal::Stale.into());
    }
    if branched || !case.beside.is_empty() {
        cases::set_places(unit, case.id, &places(&case, &flow)).await?;
    }
    Ok((case, written))
}
