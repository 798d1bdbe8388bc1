//! A repeating group: numbered entries, finished ones folded to what was answered.

use super::field::Question;
use super::live::Live;
use super::said::answer_view;
use crate::lang;
use domain::forms::{Answers, Group, PageAct, Shown, SummaryEntry, element_id, key, rows_name, summary, validate_page};
use leptos::prelude::*;
use std::collections::BTreeSet;
use words::form as w;

#[component]
pub(super) fn Entries(group: Group, answers: Answers, live: Live, deciders: BTreeSet<String>) -> impl IntoView {
    let lang = lang();
    let facts = live.facts();
    let rows = answers.rows_to_show(&group);
    let wrong: BTreeSet<String> = validate_page(&facts.form, &answers, &facts.page, facts.today)
        .into_iter()
        .filter_map(|p| p.entry.filter(|e| e.group == group.id).map(|e| e.row))
        .collect();
    let pages = summary(&facts.form, &answers, facts.today);
    let done = |row: &str| -> Option<SummaryEntry> {
        let wanted = key(&group.id, Some(row));
        (!wrong.contains(row)).then(|| pages.iter().flat_map(|p| &p.entries).find(|e| e.key == wanted).cloned())?
    };
    let removable = rows.len() > group.min as usize;
    let full = rows.len() >= group.max as usize;
    let entries = rows.iter().enumerate().map(|(n, row)| {
        let legend = group.legend_of(n + 1, !lang.is_chinese());
        let folded = done(row);
        view! { <Entry group=group.clone() row=row.clone() legend folded answers=answers.clone() live deciders=deciders.clone() removable/> }
    });
    let entries = entries.collect_view();
    let label = lang.name(&group.label, Some(&group.label_en)).to_owned();
    let (id, fault_key) = (element_id(&group.id), group.id.clone());
    let error = {
        let (id, label) = (id.clone(), label.clone());
        move || {
            let fault = live.fault(&fault_key)?;
            Some(view! { <p class="error" id=format!("{id}-e")>{words::fault(lang, &fault, &label)}</p> })
        }
    };
    let add = (!full).then(|| {
        let text = w::add(lang, lang.name(&group.add_label, Some(&group.add_label_en)));
        let act = PageAct::AddRow { group: group.id.clone() };
        view! { <button class="button quiet" name="act" value=act.value()>{text}</button> }
    });
    let hidden = group.id.clone();
    view! {
        <div hidden=move || live.is_hidden(&hidden)>
            {entries}
            <div class="field" id=id tabindex="-1">{error}{add}</div>
        </div>
    }
}

#[component]
fn Entry(
    group: Group,
    row: String,
    legend: String,
    /// What was answered, when nothing is missing.
    folded: Option<SummaryEntry>,
    answers: Answers,
    live: Live,
    deciders: BTreeSet<String>,
    removable: bool,
) -> impl IntoView {
    let lang = lang();
    let remove = removable.then(|| {
        let act = PageAct::RemoveRow { group: group.id.clone(), row: row.clone() };
        let label = w::remove_entry(lang, &legend);
        view! { " "<button class="button plain" name="act" value=act.value() aria-label=label>{w::remove(lang)}</button> }
    });
    let (rows, open) = (rows_name(&group.id), key(&group.id, Some(&row)));
    let fields = group.fields.into_iter().map(|field| {
        let decides = deciders.contains(&field.id);
        view! { <Question field row=Some(row.clone()) answers=answers.clone() live decides/> }
    });
    let fields = fields.collect_view();
    let body = match folded {
        None => fields.into_any(),
        // folded, yet in the page: nothing is lost when the page is sent
        Some(entry) => view! {
            <dl class="summary">{parts(&entry)}</dl>
            <details><summary>{w::edit_entry(lang, &legend)}</summary>{fields}</details>
        }
        .into_any(),
    };
    view! {
        <fieldset class="entry">
            <legend>{legend}{remove}</legend>
            {body}
            <input type="hidden" name=rows value=row/>
            <input type="hidden" name="open" value=open/>
        </fieldset>
    }
}

fn parts(entry: &SummaryEntry) -> AnyView {
    let lang = lang();
    let Shown::Entry(parts) = &entry.shown else { return ().into_any() };
    let parts = parts
        .iter()
        .map(|(label, label_en, shown)| {
            let label = lang.name(label, Some(label_en)).to_owned();
            view! { <div><dt>{label}</dt><dd>{answer_view(lang, shown)}</dd></div> }
        })
        .collect_view();
    parts.into_any()
}
