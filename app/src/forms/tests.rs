//! The markup of form pages, as a browser without scripts gets it.
#![allow(clippy::unwrap_used)]

use super::{DraftCheck, DraftForm, page_title};
use crate::{Mode, Preferences, Theme};
use domain::forms::view::DraftPage;
use domain::forms::{Answers, Drawn, FileNote, Form, PageState, iso_date, page_state, validate};
use leptos::prelude::*;
use words::Lang;

fn food() -> Form {
    Form::from_json(include_str!("../../../data/procedures/spjyxk.form.json")).unwrap()
}

fn elder() -> Form {
    Form::from_json(include_str!("../../../data/procedures/gljt.form.json")).unwrap()
}

fn draft(form: Form, answers: Answers, tried: &[&str]) -> DraftPage {
    let today = iso_date("2026-10-09").unwrap();
    let states = form.pages.iter().map(|p| (p.id.clone(), page_state(&form, &answers, &p.id, today)));
    DraftPage {
        id: uuid::Uuid::nil(),
        code: form.id.clone(),
        item_name: form.title.clone(),
        title: String::new(),
        states: states.filter(|(_, s)| *s != PageState::NotAsked).collect(),
        tried: tried.iter().map(|t| (*t).to_owned()).collect(),
        problems: validate(&form, &answers, today),
        saved_at: "2026-10-09T06:32:00Z".parse().unwrap(),
        expires_on: iso_date("2026-11-08").unwrap(),
        today,
        case: None,
        supplement: Vec::new(),
        changes: None,
        receiving: None,
        fees: None,
        signers: Vec::new(),
        drawn: Drawn::of(&form, &answers, "w".into()),
        key: "k".into(),
        answers,
        form,
    }
}

fn staffed() -> Answers {
    let mut a = Answers::default();
    for (key, value) in [
        ("situation", "new"),
        ("staff_name.1", "李某"),
        ("staff_id.1", "350205188001010017"),
        ("staff_role.1", "office"),
        ("staff_manager.1", "yes"),
        ("staff_name.2", "张某"),
        ("staff_id.2", "44040218840530035"),
        ("staff_role.2", "cook"),
        ("staff_health_until.2", "2026-08-30"),
    ] {
        a.set(key, value);
    }
    a.rows.insert("staff".into(), vec!["1".into(), "2".into()]);
    a.add_file(
        "staff_health_file.2",
        FileNote {
            id: "u1".into(),
            name: "旧.jpg".into(),
            size: 1_900_000,
            media_type: "image/jpeg".into(),
            hash: String::new(),
        },
    );
    a
}

/// HTML without the comments that only waking needs.
fn drawn(lang: Lang, view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_context(Preferences { lang, mode: Mode::default(), theme: Theme::default() });
        view().to_html().replace("<!>", "").replace("<!---->", "")
    })
}

fn page(draft: DraftPage, page: &str) -> String {
    let page = page.to_owned();
    drawn(Lang::ZhCn, || view! { <DraftForm draft page/> }.into_any())
}

/// The first tag that contains this text, as written.
fn tag<'h>(html: &'h str, part: &str) -> &'h str {
    let at = html.find(part).unwrap_or_else(|| panic!("{part} in {html}"));
    let open = html[..at].rfind('<').unwrap();
    &html[open..=at + html[at..].find('>').unwrap()]
}

/// Whether the box around the control with this name is hidden.
fn is_hidden(html: &str, name: &str) -> bool {
    let at = html.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("{name}"));
    let wrapper = html[..at].rfind("<div hidden").map_or(0, |i| i + 1);
    let plain = html[..at].rfind("<div><").unwrap_or(0);
    wrapper > plain
}

