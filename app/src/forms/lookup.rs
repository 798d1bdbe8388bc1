//! A question that is looked up in a long list: a few characters are typed, one of what is offered is chosen. Without scripts the name
//! is typed, and the hall finds it. A combobox as WAI-ARIA describes it (APG, editable combobox with list autocomplete).

use super::control::standing;
use super::field::Asked;
use crate::lang;
use domain::forms::listed::{self, Listing};
use domain::forms::{Answers, Kind, field_name};
use leptos::prelude::*;
use words::form as w;

#[component]
pub(super) fn Lookup(
    asked: Asked,
    answers: Answers,
    /// Where the answer came from.
    mark: Option<AnyView>,
) -> impl IntoView {
    let lang = lang();
    let kept = answers.one(&asked.key).to_owned();
    let stands = asked.field.prefill.as_ref().is_some_and(|p| p.fixed) && answers.origins.contains_key(&asked.key);
    let control = if stands { standing(&asked, listed::name(&kept)).into_any() } else { combobox(&asked, kept) };
    view! {
        <div class="field">
            <label for=asked.id.clone()>{asked.label.clone()}{asked.optional_mark()}{mark}</label>
            {asked.hint_line()}
            {stands.then(|| view! { <p class="hint">{w::by_source(lang)}</p> })}
            {asked.error()}
            {control}
        </div>
    }
}

/// What a combobox knows while the page is open.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
pub(super) struct Choosing {
    /// The answer: `code｜name`, or what was typed and is none.
    answer: RwSignal<String>,
    offered: RwSignal<Listing>,
    open: RwSignal<bool>,
    /// The entry the arrow keys are at.
    at: RwSignal<Option<usize>>,
    /// Counts what was asked for, so that a late answer is not taken for a newer one.
    asked: StoredValue<u32>,
}

