//! Which days are worked. The State Council announces them every November for the year after, so they are data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::calendar_data::{FileData, NamedDay, Status, YearData};
use super::statutory;

static BUILT_IN: LazyLock<Calendar> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is compiled in and a test reads it")]
    Calendar::parse(include_str!("../../../data/workday-calendar.json")).expect("the built-in calendar is well formed")
});

/// What a day is to the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind<'a> {
    /// Monday to Friday, nothing special.
    Working,
    /// Saturday or Sunday.
    Rest,
    /// A day off by holiday (its name), on whatever weekday.
    Holiday(&'a str),
    /// A Saturday or Sunday that is worked for a holiday (its name): 调休补班.
    MakeUp(&'a str),
}

impl DayKind<'_> {
    /// Whether the offices work.
    #[must_use]
    pub const fn is_working(self) -> bool {
        match self {
            Self::Working | Self::MakeUp(_) => true,
            Self::Rest | Self::Holiday(_) => false,
        }
    }
}

/// Why a calendar was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarFault {
    /// Not JSON, or not of the file's shape; the text says where.
    Unreadable(String),
    /// A day stands under a year it is not in.
    OtherYear {
        /// The year it stands under.
        year: i32,
        /// The day.
        day: NaiveDate,
    },
    /// A make-up day that is worked anyway.
    NotAWeekend(NaiveDate),
    /// A day that is both off and worked, or named twice.
    NamedTwice(NaiveDate),
    /// The file's own sum for a month (1–12) does not agree with its days.
    MonthTotal {
        /// Year.
        year: i32,
        /// Month, 1–12.
        month: u32,
        /// Working days the file says it has.
        stated: u32,
        /// Working days its days make.
        counted: u32,
    },
}

impl fmt::Display for CalendarFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "calendar is unreadable: {why}"),
            Self::OtherYear { year, day } => write!(f, "{day} stands under {year}"),
            Self::NotAWeekend(day) => write!(f, "make-up day {day} is not a Saturday or Sunday"),
            Self::NamedTwice(day) => write!(f, "{day} is named twice"),
            Self::MonthTotal { year, month, stated, counted } => {
                write!(f, "{year}-{month:02} is said to have {stated} working days, counted {counted}")
            }
        }
    }
}

impl std::error::Error for CalendarFault {}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    off: bool,
    name: String,
}

/// The working-day calendar. Serialises in the shape of `data/workday-calendar.json`.
///
/// A year without an official notice is provisional: weekends and the statutory days off, no make-up days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "FileData", into = "FileData")]
pub struct Calendar {
    /// Announced years with the addresses of their notices.
    official: BTreeMap<i32, Vec<String>>,
    /// Years in the data that were not announced; their days off are the file's.
    provisional: BTreeSet<i32>,
    marks: BTreeMap<NaiveDate, Mark>,
}

impl Calendar {
    /// Reads the text of a calendar file.
    ///
    /// # Errors
    /// [`CalendarFault`] when it is not JSON of that shape, or contradicts itself.
    pub fn parse(text: &str) -> Result<Self, CalendarFault> {
        let data: FileData = serde_json::from_str(text).map_err(|e| CalendarFault::Unreadable(e.to_string()))?;
        Self::try_from(data)
    }

    /// The calendar this release was built with.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// This calendar with every year of `newer` replaced, as when the yearly notice is imported.
    #[must_use]
    pub fn renewed(mut self, newer: Self) -> Self {
        let years: BTreeSet<i32> = newer.years().collect();
        self.official.retain(|year, _| !years.contains(year));
        self.provisional.retain(|year| !years.contains(year));
        self.marks.retain(|day, _| !years.contains(&day.year()));
        self.official.extend(newer.official);
        self.provisional.extend(newer.provisional);
        self.marks.extend(newer.marks);
        self
    }

