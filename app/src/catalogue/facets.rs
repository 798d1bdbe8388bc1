//! The filters at the side of the item list, and the chips that take them away.

use crate::lang;
use crate::parts::{Chip, Jump};
use domain::catalogue::{Counts, OptionCount, Query};
use leptos::prelude::*;
use words::{Lang, items as w};

/// One fieldset per question, count at the end. Applied by a button; awake, at once.
#[component]
pub fn FacetForm(query: Query, counts: Counts) -> impl IntoView {
    let lang = lang();
    let groups = [
        ("who", w::who(lang), counts.who),
        ("visit", w::visit(lang), counts.visit),
        ("day", w::days(lang), counts.days),
        ("dept", w::department(lang), counts.dept),
    ]
    .into_iter()
    .filter(|(_, _, options)| !options.is_empty())
    .map(|(name, legend, options)| {
        let options = options
            .into_iter()
            .map(|option| {
                view! {
                    <label class="check">
                        <input type="checkbox" name=name value=option.value.clone() checked=option.chosen/>
                        {label(lang, &option)}
                        <span class="count">{option.count}</span>
                    </label>
                }
            })
            .collect_view();
        view! { <fieldset><legend>{legend}</legend>{options}</fieldset> }
    })
    .collect_view();
    let kept = [("q", query.q.clone()), ("theme", query.theme.as_ref().map(|theme| theme.parameter()).unwrap_or_default())]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <aside class="stay fold" id="filters" aria-label=w::filters(lang)>
            <form class="facets" action="/items" data-door data-live>
                {kept}{groups}
                <button class="button quiet">{w::filters_apply(lang)}</button>
                <Jump class="fold-close" to="#results">{w::filters_close(lang)}</Jump>
            </form>
        </aside>
    }
}

fn label(lang: Lang, option: &OptionCount) -> String {
    lang.name(&option.label, Some(&option.label_en)).to_owned()
}

/// What was chosen, each with the address of the list without it.
pub fn chosen(lang: Lang, query: &Query, counts: &Counts, theme: Option<&str>) -> Vec<Chip> {
    let mut chips = Vec::new();
    let groups = [("who", &counts.who), ("visit", &counts.visit), ("day", &counts.days), ("dept", &counts.dept)];
    for (name, options) in groups {
        for option in options.iter().filter(|option| option.chosen) {
            let rest = query.pairs().into_iter().filter(|(key, value)| !(*key == name && *value == option.value));
            chips.push(Chip {
                removes: Some(w::remove(lang)),
                ..Chip::to(Query::parse(rest).address("/items"), label(lang, option))
            });
        }
    }
    if let (Some(_), Some(name)) = (&query.theme, theme) {
        let without = Query { theme: None, ..query.clone() };
        chips.push(Chip { removes: Some(w::remove(lang)), ..Chip::to(without.address("/items"), name) });
    }
    chips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticked(value: &str) -> OptionCount {
        OptionCount { value: value.into(), label: value.into(), label_en: String::new(), count: 1, chosen: true }
    }

    #[test]
    fn a_chip_takes_only_itself_away() {
        let query = Query::parse([("q", "店"), ("who", "2"), ("who", "6"), ("visit", "0"), ("theme", "l010")]);
        let counts = Counts { who: vec![ticked("2"), ticked("6")], visit: vec![ticked("0")], ..Counts::default() };
        let chips = chosen(Lang::ZhCn, &query, &counts, Some("准营准办"));
        let hrefs: Vec<_> = chips.iter().map(|chip| chip.href.as_str()).collect();
        assert_eq!(
            hrefs,
            [
                "/items?q=%E5%BA%97&who=6&visit=0&theme=l010",
                "/items?q=%E5%BA%97&who=2&visit=0&theme=l010",
                "/items?q=%E5%BA%97&who=2&who=6&theme=l010",
                "/items?q=%E5%BA%97&who=2&who=6&visit=0",
            ]
        );
    }
}