#[test]
fn every_page_of_both_forms_is_plain_html() {
    for form in [food(), elder()] {
        let mut answers = Answers::default();
        answers.set("situation", "new");
        answers.set("applicant", "family");
        let draft = draft(form.clone(), answers, &[]);
        for here in &form.pages {
            let html = page(draft.clone(), &here.id);
            assert!(html.contains(&here.heading) && html.contains(r#"method="post""#), "{}", here.id);
            for place in here.places() {
                let row = place.group.map_or_else(String::new, |_| ".1".into());
                let name = format!("name=\"f.{}{row}\"", place.field.id);
                let asked = !matches!(place.field.kind, domain::forms::Kind::Computed { .. });
                assert_eq!(html.contains(&name), asked, "{name}");
                assert!(html.contains(&place.field.label.replace('&', "&amp;")), "{}", place.field.id);
            }
            assert!(!html.contains("style=") && !html.contains("onclick"), "our policy forbids both");
        }
    }
}

#[test]
fn what_enter_presses_is_save() {
    let html = page(draft(food(), staffed(), &[]), "people");
    let first = html.find("<button").unwrap();
    assert!(
        html[first..].starts_with(r#"<button"#) && tag(&html, "<button").contains(r#"value="save""#),
        "{}",
        tag(&html, "<button")
    );
}

#[test]
fn errors_stand_beside_their_fields_and_at_the_top() {
    let html = page(draft(food(), staffed(), &["people"]), "people");
    assert!(html.contains(r#"role="alert""#) && html.contains(r##"href="#f-staff_id-2""##));
    let control = tag(&html, r#"name="f.staff_id.2""#);
    for part in [
        r#"id="f-staff_id-2""#,
        r#"aria-invalid="true""#,
        r#"aria-describedby="f-staff_id-2-h f-staff_id-2-e""#,
        r#"value="44040218840530035""#,
        r#"data-chars="20""#,
    ] {
        assert!(control.contains(part), "{part} in {control}");
    }
    assert!(html.contains("现在是 17 位，还差 1 位。请对照身份证再看一遍。"));
    assert!(html.contains("这张健康证明 2026 年 8 月 30 日已经过期。"));
    assert!(page_title(&draft(food(), staffed(), &["people"]), "people").starts_with("有 "));
    // nothing is told before the page was tried
    let html = page(draft(food(), staffed(), &[]), "people");
    assert!(!html.contains(r#"role="alert""#) && !html.contains(r#"class="error""#) && !html.contains(r#"aria-invalid="true""#));
}

#[test]
fn finished_entries_are_folded_and_still_sent() {
    let html = page(draft(food(), staffed(), &[]), "people");
    assert_eq!(html.matches("<fieldset class=\"entry\"").count(), 2);
    assert_eq!(html.matches("<details").count(), 1, "the first is done, the second is not");
    assert!(html.contains("350205********0017"));
    for part in [
        r#"name="rows.staff" value="1""#,
        r#"name="rows.staff" value="2""#,
        r#"name="open" value="staff.1""#,
        r#"name="f.staff_name.1""#,
        r#"value="remove:staff.2""#,
        r#"value="add:staff""#,
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(html.contains("旧.jpg") && html.contains(r#"value="unfile:staff_health_file.2:u1""#));
}

#[test]
fn questions_that_are_not_asked_are_hidden_not_missing() {
    let html = page(draft(food(), staffed(), &[]), "people");
    assert!(is_hidden(&html, "f.staff_health_number.1"), "who is in the office needs no certificate");
    assert!(!is_hidden(&html, "f.staff_health_number.2"));
    assert!(is_hidden(&html, "f.outside_manager_from"));
    let mut answers = staffed();
    answers.set("outside_manager", "yes");
    assert!(!is_hidden(&page(draft(food(), answers, &[]), "people"), "f.outside_manager_from"));
    // a question others depend on has a button for those without scripts
    assert!(html.contains(r#"value="refresh""#));
}

#[test]
fn what_stands_by_its_source_is_shown_and_not_sent() {
    let mut answers = Answers::default();
    answers.set("applicant", "family");
    answers.set("agent_id", "350205188304250245");
    answers.origins.insert("agent_id".into(), "profile.id_number".into());
    let html = page(draft(elder(), answers, &[]), "who");
    let control = tag(&html, r#"id="f-agent_id""#);
    assert!(control.contains("readonly") && control.contains("350205********0245") && !control.contains("name="), "{control}");
    assert!(html.contains("来自您的账号") && !html.contains("350205188304250245"));
}

#[test]
fn many_offers_become_a_list_and_the_age_is_worked_out() {
    let mut answers = Answers::default();
    answers.set("applicant", "family");
    answers.set("household", "wanghe_wanghe");
    answers.set("elder_id", "350205188102150027");
    let html = page(draft(elder(), answers, &[]), "elder");
    assert!(html.contains("<select") && tag(&html, r#"value="wanghe_wanghe""#).contains("selected"));
    assert!(html.contains(">145</output>"));
}

#[test]
fn a_certificate_we_hold_is_not_asked_for() {
    let mut answers = Answers::default();
    answers.set("situation", "new");
    answers.set("business_licence", "92350205MADEM00382");
    answers.origins.insert("business_licence".into(), "certificate.business_licence.number".into());
    let html = page(draft(food(), answers, &[]), "papers");
    assert!(html.contains("免交") && !html.contains(r#"name="f.business_licence""#));
    let layout = tag(&html, r#"name="f.layout""#);
    assert!(layout.contains(r#"type="file""#) && layout.contains("multiple") && layout.contains(".pdf"), "{layout}");
    assert!(html.contains("multipart/form-data"));
}

#[test]
fn the_last_page_says_what_is_missing_and_asks_for_agreement() {
    let html = drawn(Lang::ZhCn, || {
        view! { <DraftCheck draft=draft(food(), staffed(), &["people"]) after="马上给您办件编号" tried=true/> }.into_any()
    });
    assert!(html.contains("还有没填完的") && html.contains("没有填"));
    assert!(
        tag(&html, r#"name="d.truth""#).contains("required")
            && tag(&html, r#"name="d.truth""#).contains(r#"aria-invalid="true""#)
    );
    assert!(!tag(&html, r#"name="d.fetch""#).contains("required"));
    assert!(html.contains(r#"action="/apply/spjyxk/00000000-0000-0000-0000-000000000000/submit""#));
    assert!(html.contains("/people?back=check"));
    assert!(html.contains("350205********0017") && !html.contains("350205188001010017"));
}

#[test]
fn the_same_page_speaks_english() {
    let html = drawn(Lang::En, || {
        view! { <DraftForm draft=draft(food(), staffed(), &["people"]) page="people".to_owned()/> }.into_any()
    });
    assert!(html.contains("Who handles food?") && html.contains("Person 2: ID number: There are 17 characters, 1 too few."));
    assert!(html.contains("This health certificate expired on 30 August 2026."));
}

#[test]
fn a_page_that_is_not_asked_leads_on() {
    let mut answers = Answers::default();
    answers.set("situation", "change");
    let html = page(draft(food(), answers, &[]), "people");
    assert!(html.contains("这一页不用填") && !html.contains("<form"));
}

#[test]
fn a_condition_that_does_not_hold_stands_above_every_page_but_not_of_a_supplement() {
    let mut answers = Answers::default();
    answers.set("elder_id", "11010519491231002X");
    for here in ["who", "elder", "account"] {
        let told = page(draft(elder(), answers.clone(), &[]), here);
        assert!(told.contains("不符合申请条件") && told.contains("年满 80 周岁才能申请"), "{here}");
        assert!(told.contains("老年人权益保障法"), "{here}");
    }
    let supplement = DraftPage { case: Some(uuid::Uuid::nil()), ..draft(elder(), answers, &[]) };
    assert!(!page(supplement, "elder").contains("不符合申请条件"));
    assert!(!page(draft(elder(), Answers::default(), &[]), "elder").contains("不符合申请条件"));
}
