//! A year in the life of the district: applications one after another, a few dozen to a unit of work. How far it has come stands in
//! the log, in the same unit: cut off at any moment and started again, it goes on where it was and makes nothing twice.

use super::chance::Chance;
use super::hours::Schedule;
use super::life::{World, live};
use super::paper::Particulars;
use super::people::{Firm, Person, firm, person};
use super::plan::{Filer, Plan, Story};
use super::staff::Desks;
use super::{account, agency, business_licence, id_card, party};
use crate::fault::{Answer, Fault};
use crate::hall::Hall;
use crate::identity::{Profile, actor};
use chrono::{DateTime, TimeDelta, Utc};
use domain::identity::numbers::mask_id;
use domain::identity::{Actor, Party, PartyKind, Power};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::time::Duration;
use store::identity::accounts;
use store::{NewEvent, Unit, events, retry};
use uuid::Uuid;

/// Cases in one unit of work.
pub const BATCH: u64 = 25;
/// Between two units on a database of one writer, so that people at an open hall get their turn.
const BREATH: Duration = Duration::from_millis(15);
/// The stream that says how far the story has come.
const STREAM: (&str, &str) = ("demo", "year");
/// Nobody signs in with this.
const NO_PASSWORD: &str = "";

/// What to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// Cases there are to be in all.
    pub cases: u64,
    /// The same seed tells the same story.
    pub seed: u64,
    /// The year ends here, and nothing happens after it.
    pub until: DateTime<Utc>,
}

/// How far it has come, as the log knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    #[serde(flatten)]
    pub year: Year,
    /// Cases that earlier stories left.
    pub before: u64,
    /// Cases that are there.
    pub done: u64,
}

/// What came of filling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Cases made now; none when there were enough.
    pub made: u64,
    /// Cases there are.
    pub there: u64,
}

/// How far the year has come, if it was begun.
pub async fn progress(hall: &Hall) -> Answer<Option<Progress>> {
    let last = events::last(&mut hall.store().glance().await?, STREAM.0, STREAM.1).await?;
    Ok(last.map(|e| serde_json::from_value(e.payload)).transpose()?)
}

/// Fills the hall up to so many cases, spread over a year. What was cut off is ended first, as it was begun; cases that are missing
/// then come as a story of their own. `told` hears of every unit that was saved.
///
/// # Errors
/// Outside demonstration mode, before [`super::seed`], or when a step of the story is not what the hall allows.
pub async fn fill(hall: &Hall, year: Year, mut told: impl FnMut(Progress)) -> Answer<Filled> {
    if !hall.settings().demo {
        return Err(Fault::broken("only a demonstration hall is filled with made-up cases"));
    }
    let first = progress(hall).await?;
    let found = first.map_or(0, |p| p.done);
    let mut there = found;
    if let Some(cut_off) = first.filter(|p| p.done < p.year.cases) {
        there = tell(hall, cut_off, &mut told).await?;
    }
    if there < year.cases {
        there = tell(hall, Progress { year, before: there, done: there }, &mut told).await?;
    }
    Ok(Filled { made: there - found, there })
}

/// Tell a story from where it is to its end; answers how many cases there are then.
async fn tell(hall: &Hall, from: Progress, told: &mut impl FnMut(Progress)) -> Answer<u64> {
    let year = from.year;
    let story = Story::new(year.seed, from.before..year.cases, Schedule::until(year.until, hall.calendar()))?;
    let desks = Desks::load(hall, year.until, year.cases).await?;
    let world = World { hall, desks: &desks, seed: year.seed, until: year.until };
    let sign_ins = sign_ins(hall, year.until).await?;
    let mut done = from.done;
    while done < year.cases {
        let progress = Progress { done: (done + BATCH).min(year.cases), ..from };
        retry(|| batch(&world, &story, &sign_ins, done, progress)).await?;
        done = progress.done;
        told(progress);
        if hall.store().db().is_embedded() {
            tokio::time::sleep(BREATH).await;
        }
    }
    Ok(done)
}

/// A refusal in a story is a fault of the story, not of a person: it says where.
pub(super) fn at_fault(fault: Fault, plan: &Plan<'_>, what: &str) -> Fault {
    match fault {
        Fault::Refused(refusal) => {
            Fault::broken(format!("application {} ({} {}), {what}: {refusal:?}", plan.n, plan.procedure, plan.sample.name))
        }
        Fault::Broken(_) | Fault::Busy(_) => fault,
    }
}

async fn sign_ins(hall: &Hall, at: DateTime<Utc>) -> Answer<HashMap<&'static str, Actor>> {
    let mut found = HashMap::new();
    for (login, _) in super::ACCOUNTS {
        let row = accounts::find_by_login(&mut hall.store().glance().await?, login).await?;
        let row = row.ok_or_else(|| Fault::broken(format!("there is no account {login}: the hall has no demonstration data")))?;
        found.insert(login, actor(hall, at, row.id, None).await?);
    }
    Ok(found)
}

