//! What can go wrong with memory.

use sqlx::error::ErrorKind;

/// What store functions answer.
pub type Result<T, E = StoreFault> = std::result::Result<T, E>;

/// What must be mended, or tried again, before something can be remembered or recalled.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The database cannot be reached. `url` carries no password; `why` says what to do.
    #[error("cannot open the database {url}: {why}")]
    CannotOpen {
        /// The address, password masked.
        url: String,
        /// A sentence a person can act on.
        why: String,
    },
    /// A place that must be empty is not.
    #[error("not an empty place: {what}")]
    NotEmpty {
        /// What was found there.
        what: String,
    },
    /// A unique key exists already: someone was faster, or it was done before.
    #[error("exists already")]
    Taken,
    /// A row that must be there is gone.
    #[error("a row that must exist is gone")]
    Gone,
    /// A page cursor that this list did not write.
    #[error("this is not a cursor of this list")]
    BadCursor,
    /// The key ring cannot be read, or lacks a key.
    #[error("key ring: {0}")]
    Keys(String),
    /// A sealed value does not open: wrong key, wrong place or changed bytes.
    #[error("sealed value: {0}")]
    Sealed(String),
    /// The file store.
    #[error("files: {0}")]
    Files(String),
    /// No space left; reading goes on.
    #[error("no space left: {0}")]
    Full(String),
    /// The event log.
    #[error("log: {0}")]
    Log(String),
    /// A backup that cannot be made or accepted.
    #[error("backup: {0}")]
    Backup(String),
    /// A text holds the character NUL, which PostgreSQL cannot keep; refused alike on both databases.
    #[error("a text holds the character NUL")]
    NotText,
    /// The rungs of the ladder do not fit this database.
    #[error("migration: {0}")]
    Migration(String),
    /// The database is busy or two units of work collided; try again.
    #[error("busy, try again: {0}")]
    Busy(String),
    /// Anything else the database said.
    #[error(transparent)]
    Database(sqlx::Error),
}

/// Tells [`retry`](crate::retry) whether the same work may succeed if done again.
pub trait WorthRetrying {
    /// True for collisions and busy locks only.
    fn worth_retrying(&self) -> bool;
}

impl WorthRetrying for StoreFault {
    fn worth_retrying(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl From<sqlx::Error> for StoreFault {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::Gone,
            sqlx::Error::PoolTimedOut => Self::Busy("every connection is in use".into()),
            sqlx::Error::Database(said) => {
                // By kind, never by name: constraint names differ between databases.
                if said.kind() == ErrorKind::UniqueViolation {
                    return Self::Taken;
                }
                let code = said.code().unwrap_or_default().into_owned();
                match code.as_str() {
                    // PostgreSQL: serialisation failure, deadlock, lock timeout, shutting down
                    "40001" | "40P01" | "55P03" | "57P01" | "57P02" | "57P03" => Self::Busy(said.message().into()),
                    "53100" => Self::Full(said.message().into()),
                    other => match sqlite_primary(other, &error) {
                        Some(5 | 6) => Self::Busy(said.message().into()),
                        Some(13) => Self::Full(said.message().into()),
                        _ => Self::Database(error),
                    },
                }
            }
            _ => Self::Database(error),
        }
    }
}

/// The primary result code behind a SQLite extended one (517 is a kind of 5).
fn sqlite_primary(code: &str, error: &sqlx::Error) -> Option<u32> {
    let said = error.as_database_error()?;
    said.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    code.parse::<u32>().ok().map(|n| n & 0xff)
}

impl From<std::io::Error> for StoreFault {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full(error.to_string()),
            _ => Self::Files(error.to_string()),
        }
    }
}
