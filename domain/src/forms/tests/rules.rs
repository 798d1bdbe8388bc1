//! The rules themselves, on a form made for breaking.

use super::*;
use proptest::prelude::*;

fn small() -> Form {
    Form::from_json(
        r#"{"id":"small","title":"小表","pages":[
        {"id":"one","title":"一","heading":"一","blocks":[
            {"field":{"id":"name","label":"姓名","kind":{"text":{"max":4}}}},
            {"field":{"id":"kind","label":"哪种","kind":{"choice":{"options":[{"value":"a","label":"甲"},{"value":"b","label":"乙"}]}}}},
            {"field":{"id":"picks","label":"选项","optional":true,"kind":{"choices":{"options":[{"value":"x","label":"X"},{"value":"y","label":"Y"}]}}}},
            {"field":{"id":"fee","label":"金额","optional":true,"kind":{"money":{"min":100,"max":1000000}}}},
            {"field":{"id":"size","label":"面积","optional":true,"kind":{"number":{"min":1,"max":100,"unit":"平方米","decimals":2}}}},
            {"field":{"id":"start","label":"开始","optional":true,"kind":{"date":{"earliest":"today","latest":"today + 30"}}}},
            {"field":{"id":"code","label":"代码","optional":true,"kind":"organisation_code","prefill":{"source":"organisation.code","fixed":true}}},
            {"field":{"id":"phone","label":"电话","optional":true,"kind":"phone"}},
            {"field":{"id":"note","label":"说明","optional":true,"when":"kind = 'b'","kind":{"long_text":{"max":20}}}}]},
        {"id":"two","title":"二","heading":"二","when":"kind = 'a'","blocks":[
            {"group":{"id":"people","label":"人员","legend":"第 {n} 位","noun":"位","min":1,"max":3,"add_label":"再加一位","fields":[
                {"id":"who","label":"谁","kind":{"text":{"max":10}}},
                {"id":"boss","label":"负责","kind":"yes_no"}]}},
            {"field":{"id":"scan","label":"扫描件","optional":true,"kind":{"files":{"max":2,"max_bytes":3000000,"accept":["pdf"]}}}}]}],
        "declarations":[{"id":"truth","text":"都是真的","required":true}]}"#,
    )
    .unwrap()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

fn take(form: &Form, page: &str, before: &Answers, list: &[(&str, &str)]) -> Absorbed {
    absorb(form, form.page(page).unwrap(), &pairs(list), before, today())
}

#[test]
fn the_small_form_is_sound() {
    assert_eq!(small().faults(), []);
}

#[test]
fn a_page_takes_its_own_fields_and_reports_strangers() {
    let form = small();
    let got = take(
        &form,
        "one",
        &Answers::default(),
        &[("f.name", " 张三　"), ("f.who.1", "王五"), ("f.nosuch", "x"), ("csrf", "1"), ("f.kind", "b"), ("f.note", "一\r\n二")],
    );
    assert_eq!(got.answers.one("name"), "张三");
    assert_eq!(got.answers.one("note"), "一\n二");
    assert_eq!(got.answers.values.len(), 3);
    assert_eq!(got.unknown, ["f.nosuch", "f.who.1"]);
}

#[test]
fn what_a_keyboard_did_is_mended_and_the_rest_kept_as_typed() {
    let form = small();
    let got = take(
        &form,
        "one",
        &Answers::default(),
        &[
            ("f.fee", "￥１，２３４．５０元"),
            ("f.size", "十二"),
            ("f.start", "2026年10月9日"),
            ("f.code", " 92350205madem00382 "),
            ("f.phone", "138 0000 0000"),
            ("f.name", "一个很长的名字"),
        ],
    );
    let a = got.answers;
    assert_eq!((a.one("fee"), a.one("size"), a.one("start")), ("1234.50", "十二", "2026-10-09"));
    assert_eq!((a.one("code"), a.one("phone")), ("92350205MADEM00382", "13800000000"));
    let faults = found(&form, &a);
    assert!(faults.contains(&("name".into(), Fault::TooLong { have: 7, max: 4 })));
    assert!(faults.contains(&("size".into(), Fault::NotANumber { found: "十二".into() })));
}

