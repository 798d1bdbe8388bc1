//! Tags and lights: small signs with a word.

use crate::lang;
use domain::clock::{Left, Light};
use leptos::prelude::*;
use words::{Lang, clock as w};

/// What a tag means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Now,
    Ok,
    Warn,
    Bad,
}

impl Kind {
    /// Value of `data-kind`.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Now => Some("now"),
            Self::Ok => Some("ok"),
            Self::Warn => Some("warn"),
            Self::Bad => Some("bad"),
        }
    }
}

/// A noun or past verb of at most five characters. One per line, never clickable.
#[component]
pub fn Tag(kind: Kind, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class="tag" data-kind=kind.attribute()>{text}</span> }
}

/// Shape, colour and words of a legal clock.
#[component]
pub fn LightMark(light: Light, left: Option<Left>) -> impl IntoView {
    let name = match light {
        Light::Green => "green",
        Light::Yellow => "yellow",
        Light::Red => "red",
        Light::Stopped => "stop",
    };
    view! { <span class="light" data-light=name>{light_words(lang(), light, left)}</span> }
}

/// 还有 3 个工作日 · 今天到期 · 超过 2 个工作日 · 时限暂停.
pub fn light_words(lang: Lang, light: Light, left: Option<Left>) -> String {
    match left {
        Some(Left::Days(days)) => w::left_short(lang, days),
        Some(Left::DueToday) => w::due_today(lang).to_owned(),
        Some(Left::Overdue(days)) => w::overdue_short(lang, days),
        Some(Left::Stopped) => w::stopped_short(lang).to_owned(),
        None => match light {
            Light::Green => w::in_time(lang),
            Light::Yellow => w::nearly_due(lang),
            Light::Red => w::overdue(lang),
            Light::Stopped => w::stopped_short(lang),
        }
        .to_owned(),
    }
}
