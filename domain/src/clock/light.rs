//! How a clock stands today: days left, and the light that says it at a glance.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Calendar, Derivation, LimitUnit, LineKind};

/// What is left of a limit on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// This many days after today, the due day included: working days, or natural days where the limit is in natural
    /// days or months. Never 0.
    Days(u32),
    /// Today is the last day.
    DueToday,
    /// Missed by this many working days, at least 1 (a Saturday after a missed Friday is already 1).
    Overdue(u32),
    /// The clock stands still today.
    Stopped,
}

/// The state of a legal clock. Never used for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// ● in time.
    Green,
    /// ▲ little is left.
    Yellow,
    /// ■ overdue.
    Red,
    /// ‖ not counting.
    Stopped,
}

/// When the light turns yellow. A setting of the hall, because every place has its own rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LightRule {
    /// From this share of the limit used, today included, in percent.
    pub yellow_percent: u8,
    /// From this many days left.
    pub yellow_days: u32,
}

impl Default for LightRule {
    fn default() -> Self {
        Self { yellow_percent: 80, yellow_days: 1 }
    }
}

impl Derivation {
    /// What is left on `today`. Before the clock starts the whole limit is left.
    #[must_use]
    pub fn remaining(&self, today: NaiveDate, calendar: &Calendar) -> Left {
        let Some(due) = self.due else { return Left::Stopped };
        if today > due {
            return Left::Overdue(calendar.working_days_between(due, today).max(1));
        }
        if today == due {
            return Left::DueToday;
        }
        let standing = self.days.iter().any(|day| day.date == today && matches!(day.kind, LineKind::Excluded(_)));
        if standing { Left::Stopped } else { Left::Days(self.uses_after(today).max(1)) }
    }

    /// The light on `today`.
    #[must_use]
    pub fn light(&self, today: NaiveDate, rule: LightRule, calendar: &Calendar) -> Light {
        match self.remaining(today, calendar) {
            Left::Stopped => Light::Stopped,
            Left::Overdue(_) => Light::Red,
            Left::DueToday => Light::Yellow,
            Left::Days(left) => {
                let total = self.uses();
                let used = total.saturating_sub(left);
                let spent = u64::from(used) * 100 >= u64::from(rule.yellow_percent) * u64::from(total);
                if left <= rule.yellow_days || (used > 0 && spent) { Light::Yellow } else { Light::Green }
            }
        }
    }

    /// How many days of the whole clock are used up by `today`, today included, and how many it has in all.
    #[must_use]
    pub fn used(&self, today: NaiveDate) -> (u32, u32) {
        let total = self.uses();
        (total.saturating_sub(self.uses_after(today)), total)
    }

    fn uses(&self) -> u32 {
        self.count(|_| true)
    }

    fn uses_after(&self, today: NaiveDate) -> u32 {
        self.count(|date| date > today)
    }

    fn count(&self, wanted: impl Fn(NaiveDate) -> bool) -> u32 {
        let natural = match self.limit.unit {
            LimitUnit::WorkingDay | LimitUnit::OnTheSpot => false,
            LimitUnit::NaturalDay | LimitUnit::Month => true,
        };
        let uses = self.days.iter().filter(|day| match day.kind {
            LineKind::Zero | LineKind::Excluded(_) => false,
            LineKind::Counted(_) | LineKind::CarriedOver => wanted(day.date),
            // Natural days run through weekends, also through those after the last counted day.
            LineKind::Rest | LineKind::Holiday(_) => natural && wanted(day.date),
        });
        u32::try_from(uses.count()).unwrap_or(u32::MAX)
    }
}
