//! Fresh halls for tests, on both databases. Any crate's tests may use it (feature `testing`).
//!
//! SQLite gets a file of its own in a temporary folder; PostgreSQL, from the machine's packages, is
//! started once per test process on a Unix socket of its own and ends with that process. Where
//! PostgreSQL is missing its tests are skipped with a notice, or fail when `CI` or
//! `TONGBAN_REQUIRE_POSTGRES` is set.

#![expect(clippy::expect_used, reason = "a test that cannot have its database must fail loudly")]

#[cfg(test)]
mod crash;
mod folder;
mod postgres;

use std::ops::Deref;

use crate::{Store, StoreSettings};

pub use folder::Folder;

/// A migrated store nobody else uses, gone when dropped.
pub struct Fresh {
    store: Store,
    /// How it was opened; open it again for a second node, or after closing.
    pub settings: StoreSettings,
    /// Its folder, also good for backups.
    pub folder: Folder,
}

impl Deref for Fresh {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Fresh {
    /// Opens `settings` and climbs the ladder.
    pub async fn open(settings: StoreSettings, folder: Folder) -> Self {
        let store = Store::open(&settings).await.expect("a fresh store opens");
        store.migrate().await.expect("a fresh store climbs the ladder");
        Self { store, settings, folder }
    }

    /// A second node on the same database, files and keys.
    pub async fn second_node(&self) -> Store {
        let mut settings = self.settings.clone();
        settings.node.push_str("-second");
        settings.checkpoint_file = self.folder.path().join("checkpoints-second.jsonl");
        Store::open(&settings).await.expect("a second node opens")
    }
}

/// A fresh store on SQLite.
pub async fn sqlite() -> Fresh {
    let folder = Folder::new();
    Fresh::open(StoreSettings::in_folder(folder.path()), folder).await
}

/// A fresh store on SQLite whose ladder is not climbed: an empty place.
pub async fn empty_sqlite() -> (Store, StoreSettings, Folder) {
    let folder = Folder::new();
    let settings = StoreSettings::in_folder(folder.path());
    (Store::open(&settings).await.expect("an empty store opens"), settings, folder)
}

/// A fresh store on PostgreSQL; `None`, with a notice, where there is no PostgreSQL and none is required.
pub async fn postgres() -> Option<Fresh> {
    let url = postgres::fresh(true).await?;
    let folder = Folder::new();
    let settings = StoreSettings { database_url: url, readers: 12, ..StoreSettings::in_folder(folder.path()) };
    Some(Fresh::open(settings, folder).await)
}

/// An empty database on PostgreSQL, as [`empty_sqlite`].
pub async fn empty_postgres() -> Option<(Store, StoreSettings, Folder)> {
    let url = postgres::fresh(false).await?;
    let folder = Folder::new();
    let settings = StoreSettings { database_url: url, readers: 6, ..StoreSettings::in_folder(folder.path()) };
    Some((Store::open(&settings).await.expect("an empty store opens"), settings, folder))
}

/// The address of the test server, for tests about opening.
pub async fn postgres_url() -> Option<String> {
    postgres::fresh(false).await
}

/// Runs each test on a fresh SQLite and on a fresh PostgreSQL store.
///
/// ```ignore
/// store::on_each_database! {
///     async fn a_case_reads_back(store) { … }
/// }
/// ```
#[macro_export]
macro_rules! on_each_database {
    ($($(#[$about:meta])* async fn $name:ident($store:ident) $body:block)*) => {$(
        $(#[$about])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;
            async fn check($store: $crate::testing::Fresh) $body
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                check($crate::testing::sqlite().await).await
            }
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(store) = $crate::testing::postgres().await {
                    check(store).await
                }
            }
        }
    )*};
}
