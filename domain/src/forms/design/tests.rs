//! Building forms: every form we ship, and made-up ones.

use super::*;
use crate::forms::tests::today;
use crate::forms::{Answers, Fault, Form, Kind, validate};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn shipped() -> Vec<Form> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/procedures");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.retain(|path| path.to_string_lossy().ends_with(".form.json"));
    files.iter().map(|path| Form::from_json(&std::fs::read_to_string(path).unwrap()).unwrap()).collect()
}

fn spots(form: &Form) -> Vec<Spot> {
    form.things().into_iter().map(|(thing, _)| thing.spot()).collect()
}

#[test]
fn every_sheet_is_a_sound_form() {
    let spots = ["form", "page:a", "list:a", "question:a", "declaration:a"];
    for spot in spots.map(|spot| spot.parse::<Spot>().unwrap()) {
        let sheet = sheet(&spot).unwrap();
        assert_eq!(sheet.faults(), [], "{spot}");
    }
    let kinds = sheet(&Spot::Question("a".into())).unwrap().place("kind").unwrap().field.kind.options();
    assert_eq!(kinds.iter().map(|option| option.value.as_str()).collect::<Vec<_>>(), Kind::names());
}

#[test]
fn every_set_becomes_questions_like_any_other() {
    assert_eq!(sets().iter().map(|set| set.name.as_str()).collect::<Vec<_>>(), ["period", "person", "organisation", "place"]);
    for set in sets() {
        let mut form = shipped().swap_remove(3);
        let page = form.pages[0].id.clone();
        let before = form.places().count();
        let first = form.edit(&Edit::AddSet(set.name.clone(), Spot::Page(page)), &BTreeSet::new()).unwrap();
        assert_eq!(form.places().count(), before + set.len(), "{}", set.name);
        assert!(form.thing(&first).is_some());
        assert_eq!(form.faults(), [], "{}", set.name);
        for place in form.places().skip(before) {
            let spot = Spot::Question(place.field.id.clone());
            let answers = properties(&form, &spot).unwrap();
            assert_eq!(validate(sheet(&spot).unwrap(), &answers, today()), [], "{} {spot}", set.name);
            assert!(!place.field.label_en.is_empty() && place.field.hint.is_empty() == place.field.hint_en.is_empty());
        }
    }
}

#[test]
fn every_shipped_form_goes_onto_its_sheets_and_back_unchanged() {
    let forms = shipped();
    assert!(forms.len() >= 20);
    for form in forms {
        let mut back = form.clone();
        for spot in spots(&form) {
            let answers = properties(&form, &spot).unwrap();
            assert_eq!(validate(sheet(&spot).unwrap(), &answers, today()), [], "{} {spot}", form.id);
            put(&mut back, &spot, &answers, today()).unwrap();
        }
        assert_eq!(back, form);
        assert_eq!(differences(&form, &back, today()), []);
    }
}

/// Put back onto a form whose things are blank: whatever is not on a sheet would be missing.
#[test]
fn the_sheets_hold_everything() {
    for form in shipped() {
        let mut bare = Form { eligibility: Vec::new(), ..form.clone() };
        for (thing, _) in form.things() {
            if let Thing::Question(field) = thing {
                *bare.field_mut(&field.id).unwrap() = crate::forms::Field::blank(field.id.clone());
            }
        }
        for spot in spots(&form) {
            put(&mut bare, &spot, &properties(&form, &spot).unwrap(), today()).unwrap();
        }
        assert_eq!(bare, form, "{}", form.id);
    }
}

