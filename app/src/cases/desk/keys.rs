//! The keyboard: what there is to press, and the list of it. Single letters work outside fields only, and never while an
//! input method is composing. A letter that decides something has to be pressed twice.

use super::state::Desk;
use crate::lang;
use leptos::prelude::*;
use words::{Lang, desk as w};

/// Keys and what they do, for the list.
fn all(lang: Lang) -> Vec<(&'static [&'static str], &'static str)> {
    vec![
        (&["J", "K"], w::key_next(lang)),
        (&["Enter"], w::key_open(lang)),
        (&["L"], w::key_claim(lang)),
        (&["A"], w::key_accept(lang)),
        (&["B"], w::key_supplement(lang)),
        (&["N"], w::key_refuse(lang)),
        (&["R"], w::key_return(lang)),
        (&["T"], w::key_clock(lang)),
        (&["Y"], w::key_extend(lang)),
        (&["D"], w::key_deliver(lang)),
        (&["U"], w::key_release(lang)),
        (&["1", "7"], w::key_sections(lang)),
        (&["M"], w::key_message(lang)),
        (&["/"], w::key_search(lang)),
        (&["?"], w::key_help(lang)),
        (&["Esc"], w::key_leave(lang)),
    ]
}

fn cap(key: &'static str) -> impl IntoView {
    view! { <kbd>{key}</kbd> }
}

/// The bar below the panes; it stands only where keys work.
#[component]
pub fn Commands() -> impl IntoView {
    let lang = lang();
    let show = move |_| {
        #[cfg(feature = "hydrate")]
        awake::show_list();
    };
    view! {
        <footer class="commands" aria-label=w::keys(lang)>
            <span>{cap("J")}" "{cap("K")}" "{w::key_next(lang)}</span>
            <span>{cap("Enter")}" "{w::key_open(lang)}</span>
            <span>{cap("L")}" "{w::key_claim(lang)}</span>
            <span>{cap("M")}" "{w::key_message(lang)}</span>
            <span>{cap("1")}"–"{cap("7")}" "{w::key_sections(lang)}</span>
            <span>{cap("/")}" "{w::key_search(lang)}</span>
            <button type="button" class="button plain" on:click=show>{cap("?")}" "{w::keys_all(lang)}</button>
        </footer>
    }
}

/// The list of all keys.
#[component]
pub fn KeyList() -> impl IntoView {
    let lang = lang();
    let lines = all(lang)
        .into_iter()
        .map(|(keys, what)| {
            let between = if keys.first() == Some(&"1") { "–" } else { " " };
            let caps = keys.iter().enumerate().map(|(n, key)| view! { {(n > 0).then_some(between)}{cap(key)} }).collect_view();
            view! { <div><dt>{caps}</dt><dd>{what}</dd></div> }
        })
        .collect_view();
    view! {
        <dialog id="keys" class="keys" aria-labelledby="keys-h">
            <h2 id="keys-h">{w::keys_all(lang)}</h2>
            <dl>{lines}</dl>
            <p class="small muted">{w::keys_note(lang)}</p>
            <form method="dialog"><button class="button quiet">{w::keys_close(lang)}</button></form>
        </dialog>
    }
}