fn combobox(asked: &Asked, kept: String) -> AnyView {
    let lang = lang();
    let live = asked.live;
    let (list, level) = match &asked.field.kind {
        Kind::Listed { list, level } => (list.clone(), *level),
        // never asked for: the caller has looked at the kind
        _ => Default::default(),
    };
    let state = Choosing {
        answer: RwSignal::new(kept.clone()),
        offered: RwSignal::default(),
        open: RwSignal::new(false),
        at: RwSignal::new(None),
        asked: StoredValue::new(0),
    };
    let (name, id, options) = (field_name(&asked.key), asked.id.clone(), format!("{}-o", asked.id));
    let option_id = {
        let options = options.clone();
        move |n: usize| format!("{options}{n}")
    };
    let (plain_name, kept_name) = (name.clone(), name);
    let active = {
        let option_id = option_id.clone();
        move || state.open.get().then(|| state.at.get().map(&option_id)).flatten()
    };
    let key = asked.key.clone();
    #[cfg(feature = "hydrate")]
    let (typed, pressed, left, pick) = (
        move |event: leptos::ev::Event| state.typed(&event, &list, level),
        {
            let key = key.clone();
            move |event: leptos::ev::KeyboardEvent| state.pressed(&event, live, &key)
        },
        {
            let key = key.clone();
            move |event: leptos::ev::FocusEvent| state.left(&event, live, &key)
        },
        move |n: usize, event: &leptos::ev::MouseEvent| state.pick(n, event, live, &key),
    );
    #[cfg(not(feature = "hydrate"))]
    let (typed, pressed, left, pick) = (
        |_: leptos::ev::Event| (),
        |_: leptos::ev::KeyboardEvent| (),
        |_: leptos::ev::FocusEvent| (),
        |_: usize, _: &leptos::ev::MouseEvent| (),
    );
    #[cfg(not(feature = "hydrate"))]
    let _ = (list, level, key);
    let rows = move || {
        let (pick, option_id) = (pick.clone(), option_id.clone());
        let row = move |(n, found): (usize, domain::forms::listed::Found)| {
            let pick = pick.clone();
            let selected = move || if state.at.get() == Some(n) { "true" } else { "false" };
            view! {
                <li role="option" id=option_id(n) aria-selected=selected on:mousedown=move |event| pick(n, &event) translate="no">
                    {found.name}
                </li>
            }
        };
        state.offered.get().entries.into_iter().enumerate().map(row).collect_view()
    };
    let told = move || {
        let (all, some) = state.offered.with(|found| (found.all, found.entries.len()));
        (state.open.get() && all > some).then(|| w::listed_more(lang, all - some))
    };
    let (error, invalid, described) = (state, asked.invalid(), asked.described());
    let chars = asked.field.chars.map(|c| c.to_string());
    view! {
        <div class="lookup">
            <input
                id=id name=move || (!live.is_awake()).then(|| plain_name.clone()) type="text" value=listed::name(&kept).to_owned()
                data-chars=chars autocomplete="off" role=move || live.is_awake().then_some("combobox")
                aria-expanded=move || live.is_awake().then(|| if error.open.get() { "true" } else { "false" })
                aria-controls=options.clone() aria-autocomplete=move || live.is_awake().then_some("list") aria-activedescendant=active
                aria-invalid=invalid aria-describedby=described on:input=typed on:keydown=pressed on:blur=left
            />
            <input type="hidden" name=move || live.is_awake().then(|| kept_name.clone()) value=move || state.answer.get()/>
            <ul role="listbox" id=options aria-label=asked.label.clone() hidden=move || !state.open.get()>{rows}</ul>
            <p class="hint" role="status">{told}</p>
        </div>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::{Choosing, Listing, listed};
    use crate::forms::live::Live;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Event, FocusEvent, HtmlInputElement, KeyboardEvent, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

    fn input_of(event: &Event) -> Option<HtmlInputElement> {
        event.target().and_then(|target| target.dyn_into().ok())
    }

    /// Brings the entry the arrow keys are at into view, once it is marked.
    fn show(event: &KeyboardEvent) {
        let Some(around) = input_of(event).and_then(|input| input.closest(".lookup").ok().flatten()) else { return };
        let scroll = move || {
            if let Ok(Some(entry)) = around.query_selector("[aria-selected=true]") {
                let nearest = ScrollIntoViewOptions::new();
                nearest.set_block(ScrollLogicalPosition::Nearest);
                entry.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
        };
        set_timeout(scroll, std::time::Duration::ZERO);
    }

    impl Choosing {
        /// Asks for what fits so far. While an input method is composing nothing is asked.
        pub fn typed(self, event: &Event, list: &str, level: u8) {
            if event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing) {
                return;
            }
            let Some(input) = input_of(event) else { return };
            let (typed, list) = (input.value(), list.to_owned());
            self.at.set(None);
            if typed.trim().is_empty() {
                self.open.set(false);
                self.offered.set(Listing::default());
                return;
            }
            let turn = self.asked.try_update_value(|n| {
                *n += 1;
                *n
            });
            leptos::task::spawn_local(async move {
                let Ok(found) = crate::forms::api::listed(list, level, typed).await else { return };
                // another key was pressed meanwhile, or the page is gone
                if self.asked.try_get_value() == turn {
                    self.open.set(!found.entries.is_empty());
                    self.offered.set(found);
                }
            });
        }

        pub fn pressed(self, event: &KeyboardEvent, live: Live, key: &str) {
            let all = self.offered.with_untracked(|found| found.entries.len());
            let (open, at) = (self.open.get_untracked(), self.at.get_untracked());
            match event.key().as_str() {
                "ArrowDown" if all > 0 => {
                    event.prevent_default();
                    self.at.set(Some(if open { at.map_or(0, |n| (n + 1) % all) } else { 0 }));
                    self.open.set(true);
                    show(event);
                }
                "ArrowUp" if open && all > 0 => {
                    event.prevent_default();
                    self.at.set(Some(at.map_or(all - 1, |n| (n + all - 1) % all)));
                    show(event);
                }
                // Enter chooses; only then does it send the page
                "Enter" if open && at.is_some() => {
                    event.prevent_default();
                    if let (Some(n), Some(input)) = (at, input_of(event)) {
                        self.choose(n, &input, live, key);
                    }
                }
                "Escape" if open => {
                    event.prevent_default();
                    self.open.set(false);
                }
                _ => {}
            }
        }

        /// The mouse goes down on an entry, before the box is left.
        pub fn pick(self, n: usize, event: &MouseEvent, live: Live, key: &str) {
            event.prevent_default();
            let entry = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            let around = entry.and_then(|entry| entry.closest(".lookup").ok().flatten());
            let input = around.and_then(|around| around.query_selector("input").ok().flatten());
            if let Some(input) = input.and_then(|input| input.dyn_into().ok()) {
                self.choose(n, &input, live, key);
            }
        }

        /// What was typed and not chosen is taken when it can only mean one entry; else it stays, and is told.
        pub fn left(self, event: &FocusEvent, live: Live, key: &str) {
            self.open.set(false);
            let Some(input) = input_of(event) else { return };
            let typed = input.value().trim().to_owned();
            if typed == self.answer.with_untracked(|answer| listed::name(answer).to_owned()) {
                return;
            }
            let meant = self.offered.with_untracked(|found| {
                let own = |name: &str| name.rsplit(' ').next().is_some_and(|own| own == typed);
                let same = found.entries.iter().position(|entry| entry.name == typed);
                same.or_else(|| {
                    let mut alike = found.entries.iter().enumerate().filter(|(_, entry)| own(&entry.name));
                    alike.next().filter(|_| alike.next().is_none()).map(|(n, _)| n)
                })
                .or_else(|| (found.all == 1).then_some(0))
            });
            match meant {
                Some(n) => self.choose(n, &input, live, key),
                None => self.say(listed::plain(&typed), &input, live, key),
            }
        }

        fn choose(self, n: usize, input: &HtmlInputElement, live: Live, key: &str) {
            let Some(found) = self.offered.with_untracked(|found| found.entries.get(n).cloned()) else { return };
            input.set_value(&found.name);
            self.open.set(false);
            self.at.set(None);
            self.say(listed::answer(&found.code, &found.name), input, live, key);
        }

        fn say(self, answer: String, input: &HtmlInputElement, live: Live, key: &str) {
            self.answer.set(answer.clone());
            let (form, key) = (input.form(), key.to_owned());
            // the hidden control follows in the next breath; what reads the whole page must find it there
            let told = move || {
                if let Some(form) = form.filter(|form| form.is_connected()) {
                    live.said(&key, &answer, &form);
                }
            };
            set_timeout(told, std::time::Duration::ZERO);
        }
    }
}
