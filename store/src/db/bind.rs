//! Values both databases can store, in the shape both store alike.

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use sqlx::{Encode, Postgres, Sqlite, Type};
use uuid::Uuid;

pub use sqlx::types::Json;

/// A moment as both databases keep it: to the microsecond.
pub fn cut(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// A value that may be bound. There is no `i32`, `f64` or `usize` here on purpose: numbers are `i64`.
pub trait Bind<'v> {
    /// What reaches the driver.
    type Stored: Encode<'v, Sqlite>
        + Type<Sqlite>
        + Encode<'v, Postgres>
        + Type<Postgres>
        + Send
        + 'v;
    /// The value in that shape.
    fn stored(self) -> Self::Stored;
}

macro_rules! as_it_is {
    ($($of:ty),*) => {$(
        impl<'v> Bind<'v> for $of {
            type Stored = $of;
            fn stored(self) -> $of { self }
        }
        impl<'v> Bind<'v> for Option<$of> {
            type Stored = Option<$of>;
            fn stored(self) -> Option<$of> { self }
        }
    )*};
}
as_it_is!(i64, bool, Uuid, String, Vec<u8>, NaiveDate, &'v str, &'v [u8], Json<serde_json::Value>);

impl<'v> Bind<'v> for DateTime<Utc> {
    type Stored = Self;
    fn stored(self) -> Self {
        cut(self)
    }
}

impl<'v> Bind<'v> for Option<DateTime<Utc>> {
    type Stored = Self;
    fn stored(self) -> Self {
        self.map(cut)
    }
}

impl<'v> Bind<'v> for &'v String {
    type Stored = &'v str;
    fn stored(self) -> &'v str {
        self
    }
}

impl<'v> Bind<'v> for &'v Option<String> {
    type Stored = Option<&'v str>;
    fn stored(self) -> Option<&'v str> {
        self.as_deref()
    }
}

impl<'v> Bind<'v> for &'v Vec<u8> {
    type Stored = &'v [u8];
    fn stored(self) -> &'v [u8] {
        self
    }
}

impl<'v> Bind<'v> for &'v serde_json::Value {
    type Stored = Json<&'v serde_json::Value>;
    fn stored(self) -> Self::Stored {
        Json(self)
    }
}

impl<'v> Bind<'v> for &'v Vec<String> {
    type Stored = Json<&'v Vec<String>>;
    fn stored(self) -> Self::Stored {
        Json(self)
    }
}
