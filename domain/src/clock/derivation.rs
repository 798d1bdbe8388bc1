//! Due dates that can say how they came about: every day from the start to the end, counted or not, and why.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Calendar, DayKind, Limit, LimitUnit, Suspension};

/// The longest stretch that is walked, about 55 years. Longer ones are answered like a clock that never ends, so that
/// a mistyped limit cannot keep a server busy.
const LONGEST_WALK: usize = 20_000;

/// What a clock runs on. All of it comes from a case's events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Day 0: the day of acceptance.
    pub from: NaiveDate,
    /// The limit that was promised, or that the law sets.
    pub limit: Limit,
    /// Time that does not count, in any order; stretches may overlap.
    #[serde(default)]
    pub suspensions: Vec<Suspension>,
    /// Added once to the limit, in the limit's own unit: +10 working days by art. 42, +30 natural days elsewhere.
    #[serde(default)]
    pub extension: Option<u32>,
}

/// What one day did to the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// The day on which the clock started. Not counted.
    Zero,
    /// Counted as day number `n`, from 1.
    Counted(u32),
    /// A Saturday or Sunday off.
    Rest,
    /// Off for a holiday, by its name.
    Holiday(String),
    /// Inside excluded time, by its reason.
    Excluded(String),
    /// The limit ended on a day off; this working day is due instead (Civil Code art. 203).
    CarriedOver,
}

/// One day of a derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLine {
    /// The day.
    pub date: NaiveDate,
    /// Counted or not, and why.
    pub kind: LineKind,
    /// A Saturday or Sunday worked for a holiday.
    pub make_up: bool,
}

/// A due date with every day behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// The limit as it was counted, with its extension added.
    pub limit: Limit,
    /// The last day on which the promise is kept; `None` while the clock is stopped with no end known.
    pub due: Option<NaiveDate>,
    /// Reaches into a year whose days off are not announced yet: the date may move.
    pub provisional: bool,
    /// Every day from day 0 to the due day, or to the day on which the clock stopped.
    pub days: Vec<DayLine>,
    /// The stop that has not ended, when `due` is `None`.
    pub stopped: Option<Suspension>,
}

impl Clock {
    /// A clock without stops or extension.
    #[must_use]
    pub const fn new(from: NaiveDate, limit: Limit) -> Self {
        Self { from, limit, suspensions: Vec::new(), extension: None }
    }

    /// Counts the limit down day by day.
    #[must_use]
    pub fn derive(&self, calendar: &Calendar) -> Derivation {
        let limit = self.extended();
        let mut days = vec![DayLine {
            date: self.from,
            kind: LineKind::Zero,
            make_up: matches!(calendar.kind(self.from), DayKind::MakeUp(_)),
        }];
        let (end, working_only) = match limit.unit {
            LimitUnit::WorkingDay | LimitUnit::OnTheSpot => (limit.value, true),
            LimitUnit::NaturalDay => (limit.value, false),
            LimitUnit::Month => (days_in_months(self.from, limit.value), false),
        };
        let mut counted = 0;
        let mut due = None;
        let mut stopped = None;
        for date in self.from.iter_days() {
            let kind = calendar.kind(date);
            let working = kind.is_working();
            let line = |line| DayLine { date, kind: line, make_up: matches!(kind, DayKind::MakeUp(_)) };
            if date > self.from {
                // An unending stop comes first: nothing after its first day can ever be counted.
                stopped = self.suspensions.iter().find(|s| s.to.is_none() && s.excludes(date)).cloned();
                if stopped.is_some() || days.len() > LONGEST_WALK {
                    break;
                }
                let excluded = self.suspensions.iter().find(|s| s.excludes(date));
                days.push(match (excluded, counted < end) {
                    // On a day off a working-day clock stands still anyway: that is the plainer reason.
                    (Some(stop), _) if working || !working_only => line(LineKind::Excluded(stop.reason.clone())),
                    (None, true) if working || !working_only => {
                        counted += 1;
                        line(LineKind::Counted(counted))
                    }
                    (None, false) if working => line(LineKind::CarriedOver),
                    (Some(_) | None, _) => line(off_line(kind)),
                });
                if excluded.is_some() {
                    continue;
                }
            }
            if counted >= end && working {
                due = Some(date);
                break;
            }
        }
        let provisional = calendar_is_open(calendar, self.from, days.last().map_or(self.from, |line| line.date));
        Derivation { limit, due, provisional, days, stopped }
    }

    fn extended(&self) -> Limit {
        let Some(more) = self.extension else { return self.limit };
        match self.limit.unit {
            LimitUnit::WorkingDay | LimitUnit::NaturalDay | LimitUnit::Month => {
                Limit { value: self.limit.value.saturating_add(more), unit: self.limit.unit }
            }
            // What was to be decided on the spot and is extended gets working days from that day.
            LimitUnit::OnTheSpot => Limit::working_days(more),
        }
    }
}

/// The line of a day off.
fn off_line(kind: DayKind<'_>) -> LineKind {
    match kind {
        DayKind::Holiday(name) => LineKind::Holiday(name.to_owned()),
        // Worked days never come here; should one, it is at least not counted.
        DayKind::Rest | DayKind::Working | DayKind::MakeUp(_) => LineKind::Rest,
    }
}

/// Natural days from `from` to the same day `months` later, or to that month's last day (Civil Code art. 202).
fn days_in_months(from: NaiveDate, months: u32) -> u32 {
    let end = from.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX);
    u32::try_from((end - from).num_days()).unwrap_or(u32::MAX)
}

fn calendar_is_open(calendar: &Calendar, from: NaiveDate, last: NaiveDate) -> bool {
    (from.year()..=last.year()).any(|year| calendar.is_provisional(year))
}

impl Calendar {
    /// The day on which `n` working days after `start` have passed; `None` while a stop has no end.
    #[must_use]
    pub fn due_working(&self, start: NaiveDate, n: u32, suspensions: &[Suspension]) -> Option<NaiveDate> {
        let clock = Clock { suspensions: suspensions.to_vec(), ..Clock::new(start, Limit::working_days(n)) };
        clock.derive(self).due
    }

    /// `start` plus `n` natural days, moved to the next working day if that is a day off.
    #[must_use]
    pub fn due_natural(&self, start: NaiveDate, n: u32) -> NaiveDate {
        self.working_day_from(start.checked_add_days(Days::new(u64::from(n))).unwrap_or(NaiveDate::MAX))
    }

    /// `start` plus `n` months, moved to the next working day if that is a day off.
    #[must_use]
    pub fn due_months(&self, start: NaiveDate, n: u32) -> NaiveDate {
        self.working_day_from(start.checked_add_months(Months::new(n)).unwrap_or(NaiveDate::MAX))
    }
}
