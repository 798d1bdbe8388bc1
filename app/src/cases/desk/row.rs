//! A row of the queue: keyed by its case, its words change in place.

use super::address::door;
use super::state::Desk;
use crate::cases::line::name;
use crate::lang;
use crate::parts::{Kind, Tag, stage_words};
use domain::cases::view::CaseLine;
use domain::cases::{Act, Stage};
use domain::clock::{Left, Light};
use leptos::prelude::*;
use uuid::Uuid;
use words::{Lang, desk as w};

/// The row of a case.
#[component]
pub fn Row(desk: Desk, id: Uuid) -> impl IntoView {
    let lang = lang();
    let line = Memo::new(move |before: Option<&Option<CaseLine>>| {
        let now = desk.queue.with(|queue| queue.lines.iter().find(|line| line.id == id).cloned());
        // a row on its way out keeps its words
        now.or_else(|| before.cloned().flatten())
    });
    let with = move |read: fn(Lang, &CaseLine) -> String| line.with(|line| line.as_ref().map(|line| read(lang, line)));
    let light = move || line.with(|line| line.as_ref().map(|line| light_view(lang, line)));
    let marked = move || {
        desk.marked.with(|marked| marked.contains(&id)).then(|| {
            view! { <span class="news"><span class="sr">{w::changed(lang)}" "</span></span> }
        })
    };
    let claim = Memo::new(move |_| line.with(|line| line.as_ref().filter(|line| may_be_claimed(line)).map(|line| line.version)));
    let claim_view = move || {
        claim.get().map(|version| {
            let label = w::claim_row_of(lang, with(title).unwrap_or_default());
            view! {
                <form method="post" action=door(id, Act::Claim) data-door on:submit=move |_| desk.keep.set_value(true)>
                    <input type="hidden" name="version" value=version.to_string()/>
                    <button class="button quiet" aria-label=label>{w::claim_row(lang)}</button>
                </form>
            }
        })
    };
    view! {
        <li id=format!("q-{id}")>
            <a
                href=move || desk.asked.with(|asked| asked.case(id))
                aria-current=move || (desk.opened() == Some(id)).then_some("true")
            >
                <strong>{marked}{move || with(title)}</strong>
                {light}
                <span class="meta">{move || with(meta)}</span>
                {move || line.with(|line| line.as_ref().is_some_and(|line| line.unanswered)).then(|| view! { <Tag kind=Kind::Now text=words::thread::waiting(lang)/> })}
                {move || line.with(|line| line.as_ref().map(|line| faces(lang, line)))}
            </a>
            {claim_view}
        </li>
    }
}

fn title(lang: Lang, line: &CaseLine) -> String {
    name(lang, &line.item_name, line.situation.as_deref())
}

/// Who else has it open.
fn faces(lang: Lang, line: &CaseLine) -> AnyView {
    if line.colleagues.is_empty() {
        return ().into_any();
    }
    let faces = line.colleagues.iter().map(|who| face(lang, &who.name)).collect_view();
    view! { <span class="here">{faces}</span> }.into_any()
}

/// A colleague as one character, with the whole name for those who listen or point.
pub fn face(lang: Lang, name: &str) -> impl IntoView + use<> {
    let first: String = name.chars().take(1).collect();
    let said = w::looks_too(lang, name);
    let title = said.clone();
    view! { <span class="face" title=title><span aria-hidden="true">{first}</span><span class="sr">{said}</span></span> }
}

/// Applicant · where it stands · who has it.
fn meta(lang: Lang, line: &CaseLine) -> String {
    let place = match (&line.stage, &line.node_title) {
        (Stage::Handling { .. } | Stage::Suspended { .. }, Some(node)) => node.clone(),
        (
            Stage::Handling { .. }
            | Stage::Suspended { .. }
            | Stage::PreReview
            | Stage::AwaitingSupplement { .. }
            | Stage::Granted
            | Stage::Issued
            | Stage::Ended { .. },
            _,
        ) => stage_name(lang, &line.stage).1.to_owned(),
    };
    let who = match (&line.assignee, &line.stage) {
        (_, Stage::AwaitingSupplement { .. } | Stage::Ended { .. }) => None,
        (Some(_), _) if line.mine => Some(w::me(lang).to_owned()),
        (Some(name), _) => Some(name.clone()),
        (None, _) => Some(w::unclaimed(lang).to_owned()),
    };
    let parts = [Some(line.applicant_name.clone()), Some(place), who];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn may_be_claimed(line: &CaseLine) -> bool {
    line.assignee.is_none() && !matches!(line.stage, Stage::AwaitingSupplement { .. } | Stage::Ended { .. })
}

/// Shape, colour and the fewest words: a row has room for four characters.
fn light_view(lang: Lang, line: &CaseLine) -> AnyView {
    let Some(light) = line.light else {
        return match line.due {
            Some(day) => view! { <span class="small muted due">{w::until(lang, words::month_day(lang, day))}</span> }.into_any(),
            None => ().into_any(),
        };
    };
    let text = match line.left {
        Some(Left::Days(days)) => w::left(lang, days),
        Some(Left::DueToday) => w::due_today(lang).to_owned(),
        Some(Left::Overdue(days)) => w::overdue(lang, days),
        Some(Left::Stopped) => w::stopped(lang).to_owned(),
        None => light_words(lang, light).to_owned(),
    };
    view! { <span class="light" data-light=light_name(light)>{text}</span> }.into_any()
}

/// The tag of a stage as the desk says it: the hall's own words but where those speak to the applicant.
pub fn stage_name(lang: Lang, stage: &Stage) -> (Kind, &'static str) {
    let (kind, text) = stage_words(lang, stage);
    if matches!(stage, Stage::AwaitingSupplement { .. }) { (kind, w::stage_supplement(lang)) } else { (kind, text) }
}

/// Value of `data-light`.
pub fn light_name(light: Light) -> &'static str {
    match light {
        Light::Green => "green",
        Light::Yellow => "yellow",
        Light::Red => "red",
        Light::Stopped => "stop",
    }
}

/// 按时 · 快到期 · 超期 · 暂停.
pub fn light_words(lang: Lang, light: Light) -> &'static str {
    match light {
        Light::Green => w::light_green(lang),
        Light::Yellow => w::light_yellow(lang),
        Light::Red => w::light_red(lang),
        Light::Stopped => w::light_stop(lang),
    }
}
