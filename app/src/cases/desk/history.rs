//! What happened, told to the desk: who did what, in whose words. Newest first.

use super::state::Shown;
use crate::lang;
use crate::parts::DocumentName;
use domain::cases::view::{DeskCase, TimelineLine};
use domain::cases::{DeliveryWay, Event, NonAcceptance, Outcome};
use domain::clock::hall_time;
use leptos::prelude::*;
use words::{Lang, desk as w, timeline as t};

/// The timeline of the open case.
#[component]
pub fn History(shown: Shown) -> impl IntoView {
    let lang = lang();
    let page = RwSignal::from(shown.page);
    let lines = Memo::new(move |_| page.with(|page| page.timeline.clone()));
    let drawn = move || lines.with(|lines| lines.iter().map(|line| line_view(lang, line)).collect_view());
    view! { <ol class="timeline small">{drawn}</ol> }
}

fn line_view(lang: Lang, line: &TimelineLine) -> AnyView {
    let Told { title, by, details } = told(lang, line);
    let time = words::date_time(lang, line.at);
    let when = if by.is_empty() { time } else { w::event_by(lang, time, by) };
    let local = hall_time(line.at).format("%Y-%m-%dT%H:%M").to_string();
    let details = details.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    let document = line.document.clone().map(|link| view! { <p><DocumentName link open=true/></p> });
    view! { <li data-state="done">{title}<time datetime=local>{when}</time>{details}{document}</li> }.into_any()
}

/// An event in words.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    title: String,
    /// Name of the member of staff, empty when it was nobody.
    by: String,
    details: Vec<String>,
}

impl Told {
    fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    fn by(mut self, name: &str) -> Self {
        name.clone_into(&mut self.by);
        self
    }

    fn detail(mut self, text: Option<String>) -> Self {
        self.details.extend(text.filter(|text| !text.is_empty()));
        self
    }
}

fn told(lang: Lang, line: &TimelineLine) -> Told {
    let because = |text: &str| (!text.trim().is_empty()).then(|| t::reason(lang, text));
    let node = line.node_title.clone().unwrap_or_default();
    match &line.event {
        Event::Submitted(filing) => Told::new(match &filing.agent_name {
            Some(agent) => w::event_submitted_agent(lang, agent, &filing.applicant_name),
            None => w::event_submitted(lang, &filing.applicant_name),
        })
        .detail((!filing.signatures.is_empty()).then(|| {
            let names: Vec<&str> = filing.signatures.iter().map(|signed| signed.name.as_str()).collect();
            w::signed_by(lang, names.join(w::semicolon(lang)))
        })),
        Event::Claimed { name, .. } => Told::new(w::event_claimed(lang, name)),
        Event::Released { .. } => Told::new(w::event_released(lang)),
        Event::SupplementAsked { items, until, again } => {
            let names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
            Told::new(w::event_supplement_asked(lang, items.len()))
                .detail(Some(t::supplement_until(lang, words::month_day(lang, *until))))
                .detail(Some(names.join(w::semicolon(lang))))
                .detail(again.as_ref().map(|text| w::event_supplement_again(lang, text)))
        }
        Event::Supplemented { .. } => Told::new(w::event_supplemented(lang)),
        Event::SupplementLapsed => Told::new(w::event_supplement_lapsed(lang)),
        Event::Accepted { .. } => Told::new(t::accepted(lang)),
        Event::DeemedAccepted { .. } => Told::new(t::deemed_accepted(lang)).detail(Some(t::deemed_why(lang).to_owned())),
        Event::NotAccepted { ground, reason } => Told::new(t::not_accepted(lang))
            .detail(match ground {
                NonAcceptance::NotOurs { agency } => Some(t::not_accepted_agency(lang, agency)),
                NonAcceptance::NoPermitNeeded => Some(w::ground_no_permit_needed(lang).to_owned()),
                NonAcceptance::Other => None,
            })
            .detail(because(reason)),
        Event::Suspended { procedure, reason, expected_days, .. } => Told::new(t::suspended(lang, procedure))
            .detail((*expected_days > 0).then(|| t::suspended_days(lang, expected_days)))
            .detail(because(reason)),
        Event::Resumed { result, .. } => Told::new(t::resumed(lang)).detail(Some(w::event_result(lang, result))),
        Event::Extended { days, reason } => Told::new(t::extended(lang, days)).detail(because(reason)),
        Event::NodeDone { outcome, opinion, name, site_check, .. } => {
            let title = match outcome {
                Outcome::Pass => w::event_passed(lang, node),
                Outcome::Fail => w::event_failed(lang, node),
                Outcome::Return => w::event_returned(lang, node),
            };
            let said = match site_check {
                Some(check) => {
                    let staff = check.staff.join(w::and(lang));
                    Some(w::event_findings(lang, words::month_day(lang, check.on), staff, &check.findings))
                }
                None => (!opinion.is_empty()).then(|| w::event_opinion(lang, opinion)),
            };
            Told::new(title).by(name).detail(said)
        }
        Event::Asked { words, until, .. } => Told::new(t::asked(lang, node))
            .detail(Some(t::asked_until(lang, words::month_day(lang, *until))))
            .detail(Some(words.clone())),
        Event::HandedOver { unit_name, node: Some(_), .. } => Told::new(t::handed_beside(lang, unit_name)),
        Event::HandedOver { unit_name, node: None, .. } => Told::new(t::handed_over(lang, unit_name)),
        Event::Decided { granted: true, .. } => Told::new(t::granted(lang)),
        Event::Decided { granted: false, reason, .. } => Told::new(t::refused(lang)).detail(because(reason)),
        Event::CertificateIssued { number, .. } => {
            Told::new(t::certificate_issued(lang)).detail(Some(t::certificate_number(lang, number)))
        }
        Event::Delivered { way, recipient, note } => Told::new(w::event_delivered(lang, way_words(lang, *way)))
            .detail((*way != DeliveryWay::Electronic).then(|| w::event_recipient(lang, recipient)))
            .detail(Some(note.clone())),
        Event::Withdrawn { reason } => Told::new(w::event_withdrawn(lang)).detail(because(reason)),
        Event::Rated { stars, .. } => Told::new(w::event_rated(lang, stars)),
    }
}

