//! Checking a certificate file on the reader's own computer, before anything is sent. Same rules as on the server; the
//! server still looks the certificate up, because only it knows what was revoked.

use crate::lang;
use leptos::prelude::*;
use words::verify as w;

/// What the browser found in the chosen file; empty until a file is chosen and the page is awake.
#[component]
pub fn CheckedHere(found: RwSignal<Option<bool>>) -> impl IntoView {
    let lang = lang();
    move || {
        found.get().map(|good| {
            let said = if good { w::file_here_good(lang) } else { w::file_here_bad(lang) };
            view! { <p class="small" role="status">{w::file_here(lang, said)}</p> }
        })
    }
}

/// Reads the chosen file and checks its signature.
pub fn check_chosen(event: leptos::ev::Event, found: RwSignal<Option<bool>>) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else {
            found.set(None);
            return;
        };
        leptos::task::spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            found.set(text.map(|text| domain::certificates::check_file(&text).is_ok()));
        });
    }
    let _ = (event, found);
}
