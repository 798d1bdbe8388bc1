//! Pages for when the application itself cannot draw one: a refusal at a door, a fault, a panic. In the look of the
//! site as far as its style sheet goes; without script.

use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use service::Fault;
use words::{Lang, trouble as w};

/// A page that says one thing and where to go on.
pub fn page(lang: Lang, status: StatusCode, title: &str, sentence: &str, ticket: Option<&str>) -> Response {
    let ticket = ticket.map(|t| format!("<p>{}</p>", escape(&w::broken_ticket(lang, t)))).unwrap_or_default();
    let (title, sentence) = (escape(title), escape(sentence));
    let html = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title}</title><link rel=\"stylesheet\" href=\"/pkg/tongban.css\"></head>\
         <body><main id=\"main\"><div class=\"wrap reading flow\"><h1>{title}</h1><p class=\"lead\">{sentence}</p>{ticket}\
         <ul class=\"plain\"><li><a href=\"/items\">{}</a></li><li><a href=\"/track\">{}</a></li><li><a href=\"/my\">{}</a></li>\
         <li><a href=\"/\">{}</a></li></ul></div></main></body></html>",
        lang.html(),
        w::to_items(lang),
        w::to_track(lang),
        w::to_my(lang),
        w::to_home(lang),
    );
    // some of these leave the house by a side door, past the layer that converts
    let html = if lang == Lang::ZhHant { crate::script::converted(&html) } else { html };
    (status, Html(html)).into_response()
}

/// Our own fault, before it is known who asks.
pub fn broken(lang: Lang, fault: &Fault) -> Response {
    broken_for(lang, false, fault)
}

/// As [`broken`], for a browser or for our own script.
pub fn broken_for(lang: Lang, json: bool, fault: &Fault) -> Response {
    let ticket = match fault {
        Fault::Broken(broken) => Some(broken.ticket.as_str()),
        Fault::Refused(_) | Fault::Busy(_) => None,
    };
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    if json {
        let sentence = ticket.map(|t| w::broken_ticket(lang, t)).unwrap_or_default();
        let problem = format!("{}{sentence}", w::broken_text(lang));
        let body = serde_json::json!({ "problem": problem, "title": w::broken_title(lang), "status": 500, "ticket": ticket });
        return (status, axum::Json(body)).into_response();
    }
    page(lang, status, w::broken_title(lang), w::broken_text(lang), ticket)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        assert_eq!(escape("<img src=\"x\"> & co"), "&lt;img src=&quot;x&quot;&gt; &amp; co");
    }
}
