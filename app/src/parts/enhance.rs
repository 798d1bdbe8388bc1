//! One door for plain forms. Until the page is awake the browser posts a form and follows the 303. Once awake, every
//! `<form data-door>` is sent from here to the same address with `Accept: application/json`; the server answers where
//! the 303 would have led (`{"location": "/my"}`) or why not (`{"problem": "…", "refusal": …}`), which is told beside the
//! control it belongs to, else at the top of main. What is wrong with a page of an application is never part of the answer: it
//! is read from the draft by the page that comes next, as without scripts.
//!
//! Nothing here writes to an input.

use leptos::prelude::*;

/// What went wrong when sending, said at the top of main. One per application.
#[derive(Clone, Copy)]
pub(crate) struct Sending(RwSignal<Option<String>>);

impl Sending {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// The trouble belonged to what is no longer shown.
    pub(crate) fn forget(self) {
        self.0.set(None);
    }
}

/// The place in main where sending troubles are told.
#[component]
pub fn Problem() -> impl IntoView {
    let sending = use_context::<Sending>();
    move || {
        sending.and_then(|sending| sending.0.get()).map(|text| {
            view! { <div class="errors" role="alert" tabindex="-1"><h2>{text}</h2></div> }
        })
    }
}

/// Listens for submitted forms as soon as the page is awake. Draws nothing.
#[component]
pub fn Enhance() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    if let Some(sending) = use_context::<Sending>() {
        awake::listen(sending.0);
    }
}

/// Whether the pressed button opens its answer in a window of its own (`formtarget`).
pub fn opens_elsewhere(event: &leptos::ev::SubmitEvent) -> bool {
    #[cfg(feature = "hydrate")]
    return event.submitter().is_some_and(|button| button.has_attribute("formtarget"));
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        false
    }
}

#[cfg(feature = "hydrate")]
mod awake {
    use super::super::beside::awake::{forget, tell};
    use crate::doors::{SIGN_IN, SIGN_OUT};
    use crate::{Version, lang, who::Who};
    use domain::refusal::Refusal;
    use leptos::prelude::*;
    use leptos_router::NavigateOptions;
    use leptos_router::hooks::use_navigate;
    use serde::Deserialize;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{
        Element, Event, FormData, HtmlButtonElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement, ProgressEvent,
        SubmitEvent, UrlSearchParams, XmlHttpRequest,
    };
    use words::{Lang, parts as w};

    /// What a door answers when asked for JSON.
    #[derive(Debug, Default, Deserialize)]
    struct Reply {
        location: Option<String>,
        problem: Option<String>,
        /// Read apart: a page older than the server may not know it.
        refusal: Option<serde_json::Value>,
    }

    /// The router's way to another page.
    type Go = std::rc::Rc<dyn Fn(&str, NavigateOptions)>;

    /// What following an answer needs.
    #[derive(Clone)]
    struct Awake {
        go: Go,
        version: Version,
        who: Who,
        trouble: RwSignal<Option<String>>,
        lang: Lang,
    }

    pub(super) fn listen(trouble: RwSignal<Option<String>>) {
        let navigate = use_navigate();
        let awake = Awake {
            go: std::rc::Rc::new(move |to, options| navigate(to, options)),
            version: Version::current(),
            who: Who::current(),
            trouble,
            lang: lang(),
        };
        let submitted = Closure::<dyn Fn(SubmitEvent)>::new({
            let awake = awake.clone();
            move |event: SubmitEvent| awake.submitted(&event)
        });
        let changed = Closure::<dyn Fn(Event)>::new(ticked);
        let document = document();
        let _ = document.add_event_listener_with_callback("submit", submitted.as_ref().unchecked_ref());
        let _ = document.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        // as long as the page lives
        submitted.forget();
        changed.forget();
    }