#[test]
fn ticks_are_emptied_only_where_they_were_drawn() {
    let form = small();
    let mut a = Answers::default();
    a.set_many("picks", vec!["x".into(), "y".into()]);
    a.set("kind", "a");
    assert_eq!(take(&form, "one", &a, &[("f.name", "张三")]).answers.many("picks").len(), 2, "a part of the page was sent");
    let whole =
        take(&form, "one", &a, &[("page", "one"), ("f.name", "张三"), ("f.picks", "x"), ("f.picks", "x"), ("f.picks", "z")])
            .answers;
    assert_eq!((whole.many("picks"), whole.one("kind")), (["x".to_owned(), "z".to_owned()].as_slice(), ""));
    assert_eq!(take(&form, "one", &a, &[("page", "two"), ("f.name", "张三")]).answers.one("kind"), "a");
    assert!(found(&form, &whole).contains(&("picks".into(), Fault::NotAnOption { found: "z".into() })));
}

#[test]
fn rows_come_and_go_with_what_is_in_them() {
    let form = small();
    let group = form.group("people").unwrap();
    let mut a = Answers::default();
    assert_eq!(a.rows_to_show(group), ["1"]);
    assert_eq!(a.add_row(group), Some("2".into()));
    assert_eq!(a.add_row(group), Some("3".into()));
    assert_eq!(a.add_row(group), None);
    a.set("who.1", "甲");
    a.set("who.2", "乙");
    a.set("boss.2", "yes");
    a.remove_row(group, "1");
    assert_eq!((a.rows("people").to_vec(), a.one("who.1")), (vec!["2".to_owned(), "3".to_owned()], ""));
    // a folded entry sends nothing of its own and loses nothing; an open one loses what was unticked
    let got =
        take(&form, "two", &a, &[("rows.people", "2"), ("rows.people", "3"), ("open", "people.3"), ("f.who.3", "丙")]).answers;
    assert_eq!((got.one("who.2"), got.one("boss.2"), got.one("who.3")), ("乙", "yes", "丙"));
    let got = take(&form, "two", &got, &[("rows.people", "2,../x,3,4,5"), ("open", "people.2")]).answers;
    assert_eq!((got.rows("people").to_vec(), got.one("boss.2")), (vec!["2".to_owned(), "3".into(), "4".into()], ""));
    let got = take(&form, "two", &got, &[("rows.people", "3")]).answers;
    assert_eq!((got.one("who.2"), got.one("who.3")), ("", "丙"), "taken out of the page, gone from the draft");
}

#[test]
fn bounds_are_told_in_their_own_unit() {
    let form = small();
    for (key, typed, want) in [
        ("fee", "0.99", Fault::TooLittle { min: 100 }),
        ("fee", "10000.01", Fault::TooMuch { max: 1_000_000 }),
        ("fee", "1.005", Fault::TooManyDecimals { max: 2 }),
        ("size", "0.5", Fault::TooSmall { min: 1, unit: "平方米".into(), unit_en: String::new() }),
        ("size", "100.01", Fault::TooLarge { max: 100, unit: "平方米".into(), unit_en: String::new() }),
        ("size", "1.234", Fault::TooManyDecimals { max: 2 }),
        ("start", "2026-10-08", Fault::DateTooEarly { earliest: day("2026-10-09") }),
        ("start", "2026-11-09", Fault::DateTooLate { latest: day("2026-11-08") }),
        ("start", "2026-02-30", Fault::BadDate { found: "2026-02-30".into() }),
    ] {
        let mut a = Answers::default();
        a.set(key, typed);
        assert_eq!(validate_field(&form, &a, key, today()).map(|p| p.fault), Some(want), "{key} {typed}");
    }
    for (key, typed) in [
        ("fee", "1"),
        ("fee", "10000"),
        ("size", "1.25"),
        ("start", "2026-10-09"),
        ("start", "2026-11-08"),
        ("phone", "0592-1234567"),
        ("phone", "13800000000"),
    ] {
        let mut a = Answers::default();
        a.set(key, typed);
        assert_eq!(validate_field(&form, &a, key, today()), None, "{key} {typed}");
    }
}

