//! Every form one may build or review.

use super::{api, said};
use crate::parts::{Frame, Tag};
use crate::{doors, lang, load_mine};
use domain::forms::design::view::FormLine;
use leptos::prelude::*;
use words::{Lang, bench as w};

/// `/admin/forms`
#[component]
pub fn FormsPage() -> impl IntoView {
    load_mine(|| (), |()| api::forms(), |lines: Vec<FormLine>| view! { <Forms lines/> }.into_any())
}

#[component]
fn Forms(lines: Vec<FormLine>) -> impl IntoView {
    let lang = lang();
    let rows = lines.into_iter().map(|line| row(lang, line)).collect_view();
    view! {
        <Frame title=w::title(lang)>
            <div class="wrap"><div class="whole">
                <h1>{w::title(lang)}</h1>
                <p class="lead">{w::lead(lang)}</p>
                <div class="box">
                    <table class="stack">
                        <thead><tr>
                            <th scope="col">{w::item(lang)}</th><th scope="col">{w::department(lang)}</th>
                            <th scope="col">{w::in_force(lang)}</th><th scope="col">{w::questions(lang)}</th>
                            <th scope="col">{w::drafts(lang)}</th><th scope="col">{w::next(lang)}</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </div></div>
        </Frame>
    }
}

fn row(lang: Lang, line: FormLine) -> impl IntoView {
    let next = match line.next {
        Some((version, stage)) => {
            let (kind, text) = said::stage(lang, stage);
            view! { {w::version(lang, version)}" "<Tag kind text/> }.into_any()
        }
        None => view! { <span class="muted">{w::next_none(lang)}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><a class="target" href=doors::form_on_bench(&line.code)>{line.item_name}</a></th>
            <td data-th=w::department(lang)>{line.department}</td>
            <td data-th=w::in_force(lang)><span class="keep">{w::version(lang, line.version)}</span></td>
            <td data-th=w::questions(lang)>{line.questions}</td>
            <td data-th=w::drafts(lang)>{w::drafts_count(lang, line.drafts)}</td>
            <td data-th=w::next(lang)>{next}</td>
        </tr>
    }
}
