#![allow(clippy::unwrap_used)]
use super::*;
use crate::forms::{Fault, Reading, Value, summary, validate};
use chrono::NaiveDate;

const PLACES: &str = "350000\t福建省\n\t350200\t厦门市\n\t\t350205\t海沧区\n\t\t\t350205001\t海沧街道\n\t\t\t350205002\t新阳街道\n\
    440000\t广东省\n\t440400\t珠海市\n\t\t440404\t金湾区\n\t\t\t440404001\t三灶镇\n\t\t\t440404002\t新阳镇\nCN\t中国（China）\n";

fn places() -> List {
    List::parse(PLACES).unwrap()
}

fn today() -> NaiveDate {
    "2026-10-09".parse().unwrap()
}

#[test]
fn the_nearest_comes_first_and_all_are_counted() {
    let names = |typed: &str, level: u8| -> Vec<String> {
        places().search(typed, level, 3).entries.into_iter().map(|found| found.name).collect()
    };
    assert_eq!(names("海沧", 1), ["福建省 厦门市 海沧区", "福建省 厦门市 海沧区 海沧街道", "福建省 厦门市 海沧区 新阳街道"]);
    assert_eq!(names("海沧", 4), ["福建省 厦门市 海沧区 海沧街道", "福建省 厦门市 海沧区 新阳街道"]);
    assert_eq!(names("福建 新阳", 1), ["福建省 厦门市 海沧区 新阳街道"]);
    assert_eq!(names("china", 1), ["中国（China）"]);
    assert_eq!(places().search("福建", 1, 2).all, 5);
    assert_eq!(places().search("  ", 1, 5), Listing::default());
    assert_eq!(names("火星", 1), Vec::<String>::new());
}

#[test]
fn one_entry_is_meant_or_none() {
    let code = |said: &str, level: u8| places().resolve(said, level).map(|found| found.code);
    for said in ["350205", "海沧区", "福建省 厦门市 海沧区", "福建省厦门市海沧区", "350205｜火星", "999｜海沧区"]
    {
        assert_eq!(code(said, 1).as_deref(), Some("350205"), "{said}");
    }
    assert_eq!(code("三灶", 1).as_deref(), Some("440404001"), "found in one only");
    assert_eq!(code("新阳", 1), None, "in two provinces");
    assert_eq!(code("海沧区", 4), None, "not deep enough, and two lie in it");
    assert_eq!(code("350205", 4), None);
}

#[test]
fn what_is_no_list_says_where() {
    for (text, fault) in [
        ("350000\n", ListFault::NoEntry { line: 1 }),
        ("1\ta\n\n\t\t2\tb\n", ListFault::TooDeep { line: 3 }),
        ("1\ta\n1\tb\n", ListFault::Twice { line: 2, code: "1".into() }),
        ("1\ta｜b\n", ListFault::NoEntry { line: 1 }),
    ] {
        assert_eq!(List::parse(text).unwrap_err(), fault, "{text:?}");
    }
}

#[test]
fn an_answer_is_kept_with_its_name_and_cannot_be_forged() {
    let form = Form::from_json(
        r#"{ "id": "x", "title": "x", "pages": [{ "id": "p", "title": "p", "heading": "p", "blocks": [
            { "field": { "id": "where", "label": "哪里", "kind": { "listed": { "list": "region", "level": 3 } } } },
            { "field": { "id": "more", "label": "再说", "when": "where = '350205'", "kind": { "text": { "max": 9 } } } }
        ] }] }"#,
    )
    .unwrap();
    assert_eq!(form.faults(), []);
    let list = places();
    let said = |text: &str, before: &Answers| {
        let mut answers = Answers::default();
        answers.set("where", text);
        look_up(&form, before, &mut answers, |name| (name == "region").then_some(&list));
        answers
    };
    let answers = said("海沧区", &Answers::default());
    assert_eq!(answers.one("where"), "350205｜福建省 厦门市 海沧区");
    let reading = Reading::new(&form, &answers, today());
    assert_eq!(reading.value_at("where"), Value::Text("350205".into()));
    assert!(reading.is_asked("more"));
    let shown = format!("{:?}", summary(&form, &answers, today())[0].entries[0].shown);
    assert!(shown.contains("福建省 厦门市 海沧区") && !shown.contains("350205"), "{shown}");
    // a browser may send the sign; what is in no list is no entry
    for forged in ["999999｜火星", "350000｜福建省"] {
        let answers = said(forged, &Answers::default());
        assert!(entry(answers.one("where")).is_none(), "{forged}");
        let problem = &validate(&form, &answers, today())[0];
        assert!(matches!(problem.fault, Fault::NotListed { .. }), "{problem:?}");
    }
    // what was chosen when the list was another stays
    let mut old = Answers::default();
    old.set("where", "350298｜福建省 厦门市 老城区");
    assert_eq!(said("350298｜福建省 厦门市 老城区", &old).one("where"), "350298｜福建省 厦门市 老城区");
    // without scripts the box holds the name alone: nothing was changed
    let pairs = [("f.where".to_owned(), "福建省 厦门市 老城区".to_owned()), ("f.more".to_owned(), "海沧区".to_owned())];
    let posted = look_up_posted(&form, &old, &pairs, |_| Some(&list));
    assert_eq!(posted[0].1, "350298｜福建省 厦门市 老城区");
    assert_eq!(posted[1].1, "海沧区", "no question that is looked up");
}

