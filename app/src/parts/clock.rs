//! The due-date clock: days left, the date, every day behind it as a picture and as a list in words.

use super::LightMark;
use crate::catalogue::limit_words;
use crate::lang;
use chrono::{Datelike, NaiveDate};
use domain::cases::Stage;
use domain::cases::view::ClockView;
use domain::clock::{DayLine, Derivation, FoldedKind, FoldedLine, Left, Limit, LimitUnit, LineKind};
use leptos::prelude::*;
use words::{Lang, clock as w};

/// More days than this are told in words only.
const MOST_DAYS: usize = 70;

/// The panel of a running case; nothing when nothing runs.
#[component]
pub fn ClockPanel(
    clock: ClockView,
    stage: Stage,
    /// Who answers when it is late.
    unit: String,
) -> impl IntoView {
    let lang = lang();
    let (title, text, derivation) = match &stage {
        Stage::Ended { .. } => return ().into_any(),
        Stage::PreReview => (
            w::precheck_title(lang).into_any(),
            clock.due.map(|day| w::precheck_by(lang, words::date(lang, day), words::weekday(lang, day))),
            None,
        ),
        Stage::AwaitingSupplement { until } => (
            w::supplement_title(lang).into_any(),
            Some(w::supplement_by(lang, words::date(lang, *until), words::weekday(lang, *until))),
            None,
        ),
        Stage::Granted | Stage::Issued => (
            w::delivery_title(lang).into_any(),
            clock.due.map(|day| w::delivery_by(lang, words::date(lang, day), words::weekday(lang, day))),
            None,
        ),
        Stage::Handling { .. } | Stage::Suspended { .. } => {
            let Some(derivation) = clock.promised.clone() else { return ().into_any() };
            (title(lang, &clock, &derivation), sentence(lang, &clock, &derivation, &unit), Some(derivation))
        }
    };
    let text = text.map(|text| view! { <p>{text}</p> });
    let light = clock
        .light
        .filter(|_| !matches!(stage, Stage::AwaitingSupplement { .. }))
        .map(|light| view! { <LightMark light left=short(clock.left)/> });
    let picture = derivation.map(|derivation| view! { <Picture derivation clock=clock.clone()/> });
    view! {
        <section class="panel clock" aria-labelledby="clock">
            <div class="row apart"><h2 id="clock" class="left">{title}</h2>{light}</div>
            {text}
            {picture}
        </section>
    }
    .into_any()
}

/// The light repeats the days left only where the title does not say them.
fn short(left: Option<Left>) -> Option<Left> {
    match left {
        Some(Left::Days(_)) | None => None,
        Some(Left::DueToday | Left::Overdue(_) | Left::Stopped) => left,
    }
}

fn title(lang: Lang, clock: &ClockView, derivation: &Derivation) -> AnyView {
    match clock.left {
        Some(Left::Days(days)) => {
            let text = match derivation.limit.unit {
                LimitUnit::WorkingDay | LimitUnit::OnTheSpot => w::left(lang, days),
                LimitUnit::NaturalDay | LimitUnit::Month => w::left_natural(lang, days),
            };
            let number = days.to_string();
            match text.split_once(&number) {
                Some((before, after)) => view! { {before.to_owned()}<b>{number}</b>{after.to_owned()} }.into_any(),
                None => text.into_any(),
            }
        }
        Some(Left::DueToday) => w::title_due_today(lang).into_any(),
        Some(Left::Overdue(days)) => w::title_overdue(lang, days).into_any(),
        Some(Left::Stopped) | None => w::title_stopped(lang).into_any(),
    }
}

fn sentence(lang: Lang, clock: &ClockView, derivation: &Derivation, unit: &str) -> Option<String> {
    if let Some(Left::Overdue(_)) = clock.left {
        return Some(w::overdue_sorry(lang, unit));
    }
    if let Some(stop) = &derivation.stopped {
        return Some(w::stopped_why(lang, &stop.reason));
    }
    let due = derivation.due?;
    let make_up = derivation.days.last().is_some_and(|day| day.make_up);
    let (date, weekday) = (words::date(lang, due), words::weekday(lang, due));
    Some(if make_up { w::by_day_make_up(lang, date, weekday) } else { w::by_day(lang, date, weekday) })
}

