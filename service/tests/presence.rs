//! Colleagues at different nodes of one hall see each other at a case, on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use chrono::{DateTime, Duration, Utc};
use domain::cases::view::Colleague;
use hall::walk::{DAY, shipped};
use hall::{Town, at};
use service::{Ask, cases, live, presence};
use store::on_each_database;
use uuid::Uuid;

/// The asker, so many seconds later.
fn later(ask: &Ask, seconds: i64) -> Ask {
    Ask { at: ask.at + Duration::seconds(seconds), ..ask.clone() }
}

/// Each node has its turn.
async fn exchange(towns: [&Town; 2], at: DateTime<Utc>) {
    for town in towns {
        presence::exchange(&town.hall, at).await.unwrap();
    }
}

/// Who is at the case in the asker's eyes, on the page and in the queue: name and whether they write.
async fn seen(ask: &Ask, case: Uuid) -> Vec<(String, bool)> {
    let page = cases::desk_case(ask, case).await.unwrap().colleagues;
    let all = cases::QueueFilter { tab: cases::QueueTab::All, ..cases::QueueFilter::default() };
    let lines = cases::queue(ask, &all).await.unwrap().lines;
    let line = lines.into_iter().find(|line| line.id == case).unwrap();
    assert_eq!(line.colleagues, page);
    page.into_iter().map(|Colleague { name, writing }| (name, writing)).collect()
}

on_each_database! {
    async fn colleagues_at_two_nodes_see_each_other(store) {
        let one = Town::open(&store).await;
        let other = Town::beside(&store.second_node().await).await;
        let (code, samples) = shipped().find(|(code, _)| *code == "spjyxk").unwrap();
        let case = one.file(code, &samples[0]).await;
        let before = store.check_log().await.unwrap().events;
        let (zhao, clerk) = (one.ask("approver", DAY).await, other.ask("clerk", DAY).await);
        let mut told = live::subscribe(&clerk).unwrap();
        assert!(live::subscribe(&other.ask("citizen", DAY).await).is_err(), "what happens at the desk is not for the town to hear");
        let there = |writing: bool| vec![("赵某".to_owned(), writing)];

        cases::here(&zhao, case, Some(false)).await.unwrap();
        exchange([&other, &one], zhao.at).await;
        assert_eq!(seen(&clerk, case).await, [], "not told yet");
        exchange([&other, &one], zhao.at).await;
        assert_eq!(seen(&clerk, case).await, there(false));
        let himself = cases::desk_case(&other.ask("approver", DAY).await, case).await.unwrap();
        assert_eq!(himself.colleagues, [], "oneself is no colleague");
        assert_eq!(told.next().await.unwrap().topic, format!("here:{case}"), "and an open page hears of it");

        // said again and again, they stay; the next page may reach the other node
        for (seconds, town) in [(10, &one), (20, &one), (30, &other), (40, &other)] {
            let zhao = later(&town.ask("approver", DAY).await, seconds);
            cases::here(&zhao, case, Some(seconds == 40)).await.unwrap();
            exchange([&one, &other], zhao.at).await;
            assert_eq!(seen(&later(&clerk, seconds), case).await, there(seconds == 40));
        }
        let third = later(&one.ask("clerk", DAY).await, 41);
        exchange([&one, &other], third.at).await;
        assert_eq!(seen(&third, case).await, there(true), "the first node hears of the second");

        // gone, by a word said at one node, at both
        cases::here(&later(&other.ask("approver", DAY).await, 42), case, None).await.unwrap();
        exchange([&other, &one], third.at + Duration::seconds(2)).await;
        assert_eq!((seen(&later(&third, 2), case).await, seen(&later(&clerk, 43), case).await), (Vec::new(), Vec::new()));

        // a node that was killed says nothing any more
        cases::here(&later(&zhao, 60), case, Some(true)).await.unwrap();
        exchange([&one, &other], at(DAY) + Duration::seconds(60)).await;
        assert_eq!(seen(&later(&clerk, 89), case).await, there(true));
        assert_eq!(seen(&later(&clerk, 90), case).await, []);
        presence::exchange(&other.hall, at(DAY) + Duration::seconds(90)).await.unwrap();
        assert_eq!(seen(&later(&clerk, 60), case).await, [], "forgotten");
        assert_eq!(store.check_log().await.unwrap().events, before, "in no log");
    }
}
