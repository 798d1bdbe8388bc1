//! Two offices look at the same case at the same time (并联), each from its own queue, on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::Refusal;
use domain::cases::documents::DocumentKind;
use domain::cases::{Act, Ending, Event, Stage, Why};
use domain::identity::Actor;
use hall::walk::{DAY, shipped};
use hall::{Town, pairs};
use service::cases::{QueueFilter, QueueTab};
use service::{Ask, Fault, cases};
use store::on_each_database;
use uuid::Uuid;

/// Somebody with the posts of one of the demonstration staff, at one office only; each office has its own people.
async fn only_in(town: &Town, login: &str, office: &str) -> Ask {
    let mut ask = town.ask(login, DAY).await;
    let unit =
        store::identity::units::find_by_code(&mut town.hall.store().glance().await.unwrap(), office).await.unwrap().unwrap();
    let Actor::Staff { account, posts, .. } = &mut ask.actor else { panic!("{login} is no staff") };
    posts.retain(|p| p.unit == unit.id);
    *account = unit.id;
    assert!(!posts.is_empty());
    ask
}

async fn on_desk(ask: &Ask, tab: QueueTab) -> Vec<(Uuid, Option<String>)> {
    let page = cases::queue(ask, &QueueFilter { tab, ..QueueFilter::default() }).await.unwrap();
    let count = match tab {
        QueueTab::Mine => page.mine,
        QueueTab::Unclaimed => page.unclaimed,
        QueueTab::Supplement | QueueTab::All => u32::try_from(page.lines.len()).unwrap(),
    };
    assert_eq!(count as usize, page.lines.len(), "counted as listed");
    page.lines.into_iter().map(|line| (line.id, line.node_title)).collect()
}

fn survey() -> Vec<(String, String)> {
    pairs(&[("site_on", "2026-10-09"), ("site_staff", "张某"), ("site_staff", "钱某"), ("findings", "18.5 × 1.2 米，铺砖")])
}

async fn filed(town: &Town) -> Uuid {
    let (_, samples) = shipped().find(|(code, _)| *code == "wjdl").unwrap();
    let id = town.file("wjdl", &samples[0]).await;
    let clerk = only_in(town, "clerk", "csglj").await;
    town.claim_and(&clerk, id, Act::Accept, &[]).await;
    id
}

