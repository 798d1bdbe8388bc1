//! The shape of the calendar file (`data/workday-calendar.json`) as it is read and written.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whether a year's days off were announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    /// By a notice of the State Council's general office.
    Official,
    /// Not yet: statutory days only, no make-up days.
    Provisional,
}

/// A day with the holiday it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NamedDay {
    pub date: NaiveDate,
    pub name: String,
}

/// One year of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct YearData {
    pub status: Status,
    #[serde(default)]
    pub notice: Vec<String>,
    pub off: Vec<NamedDay>,
    #[serde(default)]
    pub make_up_work: Vec<NamedDay>,
    /// A sum the file may carry so that a mistyped day is found when it is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workdays_per_month: Option<[u32; 12]>,
}

/// The file. Its `meta` is for people and is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileData {
    pub years: BTreeMap<i32, YearData>,
}
