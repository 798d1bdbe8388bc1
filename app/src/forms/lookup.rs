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
    let stands = asked.field.stands(&answers, &asked.key);
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
    /// The answer: `code｜name`, or what was typed and is none yet. It follows every key, so that nothing else is ever sent.
    answer: RwSignal<String>,
    offered: RwSignal<Offered>,
    open: RwSignal<bool>,
    /// The entry the arrow keys are at.
    at: RwSignal<Option<usize>>,
    /// Counts what was asked for and what made the answer to it needless.
    asked: StoredValue<u32>,
    input: NodeRef<leptos::html::Input>,
}

/// What is offered, and to which words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Offered {
    typed: String,
    found: Listing,
}

fn combobox(asked: &Asked, kept: String) -> AnyView {
    let lang = lang();
    let live = asked.live;
    let (list, level) = match &asked.field.kind {
        Kind::Listed { list, level } => (list.clone(), *level),
        // never asked for: the caller has looked at the kind
        _ => Default::default(),
    };
    let input = NodeRef::new();
    let state = Choosing {
        answer: RwSignal::new(kept.clone()),
        offered: RwSignal::default(),
        open: RwSignal::new(false),
        at: RwSignal::new(None),
        asked: StoredValue::new(0),
        input,
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
    let (typed, composed, pressed, left, pick) = {
        let (of, again, by_key, by_leaving) = (list.clone(), list, key.clone(), key.clone());
        // before the page was awake somebody may have typed into the box, or the browser filled it in
        Effect::new(move |_| {
            if live.is_awake() {
                state.woken();
            }
        });
        (
            move |event: leptos::ev::Event| state.typed(&event, &of, level),
            move |_: leptos::ev::CompositionEvent| state.look_up(&again, level),
            move |event: leptos::ev::KeyboardEvent| state.pressed(&event, live, &by_key),
            move |_: leptos::ev::FocusEvent| state.left(live, &by_leaving),
            move |n: usize, event: &leptos::ev::MouseEvent| state.pick(n, event, live, &key),
        )
    };
    #[cfg(not(feature = "hydrate"))]
    let (typed, composed, pressed, left, pick) = (
        |_: leptos::ev::Event| (),
        |_: leptos::ev::CompositionEvent| (),
        |_: leptos::ev::KeyboardEvent| (),
        |_: leptos::ev::FocusEvent| (),
        |_: usize, _: &leptos::ev::MouseEvent| (),
    );
    #[cfg(not(feature = "hydrate"))]
    let _ = (list, level, key);
    let rows = move || {
        let (pick, option_id) = (Clone::clone(&pick), option_id.clone());
        let row = move |(n, found): (usize, domain::forms::listed::Found)| {
            let pick = Clone::clone(&pick);
            let selected = move || if state.at.get() == Some(n) { "true" } else { "false" };
            view! {
                <li role="option" id=option_id(n) aria-selected=selected on:mousedown=move |event| pick(n, &event) translate="no">
                    {found.name}
                </li>
            }
        };
        state.offered.get().found.entries.into_iter().enumerate().map(row).collect_view()
    };
    let told = move || {
        let (typed, all, some) =
            state.offered.with(|offered| (!offered.typed.is_empty(), offered.found.all, offered.found.entries.len()));
        match () {
            () if !typed => None,
            () if all == 0 => Some(w::listed_none(lang).to_owned()),
            () if !state.open.get() => None,
            () if all > some => Some(w::listed_more(lang, all - some)),
            () => Some(w::listed_some(lang, all)),
        }
    };
    let (invalid, described) = (asked.invalid(), asked.described());
    let chars = asked.field.chars.map(|c| c.to_string());
    view! {
        <div class="lookup">
            <input
                node_ref=input id=id name=move || (!live.is_awake()).then(|| plain_name.clone()) type="text"
                value=listed::name(&kept).to_owned() data-chars=chars autocomplete="off"
                role=move || live.is_awake().then_some("combobox")
                aria-expanded=move || live.is_awake().then(|| if state.open.get() { "true" } else { "false" })
                aria-controls=options.clone() aria-autocomplete=move || live.is_awake().then_some("list") aria-activedescendant=active
                aria-invalid=invalid aria-describedby=described on:input=typed on:compositionend=composed on:keydown=pressed on:blur=left
            />
            <input type="hidden" name=move || live.is_awake().then(|| kept_name.clone()) value=move || state.answer.get()/>
            // laid over what stands below: nothing moves when it comes or goes
            <div class="offers" hidden=move || !state.open.get() && told().is_none()>
                <ul role="listbox" id=options aria-label=asked.label.clone() hidden=move || !state.open.get()>{rows}</ul>
                <p class="small muted" role="status">{told}</p>
            </div>
        </div>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::{Choosing, Offered, listed};
    use crate::forms::live::Live;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Event, HtmlInputElement, KeyboardEvent, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

    /// Brings the entry the arrow keys are at into view, once it is marked.
    fn show(input: &HtmlInputElement) {
        let Ok(Some(around)) = input.closest(".lookup") else { return };
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
        /// The box; nothing once the page was drawn anew: a box that goes away is left, and says so.
        fn input(self) -> Option<HtmlInputElement> {
            self.input.try_get_untracked().flatten()
        }

        /// What stands in the box is the answer, also when it was typed before anything listened.
        pub fn woken(self) {
            let Some(value) = self.input().map(|input| input.value().trim().to_owned()) else { return };
            if self.answer.with_untracked(|answer| listed::name(answer) != value) {
                self.answer.set(listed::plain(&value));
            }
        }

        /// Something was typed. While an input method is composing nothing is asked; it says when it is done.
        pub fn typed(self, event: &Event, list: &str, level: u8) {
            if !event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing) {
                self.look_up(list, level);
            }
        }

        /// Asks for what fits what stands in the box now.
        pub fn look_up(self, list: &str, level: u8) {
            let Some(input) = self.input() else { return };
            let (typed, list) = (input.value().trim().to_owned(), list.to_owned());
            if self.answer.with_untracked(|answer| listed::name(answer) == typed) {
                return self.close();
            }
            self.answer.set(listed::plain(&typed));
            self.close();
            if typed.is_empty() {
                return;
            }
            let turn = self.asked.try_get_value();
            leptos::task::spawn_local(async move {
                let Ok(found) = crate::forms::api::listed(list, level, typed.clone()).await else { return };
                // another key was pressed meanwhile, something was chosen, or the page is gone
                if self.asked.try_get_value() == turn && turn.is_some() {
                    self.open.set(!found.entries.is_empty());
                    self.offered.set(Offered { typed, found });
                }
            });
        }

        /// Nothing is offered any more; an answer still under way comes too late.
        fn close(self) {
            self.asked.try_update_value(|n| *n += 1);
            self.open.set(false);
            self.at.set(None);
            self.offered.set(Offered::default());
        }

        pub fn pressed(self, event: &KeyboardEvent, live: Live, key: &str) {
            let Some(input) = self.input() else { return };
            let all = self.offered.with_untracked(|offered| offered.found.entries.len());
            let (open, at) = (self.open.get_untracked(), self.at.get_untracked());
            match event.key().as_str() {
                "ArrowDown" if all > 0 => {
                    event.prevent_default();
                    self.at.set(Some(if open { at.map_or(0, |n| (n + 1) % all) } else { 0 }));
                    self.open.set(true);
                    show(&input);
                }
                "ArrowUp" if open && all > 0 => {
                    event.prevent_default();
                    self.at.set(Some(at.map_or(all - 1, |n| (n + all - 1) % all)));
                    show(&input);
                }
                // Enter chooses; only then does it send the page
                "Enter" if open && at.is_some() => {
                    event.prevent_default();
                    if let Some(n) = at {
                        self.choose(n, &input, live, key);
                    }
                }
                "Escape" if open => {
                    event.prevent_default();
                    self.open.set(false);
                    self.at.set(None);
                }
                _ => {}
            }
        }

        /// The mouse goes down on an entry, before the box is left.
        pub fn pick(self, n: usize, event: &MouseEvent, live: Live, key: &str) {
            event.prevent_default();
            if let Some(input) = self.input() {
                self.choose(n, &input, live, key);
            }
        }

        /// What was typed and not chosen is taken when it can only mean one entry of what was offered for these very words; else the hall
        /// looks it up when the page is sent, and what it does not find is told.
        pub fn left(self, live: Live, key: &str) {
            let Some(input) = self.input() else { return };
            let typed = input.value().trim().to_owned();
            let meant = self.offered.with_untracked(|offered| {
                let found = (offered.typed == typed && !typed.is_empty()).then(|| offered.found.meant(&typed)).flatten();
                found.cloned()
            });
            if let Some(found) = meant {
                input.set_value(&found.name);
                self.answer.set(listed::answer(&found.code, &found.name));
            }
            self.close();
            if let Some(form) = input.form() {
                live.left_box(key, &form);
            }
        }

        fn choose(self, n: usize, input: &HtmlInputElement, live: Live, key: &str) {
            let Some(found) = self.offered.with_untracked(|offered| offered.found.entries.get(n).cloned()) else { return };
            input.set_value(&found.name);
            let answer = listed::answer(&found.code, &found.name);
            self.answer.set(answer.clone());
            self.close();
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
