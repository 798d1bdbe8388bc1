//! 一件事: one form for several matters, handed in once, and a case for each of them; on both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::Refusal;
use domain::cases::view::Tracked;
use domain::forms::joint::{Joint, MATTERS};
use domain::forms::{Said, Sample, key, split_key};
use domain::refusal::Thing;
use hall::walk::{DAY, shipped};
use hall::{Town, agreed, pairs};
use service::{Answer, Fault, cases, catalogue, forms, joint};
use std::collections::BTreeMap;
use store::on_each_database;
use uuid::Uuid;

fn joint_of(town: &Town, code: &str) -> Joint {
    town.hall.published().to_fill_in(code).unwrap().joint.clone().unwrap()
}

/// Samples of these matters as one, of the joint form.
fn whole(town: &Town, bundle: &str, matters: &[&str]) -> Sample {
    let joint = joint_of(town, bundle);
    let mut all: Option<Sample> = None;
    for code in matters {
        let (_, samples) = shipped().find(|(known, _)| known == code).unwrap();
        let own = samples.into_iter().next().unwrap();
        let there = |here: &str| {
            let (field, row) = split_key(here);
            joint.place_of(code, field).map(|field| key(&field, row))
        };
        let whole = all.get_or_insert_with(|| Sample {
            answers: BTreeMap::new(),
            rows: BTreeMap::new(),
            files: BTreeMap::new(),
            held: BTreeMap::new(),
            agreed: Default::default(),
            ..own.clone()
        });
        for (here, said) in own.answers {
            if let Some(there) = there(&here) {
                whole.answers.entry(there).or_insert(said);
            }
        }
        whole.rows.extend(own.rows.into_iter().filter_map(|(id, rows)| Some((there(&id)?, rows))));
        whole.files.extend(own.files.into_iter().filter_map(|(id, file)| Some((there(&id)?, file))));
        whole.agreed.extend(own.agreed.iter().filter_map(|id| there(id)));
    }
    let mut whole = all.unwrap();
    whole.answers.insert(MATTERS.into(), Said::Many(matters.iter().map(|code| (*code).to_owned()).collect()));
    whole
}

async fn file(town: &Town, bundle: &str, sample: &Sample) -> (Uuid, domain::cases::view::Receipt) {
    let ask = town.ask(&sample.login, DAY).await;
    let draft = town.fill(&ask, bundle, sample).await;
    let page = forms::draft(&ask, draft).await.unwrap();
    assert_eq!(page.problems, []);
    let ids: Vec<&str> = sample.agreed.iter().map(String::as_str).collect();
    let receipt = cases::submit(&ask, draft, &draft.to_string(), &agreed(&ids)).await.unwrap();
    assert_eq!(cases::submit(&ask, draft, &draft.to_string(), &agreed(&ids)).await.unwrap(), receipt, "sent twice");
    (draft, receipt)
}

fn hidden<T: std::fmt::Debug>(answer: Answer<T>, thing: Thing) -> bool {
    matches!(answer.unwrap_err(), Fault::Refused(Refusal::NotFound { thing: hidden }) if hidden == thing)
}

