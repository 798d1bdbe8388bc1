//! The application: contexts, router, pages.

use crate::hall::facts_of_this_page;
use crate::identity::SignInPage;
use crate::load::{Place, Version};
use crate::parts::{Enhance, NotFound, Sending};
use crate::preferences::Preferences;
use crate::rooms::{Building, Desk, Filling, Following, Reading, Verifying};
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
            <Route path=path!("/") view=Reading::HomePage ssr=SsrMode::Async/>
            <Route path=path!("/items") view=Reading::ItemsPage ssr=SsrMode::Async/>
            <Route path=path!("/items/:code") view=Reading::GuidePage ssr=SsrMode::Async/>
            <Route path=path!("/items/:code/eligible") view=Filling::EligiblePage ssr=SsrMode::Async/>
            <Route path=path!("/bundles/:code") view=Reading::BundlePage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/:code") view=Filling::ApplyPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/:code/:draft") view=Filling::TasksPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/:code/:draft/check") view=Filling::CheckPage ssr=SsrMode::Async/>
            <Route path=path!("/apply/:code/:draft/:page") view=Filling::FormPage ssr=SsrMode::Async/>
            <Route path=path!("/my") view=Following::MyPage ssr=SsrMode::Async/>
            <Route path=path!("/enterprise") view=Following::EnterprisePage ssr=SsrMode::Async/>
            <Route path=path!("/enterprise/keys") view=Following::KeysPage ssr=SsrMode::Async/>
            <Route path=path!("/my/cases/:id") view=Following::CasePage ssr=SsrMode::Async/>
            <Route path=path!("/my/joints/:id") view=Following::JointPage ssr=SsrMode::Async/>
            <Route path=path!("/my/cases/:id/withdraw") view=Following::WithdrawPage ssr=SsrMode::Async/>
            <Route path=path!("/my/cases/:id/rate") view=Following::RatePage ssr=SsrMode::Async/>
            <Route path=path!("/my/signatures/:id") view=Following::SignPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/forms") view=Building::FormsPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/forms/:code") view=Building::BenchPage ssr=SsrMode::Async/>
            <Route path=path!("/admin/forms/:code/preview/:page") view=Building::PreviewPage ssr=SsrMode::Async/>
            <ParentRoute path=path!("/desk") view=Desk::DeskPage ssr=SsrMode::Async>
                <Route path=path!("") view=|| () ssr=SsrMode::Async/>
                <Route path=path!("cases/:id") view=|| () ssr=SsrMode::Async/>
            </ParentRoute>
            <Route path=path!("/track") view=Following::TrackPage ssr=SsrMode::Async/>
            <Route path=path!("/track/:number") view=Following::TrackResultPage ssr=SsrMode::Async/>
            <Route path=path!("/verify") view=Verifying::VerifyPage ssr=SsrMode::Async/>
            <Route path=path!("/verify/result") view=Verifying::VerifyResultPage ssr=SsrMode::Async/>
            <Route path=path!("/help/accessibility") view=Reading::AccessibilityPage ssr=SsrMode::Async/>
            <Route path=path!("/open") view=Reading::OpenPage ssr=SsrMode::Async/>
            <Route path=path!("/site-map") view=Reading::SiteMapPage ssr=SsrMode::Async/>
        </Routes>
    }
}
