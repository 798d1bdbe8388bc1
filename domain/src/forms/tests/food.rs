//! 食品经营许可, as published.

use super::*;
use std::collections::BTreeMap;

pub fn form() -> Form {
    Form::from_json(include_str!("../../../../data/procedures/spjyxk.form.json")).unwrap()
}

const PDF: &str = "application/pdf";

/// A noodle shop with two people, first licence.
pub fn complete() -> Answers {
    let mut a = Answers::default();
    for (key, value) in [
        ("situation", "new"),
        ("operator_name", "青禾区某某面馆"),
        ("operator_code", "92350205MADEM00382"),
        ("domicile", "青禾区望河街道示例路 18 号"),
        ("legal_person", "李某"),
        ("legal_person_id", "350205188001010017"),
        ("contact_name", "李某"),
        ("contact_mobile", "13800000000"),
        ("premises_address", "青禾区望河街道示例路 18 号 1 层"),
        ("premises_area", "86"),
        ("premises_use", "rent"),
        ("premises_until", "2029-08-31"),
        ("online", "yes"),
        ("platforms", "某外卖平台"),
        ("uses_machines", "no"),
        ("business_type", "catering"),
        ("catering_form", "restaurant"),
        ("simple_only", "no"),
        ("equipment_name.1", "冷藏柜"),
        ("equipment_count.1", "2"),
        ("equipment_use.1", "后厨，存放生鲜"),
        ("staff_name.1", "李某"),
        ("staff_id.1", "350205188001010017"),
        ("staff_role.1", "cook"),
        ("staff_manager.1", "yes"),
        ("staff_health_number.1", "QH2026-0001"),
        ("staff_health_until.1", "2027-03-08"),
        ("staff_name.2", "张某"),
        ("staff_id.2", "440402188405300356"),
        ("staff_role.2", "prepare"),
        ("staff_manager.2", "no"),
        ("staff_health_number.2", "QH2026-0002"),
        ("staff_health_until.2", "2027-09-30"),
        ("outside_manager", "no"),
        ("business_licence", "92350205MADEM00382"),
        ("paper", "mail"),
        ("mail_name", "李某"),
        ("mail_mobile", "13800000000"),
        ("mail_address", "青禾区望河街道示例路 18 号 1 层"),
    ] {
        a.set(key, value);
    }
    a.set_many("projects", vec!["hot".into(), "drinks".into()]);
    a.rows = BTreeMap::from([("equipment".into(), vec!["1".into()]), ("staff".into(), vec!["1".into(), "2".into()])]);
    a.origins.insert("business_licence".into(), "certificate.business_licence.number".into());
    a.add_file("staff_health_file.1", upload("u1", "健康证明-李.pdf", PDF));
    a.add_file("staff_health_file.2", upload("u2", "健康证明-张.jpg", "image/jpeg"));
    a.add_file("layout", upload("u3", "平面图.pdf", PDF));
    a.add_file("rules", upload("u4", "制度目录.docx", FileType::Docx.media_type()));
    a
}

#[test]
fn the_form_can_be_published() {
    assert_eq!(form().faults(), []);
    assert_eq!(Form::from_json(&serde_json::to_string(&form()).unwrap()).unwrap(), form());
}

#[test]
fn everything_the_public_sees_has_english() {
    for place in form().places() {
        assert!(!place.field.label_en.is_empty(), "{}", place.field.id);
        assert!(place.field.hint.is_empty() == place.field.hint_en.is_empty(), "{}", place.field.id);
        assert!(place.field.kind.options().iter().all(|o| !o.label_en.is_empty()), "{}", place.field.id);
        assert!(place.field.checks.iter().all(|c| !c.message_en.is_empty()), "{}", place.field.id);
    }
}

#[test]
fn a_complete_application_is_clean() {
    assert_eq!(found(&form(), &complete()), []);
}

#[test]
fn each_missing_answer_is_one_problem_in_its_place() {
    assert!(each_required_answer_is_missed(&form(), &complete()) >= 40);
}

