//! The application: contexts, router, pages.

use crate::cases::{
    ApplyPage, CasePage, CheckPage, DeskPage, EnterprisePage, FormPage, MyPage, RatePage, TasksPage, TrackPage, TrackResultPage,
    WithdrawPage,
};
use crate::catalogue::{BundlePage, GuidePage, HomePage, ItemsPage};
use crate::certificates::{VerifyPage, VerifyResultPage};
use crate::content::{AccessibilityPage, OpenPage, SiteMapPage};
use crate::hall::facts_of_this_page;
use crate::identity::SignInPage;
use crate::load::{Place, Version};
use crate::parts::{Enhance, NotFound, Sending};
use crate::preferences::Preferences;
use crate::who::Who;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// Everything below `<body>`.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Preferences::of_this_page());
    provide_context(SharedValue::new(facts_of_this_page).into_inner());
    provide_context(Version::new());
    provide_context(Place::new());
    provide_context(Sending::new());
    let who = Who::new();
    provide_context(who);
    who.ask_when_awake();
    let going = RwSignal::new(false);
    view! {
        <Router set_is_routing=SignalSetter::from(going.write_only())>
            <Enhance/>
            <Pages/>
            <Going going/>
        </Router>
    }
}

/// Said when fetching the next page takes longer than a second (the style waits, not the script).
#[component]
fn Going(going: RwSignal<bool>) -> impl IntoView {
    let lang = crate::lang();
    move || going.get().then(|| view! { <p class="going" role="status">{words::parts::loading(lang)}</p> })
}

/// The pages by address. `Async` everywhere: a page is whole when it is sent, so that it reads without scripts.
#[component]
fn Pages() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <NotFound/> }>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
            <Route path=path!("/items") view=ItemsPage ssr=SsrMode::Async/>
            <Route path=path!("/items/:code") view=GuidePage ssr=SsrMode::Async/>
            <Route path=path!("/bundles/:code") view=BundlePage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/:code") view=ApplyPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/:code/:draft") view=TasksPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/:code/:draft/check") view=CheckPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/:code/:draft/:page") view=FormPage ssr=SsrMode::Async/>
            <Route path=path!("/my") view=MyPage ssr=SsrMode::Async/>
            <Route path=path!("/enterprise") view=EnterprisePage ssr=SsrMode::Async/>
            <Route path=path!("/my/cases/:id") view=CasePage ssr=SsrMode::Async/>
            <Route path=path!("/my/cases/:id/withdraw") view=WithdrawPage ssr=SsrMode::Async/>
            <Route path=path!("/my/cases/:id/rate") view=RatePage ssr=SsrMode::Async/>
            <ParentRoute path=path!("/desk") view=DeskPage ssr=SsrMode::Async>
                <Route path=path!("") view=|| () ssr=SsrMode::Async/>
                <Route path=path!("cases/:id") view=|| () ssr=SsrMode::Async/>
            </ParentRoute>
            <Route path=path!("/track") view=TrackPage ssr=SsrMode::Async/>
            <Route path=path!("/track/:number") view=TrackResultPage ssr=SsrMode::Async/>
            <Route path=path!("/verify") view=VerifyPage ssr=SsrMode::Async/>
            <Route path=path!("/verify/result") view=VerifyResultPage ssr=SsrMode::Async/>
            <Route path=path!("/help/accessibility") view=AccessibilityPage ssr=SsrMode::Async/>
            <Route path=path!("/open") view=OpenPage ssr=SsrMode::Async/>
            <Route path=path!("/site-map") view=SiteMapPage ssr=SsrMode::Async/>
        </Routes>
    }
}
