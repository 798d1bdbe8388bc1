//! Uploads stay with what they belong to, and what no answer names any more goes, on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::Refusal;
use domain::cases::Act;
use domain::forms::Answers;
use domain::refusal::Thing;
use hall::*;
use serde_json::json;
use service::forms::{Judged, attach, draft, receive, remove_files, replace, save_page};
use service::{Ask, Fault, cases};
use store::Store;
use store::forms::uploads;
use uuid::Uuid;

const PDF: &[u8] = b"%PDF-1.7\n%";

fn refused<T>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        Err(fault) => panic!("should have been refused: {fault}"),
        Ok(_) => panic!("should have been refused"),
    }
}

async fn held(store: &Store, draft: Uuid) -> usize {
    uploads::list_by_draft(&mut store.glance().await.unwrap(), draft).await.unwrap().len()
}

async fn answers(ask: &Ask, id: Uuid) -> Answers {
    draft(ask, id).await.unwrap().answers
}

store::on_each_database! {
    async fn an_entry_that_goes_takes_its_uploads_along(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let id = town.fill_food(&shop).await;
        assert_eq!(held(&store, id).await, 3);
        // taken out on a page
        save_page(&shop, id, "people", &pairs(&[("page", "people"), ("act", "remove:staff.1")])).await.unwrap();
        assert_eq!(held(&store, id).await, 2, "no upload is kept that nobody finds");
        // and by a program
        let added = json!({ "situation": "new", "staff": [{ "staff_name": "李某" }] });
        assert!(matches!(replace(&shop, id, added.as_object().unwrap()).await.unwrap(), Judged::Read(_)));
        let mut incoming = attach(&shop, id, "staff_health_file.1", "健康证明.pdf", "k").await.unwrap();
        incoming.write(PDF).await.unwrap();
        incoming.finish().await.unwrap();
        assert_eq!(held(&store, id).await, 3);
        replace(&shop, id, json!({ "situation": "new" }).as_object().unwrap()).await.unwrap();
        assert_eq!(held(&store, id).await, 2);
        assert_eq!(answers(&shop, id).await.files.len(), 2);
    }

    async fn what_a_case_was_filed_with_stays_with_it(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let first = town.fill_food(&shop).await;
        let case = cases::submit(&shop, first, "k", &truth()).await.unwrap().case;
        let clerk = town.ask("clerk", "2026-09-28T10:00:00").await;
        let asked = pairs(&[("check.layout", "on"), ("wrong.layout", "平面图看不清"), ("mend.layout", "请重新拍一张")]);
        town.claim_and(&clerk, case, Act::AskForSupplement, &asked).await;
        let shop = town.ask("enterprise", "2026-09-29T09:00:00").await;
        let supplement = cases::open_supplement(&shop, case).await.unwrap();
        let old = answers(&shop, supplement).await.files("layout")[0].id.clone();
        assert!(remove_files(&shop, supplement, "layout").await.unwrap());
        assert!(answers(&shop, supplement).await.files("layout").is_empty());
        let kept = uploads::find(&mut store.glance().await.unwrap(), Uuid::parse_str(&old).unwrap()).await.unwrap();
        assert_eq!(kept.and_then(|upload| upload.case_id), Some(case), "it is what was filed");
    }

    async fn a_place_is_looked_at_again_when_the_file_is_here(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let id = town.fill_food(&shop).await;
        save_page(&shop, id, "people", &pairs(&[("page", "people"), ("act", "add:staff")])).await.unwrap();
        let begin = async |key: &str| {
            let mut incoming = receive(&shop, id, "people", key, "健康证明.pdf").await.unwrap();
            incoming.write(PDF).await.unwrap();
            incoming
        };
        // two come at once, and there is room for one more
        let (one, other) = (begin("staff_health_file.1").await, begin("staff_health_file.1").await);
        one.finish().await.unwrap();
        assert_eq!(refused(other.finish().await), Refusal::TooManyFiles { max: 2 });
        // the entry goes while its file comes
        let late = begin("staff_health_file.2").await;
        save_page(&shop, id, "people", &pairs(&[("page", "people"), ("act", "remove:staff.2")])).await.unwrap();
        assert_eq!(refused(late.finish().await), Refusal::NotFound { thing: Thing::Upload });
        // a question of a list belongs to an entry
        assert_eq!(refused(receive(&shop, id, "people", "staff_health_file", "a.pdf").await), Refusal::NotFound { thing: Thing::Upload });
        assert_eq!(refused(attach(&shop, id, "staff_health_file.2", "a.pdf", "k").await), Refusal::NotFound { thing: Thing::Upload });
        assert_eq!(answers(&shop, id).await.files("staff_health_file.1").len(), 2);
    }
}
