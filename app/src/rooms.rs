//! Rooms: pages whose code the browser fetches together, when somebody enters. A citizen who reads a guide loads neither the
//! workbench nor the form engine (budget P6).
//!
//! `cargo leptos --split` cuts the module at the functions marked here: what is reached only through one of them, data types
//! with their readers included, lies in files of its own. So a room has one such function, whichever of its pages is meant.

use crate::cases::{
    ApplyPage, CasePage, CheckPage, DeskPage, EnterprisePage, FormPage, JointPage, KeysPage, MyPage, RatePage, SignPage,
    TasksPage, TrackPage, TrackResultPage, WithdrawPage,
};
use crate::catalogue::{BundlePage, GuidePage, HomePage, ItemsPage};
use crate::certificates::{VerifyPage, VerifyResultPage};
use crate::content::{AccessibilityPage, OpenPage, SiteMapPage};
use crate::forms::{BenchPage, EligiblePage, FormsPage, PreviewPage};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::ChooseView;
use leptos_router::hooks::use_url;
use leptos_router::location::Url;

/// A room with its pages, the function at which the module is cut, and the one that fetches what lies behind it.
macro_rules! room {
    ($(#[$doc:meta])* $room:ident by $door:ident, $fetch:ident: $($page:ident),+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        // they are called as the pages are
        #[allow(clippy::enum_variant_names)]
        pub enum $room {
            $($page),+
        }

        #[wasm_split($door, wasm_split_path = leptos::wasm_split, fallible, preload($fetch))]
        fn $door(page: $room) -> Result<AnyView, SplitLoaderError> {
            Ok(match page {
                $($room::$page => $page().into_any()),+
            })
        }

        impl ChooseView for $room {
            async fn choose(self) -> AnyView {
                let to = use_url().get_untracked();
                match $door(self).await {
                    Ok(view) => view,
                    Err(_) => elsewhere(&to),
                }
            }

            async fn preload(&self) {}
        }
    };
}

room! {
    /// What everybody may read: the catalogue, and pages about the hall.
    Reading by reading, fetch_reading: HomePage, ItemsPage, GuidePage, BundlePage, AccessibilityPage, OpenPage, SiteMapPage
}
room! {
    /// Filling in: from asking whether one may to handing in.
    Filling by filling, fetch_filling: EligiblePage, ApplyPage, TasksPage, CheckPage, FormPage
}
room! {
    /// Following: one's own page, an enterprise's, a case and what may be done with it.
    Following by following, fetch_following: MyPage, EnterprisePage, KeysPage, CasePage, JointPage, SignPage, WithdrawPage, RatePage, TrackPage, TrackResultPage
}
room! {
    /// Checking a certificate, with the elliptic curve that signed it.
    Verifying by verifying, fetch_verifying: VerifyPage, VerifyResultPage
}
room! {
    /// The clerks' workbench.
    Desk by desk, fetch_desk: DeskPage
}

room! {
    /// Building forms.
    Building by building, fetch_building: FormsPage, BenchPage, PreviewPage
}

/// The room whose code a page at this path needs, by the name of the function above; what has none stands in the hall itself.
pub fn room_at(path: &str) -> Option<&'static str> {
    if path.starts_with("/items/") && path.ends_with("/eligible") {
        return Some("filling");
    }
    match path.trim_start_matches('/').split('/').next().unwrap_or_default() {
        "" | "items" | "bundles" | "help" | "open" | "site-map" => Some("reading"),
        "apply" => Some("filling"),
        "my" | "enterprise" | "track" => Some("following"),
        "verify" => Some("verifying"),
        "desk" => Some("desk"),
        "admin" => Some("building"),
        _ => None,
    }
}

/// Fetches the code of the page at this path: a page is woken as a whole, or not at all.
///
/// # Errors
/// When it cannot be had.
#[cfg(feature = "hydrate")]
pub async fn enter(path: &str) -> Result<(), SplitLoaderError> {
    match room_at(path) {
        Some("reading") => fetch_reading().await,
        Some("filling") => fetch_filling().await,
        Some("following") => fetch_following().await,
        Some("verifying") => fetch_verifying().await,
        Some("desk") => fetch_desk().await,
        Some("building") => fetch_building().await,
        Some(_) | None => Ok(()),
    }
}

/// The code of the room cannot be had: the hall was renewed since this page was opened, or the line is down. The browser goes
/// there by itself, as without scripts, and meets the new hall or says that there is no line.
fn elsewhere(to: &Url) -> AnyView {
    #[cfg(feature = "hydrate")]
    {
        let query = if to.search().is_empty() { String::new() } else { format!("?{}", to.search().trim_start_matches('?')) };
        let _ = window().location().assign(&format!("{}{query}{}", to.path(), to.hash()));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = to;
    ().into_any()
}
