//! 外国人永久居留身份证: the form of December 2023 (18 characters) and the old one (15), valid until its expiry.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::citizen::{birth_date, born_by, sex};
use super::newtype::number;
use super::typed::{last_is, length, only, plain};
use super::{NumberFault, Sex, check_digits, mask_id, province_name};

/// Number of a foreign permanent resident's identity card.
///
/// New: `9`, 2 province, 3 nationality (ISO 3166-1 numeric), 8 birth, 3 serial, 1 check as in GB 11643.
/// Old: 3 letters, 12 digits, recognised by shape only because its rule was never read.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PermanentResidentId(String);

number!(personal PermanentResidentId, mask_id);

impl PermanentResidentId {
    /// Reads what was typed, in either form.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed);
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            only(&text, |i, c| if i < 3 { c.is_ascii_uppercase() } else { c.is_ascii_digit() })?;
            length(&text, 15)?;
            return Ok(Self(text));
        }
        let last = text.chars().count().saturating_sub(1);
        only(&text, |i, c| c.is_ascii_digit() || (c == 'X' && i == last))?;
        if !text.starts_with('9') {
            return Err(NumberFault::WrongStart { want: "9".to_owned() });
        }
        length(&text, 18)?;
        if province_name(&text[1..3]).is_none() {
            return Err(NumberFault::UnknownArea { area: text[1..3].to_owned() });
        }
        birth_date(&text[6..14])?;
        last_is(&text, check_digits::check11_2(&text))?;
        Ok(Self(text))
    }

    /// As [`Self::parse`], and refuses someone who is not born yet.
    ///
    /// # Errors
    /// [`NumberFault`].
    pub fn parse_on(typed: &str, today: NaiveDate) -> Result<Self, NumberFault> {
        let id = Self::parse(typed)?;
        id.birth().map_or(Ok(()), |birth| born_by(birth, today))?;
        Ok(id)
    }

    /// Whether it has the form of before December 2023. Then nothing below can be read from it.
    #[must_use]
    pub fn is_old_form(&self) -> bool {
        self.0.len() == 15
    }

    fn new_form(&self) -> Option<&str> {
        (!self.is_old_form()).then_some(self.0.as_str())
    }

    /// Province of acceptance, 2 digits.
    #[must_use]
    pub fn province(&self) -> Option<&str> {
        self.new_form().map(|text| &text[1..3])
    }

    /// Nationality, ISO 3166-1 numeric, 3 digits.
    #[must_use]
    pub fn nationality(&self) -> Option<&str> {
        self.new_form().map(|text| &text[3..6])
    }

    /// Birth date.
    #[must_use]
    pub fn birth(&self) -> Option<NaiveDate> {
        self.new_form().and_then(|text| birth_date(&text[6..14]).ok())
    }

    /// Serial, 3 digits.
    #[must_use]
    pub fn serial(&self) -> Option<&str> {
        self.new_form().map(|text| &text[14..17])
    }

    /// Sex, by the parity of digit 17.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        self.new_form().map(sex)
    }
}
