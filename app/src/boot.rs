//! The end of `<head>`: style sheet, and the script that wakes the page when the browser has nothing better to do.
//!
//! Nothing a citizen needs waits for it. The module is fetched only where the browser can run it (bulk memory, sign
//! extension, reference types, multi-value, saturating conversions: what rustc emits by default).

use crate::lang;
use crate::rooms::room_at;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use words::Lang;

/// Probes the WASM features rustc uses, then on idle fetches the module and, beside it, the files of the room the page is in, which
/// the module then finds in the browser's cache. If one of them cannot be had the page stays as it is, whole and plain. At the end
/// `data-hydrated` tells whoever has to wait for it: tests, and nobody else. `__JS__`, `__WASM__`, `__ROOM__` are filled in.
const BOOT: &str = include_str!("boot.js");

/// Files of each room, as the build listed them; none in a build that was not split.
fn rooms(options: &LeptosOptions) -> &'static BTreeMap<String, Vec<String>> {
    static ROOMS: OnceLock<BTreeMap<String, Vec<String>>> = OnceLock::new();
    ROOMS.get_or_init(|| {
        let list = std::path::Path::new(options.site_root.as_ref()).join("pkg/__wasm_split_manifest.json");
        std::fs::read_to_string(list).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    })
}

fn file(options: &LeptosOptions, kind: &str) -> String {
    let plain = if kind == "wasm" && option_env!("LEPTOS_OUTPUT_NAME").is_none() { "_bg" } else { "" };
    format!("/{}/{}{plain}.{kind}", options.site_pkg_dir, options.output_name)
}

/// Link to the style sheet.
#[component]
pub fn Styles(options: LeptosOptions) -> impl IntoView {
    view! { <link rel="stylesheet" href=file(&options, "css")/> }
}

/// The boot script of the page at `path`, with the nonce of this answer.
#[component]
pub fn Boot(options: LeptosOptions, path: String) -> impl IntoView {
    let files = room_at(&path).and_then(|room| rooms(&options).get(room)).map(Vec::as_slice).unwrap_or_default();
    let room: Vec<String> = files.iter().map(|name| format!("\"/{}/{name}.wasm\"", options.site_pkg_dir)).collect();
    let script = BOOT
        .replace("__JS__", &file(&options, "js"))
        .replace("__WASM__", &file(&options, "wasm"))
        .replace("__ROOM__", &room.join(","));
    let traditional = (lang() == Lang::ZhHant).then(|| view! { <script src="/traditional.js" defer nonce=use_nonce()></script> });
    view! { {traditional}<script type="module" nonce=use_nonce() inner_html=script></script> }
}
