//! What the clock promises, tried on many dates and against a naive second opinion.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc, Weekday};
use domain::clock::{
    Calendar, CalendarFault, Clock, DayKind, Derivation, FoldedKind, Left, Light, LightRule, Limit, LimitUnit, LineKind,
    OfficeHours, Suspension, deemed_accepted_on, notice_due, received_on,
};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Off days and make-up days read from the file by hand, without the crate.
fn naive_days() -> (BTreeSet<NaiveDate>, BTreeSet<NaiveDate>) {
    let file: serde_json::Value = serde_json::from_str(include_str!("../../data/workday-calendar.json")).unwrap();
    let collect = |key: &str| {
        let years = file["years"].as_object().unwrap().values();
        years.flat_map(|y| y[key].as_array().unwrap()).map(|d| day(d["date"].as_str().unwrap())).collect()
    };
    (collect("off"), collect("make_up_work"))
}

/// The rule of the data file, written the long way: list the days that count, take the n-th.
fn naive_due(start: NaiveDate, n: u32, stops: &[(NaiveDate, NaiveDate)]) -> NaiveDate {
    let (off, make_up) = naive_days();
    let counts = |d: &NaiveDate| {
        let weekday = !matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
        let works = (weekday && !off.contains(d)) || make_up.contains(d);
        works && !stops.iter().any(|(from, to)| from < d && d <= to)
    };
    (1..).map(|i| start + Days::new(i)).filter(counts).nth(n as usize - 1).unwrap()
}

fn stop(from: NaiveDate, to: Option<NaiveDate>) -> Suspension {
    Suspension { from, to, reason: "专家评审".into() }
}

prop_compose! {
    /// Days of 2025 and 2026, so that forty working days and the stops stay inside the data.
    fn any_start()(offset in 0_u64..700) -> NaiveDate { day("2025-01-01") + Days::new(offset) }
}

