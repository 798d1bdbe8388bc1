//! One ladder of migrations; a rung is dialect-specific only where it must be.

use sqlx::{
    Connection,
    migrate::{MigrateError, Migrator},
};

use crate::{
    db::{Db, by_dialect},
    fault::{Result, StoreFault},
};

static COMMON: Migrator = sqlx::migrate!("../migrations");
static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");

/// How far this database has climbed; what `/readyz` asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// Rungs this program knows.
    pub known: i64,
    /// Rungs this database has, also those of a newer program.
    pub applied: i64,
    /// Names of rungs still to climb.
    pub missing: Vec<String>,
}

impl Ladder {
    /// True when nothing is left to climb. A database ahead of the program is fine: rungs only add.
    pub fn ready(&self) -> bool {
        self.missing.is_empty()
    }
}

fn ladder(own: &Migrator) -> Migrator {
    // `with_migrations` sorts them.
    let mut ladder = Migrator::with_migrations(COMMON.iter().chain(own.iter()).cloned().collect());
    // During a rolling upgrade the old program meets a database that the new one has moved on.
    ladder.set_ignore_missing(true);
    // sqlx would hold a PostgreSQL advisory lock, which not every relative of it has.
    ladder.set_locking(false);
    ladder
}

fn ladder_of(db: &Db) -> Migrator {
    match db {
        Db::Sqlite { .. } => ladder(&SQLITE),
        Db::Postgres { .. } => ladder(&POSTGRES),
    }
}

/// Climbs what is missing. Twice is harmless; two nodes at once too: the second waits, or finds it done.
///
/// # Errors
/// [`StoreFault::Migration`] when a rung was edited after it was climbed, or fails.
pub async fn run(db: &Db) -> Result<()> {
    let ladder = ladder_of(db);
    for again in [true, true, true, false] {
        let climbed = match db {
            Db::Sqlite { writer, .. } => {
                let mut desk = writer.alone().await?;
                ladder.run_direct(None, desk.connection()?, false).await
            }
            Db::Postgres { pool, .. } => {
                let mut connection = pool.acquire().await?;
                connection.ping().await?;
                ladder.run_direct(None, &mut *connection, false).await
            }
        };
        match climbed {
            Ok(()) => return Ok(()),
            // Another node climbs the same rung: wait and look again.
            Err(MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)) if again => {
                tokio::time::sleep(std::time::Duration::from_millis(400)).await;
            }
            Err(error) => return Err(StoreFault::Migration(error.to_string())),
        }
    }
    Ok(())
}

/// What is climbed and what is not.
pub async fn state(db: &Db) -> Result<Ladder> {
    let ladder = ladder_of(db);
    let mut tx = db.glance().await?;
    let begun: Option<(String,)> = tx
        .query(by_dialect(
            "select name from sqlite_master where type = 'table' and name = '_sqlx_migrations'",
            "select table_name::text from information_schema.tables where table_name = '_sqlx_migrations' and table_schema = current_schema()",
        ))
        .optional()
        .await?;
    let climbed: Vec<(i64,)> = if begun.is_some() {
        tx.query("select version from _sqlx_migrations where success = true order by version").all().await?
    } else {
        Vec::new()
    };
    let has = |version: i64| climbed.iter().any(|(v,)| *v == version);
    Ok(Ladder {
        known: ladder.iter().count().try_into().unwrap_or(i64::MAX),
        applied: climbed.len().try_into().unwrap_or(i64::MAX),
        missing: ladder
            .iter()
            .filter(|rung| !has(rung.version))
            .map(|rung| format!("{}_{}", rung.version, rung.description))
            .collect(),
    })
}

/// The versions this program knows, for the manifest of a backup.
pub(crate) fn versions() -> Vec<i64> {
    ladder(&SQLITE).iter().map(|rung| rung.version).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_climb_the_same_rungs() {
        let names = |own| ladder(own).iter().map(|r| (r.version, r.description.to_string())).collect::<Vec<_>>();
        assert!(names(&SQLITE).len() >= 9);
        assert_eq!(names(&SQLITE), names(&POSTGRES));
    }

    /// Three nodes start at once on an empty database.
    async fn together(settings: crate::StoreSettings) {
        let mut nodes = Vec::new();
        for _ in 0..3 {
            let settings = settings.clone();
            nodes.push(tokio::spawn(async move {
                let store = crate::Store::open(&settings).await.unwrap();
                store.migrate().await.unwrap();
                store.state().await.unwrap()
            }));
        }
        for node in nodes {
            let state = node.await.unwrap();
            assert!(state.ready() && state.applied == state.known, "{state:?}");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn nodes_that_start_at_once_climb_one_ladder() {
        let (_, settings, _folder) = crate::testing::empty_sqlite().await;
        together(settings).await;
        let Some((_, settings, _folder)) = crate::testing::empty_postgres().await else { return };
        together(settings).await;
    }

    crate::on_each_database! {
        async fn climbing_twice_is_harmless(store) {
            let before = state(store.db()).await.unwrap();
            assert!(before.ready(), "{before:?}");
            assert_eq!(before.known, before.applied);
            run(store.db()).await.unwrap();
            assert_eq!(state(store.db()).await.unwrap(), before);
        }

        async fn a_rung_edited_after_it_was_climbed_is_refused(store) {
            let mut tx = store.db().write().await.unwrap();
            tx.query("update _sqlx_migrations set checksum = $1 where version = 20261122000100").bind(vec![0_u8; 48]).execute().await.unwrap();
            tx.save().await.unwrap();
            let refused = run(store.db()).await;
            assert!(matches!(&refused, Err(StoreFault::Migration(why)) if why.contains("20261122000100")), "{refused:?}");
        }

        async fn a_database_ahead_of_the_program_still_serves(store) {
            let mut tx = store.db().write().await.unwrap();
            tx.query("insert into _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
                select 20991231000000, 'of a later program', installed_on, success, checksum, execution_time from _sqlx_migrations where version = 20261122000100").execute().await.unwrap();
            tx.save().await.unwrap();
            run(store.db()).await.unwrap();
            let now = state(store.db()).await.unwrap();
            assert!(now.ready() && now.applied == now.known + 1);
        }

        async fn a_missing_rung_is_named(store) {
            let mut tx = store.db().write().await.unwrap();
            tx.query("delete from _sqlx_migrations where version = 20261122000800").execute().await.unwrap();
            tx.save().await.unwrap();
            let now = state(store.db()).await.unwrap();
            assert!(!now.ready());
            assert_eq!(now.missing, ["20261122000800_notification"]);
        }
    }
}
