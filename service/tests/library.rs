//! The library of certificates: what other offices issued, which of several counts, and lists of any length, on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use chrono::{Days, TimeDelta};
use domain::certificates::view::Verdict;
use hall::*;
use serde_json::json;
use service::certificates::{certificates, certificates_from, verify};
use service::{Ask, forms};
use store::certificates::{self as rows, CertificateRow};
use store::{Store, new_id, on_each_database};

const DAY: &str = "2026-10-09T09:00:00";
const SHOP: &str = "青禾区某某面馆";
const LICENCE: &str = "92350205MADEM00382";

/// The shop's business licence, as the library records it.
async fn licence(store: &Store) -> CertificateRow {
    rows::find_by_number(&mut store.glance().await.unwrap(), LICENCE).await.unwrap().unwrap()
}

/// Puts another record of the shop's into the library, made so many seconds later.
async fn add(store: &Store, seconds: i64, number: &str, change: impl FnOnce(&mut CertificateRow)) {
    let when = at(DAY) + TimeDelta::seconds(seconds);
    let mut row = CertificateRow {
        id: new_id(when),
        mark: format!("test.{number}"),
        number: number.to_owned(),
        created_at: when,
        ..licence(store).await
    };
    change(&mut row);
    let mut unit = store.unit("test", at(DAY)).await.unwrap();
    rows::add(&mut unit, &row).await.unwrap();
    unit.save().await.unwrap();
}

/// What a new draft for a renewal is filled with.
async fn filled_in(town: &Town, ask: &Ask) -> (String, String) {
    let draft = forms::start(ask, "spjyxk", &town.key(), &pairs(&[("f.situation", "renew")])).await.unwrap();
    let answers = forms::draft(ask, draft).await.unwrap().answers;
    forms::discard(ask, draft).await.unwrap();
    (answers.one("old_licence_number").to_owned(), answers.one("old_licence_until").to_owned())
}

on_each_database! {
    async fn what_others_issued_is_neither_vouched_for_nor_called_false(store) {
        let town = Town::open(&store).await;
        let visitor = town.visitor(DAY);
        let elsewhere = |state: &str| Verdict::IssuedElsewhere { issuer: "青禾区市场监督管理局".into(), state: state.into() };
        let page = verify(&visitor, LICENCE, SHOP).await.unwrap();
        assert_eq!((page.verdict, page.facts, page.digest), (elsewhere("valid"), None, None));
        assert_eq!(verify(&visitor, LICENCE, "别的店").await.unwrap().verdict, Verdict::NotFound);
        let today = domain::clock::hall_day(visitor.at);
        add(&store, 0, "OVER", |row| row.valid_until = today.checked_sub_days(Days::new(1))).await;
        assert_eq!(verify(&visitor, "over", SHOP).await.unwrap().verdict, elsewhere("expired"));
        add(&store, 0, "BACK", |row| row.state = "revoked".into()).await;
        assert_eq!(verify(&visitor, "BACK", SHOP).await.unwrap().verdict, elsewhere("revoked"));
    }

    async fn of_several_of_one_type_the_newest_in_force_speaks_alone(store) {
        let town = Town::open(&store).await;
        let ask = town.ask("enterprise", DAY).await;
        let food = |until: Option<&'static str>| move |row: &mut CertificateRow| {
            row.type_code = "food_operation_licence".into();
            row.facts = until.map_or_else(|| json!({}), |day| json!({ "valid_until": day }));
        };
        add(&store, 1, "JY1", food(Some("2026-12-01"))).await;
        assert_eq!(filled_in(&town, &ask).await, ("JY1".into(), "2026-12-01".into()));
        add(&store, 2, "JY2", food(None)).await;
        assert_eq!(filled_in(&town, &ask).await, ("JY2".into(), String::new()), "nothing of the older is mixed in");
        add(&store, 3, "JY3", |row| { food(None)(row); row.state = "revoked".into(); }).await;
        assert_eq!(filled_in(&town, &ask).await.0, "JY2", "what is over does not count");
        // many others came in later
        for n in 0..110 {
            add(&store, 10 + n, &format!("X{n}"), |row| row.type_code = format!("x{n}")).await;
        }
        assert_eq!(filled_in(&town, &ask).await.0, "JY2");
    }

    async fn lists_of_certificates_have_no_end(store) {
        let town = Town::open(&store).await;
        let ask = town.ask("enterprise", DAY).await;
        let before = certificates(&ask).await.unwrap().len();
        for n in 0..120 {
            add(&store, n, &format!("X{n}"), |_| {}).await;
        }
        let all = certificates(&ask).await.unwrap();
        assert_eq!((all.len(), all[0].number.as_str()), (before + 120, "X119"));
        let (mut paged, mut from, mut pages) = (Vec::new(), None, 0);
        loop {
            let (lines, next) = certificates_from(&ask, from.as_deref(), 50).await.unwrap();
            paged.extend(lines);
            pages += 1;
            from = next;
            if from.is_none() {
                break;
            }
        }
        assert_eq!((paged, pages), (all, 3));
        assert!(certificates_from(&ask, Some("made up"), 50).await.is_err());
    }
}
