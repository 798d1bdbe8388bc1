//! The WASM entry. Hydrates `App`; nothing else, ever.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the boot script once the page is idle.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(app::App);
}
