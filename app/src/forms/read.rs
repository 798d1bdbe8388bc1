//! Reads what stands in a form right now. Never writes.

#[cfg(feature = "hydrate")]
use wasm_bindgen::JsCast;

/// Names and values of a form's controls, without files.
#[cfg(feature = "hydrate")]
pub(super) fn pairs_of(form: &web_sys::HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = web_sys::FormData::new_with_form(form) else { return Vec::new() };
    let Ok(Some(entries)) = js_sys::try_iter(&data) else { return Vec::new() };
    let pair = |entry: wasm_bindgen::JsValue| {
        let entry: js_sys::Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    entries.flatten().filter_map(pair).collect()
}

/// The key of the answer that a control holds, and what stands there now; nothing of uploads. Of ticks all with one name are read.
#[cfg(feature = "hydrate")]
pub(super) fn said_by(event: &web_sys::Event) -> Option<(String, Vec<String>)> {
    let (key, control) = key_of(event)?;
    let target = event.target()?;
    let said = match control {
        Control::File => return None,
        Control::Box => match target.dyn_ref::<web_sys::HtmlTextAreaElement>() {
            Some(area) => vec![area.value()],
            None => vec![target.dyn_ref::<web_sys::HtmlInputElement>()?.value()],
        },
        Control::Tick => {
            let form = target.dyn_ref::<web_sys::Element>()?.closest("form").ok()??;
            let data = web_sys::FormData::new_with_form(form.dyn_ref()?).ok()?;
            data.get_all(&domain::forms::field_name(&key)).iter().filter_map(|said| said.as_string()).collect()
        }
    };
    Some((key, said))
}

/// The key of the answer a control holds: `f.staff_name.2` is `staff_name.2`.
#[cfg(feature = "hydrate")]
pub(super) fn key_of(event: &web_sys::Event) -> Option<(String, Control)> {
    let target = event.target()?;
    if let Some(input) = target.dyn_ref::<web_sys::HtmlInputElement>() {
        let control = match input.type_().as_str() {
            "radio" | "checkbox" => Control::Tick,
            "file" => Control::File,
            _ => Control::Box,
        };
        return Some((key(&input.name())?, control));
    }
    if let Some(area) = target.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        return Some((key(&area.name())?, Control::Box));
    }
    target.dyn_ref::<web_sys::HtmlSelectElement>().and_then(|select| Some((key(&select.name())?, Control::Tick)))
}

/// How a control is answered.
#[cfg(feature = "hydrate")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Control {
    /// Done once left.
    Box,
    /// Done once chosen.
    Tick,
    File,
}

#[cfg(feature = "hydrate")]
fn key(name: &str) -> Option<String> {
    name.strip_prefix("f.").map(str::to_owned)
}
