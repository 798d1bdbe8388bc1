//! The end of `<head>`: style sheet, and the script that wakes the page when the browser has nothing better to do.
//!
//! Nothing a citizen needs waits for it. The module is fetched only where the browser can run it (bulk memory, sign
//! extension, reference types, multi-value, saturating conversions: what rustc emits by default).

use crate::lang;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use words::Lang;

/// Probes the WASM features rustc uses, then loads the module on idle. `__JS__` and `__WASM__` are filled in.
const BOOT: &str = include_str!("boot.js");

/// Hashes of the built files by kind (`js`, `wasm`, `css`); empty unless the build hashes its files.
fn hashes(options: &LeptosOptions) -> &'static BTreeMap<String, String> {
    static HASHES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    HASHES.get_or_init(|| {
        if !options.hash_files {
            return BTreeMap::new();
        }
        let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(|dir| dir.join(options.hash_file.as_ref())));
        let text = beside.and_then(|file| std::fs::read_to_string(file).ok()).unwrap_or_default();
        text.lines()
            .filter_map(|line| line.split_once(':'))
            .map(|(kind, hash)| (kind.trim().to_owned(), hash.trim().to_owned()))
            .collect()
    })
}

fn file(options: &LeptosOptions, kind: &str) -> String {
    let (folder, name) = (&options.site_pkg_dir, &options.output_name);
    let plain = |kind: &str| if kind == "wasm" && option_env!("LEPTOS_OUTPUT_NAME").is_none() { "_bg" } else { "" };
    match hashes(options).get(kind) {
        Some(hash) => format!("/{folder}/{name}.{hash}.{kind}"),
        None => format!("/{folder}/{name}{}.{kind}", plain(kind)),
    }
}

/// Link to the style sheet.
#[component]
pub fn Styles(options: LeptosOptions) -> impl IntoView {
    view! { <link rel="stylesheet" href=file(&options, "css")/> }
}

/// The boot script, with the nonce of this answer.
#[component]
pub fn Boot(options: LeptosOptions) -> impl IntoView {
    let script = BOOT.replace("__JS__", &file(&options, "js")).replace("__WASM__", &file(&options, "wasm"));
    let traditional = (lang() == Lang::ZhHant).then(|| view! { <script src="/traditional.js" defer nonce=use_nonce()></script> });
    view! { {traditional}<script type="module" nonce=use_nonce() inner_html=script></script> }
}
