//! The worker that typesets: one paper that cannot be made keeps no other waiting, on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use hall::*;
use serde_json::Value;
use service::cases::{self, Typesetter, typeset_wanted};
use std::sync::Arc;
use store::documents;
use uuid::Uuid;

/// Breaks down over one case and does all others.
struct Fragile(String);

impl Typesetter for Fragile {
    fn typeset(&self, _: &str, _: i64, facts: &Value) -> Result<Vec<u8>, String> {
        let number: String = facts["case_number"].as_str().unwrap().split_whitespace().collect();
        assert_ne!(number, self.0, "the press breaks down");
        Ok(b"%PDF".to_vec())
    }
}

store::on_each_database! {
    async fn what_cannot_be_made_is_given_up_and_the_others_are_made(store) {
        let town = Town::open(&store).await;
        let mut filed = Vec::new();
        for hour in 9..12 {
            let shop = town.ask("enterprise", &format!("2026-09-27T{hour:02}:00:00")).await;
            let draft = town.fill_food(&shop).await;
            filed.push(cases::submit(&shop, draft, &town.key(), &truth()).await.unwrap());
        }
        let receipt = async |case: Uuid| documents::list_by_case(&mut store.glance().await.unwrap(), case).await.unwrap().remove(0);
        // the facts of the first cannot be opened, over those of the second the press breaks down
        let (first, last) = (receipt(filed[0].case).await, receipt(filed[2].case).await);
        let mut unit = store.unit("test", at("2026-09-27T12:00:00")).await.unwrap();
        let swap = "update documents set facts = (select facts from documents where id = $2) where id = $1";
        unit.query(swap).bind(first.id).bind(last.id).execute().await.unwrap();
        unit.save().await.unwrap();
        let setter: Arc<dyn Typesetter> = Arc::new(Fragile(filed[1].number.clone()));
        let mut made = Vec::new();
        for _ in 0..6 {
            made.push(typeset_wanted(&town.hall, at("2026-09-27T12:00:00"), setter.clone()).await.unwrap());
        }
        assert_eq!(made, [1, 0, 0, 0, 0, 0]);
        let mut states = Vec::new();
        for case in &filed {
            let row = receipt(case.case).await;
            states.push((row.state, row.attempts));
        }
        assert_eq!(states, [("failed".into(), 5), ("failed".into(), 5), ("ready".to_owned(), 1)]);
    }
}
