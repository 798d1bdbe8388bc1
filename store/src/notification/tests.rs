use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::{
    deliveries::{self, DeliveryRow},
    messages::{self, Inbox, MessageRow},
};
use crate::{new_id, on_each_database};

fn now() -> DateTime<Utc> {
    "2026-03-02T01:02:03Z".parse().unwrap()
}

on_each_database! {
    async fn nobody_is_told_twice_of_one_event(store) {
        let mut unit = store.unit("system:notify", now()).await.unwrap();
        let (party, clerk, other) = (new_id(now()), new_id(now()), new_id(now()));
        let mut told = Vec::new();
        for n in 0..5 {
            let row = MessageRow {
                id: new_id(now() + TimeDelta::milliseconds(n)), event_id: new_id(now()), recipient: format!("party:{party}"), party_id: Some(party), account_id: None,
                case_id: None, kind: "accepted".into(), body: json!({"number": n}), created_at: now(), read_at: None,
            };
            assert!(messages::add(&mut unit, &row).await.unwrap());
            assert!(!messages::add(&mut unit, &MessageRow { id: new_id(now()), ..row.clone() }).await.unwrap());
            let to_clerk = MessageRow { id: new_id(now()), recipient: format!("account:{clerk}"), party_id: None, account_id: Some(clerk), ..row.clone() };
            assert!(messages::add(&mut unit, &to_clerk).await.unwrap());
            told.push(row);
        }
        let inbox = Inbox::Party(party);
        assert_eq!(messages::unread(&mut unit, &inbox).await.unwrap(), 5);
        assert_eq!(messages::unread(&mut unit, &Inbox::Party(other)).await.unwrap(), 0);
        let first = messages::list(&mut unit, &inbox, None, 3).await.unwrap();
        told.reverse();
        assert_eq!(first.rows, told[..3]);
        let second = messages::list(&mut unit, &inbox, first.next.as_ref(), 3).await.unwrap();
        assert_eq!((second.rows.as_slice(), second.next), (&told[3..], None));
        assert!(!messages::read(&mut unit, told[0].id, &Inbox::Party(other), now()).await.unwrap(), "not theirs");
        assert!(messages::read(&mut unit, told[0].id, &inbox, now()).await.unwrap());
        assert!(!messages::read(&mut unit, told[0].id, &inbox, now()).await.unwrap());
        assert_eq!(messages::read_all(&mut unit, &inbox, now()).await.unwrap(), 4);
        assert_eq!(messages::unread(&mut unit, &inbox).await.unwrap(), 0);
        assert_eq!(messages::unread(&mut unit, &Inbox::Account(clerk)).await.unwrap(), 5);
    }

    async fn a_delivery_is_tried_until_sent_or_given_up(store) {
        let mut unit = store.unit("system:sms", now()).await.unwrap();
        let row = |n: i64, channel: &str| DeliveryRow {
            id: new_id(now() + TimeDelta::milliseconds(n)), event_id: uuid::Uuid::nil(), recipient: "party:1".into(), channel: channel.into(), body: json!({}), state: "waiting".into(),
            attempts: 0, next_at: now() + TimeDelta::minutes(n), created_at: now(), sent_at: None,
        };
        let (sms, mail) = (row(0, "sms"), row(1, "mail"));
        assert!(deliveries::add(&mut unit, &sms).await.unwrap());
        assert!(!deliveries::add(&mut unit, &row(2, "sms")).await.unwrap());
        assert!(deliveries::add(&mut unit, &mail).await.unwrap());
        assert_eq!(deliveries::due(&mut unit, now(), 10).await.unwrap(), std::slice::from_ref(&sms));
        assert!(deliveries::failed(&mut unit, sms.id, Some(now() + TimeDelta::hours(1))).await.unwrap());
        assert!(deliveries::due(&mut unit, now(), 10).await.unwrap().is_empty());
        let later = deliveries::due(&mut unit, now() + TimeDelta::hours(2), 10).await.unwrap();
        assert_eq!(later.iter().map(|d| (d.id, d.attempts)).collect::<Vec<_>>(), [(mail.id, 0), (sms.id, 1)]);
        assert!(deliveries::sent(&mut unit, sms.id, now()).await.unwrap());
        assert!(!deliveries::sent(&mut unit, sms.id, now()).await.unwrap());
        assert!(deliveries::failed(&mut unit, mail.id, None).await.unwrap());
        assert!(deliveries::due(&mut unit, now() + TimeDelta::days(9), 10).await.unwrap().is_empty());
    }
}
