//! A new certificate takes the place of an old one (变更、延续、换领), and of nobody else's, on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::cases::documents::DocumentKind;
use domain::certificates::view::{CertificateLine, Verdict};
use domain::forms::{Said, Sample};
use hall::Town;
use hall::walk::{DAY, shipped};
use service::{cases, certificates};
use store::on_each_database;
use uuid::Uuid;

/// The sample of a procedure in this situation, naming this earlier paper in this field.
fn sample(code: &str, situation: &str, earlier: Option<(&str, &str)>) -> Sample {
    let (_, samples) = shipped().find(|(known, _)| *known == code).unwrap();
    let wanted = Said::One(situation.to_owned());
    let mut sample = samples.into_iter().find(|s| s.answers.get("situation") == Some(&wanted)).unwrap();
    if let Some((field, number)) = earlier {
        sample.answers.insert(field.to_owned(), Said::One(number.to_owned()));
    }
    sample
}

/// Files it, lets it be granted; the certificate.
async fn granted(town: &Town, code: &str, sample: &Sample) -> CertificateLine {
    let id = town.file(code, sample).await;
    let (issued, _) = town.carry_on(code, id, true).await.certificate.unwrap();
    held(town, &sample.login, issued).await
}

async fn held(town: &Town, login: &str, id: Uuid) -> CertificateLine {
    let all = certificates::certificates(&town.ask(login, DAY).await).await.unwrap();
    all.into_iter().find(|line| line.id == id).unwrap()
}

/// Whether its holder finds it in force, and a stranger too.
async fn holds(town: &Town, login: &str, line: &CertificateLine) -> bool {
    let seen = certificates::verify(&town.visitor(DAY), &line.number, &line.holder).await.unwrap().verdict;
    match held(town, login, line.id).await.state.as_str() {
        "valid" => assert_eq!(seen, Verdict::Genuine),
        state => assert_eq!((state, seen), ("superseded", Verdict::NoLongerValid { state: "superseded".into() })),
    }
    held(town, login, line.id).await.state == "valid"
}

on_each_database! {
    async fn a_changed_licence_ends_the_one_it_names(store) {
        let town = Town::open(&store).await;
        let one = granted(&town, "spjyxk", &sample("spjyxk", "new", None)).await;
        let other = granted(&town, "spjyxk", &sample("spjyxk", "new", None)).await;
        assert!(holds(&town, "enterprise", &one).await, "another shop, another licence");
        let new = granted(&town, "spjyxk", &sample("spjyxk", "change", Some(("old_licence_number", &one.number)))).await;
        assert!(!holds(&town, "enterprise", &one).await);
        assert!(holds(&town, "enterprise", &other).await && holds(&town, "enterprise", &new).await);
        // what has ended already is not there to be ended
        let again = granted(&town, "spjyxk", &sample("spjyxk", "change", Some(("old_licence_number", &one.number)))).await;
        assert!(holds(&town, "enterprise", &new).await && holds(&town, "enterprise", &again).await);
        // five years later nothing of it is in force
        let late = certificates::certificates(&town.ask("enterprise", "2032-01-05T09:00:00").await).await.unwrap();
        let licences = late.iter().filter(|line| line.type_code == new.type_code);
        assert!(licences.into_iter().all(|line| ["expired", "superseded"].contains(&line.state.as_str())), "{late:?}");
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn the_decision_it_came_with_names_it_too(store) {
        let town = Town::open(&store).await;
        let first = town.file("hwgg", &sample("hwgg", "new", None)).await;
        let (old, _) = town.carry_on("hwgg", first, true).await.certificate.unwrap();
        let page = cases::case_page(&town.ask("enterprise", DAY).await, first).await.unwrap();
        let decision = page.documents.iter().find(|d| d.kind == DocumentKind::GrantDecision).unwrap();
        let old = held(&town, "enterprise", old).await;
        granted(&town, "hwgg", &sample("hwgg", "change", Some(("old_number", &format!(" {} ", decision.number))))).await;
        assert!(!holds(&town, "enterprise", &old).await);
    }

    async fn nobody_holds_two_and_nobody_ends_anothers(store) {
        let town = Town::open(&store).await;
        let mine = granted(&town, "cjrz", &sample("cjrz", "first", None)).await;
        let theirs = granted(&town, "cjrz", &sample("cjrz", "change", None)).await;
        assert!(holds(&town, "citizen", &mine).await, "another person's");
        let renewed = granted(&town, "cjrz", &sample("cjrz", "renew", None)).await;
        assert!(!holds(&town, "citizen", &mine).await);
        assert!(holds(&town, "citizen", &renewed).await && holds(&town, "citizen2", &theirs).await);
        // a form that asks for another kind ends nothing, whatever number is typed
        let shop = granted(&town, "spjyxk", &sample("spjyxk", "new", None)).await;
        granted(&town, "ycls", &sample("ycls", "renew", Some(("old_licence", &shop.number)))).await;
        assert!(holds(&town, "enterprise", &shop).await);
    }
}
