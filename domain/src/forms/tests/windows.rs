//! Two windows on one draft.

use super::*;

fn form() -> Form {
    let text = r#"{ "id": "x", "title": "x", "pages": [{ "id": "p", "title": "p", "heading": "p", "blocks": [
        { "field": { "id": "a", "label": "甲", "kind": { "text": { "max": 20 } } } },
        { "field": { "id": "b", "label": "乙", "kind": { "choice": { "options": [{ "value": "x", "label": "红" }, { "value": "y", "label": "蓝" }] } } } }
    ] }] }"#;
    Form::from_json(text).unwrap()
}

/// A window: what its page carries.
struct Window(Drawn);

impl Window {
    fn open(form: &Form, answers: &Answers, id: &'static str) -> Self {
        Self(Drawn::of(form, answers, id.into()))
    }

    fn save(&self, form: &Form, answers: &mut Answers, said: &[(&str, &str)]) {
        *answers = merge(form, &form.pages[0], &self.pairs(said), answers, today());
    }

    fn pairs(&self, said: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut pairs = vec![("page".to_owned(), "p".to_owned())];
        pairs.extend(self.0.controls("p").into_iter().map(|(name, value)| (name.to_owned(), value)));
        let named = |key: &str| if key.contains("rows.") { key.to_owned() } else { field_name(key) };
        pairs.extend(said.iter().map(|(key, value)| (named(key), (*value).to_owned())));
        pairs
    }
}

#[test]
fn what_was_not_touched_here_stays_as_it_was_saved_there() {
    let (form, mut answers) = (form(), Answers::default());
    let (first, second) = (Window::open(&form, &answers, "1"), Window::open(&form, &answers, "2"));
    first.save(&form, &mut answers, &[("a", "甲的话"), ("b", "")]);
    second.save(&form, &mut answers, &[("a", ""), ("b", "y")]);
    assert_eq!((answers.one("a"), answers.one("b")), ("甲的话", "y"));
    assert_eq!(found(&form, &answers), []);
}

#[test]
fn a_window_does_not_clash_with_itself() {
    let (form, mut answers) = (form(), Answers::default());
    let window = Window::open(&form, &answers, "1");
    for typed in ["一", "一二", "一", ""] {
        window.save(&form, &mut answers, &[("a", typed), ("b", "x")]);
        assert_eq!((answers.one("a"), answers.clashes.len()), (typed, 0));
    }
}

#[test]
fn two_answers_to_one_question_are_both_kept_until_somebody_chooses() {
    let (form, mut answers) = (form(), Answers::default());
    let (first, second) = (Window::open(&form, &answers, "1"), Window::open(&form, &answers, "2"));
    first.save(&form, &mut answers, &[("a", "早的"), ("b", "x")]);
    second.save(&form, &mut answers, &[("a", "晚的"), ("b", "y")]);
    assert_eq!((answers.one("a"), answers.one("b")), ("早的", "x"));
    let clash = |typed: &str, typed_en: &str| Fault::Clash { typed: typed.into(), typed_en: typed_en.into() };
    assert_eq!(found(&form, &answers), [("a".into(), clash("晚的", "晚的")), ("b".into(), clash("蓝", "蓝"))]);
    // somebody whose page does not show both has not chosen
    let before = answers.clone();
    choose(&first.pairs(&[]), &mut answers, &before);
    assert_eq!(answers, before);
    // drawn anew: one box is changed, the other confirmed by saving
    let third = Window::open(&form, &answers, "3");
    third.save(&form, &mut answers, &[("a", "两个都要"), ("b", "x")]);
    assert_eq!(found(&form, &answers).len(), 1);
    choose(&third.pairs(&[]), &mut answers, &before);
    assert_eq!((answers.one("a"), answers.one("b"), found(&form, &answers).len()), ("两个都要", "x", 0));
}

