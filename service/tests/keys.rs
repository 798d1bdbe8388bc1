//! Keys of an enterprise, in its own hands: made once, seen by its agents, taken back for good, and nobody else's business.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod hall;

use domain::Refusal;
use domain::identity::Actor;
use domain::refusal::{Saying, Thing};
use hall::*;
use service::identity::{KEY_PREFIX, MOST_KEYS, keys, make_key, open_by_key, revoke_key, take_back};
use service::{Ask, Fault};
use store::identity::accounts;
use store::identity::agencies::{self, AgencyRow};
use uuid::Uuid;

fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("should have been refused: {other:?}"),
    }
}

/// The agent, acting for themselves.
fn as_oneself(ask: &Ask) -> Ask {
    match &ask.actor {
        Actor::Applicant { account, person, power, .. } => {
            let actor = Actor::Applicant { account: *account, person: person.clone(), acting_for: person.clone(), power: *power };
            Ask { actor, ..ask.clone() }
        }
        other => panic!("{other:?}"),
    }
}

/// Somebody whom the enterprise lets act for it, so far.
async fn as_agent(town: &Town, login: &str, party: Uuid, power: &str) -> Ask {
    let ask = town.ask(login, "2026-10-09T10:00:00").await;
    let account = ask.actor.account().unwrap();
    let mut unit = town.hall.store().unit("test", ask.at).await.unwrap();
    let row = AgencyRow {
        id: store::new_id(ask.at),
        account_id: account,
        party_id: party,
        power: power.into(),
        items: Vec::new(),
        valid_from: "2026-10-01".parse().unwrap(),
        valid_until: None,
        revoked_at: None,
    };
    agencies::add(&mut unit, &row).await.unwrap();
    unit.save().await.unwrap();
    let actor = service::identity::actor(&town.hall, ask.at, account, Some(party)).await.unwrap();
    Ask { actor, ..ask }
}

/// The agent of another enterprise.
fn of_another(ask: &Ask) -> Ask {
    match &ask.actor {
        Actor::Applicant { account, person, acting_for, power } => {
            let acting_for = domain::identity::Party { id: Uuid::from_u128(7), ..acting_for.clone() };
            Ask {
                actor: Actor::Applicant { account: *account, person: person.clone(), acting_for, power: *power },
                ..ask.clone()
            }
        }
        other => panic!("{other:?}"),
    }
}

