//! A new certificate takes the place of an old one (变更、延续、换领), and of nobody else's, on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::Refusal;
use domain::cases::documents::DocumentKind;
use domain::certificates::view::{CertificateLine, Verdict};
use domain::forms::{Said, Sample};
use domain::identity::numbers::mask_id;
use domain::refusal::Thing;
use hall::walk::{DAY, shipped};
use hall::{Town, at, pairs};
use serde_json::Value;
use service::cases::{self, Typesetter};
use service::{Answer, Fault, certificates};
use std::time::Duration;
use store::certificates as rows;
use store::identity::{accounts, parties};
use store::on_each_database;
use uuid::Uuid;

/// 李某 and 陈某 of the demonstration, who have accounts, and somebody born on another day whose number masks to the same as 李某's.
const LI: &str = "350205188001010017";
const CHEN: &str = "350205188304250245";
const MASKED_AS_LI: &str = "350205185001090017";

/// The sample of a procedure that answers this, with these answers instead of its own.
fn sample(code: &str, (asked, said): (&str, &str), instead: &[(&str, &str)]) -> Sample {
    let (_, samples) = shipped().find(|(known, _)| *known == code).unwrap();
    let wanted = Said::One(said.to_owned());
    let mut sample = samples.into_iter().find(|s| s.answers.get(asked) == Some(&wanted)).unwrap();
    for (field, text) in instead {
        sample.answers.insert((*field).to_owned(), Said::One((*text).to_owned()));
    }
    sample
}

/// The sample in this situation.
fn situation(code: &str, situation: &str, instead: &[(&str, &str)]) -> Sample {
    sample(code, ("situation", situation), instead)
}

/// Somebody's disability certificate, applied for by their guardian, who signs in as 陈某.
fn in_the_name_of(id_number: &str, name: &str) -> Sample {
    situation("cjrz", "change", &[("id_number", id_number), ("name", name)])
}

/// Files it, lets it be granted; the certificate.
async fn granted(town: &Town, code: &str, sample: &Sample) -> CertificateLine {
    let id = town.file(code, sample).await;
    let (issued, _) = town.carry_on(code, id, true).await.certificate.unwrap();
    held(town, &sample.login, issued).await
}

async fn mine(town: &Town, login: &str) -> Vec<CertificateLine> {
    certificates::certificates(&town.ask(login, DAY).await).await.unwrap()
}

