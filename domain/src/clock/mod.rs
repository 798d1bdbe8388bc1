//! The law's own clock: working-day calendar, time limits, due dates that can say how they came about, and lights.
//!
//! Everything here is computed from what happened (行政许可法 arts. 32, 42, 45, 82; Civil Code arts. 201–203). Nothing
//! reads a clock: "today" is always a parameter, and [`hall_day`] is the only place where an instant becomes a day.
//!
//! The rules, in four lines:
//! - the day on which the clock starts is day 0, the next working day is day 1 (make-up Saturdays and Sundays work);
//! - a day `D` is excluded when `from < D <= to` for some [`Suspension`] (the day it starts still counts);
//! - an extension lengthens the limit once, in the limit's own unit;
//! - a limit in natural days or months that ends on a day off ends on the next working day.

mod calendar;
mod calendar_data;
mod derivation;
mod fold;
mod hall_time;
mod light;
mod limit;
mod receipt;
mod statutory;

pub use calendar::{Calendar, CalendarFault, DayKind};
pub use derivation::{Clock, DayLine, Derivation, LineKind};
pub use fold::{FoldedKind, FoldedLine};
pub use hall_time::{HALL_OFFSET, hall_day, hall_day_ends, hall_day_starts, hall_time};
pub use light::{Left, Light, LightRule};
pub use limit::{Limit, LimitUnit, Suspension};
pub use receipt::{OfficeHours, deemed_accepted_on, notice_due, received_on};