on_each_database!(
    async fn one_form_becomes_a_case_for_each_matter(store) {
        let town = Town::open(&store).await;
        let sample = whole(&town, "catering", &["spjyxk", "hwgg", "xfjc"]);
        let ask = town.ask(&sample.login, DAY).await;
        let (draft, receipt) = file(&town, "catering", &sample).await;

        let page = joint::joint_page(&ask, receipt.joint.unwrap()).await.unwrap();
        assert_eq!((page.name.as_str(), page.number.as_str()), ("开办餐饮店", receipt.number.as_str()));
        assert_eq!(page.lines.len(), 3);
        assert_eq!(page.query_code, receipt.query_code);
        assert!(page.lines.iter().all(|line| line.joint.as_ref().is_some_and(|joint| joint.number == receipt.number)));
        // each has its own number, its own files under its own key, and what all of them asked once
        let mut seen = Vec::new();
        for line in &page.lines {
            assert_ne!(line.number, receipt.number);
            let case = cases::case_page(&ask, line.id).await.unwrap();
            let said = serde_json::to_string(&case.submitted).unwrap();
            assert!(said.contains("禾家面馆") || said.contains("某某面馆"), "{said}");
            let clerk = town.ask("clerk", DAY).await;
            if let Ok(desk) = cases::desk_case(&clerk, line.id).await {
                assert_eq!(desk.together.len(), 2);
                for file in &desk.files {
                    let mut body = forms::upload(&clerk, file.id).await.unwrap();
                    assert!(body.reader.next().await.unwrap().is_some());
                    seen.push(file.id);
                }
            }
        }
        assert!(!seen.is_empty());
        assert!(hidden(forms::draft(&ask, draft).await, Thing::Draft), "the joint draft is gone");

        // followed by anybody with the one number and its code, and by nobody else
        let stranger = town.visitor(DAY);
        let code = receipt.query_code.clone().unwrap();
        let Tracked::Joint(tracked) = cases::track(&stranger, &receipt.number, &code).await.unwrap() else { panic!("one case") };
        assert_eq!(tracked.lines.len(), 3);
        assert!(hidden(cases::track(&stranger, &receipt.number, "AAAAAA").await, Thing::Case));
        let Tracked::Case(one) = cases::track(&stranger, &page.lines[0].number, &code).await.unwrap() else { panic!("all") };
        assert_eq!(one.number, page.lines[0].number);
        let other = town.ask("citizen", DAY).await;
        assert!(hidden(joint::joint_page(&other, receipt.joint.unwrap()).await, Thing::Case));
    }
);

on_each_database!(
    async fn what_is_wanted_alone_is_filed_and_walks_to_its_end(store) {
        let town = Town::open(&store).await;
        let sample = whole(&town, "disability", &["cjrz", "cjbt"]);
        let (_, receipt) = file(&town, "disability", &sample).await;
        let ask = town.ask(&sample.login, DAY).await;
        let page = joint::joint_page(&ask, receipt.joint.unwrap()).await.unwrap();
        assert_eq!(
            page.lines.iter().map(|line| line.item_name.as_str()).collect::<Vec<_>>(),
            ["残疾人证办理", "困难残疾人生活补贴和重度残疾人护理补贴"]
        );

        let sample = whole(&town, "disability", &["cjbt"]);
        let (_, receipt) = file(&town, "disability", &sample).await;
        let page = joint::joint_page(&ask, receipt.joint.unwrap()).await.unwrap();
        assert_eq!(page.lines.len(), 1);
        let case = town.carry_on("cjbt", page.lines[0].id, true).await;
        assert_eq!(case.joint.unwrap().id, receipt.joint.unwrap());
    }
);

on_each_database!(
    async fn a_joint_form_is_refused_whole_or_taken_whole(store) {
        let town = Town::open(&store).await;
        let sample = whole(&town, "catering", &["spjyxk", "hwgg"]);
        let ask = town.ask(&sample.login, DAY).await;
        let draft = town.fill(&ask, "catering", &sample).await;
        // a sentence that only one of the matters wants said
        let mut ids: Vec<&str> = sample.agreed.iter().map(String::as_str).collect();
        ids.retain(|id| *id != "hwgg_truth");
        let refused = cases::submit(&ask, draft, "one", &agreed(&ids)).await.unwrap_err();
        assert!(matches!(refused, Fault::Refused(Refusal::DeclarationMissing { .. })), "{refused:?}");
        assert_eq!(cases::my_cases(&ask, None, 50).await.unwrap().0.len(), 0, "nothing was filed");
        assert_eq!(forms::draft(&ask, draft).await.unwrap().problems, [], "nothing was lost");
        // nothing chosen
        let posted = pairs(&[("page", "matters")]);
        forms::save_page(&ask, draft, "matters", &posted).await.unwrap();
        let refused = cases::submit(&ask, draft, "two", &agreed(&ids)).await.unwrap_err();
        assert!(matches!(refused, Fault::Refused(Refusal::FormHasProblems { .. })), "{refused:?}");
        // for whom it is not
        let person = town.ask("citizen", DAY).await;
        let refused = forms::start(&person, "catering", "k", &[]).await.unwrap_err();
        assert!(matches!(refused, Fault::Refused(Refusal::WrongAudience { .. })), "{refused:?}");
        assert!(hidden(forms::start(&person, "company", "k2", &[]).await, Thing::Item), "one matter online is no bundle");
        // a bundle is no item: it has no guide of its own
        assert!(hidden(catalogue::item(&person, "catering").await, Thing::Item));
    }
);