#[test]
fn other_situations_ask_other_things() {
    let (form, mut a) = (form(), complete());
    a.set("situation", "change");
    let keys: Vec<String> = found(&form, &a).into_iter().map(|(k, _)| k).collect();
    assert_eq!(keys, ["old_licence_number", "change_items", "change_note"]);
    a.set("old_licence_number", "JY23502050000017");
    a.set_many("change_items", vec!["name".into()]);
    a.set("change_note", "从某某面馆改成某某小馆");
    assert_eq!(found(&form, &a), []);
    // only the name changes: nobody asks about kitchen and staff again
    for page in ["premises", "business", "facilities", "people"] {
        assert_eq!(page_state(&form, &a, page, today()), PageState::NotAsked, "{page}");
    }
    let settled = settle(&form, &a, today());
    assert!(
        !settled.rows.contains_key("staff")
            && !settled.values.contains_key("staff_id.1")
            && !settled.files.contains_key("layout")
    );
    assert!(a.values.contains_key("staff_id.1"), "the draft keeps what was typed");
    a.set_many("change_items", vec!["address_name".into()]);
    assert_eq!(page_state(&form, &a, "premises", today()), PageState::Done);
    assert_eq!(page_state(&form, &a, "people", today()), PageState::NotAsked);
    a.set_many("change_items", vec!["projects".into()]);
    assert_eq!(page_state(&form, &a, "people", today()), PageState::Done);
}

#[test]
fn a_renewal_has_its_season() {
    let (form, mut a) = (form(), complete());
    a.set("situation", "renew");
    a.set("conditions_changed", "no");
    a.set("old_licence_number", "JY2350205000001");
    for (until, problem) in [("2026-10-08", true), ("2026-10-09", false), ("2027-03-18", false), ("2027-03-19", true)] {
        a.set("old_licence_until", until);
        let keys: Vec<String> = found(&form, &a).into_iter().map(|(k, _)| k).collect();
        assert_eq!(keys.contains(&"old_licence_until".to_owned()), problem, "{until}");
        assert!(keys.contains(&"old_licence_number".to_owned()), "13 digits are one too few");
    }
    let expired = {
        a.set("old_licence_until", "2026-10-08");
        validate_field(&form, &a, "old_licence_until", today()).unwrap()
    };
    let Fault::Check { message, message_en } = expired.fault else { panic!("a rule of the form") };
    assert!(message.contains("2026 年 10 月 8 日") && message_en.contains("8 October 2026"), "{message} {message_en}");
}

#[test]
fn conditions_open_and_close_questions() {
    let (form, mut a) = (form(), complete());
    a.set("premises_use", "own");
    a.values.remove("premises_until");
    assert_eq!(found(&form, &a), []);
    a.set("staff_role.2", "office");
    a.files.remove("staff_health_file.2");
    a.values.remove("staff_health_until.2");
    assert_eq!(found(&form, &a), [], "who does not touch food needs no health certificate");
    a.set("uses_machines", "yes");
    let keys: Vec<String> = found(&form, &a).into_iter().map(|(k, _)| k).collect();
    assert_eq!(keys, ["machine_count", "machine_places", "machine_papers"]);
    a.set("machine_count", "5");
    a.rows.insert("machine_places".into(), vec!["1".into(), "2".into()]);
    for (key, value) in [
        ("machine_place.1", "望河广场 1 层"),
        ("machine_place_count.1", "2"),
        ("machine_place.2", "区图书馆门厅"),
        ("machine_place_count.2", "2"),
    ] {
        a.set(key, value);
    }
    a.add_file("machine_papers", upload("u9", "放置地点.pdf", PDF));
    let problems = found(&form, &a);
    let [(key, Fault::Check { message, .. })] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(key, "machine_places");
    assert!(message.contains("4 台") && message.contains("5 台"), "{message}");
}

#[test]
fn projects_fit_the_type_of_operator() {
    let (form, base) = (form(), complete());
    let with = |business: &str, catering: &str, projects: &[&str]| {
        let mut a = base.clone();
        a.set("business_type", business);
        a.set("catering_form", catering);
        a.set("sale_form", "retail");
        a.set("bulk_cooked", "no");
        a.set_many("projects", projects.iter().map(|p| (*p).to_owned()).collect());
        found(&form, &a).into_iter().any(|(key, _)| key == "projects")
    };
    assert!(!with("catering", "restaurant", &["hot"]));
    assert!(with("catering", "restaurant", &["semi"]));
    assert!(!with("catering", "central_kitchen", &["semi"]));
    assert!(with("sale", "", &["semi", "sale_bulk"]));
    assert!(with("sale", "", &["hot"]));
    assert!(!with("sale", "", &["sale_bulk_packed", "hot"]));
    assert!(with("sale", "", &["sale_bulk", "sale_bulk_packed"]));
    assert!(with("catering", "restaurant", &["sale_bulk"]));
}

