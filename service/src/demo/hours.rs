//! When things happen: applications over a year, the offices' working hours, the evenings of those who apply.

use super::chance::Chance;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Timelike, Utc};
use domain::clock::{Calendar, hall_day, hall_day_starts, hall_time};

/// Days the story goes back.
const YEAR: u64 = 365;
/// How busy the hall is on a day off, of a working day.
const DAY_OFF: f64 = 0.18;
/// Minutes of a working day: nine to twelve, two to half past five.
pub(super) const DAY: i64 = MORNING + 210;
const MORNING: i64 = 180;
const OPENS: i64 = 9 * 60;
const OPENS_AGAIN: i64 = 14 * 60;

/// Share of a day's applications that have come by a minute of it.
const BY_MINUTE: [(f64, f64); 8] =
    [(0.0, 0.0), (420.0, 0.01), (510.0, 0.05), (720.0, 0.45), (840.0, 0.55), (1050.0, 0.83), (1320.0, 0.98), (1440.0, 1.0)];

/// On the line through the two points around `x`.
fn along(points: &[(f64, f64)], x: f64) -> f64 {
    let upper = points.iter().position(|p| p.0 >= x).unwrap_or(points.len() - 1).max(1);
    let ((x0, y0), (x1, y1)) = (points[upper - 1], points[upper]);
    if x1 > x0 { y0 + (y1 - y0) * ((x - x0) / (x1 - x0)) } else { y1 }
}

/// The year before a moment, busy where offices work.
pub(super) struct Schedule {
    /// Each day with the share of the year's applications that have come by its end.
    days: Vec<(NaiveDate, f64)>,
    until: DateTime<Utc>,
    /// Share of the last day that is over.
    last: f64,
}

impl Schedule {
    /// The year that ends at `until`.
    pub fn until(until: DateTime<Utc>, calendar: &Calendar) -> Self {
        let today = hall_day(until);
        let last = along(&BY_MINUTE, (until - hall_day_starts(today)).as_seconds_f64() / 60.0).max(0.001);
        let first = today.checked_sub_days(Days::new(YEAR)).unwrap_or(today);
        let mut sum = 0.0;
        let mut days: Vec<(NaiveDate, f64)> = Vec::new();
        for day in first.iter_days().take_while(|day| *day <= today) {
            let whole = if calendar.is_working(day) { 1.0 } else { DAY_OFF };
            sum += if day == today { whole * last } else { whole };
            days.push((day, sum));
        }
        days.iter_mut().for_each(|(_, by)| *by /= sum);
        Self { days, until, last }
    }

    /// When application `n` of `all` comes; later ones never come earlier.
    pub fn moment(&self, n: u64, all: u64) -> DateTime<Utc> {
        #[expect(clippy::cast_precision_loss, reason = "a place on a line")]
        let share = (n as f64 + 0.5) / all.max(1) as f64;
        let at = self.days.partition_point(|(_, by)| *by < share).min(self.days.len() - 1);
        let before = if at == 0 { 0.0 } else { self.days[at - 1].1 };
        let (day, by) = self.days[at];
        let within = ((share - before) / (by - before)).clamp(0.0, 1.0) * if at + 1 == self.days.len() { self.last } else { 1.0 };
        let turned: Vec<(f64, f64)> = BY_MINUTE.iter().map(|(minute, by)| (*by, *minute)).collect();
        #[expect(clippy::cast_possible_truncation, reason = "seconds of a day")]
        let seconds = (along(&turned, within) * 60.0) as i64;
        (hall_day_starts(day) + TimeDelta::seconds(seconds.min(86_399))).min(self.until)
    }
}

/// So many minutes of office time later; always later than `from`.
pub(super) fn office(calendar: &Calendar, from: DateTime<Utc>, minutes: i64) -> DateTime<Utc> {
    let local = hall_time(from);
    let minute = i64::from(local.hour() * 60 + local.minute());
    let mut day = local.date_naive();
    let mut spent = (minute - OPENS).clamp(0, MORNING) + (minute - OPENS_AGAIN).clamp(0, DAY - MORNING);
    if !calendar.is_working(day) {
        day = calendar.working_day_from(day);
        spent = 0;
    }
    let mut total = spent + minutes.max(1);
    while total >= DAY {
        total -= DAY;
        day = calendar.working_day_from(day.succ_opt().unwrap_or(day));
    }
    let minute = if total < MORNING { OPENS + total } else { OPENS_AGAIN + total - MORNING };
    hall_day_starts(day) + TimeDelta::minutes(minute) + TimeDelta::seconds(i64::from(local.second()))
}

/// So many hours later, at a time when people are up.
pub(super) fn home(from: DateTime<Utc>, hours: f64, chance: &mut Chance) -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "seconds of some days")]
    let at = from + TimeDelta::seconds((hours * 3600.0) as i64 + 1);
    let hour = hall_time(at).hour();
    let morning = |day: NaiveDate| hall_day_starts(day) + TimeDelta::minutes(8 * 60 + 11);
    let day = hall_day(at);
    let up = match hour {
        0..8 => morning(day),
        22.. => morning(day.succ_opt().unwrap_or(day)),
        _ => return at,
    };
    up + TimeDelta::seconds(chance.between(0, 5400))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}+08:00").parse().unwrap()
    }

    #[test]
    fn office_time_leaves_out_nights_lunches_and_days_off() {
        let calendar = Calendar::built_in();
        for (from, minutes, to) in [
            ("2026-11-26T09:00:00", 10, "2026-11-26T09:10:00"),
            ("2026-11-26T11:50:00", 20, "2026-11-26T14:10:00"),
            ("2026-11-26T12:30:00", 5, "2026-11-26T14:05:00"),
            ("2026-11-26T17:20:00", 20, "2026-11-27T09:10:00"),
            ("2026-11-27T20:00:00", 1, "2026-11-30T09:01:00"),
            ("2026-11-28T10:00:00", 390, "2026-12-01T09:00:00"),
            // the whole of the national holiday
            ("2026-09-30T17:00:00", 40, "2026-10-08T09:10:00"),
        ] {
            assert_eq!(office(calendar, at(from), minutes), at(to), "{from} + {minutes}");
        }
    }

    #[test]
    fn a_year_is_in_order_ends_now_and_is_quiet_on_days_off() {
        let calendar = Calendar::built_in();
        for until in ["2026-11-26T15:20:00", "2026-11-26T00:00:00", "2026-11-28T23:59:59"] {
            let until = at(until);
            let schedule = Schedule::until(until, calendar);
            let moments: Vec<_> = (0..5000).map(|n| schedule.moment(n, 5000)).collect();
            assert!(moments.is_sorted());
            assert!(moments.iter().all(|m| *m <= until && *m > until - TimeDelta::days(367)));
            let off = moments.iter().filter(|m| !calendar.is_working(hall_day(**m))).count();
            assert!((200..1000).contains(&off), "{off}");
        }
    }
}