    /// Every year this calendar has data for, announced or not, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.official.keys().copied().chain(self.provisional.iter().copied()).collect::<BTreeSet<_>>().into_iter()
    }

    /// Addresses of the notice that announced a year; `None` while the year is provisional.
    #[must_use]
    pub fn notice(&self, year: i32) -> Option<&[String]> {
        self.official.get(&year).map(Vec::as_slice)
    }

    /// Whether dates in this year may still move, because no notice has been imported.
    #[must_use]
    pub fn is_provisional(&self, year: i32) -> bool {
        !self.official.contains_key(&year)
    }

    /// What a day is, and by the name of which holiday.
    #[must_use]
    pub fn kind(&self, day: NaiveDate) -> DayKind<'_> {
        if let Some(mark) = self.marks.get(&day) {
            return if mark.off { DayKind::Holiday(&mark.name) } else { DayKind::MakeUp(&mark.name) };
        }
        let known = self.official.contains_key(&day.year()) || self.provisional.contains(&day.year());
        if !known && let Some(name) = statutory::holiday(day) {
            return DayKind::Holiday(name);
        }
        if is_weekend(day) { DayKind::Rest } else { DayKind::Working }
    }

    /// Whether the offices work on a day: (Monday to Friday and not off) or a make-up day.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.kind(day).is_working()
    }

    /// `day` itself if it is worked, else the first working day after it.
    #[must_use]
    pub fn working_day_from(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().find(|d| self.is_working(*d)).unwrap_or(day)
    }

    /// How many working days lie in `after < day <= until`; 0 if `until` is not after `after`.
    #[must_use]
    pub fn working_days_between(&self, after: NaiveDate, until: NaiveDate) -> u32 {
        let days = after.iter_days().skip(1).take_while(|day| *day <= until).filter(|day| self.is_working(*day));
        u32::try_from(days.count()).unwrap_or(u32::MAX)
    }

    /// Working days in a month (1–12) of a year; 0 for a month that does not exist.
    #[must_use]
    pub fn working_days_in(&self, year: i32, month: u32) -> u32 {
        let days = (1..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, month, day));
        u32::try_from(days.filter(|day| self.is_working(*day)).count()).unwrap_or(0)
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

impl TryFrom<FileData> for Calendar {
    type Error = CalendarFault;

    fn try_from(data: FileData) -> Result<Self, CalendarFault> {
        let mut calendar = Self::default();
        let mut totals = Vec::new();
        for (year, entry) in data.years {
            match entry.status {
                Status::Official => drop(calendar.official.insert(year, entry.notice)),
                Status::Provisional => drop(calendar.provisional.insert(year)),
            }
            if let Some(stated) = entry.workdays_per_month {
                totals.push((year, stated));
            }
            let off = entry.off.into_iter().map(|day| (true, day));
            for (off, NamedDay { date, name }) in off.chain(entry.make_up_work.into_iter().map(|day| (false, day))) {
                if date.year() != year {
                    return Err(CalendarFault::OtherYear { year, day: date });
                }
                if !off && !is_weekend(date) {
                    return Err(CalendarFault::NotAWeekend(date));
                }
                if calendar.marks.insert(date, Mark { off, name }).is_some() {
                    return Err(CalendarFault::NamedTwice(date));
                }
            }
        }
        for (year, stated) in totals {
            for (month, stated) in (1..).zip(stated) {
                let counted = calendar.working_days_in(year, month);
                if counted != stated {
                    return Err(CalendarFault::MonthTotal { year, month, stated, counted });
                }
            }
        }
        Ok(calendar)
    }
}

impl From<Calendar> for FileData {
    fn from(calendar: Calendar) -> Self {
        let mut years: BTreeMap<i32, YearData> = BTreeMap::new();
        let year_data =
            |status, notice| YearData { status, notice, off: Vec::new(), make_up_work: Vec::new(), workdays_per_month: None };
        for (year, notice) in calendar.official {
            years.insert(year, year_data(Status::Official, notice));
        }
        for year in calendar.provisional {
            years.insert(year, year_data(Status::Provisional, Vec::new()));
        }
        for (date, mark) in calendar.marks {
            if let Some(entry) = years.get_mut(&date.year()) {
                let list = if mark.off { &mut entry.off } else { &mut entry.make_up_work };
                list.push(NamedDay { date, name: mark.name });
            }
        }
        Self { years }
    }
}
