//! The clock over the acts: what is left, until when, and every day behind it.

use super::row::light_name;
use super::state::Shown;
use crate::catalogue::limit_words;
use crate::lang;
use crate::parts::ClockPicture;
use domain::cases::Stage;
use domain::cases::view::ClockView;
use domain::clock::{Derivation, Left, LimitUnit};
use leptos::prelude::*;
use words::{Lang, desk as w};

/// What a clock is drawn from.
fn parts_of(shown: Shown) -> Memo<(ClockView, Stage)> {
    let page = RwSignal::from(shown.page);
    Memo::new(move |_| page.with(|page| (page.clock.clone(), page.case.stage.clone())))
}

/// Head of the pane: days left, light, dates.
#[component]
pub fn ClockHead(shown: Shown) -> impl IntoView {
    let lang = lang();
    let facts = parts_of(shown);
    let drawn = move || {
        let (clock, stage) = facts.get();
        let light = clock.light.map(|light| {
            let text = match clock.used.filter(|(_, all)| *all > 0) {
                Some((used, all)) => w::clock_used(lang, used * 100 / all),
                None => super::row::light_words(lang, light).to_owned(),
            };
            view! { <span class="light" data-light=light_name(light)>{text}</span> }
        });
        let lines = lines(lang, &clock, &stage).into_iter().map(|text| view! { <p class="small">{text}</p> }).collect_view();
        view! { <div class="row apart"><h2 id="ah" class="left">{title(lang, &clock, &stage)}</h2>{light}</div>{lines} }
    };
    view! { <div class="clock">{drawn}</div> }
}

fn title(lang: Lang, clock: &ClockView, stage: &Stage) -> AnyView {
    let word = match stage {
        Stage::Ended { how } => return w::ended(lang, words::ending(lang, *how)).into_any(),
        Stage::AwaitingSupplement { .. } => return w::clock_supplement(lang).into_any(),
        Stage::PreReview => Some(w::clock_pre_review(lang)),
        Stage::Granted | Stage::Issued => Some(w::clock_delivery(lang)),
        Stage::Handling { .. } | Stage::Suspended { .. } => None,
    };
    let word = word.map(|word| view! { {word}" · " });
    let left = match clock.left {
        Some(Left::Days(days)) => {
            let natural =
                clock.promised.as_ref().is_some_and(|d| matches!(d.limit.unit, LimitUnit::NaturalDay | LimitUnit::Month));
            let after = if natural { w::clock_left_after_natural(lang) } else { w::clock_left_after(lang) };
            view! { {w::clock_left_before(lang)}<b>{days}</b>{after} }.into_any()
        }
        Some(Left::DueToday) => w::clock_due_today(lang).into_any(),
        Some(Left::Overdue(days)) => w::clock_overdue(lang, days).into_any(),
        Some(Left::Stopped) => w::clock_stopped(lang).into_any(),
        None => w::clock_none(lang).into_any(),
    };
    view! { {word}{left} }.into_any()
}

fn lines(lang: Lang, clock: &ClockView, stage: &Stage) -> Vec<String> {
    let dated = |say: fn(Lang, String, &'static str) -> String| {
        clock.due.map(|day| say(lang, words::month_day(lang, day), words::weekday(lang, day))).into_iter().collect::<Vec<_>>()
    };
    match stage {
        Stage::PreReview => dated(w::clock_pre_review_by),
        Stage::AwaitingSupplement { until } => {
            vec![w::clock_supplement_by(lang, words::month_day(lang, *until), words::weekday(lang, *until))]
        }
        Stage::Granted | Stage::Issued => dated(w::clock_delivery_by),
        Stage::Handling { .. } | Stage::Suspended { .. } => {
            let stop = clock.promised.as_ref().and_then(|d| d.stopped.as_ref());
            let stop = stop.map(|stop| w::clock_stopped_why(lang, &stop.reason, words::month_day(lang, stop.from)));
            let promised =
                clock.promised.as_ref().map(|d| limit_line(lang, d, w::clock_promised(lang, limit_words(lang, d.limit))));
            let law = clock.statutory.as_ref().map(|d| limit_line(lang, d, w::clock_statutory(lang, limit_words(lang, d.limit))));
            [stop, promised, law].into_iter().flatten().collect()
        }
        Stage::Ended { .. } => Vec::new(),
    }
}

fn limit_line(lang: Lang, derivation: &Derivation, limit: String) -> String {
    match derivation.due {
        Some(due) => w::clock_due(lang, limit, words::month_day(lang, due)),
        None => limit,
    }
}

/// Every day, below the acts.
#[component]
pub fn ClockDays(shown: Shown) -> impl IntoView {
    let lang = lang();
    let facts = parts_of(shown);
    move || {
        let (clock, stage) = facts.get();
        let running = matches!(stage, Stage::Handling { .. } | Stage::Suspended { .. });
        clock.promised.clone().filter(|_| running).map(|derivation| {
            view! { <div class="clock"><h3>{w::clock_days(lang)}</h3><ClockPicture derivation clock/></div> }
        })
    }
}