store::on_each_database! {
    async fn a_key_is_made_once_used_and_taken_back(store) {
        let town = Town::open(&store).await;
        let agent = town.ask("enterprise", "2026-10-09T10:00:00").await;
        let before = keys(&agent).await.unwrap().unwrap();
        assert_eq!(before.most, MOST_KEYS);
        let made = make_key(&agent, " ERP ", &before.once).await.unwrap();
        let secret = made.secret.told().to_owned();
        assert!(secret.starts_with(KEY_PREFIX) && secret.len() == KEY_PREFIX.len() + 32, "{secret}");
        assert!(!format!("{made:?}").contains(&secret), "not printed");

        // pressed twice, also by two servers at once
        let again = tokio::join!(make_key(&agent, "ERP", &before.once), make_key(&agent, "ERP", &before.once));
        assert_eq!((again.0.unwrap(), again.1.unwrap()), (made.clone(), made.clone()));
        assert_eq!(refused(make_key(&agent, "WMS", &before.once).await), Refusal::KeyCrossed);
        let page = keys(&agent).await.unwrap().unwrap();
        assert_eq!(page.in_force.len(), before.in_force.len() + 1);
        let line = page.in_force.iter().find(|line| line.id == made.id).unwrap();
        assert_eq!((line.name.as_str(), line.made_on.to_string().as_str(), line.last_used_on), ("ERP", "2026-10-09", None));
        assert_eq!(line.tail.as_deref(), Some(&secret[secret.len() - 4..]));
        assert!(!line.made_by.is_empty());
        assert_ne!(page.once, before.once, "new with every page");
        assert_ne!(make_key(&agent, "ERP", &page.once).await.unwrap().secret, made.secret);

        // it opens, and the day is noted
        let used = at("2026-10-12T09:00:00");
        let opened = open_by_key(&town.hall, used, &secret).await.unwrap().unwrap();
        assert_eq!((opened.key, &opened.actor), (made.id, &agent.actor));
        assert!(open_by_key(&town.hall, at("2026-10-12T17:00:00"), &secret).await.unwrap().is_some());
        let page = keys(&agent).await.unwrap().unwrap();
        let line = page.in_force.iter().find(|line| line.id == made.id).unwrap();
        assert_eq!(line.last_used_on.map(|day| day.to_string()).as_deref(), Some("2026-10-12"));

        take_back(&agent, made.id).await.unwrap();
        take_back(&agent, made.id).await.unwrap();
        assert!(open_by_key(&town.hall, used, &secret).await.unwrap().is_none());
        let page = keys(&agent).await.unwrap().unwrap();
        assert!(page.in_force.iter().all(|line| line.id != made.id));
        assert_eq!((page.over[0].id, page.over[0].revoked_on.is_some()), (made.id, true));
        // sent again much later, the form neither makes another nor brings it back
        assert_eq!(make_key(&agent, "ERP", &before.once).await.unwrap().id, made.id);
        assert!(open_by_key(&town.hall, used, &secret).await.unwrap().is_none());

        // every act is in the log, in the agent's name; the key is nowhere
        let mut tx = store.read().await.unwrap();
        let events = store::events::of_stream(&mut tx, "api_key", &made.id.to_string()).await.unwrap();
        assert_eq!(events.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["issued", "revoked"]);
        assert!(!format!("{events:?}").contains(&secret));
        drop(tx);
        assert!(store.check_log().await.unwrap().faults.is_empty());
    }

    async fn nobody_else_sees_makes_or_takes_back(store) {
        let town = Town::open(&store).await;
        let when = "2026-10-09T10:00:00";
        let agent = town.ask("enterprise", when).await;
        let made = make_key(&agent, "ERP", "once").await.unwrap();
        let (no_page, no_key) = (Refusal::NotFound { thing: Thing::Page }, Refusal::NotFound { thing: Thing::Key });
        for ask in [town.ask("citizen", when).await, as_oneself(&agent)] {
            assert_eq!(keys(&ask).await.unwrap(), None);
            assert_eq!(refused(make_key(&ask, "ERP", "k").await), no_page);
            assert_eq!(refused(take_back(&ask, made.id).await), no_page);
        }
        let clerk = town.ask("clerk", when).await;
        assert_eq!(refused(keys(&clerk).await), no_page);
        assert_eq!(refused(make_key(&clerk, "ERP", "k").await), no_page);
        assert_eq!(refused(take_back(&clerk, made.id).await), no_page);
        let visitor = town.visitor(when);
        assert_eq!(refused(keys(&visitor).await), Refusal::SignInFirst);
        assert_eq!(refused(make_key(&visitor, "ERP", "k").await), Refusal::SignInFirst);
        assert_eq!(refused(take_back(&visitor, made.id).await), Refusal::SignInFirst);
        // another enterprise learns no more of it than of a key that is not there
        let other = of_another(&agent);
        assert_eq!(keys(&other).await.unwrap().unwrap().in_force, []);
        assert_eq!(refused(take_back(&other, made.id).await), no_key);
        assert_eq!(refused(take_back(&other, Uuid::from_u128(1)).await), no_key);
        assert!(open_by_key(&town.hall, agent.at, made.secret.told()).await.unwrap().is_some());
    }

    async fn names_and_numbers_of_keys_have_bounds(store) {
        let town = Town::open(&store).await;
        let agent = town.ask("enterprise", "2026-10-09T10:00:00").await;
        for none in ["", "  ", "a\u{7}b"] {
            assert_eq!(refused(make_key(&agent, none, "k").await), Refusal::NothingSaid { what: Saying::KeyName });
        }
        let long = Refusal::SaidTooMuch { what: Saying::KeyName, have: 101, max: 100 };
        assert_eq!(refused(make_key(&agent, &"长".repeat(101), "k").await), long);
        for none in ["", &"k".repeat(65)] {
            assert_eq!(refused(make_key(&agent, "ERP", none).await), Refusal::KeyMissing);
        }
        let there = keys(&agent).await.unwrap().unwrap().in_force.len();
        for n in there..MOST_KEYS as usize {
            make_key(&agent, &format!("系统 {n}"), &format!("k{n}")).await.unwrap();
        }
        assert_eq!(refused(make_key(&agent, "多", "more").await), Refusal::TooManyKeys { max: MOST_KEYS });
        let page = keys(&agent).await.unwrap().unwrap();
        assert_eq!(page.in_force.len(), MOST_KEYS as usize);
        // one that is taken back makes room, whoever took it back
        assert!(revoke_key(&town.hall, agent.at, page.in_force[0].id).await.unwrap());
        make_key(&agent, "多", "more").await.unwrap();
    }
    async fn a_key_whose_maker_left_says_so_and_takes_no_room(store) {
        let town = Town::open(&store).await;
        let agent = town.ask("enterprise", "2026-10-09T10:00:00").await;
        let party = agent.actor.party().unwrap().id;
        // a colleague makes the most keys there may be
        let colleague = as_agent(&town, "citizen2", party, "all").await;
        let there = keys(&agent).await.unwrap().unwrap().opening();
        let mut made = None;
        for n in there..MOST_KEYS as usize {
            made = Some(make_key(&colleague, "ERP", &format!("k{n}")).await.unwrap());
        }
        let made = made.unwrap();
        assert_eq!(refused(make_key(&agent, "WMS", "more").await), Refusal::TooManyKeys { max: MOST_KEYS });
        // and leaves: none of them opens anything, which is said, and there is room again
        let mut unit = store.unit("test", agent.at).await.unwrap();
        let mut left = agencies::list_by_party(&mut unit, party).await.unwrap().pop().unwrap();
        left.revoked_at = Some(agent.at);
        agencies::change(&mut unit, &left).await.unwrap();
        unit.save().await.unwrap();
        assert!(open_by_key(&town.hall, agent.at, made.secret.told()).await.unwrap().is_none());
        let page = keys(&agent).await.unwrap().unwrap();
        assert_eq!((page.in_force.len(), page.opening()), (MOST_KEYS as usize, there));
        assert!(!page.in_force.iter().find(|line| line.id == made.id).unwrap().opens);
        make_key(&agent, "WMS", "more").await.unwrap();
        // they can be taken back all the same
        take_back(&agent, made.id).await.unwrap();
        assert!(keys(&agent).await.unwrap().unwrap().in_force.iter().all(|line| line.id != made.id));
        // the same when an account is closed
        let mut unit = store.unit("test", agent.at).await.unwrap();
        let mut account = accounts::find(&mut unit, agent.actor.account().unwrap()).await.unwrap().unwrap();
        account.closed_at = Some(agent.at);
        accounts::change(&mut unit, &account).await.unwrap();
        unit.save().await.unwrap();
        assert_eq!(keys(&agent).await.unwrap().unwrap().opening(), 0);
    }

    async fn an_agent_who_may_only_look_neither_makes_nor_takes_back(store) {
        let town = Town::open(&store).await;
        let agent = town.ask("enterprise", "2026-10-09T10:00:00").await;
        let party = agent.actor.party().unwrap().id;
        let made = make_key(&agent, "ERP", "once").await.unwrap();
        let looks = as_agent(&town, "citizen2", party, "view").await;
        let page = keys(&looks).await.unwrap().unwrap();
        assert!(!page.may_change && page.in_force.iter().any(|line| line.id == made.id), "sees which there are");
        assert_eq!(refused(make_key(&looks, "ERP", "k").await), Refusal::OnlyLooks);
        assert_eq!(refused(take_back(&looks, made.id).await), Refusal::OnlyLooks);
        // nor does it file, by whatever door
        assert_eq!(refused(service::forms::start(&looks, "spjyxk", "k", &[]).await), Refusal::OnlyLooks);
        assert!(service::cases::my(&looks).await.is_ok());
        // of two agencies for the same organisation the wider counts, and it is there once
        let files = as_agent(&town, "citizen2", party, "apply").await;
        assert_eq!(service::identity::me(&files).await.unwrap().organisations.len(), 1);
        assert!(keys(&files).await.unwrap().unwrap().may_change);
        take_back(&files, made.id).await.unwrap();
    }
}
