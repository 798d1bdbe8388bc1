//! The document around the application.

use crate::app::App;
use crate::boot::{Boot, Styles};
use crate::preferences::Preferences;
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The whole document. `preferences` come from cookies; the browser reads them back from `<html>`.
pub fn shell(options: LeptosOptions, preferences: Preferences) -> impl IntoView {
    provide_context(preferences);
    let path = use_context::<http::request::Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    // rooms of staff are denser; only the workbench lies in panes
    let dense = ["/desk", "/supervision", "/admin"].iter().any(|room| path.starts_with(room));
    let desk = path.starts_with("/desk");
    let hall = crate::hall::facts_of_this_page();
    let name = words::shell::hall_name(preferences.lang, &hall.place);
    let code = hall.site_code.map(|code| view! { <meta name="SiteIDCode" content=code/> });
    view! {
        <!DOCTYPE html>
        <html
            lang=preferences.lang.html()
            data-mode=preferences.mode.attribute()
            data-theme=preferences.theme.attribute()
            data-density=dense.then_some("desk")
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no"/>
                <meta name="SiteName" content=name/>
                {code}
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <Styles options=options.clone()/>
                <MetaTags/>
                <Boot options path/>
            </head>
            <body class=desk.then_some("desk")>
                <App/>
            </body>
        </html>
    }
}
