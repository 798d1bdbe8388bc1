//! Conditions of applying and the office that receives, on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::Refusal;
use domain::cases::{Act, Charge};
use domain::refusal::Thing;
use hall::walk::{DAY, shipped};
use hall::{Town, agreed};
use service::forms::Judged;
use service::{Fault, cases, catalogue};
use store::on_each_database;

/// Born on 31 December 1949.
const TOO_YOUNG: &str = "11010519491231002X";

on_each_database! {
    async fn whoever_does_not_meet_the_conditions_is_told_why_and_loses_nothing(store) {
        let town = Town::open(&store).await;
        let ask = town.ask("citizen", DAY).await;
        let draft = town.fill_elder(&ask).await;
        town.save(&ask, draft, "elder", &elder(TOO_YOUNG)).await;
        let page = service::forms::draft(&ask, draft).await.unwrap();
        assert_eq!(page.problems, [], "it is no slip of the pen");

        let given = service::forms::problems(&ask, draft).await.unwrap();
        assert!(given.iter().any(|(pointer, _)| pointer == "/answers/elder_id"), "programs are told the place: {given:?}");
        match cases::submit(&ask, draft, "k1", &agreed(&["truth", "tell", "fetch"])).await {
            Err(Fault::Refused(Refusal::NotEligible { message, message_en })) => {
                assert!(message.contains("现在 76 周岁，2029 年 12 月 31 日满 80 周岁"), "{message}");
                assert!(message_en.contains("31 December 2029"), "{message_en}");
            }
            other => panic!("should have been refused: {other:?}"),
        }
        town.save(&ask, draft, "elder", &elder("350205188304250245")).await;
        let receipt = cases::submit(&ask, draft, "k2", &agreed(&["truth", "tell", "fetch"])).await.unwrap();

        // what was filed is the office's to decide, also when a supplement says something else
        let clerk = town.ask("clerk", "2026-10-09T10:00:00").await;
        let version = cases::act(&clerk, receipt.case, 1, Act::Claim, &[]).await.unwrap();
        let flow = town.hall.published().procedure("gljt").unwrap().flow.clone().unwrap();
        let check = &flow.intake_checks[0].id;
        let asked = [(format!("check.{check}"), "on"), (format!("wrong.{check}"), "看不清"), (format!("mend.{check}"), "请再填一次")];
        let asked: Vec<_> = asked.into_iter().map(|(name, said)| (name, said.to_owned())).collect();
        cases::act(&clerk, receipt.case, version, Act::AskForSupplement, &asked).await.unwrap();
        let ask = town.ask("citizen", "2026-10-10T09:00:00").await;
        let supplement = cases::open_supplement(&ask, receipt.case).await.unwrap();
        town.save(&ask, supplement, "elder", &elder(TOO_YOUNG)).await;
        assert_eq!(service::forms::problems(&ask, supplement).await.unwrap().iter().filter(|(_, p)| !p.page.is_empty()).count(), 0);
        cases::submit(&ask, supplement, "k3", &agreed(&["truth", "tell", "fetch"])).await.unwrap();
    }

    async fn the_office_that_will_receive_is_told_with_the_answer_that_makes_it_so(store) {
        let town = Town::open(&store).await;
        let (_, samples) = shipped().find(|(code, _)| *code == "cjbt").unwrap();
        for (street, says) in [("wanghe", "望河街道"), ("xinan", "溪南镇")] {
            let wanted = domain::forms::Said::One(street.to_owned());
            let sample = samples.iter().find(|s| s.answers.get("street") == Some(&wanted)).unwrap();
            let ask = town.ask(&sample.login, DAY).await;
            let draft = town.fill(&ask, "cjbt", sample).await;
            let told = service::forms::draft(&ask, draft).await.unwrap().receiving.unwrap();
            assert!(told.office.contains(says), "{told:?}");
            let because = told.because.iter().map(|why| why.zh.as_str()).collect::<String>();
            assert_eq!(because, format!("“户口在哪个街道、镇”选的是“{says}”"));
            let ids: Vec<&str> = sample.agreed.iter().map(String::as_str).collect();
            let receipt = cases::submit(&ask, draft, &town.key(), &agreed(&ids)).await.unwrap();
            assert_eq!(cases::case_page(&ask, receipt.case).await.unwrap().case.unit_name, told.office, "and that one received it");
        }
    }
}

on_each_database! {
    async fn what_it_costs_is_told_before_and_kept_with_the_case(store) {
        let town = Town::open(&store).await;
        let (_, samples) = shipped().find(|(code, _)| *code == "sfz").unwrap();
        let mut sums = Vec::new();
        for sample in &samples {
            let ask = town.ask(&sample.login, DAY).await;
            let draft = town.fill(&ask, "sfz", sample).await;
            let told = service::forms::draft(&ask, draft).await.unwrap().fees.unwrap();
            let ids: Vec<&str> = sample.agreed.iter().map(String::as_str).collect();
            let receipt = cases::submit(&ask, draft, &town.key(), &agreed(&ids)).await.unwrap();
            let case = cases::case_page(&ask, receipt.case).await.unwrap().case;
            assert_eq!(case.fees.as_ref(), Some(&told), "{}", sample.name);
            sums.push(Charge::total(&told));
        }
        assert!(sums.contains(&0) && sums.contains(&4000), "{sums:?}");

        let ask = town.ask("citizen", DAY).await;
        let free = town.fill_elder(&ask).await;
        assert_eq!(service::forms::draft(&ask, free).await.unwrap().fees, Some(Vec::new()), "and what is free is said to be");
    }
}

#[tokio::test]
async fn anybody_may_try_and_items_without_conditions_have_no_such_page() {
    let fresh = store::testing::sqlite().await;
    let town = Town::open(&fresh).await;
    let visitor = town.visitor(DAY);
    let page = catalogue::eligible(&visitor, "gljt").unwrap();
    let asked: Vec<&str> = page.form.places().map(|place| place.field.id.as_str()).collect();
    assert_eq!(asked, ["elder_id", "household"]);
    assert!(page.online && catalogue::item(&visitor, "gljt").await.unwrap().eligible);
    assert!(!catalogue::item(&visitor, "spjyxk").await.unwrap().eligible);
    for code in ["spjyxk", "nosuch"] {
        assert!(matches!(
            catalogue::eligible(&visitor, code),
            Err(Fault::Refused(Refusal::NotFound { thing: Thing::Page | Thing::Item }))
        ));
    }
    // the same for programs that only want to know
    let given = serde_json::json!({ "applicant": "self", "elder_id": TOO_YOUNG, "household": "outside" });
    let Judged::Read(told) = service::forms::judge(&visitor, "gljt", given.as_object().unwrap()).unwrap() else { panic!("read") };
    let places: Vec<&str> = told.iter().map(|(pointer, _)| pointer.as_str()).take(2).collect();
    assert_eq!(places, ["/answers/elder_id", "/answers/household"]);
}

fn elder(id: &'static str) -> [(&'static str, &'static str); 4] {
    [
        ("elder_name", "陈某"),
        ("elder_id", id),
        ("household", "wanghe_wanghe"),
        ("live_address", "青禾区望河街道望河社区示例路 6 号"),
    ]
}
