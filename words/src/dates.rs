//! Dates and times as a person reads them. The hall's day is UTC+08:00.

use crate::Lang;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc, Weekday};

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

fn month(date: NaiveDate) -> &'static str {
    MONTHS.get(date.month0() as usize).copied().unwrap_or_default()
}

/// 2026 年 10 月 9 日 · 9 October 2026
pub fn date(lang: Lang, date: NaiveDate) -> String {
    match lang {
        Lang::ZhCn | Lang::ZhHant => format!("{} 年 {} 月 {} 日", date.year(), date.month(), date.day()),
        Lang::En => format!("{} {} {}", date.day(), month(date), date.year()),
    }
}

/// 10 月 9 日 · 9 October
pub fn month_day(lang: Lang, date: NaiveDate) -> String {
    match lang {
        Lang::ZhCn | Lang::ZhHant => format!("{} 月 {} 日", date.month(), date.day()),
        Lang::En => format!("{} {}", date.day(), month(date)),
    }
}

/// 9 · September: the month inside a range of days.
pub fn month_name(lang: Lang, date: NaiveDate) -> String {
    match lang {
        Lang::ZhCn | Lang::ZhHant => date.month().to_string(),
        Lang::En => month(date).to_owned(),
    }
}

/// For tables: 10-09, the same in every language.
pub fn date_short(date: NaiveDate) -> String {
    format!("{:02}-{:02}", date.month(), date.day())
}

/// 周六 · Saturday
pub fn weekday(lang: Lang, date: NaiveDate) -> &'static str {
    let (zh, en) = match date.weekday() {
        Weekday::Mon => ("周一", "Monday"),
        Weekday::Tue => ("周二", "Tuesday"),
        Weekday::Wed => ("周三", "Wednesday"),
        Weekday::Thu => ("周四", "Thursday"),
        Weekday::Fri => ("周五", "Friday"),
        Weekday::Sat => ("周六", "Saturday"),
        Weekday::Sun => ("周日", "Sunday"),
    };
    if lang.is_chinese() { zh } else { en }
}

/// A public holiday as the calendar names it, in the reader's language; several joined by 、 stay joined.
pub fn holiday(lang: Lang, name: &str) -> String {
    match lang {
        Lang::ZhCn | Lang::ZhHant => name.to_owned(),
        Lang::En => name.split(['、', ',', '，']).map(english_holiday).collect::<Vec<_>>().join(" and "),
    }
}

fn english_holiday(name: &str) -> &str {
    // some years name the day as well: 春节(初一)
    match name.split(['(', '（']).next().unwrap_or_default().trim() {
        "元旦" => "New Year",
        "春节" => "Spring Festival",
        "清明节" | "清明" => "Qingming",
        "劳动节" => "Labour Day",
        "端午节" | "端午" => "Dragon Boat",
        "中秋节" | "中秋" => "Mid-Autumn",
        "国庆节" | "国庆" => "National Day",
        _ => name,
    }
}

/// The wall clock of the hall, UTC+08:00 all year.
fn here(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    // eight hours are always within the range of an offset
    FixedOffset::east_opt(8 * 3600).map_or_else(|| at.fixed_offset(), |zone| at.with_timezone(&zone))
}

/// 9 月 28 日 10:02 · 28 September 10:02, on the wall clock of the hall.
pub fn date_time(lang: Lang, at: DateTime<Utc>) -> String {
    let local = here(at);
    format!("{} {:02}:{:02}", month_day(lang, local.date_naive()), local.hour(), local.minute())
}

/// 10:02 on the wall clock of the hall.
pub fn time(at: DateTime<Utc>) -> String {
    let local = here(at);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn days_read_like_people_say_them() {
        let day = NaiveDate::from_ymd_opt(2026, 10, 9).unwrap();
        assert_eq!(date(Lang::ZhCn, day), "2026 年 10 月 9 日");
        assert_eq!(date(Lang::En, day), "9 October 2026");
        assert_eq!(month_day(Lang::ZhHant, day), "10 月 9 日");
        assert_eq!(date_short(day), "10-09");
        assert_eq!(weekday(Lang::ZhCn, day), "周五");
        assert_eq!(weekday(Lang::En, day), "Friday");
    }

    #[test]
    fn holidays_have_english_names() {
        assert_eq!(holiday(Lang::En, "国庆节、中秋节"), "National Day and Mid-Autumn");
        assert_eq!(holiday(Lang::En, "春节(初一)"), "Spring Festival");
        assert_eq!(holiday(Lang::En, "丰收节"), "丰收节");
        assert_eq!(holiday(Lang::ZhCn, "国庆节"), "国庆节");
    }

    #[test]
    fn the_hall_is_eight_hours_ahead() {
        let at: DateTime<Utc> = "2026-09-27T16:30:00Z".parse().unwrap();
        assert_eq!(date_time(Lang::ZhCn, at), "9 月 28 日 00:30");
        assert_eq!(time(at), "00:30");
    }
}
