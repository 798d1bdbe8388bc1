//! Statements, mirrored over both drivers and natively typed on each side.

use futures::TryStreamExt;
use sqlx::{
    ColumnIndex, Decode, FromRow, PgConnection, Postgres, Row, Sqlite, SqliteConnection, Type,
    postgres::{PgArguments, PgRow},
    sqlite::{SqliteArguments, SqliteRow},
};

use super::{Bind, Sql};
use crate::fault::{Result, StoreFault};

/// A row both databases can return.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A row whose columns are known only at run time (backup).
pub enum LooseRow {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl LooseRow {
    /// The value of a column.
    pub fn get<T>(&self, column: usize) -> Result<T>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
        usize: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }
}

/// One statement and the values bound to it.
pub enum Query<'t> {
    /// For SQLite.
    Sqlite(&'t mut SqliteConnection, sqlx::query::Query<'static, Sqlite, SqliteArguments>),
    /// For PostgreSQL.
    Postgres(&'t mut PgConnection, sqlx::query::Query<'static, Postgres, PgArguments>),
    /// It cannot be said: the fault that is answered instead.
    Broken(StoreFault),
}

impl Query<'_> {
    /// The next value, for `$1`, `$2` …
    #[must_use]
    pub fn bind<'v>(self, value: impl Bind<'v>) -> Self {
        if value.holds_nul() {
            return Self::Broken(StoreFault::NotText);
        }
        match self {
            Self::Sqlite(c, q) => Self::Sqlite(c, q.bind(value.stored())),
            Self::Postgres(c, q) => Self::Postgres(c, q.bind(value.stored())),
            Self::Broken(fault) => Self::Broken(fault),
        }
    }

    /// Do it; answers how many rows it touched.
    pub async fn execute(self) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(c, q) => q.execute(c).await?.rows_affected(),
            Self::Postgres(c, q) => q.execute(c).await?.rows_affected(),
            Self::Broken(fault) => return Err(fault),
        })
    }

    /// True when exactly this one row was touched; for changes that carry a version.
    pub async fn changed(self) -> Result<bool> {
        Ok(self.execute().await? == 1)
    }

    /// The one row, if there is one.
    pub async fn optional<T: Record>(self) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite(c, q) => q.fetch_optional(c).await?.map(|r| T::from_row(&r)).transpose()?,
            Self::Postgres(c, q) => q.fetch_optional(c).await?.map(|r| T::from_row(&r)).transpose()?,
            Self::Broken(fault) => return Err(fault),
        })
    }

    /// The one row that must be there.
    pub async fn one<T: Record>(self) -> Result<T> {
        self.optional().await?.ok_or(StoreFault::Gone)
    }

    /// Every row. The statement must have a limit or be small by nature.
    pub async fn all<T: Record>(self) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite(c, q) => all_of(q.fetch_all(c).await?)?,
            Self::Postgres(c, q) => all_of(q.fetch_all(c).await?)?,
            Self::Broken(fault) => return Err(fault),
        })
    }

    /// Every row, one at a time, however many there are.
    pub async fn each(self, mut see: impl FnMut(LooseRow) -> Result<()> + Send) -> Result<()> {
        match self {
            Self::Sqlite(c, q) => {
                let mut rows = q.fetch(c);
                while let Some(row) = rows.try_next().await? {
                    see(LooseRow::Sqlite(row))?;
                }
            }
            Self::Postgres(c, q) => {
                let mut rows = q.fetch(c);
                while let Some(row) = rows.try_next().await? {
                    see(LooseRow::Postgres(row))?;
                }
            }
            Self::Broken(fault) => return Err(fault),
        }
        Ok(())
    }
}

fn all_of<R: Row, T: for<'r> FromRow<'r, R>>(rows: Vec<R>) -> Result<Vec<T>, sqlx::Error> {
    rows.iter().map(T::from_row).collect()
}

/// A statement put together piece by piece.
pub enum Build<'t> {
    /// For SQLite.
    Sqlite(&'t mut SqliteConnection, sqlx::QueryBuilder<Sqlite>),
    /// For PostgreSQL.
    Postgres(&'t mut PgConnection, sqlx::QueryBuilder<Postgres>),
    /// It cannot be said: the fault that is answered instead.
    Broken(StoreFault),
}

impl Build<'_> {
    /// More of the statement.
    #[must_use]
    pub fn push(mut self, text: impl Into<Sql>) -> Self {
        let text = text.into();
        match &mut self {
            Self::Sqlite(_, b) => {
                b.push(text.sqlite);
            }
            Self::Postgres(_, b) => {
                b.push(text.postgres);
            }
            Self::Broken(_) => {}
        }
        self
    }

    /// A value, where the statement stands.
    #[must_use]
    pub fn value<'v>(mut self, value: impl Bind<'v>) -> Self {
        if value.holds_nul() {
            return Self::Broken(StoreFault::NotText);
        }
        match &mut self {
            Self::Sqlite(_, b) => {
                b.push_bind(value.stored());
            }
            Self::Postgres(_, b) => {
                b.push_bind(value.stored());
            }
            Self::Broken(_) => {}
        }
        self
    }

    /// `text` and `value`, when there is a value.
    #[must_use]
    pub fn maybe<'v, T: Bind<'v>>(self, text: &'static str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.push(text).value(value),
            None => self,
        }
    }

    /// `(a, b, c)`; an empty list matches nothing.
    #[must_use]
    pub fn list<'v, T: Bind<'v>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self = self.push("(");
        let mut first = true;
        for value in values {
            if !first {
                self = self.push(", ");
            }
            first = false;
            self = self.value(value);
        }
        if first {
            self = self.push("null");
        }
        self.push(")")
    }

    /// Every row of it.
    pub async fn all<T: Record>(self) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite(c, mut b) => all_of(b.build().fetch_all(c).await?)?,
            Self::Postgres(c, mut b) => all_of(b.build().fetch_all(c).await?)?,
            Self::Broken(fault) => return Err(fault),
        })
    }

    /// Do it; answers how many rows it touched.
    pub async fn execute(self) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(c, mut b) => b.build().execute(c).await?.rows_affected(),
            Self::Postgres(c, mut b) => b.build().execute(c).await?.rows_affected(),
            Self::Broken(fault) => return Err(fault),
        })
    }
}
