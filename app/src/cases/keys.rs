//! The keys of an organisation: which there are, a new one, and taking one back. A key itself is seen once, on the page after it was made.

use super::api;
use super::enterprise::Choose;
use crate::parts::{Crumbs, ErrorLine, ErrorSummary, Field, FormShell, Frame, Kind, Notice, Section, title_with};
use crate::{CameBack, Flash, NewKey, doors, lang, load_mine};
use domain::identity::view::{KeyLine, KeysPage as Page};
use leptos::prelude::*;
use words::{Lang, keys as w, my};

/// `/enterprise/keys`
#[component]
pub fn KeysPage() -> impl IntoView {
    let (came, made) = (CameBack::to_this_page(), NewKey::of_this_page());
    load_mine(
        || (),
        |()| api::keys(),
        move |page: Option<Page>| match page {
            Some(page) => view! { <Keys page flash=came.now() made=made.clone()/> }.into_any(),
            None => view! { <Choose/> }.into_any(),
        },
    )
}

#[component]
fn Keys(page: Page, flash: Option<Flash>, made: Option<NewKey>) -> impl IntoView {
    let lang = lang();
    let error = flash.as_ref().map(|flash| words::refusal(lang, &flash.refusal));
    let lines: Vec<ErrorLine> =
        error.iter().map(|text| ErrorLine { field: Some("name".to_owned()), text: text.clone() }).collect();
    let typed = flash.map(|flash| flash.typed("name")).unwrap_or_default();
    let crumbs = vec![("/enterprise".to_owned(), my::title_enterprise(lang).to_owned())];
    view! {
        <Frame title=title_with(lines.len(), w::title(lang)) section=Section::My>
            <div class="wrap reading">
                <Crumbs parents=crumbs/>
                <ErrorSummary lines/>
                <div class="flow">
                    <h1>{w::title(lang)}</h1>
                    // taken back at once, it is no key any more
                    {made.filter(|made| is_in_force(&page, made)).map(|made| view! { <Made made/> })}
                    <p class="lead">{w::lead(lang, &page.party)}</p>
                    <p><a href="/open">{w::how(lang)}</a></p>
                    <InForce page=page.clone()/>
                    <Make page=page.clone() error typed/>
                    <Over lines=page.over/>
                </div>
            </div>
        </Frame>
    }
}

fn is_in_force(page: &Page, made: &NewKey) -> bool {
    page.in_force.iter().any(|line| line.tail.as_ref().is_some_and(|tail| made.secret.ends_with(tail.as_str())))
}

/// The one time a key is seen. It is a field, so that it is chosen and copied as a whole.
#[component]
fn Made(made: NewKey) -> impl IntoView {
    let lang = lang();
    view! {
        <Notice kind=Kind::Ok title=w::made_title(lang, &made.name)>
            <div class="flow">
                <p>{w::made_text(lang)}</p>
                <div class="field">
                    <label for="made">{w::made_label(lang)}</label>
                    <input id="made" type="text" readonly value=made.secret translate="no" autocomplete="off" spellcheck="false"/>
                </div>
            </div>
        </Notice>
    }
}

#[component]
fn InForce(page: Page) -> impl IntoView {
    let lang = lang();
    if page.in_force.is_empty() {
        return view! { <p class="muted">{w::none(lang)}</p> }.into_any();
    }
    let (title, may_change) = (w::in_force(lang, page.opening()), page.may_change);
    let rows = page
        .in_force
        .into_iter()
        .map(|line| {
            let used = line.last_used_on.map_or_else(|| w::used_never(lang).to_owned(), |day| words::date(lang, day));
            let ends =
                line.ends_on.map(|day| view! { <br/><span class="small muted">{w::ends(lang, words::date(lang, day))}</span> });
            let shut = (!line.opens).then(|| view! { <br/><span class="small" translate="yes">{w::opens_nothing(lang)}</span> });
            view! {
                <tr>
                    <th scope="row" translate="no">{line.name.clone()}{ends}{shut}</th>
                    <td data-th=w::tail(lang)>{tail(lang, line.tail.clone())}</td>
                    <td data-th=w::made(lang)>{made_by(lang, &line)}</td>
                    <td data-th=w::used(lang)><span class="keep">{used}</span></td>
                    {may_change.then(|| view! { <td data-th=w::act(lang)><Revoke line/></td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>{title}</h2>
        <div class="box">
            <table class="stack">
                <thead><tr>
                    <th scope="col">{w::name(lang)}</th><th scope="col">{w::tail(lang)}</th><th scope="col">{w::made(lang)}</th>
                    <th scope="col">{w::used(lang)}</th>{may_change.then(|| view! { <th scope="col">{w::act(lang)}</th> })}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn tail(lang: Lang, tail: Option<String>) -> AnyView {
    match tail {
        Some(tail) => view! { <code class="keep" translate="no">"…"{tail}</code> }.into_any(),
        None => view! { <span class="muted">{w::tail_unknown(lang)}</span> }.into_any(),
    }
}

fn made_by(lang: Lang, line: &KeyLine) -> String {
    w::made_by(lang, words::date(lang, line.made_on), &line.made_by)
}

/// Folded until asked for, so that taking back takes two presses, with what it means in between.
#[component]
fn Revoke(line: KeyLine) -> impl IntoView {
    let lang = lang();
    view! {
        <details>
            <summary>{w::revoke_open(lang)}<span class="sr">{line.name.clone()}</span></summary>
            <FormShell action=doors::revoke_key(line.id) class="flow">
                <p class="small muted">{w::revoke_text(lang)}</p>
                <button class="button bad">{w::revoke(lang, &line.name)}</button>
            </FormShell>
        </details>
    }
}

/// Posted by the browser itself also when the page is awake: what comes back carries the key, and only a whole page does.
#[component]
fn Make(page: Page, error: Option<String>, typed: String) -> impl IntoView {
    let lang = lang();
    let body = if !page.may_change {
        view! { <p class="muted">{w::only_looks(lang)}</p> }.into_any()
    } else if page.opening() >= page.most as usize {
        view! { <p class="muted">{w::full(lang, page.most)}</p> }.into_any()
    } else {
        view! {
            <form method="post" action=doors::KEYS novalidate>
                <input type="hidden" name="key" value=page.once/>
                <Field id="name" label=w::new_name(lang) hint=w::new_name_hint(lang) error value=typed chars="20"/>
                <button class="button">{w::new_submit(lang)}</button>
            </form>
        }
        .into_any()
    };
    view! { <h2>{w::new_title(lang)}</h2>{body} }
}

#[component]
fn Over(lines: Vec<KeyLine>) -> impl IntoView {
    let lang = lang();
    (!lines.is_empty()).then(|| {
        let lines = lines
            .into_iter()
            .map(|line| {
                let end = match (line.revoked_on, line.ends_on) {
                    (Some(day), _) => w::over_revoked(lang, words::date(lang, day)),
                    (None, Some(day)) => w::over_ended(lang, words::date(lang, day)),
                    (None, None) => w::ended(lang).to_owned(),
                };
                view! {
                    <li>
                        <span translate="no">{line.name.clone()}</span>" "{tail(lang, line.tail.clone())}
                        <br/><span class="small muted">{made_by(lang, &line)}" · "{end}</span>
                    </li>
                }
            })
            .collect_view();
        view! { <details><summary>{w::over(lang)}</summary><ul class="plain">{lines}</ul></details> }
    })
}
