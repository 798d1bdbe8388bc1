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
    type Stored: Encode<'v, Sqlite> + Type<Sqlite> + Encode<'v, Postgres> + Type<Postgres> + Send + 'v;
    /// The value in that shape.
    fn stored(self) -> Self::Stored;
    /// True when a text in it holds NUL: one database would keep it, the other refuse it.
    fn holds_nul(&self) -> bool {
        false
    }
}

fn paper_holds_nul(paper: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Bool, Null, Number, Object, String};
    match paper {
        Null | Bool(_) | Number(_) => false,
        String(text) => text.contains('\0'),
        Array(values) => values.iter().any(paper_holds_nul),
        Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || paper_holds_nul(value)),
    }
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
as_it_is!(i64, bool, Uuid, Vec<u8>, NaiveDate, &'v [u8]);

macro_rules! text {
    ($($of:ty),*) => {$(
        impl<'v> Bind<'v> for $of {
            type Stored = $of;
            fn stored(self) -> $of { self }
            fn holds_nul(&self) -> bool { self.contains('\0') }
        }
        impl<'v> Bind<'v> for Option<$of> {
            type Stored = Option<$of>;
            fn stored(self) -> Option<$of> { self }
            fn holds_nul(&self) -> bool { self.as_ref().is_some_and(|text| text.contains('\0')) }
        }
    )*};
}
text!(String, &'v str);

impl<'v> Bind<'v> for Option<Json<serde_json::Value>> {
    type Stored = Self;
    fn stored(self) -> Self {
        self
    }
    fn holds_nul(&self) -> bool {
        self.as_ref().is_some_and(|Json(paper)| paper_holds_nul(paper))
    }
}

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
    fn holds_nul(&self) -> bool {
        self.contains('\0')
    }
}

impl<'v> Bind<'v> for &'v Option<String> {
    type Stored = Option<&'v str>;
    fn stored(self) -> Option<&'v str> {
        self.as_deref()
    }
    fn holds_nul(&self) -> bool {
        self.as_ref().is_some_and(|text| text.contains('\0'))
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
    fn holds_nul(&self) -> bool {
        paper_holds_nul(self)
    }
}

impl<'v> Bind<'v> for &'v Vec<String> {
    type Stored = Json<&'v Vec<String>>;
    fn stored(self) -> Self::Stored {
        Json(self)
    }
    fn holds_nul(&self) -> bool {
        self.iter().any(|text| text.contains('\0'))
    }
}
