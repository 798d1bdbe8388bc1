//! A form as whoever fills it in will see it. Nothing is kept: without scripts the page is asked for again with what was filled in.

use super::api;
use crate::forms::live::{Facts, Live};
use crate::forms::page::{Sheet, with_rows};
use crate::parts::{Chip, Chips, Crumbs, Empty, Frame, Kind, Notice};
use crate::{doors, lang, load_mine};
use domain::forms::design::view::BenchPage;
use domain::forms::{Answers, PageAct, absorb};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use std::sync::Arc;
use words::bench as w;

/// `/admin/forms/{code}/preview/{page}`
#[component]
pub fn PreviewPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    load_mine(
        move || {
            let get = |name: &str| params.with(|map| map.get(name).unwrap_or_default());
            let filled: Vec<(String, String)> =
                query.with(|map| map.clone().into_iter().map(|(name, value)| (name.into_owned(), value)).collect());
            (get("code"), get("page"), filled)
        },
        |(code, page, filled)| async move { Ok((api::bench(code, String::new()).await?, page, filled)) },
        |(bench, page, filled): (BenchPage, String, Vec<(String, String)>)| view! { <Preview bench page filled/> }.into_any(),
    )
}

#[component]
fn Preview(bench: BenchPage, page: String, filled: Vec<(String, String)>) -> impl IntoView {
    let lang = lang();
    let form = bench.form.clone();
    let back = doors::form_on_bench(&bench.code);
    let crumbs = vec![(doors::FORMS.to_owned(), w::title(lang).to_owned()), (back.clone(), bench.item_name.clone())];
    let chips: Vec<Chip> = form
        .pages
        .iter()
        .map(|p| Chip {
            current: p.id == page,
            ..Chip::to(doors::preview(&bench.code, &p.id), lang.name(&p.title, Some(&p.title_en)))
        })
        .collect();
    let body = match form.page(&page).cloned() {
        None => view! { <Empty text=w::fault_no_pages(lang) act=Some((back, w::back(lang).to_owned()))/> }.into_any(),
        Some(here) => {
            let mut answers = absorb(&form, &here, &filled, &Answers::default(), bench.today).answers;
            PageAct::of_pairs(&filled).on_entries(&form, &mut answers);
            let answers = with_rows(answers, &here);
            let facts = Facts { form: Arc::new(form.clone()), page: here.id.clone(), today: bench.today, action: String::new() };
            let live = Live::new(facts, answers.clone(), &[], None);
            let action = doors::preview(&bench.code, &here.id);
            view! { <Sheet page=here answers live action hidden=Vec::new() save=w::try_again(lang) asks=true/> }.into_any()
        }
    };
    view! {
        <Frame title=w::preview_of(lang, &bench.item_name)>
            <div class="wrap reading">
                <Crumbs parents=crumbs/>
                <div class="flow">
                    <Notice kind=Kind::Plain><p>{w::preview_hint(lang)}</p></Notice>
                    <nav aria-label=w::parts(lang)><Chips chips/></nav>
                    {body}
                </div>
            </div>
        </Frame>
    }
}
