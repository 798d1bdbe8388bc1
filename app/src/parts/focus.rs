//! After the awake page draws another page, the focus goes where a fresh page would put it: what is wrong, or the title.

/// Move focus and scroll once the new page stands.
pub(crate) fn focus_later() {
    #[cfg(feature = "hydrate")]
    leptos::prelude::request_animation_frame(|| {
        // one frame for the view to be mounted, one for layout
        leptos::prelude::request_animation_frame(focus_now);
    });
}

/// After a filter was changed in place, its boxes show what the list was filtered by: a box keeps the state of the
/// click, and a chip that was taken away was no click on the box.
pub(crate) fn ticks_follow_later() {
    #[cfg(feature = "hydrate")]
    leptos::prelude::request_animation_frame(|| leptos::prelude::request_animation_frame(ticks_follow));
}

#[cfg(feature = "hydrate")]
fn ticks_follow() {
    use wasm_bindgen::JsCast;
    let Ok(boxes) = leptos::prelude::document().query_selector_all("form[data-live] input[type=checkbox]") else { return };
    for n in 0..boxes.length() {
        if let Some(tick) = boxes.item(n).and_then(|node| node.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            tick.set_checked(tick.default_checked());
        }
    }
}

#[cfg(feature = "hydrate")]
fn focus_now() {
    use wasm_bindgen::JsCast;
    let document = leptos::prelude::document();
    if !leptos::prelude::window().location().hash().unwrap_or_default().is_empty() {
        return;
    }
    let find = |selector: &str| document.query_selector(selector).ok().flatten();
    let Some(target) = find("main .errors").or_else(|| find("main h1")) else { return };
    if target.get_attribute("tabindex").is_none() {
        let _ = target.set_attribute("tabindex", "-1");
    }
    if let Ok(target) = target.dyn_into::<web_sys::HtmlElement>() {
        let _ = target.focus();
        if target.class_name() != "errors" {
            leptos::prelude::window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}