#[test]
fn what_does_not_read_is_told_and_kept() {
    let mut work = Work::on(shipped().remove(0));
    let spot = work.form.things().into_iter().map(|(t, _)| t.spot()).find(|s| matches!(s, Spot::Question(_))).unwrap();
    let before = work.form.clone();
    let mut answers = work.sheet(&spot).unwrap();
    answers.set("when", "situation = ");
    answers.set("label", "新的问题");
    let problems = work.take(&spot, &answers, today());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].key, "when");
    assert!(matches!(&problems[0].fault, Fault::Check { message, .. } if message.contains('第')), "{problems:?}");
    assert_eq!((&work.form, work.sheet(&spot).unwrap().one("label")), (&before, "新的问题"));
    assert!(!work.is_sound());
    answers.set("when", "");
    assert_eq!(work.take(&spot, &answers, today()), []);
    assert_eq!(properties(&work.form, &spot).unwrap().one("label"), "新的问题");
    assert!(work.unread.is_empty());
    let told = differences(&before, &work.form, today());
    assert!(told.iter().any(|d| d.spot == spot && matches!(d.what, What::Changed { .. })), "{told:?}");
}

#[test]
fn what_others_rest_on_is_not_taken_away() {
    let mut form = shipped().into_iter().find(|form| form.id == "gljt").unwrap();
    let applicant = Spot::Question("applicant".into());
    let Err(EditFault::Needed { by }) = form.edit(&Edit::Remove(applicant), &BTreeSet::new()) else { panic!() };
    assert!(by.contains(&"您是老人的".to_owned()), "{by:?}");
    // of a page, what rests on it from inside does not count
    let page = Spot::Page(form.pages.last().unwrap().id.clone());
    let next = form.edit(&Edit::Remove(page.clone()), &BTreeSet::new()).unwrap();
    assert!(next == Spot::Form && form.thing(&page).is_none());
}

#[test]
fn an_id_is_never_given_twice() {
    let mut form = shipped().remove(0);
    let page = Spot::Page(form.pages[0].id.clone());
    let first = form.edit(&Edit::AddQuestion(page.clone()), &BTreeSet::new()).unwrap();
    assert_eq!(first, Spot::Question("q1".into()));
    let used = form.ids();
    form.edit(&Edit::Remove(first), &used).unwrap();
    assert_eq!(form.edit(&Edit::AddQuestion(page), &used).unwrap(), Spot::Question("q2".into()));
}

#[test]
fn differences_are_told_by_what_they_are() {
    let old = shipped().into_iter().find(|form| form.id == "gljt").unwrap();
    let mut new = old.clone();
    let page = Spot::Page(old.pages[1].id.clone());
    let added = new.edit(&Edit::AddQuestion(page), &BTreeSet::new()).unwrap();
    let moved = Spot::Page(old.pages[2].id.clone());
    new.edit(&Edit::Move(moved.clone(), Way::Up), &BTreeSet::new()).unwrap();
    let found = differences(&old, &new, today());
    assert!(found.iter().any(|d| d.spot == added && d.what == What::Added));
    let pages: Vec<_> = found.iter().filter(|d| d.what == What::Moved).collect();
    assert_eq!(pages.len(), 1, "one of the two that changed places: {pages:?}");
    assert!(differences(&new, &old, today()).iter().any(|d| d.spot == added && d.what == What::Removed));
}

#[test]
fn what_can_never_be_asked_is_told() {
    for form in shipped() {
        let odd: Vec<_> =
            advice(&form, today()).into_iter().filter(|a| matches!(a.about, About::NeverAsked | About::AlwaysAsked)).collect();
        assert_eq!(odd, [], "{}", form.id);
    }
    let mut form = shipped().into_iter().find(|form| form.id == "gljt").unwrap();
    let mut said = |page: Option<&str>, question: &str| {
        form.pages[1].when = page.map(|text| text.parse().unwrap());
        let field = form.pages[1].blocks.iter_mut().find_map(|block| match block {
            crate::forms::Block::Field(field) => Some(field),
            crate::forms::Block::Group(_) => None,
        });
        let field = field.unwrap();
        field.when = Some(question.parse().unwrap());
        let spot = Spot::Question(field.id.clone());
        let found = advice(&form, today()).into_iter().filter(|a| a.spot == spot).map(|a| a.about);
        found.filter(|about| matches!(about, About::NeverAsked | About::AlwaysAsked)).collect::<Vec<_>>()
    };
    assert_eq!(said(None, "applicant = 'family'"), []);
    assert_eq!(said(None, "applicant = 'family' and applicant = 'self'"), [About::NeverAsked]);
    // against the condition of its page
    assert_eq!(said(Some("applicant = 'self'"), "applicant = 'family'"), [About::NeverAsked]);
    assert_eq!(said(None, "applicant = 'family' or not (applicant = 'family')"), [About::AlwaysAsked]);
    // an open question is not guessed at
    assert_eq!(said(None, "length(agent_mobile) > 99"), []);
}

