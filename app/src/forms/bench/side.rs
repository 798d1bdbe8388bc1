//! Beside the sheet: what has to be mended, what is different, and the way into force.

use super::said;
use crate::parts::{Field, FormShell, Kind, Notice};
use crate::{doors, lang};
use domain::forms::design::view::{BenchPage, Stage};
use domain::forms::design::{Decides, Spot};
use leptos::prelude::*;
use words::bench as w;

/// What stands in the way of handing in, each with a link to where it is mended.
#[component]
pub fn Faults(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let unread = page.unread.iter().map(|spot| (Some(spot.clone()), w::unread(lang, said::name(lang, &page.form, spot))));
    let faults = page.faults.iter().map(|fault| said::fault(lang, &page.form, fault));
    let flow = page.flow_faults.iter().map(|why| (None, w::fault_flow(lang, why)));
    let lines: Vec<_> = unread.chain(faults).chain(flow).collect();
    let body = if lines.is_empty() {
        view! { <p class="muted">{w::faults_none(lang)}</p> }.into_any()
    } else {
        let lines = lines.into_iter().map(|(spot, text)| match spot {
            Some(spot) => view! { <li><a href=doors::spot_on_bench(&page.code, &spot.to_string())>{text}</a></li> }.into_any(),
            None => view! { <li>{text}</li> }.into_any(),
        });
        view! { <ul class="plain">{lines.collect_view()}</ul> }.into_any()
    };
    view! { <section class="panel flow"><h2>{w::faults(lang)}</h2>{body}</section> }
}

/// What is not wrong, but surely not meant.
#[component]
pub fn Thoughts(page: BenchPage) -> impl IntoView {
    let lang = lang();
    (!page.advice.is_empty()).then(|| {
        let lines = page.advice.iter().map(|advice| {
            let href = doors::spot_on_bench(&page.code, &advice.spot.to_string());
            view! { <li><a href=href>{said::advice(lang, &page.form, advice)}</a></li> }
        });
        view! {
            <details class="panel">
                <summary>{w::advice(lang)}" "<span class="muted">{page.advice.len()}</span></summary>
                <ul class="plain">{lines.collect_view()}</ul>
            </details>
        }
    })
}

/// The rules of what is chosen in words, and what a rule may name: nobody has to know the names by heart.
#[component]
pub fn Rules(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let meanings = page.form.meanings(&page.spot);
    let has = !meanings.is_empty();
    let said = meanings.into_iter().map(|meaning| {
        let text = match meaning.decides {
            Decides::Asked => w::means_asked(lang, &meaning.words),
            Decides::Prefilled => w::means_prefilled(lang, &meaning.words),
            Decides::Check => w::means_check(lang, &meaning.words),
            Decides::Value => w::means_value(lang, &meaning.words),
        };
        view! { <li lang="zh-CN">{text}</li> }
    });
    let said = said.collect_view();
    let said =
        has.then(|| view! { <section class="panel flow"><h2>{w::means(lang)}</h2><ul class="plain">{said}</ul></section> });
    let names = if page.stage == Stage::Draft && page.may.build { page.form.nameable(&page.spot) } else { Vec::new() };
    let names = (!names.is_empty() && !matches!(page.spot, Spot::Form | Spot::Declaration(_))).then(|| {
        let rows = names.into_iter().map(|name| {
            let offers = name.offers.iter().map(|(value, label)| format!("'{value}' {label}")).collect::<Vec<_>>().join("、");
            view! {
                <tr>
                    <td><code translate="no">{name.id}</code></td>
                    <td>{name.label}</td>
                    <td>{name.of}{(!offers.is_empty()).then(|| view! { <br/><span class="small muted" translate="no">{offers}</span> })}</td>
                </tr>
            }
        });
        view! {
            <details class="panel">
                <summary>{w::nameable(lang)}</summary>
                <div class="flow">
                    <p class="small muted">{w::nameable_hint(lang)}</p>
                    <div class="box" tabindex="0" role="region" aria-label=w::nameable(lang)>
                        <table>
                            <thead><tr><th scope="col">{w::nameable_id(lang)}</th><th scope="col">{w::nameable_label(lang)}</th><th scope="col">{w::nameable_of(lang)}</th></tr></thead>
                            <tbody>{rows.collect_view()}</tbody>
                        </table>
                    </div>
                </div>
            </details>
        }
    });
    view! { {said}{names} }
}

/// Against the version in force, and whom the change will meet.
#[component]
pub fn Differences(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let drafts = (page.drafts > 0 && !page.differences.is_empty())
        .then(|| view! { <p class="small muted">{w::differences_drafts(lang, page.drafts)}</p> });
    let body = if page.differences.is_empty() {
        view! { <p class="muted">{w::differences_none(lang)}</p> }.into_any()
    } else {
        let lines = page.differences.iter().map(|difference| {
            let name = lang.name(&difference.name, Some(&difference.name_en)).to_owned();
            let name = if name.is_empty() { w::unnamed(lang).to_owned() } else { name };
            let what = said::difference(lang, difference);
            match page.form.thing(&difference.spot) {
                Some(_) => {
                    let href = doors::spot_on_bench(&page.code, &difference.spot.to_string());
                    view! { <li><a href=href>{name}</a><br/><span class="small">{what}</span></li> }.into_any()
                }
                None => view! { <li>{name}<br/><span class="small">{what}</span></li> }.into_any(),
            }
        });
        view! { <ul class="plain">{lines.collect_view()}</ul> }.into_any()
    };
    view! { <section class="panel flow"><h2>{w::differences(lang)}</h2>{body}{drafts}</section> }
}

