//! Several people on one filing: one fills it in, the others check and sign. On both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::Refusal;
use domain::cases::Event;
use domain::forms::Said;
use domain::forms::view::SignerState;
use domain::refusal::Thing;
use hall::*;
use service::{Answer, Ask, Fault, cases, forms};
use store::identity::agencies;
use uuid::Uuid;

const WHEN: &str = "2026-10-09T09:00:00";

fn refused<T: std::fmt::Debug>(answer: Answer<T>) -> Refusal {
    match answer {
        Err(Fault::Refused(why)) => why,
        other => unreachable!("{other:?}"),
    }
}

fn missing() -> Refusal {
    Refusal::NotFound { thing: Thing::Signature }
}

/// The founding of a company by 李某 and 陈某, filled in by 李某, signed online.
async fn founding(town: &Town, li: &Ask) -> (Uuid, Vec<(String, String)>) {
    let mut sample = service::catalogue::samples("gsdj").unwrap().remove(0);
    sample.answers.insert("signing".into(), Said::One("online".into()));
    sample.files.remove("signed_paper");
    let draft = town.fill(li, "gsdj", &sample).await;
    assert_eq!(forms::draft(li, draft).await.unwrap().problems, []);
    (draft, agreed(&sample.agreed.iter().map(String::as_str).collect::<Vec<_>>()))
}

async fn states(ask: &Ask, draft: Uuid) -> Vec<(String, SignerState)> {
    forms::draft(ask, draft).await.unwrap().signers.into_iter().map(|s| (s.key, s.state)).collect()
}

async fn staff(ask: &Ask, draft: Uuid, count: &str) {
    forms::save_page(ask, draft, "company", &pairs(&[("f.staff", count), ("act", "autosave")])).await.unwrap();
}

