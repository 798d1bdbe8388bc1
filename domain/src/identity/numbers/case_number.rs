//! 办件编号: the one serial number a case carries from the first receipt to the archive, online and at the counter.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{last_is, length, only, plain};
use super::{NumberFault, check37_36};

/// Twenty-one characters: 6 area, 8 date, 6 serial of the day, 1 check (MOD 37,36).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber(String);

number!(open CaseNumber);

impl CaseNumber {
    /// Composes the number of the `serial`th case of a day.
    ///
    /// # Errors
    /// [`NumberFault`] when `area` is not 6 digits, the year not 4, or the serial above 999,999.
    pub fn compose(area: &str, day: NaiveDate, serial: u32) -> Result<Self, NumberFault> {
        let body = format!("{area}{:04}{:02}{:02}{serial:06}", day.year(), day.month(), day.day());
        Self::parse(&format!("{body}{}", check37_36(&body)))
    }

    /// Reads what was typed; spaces and dashes between groups are taken off.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed).replace('-', "");
        only(&text, |i, c| if i < 20 { c.is_ascii_digit() } else { c.is_ascii_alphanumeric() })?;
        length(&text, 21)?;
        super::citizen::birth_date(&text[6..14])?;
        last_is(&text, check37_36(&text[..20]))?;
        Ok(Self(text))
    }

    /// In groups, as people read it out: `990105 20260927 000417 R`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let n = &self.0;
        format!("{} {} {} {}", &n[..6], &n[6..14], &n[14..20], &n[20..])
    }

    /// Area of the hall, 6 digits.
    #[must_use]
    pub fn area(&self) -> &str {
        &self.0[..6]
    }
}
