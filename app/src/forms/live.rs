//! The rules of the form while it is being filled in. On the server: what is hidden and wrong to begin with.

use crate::{Version, lang};
use chrono::NaiveDate;
use domain::forms::{Answers, Block, Fault, FileNote, Filling, Form, Judged, Page, Problem, Reading, key, unusual};
use domain::identity::numbers::Unusual;
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use words::Lang;

/// What does not change while the page is open.
#[derive(Debug)]
pub(super) struct Facts {
    pub form: Arc<Form>,
    pub page: String,
    pub today: NaiveDate,
    /// Address the page is posted to; empty when nothing is kept.
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
    pub action: String,
}

impl Facts {
    /// The page that is open.
    pub fn page(&self) -> Option<&Page> {
        self.form.page(&self.page)
    }
}

/// A press under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
enum Press {
    #[default]
    None,
    /// It left this box, if any.
    Down(Option<String>),
}

/// The state of an open form page; cheap to hand around.
#[derive(Clone, Copy)]
pub(super) struct Live {
    facts: StoredValue<Arc<Facts>>,
    /// The draft, what is typed on this page over it, and what that settles. Wakes the page only when more than the answer that
    /// was just typed has changed.
    filling: RwSignal<Filling>,
    /// What is told beside the fields, by key.
    told: RwSignal<BTreeMap<String, Fault>>,
    /// Answers that are taken and look odd, by key: those that were there, and those whose box was left.
    odd: RwSignal<BTreeMap<String, Unusual>>,
    /// How the conditions of applying stand, by the answers whose boxes were left.
    pub judged: RwSignal<Vec<Judged>>,
    /// Keys and groups of this page that are not asked now.
    hidden: Memo<BTreeSet<String>>,
    awake: RwSignal<bool>,
    /// A mouse button or a finger is down, and the box that was left by it.
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
    press: StoredValue<Press>,
    pub saved: RwSignal<Option<String>>,
    /// After how many acts it was drawn.
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
    drawn_after: u32,
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
    version: Version,
    /// For event handlers, which know no context.
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
    pub lang: Lang,
}

impl Live {
    pub fn new(facts: Facts, answers: Answers, problems: &[Problem], saved: Option<String>) -> Self {
        let filling = RwSignal::new(Filling::new(facts.form.clone(), answers, facts.today));
        let odd = RwSignal::new(filling.with_untracked(|filling| odd_on(&facts, filling.answers())));
        let judged = RwSignal::new(filling.with_untracked(|filling| filling.reading().judged()));
        let facts = Arc::new(facts);
        let shared = facts.clone();
        let hidden = Memo::new(move |_| filling.with(|filling| hidden_on(&shared, &filling.reading())));
        let told = problems.iter().map(|p| (p.key.clone(), p.fault.clone())).collect();
        let awake = RwSignal::new(false);
        let version = Version::current();
        Self {
            facts: StoredValue::new(facts),
            filling,
            told: RwSignal::new(told),
            odd,
            judged,
            hidden,
            awake,
            press: StoredValue::default(),
            saved: RwSignal::new(saved),
            drawn_after: version.acts(),
            version,
            lang: lang(),
        }
    }

    /// Takes over from the plain page, and reads what was chosen and typed into it before.
    pub fn wake_with(self, form: NodeRef<leptos::html::Form>) {
        Effect::new(move |_| {
            self.awake.set(true);
            #[cfg(feature = "hydrate")]
            if let Some(form) = form.get() {
                self.take_page(&form);
                self.heed_presses(form);
            }
            #[cfg(not(feature = "hydrate"))]
            let _ = form;
        });
    }

    pub fn facts(self) -> Arc<Facts> {
        self.facts.get_value()
    }

    /// Whether the question, entry or list at this key is hidden now.
    pub fn is_hidden(self, key: &str) -> bool {
        self.hidden.with(|hidden| hidden.contains(key))
    }

    /// What is wrong at this key, as far as it may be told already.
    pub fn fault(self, key: &str) -> Option<Fault> {
        self.told.with(|told| told.get(key).cloned())
    }

    /// What looks odd at this key, once it was left.
    pub fn odd(self, key: &str) -> Option<Unusual> {
        self.odd.with(|odd| odd.get(key).copied())
    }