async fn held(town: &Town, login: &str, id: Uuid) -> CertificateLine {
    mine(town, login).await.into_iter().find(|line| line.id == id).unwrap()
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

fn hidden<T: std::fmt::Debug>(answer: Answer<T>, thing: Thing) -> bool {
    matches!(answer.unwrap_err(), Fault::Refused(Refusal::NotFound { thing: hidden }) if hidden == thing)
}

struct Blank;

impl Typesetter for Blank {
    fn typeset(&self, _: &str, _: i64, _: &Value) -> Result<Vec<u8>, String> {
        Ok(b"%PDF".to_vec())
    }
}

on_each_database! {
    async fn a_changed_licence_ends_the_one_it_names(store) {
        let town = Town::open(&store).await;
        let one = granted(&town, "spjyxk", &situation("spjyxk", "new", &[])).await;
        let other = granted(&town, "spjyxk", &situation("spjyxk", "new", &[])).await;
        assert!(holds(&town, "enterprise", &one).await, "another shop, another licence");
        let change = situation("spjyxk", "change", &[("old_licence_number", &one.number)]);
        let new = granted(&town, "spjyxk", &change).await;
        assert!(!holds(&town, "enterprise", &one).await);
        assert!(holds(&town, "enterprise", &other).await && holds(&town, "enterprise", &new).await);
        // what has ended already is not there to be ended
        let again = granted(&town, "spjyxk", &change).await;
        assert!(holds(&town, "enterprise", &new).await && holds(&town, "enterprise", &again).await);
        // five years later nothing of it is in force
        let late = certificates::certificates(&town.ask("enterprise", "2032-01-05T09:00:00").await).await.unwrap();
        let licences = late.iter().filter(|line| line.type_code == new.type_code);
        assert!(licences.into_iter().all(|line| ["expired", "superseded"].contains(&line.state.as_str())), "{late:?}");
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn what_is_given_up_is_cancelled_and_nothing_issued(store) {
        let town = Town::open(&store).await;
        let new = situation("ypls", "new", &[]);
        let (one, other) = (granted(&town, "ypls", &new).await, granted(&town, "ypls", &new).await);
        let end = |line: &CertificateLine| situation("ypls", "end", &[("old_number", &line.number)]);
        let refused = town.file("ypls", &end(&one)).await;
        town.carry_on("ypls", refused, false).await;
        assert!(holds(&town, &new.login, &one).await, "refused: it stays");
        let given_up = town.file("ypls", &end(&one)).await;
        // the desk is told before what will be cancelled, and that a wrong number cancels nothing
        let clerk = town.ask("clerk", DAY).await;
        let told = cases::desk_case(&clerk, given_up).await.unwrap().to_end.unwrap();
        assert_eq!(told.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), [one.number.as_str()]);
        let wrong = situation("ypls", "end", &[("old_number", "YP35020500009999")]);
        let nothing = town.file("ypls", &wrong).await;
        assert_eq!(cases::desk_case(&clerk, nothing).await.unwrap().to_end, Some(vec![]));
        let case = town.carry_on("ypls", given_up, true).await;
        assert!(case.ends_certificate() && case.certificate.is_none());
        assert_eq!(held(&town, &new.login, one.id).await.state, "cancelled");
        let seen = certificates::verify(&town.visitor(DAY), &one.number, &one.holder).await.unwrap().verdict;
        assert_eq!(seen, Verdict::NoLongerValid { state: "cancelled".into() });
        assert!(holds(&town, &new.login, &other).await, "another shop, another licence");
        town.carry_on("ypls", nothing, true).await;
        assert!(holds(&town, &new.login, &other).await, "a wrong number ends nobody's");
        // it says that it is over, and does not promise a licence
        let page = cases::case_page(&town.ask(&new.login, DAY).await, given_up).await.unwrap();
        assert!(page.documents.iter().all(|document| document.kind != DocumentKind::Certificate));
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn the_decision_it_came_with_names_it_too(store) {
        let town = Town::open(&store).await;
        let first = town.file("hwgg", &situation("hwgg", "new", &[])).await;
        let (old, _) = town.carry_on("hwgg", first, true).await.certificate.unwrap();
        let page = cases::case_page(&town.ask("enterprise", DAY).await, first).await.unwrap();
        let decision = page.documents.iter().find(|d| d.kind == DocumentKind::GrantDecision).unwrap();
        let old = held(&town, "enterprise", old).await;
        granted(&town, "hwgg", &situation("hwgg", "change", &[("old_number", &format!(" {} ", decision.number))])).await;
        assert!(!holds(&town, "enterprise", &old).await);
    }

    async fn a_number_ends_the_holders_own_whoever_applied_for_it(store) {
        let town = Town::open(&store).await;
        let (mine, theirs) = (
            granted(&town, "spjyxk", &situation("spjyxk", "new", &[])).await,
            granted(&town, "spjyxk", &situation("spjyxk", "new", &[])).await,
        );
        // as if another account had applied for the one, and the other were another shop's of the same name
        let mut unit = store.unit("test", at(DAY)).await.unwrap();
        unit.query("update certificates set holder_party = $2 where id = $1").bind(mine.id).bind(Uuid::nil()).execute().await.unwrap();
        unit.query("update certificates set holder_index = 'another' where id = $1").bind(theirs.id).execute().await.unwrap();
        unit.save().await.unwrap();
        for line in [&mine, &theirs] {
            granted(&town, "spjyxk", &situation("spjyxk", "change", &[("old_licence_number", &line.number)])).await;
        }
        assert!(!holds(&town, "enterprise", &mine).await);
        assert!(holds(&town, "enterprise", &theirs).await);
    }

    async fn nobody_holds_two_and_nobody_ends_anothers(store) {
        assert_eq!(mask_id(MASKED_AS_LI), mask_id(LI));
        let town = Town::open(&store).await;
        let mine = granted(&town, "cjrz", &situation("cjrz", "first", &[])).await;
        assert_eq!(mine.holder, "李某");
        // of the same name, and of the same applicant a number that is masked alike
        let namesake = granted(&town, "cjrz", &in_the_name_of(CHEN, "李某")).await;
        let alike = granted(&town, "cjrz", &in_the_name_of(MASKED_AS_LI, "李某")).await;
        for (login, line) in [("citizen", &mine), ("citizen2", &namesake), ("citizen2", &alike)] {
            assert!(holds(&town, login, line).await, "another person's");
        }
        let renewed = granted(&town, "cjrz", &situation("cjrz", "renew", &[])).await;
        assert!(!holds(&town, "citizen", &mine).await);
        for (login, line) in [("citizen", &renewed), ("citizen2", &namesake), ("citizen2", &alike)] {
            assert!(holds(&town, login, line).await);
        }
        // what is refused ends nothing, whoever is named
        let stranger = town.file("cjrz", &in_the_name_of(LI, "李某")).await;
        assert!(town.carry_on("cjrz", stranger, false).await.certificate.is_none());
        assert!(holds(&town, "citizen", &renewed).await);
        // a form that asks for another kind ends nothing, whatever number is typed
        let shop = granted(&town, "spjyxk", &situation("spjyxk", "new", &[])).await;
        granted(&town, "ycls", &situation("ycls", "renew", &[("old_licence", &shop.number)])).await;
        assert!(holds(&town, "enterprise", &shop).await);
    }

    async fn a_child_applies_and_then_the_mother_herself(store) {
        let town = Town::open(&store).await;
        let filed = town.file("gljt", &sample("gljt", ("applicant", "family"), &[])).await;
        let (first, _) = town.carry_on("gljt", filed, true).await.certificate.unwrap();
        let (child, mother) = (town.ask("citizen", DAY).await, town.ask("citizen2", DAY).await);
        // both have it, and whose it is stands beside it
        assert!(held(&town, "citizen", first).await.for_other);
        assert!(!held(&town, "citizen2", first).await.for_other);
        for ask in [&child, &mother] {
            certificates::certificate_file(ask, first).await.unwrap();
            let sheet = certificates::certificate_sheet(ask, first).await.unwrap().unwrap();
            cases::document(ask, sheet, &Blank).await.unwrap();
        }
        // what was filed stays the child's, and a stranger has neither
        let page = cases::case_page(&child, filed).await.unwrap();
        let receipt = page.documents.iter().find(|d| d.kind == DocumentKind::Receipt).unwrap();
        assert!(hidden(cases::case_page(&mother, filed).await, Thing::Case));
        assert!(hidden(cases::document(&mother, receipt.id, &Blank).await.map(|_| ()), Thing::Document));
        let stranger = town.ask("enterprise", DAY).await;
        assert!(hidden(certificates::certificate_file(&stranger, first).await, Thing::Certificate));
        assert!(hidden(certificates::certificate_sheet(&stranger, first).await, Thing::Certificate));
        let sheet = certificates::certificate_sheet(&mother, first).await.unwrap().unwrap();
        assert!(hidden(cases::document(&stranger, sheet, &Blank).await.map(|_| ()), Thing::Document));

        let first = held(&town, "citizen", first).await;
        let own = granted(&town, "gljt", &sample("gljt", ("applicant", "self"), &[])).await;
        assert!(!own.for_other && holds(&town, "citizen2", &own).await);
        assert!(!holds(&town, "citizen", &first).await, "hers, whoever applied");
        assert!(mine(&town, "citizen").await.iter().all(|line| line.id != own.id), "applied for by herself: hers alone");
        assert!(hidden(certificates::certificate_file(&child, own.id).await, Thing::Certificate));
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn the_mother_applies_and_then_a_child(store) {
        let town = Town::open(&store).await;
        let own = granted(&town, "gljt", &sample("gljt", ("applicant", "self"), &[])).await;
        let other = granted(&town, "gljt", &sample("gljt", ("applicant", "family"), &[("elder_id", "350205185001190245")])).await;
        assert!(holds(&town, "citizen2", &own).await, "a namesake's");
        let next = granted(&town, "gljt", &sample("gljt", ("applicant", "family"), &[])).await;
        assert!(!holds(&town, "citizen2", &own).await);
        assert!(holds(&town, "citizen", &other).await && holds(&town, "citizen2", &next).await);
        assert!(mine(&town, "citizen2").await.iter().all(|line| line.id != other.id));
    }

    async fn what_the_hall_holds_is_filled_into_ones_own_forms_only(store) {
        let town = Town::open(&store).await;
        let permit = granted(&town, "jzz", &situation("jzz", "first", &[])).await;
        let ask = town.ask("citizen", DAY).await;
        let filled_in = || async {
            let draft = service::forms::start(&ask, "jzz", &town.key(), &pairs(&[("f.situation", "endorse")])).await.unwrap();
            let said = service::forms::draft(&ask, draft).await.unwrap().answers.one("permit").to_owned();
            service::forms::discard(&ask, draft).await.unwrap();
            said
        };
        assert_eq!(filled_in().await, permit.number);
        // as if it were of somebody for whom one applied
        let mut unit = store.unit("test", at(DAY)).await.unwrap();
        unit.query("update certificates set holder_index = 'another' where id = $1").bind(permit.id).execute().await.unwrap();
        unit.save().await.unwrap();
        assert!(held(&town, "citizen", permit.id).await.for_other);
        assert_eq!(filled_in().await, "");
    }

    async fn a_number_nobody_compared_finds_nothing(store) {
        let town = Town::open(&store).await;
        let line = granted(&town, "gljt", &sample("gljt", ("applicant", "family"), &[])).await;
        held(&town, "citizen2", line.id).await;
        let mut unit = store.unit("test", at(DAY)).await.unwrap();
        let account = accounts::find_by_login(&mut unit, "citizen2").await.unwrap().unwrap();
        let mut party = parties::find(&mut unit, account.party_id.unwrap()).await.unwrap().unwrap();
        party.level = 2;
        parties::change(&mut unit, &party).await.unwrap();
        unit.save().await.unwrap();
        assert!(mine(&town, "citizen2").await.iter().all(|held| held.id != line.id));
        assert!(hidden(certificates::certificate_file(&town.ask("citizen2", DAY).await, line.id).await, Thing::Certificate));
        // what one applied for oneself stays one's own
        let own = granted(&town, "gljt", &sample("gljt", ("applicant", "self"), &[])).await;
        assert!(!own.for_other);
    }

    /// Certificates of before it was kept whose they are: found by who applied, until the answers of their cases have told.
    async fn older_certificates_learn_whose_they_are(store) {
        let town = Town::open(&store).await;
        let forget = || async {
            let mut unit = store.unit("test", at(DAY)).await.unwrap();
            unit.query("update certificates set holder_index = null").execute().await.unwrap();
            unit.save().await.unwrap();
        };
        let first = granted(&town, "cjrz", &in_the_name_of(LI, "李某")).await;
        forget().await;
        let namesake = granted(&town, "cjrz", &in_the_name_of(CHEN, "李某")).await;
        let second = granted(&town, "cjrz", &in_the_name_of(LI, "李某")).await;
        assert!(!holds(&town, "citizen2", &first).await, "of the same applicant, name and masked number");
        assert!(holds(&town, "citizen2", &namesake).await);
        forget().await;
        let own = granted(&town, "cjrz", &situation("cjrz", "renew", &[])).await;
        assert!(holds(&town, "citizen2", &second).await, "of another applicant nothing is known");
        forget().await;
        assert_eq!(certificates::fill_in_holders(&town.hall, at(DAY)).await.unwrap(), 4);
        assert_eq!(certificates::fill_in_holders(&town.hall, at(DAY)).await.unwrap(), 0);
        granted(&town, "cjrz", &situation("cjrz", "renew", &[])).await;
        assert!(!holds(&town, "citizen2", &second).await && !holds(&town, "citizen", &own).await);
        assert!(holds(&town, "citizen2", &namesake).await);
    }

    /// What cannot be told is asked once by a process, and without the pen.
    async fn what_nobody_can_tell_is_not_asked_again_and_again(store) {
        let town = Town::open(&store).await;
        let line = granted(&town, "cjrz", &situation("cjrz", "first", &[])).await;
        let mut unit = store.unit("test", at(DAY)).await.unwrap();
        unit.query("update certificates set holder_index = null where id = $1").bind(line.id).execute().await.unwrap();
        unit.save().await.unwrap();
        // as if the answers of its case were no longer kept
        let case = rows::find(&mut store.glance().await.unwrap(), line.id).await.unwrap().unwrap().case_id.unwrap();
        let point = async |to: Uuid| {
            let mut unit = store.unit("test", at(DAY)).await.unwrap();
            unit.query("update certificates set case_id = $2 where id = $1").bind(line.id).bind(to).execute().await.unwrap();
            unit.save().await.unwrap();
        };
        point(Uuid::from_u128(7)).await;
        let pen = store.unit("test", at(DAY)).await.unwrap();
        let filled = certificates::fill_in_holders(&town.hall, at(DAY));
        assert_eq!(tokio::time::timeout(Duration::from_secs(3), filled).await.unwrap().unwrap(), 0);
        drop(pen);
        // what is learnt later, another process finds out
        point(case).await;
        assert_eq!(certificates::fill_in_holders(&town.hall, at(DAY)).await.unwrap(), 0);
        assert_eq!(certificates::fill_in_holders(&Town::beside(&store).await.hall, at(DAY)).await.unwrap(), 1);
    }
}