prop_compose! {
    fn any_stops(start: NaiveDate)(raw in prop::collection::vec((0_u64..60, 0_u64..20), 0..3)) -> Vec<(NaiveDate, NaiveDate)> {
        raw.into_iter().map(|(after, long)| (start + Days::new(after), start + Days::new(after + long))).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn due_is_a_working_day_and_what_the_naive_rule_says(
        (start, stops) in any_start().prop_flat_map(|s| (Just(s), any_stops(s))), n in 1_u32..40,
    ) {
        let calendar = Calendar::built_in();
        let list: Vec<_> = stops.iter().map(|(from, to)| stop(*from, Some(*to))).collect();
        let due = calendar.due_working(start, n, &list).unwrap();
        prop_assert!(calendar.is_working(due));
        prop_assert_eq!(due, naive_due(start, n, &stops));
        prop_assert!(due < calendar.due_working(start, n + 1, &list).unwrap(), "one day more is later");
        prop_assert!(due >= calendar.due_working(start, n, &[]).unwrap(), "a stop never hurries");
    }

    #[test]
    fn the_list_holds_every_day_once_and_counts_to_n(
        (start, stops) in any_start().prop_flat_map(|s| (Just(s), any_stops(s))), n in 1_u32..40,
    ) {
        let list = stops.iter().map(|(from, to)| stop(*from, Some(*to))).collect();
        let clock = Clock { suspensions: list, ..Clock::new(start, Limit::working_days(n)) };
        let told = clock.derive(Calendar::built_in());
        prop_assert_eq!(told.days.first().map(|d| (d.date, d.kind.clone())), Some((start, LineKind::Zero)));
        prop_assert_eq!(told.days.last().map(|d| (Some(d.date), d.kind.clone())), Some((told.due, LineKind::Counted(n))));
        prop_assert!(told.days.windows(2).all(|w| w[0].date.succ_opt() == Some(w[1].date)));
        let numbers: Vec<u32> = told.days.iter().filter_map(|d| match d.kind {
            LineKind::Counted(k) => Some(k),
            LineKind::Zero | LineKind::Rest | LineKind::Holiday(_) | LineKind::Excluded(_) | LineKind::CarriedOver => None,
        }).collect();
        prop_assert_eq!(numbers, (1..=n).collect::<Vec<_>>());
        let folded: u32 = told.folded().iter().map(domain::clock::FoldedLine::days).sum();
        prop_assert_eq!(folded as usize, told.days.len(), "folding loses no day");
    }

    #[test]
    fn remaining_only_ever_goes_down(start in any_start(), n in 1_u32..30) {
        let calendar = Calendar::built_in();
        let told = Clock::new(start, Limit::working_days(n)).derive(calendar);
        let due = told.due.unwrap();
        prop_assert_eq!(told.remaining(start, calendar), Left::Days(n));
        prop_assert_eq!(told.remaining(due, calendar), Left::DueToday);
        let mut last = n;
        for today in start.iter_days().skip(1).take_while(|d| *d < due) {
            let Left::Days(left) = told.remaining(today, calendar) else { panic!("{today} is before {due}") };
            prop_assert_eq!(left, last - u32::from(calendar.is_working(today)));
            prop_assert_eq!(left, calendar.working_days_between(today, due));
            prop_assert_eq!(told.used(today), (n - left, n));
            last = left;
        }
        for (late, today) in due.iter_days().skip(1).filter(|d| calendar.is_working(*d)).take(3).enumerate() {
            prop_assert_eq!(told.remaining(today, calendar), Left::Overdue(u32::try_from(late).unwrap() + 1));
            prop_assert_eq!(told.light(today, LightRule::default(), calendar), Light::Red);
        }
    }

    #[test]
    fn natural_limits_end_on_the_first_working_day_at_or_after(start in any_start(), n in 1_u32..90) {
        let calendar = Calendar::built_in();
        for (limit, bare) in [
            (Limit::natural_days(n), start + Days::new(u64::from(n))),
            (Limit::months(n % 3 + 1), start + chrono::Months::new(n % 3 + 1)),
        ] {
            let told = Clock::new(start, limit).derive(calendar);
            let due = told.due.unwrap();
            prop_assert!(due >= bare && calendar.is_working(due));
            prop_assert_eq!(bare.iter_days().take_while(|d| *d < due).filter(|d| calendar.is_working(*d)).count(), 0);
            prop_assert_eq!(told.remaining(start, calendar), Left::Days(u32::try_from((due - start).num_days()).unwrap()));
            let want = if limit.unit == LimitUnit::Month { calendar.due_months(start, limit.value) } else { calendar.due_natural(start, n) };
            prop_assert_eq!(due, want);
        }
    }
}

#[test]
fn the_built_in_calendar_knows_its_years() {
    let calendar = Calendar::built_in();
    assert_eq!(calendar.years().collect::<Vec<_>>(), [2025, 2026, 2027]);
    assert_eq!([2024, 2025, 2026, 2027, 2028].map(|y| calendar.is_provisional(y)), [true, false, false, true, true]);
    for year in [2025, 2026] {
        assert_eq!((1..=12).map(|m| calendar.working_days_in(year, m)).sum::<u32>(), 248);
    }
    assert_eq!(calendar.kind(day("2026-10-10")), DayKind::MakeUp("国庆节"));
    assert_eq!(calendar.kind(day("2026-10-03")), DayKind::Holiday("国庆节"));
    assert_eq!(calendar.kind(day("2026-10-11")), DayKind::Rest);
    assert_eq!(calendar.kind(day("2026-10-09")), DayKind::Working);
    assert_eq!(calendar.kind(day("2028-01-26")), DayKind::Holiday("春节"), "a year without data has its statutory days");
}

#[test]
fn a_calendar_survives_being_stored_and_renewed() {
    let calendar = Calendar::built_in();
    let text = serde_json::to_string(calendar).unwrap();
    assert_eq!(Calendar::parse(&text).as_ref(), Ok(calendar));
    let notice = r#"{"years":{"2027":{"status":"official","notice":["https://www.gov.cn/"],
        "off":[{"date":"2027-01-01","name":"元旦"}],"make_up_work":[{"date":"2027-01-03","name":"元旦"}]}}}"#;
    let renewed = calendar.clone().renewed(Calendar::parse(notice).unwrap());
    assert!(!renewed.is_provisional(2027) && !renewed.is_provisional(2026));
    assert_eq!(renewed.kind(day("2027-02-08")), DayKind::Working, "the provisional days are gone");
    assert_eq!(renewed.kind(day("2027-01-03")), DayKind::MakeUp("元旦"));
}

