//! What applicant and office write to each other: who may, once, unanswered until answered, over when the case is.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod hall;

use domain::Refusal;
use domain::cases::{Act, LONGEST_MESSAGE, MOST_UNANSWERED};
use domain::refusal::{Saying, Thing};
use hall::*;
use service::cases::{QueueFilter, QueueTab};
use service::{Fault, cases};

fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("should have been refused: {other:?}"),
    }
}

store::on_each_database! {
    async fn both_sides_write_and_nobody_else(store) {
        let town = Town::open(&store).await;
        let (code, samples) = walk::shipped().find(|(code, _)| *code == "gljt").unwrap();
        let id = town.file(code, &samples[0]).await;
        let citizen = town.ask("citizen", "2026-10-09T10:00:00").await;
        let clerk = town.ask("clerk", "2026-10-09T11:00:00").await;
        let all = QueueFilter { tab: QueueTab::All, ..QueueFilter::default() };
        let waits = async || cases::queue(&clerk, &all).await.unwrap().lines.iter().any(|line| line.unanswered);
        assert!(!waits().await);

        cases::write(&citizen, id, "", " 需要本人到场吗？\n谢谢 ").await.unwrap();
        cases::write(&citizen, id, "", "需要本人到场吗？\n谢谢").await.unwrap();
        let page = cases::case_page(&citizen, id).await.unwrap();
        assert_eq!(page.thread.len(), 1, "sent twice, there once");
        assert_eq!((page.thread[0].words.as_str(), page.thread[0].waits, page.thread[0].from_office), ("需要本人到场吗？\n谢谢", true, false));
        assert!(waits().await);

        // what is written makes nothing stale: the version of the case is what it was
        let version = town.version(&clerk, id).await;
        let desk = cases::desk_case(&clerk, id).await.unwrap();
        cases::answer(&clerk, id, &desk.thread[0].id.to_string(), "不用，材料齐全。").await.unwrap();
        assert_eq!(town.version(&clerk, id).await, version);
        assert!(!waits().await);
        let page = cases::case_page(&citizen, id).await.unwrap();
        assert!(page.thread[1].from_office && !page.thread[1].writer.contains("张"), "the office, not its staff: {:?}", page.thread[1]);
        assert!(page.thread.iter().all(|message| !message.waits));
        assert!(cases::my(&citizen).await.unwrap().messages.iter().any(|m| m.kind == "office_wrote"));

        // strangers and the wrong door
        let other = town.ask("citizen2", "2026-10-09T12:00:00").await;
        assert_eq!(refused(cases::write(&other, id, "", "看看").await), Refusal::NotFound { thing: Thing::Case });
        assert_eq!(refused(cases::answer(&citizen, id, "", "看看").await), Refusal::NotFound { thing: Thing::Page });
        assert_eq!(refused(cases::write(&town.visitor("2026-10-09T12:00:00"), id, "", "看看").await), Refusal::SignInFirst);
        let elsewhere = town.ask("supervisor", "2026-10-09T12:00:00").await;
        assert_eq!(refused(cases::answer(&elsewhere, id, "", "看看").await), Refusal::NotFound { thing: Thing::Case });
        assert_eq!(refused(cases::settle(&elsewhere, id).await), Refusal::NotFound { thing: Thing::Case });

        // nothing, too much, too often
        assert_eq!(refused(cases::write(&citizen, id, "", " \n ").await), Refusal::NothingSaid { what: Saying::Message });
        let long = "长".repeat(LONGEST_MESSAGE as usize + 1);
        assert!(matches!(refused(cases::write(&citizen, id, "", &long).await), Refusal::SaidTooMuch { .. }));
        for n in 0..MOST_UNANSWERED {
            cases::write(&citizen, id, "", &format!("第 {n} 句")).await.unwrap();
        }
        assert!(matches!(refused(cases::write(&citizen, id, "", "还有一句").await), Refusal::Unanswered { .. }));
        cases::settle(&clerk, id).await.unwrap();
        assert!(!waits().await);
        cases::write(&citizen, id, "", "还有一句").await.unwrap();

        // words rest sealed
        let rows = store::cases::messages(&mut store.read().await.unwrap(), id, 50).await.unwrap();
        assert!(rows.iter().all(|row| !format!("{row:?}").contains("一句")));

        // after the end nobody is left to read
        town.claim_and(&clerk, id, Act::RefuseToAccept, &pairs(&[("ground", "other"), ("reason", "不在本地")])).await;
        assert_eq!(refused(cases::write(&citizen, id, "", "为什么？").await), Refusal::ThreadClosed);
        assert_eq!(refused(cases::answer(&clerk, id, "", "见决定书").await), Refusal::ThreadClosed);
        assert!(store.check_log().await.unwrap().faults.is_empty());
    }
}