/// Files in and out.
#[component]
pub fn Exchange(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let remarks = (!page.remarks.is_empty()).then(|| {
        let lines = page.remarks.iter().map(|remark| view! { <li>{said::remark(lang, remark)}</li> }).collect_view();
        view! { <Notice kind=Kind::Warn title=w::remarks(lang)><ul>{lines}</ul></Notice> }
    });
    let take_in = (page.may.build && page.stage == Stage::Draft).then(|| {
        view! {
            <FormShell action=doors::act_on_bench(&page.code, "take-in") files=true class="flow">
                <div class="field">
                    <label for="file">{w::take_in_file(lang)}</label>
                    <p class="hint" id="file-h">{w::take_in_hint(lang)}</p>
                    <input type="file" id="file" name="file" accept=".json,.xlsx" aria-describedby="file-h"/>
                </div>
                <button class="button quiet">{w::take_in(lang)}</button>
            </FormShell>
        }
    });
    view! {
        {remarks}
        <details class="panel">
            <summary>{w::exchange(lang)}</summary>
            <div class="flow">
                <p><a href=doors::exported(&page.code) rel="external" download>{w::export(lang)}</a></p>
                {take_in}
            </div>
        </details>
    }
}

/// The next step of a version: begin, hand in, approve or give back.
#[component]
pub fn Way(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let act = |verb: &str| doors::act_on_bench(&page.code, verb);
    let told = page.handed_in.as_ref().map(|(name, at)| {
        view! { <p>{w::handed_in(lang, name, words::date_time(lang, *at))}</p> }
    });
    let from = page.from.map(|day| view! { <p>{w::from_day(lang, words::date(lang, day))}</p> });
    let steps = match page.stage {
        Stage::Published => page.may.build.then(|| {
            view! {
                <FormShell action=act("begin") class="flow">
                    <p class="small muted">{w::begin_hint(lang)}</p>
                    <button class="button">{w::begin(lang)}</button>
                </FormShell>
            }
            .into_any()
        }),
        Stage::Draft => page.may.build.then(|| draft_steps(page.clone()).into_any()),
        Stage::Submitted | Stage::Reviewed => Some(review_steps(page.clone()).into_any()),
    };
    view! { {told}{from}{steps} }
}

fn draft_steps(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let open = page.unread.len() + page.faults.len() + page.flow_faults.len();
    let returned = page.returned.clone().map(|words| {
        view! { <Notice kind=Kind::Warn title=w::returned(lang)><p translate="no">{words}</p></Notice> }
    });
    let hand_in = if open > 0 {
        view! { <p class="muted">{w::hand_in_not_yet(lang, open)}</p> }.into_any()
    } else if page.differences.is_empty() {
        ().into_any()
    } else {
        view! {
            <FormShell action=doors::act_on_bench(&page.code, "hand-in") class="flow">
                <p class="small muted">{w::hand_in_hint(lang)}</p>
                <button class="button">{w::hand_in(lang)}</button>
            </FormShell>
        }
        .into_any()
    };
    view! {
        {returned}
        {hand_in}
        <details>
            <summary>{w::throw_away(lang)}</summary>
            <FormShell action=doors::act_on_bench(&page.code, "throw-away") class="flow">
                <p class="small muted">{w::throw_away_hint(lang)}</p>
                <button class="button bad">{w::throw_away(lang)}</button>
            </FormShell>
        </details>
    }
}

fn review_steps(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let act = |verb: &str| doors::act_on_bench(&page.code, verb);
    let approve = (page.may.review && page.stage == Stage::Submitted).then(|| {
        let (action, today) = (act("approve"), page.today.to_string());
        view! {
            <FormShell action class="flow">
                <Field id="from" label=w::from(lang) hint=w::from_hint(lang) kind="date" value=today/>
                <button class="button">{w::approve(lang)}</button>
            </FormShell>
        }
    });
    let back = page.may.review.then(|| {
        let action = act("give-back");
        view! {
            <FormShell action class="flow">
                <Field id="reason" label=w::give_back_words(lang) long=true/>
                <button class="button quiet">{w::give_back(lang)}</button>
            </FormShell>
        }
    });
    let own = (!page.may.review && page.may.build).then(|| {
        let action = act("give-back");
        view! {
            <p class="small muted">{w::approve_own(lang)}</p>
            <FormShell action>
                <button class="button quiet">{w::take_back(lang)}</button>
            </FormShell>
        }
    });
    view! { {approve}{back}{own} }
}
