//! The day on which something counts as received, and what follows from silence after it.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Calendar, hall_day, hall_time};

/// Working days in which the agency must say what is missing (行政许可法 art. 32).
const NOTICE_WORKING_DAYS: u32 = 5;

/// When the hall is open, where local rules say that what comes later is received the next working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeHours {
    /// First minute of business.
    pub opens: NaiveTime,
    /// First minute after business.
    pub closes: NaiveTime,
}

/// The day on which something sent at `at` is received.
///
/// Without office hours (`None`, the default of a hall that is open on the net day and night) it is the day itself.
/// With them, what comes before opening on a working day is of that day; after closing, or on a day off, it is of
/// the next working day.
#[must_use]
pub fn received_on(at: DateTime<Utc>, office: Option<OfficeHours>, calendar: &Calendar) -> NaiveDate {
    let day = hall_day(at);
    let Some(office) = office else { return day };
    if calendar.is_working(day) && hall_time(at).time() < office.closes {
        return day;
    }
    calendar.working_day_from(day.succ_opt().unwrap_or(day))
}

/// The last day on which the agency may still ask for what is missing in papers received on `received`.
#[must_use]
pub fn notice_due(received: NaiveDate, calendar: &Calendar) -> NaiveDate {
    calendar.due_working(received, NOTICE_WORKING_DAYS, &[]).unwrap_or(received)
}

/// The day from which papers received on `received` are deemed accepted if nothing was said: the day after
/// [`notice_due`]. The acceptance itself counts back to `received` (行政许可法 art. 32).
#[must_use]
pub fn deemed_accepted_on(received: NaiveDate, calendar: &Calendar) -> NaiveDate {
    let last = notice_due(received, calendar);
    last.succ_opt().unwrap_or(last)
}
