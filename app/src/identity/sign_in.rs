//! Account and password; nothing else is asked, and no picture has to be solved.

use crate::parts::{ErrorLine, ErrorSummary, Field, FormShell, Frame, Notice, title_with};
use crate::{CameBack, Flash, doors, hall, lang};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use words::{element, shell, sign_in as w};

/// Sign-ins of a demonstration: names are roles.
const DEMO: [&str; 9] = ["citizen", "citizen2", "enterprise", "clerk", "approver", "approver2", "supervisor", "editor", "admin"];

/// `/sign-in`
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let came = CameBack::to_this_page();
    move || {
        let back = query.with(|map| map.get("back").unwrap_or_default());
        view! { <SignIn back flash=came.now()/> }
    }
}

#[component]
fn SignIn(back: String, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let lines: Vec<ErrorLine> = flash.iter().map(Flash::line).collect();
    let error = |name: &str| flash.as_ref().and_then(|flash| flash.beside(name));
    let (account_error, password_error) = (error("account"), error("password"));
    let title = title_with(lines.len(), w::title(lang));
    let account = flash.as_ref().map(|flash| flash.typed("account")).unwrap_or_default();
    let back = if back.is_empty() { flash.map(|flash| flash.typed("back")).unwrap_or_default() } else { back };
    let demo = hall().demo.then(|| {
        let names = DEMO.join(element::separator(lang));
        view! { <Notice title=w::demo_title(lang)><p class="small">{w::demo_text(lang, names)}</p></Notice> }
    });
    view! {
        <Frame title>
            <div class="wrap reading">
                <ErrorSummary lines/>
                <div class="flow">
                    <h1>{w::title(lang)}</h1>
                    <p class="lead">{w::lead(lang)}</p>
                    <FormShell action=doors::SIGN_IN>
                        <input type="hidden" name="back" value=back/>
                        <Field id="account" label=w::account(lang) hint=w::account_hint(lang) error=account_error value=account chars="20" autocomplete="username"/>
                        <Field id="password" label=w::password(lang) error=password_error kind="password" chars="20" autocomplete="current-password"/>
                        <button class="button">{w::submit(lang)}</button>
                    </FormShell>
                    {demo}
                    <p class="row"><span class="muted">{w::other(lang)}</span><a href="/track">{shell::track(lang)}</a><a href="/verify">{shell::verify(lang)}</a></p>
                </div>
            </div>
        </Frame>
    }
}
