//! The hall's day. UTC+08:00, without summer time, for every hall; the only conversion from instants to days.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

/// The hall's distance from UTC: eight hours east.
pub const HALL_OFFSET: FixedOffset = match FixedOffset::east_opt(8 * 3600) {
    Some(offset) => offset,
    None => panic!("eight hours is a valid offset"),
};

/// The calendar day in the hall at an instant.
#[must_use]
pub fn hall_day(at: DateTime<Utc>) -> NaiveDate {
    hall_time(at).date_naive()
}

/// The hall's wall clock at an instant.
#[must_use]
pub fn hall_time(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.with_timezone(&HALL_OFFSET)
}

/// The instant at which a day begins in the hall (00:00 there, 16:00 of the day before in UTC).
#[must_use]
pub fn hall_day_starts(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN).and_utc();
    midnight.checked_sub_signed(chrono::TimeDelta::hours(8)).unwrap_or(midnight)
}

/// The first instant that no longer belongs to a day in the hall: a limit due that day is missed from here on
/// (Civil Code art. 203: the last day ends at 24:00).
#[must_use]
pub fn hall_day_ends(day: NaiveDate) -> DateTime<Utc> {
    let starts = hall_day_starts(day);
    starts.checked_add_signed(chrono::TimeDelta::hours(24)).unwrap_or(starts)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_hall_day_turns_at_sixteen_hours_utc() {
        let before = "2026-10-08T15:59:59.999999Z".parse::<DateTime<Utc>>().unwrap();
        let after = "2026-10-08T16:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let ninth = NaiveDate::from_ymd_opt(2026, 10, 9).unwrap();
        assert_eq!(hall_day(before), ninth.pred_opt().unwrap());
        assert_eq!(hall_day(after), ninth);
        assert_eq!(hall_time(after).format("%Y-%m-%d %H:%M").to_string(), "2026-10-09 00:00");
        assert_eq!(hall_day_starts(ninth), after);
        assert_eq!(hall_day(hall_day_ends(ninth)), ninth.succ_opt().unwrap());
    }
}