#[test]
fn files_are_judged_by_kind_size_and_number() {
    let form = small();
    let with = |files: &[(u64, &str)]| {
        let mut a = Answers::default();
        a.set("kind", "a");
        for (size, media_type) in files {
            a.add_file("scan", FileNote { size: *size, ..upload("u", "扫描.pdf", media_type) });
        }
        validate_field(&form, &a, "scan", today()).map(|p| p.fault)
    };
    let pdf = "application/pdf";
    assert_eq!(with(&[(1, pdf), (3_000_000, pdf)]), None);
    assert!(matches!(with(&[(0, pdf)]), Some(Fault::FileEmpty { .. })));
    assert!(matches!(with(&[(3_000_001, pdf)]), Some(Fault::FileTooLarge { .. })));
    assert!(matches!(with(&[(1, "image/png")]), Some(Fault::FileKind { .. })));
    assert_eq!(with(&[(1, pdf), (1, pdf), (1, pdf)]), Some(Fault::TooManyFiles { max: 2 }));
}

#[test]
fn hidden_questions_are_neither_judged_nor_submitted_nor_forgotten() {
    let form = small();
    let mut a = Answers::default();
    a.set("name", "张三");
    a.set("kind", "a");
    a.set("note", "这条说明写得太长太长太长太长太长太长太长了");
    a.set("who.1", "李四");
    a.set("boss.1", "yes");
    a.rows.insert("people".into(), vec!["1".into()]);
    assert_eq!(found(&form, &a), []);
    assert!(!settle(&form, &a, today()).values.contains_key("note"));
    a.set("kind", "b");
    assert!(matches!(found(&form, &a).as_slice(), [(key, Fault::TooLong { .. })] if key == "note"));
    assert_eq!(page_state(&form, &a, "two", today()), PageState::NotAsked);
    let settled = settle(&form, &a, today());
    assert!(settled.values.contains_key("note") && !settled.values.contains_key("who.1") && settled.rows.is_empty());
    assert_eq!(a.one("who.1"), "李四");
    assert_eq!(summary(&form, &a, today()).len(), 1);
}

#[test]
fn declarations_stand_before_submitting() {
    let form = small();
    let mut a = Answers::default();
    a.set("name", "张三");
    a.set("kind", "b");
    let missing = ready(&form, &a, today());
    assert!(matches!(missing.as_slice(), [Problem { fault: Fault::NotAgreed, .. }]));
    absorb_declarations(&form, &pairs(&[("d.truth", "on"), ("d.nosuch", "on")]), &mut a);
    assert_eq!(ready(&form, &a, today()), []);
    absorb_declarations(&form, &[], &mut a);
    assert_eq!(ready(&form, &a, today()).len(), 1);
}

