//! The demonstration's year: every case of it is one that the hall itself would have made.
#![allow(clippy::unwrap_used)]

mod hall;

use chrono::{DateTime, Utc};
use domain::cases::{Case, Ending, Event, Filing, Stage};
use domain::clock::{Calendar, hall_day};
use hall::{Town, at};
use service::cases::{self, Typesetter};
use service::demo::{Filled, Year, fill};
use service::{Fault, Hall, HallParts, HallSettings};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
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
        let page =
            store::cases::queue(&mut tx, &CaseScope::default(), &CaseFilter::default(), cursor.as_ref(), 500).await.unwrap();
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
    format!(
        "{} {} {} {:?} {:?} {}",
        row.number,
        row.item_name,
        row.applicant_name,
        row.outcome,
        row.promised_due,
        steps.join(", ")
    )
}

async fn stories(store: &Store) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for row in rows(store).await {
        all.insert(story(&row, &told(store, row.id).await));
    }
    all
}

on_each_database! {
    async fn a_small_year_is_whole_and_is_not_made_twice(store) {
        listen();
        let town = Town::open(&store).await;
        let mut heard = Vec::new();
        assert_eq!(fill(&town.hall, year(90, 7), |p| heard.push(p.done)).await.unwrap(), Filled { made: 90, there: 90 });
        assert_eq!(heard, [25, 50, 75, 90]);
        assert_eq!(rows(&store).await.len(), 90);
        // twice, or with another seed: nothing more; with a greater wish: only what is missing
        for wish in [year(90, 7), year(50, 8)] {
            assert_eq!(fill(&town.hall, wish, |_| panic!("nothing is made")).await.unwrap(), Filled { made: 0, there: 90 });
        }
        assert_eq!(fill(&town.hall, year(100, 7), |_| {}).await.unwrap(), Filled { made: 10, there: 100 });
        assert_eq!(rows(&store).await.len(), 100);
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn every_case_is_what_its_events_say(store) {
        listen();
        let town = Town::open(&store).await;
        fill(&town.hall, year(120, 3), |_| {}).await.unwrap();
        for row in rows(&store).await {
            let events = told(&store, row.id).await;
            let case = folded(row.id, &events, &town);
            assert_eq!(serde_json::to_value(&case).unwrap(), row.state, "{}", row.number);
            // what the queue sorts by is the clock's own answer
            let flow = town.hall.published().procedure(&row.procedure_code).unwrap().flow.clone().unwrap();
            let calendar = town.hall.calendar();
            assert_eq!(row.promised_due, case.due(&flow, calendar), "{}", row.number);
            assert_eq!(row.statutory_due, case.statutory(&flow, calendar).and_then(|d| d.due), "{}", row.number);
            assert_eq!(row.act_by, case.act_by(&flow, calendar), "{}", row.number);
            // one after another, keyed in when it happened, never after the end of the story
            assert!(events.iter().map(|(_, at, _)| *at).is_sorted(), "{}", row.number);
            assert!(events.iter().all(|(_, at, keyed)| at == keyed && *at <= at_end()), "{}", row.number);
            assert!(row.submitted_at > at_end() - chrono::TimeDelta::days(367), "{}", row.number);
            // what the timer must have done is done
            assert!(row.act_by.is_none_or(|by| by >= hall_day(at_end()) || row.closed_at.is_some()), "{} {:?}", row.number, row.act_by);
        }
    }

    async fn what_was_cut_off_is_ended_as_it_was_begun(store) {
        listen();
        let town = Town::open(&store).await;
        let hall = town.hall.clone();
        let cut = tokio::spawn(async move { fill(&hall, year(95, 5), |p| assert!(p.done < 75, "cut off")).await.map(|_| ()) });
        assert!(cut.await.is_err());
        let later = Year { until: at("2026-11-27T09:00:00"), ..year(95, 6) };
        assert_eq!(fill(&town.hall, later, |_| {}).await.unwrap(), Filled { made: 20, there: 95 });
        // the same story as one told without a break
        let other = store::testing::sqlite().await;
        let whole = Town::open(&other).await;
        fill(&whole.hall, year(95, 5), |_| {}).await.unwrap();
        assert_eq!(stories_without_numbers(&store).await, stories_without_numbers(&other).await);
    }
}

fn at_end() -> DateTime<Utc> {
    at(UNTIL)
}

/// PostgreSQL hands out serials in blocks: after a break a day's numbers go on behind a gap.
async fn stories_without_numbers(store: &Store) -> BTreeSet<String> {
    stories(store).await.into_iter().map(|s| s.split_once(' ').unwrap().1.to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_tells_the_same_story_and_another_another() {
    listen();
    let mut told = Vec::new();
    for seed in [11, 11, 12] {
        let store = store::testing::sqlite().await;
        let town = Town::open(&store).await;
        fill(&town.hall, year(60, seed), |_| {}).await.unwrap();
        told.push(stories(&store).await);
    }
    assert_eq!(told[0], told[1]);
    assert_ne!(told[0], told[2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_that_can_happen_happens() {
    listen();
    let store = store::testing::sqlite().await;
    let town = Town::open(&store).await;
    fill(&town.hall, year(800, 20_260_101), |_| {}).await.unwrap();
    let (mut kinds, mut endings, mut nodes) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut late, mut promised, mut open, mut people) = (0, 0, 0, BTreeMap::<String, usize>::new());
    for row in rows(&store).await {
        let events = told(&store, row.id).await;
        let case = folded(row.id, &events, &town);
        let flow = town.hall.published().procedure(&row.procedure_code).unwrap().flow.clone().unwrap();
        for (event, _, _) in &events {
            kinds.insert(event.kind());
            if let Event::NodeDone { node, .. } = event {
                nodes.insert((row.procedure_code.clone(), node.clone()));
            }
        }
        match &case.stage {
            Stage::Ended { how } => drop(endings.insert(how.name())),
            _ => open += 1,
        }
        if let (Some(decided), Some(due)) = (&case.decision, case.promised(&flow, town.hall.calendar()).and_then(|d| d.due)) {
            promised += 1;
            late += usize::from(decided.on > due);
        }
        *people.entry(row.applicant_name.clone()).or_default() += 1;
    }
    let all = [
        "submitted",
        "claimed",
        "released",
        "supplement_asked",
        "supplemented",
        "supplement_lapsed",
        "accepted",
        "asked",
        "deemed_accepted",
        "not_accepted",
        "suspended",
        "resumed",
        "extended",
        "node_done",
        "handed_over",
        "decided",
        "certificate_issued",
        "delivered",
        "withdrawn",
        "rated",
    ];
    assert_eq!(kinds, all.into_iter().collect());
    let all = [Ending::Delivered, Ending::Refused, Ending::NotAccepted, Ending::Withdrawn, Ending::SupplementLapsed];
    assert_eq!(endings, all.into_iter().map(Ending::name).collect());
    for texts in service::catalogue::SHIPPED {
        let flow = town.hall.published().procedure(texts.code).unwrap().flow.clone().unwrap();
        for node in &flow.nodes {
            assert!(nodes.contains(&(texts.code.to_owned(), node.id.clone())), "{}: nobody went through {}", texts.code, node.id);
        }
    }
    // a few percent over the promise, a believable heap on the desks
    assert!((2..10).contains(&(late * 100 / promised)), "{late} of {promised}");
    assert!((8..120).contains(&open), "{open}");
    // the sign-ins have something to show, and are not the whole town
    for own in ["李某", "陈某", "青禾区某某面馆"] {
        assert!((8..30).contains(&people[own]), "{own}: {}", people[own]);
    }
    assert!(store.check_log().await.unwrap().sound());
}

#[tokio::test]
async fn a_real_hall_is_never_filled() {
    let store = store::testing::sqlite().await;
    let parts = HallParts { store: (*store).clone(), calendar: Calendar::built_in().clone(), settings: HallSettings::default() };
    let hall = Hall::open(parts).await.unwrap();
    assert!(matches!(fill(&hall, year(1, 1), |_| {}).await, Err(Fault::Broken(_))));
}

/// Counts what it sets.
#[derive(Default)]
struct Counting(AtomicUsize);

impl Typesetter for Counting {
    fn typeset(&self, kind: &str, _version: i64, _facts: &serde_json::Value) -> Result<Vec<u8>, String> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(format!("%PDF {kind}").into_bytes())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_of_the_past_are_set_when_first_opened_and_kept() {
    let store = store::testing::sqlite().await;
    let town = Town::open(&store).await;
    fill(&town.hall, year(60, 2), |_| {}).await.unwrap();
    let press = Arc::new(Counting::default());
    assert_eq!(cases::typeset_wanted(&town.hall, at_end(), press.clone()).await.unwrap(), 0);
    let me = town.ask("citizen", UNTIL).await;
    let mine = cases::my(&me).await.unwrap();
    let case = mine.finished.first().or(mine.running.first()).unwrap().id;
    let page = cases::case_page(&me, case).await.unwrap();
    let paper = page.documents.first().unwrap();
    assert!(paper.ready);
    let logged = store.check_log().await.unwrap().logged;
    for _ in 0..2 {
        assert_eq!(cases::document(&me, paper.id, press.as_ref()).await.unwrap().pdf, b"%PDF receipt");
    }
    assert_eq!(press.0.load(Ordering::Relaxed), 1);
    assert_eq!(store.check_log().await.unwrap().logged, logged + 1);
}