    /// Whether scripts have taken over.
    pub fn is_awake(self) -> bool {
        self.awake.get()
    }

    /// Looks at the answers as they stand on the page.
    pub fn read<T>(self, look: impl FnOnce(&Reading<'_>) -> T) -> T {
        self.filling.with(|filling| look(&filling.reading()))
    }

    /// Uploads of a field.
    pub fn files(self, key: &str) -> Memo<Vec<FileNote>> {
        let key = key.to_owned();
        Memo::new(move |_| self.filling.with(|filling| filling.answers().files(&key).to_vec()))
    }
}

/// What looks odd among the answers of the page.
fn odd_on(facts: &Facts, answers: &Answers) -> BTreeMap<String, Unusual> {
    let places = facts.page().into_iter().flat_map(Page::places);
    let keys = places.flat_map(|place| {
        let rows = place.group.map_or_else(|| vec![None], |group| answers.rows(&group.id).iter().map(Some).collect());
        rows.into_iter().map(move |row| (place.field, key(&place.field.id, row.map(String::as_str))))
    });
    keys.filter_map(|(field, key)| {
        let found = unusual(&field.kind, answers.one(&key), facts.today)?;
        Some((key, found))
    })
    .collect()
}

fn hidden_on(facts: &Facts, reading: &Reading<'_>) -> BTreeSet<String> {
    let mut hidden = BTreeSet::new();
    for block in facts.page().map(|p| p.blocks.as_slice()).unwrap_or_default() {
        match block {
            Block::Field(field) if !reading.is_asked(&field.id) => _ = hidden.insert(field.id.clone()),
            Block::Field(_) => {}
            Block::Group(group) => {
                if !reading.group_is_asked(&group.id) {
                    hidden.insert(group.id.clone());
                }
                let keys =
                    reading.answers.rows(&group.id).iter().flat_map(|row| group.fields.iter().map(|f| key(&f.id, Some(row))));
                hidden.extend(keys.filter(|k| !reading.is_asked(k)));
            }
        }
    }
    hidden
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::{Live, Press};
    use crate::forms::read::{Control, key_of, pairs_of, said_by};
    use crate::forms::send;
    use domain::forms::FileNote;
    use leptos::prelude::*;
    use std::collections::BTreeSet;
    use std::time::Duration;
    use wasm_bindgen::JsCast;
    use web_sys::{Event, HtmlFormElement, InputEvent};

    impl Live {
        /// Something was typed: other questions may come or go. While an input method is composing nothing is read.
        pub fn typed(self, event: &Event) {
            if event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing) {
                return;
            }
            self.take(event);
        }

        /// A tick is an answer as soon as it is made.
        pub fn changed(self, event: &Event) {
            if let (Some((key, Control::Tick)), Some(form)) = (key_of(event), form_of(event)) {
                self.take(event);
                self.judge(&key);
                send::autosave(self, &form);
            }
        }

        /// A box is an answer once it is left, if anything was typed into it or something was wrong with it.
        pub fn left(self, event: &Event) {
            let (Some((key, Control::Box)), Some(form)) = (key_of(event), form_of(event)) else { return };
            match self.press.try_get_value() {
                Some(Press::None) | None => self.answered(&key, &form),
                Some(Press::Down(_)) => drop(self.press.try_set_value(Press::Down(Some(key)))),
            }
        }

        /// The same for a box whose answer lies in another control beside it, which follows in the next breath.
        pub fn left_box(self, key: &str, form: &HtmlFormElement) {
            match self.press.try_get_value() {
                Some(Press::None) | None => {
                    let (key, form) = (key.to_owned(), form.clone());
                    set_timeout(move || self.answered(&key, &form), Duration::ZERO);
                }
                Some(Press::Down(_)) => drop(self.press.try_set_value(Press::Down(Some(key.to_owned())))),
            }
        }

        /// An error that comes or goes moves what stands below it, also from under the finger that left the box: then the press would
        /// meet nothing. What is left by a press is judged when the press is over. The press may have led to another page: what this
        /// one knew is gone then, and nothing is left to judge.
        pub(super) fn heed_presses(self, form: HtmlFormElement) {
            let down = window_event_listener(leptos::ev::mousedown, move |_| drop(self.press.try_set_value(Press::Down(None))));
            let up = window_event_listener(leptos::ev::mouseup, move |_| {
                let pressed = self.press.try_get_value();
                self.press.try_set_value(Press::None);
                if let Some(Press::Down(Some(key))) = pressed {
                    let form = form.clone();
                    // the click comes after the button is up, and in the same breath
                    set_timeout(move || self.answered(&key, &form), Duration::ZERO);
                }
            });
            on_cleanup(move || [down, up].into_iter().for_each(WindowListenerHandle::remove));
        }

        fn answered(self, key: &str, form: &HtmlFormElement) {
            let before = self.filling.try_with_untracked(|f| f.answers().many(key).to_vec());
            let Some(before) = before.filter(|_| form.is_connected()) else { return };
            self.take_page(form);
            let now = self.filling.with_untracked(|f| f.answers().many(key).to_vec());
            let told = self.told.with_untracked(|told| told.contains_key(key));
            if !now.is_empty() || now != before || told {
                self.judge(key);
                send::autosave(self, form);
            }
        }

        /// An answer that was chosen, not typed.
        pub fn said(self, key: &str, answer: &str, form: &HtmlFormElement) {
            let said = [answer];
            let said = if answer.is_empty() { &said[..0] } else { &said[..] };
            self.filling.maybe_update(|filling| filling.take(key, said));
            self.judge(key);
            send::autosave(self, form);
        }

        /// Reads the control that was used, and no other.
        fn take(self, event: &Event) {
            if let Some((key, said)) = said_by(event) {
                let said: Vec<&str> = said.iter().map(String::as_str).collect();
                self.filling.maybe_update(|filling| filling.take(&key, &said));
            }
        }

        /// Reads the whole page: a browser may fill in boxes without saying so.
        pub(super) fn take_page(self, form: &HtmlFormElement) {
            let (facts, pairs) = (self.facts(), pairs_of(form));
            self.filling.maybe_update(|filling| filling.absorb(&facts.page, &pairs));
        }

        /// Tells what is wrong at this key now, and mends what is told elsewhere and no longer true.
        fn judge(self, key: &str) {
            let facts = self.facts();
            let problems = self.filling.with_untracked(|filling| filling.problems(&facts.page));
            self.told.update(|told| {
                let may: BTreeSet<String> = told.keys().cloned().chain([key.to_owned()]).collect();
                *told = problems.into_iter().filter(|p| may.contains(&p.key)).map(|p| (p.key, p.fault)).collect();
            });
            let odd = self.filling.with_untracked(|filling| super::odd_on(&facts, filling.answers()));
            if self.odd.with_untracked(|now| *now != odd) {
                self.odd.set(odd);
            }
            let judged = self.filling.with_untracked(|filling| filling.reading().judged());
            if self.judged.with_untracked(|now| *now != judged) {
                self.judged.set(judged);
            }
        }

        /// An upload has arrived, for a field of the page at this address.
        pub fn arrived(self, page: &str, key: &str, notes: Vec<FileNote>) {
            // what is open may be another page, or gone: the file is kept, and stands on its page when that is drawn
            if self.facts.try_get_value().is_none_or(|facts| facts.action != page) {
                return;
            }
            self.filling.maybe_update(|filling| {
                let mut answers = filling.answers().clone();
                for note in notes {
                    if answers.files(key).iter().all(|known| known.id != note.id) {
                        answers.add_file(key, note);
                    }
                }
                filling.turn_to(answers)
            });
            self.judge(key);
            // the page is being asked for anew at this moment, perhaps from before the file was there
            if self.version.acts() != self.drawn_after {
                self.version.bump();
            }
        }
    }

    fn form_of(event: &Event) -> Option<HtmlFormElement> {
        event.current_target().or_else(|| event.target()).and_then(|t| {
            t.dyn_ref::<HtmlFormElement>()
                .cloned()
                .or_else(|| t.dyn_ref::<web_sys::Element>()?.closest("form").ok()??.dyn_into().ok())
        })
    }
}