/// It still shows what it was drawn with: whatever it sends again is no choice.
#[test]
fn a_window_that_has_not_seen_the_other_answer_does_not_overwrite_it_the_second_time() {
    let (form, mut answers) = (form(), Answers::default());
    let (first, second) = (Window::open(&form, &answers, "1"), Window::open(&form, &answers, "2"));
    first.save(&form, &mut answers, &[("a", "早的"), ("b", "x")]);
    for typed in ["晚", "晚的", "晚的"] {
        second.save(&form, &mut answers, &[("a", typed), ("b", "")]);
        let before = answers.clone();
        choose(&second.pairs(&[]), &mut answers, &before);
        assert_eq!((answers.one("a"), answers.one("b")), ("早的", "x"));
        assert_eq!(answers.clashes.get("a"), Some(&vec![typed.to_owned()]));
    }
}

#[test]
fn entries_come_and_go_by_their_buttons_only() {
    let text = r#"{ "id": "x", "title": "x", "pages": [{ "id": "p", "title": "p", "heading": "p", "blocks": [
        { "group": { "id": "g", "label": "人", "legend": "第 {n} 位", "noun": "位", "max": 5, "add_label": "加", "fields": [
            { "id": "n", "label": "姓名", "kind": { "text": { "max": 20 } } } ] } }
    ] }] }"#;
    let form = Form::from_json(text).unwrap();
    let group = form.group("g").unwrap();
    let mut answers = Answers::default();
    Window::open(&form, &answers, "1").save(
        &form,
        &mut answers,
        &[("rows.g", "1"), ("n.1", "甲"), ("rows.g", "2"), ("n.2", "乙")],
    );
    let behind = Window::open(&form, &answers, "2");
    // taken out and added elsewhere: the new one is not called as the old one was
    answers.remove_row(group, "2");
    let third = answers.add_row(group).unwrap();
    answers.set(key("n", Some(&third)), "丙");
    behind.save(&form, &mut answers, &[("rows.g", "1"), ("n.1", "甲甲"), ("rows.g", "2"), ("n.2", "乙乙")]);
    assert_eq!(answers.rows("g"), ["1", "3"]);
    assert_eq!((answers.one("n.1"), answers.one("n.2"), answers.one("n.3")), ("甲甲", "", "丙"));
}

/// The blank entry a list begins with is drawn in both windows.
#[test]
fn a_blank_entry_does_not_wipe_out_what_another_window_wrote_there() {
    let text = r#"{ "id": "x", "title": "x", "pages": [{ "id": "p", "title": "p", "heading": "p", "blocks": [
        { "group": { "id": "g", "label": "人", "legend": "第 {n} 位", "noun": "位", "min": 1, "max": 5, "add_label": "加", "fields": [
            { "id": "n", "label": "姓名", "kind": { "text": { "max": 20 } } } ] } }
    ] }] }"#;
    let (form, mut answers) = (Form::from_json(text).unwrap(), Answers::default());
    let (first, second) = (Window::open(&form, &answers, "1"), Window::open(&form, &answers, "2"));
    first.save(&form, &mut answers, &[("rows.g", "1"), ("n.1", "甲")]);
    second.save(&form, &mut answers, &[("rows.g", "1"), ("n.1", "")]);
    assert_eq!((answers.one("n.1"), answers.clashes.len()), ("甲", 0));
    second.save(&form, &mut answers, &[("rows.g", "1"), ("n.1", "乙")]);
    assert_eq!((answers.one("n.1"), answers.clashes.len()), ("甲", 1));
}

#[test]
fn windows_are_forgotten_and_pages_without_one_are_taken_as_they_are() {
    let (form, mut answers) = (form(), Answers::default());
    let first = Window::open(&form, &answers, "00");
    for n in 1..20 {
        let id: &'static str = format!("{n:02}").leak();
        Window::open(&form, &answers, id).save(&form, &mut answers, &[("b", "x")]);
    }
    // the one that saves now is not forgotten, however old it is
    for typed in ["一", "一二", "一二三"] {
        first.save(&form, &mut answers, &[("a", typed), ("b", "")]);
        assert_eq!((answers.windows.len(), answers.one("a"), answers.one("b"), answers.clashes.len()), (12, typed, "x", 0));
    }
    let plain = vec![("page".to_owned(), "p".to_owned()), (field_name("a"), "脚本".to_owned())];
    assert_eq!(merge(&form, &form.pages[0], &plain, &answers, today()).one("a"), "脚本");
}
