//! Who is asking, for the header. Public pages are the same for everybody and cached, so there the browser asks after
//! it has woken; personal pages know it from the start.

use crate::failure::Failure;
use domain::identity::view::Me;
use leptos::prelude::*;

/// Answers who is signed in.
#[server(endpoint = "/page/who", prefix = "/api", output = crate::answer::Answer)]
pub async fn who_is_asking() -> Result<Me, Failure> {
    Ok(service::identity::me(&crate::asking()?).await?)
}

/// What the page knows about the asker; one per application.
#[derive(Clone, Copy)]
pub struct Who(RwSignal<Option<Me>>);

impl Who {
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// The one of the application being drawn.
    pub fn current() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// The asker, as far as known; tracked.
    pub fn get(self) -> Option<Me> {
        self.0.get()
    }

    /// The asker, as far as known.
    pub(crate) fn known(self) -> Option<Me> {
        self.0.get_untracked().filter(|me| me.name.is_some())
    }

    pub(crate) fn set(self, me: Me) {
        if self.0.get_untracked().as_ref() != Some(&me) {
            self.0.set(Some(me));
        }
    }

    /// Forget it: somebody signed in or out.
    #[cfg(feature = "hydrate")]
    pub(crate) fn forget(self) {
        self.0.set(None);
    }

    /// In the browser, once woken: ask, unless the page knows already.
    pub(crate) fn ask_when_awake(self) {
        Effect::new(move || {
            if self.0.get().is_none() {
                leptos::task::spawn_local(async move {
                    if let Ok(me) = who_is_asking().await {
                        self.set(me);
                    }
                });
            }
        });
    }
}
