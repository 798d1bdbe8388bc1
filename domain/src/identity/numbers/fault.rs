//! What is wrong with a number, precisely enough to say how to mend it.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Document;

/// Why a number was not taken. Positions count characters of the stored form from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum NumberFault {
    /// Nothing was typed.
    Empty,
    /// It has `have` characters and needs `want`: 现在是 17 位，还差 1 位.
    WrongLength {
        /// How many there are.
        have: usize,
        /// How many there must be.
        want: usize,
    },
    /// It has `have` characters and needs `min` to `max`.
    LengthOutside {
        /// How many there are.
        have: usize,
        /// Fewest allowed.
        min: usize,
        /// Most allowed.
        max: usize,
    },
    /// A character that cannot stand there: a letter among digits, `I` or `O` in a credit code.
    WrongCharacter {
        /// Where, from 1.
        position: usize,
        /// What stands there.
        found: char,
    },
    /// The birth date in it does not exist, such as 29 February 1890.
    NoSuchDate {
        /// Year as written.
        year: u16,
        /// Month as written.
        month: u8,
        /// Day as written.
        day: u8,
    },
    /// The birth date in it has not come yet.
    FutureBirth {
        /// The date.
        birth: NaiveDate,
    },
    /// No province, or no place this number is issued for, begins like this.
    UnknownArea {
        /// The area digits as written.
        area: String,
    },
    /// The check character does not follow from the others: something was mistyped, anywhere in it.
    CheckDigit {
        /// What it would have to be if all the others were right.
        want: char,
        /// What it is.
        found: char,
    },
    /// The 组织机构代码 inside a credit code (characters 9–17) has a wrong check character.
    EmbeddedCheckDigit {
        /// What character 17 would have to be.
        want: char,
        /// What it is.
        found: char,
    },
    /// The 15-digit identity number, no longer valid since 2013.
    OldForm,
    /// It does not begin as this kind of number does; `want` is the expected beginning.
    WrongStart {
        /// Such as `9` or `1.2.156.3005.2`.
        want: String,
    },
    /// A landline without its area code.
    MissingAreaCode,
    /// The number of a document that is not taken here.
    OtherDocument {
        /// What it was taken for.
        found: Document,
    },
    /// All characters may stand there, but not like this: an address without a domain.
    WrongStructure,
    /// A place outside the country.
    OutsideCountry,
    /// A mark of `have` parts where `want` belong.
    WrongParts {
        /// How many there are.
        have: usize,
        /// How many there must be.
        want: usize,
    },
    /// Part number `part` (from 1, after the root) has `have` characters and needs `want`.
    PartLength {
        /// Which part.
        part: usize,
        /// How many characters it has.
        have: usize,
        /// How many it must have.
        want: usize,
    },
}

impl fmt::Display for NumberFault {
    /// English and terse, for logs; what people read comes from `words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing was given"),
            Self::WrongLength { have, want } => write!(f, "has {have} characters, needs {want}"),
            Self::LengthOutside { have, min, max } => write!(f, "has {have} characters, needs {min} to {max}"),
            Self::WrongCharacter { position, .. } => write!(f, "character {position} cannot stand there"),
            Self::NoSuchDate { .. } => f.write_str("the birth date does not exist"),
            Self::FutureBirth { .. } => f.write_str("the birth date is in the future"),
            Self::UnknownArea { area } => write!(f, "no area {area}"),
            Self::CheckDigit { .. } => f.write_str("the check character does not fit"),
            Self::EmbeddedCheckDigit { .. } => f.write_str("the check character of the organisation code does not fit"),
            Self::OldForm => f.write_str("the 15-digit form is no longer valid"),
            Self::WrongStart { want } => write!(f, "must begin with {want}"),
            Self::OtherDocument { found } => write!(f, "is the number of a {}", found.key()),
            Self::WrongStructure => f.write_str("is not put together as it must be"),
            Self::OutsideCountry => f.write_str("lies outside the country"),
            Self::MissingAreaCode => f.write_str("the area code is missing"),
            Self::WrongParts { have, want } => write!(f, "has {have} parts, needs {want}"),
            Self::PartLength { part, have, want } => write!(f, "part {part} has {have} characters, needs {want}"),
        }
    }
}

impl std::error::Error for NumberFault {}