#[test]
fn people_are_checked_one_by_one_and_together() {
    let (form, mut a) = (form(), complete());
    a.set("staff_id.2", "44040218840530035");
    a.set("staff_health_until.2", "2026-08-30");
    a.values.remove("staff_role.2");
    let problems = validate(&form, &a, today());
    let keys: Vec<&str> = problems.iter().map(|p| p.key.as_str()).collect();
    // with no job chosen nobody knows whether a certificate is needed
    assert_eq!(keys, ["staff_id.2", "staff_role.2"]);
    assert_eq!(problems[0].entry.as_ref().unwrap().legend, "第 2 位");
    assert_eq!(problems[0].element(), "f-staff_id-2");
    a.set("staff_role.2", "serve");
    let keys: Vec<String> = found(&form, &a).into_iter().map(|(k, _)| k).collect();
    assert_eq!(keys, ["staff_id.2", "staff_health_until.2"]);
    let mut a = complete();
    a.set("staff_manager.1", "no");
    assert_eq!(found(&form, &a).len(), 1);
    assert_eq!(found(&form, &a)[0].0, "staff");
    a.set("outside_manager", "yes");
    a.set("outside_manager_from", "王某，某某食品安全服务公司");
    a.set("outside_manager_until", "2027-10-01");
    assert_eq!(found(&form, &a), []);
    a.rows.remove("staff");
    assert!(matches!(found(&form, &a).as_slice(), [(key, Fault::TooFewRows { min: 1, have: 0, .. })] if key == "staff"));
}

#[test]
fn materials_follow_the_answers() {
    let (form, mut a) = (form(), complete());
    let by_name = |a: &Answers| -> BTreeMap<String, MaterialState> {
        materials_needed(&form, a, today()).into_iter().map(|m| (m.name.clone(), m)).collect()
    };
    let all = by_name(&a);
    assert_eq!(all.len(), 5);
    assert_eq!(all["食品经营许可申请书"].have, Have::ThisForm);
    assert!(matches!(all["营业执照（或其他主体资格证明）"].have, Have::Certificate { .. }));
    assert!(matches!(&all["食品安全规章制度目录清单"].have, Have::Files(f) if f.len() == 1));
    assert_eq!(all["自动售货设备放置地点等材料"].asked, Asked::NotNow);
    a.set("uses_machines", "yes");
    assert_eq!(by_name(&a)["自动售货设备放置地点等材料"].asked, Asked::Needed);
    a.values.remove("business_licence");
    a.origins.clear();
    assert_eq!(by_name(&a)["营业执照（或其他主体资格证明）"].have, Have::Nothing);
}

#[test]
fn every_material_of_the_item_is_handed_in_by_a_field() {
    let items: serde_json::Value = serde_json::from_str(include_str!("../../../../data/catalogue/items.json")).unwrap();
    for form in [form(), super::elder::form()] {
        let listed = materials_of(&items, &form.id);
        let mut ours: Vec<String> = form.places().filter_map(|p| p.field.material.clone()).chain(form.material.clone()).collect();
        ours.sort();
        assert!(!listed.is_empty(), "{}", form.id);
        assert_eq!(ours, listed, "{}", form.id);
    }
}

