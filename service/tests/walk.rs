//! Both matters from an empty draft to a verified certificate, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod hall;

use domain::Refusal;
use domain::cases::view::{About, Tracked};
use domain::cases::{Act, Ending, Event, Stage, Why};
use domain::certificates::view::Verdict;
use domain::refusal::Thing;
use hall::*;
use service::cases::{QueueFilter, QueueTab};
use service::forms::Swept;
use service::{Fault, cases, certificates};

fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Refusal {
    match answer {
        Err(Fault::Refused(refusal)) => refusal,
        other => panic!("should have been refused: {other:?}"),
    }
}

store::on_each_database! {
    async fn a_food_licence_from_draft_to_certificate(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let draft = town.fill_food(&shop).await;
        let page = service::forms::draft(&shop, draft).await.unwrap();
        assert_eq!(page.problems, [], "{:?}", page.problems);

        // a declaration is missing: nothing happens
        assert!(matches!(refused(cases::submit(&shop, draft, "k1", &[]).await), Refusal::DeclarationMissing { .. }));
        let receipt = cases::submit(&shop, draft, "k1", &truth()).await.unwrap();
        assert_eq!(receipt.number.len(), 21);
        let again = cases::submit(&shop, draft, "k1", &truth()).await.unwrap();
        assert_eq!(again, receipt, "the same key gives the same receipt");
        assert_eq!(refused(cases::submit(&shop, draft, "k1", &[]).await), Refusal::KeyCrossed);
        assert!(matches!(refused(cases::submit(&shop, draft, "k2", &truth()).await), Refusal::NotFound { .. }), "the draft is gone");

        // who may see it
        let other = town.ask("citizen2", "2026-09-27T20:20:00").await;
        assert_eq!(refused(cases::case_page(&other, receipt.case).await), Refusal::NotFound { thing: Thing::Case });
        let code = receipt.query_code.clone().unwrap();
        let tracked = cases::track(&town.visitor("2026-09-27T21:00:00"), &receipt.number, &code.to_lowercase()).await.unwrap();
        let Tracked::Case(tracked) = tracked else { panic!("several cases") };
        assert_eq!(tracked.stage, Stage::PreReview);
        assert!(refused(cases::track(&other, &receipt.number, "WRONG2").await) == Refusal::NotFound { thing: Thing::Case });
        let said = serde_json::to_string(&tracked).unwrap();
        assert!(!said.contains("某某面馆") && !said.contains("王某"), "a stranger learns no names: {said}");

        // the desk
        let clerk = town.ask("clerk", "2026-09-28T10:00:00").await;
        let queue = cases::queue(&clerk, &QueueFilter { tab: QueueTab::Unclaimed, ..QueueFilter::default() }).await.unwrap();
        assert_eq!(queue.lines.len(), 1);
        let id = receipt.case;
        let v = cases::act(&clerk, id, 1, Act::Claim, &[]).await.unwrap();
        assert_eq!(refused(cases::act(&clerk, id, 1, Act::Accept, &[]).await), Refusal::Stale);
        let asked = pairs(&[("check.layout", "on"), ("wrong.layout", "平面图看不清"), ("mend.layout", "请重新拍一张")]);
        cases::act(&clerk, id, v, Act::AskForSupplement, &asked).await.unwrap();

        // the applicant answers
        let shop = town.ask("enterprise", "2026-09-29T09:00:00").await;
        let mine = cases::my(&shop).await.unwrap();
        assert_eq!(mine.waiting.len(), 1);
        let supplement = cases::open_supplement(&shop, id).await.unwrap();
        assert_eq!(cases::open_supplement(&shop, id).await.unwrap(), supplement, "one draft, however often it is opened");
        let open = service::forms::draft(&shop, supplement).await.unwrap();
        assert_eq!(open.supplement.len(), 1);
        let old = open.answers.files("layout")[0].id.clone();
        let remove = pairs(&[("act", &format!("unfile:layout:{old}"))]);
        service::forms::save_page(&shop, supplement, "papers", &remove).await.unwrap();
        town.attach(&shop, supplement, "papers", "layout", "新平面图.pdf").await.unwrap();
        cases::submit(&shop, supplement, "k3", &truth()).await.unwrap();

        // acceptance, check on the spot, review, decision
        let clerk = town.ask("clerk", "2026-09-30T10:00:00").await;
        let page = cases::desk_case(&clerk, id).await.unwrap();
        assert_eq!((page.case.revision, &page.case.stage), (2, &Stage::PreReview));
        assert!(page.files.iter().any(|f| f.name == "新平面图.pdf"));
        let v = town.claim_and(&clerk, id, Act::Accept, &[]).await;
        cases::act(&clerk, id, v, Act::Claim, &[]).await.unwrap();
        let site = pairs(&[("site_on", "2026-09-30"), ("site_staff", "张某"), ("site_staff", "钱某"), ("findings", "布局与图一致")]);
        cases::act(&clerk, id, v + 1, Act::Pass, &site).await.unwrap();
        town.claim_and(&clerk, id, Act::Pass, &pairs(&[("opinion", "建议准予许可")])).await;
        let approver = town.ask("approver", "2026-10-08T10:00:00").await;
        assert_eq!(
            refused(cases::act(&clerk, id, town.version(&clerk, id).await, Act::Grant, &[]).await),
            Refusal::NotNow { act: Act::Grant, why: Why::OtherPost { post: "approver".into() } }
        );
        town.claim_and(&approver, id, Act::Grant, &[]).await;

        // certificate, documents, delivery, rating
        let shop = town.ask("enterprise", "2026-10-08T11:00:00").await;
        let page = cases::case_page(&shop, id).await.unwrap();
        assert_eq!(page.case.stage, Stage::Issued);
        assert!(page.timeline.iter().all(|l| !matches!(&l.event, Event::NodeDone { name, .. } if !name.is_empty())));
        let held = certificates::certificates(&shop).await.unwrap();
        let licence = held.iter().find(|c| c.type_code == "food_operation_licence").expect("issued");
        let (_, file) = certificates::certificate_file(&shop, licence.id).await.unwrap();
        let visitor = town.visitor("2026-10-09T09:00:00");
        assert_eq!(certificates::verify_file(&visitor, &file).await.unwrap().verdict, Verdict::Genuine);
        let altered = file.replace("2031", "2041");
        assert_ne!(altered, file);
        assert!(matches!(certificates::verify_file(&visitor, &altered).await.unwrap().verdict, Verdict::NotGenuine { .. }));
        let found = certificates::verify(&visitor, &licence.number, "青禾区某某面馆").await.unwrap();
        assert_eq!(found.verdict, Verdict::Genuine);
        assert_eq!(certificates::verify(&visitor, &licence.number, "别的店").await.unwrap().verdict, Verdict::NotFound);
        let late = town.visitor("2031-10-09T09:00:00");
        assert!(matches!(certificates::verify(&late, &licence.number, "青禾区某某面馆").await.unwrap().verdict, Verdict::Expired { .. }));
        town.claim_and(&clerk, id, Act::Deliver, &pairs(&[("way", "electronic")])).await;
        cases::rate(&shop, id, 5, &["510".into()], "很快").await.unwrap();
        assert!(matches!(refused(cases::rate(&shop, id, 5, &[], "").await), Refusal::NotNow { why: Why::RatedAlready, .. }));
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn an_allowance_for_a_mother_is_withdrawn_and_another_refused(store) {
        let town = Town::open(&store).await;
        let son = town.ask("citizen", "2026-10-09T09:00:00").await;
        let draft = town.fill_elder(&son).await;
        let page = service::forms::draft(&son, draft).await.unwrap();
        assert_eq!(page.problems, []);
        let receipt = cases::submit(&son, draft, "e1", &agreed(&["truth", "tell", "fetch"])).await.unwrap();
        cases::withdraw(&son, receipt.case, 1, "老人已在老家办了").await.unwrap();
        let page = cases::case_page(&son, receipt.case).await.unwrap();
        assert_eq!(page.case.stage, Stage::Ended { how: Ending::Withdrawn });
        let draft = town.fill_elder(&son).await;
        let receipt = cases::submit(&son, draft, "e2", &agreed(&["truth", "tell", "fetch"])).await.unwrap();
        let clerk = town.ask("clerk", "2026-10-09T10:00:00").await;
        town.claim_and(&clerk, receipt.case, Act::Accept, &[]).await;
        town.claim_and(&clerk, receipt.case, Act::Fail, &pairs(&[("opinion", "户籍已迁出")])).await;
        let approver = town.ask("approver2", "2026-10-09T11:00:00").await;
        let v = town.version(&approver, receipt.case).await;
        cases::act(&approver, receipt.case, v, Act::Claim, &[]).await.unwrap();
        let silent = cases::act(&approver, receipt.case, v + 1, Act::Refuse, &[]).await;
        assert!(matches!(refused(silent), Refusal::NothingSaid { .. }), "a refusal gives its reasons");
        cases::act(&approver, receipt.case, v + 1, Act::Refuse, &pairs(&[("opinion", "户籍已迁出本区")])).await.unwrap();
        let page = cases::case_page(&son, receipt.case).await.unwrap();
        assert_eq!(page.case.stage, Stage::Ended { how: Ending::Refused });
        assert!(page.documents.iter().any(|d| d.kind.name() == "benefit_refusal"));
    }

    /// R6: each submission is sent two to five times at once, over two nodes; one case each, and the same receipt for all.
    async fn the_same_submission_over_two_nodes_is_one_case(store) {
        let town = Town::open(&store).await;
        let other = Town::beside(&store.second_node().await).await;
        let mut cases_of = std::collections::BTreeSet::new();
        for n in 0..60_usize {
            let son = town.ask("citizen", "2026-10-09T09:00:00").await;
            let again = other.ask("citizen", "2026-10-09T09:00:00").await;
            let draft = town.fill_elder(&son).await;
            let key = format!("twice-{n}");
            let sent = (0..2 + n % 4).map(|i| {
                let (ask, key) = (if i % 2 == 0 { son.clone() } else { again.clone() }, key.clone());
                tokio::spawn(async move { cases::submit(&ask, draft, &key, &agreed(&["truth", "tell", "fetch"])).await.unwrap() })
            });
            let mut receipts = Vec::new();
            for sending in sent.collect::<Vec<_>>() {
                receipts.push(sending.await.unwrap());
            }
            assert!(receipts.iter().all(|r| r.case == receipts[0].case && r.number == receipts[0].number), "{receipts:?}");
            cases_of.insert(receipts[0].case);
            let crossed = cases::submit(&again, draft, &key, &agreed(&["truth", "tell"])).await;
            assert_eq!(refused(crossed), Refusal::KeyCrossed, "another body under the same key");
        }
        let mut tx = store.glance().await.unwrap();
        let all = store::cases::count(&mut tx, &store::cases::CaseScope::default(), &store::cases::CaseFilter::default(), 200).await.unwrap();
        assert_eq!((all, cases_of.len()), (60, 60));
        drop(tx);
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn silence_accepts_and_the_timer_says_so_once(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let draft = town.fill_food(&shop).await;
        let receipt = cases::submit(&shop, draft, "k", &truth()).await.unwrap();
        assert_eq!(cases::timers(&town.hall, at("2026-10-09T23:00:00")).await.unwrap(), 0);
        assert_eq!(cases::timers(&town.hall, at("2026-10-10T01:00:00")).await.unwrap(), 1);
        assert_eq!(cases::timers(&town.hall, at("2026-10-10T02:00:00")).await.unwrap(), 0);
        let page = cases::case_page(&town.ask("enterprise", "2026-10-10T09:00:00").await, receipt.case).await.unwrap();
        let acceptance = page.case.acceptance.unwrap();
        assert!(acceptance.deemed);
        assert_eq!(acceptance.on.to_string(), "2026-09-27");
    }

    async fn a_draft_is_announced_once_and_then_thrown_away(store) {
        let town = Town::open(&store).await;
        let son = town.ask("citizen", "2026-09-01T09:00:00").await;
        let draft = town.fill_elder(&son).await;
        let files = |at: &'static str| { let town = &town; async move { service::forms::sweep(&town.hall, hall::at(at)).await.unwrap() } };
        assert_eq!(files("2026-09-27T09:00:00").await, Swept::default(), "four days left");
        assert_eq!(files("2026-09-29T09:00:00").await, Swept { told: 1, removed: 0 });
        assert_eq!(files("2026-09-29T09:10:00").await, Swept::default(), "told once");
        let son = town.ask("citizen", "2026-09-29T10:00:00").await;
        let told = cases::my(&son).await.unwrap().messages;
        assert!(told.iter().any(|m| matches!(&m.about, About::Draft { draft: d, .. } if *d == draft)), "{told:?}");
        // saved again it lives on, and its new end is announced anew
        service::forms::save_page(&son, draft, "who", &pairs(&[("page", "who"), ("act", "autosave"), ("f.applicant", "family")])).await.unwrap();
        assert_eq!(files("2026-10-02T09:00:00").await, Swept::default());
        assert_eq!(files("2026-10-27T09:00:00").await, Swept { told: 1, removed: 0 });
        assert_eq!(files("2026-10-30T09:00:00").await, Swept { told: 0, removed: 1 });
        let late = town.ask("citizen", "2026-10-30T10:00:00").await;
        assert_eq!(refused(service::forms::draft(&late, draft).await), Refusal::NotFound { thing: Thing::Draft });
        assert!(store::forms::uploads::list_by_draft(&mut store.glance().await.unwrap(), draft).await.unwrap().is_empty());
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn strangers_learn_nothing_from_the_order_of_answers(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let draft = town.fill_food(&shop).await;
        let receipt = cases::submit(&shop, draft, "k", &truth()).await.unwrap();
        let visitor = town.visitor("2026-09-28T09:00:00");
        for id in [receipt.case, uuid::Uuid::from_u128(7)] {
            assert_eq!(refused(cases::case_page(&visitor, id).await), Refusal::SignInFirst);
            assert_eq!(refused(cases::desk_case(&visitor, id).await), Refusal::SignInFirst);
            assert_eq!(refused(service::forms::draft(&visitor, id).await), Refusal::SignInFirst);
            assert_eq!(refused(certificates::certificate_file(&visitor, id).await), Refusal::SignInFirst);
        }
    }

    async fn bad_uploads_are_refused_and_leave_nothing(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let draft = service::forms::start(&shop, "spjyxk", "s1", &pairs(&[("f.situation", "new")])).await.unwrap();
        let page = |bytes: &'static [u8], name: &'static str| {
            let shop = shop.clone();
            async move {
                let mut incoming = service::forms::receive(&shop, draft, "papers", "layout", name).await?;
                incoming.write(bytes).await?;
                incoming.finish().await
            }
        };
        assert!(matches!(refused(page(b"<html><script>alert(1)</script>", "a.pdf").await), Refusal::FileKind { .. }));
        assert!(matches!(refused(page(b"MZ\x90\x00\x03", "a.jpg").await), Refusal::FileKind { .. }));
        assert!(matches!(refused(page(b"", "a.pdf").await), Refusal::FileEmpty { .. }));
        let mut incoming = service::forms::receive(&shop, draft, "papers", "layout", "big.pdf").await.unwrap();
        let mut told = None;
        for _ in 0..200 {
            if let Err(fault) = incoming.write(&[b'%'; 1 << 20]).await {
                told = Some(fault);
                break;
            }
        }
        drop(incoming);
        assert!(matches!(told, Some(Fault::Refused(Refusal::FileTooLarge { .. }))));
        assert!(service::forms::receive(&shop, draft, "papers", "nothing", "a.pdf").await.is_err());
        let open = service::forms::draft(&shop, draft).await.unwrap();
        assert!(open.answers.files.is_empty(), "nothing was kept");
        let stranger = town.ask("citizen", "2026-09-27T20:00:00").await;
        assert_eq!(refused(service::forms::draft(&stranger, draft).await), Refusal::NotFound { thing: Thing::Draft });
    }

    async fn wrong_passwords_rest_the_account(store) {
        let town = Town::open(&store).await;
        let now = at("2026-10-09T09:00:00");
        let ok = service::identity::sign_in(&town.hall, now, " citizen ", PASSWORD).await.unwrap();
        assert!(!ok.is_nil());
        for left in [4, 3, 2, 1] {
            let answer = service::identity::sign_in(&town.hall, now, "citizen", "wrong").await;
            assert_eq!(refused(answer), Refusal::WrongPassword { tries_left: Some(left) });
        }
        assert!(matches!(refused(service::identity::sign_in(&town.hall, now, "citizen", "wrong").await), Refusal::Locked { .. }));
        assert!(matches!(refused(service::identity::sign_in(&town.hall, now, "citizen", PASSWORD).await), Refusal::Locked { .. }));
        let later = at("2026-10-09T09:16:00");
        assert!(service::identity::sign_in(&town.hall, later, "citizen", PASSWORD).await.is_ok());
        let nobody = service::identity::sign_in(&town.hall, later, "nobody", PASSWORD).await;
        assert_eq!(refused(nobody), Refusal::WrongPassword { tries_left: None });
    }
}
