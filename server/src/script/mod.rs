//! 繁简切换: pages for people who read Traditional characters. The hall thinks in Simplified ones and converts at the edge, words by
//! words and not sign by sign (头发 is 頭髮, 发展 is 發展). What people typed, addresses and scripts are left as they are, and so are names
//! and answers where they are shown again (`translate="no"`): 范某 is not 範某.

mod html;
mod table;
mod trade;

pub use html::converted;
pub use table::traditional;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use http::header;
use std::sync::OnceLock;
use words::Lang;

/// Pages are far smaller.
const LARGEST: usize = 8 << 20;

/// The converter, loaded when somebody first reads Traditional: the characters people write in Taiwan, 裡 and not 裏, with the words of
/// this hall.
fn convert(text: &str) -> String {
    static OPENCC: OnceLock<Option<OpenCC>> = OnceLock::new();
    let opencc = OPENCC.get_or_init(|| {
        let made = OpenCC::from_config(BuiltinConfig::S2tw);
        made.inspect_err(|e| tracing::error!("no conversion to Traditional characters: {e}")).ok()
    });
    // a page in Simplified characters is better than none
    opencc.as_ref().map_or_else(|| text.to_owned(), |opencc| trade::around(text, |rest| opencc.convert(rest)))
}

/// Converts a page on its way out, if its reader wants that.
pub async fn script(request: Request, next: Next) -> Response {
    let lang = crate::caller::preferences(request.headers()).lang;
    let response = next.run(request).await;
    let page = response.headers().get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if lang != Lang::ZhHant || !page {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    match to_bytes(body, LARGEST).await {
        Ok(bytes) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            (parts, Body::from(html::converted(&String::from_utf8_lossy(&bytes)))).into_response()
        }
        Err(fault) => crate::trouble::broken(lang, &service::Fault::broken(fault)),
    }
}
