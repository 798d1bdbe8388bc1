//! Drafts while they are filled in: nothing typed is lost, and nothing taken out goes along. On both databases.
#![allow(clippy::unwrap_used)]

mod hall;

use hall::*;
use service::cases;
use store::forms::uploads;

store::on_each_database! {
    /// Two tabs: one adds an entry, the other was drawn before that and saves itself.
    async fn a_page_that_is_behind_takes_no_entry_out(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let draft = town.fill_food(&shop).await;
        let added = pairs(&[("page", "people"), ("rows.staff", "1"), ("act", "add:staff")]);
        service::forms::save_page(&shop, draft, "people", &added).await.unwrap();
        let filled = pairs(&[("page", "people"), ("rows.staff", "1"), ("rows.staff", "2"), ("open", "staff.2"), ("f.staff_name.2", "钱某")]);
        service::forms::save_page(&shop, draft, "people", &filled).await.unwrap();
        town.attach(&shop, draft, "people", "staff_health_file.2", "健康证明.jpg").await.unwrap();
        let behind = pairs(&[("page", "people"), ("rows.staff", "1"), ("open", "staff.1"), ("f.staff_name.1", "李某某"), ("act", "autosave")]);
        service::forms::save_page(&shop, draft, "people", &behind).await.unwrap();
        let page = service::forms::draft(&shop, draft).await.unwrap();
        assert_eq!(page.answers.rows("staff"), ["1", "2"]);
        assert_eq!((page.answers.one("staff_name.1"), page.answers.one("staff_name.2")), ("李某某", "钱某"));
        assert_eq!(page.answers.files("staff_health_file.2").len(), 1);
        // its own button takes it out
        let out = pairs(&[("page", "people"), ("rows.staff", "1"), ("rows.staff", "2"), ("act", "remove:staff.2")]);
        service::forms::save_page(&shop, draft, "people", &out).await.unwrap();
        assert_eq!(service::forms::draft(&shop, draft).await.unwrap().answers.rows("staff"), ["1"]);
    }

    /// A question that is not asked any more keeps its upload in the draft, and hands in nothing.
    async fn uploads_of_questions_not_asked_are_not_handed_in(store) {
        let town = Town::open(&store).await;
        let son = town.ask("citizen", "2026-10-09T09:00:00").await;
        let draft = town.fill_elder(&son).await;
        service::forms::save_page(&son, draft, "who", &pairs(&[("f.relation", "other")])).await.unwrap();
        town.attach(&son, draft, "who", "power", "授权书.jpg").await.unwrap();
        service::forms::save_page(&son, draft, "who", &pairs(&[("f.relation", "child")])).await.unwrap();
        let open = service::forms::draft(&son, draft).await.unwrap();
        assert_eq!((open.answers.files("power").len(), open.problems), (1, vec![]));
        let agreed = agreed(&open.form.declarations.iter().map(|d| d.id.as_str()).collect::<Vec<_>>());
        let receipt = cases::submit(&son, draft, "k1", &agreed).await.unwrap();
        let kept = uploads::list_by_case(&mut store.read().await.unwrap(), receipt.case).await.unwrap();
        assert!(!kept.is_empty() && kept.iter().all(|upload| upload.field != "power"));
    }

    /// Somebody else's health certificate, of an entry that was taken out, is no part of the application.
    async fn what_was_taken_out_is_not_handed_in(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let draft = town.fill_food(&shop).await;
        for act in ["add:staff", "remove:staff.2"] {
            let posted = pairs(&[("rows.staff", "1"), ("act", act)]);
            if act.starts_with("remove") {
                town.attach(&shop, draft, "people", "staff_health_file.2", "别人的健康证明.jpg").await.unwrap();
            }
            service::forms::save_page(&shop, draft, "people", &posted).await.unwrap();
        }
        let receipt = cases::submit(&shop, draft, "k1", &truth()).await.unwrap();
        let kept = uploads::list_by_case(&mut store.read().await.unwrap(), receipt.case).await.unwrap();
        let mut fields: Vec<_> = kept.iter().map(|upload| (upload.field.as_str(), upload.row.as_str())).collect();
        fields.sort_unstable();
        assert_eq!(fields, [("layout", ""), ("rules", ""), ("staff_health_file", "1")]);
    }

    /// A matter that was done before may begin from what was answered then.
    async fn a_draft_may_begin_from_an_earlier_case(store) {
        let town = Town::open(&store).await;
        let shop = town.ask("enterprise", "2026-09-27T20:00:00").await;
        let draft = town.fill_food(&shop).await;
        service::forms::save_page(&shop, draft, "people", &pairs(&[("rows.staff", "1"), ("act", "add:staff")])).await.unwrap();
        let two = pairs(&[("rows.staff", "1"), ("rows.staff", "2"), ("act", "remove:staff.2")]);
        service::forms::save_page(&shop, draft, "people", &two).await.unwrap();
        let case = cases::submit(&shop, draft, "k1", &truth()).await.unwrap().case;
        let earlier = service::forms::earlier(&shop, "spjyxk").await.unwrap();
        assert_eq!(earlier.iter().map(|line| line.case).collect::<Vec<_>>(), [case]);
        assert_eq!(service::forms::earlier(&shop, "lwpq").await.unwrap(), []);

        let then = service::forms::draft(&shop, draft).await;
        assert!(then.is_err(), "handed in");
        let from = case.to_string();
        let id = service::forms::start(&shop, "spjyxk", "again", &pairs(&[("from", &from)])).await.unwrap();
        let page = service::forms::draft(&shop, id).await.unwrap();
        assert_eq!(page.answers.one("staff_name.1"), "李某");
        assert_eq!(page.answers.rows("staff"), ["1"]);
        assert!(page.answers.files.is_empty() && page.answers.agreed.is_empty(), "papers and promises are given anew");
        assert!(page.answers.origins["staff_name.1"].starts_with("case."), "{:?}", page.answers.origins);
        assert!(page.answers.origins.values().any(|source| source == "organisation.name"), "what the hall holds is looked up anew");
        // what is changed is no longer from there
        let posted = pairs(&[("page", "people"), ("rows.staff", "1"), ("open", "staff.1"), ("f.staff_name.1", "钱某某")]);
        service::forms::save_page(&shop, id, "people", &posted).await.unwrap();
        assert!(!service::forms::draft(&shop, id).await.unwrap().answers.origins.contains_key("staff_name.1"));

        // another matter, and nonsense, begin nothing
        for (code, from) in [("lwpq", from.as_str()), ("spjyxk", "x")] {
            assert!(service::forms::start(&shop, code, "stray", &pairs(&[("from", from)])).await.is_err(), "{code} {from}");
        }
    }

    /// Somebody else's case of the same matter begins nothing and is not even there; and what was typed freely then is not fixed now.
    async fn what_was_typed_for_somebody_is_not_fixed_and_not_anybodys(store) {
        let town = Town::open(&store).await;
        let son = town.ask("citizen", "2026-10-09T09:00:00").await;
        let draft = town.fill_elder(&son).await;
        let open = service::forms::draft(&son, draft).await.unwrap();
        let declared = agreed(&open.form.declarations.iter().map(|d| d.id.as_str()).collect::<Vec<_>>());
        let case = cases::submit(&son, draft, "k1", &declared).await.unwrap().case.to_string();
        let stranger = town.ask("citizen2", "2026-10-09T09:00:00").await;
        let refused = service::forms::start(&stranger, "gljt", "k", &pairs(&[("from", &case)])).await;
        let gone = domain::Refusal::NotFound { thing: domain::refusal::Thing::Case };
        assert!(matches!(refused, Err(service::Fault::Refused(refusal)) if refusal == gone));

        let again = service::forms::start(&son, "gljt", "k2", &pairs(&[("from", &case)])).await.unwrap();
        let open = service::forms::draft(&son, again).await.unwrap();
        let key = "elder_name";
        assert!(!open.answers.one(key).is_empty() && open.answers.origins[key].starts_with("case."), "{:?}", open.answers.origins);
        assert!(!open.form.place(key).unwrap().field.stands(&open.answers, key));
        service::forms::save_page(&son, again, "elder", &pairs(&[("page", "elder"), ("f.elder_name", "钱某")])).await.unwrap();
        assert_eq!(service::forms::draft(&son, again).await.unwrap().answers.one(key), "钱某");
    }

    /// A link may bring answers: they say where they come from, and nothing that stands by its source is overwritten.
    async fn a_link_brings_answers(store) {
        let town = Town::open(&store).await;
        let son = town.ask("citizen", "2026-10-09T09:00:00").await;
        let brought = pairs(&[
            ("f.situation", "first"), ("f.home", "大观区"), ("f.landlord", "陈某"), ("f.name", "冒名"), ("f.nothing", "x"), ("f.photo", "x"),
        ]);
        let draft = service::forms::start(&son, "jzz", "k", &brought).await.unwrap();
        let open = service::forms::draft(&son, draft).await.unwrap();
        assert_eq!(open.answers.one("home"), "340803｜安徽省 安庆市 大观区");
        assert_eq!((open.answers.origins["home"].as_str(), open.answers.one("landlord")), ("link", "陈某"));
        assert!(!open.answers.origins.contains_key("situation"), "chosen on the way in");
        assert_eq!((open.answers.one("name"), open.answers.origins["name"].as_str()), ("李某", "profile.name"));
        assert!(open.answers.files.is_empty() && !open.answers.values.contains_key("nothing"));
        // what the person changes is their own
        let page = open.form.place("landlord").unwrap().page.id.clone();
        service::forms::save_page(&son, draft, &page, &pairs(&[("page", &page), ("f.landlord", "钱某")])).await.unwrap();
        assert!(!service::forms::draft(&son, draft).await.unwrap().answers.origins.contains_key("landlord"));
    }

    /// What is looked up is found by code or name, kept with both, and cannot be made up.
    async fn places_are_looked_up(store) {
        let town = Town::open(&store).await;
        let son = town.ask("citizen", "2026-10-09T09:00:00").await;
        let draft = service::forms::start(&son, "jzz", "k", &pairs(&[("f.situation", "first")])).await.unwrap();
        let form = service::forms::draft(&son, draft).await.unwrap().form;
        let page = form.place("home").unwrap().page.id.clone();
        for (said, kept) in [
            ("大观区", "340803｜安徽省 安庆市 大观区"),
            ("350205", "350205｜福建省 厦门市 海沧区"),
            ("福建省 厦门市 海沧区", "350205｜福建省 厦门市 海沧区"),
            ("350205｜火星", "350205｜福建省 厦门市 海沧区"),
            ("999999｜火星", "999999 火星"),
            ("海沧", "海沧"),
            ("海沧 海沧街道 海沧社区", "350205001001｜福建省 厦门市 海沧区 海沧街道 海沧社区居委会"),
            ("", ""),
        ] {
            service::forms::save_page(&son, draft, &page, &pairs(&[("page", &page), ("f.home", said)])).await.unwrap();
            let open = service::forms::draft(&son, draft).await.unwrap();
            assert_eq!(open.answers.one("home"), kept, "{said}");
            let told = open.problems.iter().find(|problem| problem.key == "home").map(|problem| &problem.fault);
            let right = kept.contains('｜');
            assert_eq!(told.is_none(), right, "{said}: {told:?}");
        }
    }
}
