//! Withdrawing an application: what it means, and one box for the reason.

use super::api;
use super::line::name;
use crate::parts::{Crumbs, ErrorLine, ErrorSummary, Field, FormShell, Frame, Section, title_with};
use crate::{CameBack, Flash, doors, lang, load_mine};
use domain::cases::Act;
use domain::cases::view::CasePage;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use words::{case_page, withdraw as w};

/// `/my/cases/{id}/withdraw`
#[component]
pub fn WithdrawPage() -> impl IntoView {
    let params = use_params_map();
    let came = CameBack::to_this_page();
    load_mine(
        move || params.with(|map| map.get("id").unwrap_or_default()),
        api::case,
        move |page| view! { <Withdraw page flash=came.now()/> }.into_any(),
    )
}

#[component]
fn Withdraw(page: CasePage, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let id = page.case.id;
    let item = name(lang, &page.case.item_name, page.case.situation.as_deref());
    let back = format!("/my/cases/{id}");
    let lines: Vec<ErrorLine> = flash.iter().map(Flash::line).collect();
    let error = flash.as_ref().and_then(|flash| flash.beside("reason"));
    let title = title_with(lines.len(), w::title(lang));
    let typed = flash.map(|flash| flash.typed("reason")).unwrap_or_default();
    let refused = page.offers.iter().find(|offer| offer.act == Act::Withdraw).and_then(|offer| offer.refused.clone());
    let go_back = back.clone();
    let body = match refused {
        Some(why) => view! {
            <h1>{w::cannot(lang)}</h1>
            <p class="lead">{words::why(lang, &why)}</p>
            <p><a class="button quiet" href=go_back>{w::back(lang)}</a></p>
        }
        .into_any(),
        None => view! {
            <h1>{w::heading(lang, &item)}</h1>
            <p class="lead">{w::text(lang)}</p>
            <FormShell action=doors::withdraw(id)>
                <input type="hidden" name="version" value=page.case.version.to_string()/>
                <Field id="reason" label=w::reason(lang) hint=w::reason_hint(lang) error value=typed long=true/>
                <div class="row"><button class="button bad">{w::submit(lang)}</button><a class="button quiet" href=go_back>{w::back(lang)}</a></div>
            </FormShell>
        }
        .into_any(),
    };
    view! {
        <Frame title section=Section::My>
            <div class="wrap reading">
                <Crumbs parents=vec![("/my".to_owned(), case_page::crumb_my(lang).to_owned()), (back, item)]/>
                <ErrorSummary lines/>
                <div class="flow">{body}</div>
            </div>
        </Frame>
    }
}
