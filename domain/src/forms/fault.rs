//! What is wrong with an answer, precisely enough to say how to mend it. The sentences are in `words`.

use super::kind::FileType;
use crate::identity::numbers::NumberFault;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How a missing answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// 请填写
    Write,
    /// 请选一项
    Choose,
    /// 请至少选一项
    ChooseSome,
    /// 请选日期
    Date,
    /// 请上传
    Upload,
}

/// Why an answer was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    Missing {
        ask: Ask,
    },
    /// Characters.
    TooLong {
        have: u32,
        max: u32,
    },
    NotANumber {
        found: String,
    },
    TooManyDecimals {
        max: u8,
    },
    TooSmall {
        min: i64,
        unit: String,
        unit_en: String,
    },
    TooLarge {
        max: i64,
        unit: String,
        unit_en: String,
    },
    /// Money, in fen.
    TooLittle {
        min: i64,
    },
    TooMuch {
        max: i64,
    },
    BadDate {
        found: String,
    },
    DateTooEarly {
        earliest: NaiveDate,
    },
    DateTooLate {
        latest: NaiveDate,
    },
    NotAnOption {
        found: String,
    },
    /// Not an entry of the long list it is looked up in.
    NotListed {
        found: String,
    },
    Number {
        number: NumberKind,
        why: NumberFault,
    },
    TooFewRows {
        min: u32,
        have: u32,
        noun: String,
        noun_en: String,
    },
    TooManyRows {
        max: u32,
        noun: String,
        noun_en: String,
    },
    TooFewFiles {
        min: u32,
        have: u32,
    },
    TooManyFiles {
        max: u32,
    },
    FileKind {
        name: String,
        accept: Vec<FileType>,
    },
    FileTooLarge {
        name: String,
        max_bytes: u64,
    },
    FileEmpty {
        name: String,
    },
    /// Two windows, two answers: what stands there was saved, this was typed elsewhere.
    Clash {
        typed: String,
        typed_en: String,
    },
    /// A declaration that must be agreed to before submitting.
    NotAgreed,
    /// A rule of this form; it brings its own sentence.
    Check {
        message: String,
        message_en: String,
    },
}

/// Which number was mistyped; the advice differs (look at the card, at the licence …).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    Citizen,
    Organisation,
    Mobile,
    /// Mobile or landline.
    Phone,
    BankCard,
    Postcode,
    Email,
    Plate,
    /// Of one of several documents.
    Document,
    MapPoint,
}

/// Which entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub group: String,
    pub row: String,
    /// From 1.
    pub number: u32,
    /// 第 2 位
    pub legend: String,
    pub legend_en: String,
}

/// A fault and where it is, for the error summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Page id; empty for a declaration.
    pub page: String,
    /// Key of the answer, group id, or declaration id.
    pub key: String,
    pub label: String,
    pub label_en: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Entry>,
    pub fault: Fault,
}

impl Problem {
    /// Id of the element to go to.
    pub fn element(&self) -> String {
        super::answers::element_id(&self.key)
    }
}