    /// In a `<form data-live>` (filters) a tick applies at once.
    fn ticked(event: Event) {
        let form = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()).and_then(|input| input.form());
        if let Some(form) = form.filter(|form| form.has_attribute("data-live")) {
            let _ = form.request_submit();
        }
    }

    impl Awake {
        fn submitted(&self, event: &SubmitEvent) {
            let Some(form) = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok()) else { return };
            if event.default_prevented() || !form.has_attribute("data-door") {
                return;
            }
            // what opens in a window of its own leaves this page as it is
            if super::opens_elsewhere(event) {
                return;
            }
            let button = event.submitter().and_then(|b| b.dyn_into::<HtmlButtonElement>().ok());
            let by_button = |name: &str| button.as_ref().and_then(|b| b.get_attribute(name));
            let Ok(data) = FormData::new_with_form(&form) else { return };
            if let Some(button) = button.as_ref().filter(|b| !b.name().is_empty()) {
                let _ = data.append_with_str(&button.name(), &button.value());
            }
            // `form.action` may be shadowed by a field of that name: read the attribute
            let action = by_button("formaction").or_else(|| form.get_attribute("action")).unwrap_or_default();
            if form.method() == "get" {
                event.prevent_default();
                self.follow_query(&form, &action, &data);
                return;
            }
            event.prevent_default();
            if form.has_attribute("data-sending") {
                return;
            }
            let _ = form.set_attribute("data-sending", "");
            forget(&form);
            let multipart = form.enctype() == "multipart/form-data";
            if self.send(form.clone(), &action, &data, multipart).is_err() {
                let _ = form.remove_attribute("data-sending");
                self.trouble.set(Some(w::send_failed(self.lang).to_owned()));
            }
        }

        fn follow_query(&self, form: &HtmlFormElement, action: &str, data: &FormData) {
            let Ok(query) = UrlSearchParams::new_with_str_sequence_sequence(data) else { return };
            // empty boxes would make different addresses for the same question
            let keys: Vec<String> = js_sys::try_iter(&query.keys())
                .ok()
                .flatten()
                .map(|keys| keys.flatten().filter_map(|key| key.as_string()).collect())
                .unwrap_or_default();
            for key in keys {
                if query.get(&key).is_some_and(|value| value.is_empty()) {
                    query.delete(&key);
                }
            }
            let text = String::from(query.to_string());
            let to = if text.is_empty() { action.to_owned() } else { format!("{action}?{text}") };
            let live = form.has_attribute("data-live");
            (self.go)(&to, NavigateOptions { scroll: !live, replace: live, ..Default::default() });
        }

        fn send(&self, form: HtmlFormElement, action: &str, data: &FormData, multipart: bool) -> Result<(), JsValue> {
            let request = XmlHttpRequest::new()?;
            request.open_with_async("POST", action, true)?;
            request.set_request_header("Accept", "application/json")?;
            request.set_request_header(crate::doors::AWAKE, "1")?;
            let line = StatusLine::new(self.lang, form.clone());
            if multipart {
                watch_upload(&request, line.clone())?;
            }
            let done = Closure::once_into_js({
                let (this, request) = (self.clone(), request.clone());
                move || {
                    line.remove();
                    let _ = form.remove_attribute("data-sending");
                    this.answered(&form, &request);
                }
            });
            request.set_onloadend(Some(done.unchecked_ref()));
            if multipart {
                request.send_with_opt_form_data(Some(data))
            } else {
                let body = UrlSearchParams::new_with_str_sequence_sequence(data)?;
                request.set_request_header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")?;
                request.send_with_opt_str(Some(&String::from(body.to_string())))
            }
        }

        fn answered(&self, form: &HtmlFormElement, request: &XmlHttpRequest) {
            let text = request.response_text().ok().flatten().unwrap_or_default();
            let reply: Reply = serde_json::from_str(&text).unwrap_or_default();
            match reply {
                Reply { location: Some(location), .. } if location.starts_with('/') && !location.starts_with("//") => {
                    self.trouble.set(None);
                    if form.is_connected() { self.follow(&location) } else { self.hear(form, &location) }
                }
                Reply { problem: Some(problem), refusal, .. } => {
                    let refusal = refusal.and_then(|refusal| serde_json::from_value::<Refusal>(refusal).ok());
                    if refusal.is_some_and(|refusal| form.is_connected() && tell(form, &refusal, &problem)) {
                        self.trouble.set(None);
                    } else {
                        self.say(form, problem);
                    }
                }
                Reply { .. } => self.say(form, w::send_failed(self.lang).to_owned()),
            }
        }

        /// Go where the 303 would have led, and ask for everything anew.
        fn follow(&self, location: &str) {
            let here = window().location();
            let path = here.pathname().unwrap_or_default();
            let now = format!("{path}{}", here.search().unwrap_or_default());
            if location.starts_with("/sign-in") || now.starts_with("/sign-in") {
                self.who.forget();
            }
            if location != now {
                (self.go)(location, NavigateOptions::default());
            }
            // another page asks for its own; the one being left may no longer have anything to ask for
            if location.split(['?', '#']).next() == Some(path.as_str()) {
                self.version.bump();
            }
        }

        /// The answer came when its form was gone already: the reader has gone on, and is not fetched back. A page the answer is about
        /// is asked for anew, unless somebody is filling it in.
        fn hear(&self, form: &HtmlFormElement, location: &str) {
            if matches!(form.get_attribute("action").as_deref(), Some(SIGN_IN | SIGN_OUT)) {
                self.who.forget();
            }
            let path = window().location().pathname().unwrap_or_default();
            if location.split(['?', '#']).next() == Some(path.as_str()) && !is_filled_in() {
                self.version.bump();
            }
        }

        /// The focus goes to what is told, but not away from what the reader has gone on to.
        fn say(&self, form: &HtmlFormElement, text: String) {
            self.trouble.set(Some(text));
            if form.is_connected() {
                crate::parts::focus_later();
            }
        }
    }

    /// Whether something is typed or chosen on this page that was not there when it was drawn.
    fn is_filled_in() -> bool {
        let document = document();
        let chosen = "main :checked:not([checked], [selected]), main [checked]:not(:checked)";
        if document.query_selector(chosen).ok().flatten().is_some() {
            return true;
        }
        let Ok(boxes) = document.query_selector_all("main input, main textarea") else { return false };
        (0..boxes.length()).filter_map(|n| boxes.item(n)).any(|node| match node.dyn_ref::<HtmlInputElement>() {
            // what is ticked was looked at above
            Some(input) if matches!(input.type_().as_str(), "checkbox" | "radio") => false,
            Some(input) => input.value() != input.default_value(),
            None => node
                .dyn_ref::<HtmlTextAreaElement>()
                .is_some_and(|area| area.default_value().is_ok_and(|drawn| area.value() != drawn)),
        })
    }

    /// Writes how far the upload is into the `<progress>` of the form's status line.
    fn watch_upload(request: &XmlHttpRequest, line: StatusLine) -> Result<(), JsValue> {
        let progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            if event.length_computable() {
                line.progress(event.loaded(), event.total());
            }
        });
        request.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        progress.forget();
        Ok(())
    }

    /// One line under the form while it is being sent. Uses the form's own `<progress data-upload>` when it has one.
    #[derive(Clone)]
    struct StatusLine {
        lang: Lang,
        line: Option<Element>,
        bar: Option<Element>,
    }

    impl StatusLine {
        fn new(lang: Lang, form: HtmlFormElement) -> Self {
            let bar = form.query_selector("progress[data-upload]").ok().flatten();
            let line = document().create_element("p").ok();
            if let Some(line) = &line {
                let _ = line.set_attribute("role", "status");
                line.set_class_name("sending small muted");
                line.set_text_content(Some(w::sending(lang)));
                let _ = form.append_child(line);
            }
            Self { lang, line, bar }
        }

        fn progress(&self, loaded: f64, total: f64) {
            let text = w::uploading(self.lang, words::bytes(loaded as u64), words::bytes(total as u64));
            if let Some(line) = &self.line {
                line.set_text_content(Some(&text));
            }
            if let Some(bar) = &self.bar {
                let _ = bar.set_attribute("max", "100");
                let _ = bar.set_attribute("value", &format!("{:.0}", loaded / total.max(1.0) * 100.0));
                let _ = bar.remove_attribute("hidden");
            }
        }

        fn remove(&self) {
            if let Some(line) = &self.line {
                line.remove();
            }
        }
    }
}
