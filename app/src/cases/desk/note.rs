//! The opinion that is being written is kept while it is written: a second after the last key, never while an input method
//! is composing, and never after it has been sent.

use leptos::prelude::*;

/// How far keeping is.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing new since the page was drawn.
    AsDrawn,
    Saving,
    /// At this time on the wall clock of the hall.
    At(String),
    /// The door did not answer.
    Not,
}

/// Keeps one box of one case.
#[derive(Clone, Copy)]
pub struct Keeper {
    pub kept: RwSignal<Kept>,
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
    door: StoredValue<String>,
    #[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
    waiting: StoredValue<Option<Waiting>>,
}

/// A text that waits to be kept, and the clock it waits for.
type Waiting = (TimeoutHandle, String);

impl Keeper {
    /// For the note door of a case.
    pub fn new(door: String) -> Self {
        let waiting = StoredValue::new(None);
        let keeper = Self { kept: RwSignal::new(Kept::AsDrawn), door: StoredValue::new(door), waiting };
        // what was typed within the last second before another case was opened is kept all the same
        #[cfg(feature = "hydrate")]
        on_cleanup(move || keeper.keep_now());
        keeper
    }

    /// What waits to be kept is not kept: it has been sent, or the case is closed.
    pub fn rest(self) {
        #[cfg(feature = "hydrate")]
        drop(self.stop_waiting());
    }
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::{Keeper, Kept};
    use leptos::prelude::*;
    use serde_json::Value;
    use std::time::Duration;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{Event, HtmlTextAreaElement, InputEvent, UrlSearchParams, XmlHttpRequest};

    impl Keeper {
        /// A key was pressed in the box, a word was composed, or the box was left.
        pub fn typed(self, event: &Event) {
            if event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing) {
                return;
            }
            let Some(area) = event.target().and_then(|t| t.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
            self.rest();
            // an act is under way: what is typed now would come back as a note after it
            if area.form().is_some_and(|form| form.has_attribute("data-sending")) {
                return;
            }
            let (wait, text) = (Duration::from_secs(1), area.value());
            let handle = set_timeout_with_handle(move || self.keep(&area), wait).ok();
            self.waiting.try_set_value(handle.map(|handle| (handle, text)));
        }

        /// The text that waited, if one did.
        pub(super) fn stop_waiting(self) -> Option<String> {
            let (handle, text) = self.waiting.try_update_value(Option::take).flatten()?;
            handle.clear();
            Some(text)
        }

        /// The box goes: what still waits is kept at once.
        pub(super) fn keep_now(self) {
            if let Some(text) = self.stop_waiting() {
                let _ = self.post(&text);
            }
        }

        fn keep(self, area: &HtmlTextAreaElement) {
            self.rest();
            let sent = area.form().is_some_and(|form| form.has_attribute("data-sending"));
            if !area.is_connected() || sent {
                return;
            }
            if self.kept.try_set(Kept::Saving).is_some() {
                return;
            }
            if self.post(&area.value()).is_err() {
                self.kept.try_set(Kept::Not);
            }
        }

        fn post(self, text: &str) -> Result<(), JsValue> {
            let door = self.door.try_get_value().unwrap_or_default();
            let request = XmlHttpRequest::new()?;
            request.open_with_async("POST", &door, true)?;
            request.set_request_header("Accept", "application/json")?;
            request.set_request_header(crate::doors::AWAKE, "1")?;
            request.set_request_header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")?;
            let body = UrlSearchParams::new()?;
            body.append("note", text);
            let done = Closure::once_into_js({
                let request = request.clone();
                move || {
                    let text = request.response_text().ok().flatten().unwrap_or_default();
                    let answer = serde_json::from_str::<Value>(&text).unwrap_or_default();
                    let kept = if answer.get("location").is_some() { Kept::At(now()) } else { Kept::Not };
                    // the case may be closed by now
                    self.kept.try_set(kept);
                }
            });
            request.set_onloadend(Some(done.unchecked_ref()));
            request.send_with_opt_str(Some(&String::from(body.to_string())))
        }
    }

    fn now() -> String {
        let at = chrono::DateTime::from_timestamp_millis(js_sys::Date::now() as i64);
        at.map(words::time).unwrap_or_default()
    }
}