#[test]
fn one_set_of_answers_has_one_fingerprint() {
    let form = small();
    let one = take(&form, "one", &Answers::default(), &[("f.name", "张三"), ("f.kind", "b"), ("f.fee", "12")]).answers;
    let other = take(&form, "one", &Answers::default(), &[("f.fee", " 12 "), ("f.kind", "b"), ("f.name", "张三")]).answers;
    assert_eq!(fingerprint(&one), fingerprint(&other));
    assert_eq!(String::from_utf8(digest(&one)).unwrap(), r#"{"values":{"fee":["12"],"kind":["b"],"name":["张三"]}}"#);
    let back: Answers = serde_json::from_slice(&digest(&one)).unwrap();
    assert_eq!(back, one);
    let mut changed = one.clone();
    changed.set("name", "张四");
    assert_ne!(fingerprint(&changed), fingerprint(&one));
}

#[test]
fn what_stands_by_its_source_cannot_be_overwritten() {
    let form = small();
    let held = [("organisation.code".to_owned(), "92350205MADEM00382".to_owned())].into_iter().collect();
    let a = prefill(&form, &held, &Answers::default(), today());
    assert_eq!(page_state(&form, &a, "one", today()), PageState::Untouched, "what we filled in does not count");
    let a = take(&form, "one", &a, &[("page", "one"), ("f.code", "91350205MADEM0011D")]).answers;
    assert_eq!((a.one("code"), a.origins.len()), ("92350205MADEM00382", 1));
    // without a source it is an ordinary question
    let a = take(&form, "one", &Answers::default(), &[("f.code", "91350205MADEM0011D")]).answers;
    let a = prefill(&form, &held, &a, today());
    assert_eq!((a.one("code"), a.origins.len()), ("91350205MADEM0011D", 0), "what was typed stays");
}

#[test]
fn a_draft_moves_to_the_next_version_and_hears_what_changed() {
    let old = small();
    let mut text = serde_json::to_value(&old).unwrap();
    let blocks = text["pages"][0]["blocks"].as_array_mut().unwrap();
    blocks.remove(3); // fee
    blocks[1]["field"]["kind"]["choice"]["options"].as_array_mut().unwrap().remove(1); // b
    blocks[0]["field"]["label"] = "名字".into();
    blocks[2]["field"]["optional"] = false.into();
    blocks.push(serde_json::json!({"field": {"id": "fresh", "label": "新问题", "kind": "yes_no"}}));
    let new: Form = serde_json::from_value(text).unwrap();
    let mut a = Answers::default();
    a.set("fee", "12");
    a.set("kind", "b");
    a.set("name", "张三");
    let changes = compare(&old, &new, &a);
    let s = |t: &str| t.to_owned();
    assert_eq!(
        changes,
        [
            Change::Reworded { field: s("name"), from: s("姓名"), to: s("名字") },
            Change::OptionGone { field: s("kind"), label: s("哪种"), value: s("b") },
            Change::NowRequired { field: s("picks"), label: s("选项") },
            Change::Added { field: s("fresh"), label: s("新问题"), page: s("one"), optional: false },
            Change::Removed { field: s("fee"), label: s("金额"), was: vec![s("12")] },
        ]
    );
    assert_eq!(compare(&old, &old, &a), []);
}

#[test]
fn buttons_read_back() {
    let s = |t: &str| t.to_owned();
    for act in [
        PageAct::Save,
        PageAct::Later,
        PageAct::Refresh,
        PageAct::AddRow { group: s("people") },
        PageAct::RemoveRow { group: s("people"), row: s("2") },
        PageAct::OpenRow { group: s("people"), row: s("2") },
        PageAct::RemoveFile { key: s("scan"), upload: s("0197") },
    ] {
        assert_eq!(PageAct::of_pairs(&[(s("act"), act.value())]), act);
    }
    for strange in ["", "remove:people", "remove:people.../", "nonsense", "add:"] {
        assert_eq!(PageAct::of_pairs(&[(s("act"), s(strange))]), PageAct::Save, "{strange}");
    }
    assert_eq!(PageAct::of_pairs(&[]), PageAct::Save);
}

#[test]
fn a_form_with_faults_cannot_be_published() {
    let base = serde_json::to_value(small()).unwrap();
    let with = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut text = base.clone();
        change(&mut text);
        serde_json::from_value::<Form>(text).unwrap().faults()
    };
    let field = |text: &mut serde_json::Value, n: usize, key: &str, value: serde_json::Value| {
        text["pages"][0]["blocks"][n]["field"][key] = value
    };
    assert_eq!(with(&|t| field(t, 1, "id", "name".into())).first(), Some(&FormFault::DuplicateId { id: "name".into() }));
    assert!(with(&|t| field(t, 0, "id", "Name".into())).contains(&FormFault::BadId { id: "Name".into() }));
    assert!(
        with(&|t| field(t, 0, "when", "kind = 'a'".into()))
            .contains(&FormFault::LooksAhead { at: "name".into(), names: "kind".into() })
    );
    for wrong in ["kind = 'c'", "nosuch = 1", "name > 3", "size", "who = 'x'", "count(size) = 1"] {
        let faults = with(&|t| field(t, 8, "when", wrong.into()));
        assert!(faults.iter().any(|f| matches!(f, FormFault::Expression { .. })), "{wrong}: {faults:?}");
    }
    assert!(with(&|t| field(t, 8, "when", "1 = 2".into())).contains(&FormFault::Unreachable { at: "note".into() }));
    assert!(with(&|t| field(t, 0, "chars", 7.into())).contains(&FormFault::Width { field: "name".into() }));
    assert!(with(&|t| field(t, 0, "label", "".into())).contains(&FormFault::NoLabel { id: "name".into() }));
    assert!(with(&|t| t["situations"] = "name".into()).contains(&FormFault::Situations { field: "name".into() }));
    assert!(
        with(&|t| t["pages"][1]["blocks"][0]["group"]["min"] = 9.into()).contains(&FormFault::Bounds { id: "people".into() })
    );
    let check = serde_json::json!([{"that": "length(name) > 1", "message": "现在 {length(nosuch)} 个字"}]);
    assert!(with(&|t| field(t, 0, "checks", check.clone())).iter().any(|f| matches!(f, FormFault::Expression { .. })));
    assert!(with(&|t| t["pages"] = serde_json::json!([])).contains(&FormFault::NoPages));
    // a key that does not exist is refused when the form is read
    assert!(Form::from_json(r#"{"id":"a","title":"b","pages":[],"colour":"red"}"#).is_err());
    assert!(
        Form::from_json(r#"{"id":"a","title":"b","pages":[{"id":"p","title":"t","heading":"h","when":"and","blocks":[]}]}"#)
            .is_err()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever a browser (or somebody pretending to be one) posts: nothing panics, the page stays within its fields, and
    /// absorbing the same page twice changes nothing more.
    #[test]
    fn any_posted_page_is_survived(list in prop::collection::vec((
        prop::sample::select(vec!["f.name", "f.kind", "f.picks", "f.fee", "f.size", "f.start", "f.code", "f.phone", "f.note", "page", "open", "act", "rows.people", "f.who.1", "zzz"]),
        ".{0,40}",
    ), 0..12)) {
        let form = small();
        let posted: Vec<(String, String)> = list.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
        let page = form.page("one").unwrap();
        let once = absorb(&form, page, &posted, &Answers::default(), today());
        let twice = absorb(&form, page, &posted, &once.answers, today());
        prop_assert_eq!(&once.answers, &twice.answers);
        prop_assert!(once.answers.values.keys().all(|k| page.places().any(|p| p.field.id == *k)));
        let problems = validate(&form, &once.answers, today());
        prop_assert!(problems.iter().any(|p| p.key == "name" || p.key == "kind" || p.key == "people") || !once.answers.one("name").is_empty());
        _ = (summary(&form, &once.answers, today()), settle(&form, &once.answers, today()), materials_needed(&form, &once.answers, today()));
    }

    #[test]
    fn mending_is_settled_after_one_pass(text in ".{0,60}", n in 0usize..9) {
        let form = small();
        let page = form.page("one").unwrap();
        let names = ["name", "kind", "picks", "fee", "size", "start", "code", "phone", "note"];
        let name = names[n];
        let once = absorb(&form, page, &[(field_name(name), text)], &Answers::default(), today()).answers;
        let again = absorb(&form, page, &[(field_name(name), once.one(name).to_owned())], &Answers::default(), today()).answers;
        prop_assert_eq!(once, again);
    }
}