#[test]
fn a_calendar_that_contradicts_itself_is_refused() {
    let year = |inner: &str| Calendar::parse(&format!(r#"{{"years":{{"2027":{{"status":"official",{inner}}}}}}}"#));
    assert!(matches!(Calendar::parse("{"), Err(CalendarFault::Unreadable(_))));
    assert_eq!(
        year(r#""off":[{"date":"2026-01-01","name":"元旦"}]"#),
        Err(CalendarFault::OtherYear { year: 2027, day: day("2026-01-01") })
    );
    assert_eq!(
        year(r#""off":[],"make_up_work":[{"date":"2027-01-04","name":"元旦"}]"#),
        Err(CalendarFault::NotAWeekend(day("2027-01-04")))
    );
    assert_eq!(
        year(r#""off":[{"date":"2027-01-03","name":"元旦"}],"make_up_work":[{"date":"2027-01-03","name":"元旦"}]"#),
        Err(CalendarFault::NamedTwice(day("2027-01-03")))
    );
    assert!(matches!(
        year(r#""off":[],"workdays_per_month":[1,1,1,1,1,1,1,1,1,1,1,1]"#),
        Err(CalendarFault::MonthTotal { year: 2027, month: 1, stated: 1, .. })
    ));
}

/// The case drawn in the look: accepted 28 September 2026, promised 5 working days, seen on 9 October.
fn drawn() -> Derivation {
    Clock::new(day("2026-09-28"), Limit::working_days(5)).derive(Calendar::built_in())
}

#[test]
fn the_drawn_clock_reads_as_drawn() {
    let (told, calendar) = (drawn(), Calendar::built_in());
    assert_eq!(told.due, Some(day("2026-10-10")));
    let lines: Vec<_> = told.folded().into_iter().map(|l| (l.from, l.to, l.kind, l.make_up, l.due)).collect();
    let d = |text: &str| day(&format!("2026-{text}"));
    assert_eq!(
        lines,
        [
            (d("09-28"), d("09-28"), FoldedKind::Zero, false, false),
            (d("09-29"), d("09-30"), FoldedKind::Counted { first: 1, last: 2 }, false, false),
            (d("10-01"), d("10-07"), FoldedKind::Holiday("国庆节".into()), false, false),
            (d("10-08"), d("10-09"), FoldedKind::Counted { first: 3, last: 4 }, false, false),
            (d("10-10"), d("10-10"), FoldedKind::Counted { first: 5, last: 5 }, true, true),
        ]
    );
    assert_eq!(told.remaining(d("10-09"), calendar), Left::Days(1));
    let lights = ["09-28", "09-30", "10-08", "10-09", "10-10", "10-11"].map(|t| told.light(d(t), LightRule::default(), calendar));
    assert_eq!(lights, [Light::Green, Light::Green, Light::Green, Light::Yellow, Light::Yellow, Light::Red]);
    assert_eq!(told.remaining(d("10-11"), calendar), Left::Overdue(1), "a Sunday after a missed Saturday is late already");
}

#[test]
fn the_desk_clock_reads_as_drawn() {
    let clock = Clock {
        suspensions: vec![stop(day("2026-09-15"), Some(day("2026-09-22")))],
        ..Clock::new(day("2026-09-08"), Limit::working_days(15))
    };
    let calendar = Calendar::built_in();
    let told = clock.derive(calendar);
    assert_eq!(told.due, Some(day("2026-10-13")));
    assert_eq!(told.remaining(day("2026-10-09"), calendar), Left::Days(3));
    assert_eq!(told.used(day("2026-10-09")), (12, 15));
    assert_eq!(told.light(day("2026-10-09"), LightRule::default(), calendar), Light::Yellow, "80 % are used");
    assert_eq!(told.light(day("2026-10-08"), LightRule::default(), calendar), Light::Green);
    assert_eq!(told.light(day("2026-09-17"), LightRule::default(), calendar), Light::Stopped);
    assert_eq!(told.light(day("2026-09-23"), LightRule::default(), calendar), Light::Green, "it runs again");
    assert_eq!(told.light(day("2026-10-08"), LightRule { yellow_percent: 50, yellow_days: 1 }, calendar), Light::Yellow);
}

#[test]
fn an_open_stop_leaves_no_due_date() {
    let calendar = Calendar::built_in();
    let clock =
        |from: &str| Clock { suspensions: vec![stop(day(from), None)], ..Clock::new(day("2026-03-02"), Limit::working_days(10)) };
    let told = clock("2026-03-05").derive(calendar);
    assert_eq!(told.due, None);
    assert_eq!(told.stopped, Some(stop(day("2026-03-05"), None)));
    assert_eq!(told.days.last().map(|d| (d.date, d.kind.clone())), Some((day("2026-03-05"), LineKind::Counted(3))));
    assert_eq!(told.remaining(day("2026-03-20"), calendar), Left::Stopped);
    assert_eq!(told.light(day("2026-03-20"), LightRule::default(), calendar), Light::Stopped);
    // A stop that begins on or after the last day changes nothing: the day it begins still counts.
    assert_eq!(clock("2026-03-16").derive(calendar).due, Some(day("2026-03-16")));
    assert_eq!(clock("2026-03-17").derive(calendar).remaining(day("2026-03-18"), calendar), Left::Overdue(2));
}

#[test]
fn an_extension_adds_once_in_the_limits_own_unit() {
    let calendar = Calendar::built_in();
    let due = |limit, more| Clock { extension: Some(more), ..Clock::new(day("2026-03-02"), limit) }.derive(calendar).due;
    assert_eq!(due(Limit::working_days(20), 10), calendar.due_working(day("2026-03-02"), 30, &[]));
    assert_eq!(due(Limit::natural_days(60), 30), Some(calendar.due_natural(day("2026-03-02"), 90)));
    assert_eq!(due(Limit::months(1), 1), Some(calendar.due_months(day("2026-03-02"), 2)));
}

#[test]
fn on_the_spot_is_due_today_and_on_a_day_off_the_next_working_day() {
    let calendar = Calendar::built_in();
    let due = |from: &str| Clock::new(day(from), Limit::on_the_spot()).derive(calendar).due;
    assert_eq!(due("2026-10-09"), Some(day("2026-10-09")));
    assert_eq!(due("2026-10-03"), Some(day("2026-10-08")));
}

#[test]
fn a_month_ends_on_its_last_day_where_there_is_no_same_one() {
    // 2026-02-28 is a make-up Saturday, so nothing moves it.
    assert_eq!(Calendar::built_in().due_months(day("2026-01-31"), 1), day("2026-02-28"));
}

#[test]
fn natural_days_run_through_weekends_but_not_through_stops() {
    let calendar = Calendar::built_in();
    let clock = Clock {
        suspensions: vec![stop(day("2026-07-05"), Some(day("2026-07-15")))],
        ..Clock::new(day("2026-07-01"), Limit::natural_days(60))
    };
    let told = clock.derive(calendar);
    assert_eq!(told.due, Some(day("2026-09-09")), "ten days later than 30 August, a Sunday, and then a Wednesday");
    let carried = Clock::new(day("2026-07-01"), Limit::natural_days(60)).derive(calendar);
    assert_eq!(carried.days.last().unwrap().kind, LineKind::CarriedOver);
    assert_eq!(carried.folded().last().map(|l| (l.kind.clone(), l.due)), Some((FoldedKind::CarriedOver, true)));
}

#[test]
fn dates_that_reach_into_an_unannounced_year_are_provisional() {
    let calendar = Calendar::built_in();
    let told = |n| Clock::new(day("2026-12-18"), Limit::working_days(n)).derive(calendar);
    assert!(!told(5).provisional);
    assert!(told(20).provisional);
}

#[test]
fn absurd_limits_end_without_a_date() {
    let told = Clock::new(day("2026-01-01"), Limit::working_days(u32::MAX)).derive(Calendar::built_in());
    assert_eq!((told.due, told.stopped.clone()), (None, None));
    assert!(Clock::new(NaiveDate::MAX, Limit::months(u32::MAX)).derive(Calendar::built_in()).days.len() < 3);
}

#[test]
fn office_hours_move_what_comes_late() {
    let calendar = Calendar::built_in();
    let nine_to_five = Some(OfficeHours {
        opens: NaiveTime::from_hms_opt(9, 0, 0).unwrap(),
        closes: NaiveTime::from_hms_opt(17, 0, 0).unwrap(),
    });
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    // 17:30 in the hall on the last day before the long holiday.
    assert_eq!(received_on(at("2026-09-30T09:30:00Z"), nine_to_five, calendar), day("2026-10-08"));
    assert_eq!(received_on(at("2026-09-30T09:30:00Z"), None, calendar), day("2026-09-30"));
    assert_eq!(received_on(at("2026-09-29T22:00:00Z"), nine_to_five, calendar), day("2026-09-30"), "before opening is today");
    assert_eq!(received_on(at("2026-10-03T02:00:00Z"), nine_to_five, calendar), day("2026-10-08"), "a day off has no hours");
    assert_eq!(received_on(at("2026-10-10T02:00:00Z"), nine_to_five, calendar), day("2026-10-10"), "a make-up Saturday has");
}

#[test]
fn silence_is_acceptance_after_five_working_days() {
    let calendar = Calendar::built_in();
    assert_eq!(notice_due(day("2026-09-28"), calendar), day("2026-10-10"));
    assert_eq!(deemed_accepted_on(day("2026-09-28"), calendar), day("2026-10-11"));
}