on_each_database! {
    async fn road_office_and_police_each_from_their_own_queue(store) {
        let town = Town::open(&store).await;
        let id = filed(&town).await;
        let road = only_in(&town, "clerk", "csglj").await;
        let police = only_in(&town, "clerk", "gaj").await;
        assert_eq!(on_desk(&road, QueueTab::Unclaimed).await, [(id, Some("现场踏勘".into()))]);
        assert_eq!(on_desk(&police, QueueTab::Unclaimed).await, [(id, Some("听交警的意见".into()))]);
        assert_eq!(on_desk(&only_in(&town, "clerk", "zjj").await, QueueTab::Unclaimed).await, [], "no other office");
        let both = town.ask("clerk", DAY).await;
        assert_eq!(on_desk(&both, QueueTab::Unclaimed).await.len(), 1, "who works in both sees one case once");

        // the citizen sees both
        let owner = town.ask("enterprise", DAY).await;
        let page = cases::case_page(&owner, id).await.unwrap();
        assert_eq!(page.node_title.as_deref(), Some("现场踏勘、听交警的意见"));
        assert_eq!(page.case.unit_name, "区城市管理局、公安分局");
        assert_eq!(page.next, ["审查、核定修复费", "审批"]);
        assert!(page.timeline.iter().any(|l| matches!(&l.event, Event::HandedOver { node: Some(_), .. })));
        let english = Ask { lang: words::Lang::En, ..owner.clone() };
        let page = cases::case_page(&english, id).await.unwrap();
        assert_eq!(page.node_title.as_deref(), Some("Site visit and Traffic police opinion"));

        // the police answer first; a page drawn for a node that is not open is out of date
        let desk = cases::desk_case(&police, id).await.unwrap();
        assert_eq!(desk.case.stage.node(), Some("police"));
        let open: Vec<(&str, &str)> = desk.open.iter().map(|s| (s.title.as_str(), s.unit_name.as_str())).collect();
        assert_eq!(open, [("现场踏勘", "区城市管理局"), ("听交警的意见", "公安分局")]);
        let v = desk.case.version;
        let wrong = cases::act(&police, id, v, Act::Claim, &pairs(&[("node", "review")])).await;
        assert!(matches!(wrong, Err(Fault::Refused(Refusal::Stale))), "{wrong:?}");
        let not_theirs = cases::act(&police, id, v, Act::Claim, &pairs(&[("node", "survey")])).await;
        assert!(matches!(not_theirs, Err(Fault::Refused(Refusal::NotNow { why: Why::OtherPost { .. }, .. }))), "{not_theirs:?}");
        let v = cases::act(&police, id, v, Act::Claim, &pairs(&[("node", "police")])).await.unwrap();
        assert_eq!(on_desk(&police, QueueTab::Mine).await, [(id, Some("听交警的意见".into()))]);
        assert_eq!(on_desk(&road, QueueTab::Unclaimed).await.len(), 1, "the road office's part is still unclaimed");
        cases::here(&road, id, Some(true)).await.unwrap();
        let colleague = Ask { actor: Actor::Staff { account: Uuid::from_u128(77), name: "某".into(), unit_name: String::new(), posts: posts_of(&police) }, ..police.clone() };
        assert!(cases::desk_case(&colleague, id).await.unwrap().colleagues.is_empty(), "who does another part is in nobody's way");
        cases::here(&police, id, Some(true)).await.unwrap();
        assert_eq!(cases::desk_case(&colleague, id).await.unwrap().colleagues.len(), 1, "who does the same part is seen");
        cases::act(&police, id, v, Act::Pass, &pairs(&[("node", "police"), ("opinion", "同意半幅通行")])).await.unwrap();
        assert_eq!(on_desk(&police, QueueTab::All).await, [], "their part is done");
        assert!(cases::desk_case(&police, id).await.is_ok(), "and they may still look");

        // the survey's record is the road office's paper, the review waits there
        town.claim_and(&road, id, Act::Pass, &survey()).await;
        assert_eq!(on_desk(&road, QueueTab::Unclaimed).await, [(id, Some("审查、核定修复费".into()))]);
        assert_eq!(on_desk(&police, QueueTab::All).await, []);
        let page = cases::case_page(&owner, id).await.unwrap();
        assert_eq!((page.case.unit_name.as_str(), page.node_title.as_deref()), ("区城市管理局", Some("审查、核定修复费")));
        assert!(page.documents.iter().any(|d| d.kind == DocumentKind::SiteCheckRecord && d.number.contains("城市")), "{:?}", page.documents);

        // the fee is asked for; it stands among what the applicant has to do until the review is done
        let v = town.version(&road, id).await;
        cases::act(&road, id, v, Act::Claim, &[]).await.unwrap();
        let words = "挖掘修复费共 3330 元";
        cases::act(&road, id, v + 1, Act::Ask, &pairs(&[("words", words)])).await.unwrap();
        let page = cases::case_page(&owner, id).await.unwrap();
        let until = "2026-10-15".parse().unwrap();
        assert_eq!(page.asked, [("缴纳城市道路挖掘修复费".to_owned(), words.to_owned(), until)]);
        let my = cases::my(&owner).await.unwrap();
        assert!(my.running.iter().any(|l| l.asked == Some(("缴纳城市道路挖掘修复费".to_owned(), until))));
        assert!(my.messages.iter().any(|m| m.kind == "asked"));
        town.claim_and(&road, id, Act::Pass, &pairs(&[("opinion", "已到账，缴款书 2026-0001")])).await;
        assert_eq!(cases::case_page(&owner, id).await.unwrap().asked, []);
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn survey_first_then_the_police_and_the_case_comes_home(store) {
        let town = Town::open(&store).await;
        let id = filed(&town).await;
        let (road, police) = (only_in(&town, "clerk", "csglj").await, only_in(&town, "clerk", "gaj").await);
        town.claim_and(&road, id, Act::Pass, &survey()).await;
        let owner = town.ask("enterprise", DAY).await;
        let page = cases::case_page(&owner, id).await.unwrap();
        assert!(page.documents.iter().any(|d| d.kind == DocumentKind::SiteCheckRecord && d.number.contains("城市")), "{:?}", page.documents);
        assert_eq!(on_desk(&road, QueueTab::All).await, []);
        assert_eq!(on_desk(&police, QueueTab::Unclaimed).await, [(id, Some("听交警的意见".into()))]);
        town.claim_and(&police, id, Act::Pass, &pairs(&[("opinion", "同意")])).await;
        assert_eq!(on_desk(&road, QueueTab::Unclaimed).await, [(id, Some("审查、核定修复费".into()))]);
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn an_office_numbers_its_papers_once_whoever_it_acts_for(store) {
        let town = Town::open(&store).await;
        let owner = town.ask("enterprise", DAY).await;
        let (_, samples) = shipped().find(|(code, _)| *code == "dxhd").unwrap();
        // an item of the police themselves, and one that lies with them on its way
        let own = town.file("dxhd", &samples[0]).await;
        let lying = filed(&town).await;
        town.claim_and(&only_in(&town, "clerk", "csglj").await, lying, Act::Pass, &survey()).await;
        for id in [own, lying] {
            let page = cases::case_page(&owner, id).await.unwrap();
            cases::withdraw(&owner, id, page.case.version, "不办了").await.unwrap();
            let page = cases::case_page(&owner, id).await.unwrap();
            assert_eq!(page.case.stage, Stage::Ended { how: Ending::Withdrawn });
            assert!(page.documents.iter().any(|d| d.kind == DocumentKind::WithdrawalNotice && d.number.contains("公安")));
        }
    }

    async fn the_police_say_no_and_the_reasons_reach_the_applicant(store) {
        let town = Town::open(&store).await;
        let id = filed(&town).await;
        let (road, police) = (only_in(&town, "clerk", "csglj").await, only_in(&town, "clerk", "gaj").await);
        let v = town.version(&road, id).await;
        cases::act(&road, id, v, Act::Claim, &[]).await.unwrap();
        town.claim_and(&police, id, Act::Fail, &pairs(&[("opinion", "学校门口，上下学时段不能封闭")])).await;
        assert_eq!(on_desk(&road, QueueTab::Mine).await, [], "the survey is not needed any more");
        assert_eq!(on_desk(&road, QueueTab::Unclaimed).await, [(id, Some("审查、核定修复费".into()))]);
        let late = cases::act(&road, id, v + 1, Act::Pass, &survey()).await;
        assert!(matches!(late, Err(Fault::Refused(Refusal::Stale))), "{late:?}");
        town.claim_and(&road, id, Act::Fail, &pairs(&[("opinion", "交警不同意")])).await;
        let approver = town.ask("approver", DAY).await;
        town.claim_and(&approver, id, Act::Refuse, &pairs(&[("opinion", "公安交管部门不同意：学校门口，上下学时段不能封闭")])).await;
        let page = cases::case_page(&town.ask("enterprise", DAY).await, id).await.unwrap();
        assert_eq!(page.case.stage, Stage::Ended { how: Ending::Refused });
        assert!(page.documents.iter().any(|d| d.kind == DocumentKind::RefusalDecision));
    }
}

fn posts_of(ask: &Ask) -> Vec<domain::identity::Post> {
    match &ask.actor {
        Actor::Staff { posts, .. } => posts.clone(),
        Actor::Visitor | Actor::Applicant { .. } | Actor::System => Vec::new(),
    }
}
