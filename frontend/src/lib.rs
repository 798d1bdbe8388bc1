//! The WASM entry. Hydrates `App`; nothing else, ever.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the boot script once the browser is idle. Ends when the page is awake.
///
/// # Errors
/// When the code of the room the page is in cannot be had; the page then stays as it is, whole and plain.
#[wasm_bindgen]
pub async fn hydrate() -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    let path = leptos::prelude::window().location().pathname()?;
    app::enter(&path).await.map_err(|fault| JsValue::from_str(&fault.to_string()))?;
    leptos::mount::hydrate_body(app::App);
    Ok(())
}
