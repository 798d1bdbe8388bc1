//! Every procedure shipped, from form to end, on both databases: data alone must carry it.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::cases::Ending;
use domain::cases::Stage;
use domain::cases::documents::{DocumentKind, decision_kind};
use hall::Town;
use hall::walk::{DAY, shipped};
use service::{cases, certificates};
use store::on_each_database;

on_each_database! {
    async fn every_sample_is_granted_and_delivered(store) {
        let town = Town::open(&store).await;
        for (code, samples) in shipped() {
            let flow = town.hall.published().procedure(code).unwrap().flow.clone().unwrap();
            for sample in samples {
                let id = town.file(code, &sample).await;
                let case = town.carry_on(code, id, true).await;
                assert_eq!(case.stage, Stage::Ended { how: Ending::Delivered }, "{code} {}", sample.name);
                let owner = town.ask(&sample.login, DAY).await;
                let page = cases::case_page(&owner, id).await.unwrap();
                let kinds: Vec<DocumentKind> = page.documents.iter().map(|d| d.kind).collect();
                for kind in [DocumentKind::Receipt, DocumentKind::AcceptanceNotice, decision_kind(true, flow.result.manner)] {
                    assert!(kinds.contains(&kind), "{code}: {kinds:?}");
                }
                // whoever decides is the office the flow names, and what it yields is in the library
                let last = flow.nodes.iter().find(|n| n.kind == domain::cases::NodeKind::Approve).unwrap();
                if let Some(office) = &last.office {
                    let row = store::identity::units::find_by_code(&mut store.glance().await.unwrap(), office).await.unwrap();
                    assert_eq!(case.unit, row.unwrap().id, "{code}");
                }
                let held = certificates::certificates(&owner).await.unwrap();
                let issued = case.certificate.as_ref().is_some_and(|(id, _)| held.iter().any(|c| c.id == *id));
                let yields = flow.result.certificate.is_some() && !case.ends_certificate();
                assert_eq!(issued, yields, "{code} {}", sample.name);
            }
        }
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn every_procedure_can_refuse_with_reasons(store) {
        let town = Town::open(&store).await;
        for (code, samples) in shipped() {
            let flow = town.hall.published().procedure(code).unwrap().flow.clone().unwrap();
            let sample = samples.first().unwrap();
            let id = town.file(code, sample).await;
            let case = town.carry_on(code, id, false).await;
            assert_eq!(case.stage, Stage::Ended { how: Ending::Refused }, "{code}");
            let page = cases::case_page(&town.ask(&sample.login, DAY).await, id).await.unwrap();
            assert!(page.documents.iter().any(|d| d.kind == decision_kind(false, flow.result.manner)), "{code}");
        }
    }
}