/// The days behind a date: as a grid, and as a list in words.
/// The days behind a date: as a grid, and as a list in words.
#[component]
pub fn Picture(derivation: Derivation, clock: ClockView) -> impl IntoView {
    let lang = lang();
    let grid = (derivation.days.len() <= MOST_DAYS).then(|| view! { <Days derivation=derivation.clone() today=clock.today/> });
    let lines = derivation.folded().into_iter().map(|line| why_line(lang, &line, derivation.limit)).collect_view();
    let statutory = clock.statutory.as_ref().map(|law| {
        let limit = limit_words(lang, law.limit);
        match law.due {
            Some(due) => w::statutory(lang, limit, words::month_day(lang, due)),
            None => w::statutory_no_date(lang, limit),
        }
    });
    let provisional = derivation.provisional.then(|| view! { <p class="small muted">{w::provisional(lang)}</p> });
    view! {
        {grid}
        <details open>
            <summary>{w::why(lang)}</summary>
            <ol class="why">{lines}</ol>
            <p class="small muted">{w::promised(lang, limit_words(lang, derivation.limit))}" "{statutory}</p>
            {provisional}
        </details>
    }
}

#[component]
fn Days(derivation: Derivation, today: NaiveDate) -> impl IntoView {
    let lang = lang();
    let heads = [w::monday, w::tuesday, w::wednesday, w::thursday, w::friday, w::saturday, w::sunday]
        .map(|name| view! { <li class="head" aria-hidden="true">{name(lang)}</li> });
    let mut month = None;
    let days = derivation
        .days
        .iter()
        .enumerate()
        .map(|(n, day)| {
            let fresh = month != Some(day.date.month());
            month = Some(day.date.month());
            let start = (n == 0).then(|| day.date.weekday().number_from_monday()).filter(|start| *start > 1);
            day_cell(lang, day, derivation.due == Some(day.date), today, fresh, start)
        })
        .collect_view();
    let stops = derivation.days.iter().any(|day| matches!(day.kind, LineKind::Excluded(_)));
    let legend_stop = stops.then(|| view! { " "{w::legend_stop(lang)} });
    view! {
        <ol class="days" aria-label=w::days_label(lang)>{heads}{days}</ol>
        <p class="small muted">{w::legend(lang)}{legend_stop}</p>
    }
}

fn day_cell(
    lang: Lang,
    day: &DayLine,
    due: bool,
    today: NaiveDate,
    fresh_month: bool,
    start: Option<u32>,
) -> impl IntoView + use<> {
    let past = day.date <= today;
    let (class, text) = match &day.kind {
        _ if due => ("due", w::day_due(lang).into_any()),
        LineKind::Zero => ("zero", w::day_zero(lang).into_any()),
        LineKind::Counted(n) => {
            let (number, said) = (n.to_string(), w::day_number(lang, n));
            let (before, after) = said.split_once(&number).unwrap_or_default();
            let after = (!after.is_empty()).then(|| view! { <i>{after.to_owned()}</i> });
            (if past { "count" } else { "coming" }, view! { <i>{before.to_owned()}</i>{number}{after} }.into_any())
        }
        LineKind::Rest | LineKind::Holiday(_) => ("rest", w::day_rest(lang).into_any()),
        LineKind::Excluded(_) => ("stop", w::day_stop(lang).into_any()),
        LineKind::CarriedOver => ("due", w::day_due(lang).into_any()),
    };
    let mut class = class.to_owned();
    if day.make_up {
        class.push_str(" shift");
    }
    let is_today = day.date == today;
    if is_today {
        class.push_str(" today");
    }
    let number = if fresh_month { format!("{}/{}", day.date.month(), day.date.day()) } else { day.date.day().to_string() };
    view! {
        <li class=class data-start=start.map(|start| start.to_string()) aria-current=is_today.then_some("date")>
            <b><span class="sr">{words::month_day(lang, day.date)}" "</span><span aria-hidden="true">{number}</span></b>
            {text}
        </li>
    }
}

