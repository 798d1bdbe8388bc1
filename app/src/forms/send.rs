//! What an awake page sends by itself: the page, now and then, and files, one by one.
#![cfg_attr(not(feature = "hydrate"), allow(dead_code))]

/// How an upload is getting on.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Going {
    /// Bytes sent of all, and seconds still needed as far as known.
    Sending { done: u64, all: u64, seconds: Option<u64> },
    /// All sent; the hall looks at it.
    Checking,
    /// Not taken, and why.
    Failed(String),
}

#[cfg(feature = "hydrate")]
pub(super) use awake::{autosave, upload};

#[cfg(feature = "hydrate")]
mod awake {
    use super::Going;
    use crate::forms::live::Live;
    use crate::forms::read::pairs_of;
    use domain::forms::{FileNote, field_name};
    use leptos::prelude::*;
    use serde::Deserialize;
    use std::time::Duration;
    use wasm_bindgen::{JsCast, JsValue, closure::Closure};
    use web_sys::{File, FormData, HtmlFormElement, ProgressEvent, UrlSearchParams, XmlHttpRequest};
    use words::{Lang, form as w, parts};

    /// What the door answers.
    #[derive(Debug, Default, Deserialize)]
    struct Reply {
        location: Option<String>,
        problem: Option<String>,
        #[serde(default)]
        files: Vec<FileNote>,
    }

    fn post(action: &str) -> Result<XmlHttpRequest, JsValue> {
        let request = XmlHttpRequest::new()?;
        request.open_with_async("POST", action, true)?;
        request.set_request_header("Accept", "application/json")?;
        request.set_request_header(crate::doors::AWAKE, "1")?;
        Ok(request)
    }

    fn reply_of(request: &XmlHttpRequest) -> Reply {
        let text = request.response_text().ok().flatten().unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Saves the page two seconds after the last answer. Says so when it is done; keeps quiet when it is not.
    pub fn autosave(live: Live, form: &HtmlFormElement) {
        const MARK: &str = "data-waiting";
        let action = live.facts().action.clone();
        // a preview keeps nothing
        if form.has_attribute(MARK) || action.is_empty() {
            return;
        }
        let _ = form.set_attribute(MARK, "");
        let form = form.clone();
        set_timeout(
            move || {
                let _ = form.remove_attribute(MARK);
                // the person has gone on, or is sending the page just now
                if !form.is_connected() || form.has_attribute("data-sending") {
                    return;
                }
                let Ok(body) = UrlSearchParams::new() else { return };
                pairs_of(&form).iter().filter(|(name, _)| name != "act").for_each(|(name, value)| body.append(name, value));
                body.append("act", "autosave");
                let Ok(request) = post(&action) else { return };
                let _ = request.set_request_header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
                let done = Closure::once_into_js({
                    let request = request.clone();
                    move || {
                        if reply_of(&request).location.is_some() {
                            let now = js_sys::Date::new_0();
                            let time = format!("{:02}:{:02}", now.get_hours(), now.get_minutes());
                            // the page may be gone by now
                            _ = live.saved.try_set(Some(w::saved_at(live.lang, time)));
                        }
                    }
                });
                request.set_onloadend(Some(done.unchecked_ref()));
                let _ = request.send_with_opt_str(Some(&String::from(body.to_string())));
            },
            Duration::from_secs(2),
        );
    }

    /// Sends one file for one field of a page; `say` hears how it is going, `arrived` what was kept.
    pub fn upload(
        lang: Lang,
        page: &str,
        key: &str,
        file: &File,
        say: impl Fn(Going) + Clone + 'static,
        arrived: impl Fn(Vec<FileNote>) + 'static,
    ) {
        let began = js_sys::Date::now();
        let start = || -> Result<(), JsValue> {
            let data = FormData::new()?;
            data.append_with_str("act", "autosave")?;
            data.append_with_blob_and_filename(&field_name(key), file, &file.name())?;
            let request = post(page)?;
            let progress = Closure::<dyn Fn(ProgressEvent)>::new({
                let say = say.clone();
                move |event: ProgressEvent| {
                    let (done, all) = (event.loaded(), event.total());
                    if !event.length_computable() {
                        return;
                    }
                    if done >= all {
                        return say(Going::Checking);
                    }
                    let passed = (js_sys::Date::now() - began) / 1000.0;
                    let seconds = (passed > 1.0 && done > 0.0).then(|| (passed / done * (all - done)).ceil() as u64);
                    say(Going::Sending { done: done as u64, all: all as u64, seconds });
                }
            });
            request.upload()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
            progress.forget();
            let done = Closure::once_into_js({
                let (request, say) = (request.clone(), say.clone());
                move || match reply_of(&request) {
                    Reply { files, problem: None, .. } if !files.is_empty() => arrived(files),
                    Reply { problem: Some(problem), .. } => say(Going::Failed(problem)),
                    Reply { .. } => say(Going::Failed(parts::send_failed(lang).to_owned())),
                }
            });
            request.set_onloadend(Some(done.unchecked_ref()));
            request.send_with_opt_form_data(Some(&data))
        };
        if start().is_err() {
            say(Going::Failed(parts::send_failed(lang).to_owned()));
        }
    }
}
