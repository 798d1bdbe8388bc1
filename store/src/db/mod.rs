//! The only folder that knows there are two databases.
//!
//! Everything above writes one statement text and binds Rust values; here it becomes SQLite or PostgreSQL.
//! [`Db`] hands out [`Tx`]: to glance (one statement), to read (several that agree) or to write.

mod bind;
mod open;
mod query;
mod writer;

use std::time::Duration;

use sqlx::{
    Postgres, Sqlite, Transaction,
    pool::PoolConnection,
    postgres::PgPool,
    sqlite::{SqliteConnection, SqlitePool},
};

pub use bind::{Bind, Json, cut};
pub use open::{OpenOptions, masked};
pub use query::{Build, LooseRow, Query, Record};

use crate::fault::Result;
use writer::{Turn, Writer};

/// One statement. The two texts differ only where the dialects do.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }
}

/// A statement, or a piece of one, that must be worded differently per database.
pub const fn by_dialect(sqlite: &'static str, postgres: &'static str) -> Sql {
    Sql { sqlite, postgres }
}

/// The database of the hall.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file, one writer, many readers.
    Sqlite {
        /// The connection that writes, and the line in front of it.
        writer: Writer,
        /// Connections that can only read.
        readers: SqlitePool,
    },
    /// A server.
    Postgres {
        /// Units of work.
        pool: PgPool,
        /// Two connections for what is taken beside a unit (serial blocks, leases), so that
        /// units waiting for them cannot use up what they wait for.
        side: PgPool,
    },
}

impl Db {
    /// A connection for exactly one reading statement: no transaction is opened around it.
    pub async fn glance(&self) -> Result<Tx> {
        Ok(Tx(match self {
            Self::Sqlite { readers, .. } => Held::SqliteGlance(readers.acquire().await?),
            Self::Postgres { pool, .. } => Held::PostgresGlance(pool.acquire().await?),
        }))
    }

    /// Statements that only read and all see the same moment.
    pub async fn read(&self) -> Result<Tx> {
        Ok(Tx(match self {
            Self::Sqlite { readers, .. } => Held::SqliteRead(readers.begin().await?),
            Self::Postgres { pool, .. } => {
                Held::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        }))
    }

    /// Statements that are saved together or not at all.
    pub async fn write(&self) -> Result<Tx> {
        Ok(Tx(match self {
            Self::Sqlite { writer, .. } => Held::SqliteWrite(writer.turn().await?),
            Self::Postgres { pool, .. } => Held::Postgres(pool.begin().await?),
        }))
    }

    /// A small write beside any unit that is open. On SQLite never call it while holding one.
    pub(crate) async fn aside(&self) -> Result<Tx> {
        match self {
            Self::Sqlite { .. } => self.write().await,
            Self::Postgres { side, .. } => Ok(Tx(Held::Postgres(side.begin().await?))),
        }
    }

    /// True for the embedded database, where the sequencer runs inside each unit.
    pub fn is_embedded(&self) -> bool {
        match self {
            Self::Sqlite { .. } => true,
            Self::Postgres { .. } => false,
        }
    }

    /// Let go of every connection; what is open is rolled back.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { pool, side } => {
                pool.close().await;
                side.close().await;
            }
        }
    }
}

/// A piece of work on the database. Dropping it without [`save`](Tx::save) forgets what it wrote.
pub struct Tx(Held);

enum Held {
    SqliteGlance(PoolConnection<Sqlite>),
    SqliteRead(Transaction<'static, Sqlite>),
    SqliteWrite(Turn),
    PostgresGlance(PoolConnection<Postgres>),
    Postgres(Transaction<'static, Postgres>),
}

pub(crate) enum Conn<'t> {
    Sqlite(&'t mut SqliteConnection),
    Postgres(&'t mut sqlx::PgConnection),
}

impl Tx {
    fn conn(&mut self) -> Result<Conn<'_>> {
        Ok(match &mut self.0 {
            Held::SqliteGlance(c) => Conn::Sqlite(c),
            Held::SqliteRead(t) => Conn::Sqlite(t),
            Held::SqliteWrite(turn) => Conn::Sqlite(turn.connection()?),
            Held::PostgresGlance(c) => Conn::Postgres(c),
            Held::Postgres(t) => Conn::Postgres(t),
        })
    }

    /// One statement with its values.
    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_> {
        let sql = sql.into();
        match self.conn() {
            Ok(Conn::Sqlite(c)) => Query::Sqlite(c, sqlx::query(sql.sqlite)),
            Ok(Conn::Postgres(c)) => Query::Postgres(c, sqlx::query(sql.postgres)),
            Err(fault) => Query::Broken(fault),
        }
    }

    /// A statement whose conditions are not known in advance. All text in it is ours; people's words are values.
    pub fn build(&mut self, head: impl Into<Sql>) -> Build<'_> {
        let head = head.into();
        match self.conn() {
            Ok(Conn::Sqlite(c)) => Build::Sqlite(c, sqlx::QueryBuilder::new(head.sqlite)),
            Ok(Conn::Postgres(c)) => Build::Postgres(c, sqlx::QueryBuilder::new(head.postgres)),
            Err(fault) => Build::Broken(fault),
        }
    }

    /// True on the embedded database.
    pub fn is_embedded(&self) -> bool {
        match &self.0 {
            Held::SqliteGlance(_) | Held::SqliteRead(_) | Held::SqliteWrite(_) => true,
            Held::PostgresGlance(_) | Held::Postgres(_) => false,
        }
    }

    /// Keep what was written, durably. Units that arrive together on SQLite are committed together,
    /// and none is answered before that commit.
    pub async fn save(self) -> Result<()> {
        match self.0 {
            Held::SqliteGlance(_) | Held::PostgresGlance(_) => Ok(()),
            Held::SqliteRead(t) => Ok(t.commit().await?),
            Held::SqliteWrite(turn) => turn.save().await,
            Held::Postgres(t) => Ok(t.commit().await?),
        }
    }

    /// Makes durable what earlier units saved that this one may have seen. Needed before an answer
    /// is repeated from a row that another unit wrote. What this unit wrote itself is forgotten.
    pub(crate) async fn settle(&mut self) -> Result<()> {
        match &mut self.0 {
            Held::SqliteWrite(turn) => turn.settle().await,
            Held::SqliteGlance(_) | Held::SqliteRead(_) | Held::PostgresGlance(_) | Held::Postgres(_) => Ok(()),
        }
    }
}

/// Does the work again when the database was busy or two units collided, up to six times, each time
/// after a longer and randomly shortened pause. The work must begin a new unit each time.
///
/// # Errors
/// The last error, when it is not worth retrying or the tries ran out.
pub async fn retry<T, E, F, Fut>(mut work: F) -> Result<T, E>
where
    E: crate::WorthRetrying,
    F: FnMut() -> Fut,
    Fut: Future<Output = Result<T, E>>,
{
    let mut pause = Duration::from_millis(8);
    for _ in 0..5 {
        match work().await {
            Err(error) if error.worth_retrying() => {
                let shortened = pause.mul_f64(crate::chance::share());
                tokio::time::sleep(shortened).await;
                pause *= 2;
            }
            done => return done,
        }
    }
    work().await
}

#[cfg(test)]
mod tests;