fn why_line(lang: Lang, line: &FoldedLine, limit: Limit) -> impl IntoView + use<> {
    let days = if line.from == line.to {
        words::month_day(lang, line.from)
    } else if line.from.month() == line.to.month() && line.from.year() == line.to.year() {
        w::range_same_month(lang, words::month_name(lang, line.from), line.from.day(), line.to.day())
    } else {
        w::range(lang, words::month_day(lang, line.from), words::month_day(lang, line.to))
    };
    let natural = matches!(limit.unit, LimitUnit::NaturalDay | LimitUnit::Month);
    let none = || view! { <span class="muted">{w::number_none(lang)}</span> }.into_any();
    let (text, number) = match &line.kind {
        FoldedKind::Zero => (w::why_zero(lang).to_owned(), view! { <span>{w::number_zero(lang)}</span> }.into_any()),
        FoldedKind::Counted { first, last } => {
            let text = if line.make_up {
                w::why_make_up(lang, words::weekday(lang, line.from))
            } else if natural {
                w::why_counted_natural(lang, line.days())
            } else {
                w::why_counted(lang, line.days())
            };
            let number = match (first == last, line.due, last - first) {
                (true, true, _) => w::number_due(lang, first),
                (true, false, _) => w::number_one(lang, first),
                (false, _, 1) => w::number_two(lang, first, last),
                (false, ..) => w::number_many(lang, first, last),
            };
            (text, view! { <span>{number}</span> }.into_any())
        }
        FoldedKind::Rest => (w::why_rest(lang).to_owned(), none()),
        FoldedKind::Holiday(name) => (w::why_holiday(lang, words::holiday(lang, name)), none()),
        FoldedKind::Excluded(reason) => (w::why_excluded(lang, reason), none()),
        FoldedKind::CarriedOver => {
            (w::why_carried_over(lang).to_owned(), view! { <span>{w::number_due_only(lang)}</span> }.into_any())
        }
    };
    view! { <li><span>{days}</span><span>{text}</span>{number}</li> }
}

#[cfg(all(test, feature = "ssr"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use domain::clock::{Calendar, Clock, LightRule, Suspension};

    fn panel(today: &str, suspensions: Vec<Suspension>, lang: Lang) -> String {
        let calendar = Calendar::built_in();
        let (from, today): (NaiveDate, NaiveDate) = ("2026-09-28".parse().unwrap(), today.parse().unwrap());
        let promised = Clock { suspensions, ..Clock::new(from, Limit::working_days(5)) }.derive(calendar);
        let clock = ClockView {
            left: Some(promised.remaining(today, calendar)),
            light: Some(promised.light(today, LightRule::default(), calendar)),
            used: Some(promised.used(today)),
            due: promised.due,
            statutory: Some(Clock::new(from, Limit::working_days(10)).derive(calendar)),
            promised: Some(promised),
            today,
        };
        let owner = Owner::new();
        owner.with(|| {
            provide_context(crate::Preferences { lang, ..Default::default() });
            let stage = Stage::Handling { node: "approve".into() };
            view! { <ClockPanel clock stage unit="青禾区市场监督管理局".to_owned()/> }.into_any().to_html()
        })
    }

    /// The page as read aloud: tags and the renderer's marks between them gone.
    fn text(html: &str) -> String {
        let mut out = String::new();
        let mut inside = false;
        for c in html.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out
    }

    #[test]
    fn the_week_of_the_mock_up() {
        let html = panel("2026-10-09", vec![], Lang::ZhCn);
        let said = text(&html);
        assert!(said.contains("还有 1 个工作日"), "{said}");
        assert!(said.contains("最晚 2026 年 10 月 10 日（周六，补班）下班前告诉您结果。"), "{said}");
        assert!(said.contains("法律规定最长 10 个工作日，到 10 月 16 日。"), "{said}");
        assert!(said.contains("10 月 1–7 日国庆节放假，不算"), "{said}");
        assert!(html.contains("data-light=\"yellow\""), "one day left is nearly due");
        assert!(html.contains("due shift"), "the due day is a make-up Saturday");
        assert!(html.contains("count today"), "{html}");
        assert_eq!(html.matches("class=\"head\"").count(), 7);
        // 28 September to 10 October
        assert_eq!(html.matches("<li").count() - 7 - html.matches("<li><span>").count(), 13, "{html}");
    }

    #[test]
    fn late_says_sorry_and_who_answers() {
        let said = text(&panel("2026-10-12", vec![], Lang::ZhCn));
        assert!(said.contains("比承诺的日子晚了 1 个工作日"), "{said}");
        assert!(said.contains("由青禾区市场监督管理局答复您"), "{said}");
    }

    #[test]
    fn stopped_has_no_number() {
        let stop = Suspension { from: "2026-09-29".parse().unwrap(), to: None, reason: "专家评审".into() };
        let html = panel("2026-10-09", vec![stop], Lang::ZhCn);
        assert!(text(&html).contains("正在专家评审，这段时间不算进时限"), "{html}");
        assert!(!html.contains("<b>1</b>"));
        assert!(html.contains("data-light=\"stop\""));
    }

    #[test]
    fn english_reads_as_english() {
        let said = text(&panel("2026-10-09", vec![], Lang::En));
        assert!(said.contains("1 working day left"), "{said}");
        assert!(said.contains("Saturday, 10 October 2026"), "{said}");
    }
}
