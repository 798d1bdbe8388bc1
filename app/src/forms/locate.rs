//! “I am here”: the phone says where it is, and the box is filled in. Nothing is asked before the button is pressed.

use super::field::Asked;
use crate::lang;
use leptos::prelude::*;
use words::form as w;

/// The button beside the box of a place on the map; without scripts there is none, and the place is typed or copied from a map.
#[component]
pub(super) fn Locate(asked: Asked) -> impl IntoView {
    let lang = lang();
    let live = asked.live;
    // what came of it, as long as the person has to know
    let told = RwSignal::new(None::<&'static str>);
    #[cfg(feature = "hydrate")]
    let press = {
        let (id, key) = (asked.id.clone(), asked.key.clone());
        move |_: leptos::ev::MouseEvent| awake::locate(&id, &key, live, told)
    };
    #[cfg(not(feature = "hydrate"))]
    let press = |_: leptos::ev::MouseEvent| ();
    view! {
        <div hidden=move || !live.is_awake()>
            <p class="row">
                <button type="button" class="button quiet" on:click=press>{w::locate(lang)}</button>
                <span class="small muted" role="status">{move || told.get()}</span>
            </p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
mod awake {
    use crate::forms::live::Live;
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, closure::Closure};
    use words::form as w;

    pub fn locate(id: &str, key: &str, live: Live, told: RwSignal<Option<&'static str>>) {
        let lang = live.lang;
        let Ok(place) = window().navigator().geolocation() else { return told.set(Some(w::locate_failed(lang))) };
        told.set(Some(w::locating(lang)));
        let (id, key) = (id.to_owned(), key.to_owned());
        let found = Closure::once_into_js(move |position: web_sys::Position| {
            let at = position.coords();
            let written = |degrees: f64| js_sys::Number::from(degrees).to_fixed(6).map(String::from).unwrap_or_default();
            let point = format!("{},{}", written(at.longitude()), written(at.latitude()));
            let input = document().get_element_by_id(&id).and_then(|e| e.dyn_into::<web_sys::HtmlInputElement>().ok());
            let Some((input, form)) = input.and_then(|input| Some((input.clone(), input.form()?))) else { return };
            input.set_value(&point);
            _ = told.try_set(None);
            live.said(&key, &point, &form);
        });
        let failed = Closure::once_into_js(move |_: wasm_bindgen::JsValue| _ = told.try_set(Some(w::locate_failed(lang))));
        if place.get_current_position_with_error_callback(found.unchecked_ref(), Some(failed.unchecked_ref())).is_err() {
            told.set(Some(w::locate_failed(lang)));
        }
    }
}
