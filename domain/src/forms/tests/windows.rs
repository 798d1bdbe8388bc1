//! Two windows on one draft.

use super::*;

fn form() -> Form {
    let text = r#"{ "id": "x", "title": "x", "pages": [{ "id": "p", "title": "p", "heading": "p", "blocks": [
        { "field": { "id": "a", "label": "甲", "kind": { "text": { "max": 20 } } } },
        { "field": { "id": "b", "label": "乙", "kind": { "choice": { "options": [{ "value": "x", "label": "红" }, { "value": "y", "label": "蓝" }] } } } }
    ] }] }"#;
    Form::from_json(text).unwrap()
}

/// A window: what stood in its boxes when it was drawn, and its id.
struct Window(String, &'static str);

impl Window {
    fn open(form: &Form, answers: &Answers, id: &'static str) -> Self {
        Self(drawn(&form.pages[0], answers), id)
    }

    fn save(&self, form: &Form, answers: &mut Answers, said: &[(&str, &str)]) {
        let mut pairs =
            vec![("page".to_owned(), "p".to_owned()), (DRAWN.to_owned(), self.0.clone()), (WINDOW.to_owned(), self.1.into())];
        pairs.extend(said.iter().map(|(key, value)| (field_name(key), (*value).to_owned())));
        *answers = merge(form, &form.pages[0], &pairs, answers, today());
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
    // drawn anew: one box is changed, the other confirmed by saving
    let shown = answers.clone();
    let third = Window::open(&form, &answers, "3");
    third.save(&form, &mut answers, &[("a", "两个都要"), ("b", "x")]);
    assert_eq!(found(&form, &answers).len(), 1);
    choose(&form.pages[0], &mut answers, &shown);
    assert_eq!((answers.one("a"), answers.one("b"), found(&form, &answers).len()), ("两个都要", "x", 0));
}

#[test]
fn windows_are_forgotten_and_pages_without_one_are_taken_as_they_are() {
    let (form, mut answers) = (form(), Answers::default());
    for id in ["1", "2", "3", "4", "5", "6", "7", "8", "9"] {
        Window::open(&form, &answers, id).save(&form, &mut answers, &[("a", id)]);
    }
    assert_eq!((answers.windows.len(), answers.one("a"), answers.clashes.len()), (6, "9", 0));
    let plain = vec![("page".to_owned(), "p".to_owned()), (field_name("a"), "脚本".to_owned())];
    assert_eq!(merge(&form, &form.pages[0], &plain, &answers, today()).one("a"), "脚本");
}