store::on_each_database! {
    /// The walk: asked, found, signed, handed in; the case says who signed.
    async fn nothing_is_handed_in_before_everybody_signed(store) {
        let town = Town::open(&store).await;
        let (li, chen) = (town.ask("citizen", WHEN).await, town.ask("citizen2", WHEN).await);
        let (draft, promises) = founding(&town, &li).await;
        // 李某 is head and shareholder, and signs by handing in
        let before = states(&li, draft).await;
        assert_eq!(before, [("head".into(), SignerState::Own), ("holder.2".into(), SignerState::NotAsked)]);
        let missing = Refusal::SignatureMissing { name: "陈某".into() };
        assert_eq!(refused(cases::submit(&li, draft, "k1", &promises).await), missing);
        forms::ask_to_sign(&li, draft, "holder.2").await.unwrap();
        forms::ask_to_sign(&li, draft, "holder.2").await.unwrap();
        assert_eq!(refused(cases::submit(&li, draft, "k2", &promises).await), missing);
        let mine = cases::my(&chen).await.unwrap();
        assert_eq!((mine.to_sign.len(), mine.to_sign[0].by.as_str()), (1, "李某"));
        assert_eq!(mine.messages.iter().filter(|m| m.kind == "signature_asked").count(), 1, "asked twice, told once");
        let page = forms::to_sign(&chen, mine.to_sign[0].id).await.unwrap();
        assert!(!serde_json::to_string(&page).unwrap().contains("350205188001010017"), "numbers of others are masked");
        forms::sign(&chen, page.line.id, &page.hash).await.unwrap();
        assert!(matches!(states(&li, draft).await[1].1, SignerState::Signed { .. }));
        assert_eq!(cases::my(&chen).await.unwrap().to_sign, []);
        assert!(cases::my(&li).await.unwrap().messages.iter().any(|m| m.kind == "signature_given"));
        let case = cases::submit(&li, draft, "k3", &promises).await.unwrap().case;
        let clerk = cases::desk_case(&town.ask("clerk", WHEN).await, case).await.unwrap();
        let signed = clerk.timeline.iter().find_map(|line| match &line.event {
            Event::Submitted(filing) => Some(filing.signatures.clone()),
            _ => None,
        });
        assert_eq!(signed.unwrap().into_iter().map(|s| (s.name, s.hash)).collect::<Vec<_>>(), [("陈某".into(), page.hash)]);
        // nothing is left of it
        assert_eq!(store::forms::signatures::list_by_draft(&mut store.read().await.unwrap(), draft).await.unwrap(), []);
    }

    /// Whoever signed, signed that; a change makes it void, says what it was, and only that is asked about again.
    async fn a_change_makes_a_signature_void(store) {
        let town = Town::open(&store).await;
        let (li, chen) = (town.ask("citizen", WHEN).await, town.ask("citizen2", WHEN).await);
        let (draft, promises) = founding(&town, &li).await;
        forms::ask_to_sign(&li, draft, "holder.2").await.unwrap();
        let id = cases::my(&chen).await.unwrap().to_sign[0].id;
        let first = forms::to_sign(&chen, id).await.unwrap();
        assert_eq!(first.changed, None);
        // changed while the page was open: what was not read is not signed
        staff(&li, draft, "7").await;
        assert_eq!(refused(forms::sign(&chen, id, &first.hash).await), Refusal::SignatureStale);
        assert_eq!(refused(forms::sign(&chen, id, "").await), Refusal::SignatureStale);
        let read = forms::to_sign(&chen, id).await.unwrap();
        forms::sign(&chen, id, &read.hash).await.unwrap();
        // sent again, it opens nothing any more
        assert_eq!(refused(forms::sign(&chen, id, &read.hash).await), missing());
        staff(&li, draft, "8").await;
        let SignerState::Void { changed } = states(&li, draft).await.remove(1).1 else { unreachable!() };
        assert_eq!(changed.iter().map(|c| c.label.as_str()).collect::<Vec<_>>(), ["从业人数"]);
        assert_eq!(refused(cases::submit(&li, draft, "k1", &promises).await), Refusal::SignatureMissing { name: "陈某".into() });
        forms::ask_to_sign(&li, draft, "holder.2").await.unwrap();
        let again = forms::to_sign(&chen, id).await.unwrap();
        assert_eq!(again.changed.map(|c| c.len()), Some(1));
        assert_eq!(refused(forms::sign(&chen, id, &read.hash).await), Refusal::SignatureStale, "the old page signs nothing new");
        forms::sign(&chen, id, &again.hash).await.unwrap();
        cases::submit(&li, draft, "k2", &promises).await.unwrap();
    }

    /// Only whoever is meant; taken back, given back and run out it is nobody's.
    async fn nobody_else_signs(store) {
        let town = Town::open(&store).await;
        let (li, chen, shop) = (town.ask("citizen", WHEN).await, town.ask("citizen2", WHEN).await, town.ask("enterprise", WHEN).await);
        let (draft, _) = founding(&town, &li).await;
        assert_eq!(refused(forms::ask_to_sign(&chen, draft, "holder.2").await), Refusal::NotFound { thing: Thing::Draft });
        assert_eq!(refused(forms::ask_to_sign(&li, draft, "holder.1").await), Refusal::SignatureStale);
        forms::ask_to_sign(&li, draft, "holder.2").await.unwrap();
        let id = cases::my(&chen).await.unwrap().to_sign[0].id;
        let hash = forms::to_sign(&chen, id).await.unwrap().hash;
        for stranger in [&li, &shop] {
            assert_eq!(refused(forms::to_sign(stranger, id).await), missing());
            assert_eq!(refused(forms::sign(stranger, id, &hash).await), missing());
            assert_eq!(refused(forms::give_back(stranger, id, "不对").await), missing());
        }
        assert_eq!(refused(forms::sign(&town.visitor(WHEN), id, &hash).await), Refusal::SignInFirst);
        // whoever signs reads the papers, while they are asked and not longer
        let charter = forms::draft(&li, draft).await.unwrap().answers.files("charter")[0].id.parse().unwrap();
        assert!(forms::upload(&chen, charter).await.is_ok());
        assert!(forms::upload(&shop, charter).await.is_err());
        forms::give_back(&chen, id, " 出资写错了 ").await.unwrap();
        assert_eq!(states(&li, draft).await[1].1, SignerState::Returned { words: "出资写错了".into() });
        assert_eq!(refused(forms::sign(&chen, id, &hash).await), missing());
        assert!(forms::upload(&chen, charter).await.is_err());
        forms::ask_to_sign(&li, draft, "holder.2").await.unwrap();
        forms::take_back(&li, draft, "holder.2").await.unwrap();
        assert_eq!(refused(forms::sign(&chen, id, &hash).await), missing());
        // another number is another person
        forms::ask_to_sign(&li, draft, "holder.2").await.unwrap();
        let id = cases::my(&chen).await.unwrap().to_sign[0].id;
        let other = pairs(&[("rows.holders", "1"), ("rows.holders", "2"), ("open", "holders.2"), ("f.holder_kind.2", "person"), ("f.contribution_kind.2", "money"), ("f.holder_id.2", "440402188405300356"), ("act", "autosave")]);
        forms::save_page(&li, draft, "money", &other).await.unwrap();
        assert_eq!(cases::my(&chen).await.unwrap().to_sign, []);
        assert_eq!(refused(forms::sign(&chen, id, &hash).await), missing());
        forms::ask_to_sign(&li, draft, "holder.2").await.unwrap();
        let late = town.ask("enterprise", "2026-10-24T09:00:00").await;
        assert_eq!(cases::my(&shop).await.unwrap().to_sign.len(), 1);
        assert_eq!(cases::my(&late).await.unwrap().to_sign, []);
        forms::sweep(&town.hall, late.at).await.unwrap();
        assert_eq!(store::forms::signatures::list_by_draft(&mut store.read().await.unwrap(), draft).await.unwrap(), []);
    }

    /// Whoever may not act for the party any more asks for nothing and hands in nothing; the registered legal representative does.
    async fn an_agent_whose_power_ended_asks_nobody(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", WHEN).await;
        let sample = service::catalogue::samples("rlfw").unwrap().remove(0);
        let draft = town.fill(&shop, "rlfw", &sample).await;
        assert_eq!(states(&shop, draft).await, [("legal".into(), SignerState::Own)], "王某 is registered as its legal representative");
        let domain::identity::Actor::Applicant { account, .. } = shop.actor else { unreachable!() };
        let mut unit = store.unit("hall", at(WHEN)).await.unwrap();
        for agency in agencies::list_by_account(&mut unit, account).await.unwrap() {
            agencies::change(&mut unit, &agencies::AgencyRow { revoked_at: Some(at(WHEN)), ..agency }).await.unwrap();
        }
        unit.save().await.unwrap();
        let alone = town.ask("enterprise", WHEN).await;
        assert_eq!(refused(forms::ask_to_sign(&alone, draft, "legal").await), Refusal::NotFound { thing: Thing::Draft });
        assert_eq!(refused(cases::submit(&alone, draft, "k", &[]).await), Refusal::NotFound { thing: Thing::Draft });
    }
}
