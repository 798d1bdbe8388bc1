//! A form is changed while people fill it in: on the bench, through review, into force. On both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use domain::Refusal;
use domain::forms::design::view::Stage;
use domain::forms::design::{Edit, EditFault, Spot, What};
use domain::forms::{Change, Fault};
use domain::refusal::{Saying, Thing};
use hall::*;
use service::forms::bench::{self, Sheet};
use service::{Ask, Fault as Broken, cases, catalogue};

fn refused<T: std::fmt::Debug>(answer: Result<T, Broken>) -> Refusal {
    match answer {
        Err(Broken::Refused(refusal)) => refusal,
        other => panic!("should have been refused: {other:?}"),
    }
}

/// Sends some properties of a sheet; a page that was drawn whole would send all of them.
async fn set(ask: &Ask, spot: &Spot, page: &str, fields: &[(&str, &str)]) -> Result<(), Broken> {
    let posted: Vec<_> = fields.iter().map(|(name, value)| (format!("f.{name}"), (*value).to_owned())).collect();
    bench::save_sheet(ask, "gljt", &Sheet { spot: spot.clone(), page, pairs: &posted }).await
}

store::on_each_database! {
    async fn a_form_is_changed_while_somebody_fills_it_in(store) {
        let town = Town::open(&store).await;
        let son = town.ask("citizen", "2026-10-09T09:00:00").await;
        let draft = town.fill_elder(&son).await;
        let begun = service::forms::draft(&son, draft).await.unwrap();
        assert_eq!((begun.changes.clone(), begun.problems.len()), (None, 0));

        // an editor works on a copy
        let editor = town.ask("editor", "2026-10-09T10:00:00").await;
        let lines = bench::forms(&editor).await.unwrap();
        let line = lines.iter().find(|line| line.code == "gljt").unwrap();
        assert_eq!((lines.len(), line.version, line.drafts, line.next), (catalogue::SHIPPED.len(), 1, 1, None));
        assert_eq!(refused(bench::change(&editor, "gljt", &Edit::AddDeclaration).await), Refusal::NotOnBench);
        bench::begin(&editor, "gljt").await.unwrap();
        bench::begin(&editor, "gljt").await.unwrap();
        let who = Spot::Page("who".into());
        let new = bench::change(&editor, "gljt", &Edit::AddQuestion(who)).await.unwrap();
        let page = bench::bench(&editor, "gljt", Some(new.clone())).await.unwrap();
        assert_eq!((page.version, page.stage, &page.spot), (2, Stage::Draft, &new));
        assert!(!page.faults.is_empty(), "a question without words");
        assert!(matches!(refused(bench::hand_in(&editor, "gljt").await), Refusal::FormUnsound { .. }));

        // what does not read is kept as it was typed, and told once it was meant as done
        set(&editor, &new, "question", &[("label", "怎么联系您")]).await.unwrap();
        set(&editor, &new, "rules", &[("when", "applicant = ")]).await.unwrap();
        let page = bench::bench(&editor, "gljt", Some(new.clone())).await.unwrap();
        assert_eq!((page.sheet.one("when"), page.problems.len(), &page.unread), ("applicant =", 1, &vec![new.clone()]), "{:?}", page.problems);
        set(&editor, &new, "rules", &[("when", "applicant = 'family'")]).await.unwrap();
        let page = bench::bench(&editor, "gljt", Some(new.clone())).await.unwrap();
        assert_eq!((page.faults.len(), page.unread.len(), page.problems.len()), (0, 0, 0));
        assert!(page.differences.iter().any(|d| d.spot == new && d.what == What::Added));
        let needed = Edit::Remove(Spot::Question("applicant".into()));
        assert!(matches!(refused(bench::change(&editor, "gljt", &needed).await), Refusal::Unbuilt { why: EditFault::Needed { .. } }));

        // nobody who fills in has noticed
        let now = service::forms::draft(&son, draft).await.unwrap();
        assert!(now.form == begun.form && now.answers == begun.answers && now.changes.is_none());

        // two people
        bench::hand_in(&editor, "gljt").await.unwrap();
        assert_eq!(refused(set(&editor, &new, "question", &[("label", "别的")]).await), Refusal::NotOnBench);
        let today = editor.at.date_naive();
        assert_eq!(refused(bench::approve(&editor, "gljt", today).await), Refusal::SamePerson);
        let admin = town.ask("admin", "2026-10-09T11:00:00").await;
        assert_eq!(refused(bench::give_back(&admin, "gljt", " ").await), Refusal::NothingSaid { what: Saying::Reason });
        bench::give_back(&admin, "gljt", "问题要写得更短").await.unwrap();
        let page = bench::bench(&editor, "gljt", None).await.unwrap();
        assert_eq!((page.stage, page.returned.as_deref()), (Stage::Draft, Some("问题要写得更短")));
        bench::hand_in(&editor, "gljt").await.unwrap();
        let yesterday = today.pred_opt().unwrap();
        assert_eq!(refused(bench::approve(&admin, "gljt", yesterday).await), Refusal::ImpossibleDate { what: Saying::FromDate });
        let tomorrow = today.succ_opt().unwrap();
        bench::approve(&admin, "gljt", tomorrow).await.unwrap();
        assert_eq!(bench::come_into_force(&town.hall, at("2026-10-09T23:00:00")).await.unwrap(), 0);
        assert_eq!(bench::come_into_force(&town.hall, at("2026-10-10T00:01:00")).await.unwrap(), 1);
        assert_eq!(town.hall.published().procedure("gljt").unwrap().version, 2);

        // the draft is carried: every answer is there, and the person is shown what is new
        let son = town.ask("citizen", "2026-10-10T09:00:00").await;
        let carried = service::forms::draft(&son, draft).await.unwrap();
        assert_eq!(carried.answers, begun.answers);
        let changes = carried.changes.unwrap();
        assert!(matches!(changes.as_slice(), [Change::Added { label, .. }] if label == "怎么联系您"), "{changes:?}");
        assert_eq!(carried.problems.len(), 1, "the new question");
        let id = new.id();
        service::forms::save_page(&son, draft, "who", &pairs(&[("page", "who"), ("f.applicant", "family"), ("f.relation", "child"), (&format!("f.{id}"), "打电话")])).await.unwrap();
        assert!(matches!(refused(cases::submit(&son, draft, "k1", &truth()).await), Refusal::FormChanged { .. }));
        service::forms::accept_changes(&son, draft).await.unwrap();
        assert_eq!(service::forms::draft(&son, draft).await.unwrap().changes, None);
        let declared = service::forms::draft(&son, draft).await.unwrap().form.declarations;
        let agreed = agreed(&declared.iter().map(|d| d.id.as_str()).collect::<Vec<_>>());
        let receipt = cases::submit(&son, draft, "k2", &agreed).await.unwrap();
        let page = cases::case_page(&son, receipt.case).await.unwrap();
        assert_eq!(page.case.procedure.version, 2);
        assert!(page.submitted.iter().flat_map(|p| &p.entries).any(|entry| entry.label == "怎么联系您"));
        assert!(store.check_log().await.unwrap().sound());
    }

    async fn a_case_keeps_its_version_and_a_colleague_is_not_overwritten(store) {
        let town = Town::open(&store).await;
        let son = town.ask("citizen", "2026-10-09T09:00:00").await;
        let draft = town.fill_elder(&son).await;
        let declared = service::forms::draft(&son, draft).await.unwrap().form.declarations;
        let agreed = agreed(&declared.iter().map(|d| d.id.as_str()).collect::<Vec<_>>());
        let case = cases::submit(&son, draft, "k1", &agreed).await.unwrap().case;
        let before = cases::case_page(&son, case).await.unwrap().submitted;

        let editor = town.ask("editor", "2026-10-09T10:00:00").await;
        bench::begin(&editor, "gljt").await.unwrap();
        let name = Spot::Question("elder_name".into());
        // two windows on one sheet: what both changed is told with both answers, what only one changed is taken
        let windows = [0, 1].map(|_| name.clone());
        let mut drawn = Vec::new();
        for spot in windows {
            drawn.push(bench::bench(&editor, "gljt", Some(spot)).await.unwrap().drawn.controls("question"));
        }
        for (window, (label, hint)) in drawn.iter().zip([("老人叫什么名字", ""), ("老人的大名", "照身份证写")]) {
            let mut posted: Vec<_> = window.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect();
            posted.extend(pairs(&[("f.label", label), ("f.hint", hint)]));
            bench::save_sheet(&editor, "gljt", &Sheet { spot: name.clone(), page: "question", pairs: &posted }).await.unwrap();
        }
        let page = bench::bench(&editor, "gljt", Some(name.clone())).await.unwrap();
        assert_eq!((page.sheet.one("label"), page.sheet.one("hint")), ("老人叫什么名字", "照身份证写"));
        assert!(matches!(page.problems.as_slice(), [p] if matches!(&p.fault, Fault::Clash { typed, .. } if typed == "老人的大名")));
        assert!(matches!(refused(bench::hand_in(&editor, "gljt").await), Refusal::FormUnsound { .. }));
        let mut chosen: Vec<_> = page.drawn.controls("question").into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
        chosen.extend(pairs(&[("f.label", "老人叫什么名字"), ("act", "save")]));
        bench::save_sheet(&editor, "gljt", &Sheet { spot: name.clone(), page: "question", pairs: &chosen }).await.unwrap();
        assert_eq!(bench::bench(&editor, "gljt", Some(name)).await.unwrap().problems, []);
        bench::hand_in(&editor, "gljt").await.unwrap();
        let admin = town.ask("admin", "2026-10-09T11:00:00").await;
        bench::approve(&admin, "gljt", admin.at.date_naive()).await.unwrap();
        assert_eq!(town.hall.published().procedure("gljt").unwrap().version, 2);
        assert_eq!(cases::case_page(&son, case).await.unwrap().submitted, before, "a case keeps its version for ever");

        // a program that sends all its answers anew has met the new form; its draft is carried like any other
        let draft = town.fill_elder(&son).await;
        bench::begin(&editor, "gljt").await.unwrap();
        let name = Spot::Question("elder_name".into());
        set(&editor, &name, "question", &[("label", "老人")]).await.unwrap();
        bench::hand_in(&editor, "gljt").await.unwrap();
        bench::approve(&admin, "gljt", admin.at.date_naive()).await.unwrap();
        let open = service::forms::draft(&son, draft).await.unwrap();
        assert_eq!(open.changes.as_ref().map(Vec::len), Some(1));
        let answers = domain::forms::nested(&open.form, &open.answers);
        service::forms::replace(&son, draft, &answers).await.unwrap();
        assert_eq!(service::forms::draft(&son, draft).await.unwrap().changes, None);

        // thrown away, begun anew: the number moves on, ids are not given twice
        bench::begin(&editor, "gljt").await.unwrap();
        let first = bench::change(&editor, "gljt", &Edit::AddQuestion(Spot::Page("who".into()))).await.unwrap();
        bench::throw_away(&editor, "gljt").await.unwrap();
        assert_eq!(bench::bench(&editor, "gljt", None).await.unwrap().stage, Stage::Published);
        bench::begin(&editor, "gljt").await.unwrap();
        let second = bench::change(&editor, "gljt", &Edit::AddQuestion(Spot::Page("who".into()))).await.unwrap();
        assert_ne!(first, second);
        assert_eq!(bench::bench(&editor, "gljt", None).await.unwrap().version, 5);
    }

    async fn the_bench_is_for_those_who_build(store) {
        let town = Town::open(&store).await;
        for login in ["citizen", "enterprise", "clerk", "approver", "supervisor"] {
            let ask = town.ask(login, "2026-10-09T10:00:00").await;
            let nowhere = Refusal::NotFound { thing: Thing::Page };
            assert_eq!(refused(bench::forms(&ask).await), nowhere, "{login}");
            assert_eq!(refused(bench::bench(&ask, "gljt", None).await), nowhere, "{login}");
            assert_eq!(refused(bench::begin(&ask, "gljt").await), nowhere, "{login}");
        }
        let admin = town.ask("admin", "2026-10-09T10:00:00").await;
        assert_eq!(bench::bench(&admin, "gljt", None).await.unwrap().version, 1);
        assert_eq!(refused(bench::begin(&admin, "gljt").await), Refusal::NotFound { thing: Thing::Page }, "admins review, editors build");
        assert_eq!(refused(bench::bench(&admin, "nosuch", None).await), Refusal::NotFound { thing: Thing::Page });
    }
}
