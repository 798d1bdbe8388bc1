//! The demonstration's year: every case of it is one that the hall itself would have made.
#![allow(clippy::unwrap_used)]

mod hall;

use chrono::{DateTime, Utc};
use domain::cases::{Case, Ending, Event, Filing, Stage};
use domain::clock::hall_day;
use hall::{Town, at};
use service::demo::{Filled, Progress, Year, fill};
use std::collections::{BTreeMap, BTreeSet};
use store::cases::{CaseFilter, CaseRow, CaseScope};
use store::{Store, events, on_each_database};

/// Faults of a story say in the log where they lie.
fn listen() {
    tracing_subscriber::fmt().with_env_filter("service=error").with_test_writer().try_init().ok();
}

const UNTIL: &str = "2026-11-26T15:20:00";

fn year(cases: u64, seed: u64) -> Year {
    Year { cases, seed, until: at(UNTIL) }
}

async fn rows(store: &Store) -> Vec<CaseRow> {
    let mut tx = store.read().await.unwrap();
    let (mut rows, mut cursor) = (Vec::new(), None);
    loop {
        let page = store::cases::queue(&mut tx, &CaseScope::default(), &CaseFilter::default(), cursor.as_ref(), 500).await.unwrap();
        let ids: Vec<_> = page.rows.iter().map(|r| r.id).collect();
        rows.extend(store::cases::find_all(&mut tx, &ids).await.unwrap());
        match page.next {
            Some(next) => cursor = Some(next),
            None => return rows,
        }
    }
}

async fn told(store: &Store, id: uuid::Uuid) -> Vec<(Event, DateTime<Utc>, DateTime<Utc>)> {
    let events = events::of_stream(&mut store.glance().await.unwrap(), "case", &id.to_string()).await.unwrap();
    events.into_iter().map(|e| (serde_json::from_value(e.payload).unwrap(), e.happened_at, e.recorded_at)).collect()
}

/// The case as its events alone make it.
fn folded(id: uuid::Uuid, events: &[(Event, DateTime<Utc>, DateTime<Utc>)], town: &Town) -> Case {
    let (Event::Submitted(filing), first, _) = &events[0] else { panic!("{:?} is not a beginning", events[0]) };
    let filing: &Filing = filing;
    let flow = town.hall.published().procedure(&filing.procedure).unwrap().flow.clone().unwrap();
    events[1..].iter().fold(Case::open(id, filing, *first), |case, (event, at, _)| case.apply(event, *at, &flow))
}

/// Everything about a case that does not hang on ids and keys.
fn story(row: &CaseRow, events: &[(Event, DateTime<Utc>, DateTime<Utc>)]) -> String {
    let steps: Vec<String> = events.iter().map(|(e, at, _)| format!("{} {at}", e.kind())).collect();
    format!("{} {} {} {:?} {:?} {}", row.number, row.item_name, row.applicant_name, row.outcome, row.promised_due, steps.join(", "))
}

on_each_database! {
    async fn a_small_year_is_whole_and_is_not_made_twice(store) {
        listen();
        let town = Town::open(&store).await;
        let mut heard = Vec::new();
        let made = fill(&town.hall, year(90, 7), |p| heard.push(p.done)).await.unwrap();
        let whole = Progress { year: year(90, 7), done: 90 };
        assert_eq!(made, Filled::Made(90, whole));
        assert_eq!(heard, [40, 80, 90]);
        assert_eq!(rows(&store).await.len(), 90);
        // another wish does not make another year
        assert_eq!(fill(&town.hall, year(500, 8), |_| panic!("nothing is made")).await.unwrap(), Filled::Already(whole));
        assert_eq!(rows(&store).await.len(), 90);
        assert!(store.check_log().await.unwrap().sound());
    }
}
