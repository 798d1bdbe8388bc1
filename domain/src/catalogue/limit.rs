//! How long something takes, as a guide says it: what the law allows and what the hall promises.
//!
//! The limit itself belongs to the clock; here are only its words and a comparison for publishing checks.

use serde::{Deserialize, Serialize};

use crate::clock::{Limit, LimitUnit};

impl Limit {
    /// Whether it is done while one waits.
    #[must_use]
    pub const fn is_on_the_spot(self) -> bool {
        matches!(self.unit, LimitUnit::OnTheSpot)
    }

    /// The fewest calendar days it comes to in an ordinary week: six working days need a weekend between them.
    /// Used to compare limits of different units when an item is checked; never a due date.
    #[must_use]
    pub const fn at_least_days(self) -> u32 {
        match self.unit {
            LimitUnit::WorkingDay => self.value.saturating_add(2 * (self.value / 6)),
            LimitUnit::NaturalDay => self.value,
            LimitUnit::Month => self.value.saturating_mul(28),
            LimitUnit::OnTheSpot => 0,
        }
    }

    /// Plain Chinese: `5 个工作日`, `15 天`, `3 个月`, `当场`.
    #[must_use]
    pub fn says(self) -> String {
        match self.unit {
            LimitUnit::WorkingDay => format!("{} 个工作日", self.value),
            LimitUnit::NaturalDay => format!("{} 天", self.value),
            LimitUnit::Month => format!("{} 个月", self.value),
            LimitUnit::OnTheSpot => "当场".to_owned(),
        }
    }

    /// Plain English: `5 working days`, `on the spot`.
    #[must_use]
    pub fn says_en(self) -> String {
        let many = if self.value == 1 { "" } else { "s" };
        match self.unit {
            LimitUnit::WorkingDay => format!("{} working day{many}", self.value),
            LimitUnit::NaturalDay => format!("{} day{many}", self.value),
            LimitUnit::Month => format!("{} month{many}", self.value),
            LimitUnit::OnTheSpot => "on the spot".to_owned(),
        }
    }
}

/// 法定办结时限 (`anticipate_day`, `anticipate_type`, `anticipate_explain`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statutory {
    /// The limit; `None` where no law or regulation sets one.
    pub limit: Option<Limit>,
    /// Which text sets it, or why none does.
    pub source: String,
    /// How it may be extended, in words, with the law's own condition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<String>,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Limit, LimitUnit};

    #[test]
    fn says_what_people_say() {
        assert_eq!(Limit::working_days(5).says(), "5 个工作日");
        assert_eq!(Limit { value: 3, unit: LimitUnit::Month }.says(), "3 个月");
        assert_eq!(Limit::on_the_spot().says(), "当场");
        assert_eq!(Limit::working_days(1).says_en(), "1 working day");
    }

    #[test]
    fn at_least_days_never_overstates() {
        // Monday to Friday: six working days need a weekend between; five may need none.
        assert_eq!(Limit::working_days(5).at_least_days(), 5);
        assert_eq!(Limit::working_days(6).at_least_days(), 8);
        assert_eq!(Limit::working_days(20).at_least_days(), 26);
        assert_eq!(Limit { value: 1, unit: LimitUnit::Month }.at_least_days(), 28);
    }
}
