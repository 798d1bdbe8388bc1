//! Every document that a shipped procedure makes can be typeset: granted and refused, to the last paper.
#![allow(clippy::unwrap_used)]

mod hall;
#[path = "../../service/tests/hall/mod.rs"]
mod town;

use server::typesetting::Setter;
use service::cases::{self, Typesetter};
use std::sync::Arc;
use town::walk::{DAY, shipped};
use town::{Town, at};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_document_of_every_procedure_can_be_set() {
    let fresh = store::testing::sqlite().await;
    let town = Town::open(&fresh).await;
    let setter: Arc<dyn Typesetter> = Arc::new(Setter::new(&hall::settings(&[])));
    for (code, samples) in shipped() {
        let blank = service::catalogue::blank_form(&town.visitor(DAY), code, setter.as_ref()).unwrap();
        assert!(blank.pdf.starts_with(b"%PDF-") && blank.pdf.len() > 10_000, "{code}");
        let sample = samples.first().unwrap();
        let mut filed = Vec::new();
        for granted in [true, false] {
            let case = town.file(code, sample).await;
            town.carry_on(code, case, granted).await;
            filed.push(case);
        }
        while cases::typeset_wanted(&town.hall, at(DAY), setter.clone()).await.unwrap() > 0 {}
        let owner = town.ask(&sample.login, DAY).await;
        for case in filed {
            for document in cases::case_page(&owner, case).await.unwrap().documents {
                assert!(document.ready, "{code}: {:?} could not be set", document.kind);
            }
        }
    }
}
