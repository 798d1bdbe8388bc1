//! A derivation in as few lines as a person reads: neighbouring days of the same kind become one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DayLine, Derivation, LineKind};

/// What a stretch of days did to the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoldedKind {
    /// The day on which the clock started.
    Zero,
    /// Counted, as day numbers `first` to `last`.
    Counted {
        /// Number of the first day.
        first: u32,
        /// Number of the last day.
        last: u32,
    },
    /// Weekend.
    Rest,
    /// Off for this holiday.
    Holiday(String),
    /// Excluded for this reason.
    Excluded(String),
    /// The working day to which an end on a day off was moved.
    CarriedOver,
}

/// Neighbouring days with one fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoldedLine {
    /// First day.
    pub from: NaiveDate,
    /// Last day; equal to `from` for a single one.
    pub to: NaiveDate,
    /// Counted or not, and why.
    pub kind: FoldedKind,
    /// Make-up days stand alone, because people do not expect them to count.
    pub make_up: bool,
    /// Ends on the due day.
    pub due: bool,
}

impl FoldedLine {
    /// How many days, at least 1.
    #[must_use]
    pub fn days(&self) -> u32 {
        u32::try_from((self.to - self.from).num_days() + 1).unwrap_or(1)
    }

    fn takes(&mut self, line: &DayLine) -> bool {
        if self.make_up != line.make_up || self.to.succ_opt() != Some(line.date) {
            return false;
        }
        let same = match (&mut self.kind, &line.kind) {
            (FoldedKind::Counted { last, .. }, LineKind::Counted(n)) => {
                *last = *n;
                true
            }
            (FoldedKind::Rest, LineKind::Rest) => true,
            (FoldedKind::Holiday(have), LineKind::Holiday(name)) => have == name,
            (FoldedKind::Excluded(have), LineKind::Excluded(reason)) => have == reason,
            (
                FoldedKind::Zero
                | FoldedKind::Counted { .. }
                | FoldedKind::Rest
                | FoldedKind::Holiday(_)
                | FoldedKind::Excluded(_)
                | FoldedKind::CarriedOver,
                _,
            ) => false,
        };
        if same {
            self.to = line.date;
        }
        same
    }
}

impl Derivation {
    /// The days as a short list: `9 月 29–30 日, 2 working days, days 1 and 2`.
    #[must_use]
    pub fn folded(&self) -> Vec<FoldedLine> {
        let mut lines: Vec<FoldedLine> = Vec::new();
        for day in &self.days {
            if !lines.last_mut().is_some_and(|last| last.takes(day)) {
                let kind = match &day.kind {
                    LineKind::Zero => FoldedKind::Zero,
                    LineKind::Counted(n) => FoldedKind::Counted { first: *n, last: *n },
                    LineKind::Rest => FoldedKind::Rest,
                    LineKind::Holiday(name) => FoldedKind::Holiday(name.clone()),
                    LineKind::Excluded(reason) => FoldedKind::Excluded(reason.clone()),
                    LineKind::CarriedOver => FoldedKind::CarriedOver,
                };
                lines.push(FoldedLine { from: day.date, to: day.date, kind, make_up: day.make_up, due: false });
            }
        }
        if let Some(last) = lines.last_mut() {
            last.due = self.due == Some(last.to);
        }
        lines
    }
}