async fn batch(
    world: &World<'_>,
    story: &Story,
    sign_ins: &HashMap<&'static str, Actor>,
    from: u64,
    progress: Progress,
) -> Answer<()> {
    let mut unit = world.hall.store().unit("hall", story.moment(from)).await?;
    for n in from..progress.done {
        let plan = story.plan(n);
        let filed = filer(world.hall, &mut unit, story, &plan, sign_ins).await;
        let (filer, particulars) = filed.map_err(|fault| at_fault(fault, &plan, "the filer"))?;
        let case = live(world, &mut unit, &plan, &filer, &particulars).await?;
        // a press that is given a year's papers at once prints nothing else for hours
        store::documents::leave_on_demand(&mut unit, case.id).await?;
    }
    unit.turn_to("hall", progress.year.until);
    unit.append(NewEvent::new(STREAM.0, STREAM.1, "filled", serde_json::to_value(progress)?));
    Ok(unit.save().await?)
}

/// Ids of a filer, from the seed: whoever comes again is found without looking.
struct Ids {
    account: Uuid,
    person: Uuid,
    firm: Uuid,
    came: DateTime<Utc>,
}

fn ids(story: &Story, n: u64) -> Ids {
    let came = story.moment(n) - TimeDelta::minutes(20);
    let mut chance = Chance::of(story.seed, "ids", n);
    let millis = u64::try_from(came.timestamp_millis()).unwrap_or(0);
    let mut id = || uuid::Builder::from_unix_timestamp_millis(millis, &chance.id_bytes()).into_uuid();
    Ids { account: id(), person: id(), firm: id(), came }
}

/// Who files, registered now if they come for the first time; and what to write into the sample.
async fn filer(
    hall: &Hall,
    unit: &mut Unit,
    story: &Story,
    plan: &Plan<'_>,
    sign_ins: &HashMap<&'static str, Actor>,
) -> Answer<(Actor, Particulars)> {
    let citizen = |id: Uuid, name: &str| Party { id, kind: PartyKind::Citizen, name: name.to_owned() };
    match plan.filer {
        Filer::SignIn(login) => {
            let actor = sign_ins.get(login).cloned().ok_or_else(|| Fault::broken(format!("no sign-in {login}")))?;
            Ok((actor, Particulars::own()))
        }
        Filer::Citizen(n) => {
            let (ids, who) = (ids(story, n), person(story.seed, n)?);
            if plan.first() {
                register(hall, unit, n, &ids, &who, "citizen").await?;
            }
            let me = citizen(ids.person, &who.name);
            let particulars = Particulars::of_citizen(story.seed, n, &plan.sample.login, &who)?;
            Ok((Actor::Applicant { account: ids.account, person: me.clone(), acting_for: me, power: Power::All }, particulars))
        }
        Filer::Agent(n) => {
            let (ids, firm) = (ids(story, n), firm(story.seed, n, story.procedure_of(n))?);
            if plan.first() {
                register(hall, unit, n, &ids, &firm.head, "agent").await?;
                register_firm(hall, unit, &ids, &firm).await?;
            }
            let me = citizen(ids.person, &firm.head.name);
            let ours = Party { id: ids.firm, kind: PartyKind::Organisation, name: firm.name.clone() };
            let particulars = Particulars::of_firm(story.seed, n, &firm)?;
            Ok((Actor::Applicant { account: ids.account, person: me, acting_for: ours, power: Power::All }, particulars))
        }
    }
}

async fn register(hall: &Hall, unit: &mut Unit, n: u64, ids: &Ids, who: &Person, kind: &str) -> Answer<()> {
    unit.turn_to("hall", ids.came);
    let profile = Profile {
        name: who.name.clone(),
        id_number: who.id_number.clone(),
        mobile: who.mobile.clone(),
        address: format!("青禾区望河街道望河社区{}", who.street),
        ..Profile::default()
    };
    party(hall, unit, ids.came, ids.person, "citizen", profile).await?;
    account(unit, ids.came, ids.account, &format!("demo-{n}"), kind, &who.name, NO_PASSWORD, Some(ids.person)).await?;
    // masked numbers of many people are alike, those of the library are not
    let number = format!("{} {n}", mask_id(&who.id_number));
    id_card(unit, ids.came, ids.person, &who.name, &number).await
}

async fn register_firm(hall: &Hall, unit: &mut Unit, ids: &Ids, firm: &Firm) -> Answer<()> {
    let profile = Profile {
        name: firm.name.clone(),
        id_number: firm.code.clone(),
        address: format!("青禾区望河街道{} 1 层", firm.head.street),
        legal_person: firm.head.name.clone(),
        legal_person_id: firm.head.id_number.clone(),
        ..Profile::default()
    };
    party(hall, unit, ids.came, ids.firm, "organisation", profile.clone()).await?;
    agency(unit, ids.came, ids.account, ids.firm).await?;
    business_licence(unit, ids.came, ids.firm, &profile).await
}
