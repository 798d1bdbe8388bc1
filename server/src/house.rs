//! Everything a door needs that outlives one request.

use crate::doors::catalogue::BlankForms;
use crate::guards::drawing::Boards;
use crate::guards::overload::Places;
use crate::guards::shares::Shares;
use crate::guards::turnstile::Turnstile;
use crate::metrics::Metrics;
use crate::page_cache::PageCache;
use crate::settings::Settings;
use crate::site_files::built_folder;
use crate::typesetting::Setter;
use axum::extract::FromRef;
use chrono::{DateTime, Utc};
use leptos::config::{Env, LeptosOptions, ReloadWSProtocol};
use service::Hall;
use std::ops::Deref;
use std::sync::Arc;
use store::Store;
use tokio::sync::watch;
use uuid::Uuid;

/// One per process; cheap to clone.
#[derive(Clone)]
pub struct House(Arc<Rooms>);

/// What is in the house.
pub struct Rooms {
    pub hall: Hall,
    pub store: Store,
    pub settings: Settings,
    pub setter: Arc<Setter>,
    pub options: LeptosOptions,
    pub turnstile: Turnstile,
    pub places: Places,
    pub boards: Boards,
    pub seats: Shares<Uuid>,
    pub metrics: Metrics,
    pub pages: PageCache,
    pub blank_forms: BlankForms,
    /// Tells the time; tests bring their own.
    pub clock: fn() -> DateTime<Utc>,
    closing: watch::Sender<bool>,
}

impl House {
    /// A house around an open hall.
    pub fn new(hall: Hall, store: Store, settings: Settings, clock: fn() -> DateTime<Utc>) -> Self {
        let setter = Arc::new(Setter::new(&settings));
        let options = page_options(&settings);
        let turnstile = Turnstile::new(settings.api_per_minute);
        Self(Arc::new(Rooms {
            hall,
            store,
            settings,
            setter,
            options,
            turnstile,
            places: Places::default(),
            boards: Boards::default(),
            seats: Shares::default(),
            metrics: Metrics::default(),
            pages: PageCache::default(),
            blank_forms: BlankForms::default(),
            clock,
            closing: watch::Sender::new(false),
        }))
    }

    /// Tell streams and workers to end.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Becomes true when the house closes.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }
}

impl Deref for House {
    type Target = Rooms;

    fn deref(&self) -> &Rooms {
        &self.0
    }
}

impl FromRef<House> for LeptosOptions {
    fn from_ref(house: &House) -> Self {
        house.options.clone()
    }
}

/// Where pages find their files.
fn page_options(settings: &Settings) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("tongban")
        .site_root(settings.site_root.display().to_string())
        .site_pkg_dir(built_folder(&settings.site_root, settings.watched))
        .env(Env::PROD)
        .site_addr(settings.listen)
        .reload_port(3001_u32)
        .reload_ws_protocol(ReloadWSProtocol::WS)
        .build()
}
