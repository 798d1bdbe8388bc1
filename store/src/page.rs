//! Pages of a list, and the mark where the next one begins.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};

use crate::fault::{Result, StoreFault};

/// Where the next page begins: the sort key of the last row, for eyes of the list that wrote it only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// A cursor as it came back from outside. A forged one is answered with [`StoreFault::BadCursor`] by the list.
    pub fn parse(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(crate) fn of(key: &impl Serialize) -> Self {
        // Keys are tuples of text, days and ids: they always have a JSON form.
        Self(URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default()))
    }

    pub(crate) fn key<T: DeserializeOwned>(&self) -> Result<T> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| StoreFault::BadCursor)?;
        serde_json::from_slice(&bytes).map_err(|_| StoreFault::BadCursor)
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Some rows of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows, in the list's own order.
    pub rows: Vec<T>,
    /// Where to go on; `None` at the end.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// From one row more than the limit, if there was one.
    pub(crate) fn cut<K: Serialize>(mut rows: Vec<T>, limit: i64, key: impl Fn(&T) -> K) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(|row| Cursor::of(&key(row))) } else { None };
        Self { rows, next }
    }
}

/// The key a cursor holds, if there is a cursor.
pub(crate) fn after<T: DeserializeOwned>(cursor: Option<&Cursor>) -> Result<Option<T>> {
    cursor.map(Cursor::key).transpose()
}

/// A limit a list will honour: 1 … 500.
pub(crate) fn bounded(limit: i64) -> i64 {
    limit.clamp(1, 500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_forged_one_is_refused() {
        let day: chrono::NaiveDate = "2026-01-02".parse().unwrap();
        let cursor = Cursor::of(&(day, "x"));
        let back: (chrono::NaiveDate, String) = Cursor::parse(&cursor.to_string()).key().unwrap();
        assert_eq!(back, (day, "x".to_owned()));
        for forged in ["", "zzz", "W10"] {
            let key = Cursor::parse(forged).key::<(chrono::NaiveDate, String)>();
            assert!(matches!(key, Err(StoreFault::BadCursor)), "{forged}");
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        assert_eq!(Page::cut(vec![1, 2, 3], 3, |n| *n).next, None);
        let page = Page::cut(vec![1, 2, 3], 2, |n| *n);
        assert_eq!((page.rows, page.next), (vec![1, 2], Some(Cursor::of(&2))));
    }
}
