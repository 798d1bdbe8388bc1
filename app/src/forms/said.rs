//! Answers in words, for the summary and for folded entries.

use super::origin::origin_words;
use crate::lang;
use crate::parts::{Kind as Mark, Tag};
use domain::forms::{Shown, SummaryEntry, SummaryPage, Value};
use leptos::prelude::*;
use words::{Lang, form as w};

/// An answer as people read it. Nothing for what is missing: that is said by the caller.
pub fn answer_words(lang: Lang, shown: &Shown) -> String {
    let join = if lang.is_chinese() { "；" } else { "; " };
    match shown {
        Shown::Missing => words::parts::not_filled(lang).to_owned(),
        Shown::Text(text) => text.clone(),
        Shown::Chosen(labels) => labels.iter().map(|(zh, en)| lang.name(zh, Some(en))).collect::<Vec<_>>().join(join),
        Shown::YesNo(true) => w::yes(lang).to_owned(),
        Shown::YesNo(false) => w::no(lang).to_owned(),
        Shown::Date(date) => words::date(lang, *date),
        Shown::Money(fen) => words::money(lang, *fen),
        Shown::Number { text, unit, unit_en } => match lang.name(unit, Some(unit_en)) {
            "" => text.clone(),
            unit => format!("{text} {unit}"),
        },
        Shown::Files(files) => {
            let one = |f: &domain::forms::FileNote| {
                if lang.is_chinese() {
                    format!("{}（{}）", f.name, words::bytes(f.size))
                } else {
                    format!("{} ({})", f.name, words::bytes(f.size))
                }
            };
            files.iter().map(one).collect::<Vec<_>>().join(join)
        }
        Shown::Certificate { number } => w::held_number(lang, number),
        Shown::Entry(parts) => {
            parts.iter().map(|(zh, en, shown)| part_words(lang, lang.name(zh, Some(en)), shown)).collect::<Vec<_>>().join(" · ")
        }
    }
}

/// An answer on a page. What somebody wrote stays in the characters it was written in (`translate="no"`), whatever the page is read in.
pub fn answer_view(lang: Lang, shown: &Shown) -> AnyView {
    match shown {
        Shown::Text(_) | Shown::Files(_) => view! { <span translate="no">{answer_words(lang, shown)}</span> }.into_any(),
        Shown::Entry(parts) => {
            let part = |(n, (zh, en, shown)): (usize, &(String, String, Shown))| {
                let own = matches!(shown, Shown::Text(_) | Shown::Files(_)).then_some("no");
                let said = view! { <span translate=own>{part_words(lang, lang.name(zh, Some(en)), shown)}</span> };
                view! { {(n > 0).then_some(" · ")}{said} }
            };
            parts.iter().enumerate().map(part).collect_view().into_any()
        }
        Shown::Missing
        | Shown::Chosen(_)
        | Shown::YesNo(_)
        | Shown::Date(_)
        | Shown::Money(_)
        | Shown::Number { .. }
        | Shown::Certificate { .. } => answer_words(lang, shown).into_any(),
    }
}

/// A part of an entry: what does not speak for itself is introduced by its label.
fn part_words(lang: Lang, label: &str, shown: &Shown) -> String {
    let words = answer_words(lang, shown);
    match shown {
        Shown::Missing | Shown::YesNo(_) | Shown::Date(_) | Shown::Number { .. } | Shown::Money(_) => {
            words::faulty::problem(lang, label.trim_end_matches(['？', '?']), words)
        }
        Shown::Text(_) | Shown::Chosen(_) | Shown::Files(_) | Shown::Certificate { .. } | Shown::Entry(_) => words,
    }
}

/// A value worked out, as people read it.
pub(super) fn value_words(lang: Lang, value: &Value) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Bool(true) => w::yes(lang).to_owned(),
        Value::Bool(false) => w::no(lang).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Date(date) => words::date(lang, *date),
        Value::List(values) => values.iter().map(|v| value_words(lang, v)).collect::<Vec<_>>().join("、"),
    }
}

/// Every page with its answers. `edit` gives the address at which a page can be changed; without it nothing can.
#[component]
pub fn SummaryPanels(
    pages: Vec<SummaryPage>,
    #[prop(optional_no_strip)] edit: Option<fn(&str, &str) -> String>,
    #[prop(optional, into)] base: String,
) -> impl IntoView {
    let lang = lang();
    pages
        .into_iter()
        .map(|page| {
            let title = lang.name(&page.title, Some(&page.title_en)).to_owned();
            let lines = page.entries.iter().map(|entry| line(lang, entry, edit.map(|edit| edit(&base, &page.id)))).collect_view();
            view! { <div class="panel flow"><h2>{title}</h2><dl class="summary">{lines}</dl></div> }
        })
        .collect_view()
}

fn line(lang: Lang, entry: &SummaryEntry, edit: Option<String>) -> impl IntoView + use<> {
    let label = lang.name(&entry.label, Some(&entry.label_en)).to_owned();
    let missing = entry.shown == Shown::Missing;
    let answer = answer_view(lang, &entry.shown);
    let answer = if missing { view! { <span class="muted">{answer}</span> }.into_any() } else { answer };
    let tag = match (&entry.shown, &entry.origin) {
        (Shown::Certificate { .. }, _) => Some(w::free(lang)),
        (_, Some(source)) => Some(origin_words(lang, source)),
        (_, None) => None,
    };
    let tag = tag.map(|text| view! { " "<Tag kind=Mark::Ok text/> });
    let target = entry.key.split('.').next().filter(|_| !matches!(entry.shown, Shown::Entry(_))).unwrap_or_default().to_owned();
    let edit = edit.filter(|_| entry.editable).map(|href| {
        let href = if target.is_empty() { href } else { format!("{href}#{}", domain::forms::element_id(&target)) };
        view! { <dd class="act"><a href=href>{words::parts::edit(lang)}<span class="sr">{label.clone()}</span></a></dd> }
    });
    view! { <div><dt>{label}</dt><dd>{answer}{tag}</dd>{edit}</div> }
}
