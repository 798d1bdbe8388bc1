//! A case in a list.

use crate::lang;
use crate::parts::{LightMark, Tag, stage_words};
use domain::cases::view::CaseLine;
use domain::cases::{Ending, Stage};
use leptos::prelude::*;
use words::{Lang, case_page, clock, my as w, stage as s};

/// 食品经营许可（新办）
pub fn name(lang: Lang, item: &str, situation: Option<&str>) -> String {
    match situation.filter(|situation| !situation.is_empty()) {
        Some(situation) => case_page::item_with_situation(lang, item, situation),
        None => item.to_owned(),
    }
}

/// The case number in groups a person can read aloud.
pub fn number_words(number: &str) -> String {
    domain::cases::CaseNumber::parse(number).map_or_else(|_| number.to_owned(), |number| number.grouped())
}

/// Where it stands, as a sentence.
pub fn lead(lang: Lang, stage: &Stage, node: Option<&str>, why: Option<&str>) -> String {
    match stage {
        Stage::PreReview => s::lead_pre_review(lang).to_owned(),
        Stage::AwaitingSupplement { .. } => s::lead_awaiting_supplement(lang).to_owned(),
        Stage::Handling { .. } => match node {
            Some(node) => s::lead_handling(lang, node),
            None => s::lead_handling_plain(lang).to_owned(),
        },
        Stage::Suspended { .. } => match why {
            Some(why) => s::lead_suspended(lang, why),
            None => s::lead_handling_plain(lang).to_owned(),
        },
        Stage::Granted => s::lead_granted(lang).to_owned(),
        Stage::Issued => s::lead_issued(lang).to_owned(),
        Stage::Ended { how } => match how {
            Ending::Delivered => s::lead_delivered(lang),
            Ending::Refused => s::lead_refused(lang),
            Ending::NotAccepted => s::lead_not_accepted(lang),
            Ending::Withdrawn => s::lead_withdrawn(lang),
            Ending::SupplementLapsed => s::lead_supplement_lapsed(lang),
        }
        .to_owned(),
    }
}

/// A running case: name, light, one sentence, the share of time used.
#[component]
pub fn RunningCase(line: CaseLine) -> impl IntoView {
    let lang = lang();
    let light = match line.light {
        Some(light) => view! { <LightMark light left=line.left/> }.into_any(),
        None => {
            let (kind, text) = stage_words(lang, &line.stage);
            view! { <Tag kind text/> }.into_any()
        }
    };
    let due = line.due.map(|day| {
        let day = words::month_day(lang, day);
        match &line.stage {
            Stage::PreReview => w::due_precheck(lang, day),
            Stage::AwaitingSupplement { .. } => w::due_supplement(lang, day),
            Stage::Granted | Stage::Issued => w::due_delivery(lang, day),
            Stage::Handling { .. } | Stage::Suspended { .. } | Stage::Ended { .. } => w::due(lang, day),
        }
    });
    let due = due.map(|due| view! { " "<strong>{due}</strong> });
    let sentence = match &line.asked {
        Some((title, _)) => s::lead_asked(lang, title),
        None => lead(lang, &line.stage, line.node_title.as_deref(), None),
    };
    let used = line.used.filter(|(_, total)| *total > 0).map(|(used, total)| {
        view! { <progress value=used.to_string() max=total.to_string() aria-label=clock::progress(lang, total, used)></progress> }
    });
    let joint = line.joint.map(|joint| {
        view! { <li><a href=format!("/my/joints/{}", joint.id)>{words::joint::part_of(lang, joint.name)}</a></li> }
    });
    view! {
        <li class="panel">
            <div class="row apart"><h3><a href=format!("/my/cases/{}", line.id)>{name(lang, &line.item_name, line.situation.as_deref())}</a></h3>{light}</div>
            <p>{sentence}{due}</p>
            {used}
            <ul class="dots"><li>{w::number(lang, number_words(&line.number))}</li><li>{line.unit_name}</li>{joint}</ul>
        </li>
    }
}

/// A finished case: name, how it ended, when it was filed.
#[component]
pub fn FinishedCase(line: CaseLine) -> impl IntoView {
    let lang = lang();
    let (kind, text) = stage_words(lang, &line.stage);
    view! {
        <li>
            <a href=format!("/my/cases/{}", line.id)>{name(lang, &line.item_name, line.situation.as_deref())}</a>
            " "<Tag kind text/>
            " "<span class="small muted keep">{words::date(lang, domain::clock::hall_day(line.submitted_at))}</span>
        </li>
    }
}