#[test]
fn a_posted_page_is_looked_up_once_for_every_box() {
    let form = Form::from_json(
        r#"{ "id": "x", "title": "x", "pages": [{ "id": "p", "title": "p", "heading": "p", "blocks": [
            { "field": { "id": "where", "label": "哪里", "kind": { "listed": { "list": "region" } } } },
            { "group": { "id": "homes", "label": "住处", "legend": "第 {n} 处", "noun": "处", "max": 9, "add_label": "加",
                "fields": [{ "id": "home", "label": "在哪里", "kind": { "listed": { "list": "region" } } }] } }
        ] }] }"#,
    )
    .unwrap();
    let list = places();
    let mut pairs = vec![("f.where".to_owned(), "海沧区".to_owned()); 5000];
    pairs.extend([
        ("rows.homes".to_owned(), "1,7".to_owned()),
        ("f.home.7".to_owned(), "三灶".to_owned()),
        ("f.home.9".to_owned(), "三灶".to_owned()),
    ]);
    let looked = std::cell::Cell::new(0);
    let posted = look_up_posted(&form, &Answers::default(), &pairs, |_| {
        looked.set(looked.get() + 1);
        Some(&list)
    });
    assert_eq!(looked.get(), 2, "one box, one look");
    assert_eq!(posted[0].1, "350205｜福建省 厦门市 海沧区");
    assert_eq!(posted[1].1, "海沧区", "said twice: nobody takes the second");
    assert_eq!(posted[5001].1, "440404001｜广东省 珠海市 金湾区 三灶镇");
    assert_eq!(posted[5002].1, "三灶", "no such entry");
    // an answer that was never an entry is looked up when it is said again
    let mut before = Answers::default();
    before.set("where", "海沧区");
    let again = look_up_posted(&form, &before, &pairs[..1], |_| Some(&list));
    assert_eq!(again[0].1, "350205｜福建省 厦门市 海沧区");
}

#[test]
fn a_question_that_is_looked_up_otherwise_is_read_anew() {
    let of = |kind: &str| {
        Form::from_json(&format!(
            r#"{{ "id": "x", "title": "x", "pages": [{{ "id": "p", "title": "p", "heading": "p", "blocks": [
                {{ "field": {{ "id": "where", "label": "哪里", "kind": {kind} }} }} ] }}] }}"#
        ))
        .unwrap()
    };
    let (text, any) = (of(r#"{ "text": { "max": 90 } }"#), of(r#"{ "listed": { "list": "region" } }"#));
    let deep = of(r#"{ "listed": { "list": "region", "level": 3 } }"#);
    let list = places();
    let carried = |was: &Form, now: &Form, said: &str| {
        let mut answers = Answers::default();
        answers.set("where", said);
        look_up_anew(was, now, &mut answers, |_| Some(&list));
        answers.one("where").to_owned()
    };
    assert_eq!(carried(&text, &any, "海沧区"), "350205｜福建省 厦门市 海沧区");
    assert_eq!(carried(&text, &any, "999999｜火星"), "火星", "typed as text, it is no entry");
    assert_eq!(carried(&any, &deep, "350000｜福建省"), "福建省", "not deep enough any more");
    assert_eq!(carried(&any, &any, "350298｜福建省 厦门市 老城区"), "350298｜福建省 厦门市 老城区", "chosen then, kept");
}

#[test]
fn what_is_meant_where_nothing_was_chosen() {
    let meant = |typed: &str| places().search(typed, 1, 9).meant(typed).map(|found| found.code.clone());
    assert_eq!(meant("海沧区").as_deref(), Some("350205"));
    assert_eq!(meant("三灶").as_deref(), Some("440404001"));
    assert_eq!((meant("海沧"), meant("新阳")), (None, None));
    assert_eq!(places().search("海沧", 1, 9).meant("别的"), None, "offered to other words");
}
