//! Statutory days of rest for years of which no notice is known (全国年节及纪念日放假办法, 13 days since 2025).
//!
//! Only the days themselves: how they are joined with weekends, and which weekends work instead, is known from the
//! yearly notice alone. Whatever is computed with these days is provisional.

use chrono::{Datelike, NaiveDate};

/// Spring Festival, Dragon Boat and Mid-Autumn as (month, day), first row 2024. The lunar calendar fixes them for good.
const LUNAR: [[(u32, u32); 3]; 17] = [
    [(2, 10), (6, 10), (9, 17)],
    [(1, 29), (5, 31), (10, 6)],
    [(2, 17), (6, 19), (9, 25)],
    [(2, 6), (6, 9), (9, 15)],
    [(1, 26), (5, 28), (10, 3)],
    [(2, 13), (6, 16), (9, 22)],
    [(2, 3), (6, 5), (9, 12)],
    [(1, 23), (6, 24), (10, 1)],
    [(2, 11), (6, 12), (9, 19)],
    [(1, 31), (6, 1), (9, 8)],
    [(2, 19), (6, 20), (9, 27)],
    [(2, 8), (6, 10), (9, 16)],
    [(1, 28), (5, 30), (10, 4)],
    [(2, 15), (6, 18), (9, 24)],
    [(2, 4), (6, 7), (9, 13)],
    [(1, 24), (5, 27), (10, 2)],
    [(2, 12), (6, 14), (9, 20)],
];
const FIRST_LUNAR_YEAR: i32 = 2024;

/// The holiday on `day` by statute, or `None`. Lunar holidays are known for 2024–2040, the others for every year.
pub(super) fn holiday(day: NaiveDate) -> Option<&'static str> {
    let (month, date) = (day.month(), day.day());
    match (month, date) {
        (1, 1) => return Some("元旦"),
        (5, 1 | 2) => return Some("劳动节"),
        (10, 1..=3) => return Some("国庆节"),
        _ => {}
    }
    if month == 4 && date == qingming(day.year()) {
        return Some("清明节");
    }
    let row = usize::try_from(day.year() - FIRST_LUNAR_YEAR).ok().and_then(|row| LUNAR.get(row))?;
    let [spring, boat, autumn] = row.map(|(m, d)| NaiveDate::from_ymd_opt(day.year(), m, d));
    if spring.is_some_and(|first| (-1..=2).contains(&(day - first).num_days())) {
        Some("春节")
    } else if boat == Some(day) {
        Some("端午节")
    } else if autumn == Some(day) {
        Some("中秋节")
    } else {
        None
    }
}

/// Day of April on which Qingming falls (4 or 5 in this century): the solar term's mean date, in hundredths of a day.
fn qingming(year: i32) -> u32 {
    let y = year.rem_euclid(100);
    u32::try_from((y * 2422 + 48_100) / 10_000 - y / 4).unwrap_or(5)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn statutory_days_of_2027_are_the_thirteen_of_the_law() {
        let first = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let days: Vec<_> = first
            .iter_days()
            .take(365)
            .filter_map(|day| holiday(day).map(|name| format!("{} {name}", day.format("%m-%d"))))
            .collect();
        assert_eq!(
            days,
            [
                "01-01 元旦",
                "02-05 春节",
                "02-06 春节",
                "02-07 春节",
                "02-08 春节",
                "04-05 清明节",
                "05-01 劳动节",
                "05-02 劳动节",
                "06-09 端午节",
                "09-15 中秋节",
                "10-01 国庆节",
                "10-02 国庆节",
                "10-03 国庆节",
            ]
        );
    }

    #[test]
    fn qingming_follows_the_sun() {
        let by_year: Vec<_> = (2024..=2028).map(qingming).collect();
        assert_eq!(by_year, [4, 4, 5, 5, 4]);
    }
}