/// As much of JSON Schema as the document's schema uses: what does not fit, with its place.
fn misfits(schema: &serde_json::Value, defs: &serde_json::Value, value: &serde_json::Value, at: &str) -> Vec<String> {
    use serde_json::Value;
    if let Some(name) = schema["$ref"].as_str() {
        return misfits(&defs[name.trim_start_matches("#/$defs/")], defs, value, at);
    }
    for (word, most) in [("oneOf", 1), ("anyOf", usize::MAX)] {
        if let Some(ways) = schema[word].as_array() {
            let fitting = ways.iter().filter(|way| misfits(way, defs, value, at).is_empty()).count();
            return if (1..=most).contains(&fitting) { vec![] } else { vec![format!("{at}: {fitting} of {word}")] };
        }
    }
    if let Some(offers) = schema["enum"].as_array() {
        return if offers.contains(value) { vec![] } else { vec![format!("{at}: {value}")] };
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
        _ => panic!("{at}: {schema}"),
    };
    let fits = types.iter().any(|name| match *name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other}"),
    });
    let mut found = if fits { vec![] } else { vec![format!("{at}: {value}")] };
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(misfits(&schema["items"], defs, item, &format!("{at}/{n}")));
    }
    if let Some(object) = value.as_object() {
        let missing = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        found.extend(missing.filter(|name| !object.contains_key(*name)).map(|name| format!("{at}: no {name}")));
        for (name, item) in object {
            match schema["properties"].get(name) {
                Some(schema) => found.extend(misfits(schema, defs, item, &format!("{at}/{name}"))),
                None => found.push(format!("{at}: {name} is not told")),
            }
        }
    }
    found
}

#[test]
fn every_form_follows_the_published_schema() {
    let schema = document_schema();
    for form in shipped() {
        let document = serde_json::to_value(&form).unwrap();
        assert_eq!(misfits(&schema, &schema["$defs"], &document, &form.id), Vec::<String>::new());
    }
    // every kind as it is to begin with, so that none is left out
    for name in Kind::names() {
        let mut field = crate::forms::Field::blank("q1".into());
        field.kind = Kind::blank(name).unwrap();
        let mut value = serde_json::to_value(&field).unwrap();
        if let Some(options) = value.pointer_mut(&format!("/kind/{name}/options")) {
            *options = serde_json::json!([{ "value": "a", "label": "甲" }]);
        }
        assert_eq!(misfits(&schema["$defs"]["field"], &schema["$defs"], &value, name), Vec::<String>::new());
        assert_eq!(field.kind.name(), *name);
    }
    let wrong = serde_json::json!({ "id": "q1", "label": "x", "kind": "telepathy", "more": 1 });
    assert_eq!(misfits(&schema["$defs"]["field"], &schema["$defs"], &wrong, "").len(), 2);
}

fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
fn a_field_list_becomes_questions() {
    let mut work = Work::on(shipped().remove(0));
    let before = work.form.places().count();
    let list = table(&[
        &["青禾区体育局", ""],
        &["序号", "分组", "字段名称*", "字段类型", "是否必填", "可选值", "填写说明"],
        &["1", "场所", "场所名称", "字符串", "是", "", "和门牌一致"],
        &["2", "", "开放时间", "下拉框", "否", "全天；白天；晚上", ""],
        &["3", "", "开业日期", "日期", "√", "", ""],
        &["4", "设备", "设备照片", "附件", "是", "", ""],
        &["5", "", "坐标", "GIS 图形", "否", "", ""],
        &["", "", "", "", "", "", ""],
        &["6", "", "", "日期", "", "", ""],
    ]);
    let taken = take_table(&mut work, &list, &BTreeSet::new(), today()).unwrap();
    assert_eq!((taken.questions, work.form.places().count()), (5, before + 5));
    assert_eq!(taken.remarks.len(), 2, "{:?}", taken.remarks);
    assert_eq!(taken.remarks[0], Remark { row: 7, what: Odd::Kind { found: "GIS 图形".into() } });
    assert_eq!(taken.remarks[1], Remark { row: 9, what: Odd::NoName });
    assert!(work.is_sound(), "{:?} {:?}", work.form.faults(), work.unread);
    let [.., place, devices] = work.form.pages.as_slice() else { panic!() };
    assert_eq!((place.title.as_str(), place.blocks.len(), devices.blocks.len()), ("场所", 3, 2));
    let hours = work.form.places().find(|p| p.field.label == "开放时间").unwrap().field;
    assert!(hours.optional && hours.kind.options().len() == 3 && hours.kind.options()[1].label == "白天");
    // the same list again changes what it names by id, and adds nothing
    let again = table(&[&["代号", "问题"], &[&hours.id.clone(), "什么时候开放"]]);
    let count = work.form.places().count();
    take_table(&mut work, &again, &BTreeSet::new(), today()).unwrap();
    assert_eq!(work.form.places().count(), count);
    assert!(work.form.places().any(|p| p.field.label == "什么时候开放" && p.field.kind.options().len() == 3));
    let before = work.clone();
    assert_eq!(take_table(&mut work, &table(&[&["a", "b"]]), &BTreeSet::new(), today()), Err(TableFault::NoHeadings));
    assert_eq!(work, before);
}

fn edits() -> impl Strategy<Value = Vec<(u8, usize, bool)>> {
    prop::collection::vec((0_u8..7, 0_usize..200, any::<bool>()), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever is pressed: ids stay unique and never come back, an edit refused changes nothing, and no answer of a draft is lost.
    #[test]
    fn no_sequence_of_edits_loses_an_answer(edits in edits(), which in 0_usize..20) {
        let first = shipped().swap_remove(which);
        let mut answers = Answers::default();
        for place in first.places() {
            answers.set(place.field.id.clone(), format!("答案{}", place.field.id));
        }
        let (mut form, mut used) = (first.clone(), first.ids());
        let mut gone = BTreeSet::new();
        for (verb, at, up) in edits {
            let spots = spots(&form);
            let spot = spots[at % spots.len()].clone();
            let edit = match verb {
                0 => Edit::AddPage(spot),
                1 => Edit::AddQuestion(spot),
                2 => Edit::AddList(spot),
                3 => Edit::AddDeclaration,
                4 => Edit::AddSet(sets()[at % sets().len()].name.clone(), spot),
                5 => Edit::Move(spot, if up { Way::Up } else { Way::Down }),
                _ => Edit::Remove(spot),
            };
            let read_back = Edit::parse(&edit.value());
            prop_assert_eq!(read_back.as_ref(), Some(&edit));
            let before = form.clone();
            let ids = form.ids();
            match form.edit(&edit, &used) {
                Ok(next) => prop_assert!(next == Spot::Form || form.thing(&next).is_some()),
                Err(_) => prop_assert_eq!(&form, &before),
            }
            let now = form.ids();
            gone.extend(ids.difference(&now).cloned());
            prop_assert!(now.is_disjoint(&gone), "an id came back");
            let named: BTreeSet<Spot> = form.things().into_iter().map(|(thing, _)| thing.spot()).collect();
            prop_assert_eq!(form.things().len(), named.len(), "an id twice");
            used.extend(now);
            // every page of the new version is saved as it is drawn: nothing that was answered before is gone, asked or not
            let mut carried = answers.clone();
            for page in &form.pages {
                let boxes = page.places().filter(|place| place.group.is_none() && !place.field.kind.is_ticked());
                let posted = |id: &str| (crate::forms::field_name(id), carried.one(id).to_owned());
                let pairs: Vec<_> = boxes.map(|place| posted(&place.field.id)).collect();
                carried = crate::forms::merge(&form, page, &pairs, &carried, today());
            }
            prop_assert_eq!(carried.values, answers.values.clone());
        }
    }
}