/// Listens as long as the desk is shown.
pub fn listen(desk: Desk) {
    #[cfg(feature = "hydrate")]
    {
        let handle = window_event_listener(leptos::ev::keydown, move |event| awake::pressed(desk, &event));
        on_cleanup(move || handle.remove());
    }
    let _ = desk;
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::super::case::SECTIONS;
    use super::Desk;
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlDialogElement, HtmlElement, KeyboardEvent};
    use words::desk as w;

    fn find(selector: &str) -> Option<HtmlElement> {
        document().query_selector(selector).ok().flatten()?.dyn_into().ok()
    }

    fn active() -> Option<HtmlElement> {
        document().active_element()?.dyn_into().ok()
    }

    fn list() -> Option<HtmlDialogElement> {
        find("#keys")?.dyn_into().ok()
    }

    pub(super) fn show_list() {
        if let Some(list) = list() {
            let _ = list.show_modal();
        }
    }

    /// Whether keys are letters here.
    fn writes(element: &Element) -> bool {
        let fields = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])";
        element.matches(fields).unwrap_or(false)
    }

    pub(super) fn pressed(desk: Desk, event: &KeyboardEvent) {
        let mixed = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.default_prevented() || event.is_composing() || mixed || list().is_some_and(|list| list.open()) {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let key = event.key();
        if key == "Escape" {
            leave(desk);
            return;
        }
        if target.as_ref().is_some_and(writes) {
            return;
        }
        if done(desk, &key, event.repeat()) {
            event.prevent_default();
        }
    }

    /// Does what the key stands for; false when it stands for nothing here.
    fn done(desk: Desk, key: &str, repeated: bool) -> bool {
        match key {
            "j" | "J" => return step(1),
            "k" | "K" => return step(-1),
            _ if repeated => return false,
            _ => {}
        }
        match key {
            "/" => find("#q").is_some_and(|search| search.focus().is_ok()),
            "?" => {
                show_list();
                true
            }
            "1" | "2" | "3" | "4" | "5" | "6" | "7" => {
                key.parse::<usize>().ok().and_then(|n| SECTIONS.get(n - 1)).is_some_and(|id| section(id))
            }
            "m" | "M" => find("#message").is_some_and(|area| area.focus().is_ok()),
            "l" | "L" if claim_row() => true,
            _ => act(desk, &key.to_uppercase()),
        }
    }

    /// Moves to the next or the last row.
    fn step(by: i32) -> bool {
        let Ok(rows) = document().query_selector_all("#queue ol a") else { return false };
        let rows: Vec<HtmlElement> = (0..rows.length()).filter_map(|n| rows.item(n)?.dyn_into().ok()).collect();
        let here = active().and_then(|here| rows.iter().position(|row| row.is_same_node(Some(&here))));
        let open = || rows.iter().position(|row| row.has_attribute("aria-current"));
        let next = match here.or_else(open) {
            Some(n) => i32::try_from(n).unwrap_or(0).saturating_add(by),
            None => 0,
        };
        usize::try_from(next).ok().and_then(|n| rows.get(n)).is_some_and(|row| row.focus().is_ok())
    }

    /// Claims the row that has the focus.
    fn claim_row() -> bool {
        let row = active().and_then(|here| here.closest("#queue li").ok().flatten());
        let button = row.and_then(|row| row.query_selector("form button").ok().flatten());
        let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) else { return false };
        button.click();
        true
    }

    /// Shows a section of the case.
    fn section(id: &str) -> bool {
        let Some(heading) = find(&format!("#{id}")) else { return false };
        heading.scroll_into_view();
        let _ = heading.set_attribute("tabindex", "-1");
        heading.focus().is_ok()
    }

    /// Presses the button, opens the fold or follows the link of an act. What decides is only pressed when it has the
    /// focus already, so that a slip of the finger decides nothing.
    fn act(desk: Desk, key: &str) -> bool {
        if key.chars().count() != 1 || !key.chars().all(|c| c.is_ascii_uppercase()) {
            return false;
        }
        let Some(button) = find(&format!("#acts [aria-keyshortcuts={key}]")) else { return false };
        let here = active().is_some_and(|here| here.is_same_node(Some(&button)));
        match (button.tag_name().as_str(), key) {
            ("BUTTON", "L" | "U") => button.click(),
            ("BUTTON", _) if here => button.click(),
            ("BUTTON", _) => {
                let _ = button.focus();
                let name = button.first_child().and_then(|text| text.text_content()).unwrap_or_default();
                desk.hint.set(Some(w::press_again(desk.lang, key, name)));
            }
            ("SUMMARY", _) => {
                button.click();
                focus_first(button.parent_element());
            }
            _ => {
                // the section where the words of this act are written
                let to = button.get_attribute("href").unwrap_or_default();
                let form = find(&to);
                if let Some(form) = &form {
                    form.scroll_into_view();
                }
                focus_first(form.map(Into::into));
            }
        }
        true
    }

    fn focus_first(within: Option<Element>) {
        // one frame for a fold to open
        request_animation_frame(move || {
            let first =
                within.and_then(|within| within.query_selector("input:not([type=hidden]), select, textarea").ok().flatten());
            if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                let _ = first.focus();
            }
        });
    }

    /// Leaves the field; else folds the open act; else goes back to the row of the open case.
    fn leave(desk: Desk) {
        desk.hint.set(None);
        let Some(here) = active() else { return };
        if let Some(fold) = here.closest("details[name=act][open]").ok().flatten() {
            let _ = fold.remove_attribute("open");
            if let Some(summary) = fold.query_selector("summary").ok().flatten().and_then(|s| s.dyn_into::<HtmlElement>().ok()) {
                let _ = summary.focus();
            }
        } else if writes(&here) {
            let _ = here.blur();
        } else if let Some(row) = find("#queue a[aria-current]") {
            let _ = row.focus();
        }
    }

    /// Whether the panes stand below each other, as on a phone.
    fn stacked() -> bool {
        find(".jump").is_some_and(|jump| jump.offset_height() > 0)
    }

    /// A fresh case begins at its top.
    pub(in super::super) fn to_top() {
        for pane in ["#case", "#acts"].into_iter().filter_map(find) {
            pane.set_scroll_top(0);
        }
        if stacked() {
            show_pane("#case");
        }
    }

    /// On a phone a claimed case goes on where its acts are.
    pub(in super::super) fn to_acts() {
        if stacked() {
            show_pane("#acts");
        }
    }

    fn show_pane(id: &'static str) {
        // after the router has scrolled
        request_animation_frame(move || {
            if let Some(pane) = find(id) {
                pane.scroll_into_view();
            }
        });
    }

    /// The button that was pressed may be gone: the focus goes to the case instead of getting lost.
    pub(in super::super) fn keep_focus() {
        request_animation_frame(|| {
            let lost = document().active_element().is_none_or(|here| here.tag_name() == "BODY");
            if let Some(heading) = find("#ch").filter(|_| lost) {
                let _ = heading.focus();
            }
        });
    }
}

#[cfg(feature = "hydrate")]
pub(super) use awake::{keep_focus, to_acts, to_top};
