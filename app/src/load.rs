//! From a question to a page: one resource, one `Suspend`, and the page for everything that can go wrong.

use crate::failure::Failure;
use crate::parts::Trouble;
use crate::who::{Who, who_is_asking};
use domain::identity::view::{Me, Role};
use domain::refusal::Refusal;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// Counts what was done, so that pages ask again. One per application.
#[derive(Clone, Copy)]
pub struct Version(RwSignal<u32>);

impl Version {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// The version of the application being drawn.
    pub fn current() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Read it where data must be asked for again after an act.
    pub fn get(self) -> u32 {
        self.0.get()
    }

    /// How many acts there were until now.
    pub(crate) fn acts(self) -> u32 {
        self.0.get_untracked()
    }

    /// Something was done.
    pub fn bump(self) {
        self.0.update(|n| *n = n.wrapping_add(1));
    }
}

/// Where the reader was when a page was last drawn, and after how many acts: another place gets a fresh page and the
/// focus, a changed filter neither.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    drawn: StoredValue<Option<(String, u32)>>,
    focused: StoredValue<Option<(String, u32)>>,
}

impl Place {
    pub(crate) fn new() -> Self {
        // the page that is being woken is where the reader is already
        #[cfg(feature = "hydrate")]
        let here = window().location().pathname().ok().map(|path| (path, 0));
        #[cfg(not(feature = "hydrate"))]
        let here = None;
        Self { drawn: StoredValue::new(here.clone()), focused: StoredValue::new(here) }
    }

    fn is_new(last: StoredValue<Option<(String, u32)>>, here: (String, u32)) -> bool {
        last.try_update_value(|last| {
            let moved = last.as_ref().is_some_and(|last| *last != here);
            *last = Some(here);
            moved
        })
        .unwrap_or(false)
    }

    /// A frame is drawn: move the focus if it is another page than the last.
    pub(crate) fn arrive() {
        let (Some(place), version) = (use_context::<Self>(), Version::current()) else { return };
        let path = use_location().pathname.get_untracked();
        if Self::is_new(place.focused, (path, version.acts())) {
            if let Some(sending) = use_context::<crate::parts::Sending>() {
                sending.forget();
            }
            crate::parts::focus_later();
        }
    }
}

/// A public page: asks `fetch` for the data of `key` and draws it.
pub fn load<K, T, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    fetch: impl Fn(K) -> F + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let version = Version::current();
    let resource = Resource::new(move || (version.get(), key()), move |(_, key)| fetch(key));
    drawn(resource, view)
}

/// A personal page: as [`load`], and knows who is asking before it draws the header.
pub fn load_mine<K, T, F>(
    key: impl Fn() -> K + Send + Sync + 'static,
    fetch: impl Fn(K) -> F + Send + Sync + 'static,
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    K: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let version = Version::current();
    let who = Who::current();
    let resource = Resource::new(
        move || (version.get(), key()),
        move |(_, key)| {
            let known = who.known();
            let asked = fetch(key);
            async move {
                let me = match known {
                    Some(me) => me,
                    None => who_is_asking().await?,
                };
                // asked first, so that a visitor's browser is sent to sign in without a failed request in its console
                if me.role == Role::Visitor {
                    return Err(Refusal::SignInFirst.into());
                }
                Ok::<(T, Me), Failure>((asked.await?, me))
            }
        },
    );
    drawn(resource, move |(data, me)| {
        who.set(me);
        view(data)
    })
}

fn drawn<T>(resource: Resource<Result<T, Failure>>, view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    let place = use_context::<Place>().unwrap_or_else(Place::new);
    let version = Version::current();
    let location = use_location();
    let even = StoredValue::new(true);
    let woken = StoredValue::new(false);
    view! {
        <Transition>
            {move || {
                let view = view.clone();
                let path = location.pathname;
                Suspend::new(async move {
                    let answer = resource.await;
                    if Place::is_new(place.drawn, (path.get_untracked(), version.acts())) {
                        // A fresh page, not the old one patched: a field must not keep what was typed into another.
                        even.update_value(|even| *even = !*even);
                    } else if woken.get_value() {
                        crate::parts::ticks_follow_later();
                    }
                    woken.set_value(true);
                    let page = match answer {
                        Ok(data) => view(data),
                        Err(failure) => view! { <Trouble failure/> }.into_any(),
                    };
                    if even.get_value() { Either::Left(page) } else { Either::Right(page) }
                })
            }}
        </Transition>
    }
    .into_any()
}
