//! An item in a list: the whole card is the link.

use super::limit_words;
use crate::lang;
use domain::catalogue::{Apply, ItemLine, Limit};
use leptos::prelude::*;
use words::{Lang, items as w};

/// Name, one sentence, facts people compare, and the way in.
#[component]
pub fn ItemCard(line: ItemLine) -> impl IntoView {
    let lang = lang();
    let name = lang.name(&line.name, Some(&line.name_en)).to_owned();
    let apply = match line.apply {
        Apply::Online => {
            let label = w::apply_to(lang, &name);
            Some(view! { <a class="button quiet" href=format!("/apply/{}", line.code) aria-label=label>{w::apply(lang)}</a> })
        }
        Apply::Guide => None,
    };
    let visits = strong(w::visits(lang, line.visits), &line.visits.to_string());
    let fee = if line.charged { lang.name(&line.fee, Some(&line.fee_en)).to_owned() } else { w::free(lang).to_owned() };
    view! {
        <li class="item">
            <h3><a href=format!("/items/{}", line.code)>{name}</a></h3>
            <p class="small">{lang.name(&line.summary, Some(&line.summary_en)).to_owned()}</p>
            <ul class="dots"><li>{lang.name(&line.department, Some(&line.department_en)).to_owned()}</li><li>{promise(lang, line.promised)}</li><li>{visits}</li><li>{fee}</li></ul>
            {apply}
        </li>
    }
}

fn promise(lang: Lang, limit: Limit) -> AnyView {
    if limit.is_on_the_spot() {
        return view! { <strong>{w::on_the_spot(lang)}</strong> }.into_any();
    }
    let words = limit_words(lang, limit);
    strong(w::promised(lang, &words), &words)
}

/// A sentence with the figure people compare in bold.
fn strong(sentence: String, figure: &str) -> AnyView {
    match sentence.split_once(figure) {
        Some((before, after)) => view! { {before.to_owned()}<strong>{figure.to_owned()}</strong>{after.to_owned()} }.into_any(),
        None => sentence.into_any(),
    }
}
