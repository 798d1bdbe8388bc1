//! 网站地图: every place one can go, and nothing that is not there.

use crate::lang;
use crate::parts::{Crumbs, Frame};
use leptos::prelude::*;
use words::{home, shell, site_map as w};

/// `/site-map`
#[component]
pub fn SiteMapPage() -> impl IntoView {
    let lang = lang();
    let groups = [
        (
            w::find(lang),
            vec![
                ("/items", w::all_items(lang)),
                ("/items?who=1", w::persons(lang)),
                ("/items?who=2", w::organisations(lang)),
                ("/items?visit=0", home::no_visit(lang)),
                ("/items?day=0", home::on_the_spot(lang)),
                ("/#bundles", w::bundles(lang)),
            ],
        ),
        (w::follow(lang), vec![("/track", home::track_title(lang)), ("/verify", home::verify_title(lang))]),
        (
            w::own(lang),
            vec![
                ("/my", words::my::title(lang)),
                ("/enterprise", words::my::title_enterprise(lang)),
                (crate::doors::KEYS, words::keys::title(lang)),
                ("/sign-in", shell::sign_in(lang)),
            ],
        ),
        (
            w::about(lang),
            vec![
                ("/help/accessibility", shell::accessibility(lang)),
                ("/open", words::open::title(lang)),
                ("/site-map", w::title(lang)),
            ],
        ),
    ];
    let groups = groups.map(|(title, links)| {
        let links = links.into_iter().map(|(href, label)| view! { <li><a href=href>{label}</a></li> }).collect_view();
        view! { <h2>{title}</h2><ul class="plain">{links}</ul> }
    });
    view! {
        <Frame title=w::title(lang)>
            <div class="wrap reading">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang).to_owned())]/>
                <div class="flow"><h1>{w::title(lang)}</h1>{groups}</div>
            </div>
        </Frame>
    }
}
