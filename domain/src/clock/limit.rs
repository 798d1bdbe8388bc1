//! What a time limit is made of: a number with a unit, and the stretches of time that do not count.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The unit in which a law or a promise states a limit (时限单位).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// 工作日. What 行政许可法 means by "day" (art. 82).
    WorkingDay,
    /// 日 (自然日). Civil Code arts. 201 and 203.
    NaturalDay,
    /// 月. Ends on the same day of the last month, or on its last day where there is none (Civil Code art. 202).
    Month,
    /// 当场办结. Due on the day itself; the value is not read.
    OnTheSpot,
}

/// A time limit, such as 20 working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// How many of `unit`.
    pub value: u32,
    /// Days of which kind, or months.
    pub unit: LimitUnit,
}

impl Limit {
    /// `value` working days.
    #[must_use]
    pub const fn working_days(value: u32) -> Self {
        Self { value, unit: LimitUnit::WorkingDay }
    }

    /// `value` natural days.
    #[must_use]
    pub const fn natural_days(value: u32) -> Self {
        Self { value, unit: LimitUnit::NaturalDay }
    }

    /// `value` months.
    #[must_use]
    pub const fn months(value: u32) -> Self {
        Self { value, unit: LimitUnit::Month }
    }

    /// Decided while the applicant waits.
    #[must_use]
    pub const fn on_the_spot() -> Self {
        Self { value: 0, unit: LimitUnit::OnTheSpot }
    }
}

/// Time that is not counted: hearing, inspection, expert review … (行政许可法 art. 45).
///
/// A day `D` is excluded when `from < D <= to`: the day the stop begins still counts, counting resumes the day after `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// The day on which the stop began.
    pub from: NaiveDate,
    /// The last day that does not count; `None` while the stop has not ended.
    pub to: Option<NaiveDate>,
    /// Why, as the applicant was told: `专家评审`.
    pub reason: String,
}

impl Suspension {
    /// Whether `day` lies inside the excluded time.
    #[must_use]
    pub fn excludes(&self, day: NaiveDate) -> bool {
        self.from < day && self.to.is_none_or(|to| day <= to)
    }
}