/// 电子送达 · 窗口领取 · 邮寄.
pub fn way_words(lang: Lang, way: DeliveryWay) -> &'static str {
    match way {
        DeliveryWay::Electronic => w::way_electronic(lang),
        DeliveryWay::Window => w::way_window(lang),
        DeliveryWay::Post => w::way_post(lang),
    }
}

/// What others did between two readings of the same case, in one phrase.
pub fn change_words(lang: Lang, before: &DeskCase, now: &DeskCase) -> String {
    // newest first: what is new stands at the head
    let fresh = now.timeline.len().saturating_sub(before.timeline.len());
    let mut phrases: Vec<String> = now.timeline.iter().take(fresh).rev().map(|line| told(lang, line).title).collect();
    if before.case.assignee != now.case.assignee && phrases.is_empty() {
        phrases.push(match &now.case.assignee {
            Some(who) => w::change_claimed(lang, &who.name),
            None => w::change_released(lang).to_owned(),
        });
    }
    if phrases.is_empty() {
        phrases.push(w::change_other(lang).to_owned());
    }
    phrases.join(w::semicolon(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn line(event: Event) -> TimelineLine {
        TimelineLine { event, at: DateTime::default(), node_title: Some("审查".into()), document: None }
    }

    #[test]
    fn opinions_are_told_with_their_author() {
        let event = Event::NodeDone {
            node: "review".into(),
            outcome: Outcome::Pass,
            opinion: "材料齐全。".into(),
            account: uuid::Uuid::nil(),
            name: "张某".into(),
            site_check: None,
            to: None,
        };
        let told = told(Lang::ZhCn, &line(event));
        assert_eq!(told, Told { title: "审查：通过".into(), by: "张某".into(), details: vec!["意见：材料齐全。".into()] });
    }

    #[test]
    fn an_electronic_delivery_names_no_recipient() {
        let event = |way| Event::Delivered { way, recipient: "李某".into(), note: String::new() };
        assert_eq!(told(Lang::ZhCn, &line(event(DeliveryWay::Electronic))).details, Vec::<String>::new());
        assert_eq!(told(Lang::ZhCn, &line(event(DeliveryWay::Window))).details, ["签收：李某"]);
    }
}