fn materials_of(value: &serde_json::Value, id: &str) -> Vec<String> {
    let list = value.as_array().or_else(|| value["items"].as_array()).unwrap();
    let item = list.iter().find(|i| i["id"] == id || i["code"] == id).unwrap();
    let mut names: Vec<String> =
        item["materials"].as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_summary_says_everything_and_masks_what_must_be() {
    let (form, mut a) = (form(), complete());
    a.values.remove("mail_address");
    let pages = summary(&form, &a, today());
    let entry = |key: &str| pages.iter().flat_map(|p| &p.entries).find(|e| e.key == key).unwrap_or_else(|| panic!("{key}"));
    assert_eq!(entry("legal_person_id").shown, Shown::Text("350205********0017".into()));
    assert_eq!(entry("contact_mobile").shown, Shown::Text("138****0000".into()));
    assert_eq!(entry("premises_area").shown, Shown::Number { text: "86".into(), unit: "平方米".into(), unit_en: "m²".into() });
    assert_eq!(entry("premises_until").shown, Shown::Date(day("2029-08-31")));
    assert_eq!(entry("mail_address").shown, Shown::Missing);
    assert_eq!(entry("storage_address").shown, Shown::Missing);
    assert!(matches!(entry("business_licence").shown, Shown::Certificate { .. }) && !entry("business_licence").editable);
    let Shown::Entry(parts) = &entry("staff.2").shown else { panic!("an entry") };
    assert!(parts.iter().any(|(label, _, shown)| label == "身份证号码" && *shown == Shown::Text("440402********0356".into())));
    assert_eq!(entry("staff.2").label, "第 2 位");
    assert!(pages.iter().flat_map(|p| &p.entries).all(|e| e.key != "machine_count"));
}

#[test]
fn explanations_read_like_sentences() {
    let form = form();
    let when = form.place("staff_health_until").unwrap().field.when.clone().unwrap();
    assert_eq!(when.explain(&form), "“岗位”不是“管理，不接触食品”");
    let page = form.page("premises").unwrap().when.clone().unwrap();
    assert!(page.explain(&form).starts_with("“办哪一种”是“新办”，或者“经营条件有变化吗？”"), "{}", page.explain(&form));
}

#[test]
fn a_paper_says_for_which_answer_it_is_asked() {
    let (form, a) = (form(), complete());
    let reading = Reading::new(&form, &a, day("2026-12-01"));
    let why = |key: &str| reading.because(key).into_iter().map(|reason| (reason.zh, reason.en)).collect::<Vec<_>>();
    let new = ("“办哪一种”选的是“新办”", "you answered “New licence” to “What do you apply for”");
    assert_eq!(why("layout"), [(new.0.to_owned(), new.1.to_owned())]);
    assert_eq!(why("business_licence"), []);
}

#[test]
fn programs_count_entries_and_uploads_keep_to_theirs() {
    let (form, mut a) = (form(), complete());
    // in a browser the first was taken out: the one that is left keeps its row
    a.remove_row(form.group("staff").unwrap(), "1");
    assert_eq!(a.rows("staff"), ["2"]);
    let (place, key) = ("staff_health_file.1", "staff_health_file.2");
    assert_eq!(file_place(&form, &a, key).as_deref(), Some(place));
    assert_eq!(file_key(&form, &a, place).as_deref(), Some(key));
    assert_eq!(pointer(&form, &a, key), format!("/files/{place}"));
    assert_eq!(file_key(&form, &a, "layout").as_deref(), Some("layout"));
    for nowhere in [
        "staff_health_file",
        "staff_health_file.0",
        "staff_health_file.01",
        "staff_health_file.+1",
        key,
        "layout.1",
        "staff_name.1",
        "x",
    ] {
        assert_eq!(file_key(&form, &a, nowhere), None, "{nowhere}");
    }
    // what is written is read into the same row, what is added gets one of its own
    let mut written = nested(&form, &a);
    let entries = written["staff"].as_array_mut().unwrap();
    entries.push(entries[0].clone());
    let read = take_nested(&form, &written, &a, today()).unwrap();
    assert_eq!((read.rows("staff"), read.files(key)), (["2".to_owned(), "3".to_owned()].as_slice(), a.files(key)));
    assert_eq!(nested(&form, &read), written);
    // an entry that is no longer there takes its uploads along, the others stay
    written.remove("staff");
    let read = take_nested(&form, &written, &a, today()).unwrap();
    assert!(read.files(key).is_empty() && read.rows("staff").is_empty());
    assert_eq!(read.files("layout"), a.files("layout"));
}

#[test]
fn an_upload_may_come_before_its_entry() {
    let form = form();
    let mut a = Answers::default();
    a.add_file("staff_health_file.1", upload("u1", "健康证明.pdf", PDF));
    let written = serde_json::json!({ "staff": [{ "staff_name": "李某" }] });
    let read = take_nested(&form, written.as_object().unwrap(), &a, today()).unwrap();
    assert_eq!((read.rows("staff"), read.files("staff_health_file.1").len()), (["1".to_owned()].as_slice(), 1));
    // of an entry that is not drawn nobody would find it
    a.add_file("staff_health_file.2", upload("u2", "健康证明.pdf", PDF));
    let read = take_nested(&form, written.as_object().unwrap(), &a, today()).unwrap();
    assert!(read.files("staff_health_file.2").is_empty());
}
