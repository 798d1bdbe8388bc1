//! How each act is done: by its button alone, below it in a fold with fields of its own, or with what is written in the middle
//! pane. A fold opens without scripts too, and is drawn once, so that what is typed stays.

use super::history::way_words;
use super::state::Shown;
use crate::lang;
use crate::parts::{Beside, Field, described};
use domain::cases::{Act, DeliveryWay};
use leptos::prelude::*;
use words::{Lang, desk as w};

/// How an act is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Button,
    /// It asks for these.
    Fold(&'static [ActField]),
    /// Its words are the opinion, or what was found on the spot.
    Opinion,
    /// Its words are the checks that are not met.
    Checks,
}

/// What an act asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActField {
    Ground,
    Agency,
    Reason,
    Procedure,
    ExpectedDays,
    Result,
    Words,
    Way,
    Recipient,
    Note,
}

/// How it is done.
pub fn how(act: Act) -> How {
    match act {
        Act::Claim | Act::Release | Act::Accept => How::Button,
        Act::RefuseToAccept => How::Fold(&[ActField::Ground, ActField::Agency, ActField::Reason]),
        Act::Suspend => How::Fold(&[ActField::Procedure, ActField::ExpectedDays, ActField::Reason]),
        Act::Resume => How::Fold(&[ActField::Result]),
        Act::Extend => How::Fold(&[ActField::Reason]),
        Act::Ask => How::Fold(&[ActField::Words]),
        Act::Deliver => How::Fold(&[ActField::Way, ActField::Recipient, ActField::Note]),
        Act::Pass | Act::Fail | Act::Return | Act::Grant | Act::Refuse => How::Opinion,
        Act::AskForSupplement => How::Checks,
        // of the applicant or of the hall: never on offer here
        Act::Submit | Act::Supplement | Act::HandOver | Act::Issue | Act::Withdraw | Act::Rate => How::Button,
    }
}

impl ActField {
    /// The name the service reads it by.
    fn name(self) -> &'static str {
        match self {
            Self::Ground => "ground",
            Self::Agency => "agency",
            Self::Reason => "reason",
            Self::Procedure => "procedure",
            Self::ExpectedDays => "expected_days",
            Self::Result => "result",
            Self::Words => "words",
            Self::Way => "way",
            Self::Recipient => "recipient",
            Self::Note => "note",
        }
    }
}

/// The id of a field; several acts ask for a reason.
pub fn field_id(act: &str, name: &str) -> String {
    format!("{act}-{name}")
}

/// What a fold asks for, and which act it is of: by that it is known when it comes back.
#[component]
pub fn ActFields(act: Act, fields: &'static [ActField], shown: Shown) -> impl IntoView {
    let fold = Fold { lang: lang(), act, shown };
    let fields = fields.iter().map(|field| fold.draw(*field)).collect_view();
    view! { <input type="hidden" name="act" value=act.word()/>{fields} }
}

struct Fold {
    lang: Lang,
    act: Act,
    shown: Shown,
}

impl Fold {
    fn draw(&self, field: ActField) -> AnyView {
        let lang = self.lang;
        match field {
            ActField::Ground => {
                let grounds = [
                    ("no_permit_needed", w::ground_no_permit_needed(lang)),
                    ("not_ours", w::ground_not_ours(lang)),
                    ("other", w::ground_other(lang)),
                ];
                self.one_of(field, w::ground(lang), grounds)
            }
            ActField::Way => {
                let ways = [DeliveryWay::Electronic, DeliveryWay::Window, DeliveryWay::Post].map(|w| way(lang, w));
                self.one_of(field, w::way(lang), ways)
            }
            ActField::Agency => self.line(field, w::agency(lang), w::agency_hint(lang)),
            ActField::Recipient => self.line(field, w::recipient(lang), w::recipient_hint(lang)),
            ActField::Note => self.line(field, w::delivery_note(lang), w::delivery_note_hint(lang)),
            ActField::Reason => self.lines(field, w::reason(lang).to_owned(), "", ""),
            ActField::Result => self.lines(field, w::result(lang).to_owned(), "", ""),
            ActField::Words => {
                // what the applicant is asked to do, in words that begin as the procedure suggests
                let (title, says) = self.shown.page.with_untracked(|page| page.asks.clone()).unwrap_or_default();
                self.lines(field, title, w::ask_hint(lang), &says)
            }
            ActField::Procedure => self.procedure(),
            ActField::ExpectedDays => {
                let (id, name, value, error) = self.parts(field, "");
                view! { <Field id name label=w::expected_days(lang) error value chars="4" digits=true/> }.into_any()
            }
        }
    }

    /// Id, name, what had been typed when this very fold came back (else `or`), and what was wrong with it.
    fn parts(&self, field: ActField, or: &str) -> (String, &'static str, String, Option<String>) {
        let (name, back) = (field.name(), self.shown.came_back(self.act));
        let value = if back { self.shown.typed(name, or) } else { or.to_owned() };
        let error = self.shown.beside(name).filter(|_| back);
        (field_id(self.act.word(), name), name, value, error)
    }

    fn line(&self, field: ActField, label: &'static str, hint: &'static str) -> AnyView {
        let (id, name, value, error) = self.parts(field, "");
        view! { <Field id name label hint error value/> }.into_any()
    }

    fn lines(&self, field: ActField, label: String, hint: &'static str, or: &str) -> AnyView {
        let (id, name, value, error) = self.parts(field, or);
        view! { <Field id name label hint error value long=true/> }.into_any()
    }

    fn one_of<const N: usize>(
        &self,
        field: ActField,
        legend: &'static str,
        options: [(&'static str, &'static str); N],
    ) -> AnyView {
        let (id, name, typed, error) = self.parts(field, "");
        let invalid = error.is_some().then_some("true");
        let described = described(&id, false, error.is_some());
        // a summary leads to the first
        let mut ids = Some(id.clone());
        let options = options
            .into_iter()
            .map(|(value, label)| {
                let (checked, described) = (value == typed, described.clone());
                view! {
                    <label class="check">
                        <input type="radio" id=ids.take() name=name value=value checked=checked aria-invalid=invalid aria-describedby=described/>
                        <span>{label}</span>
                    </label>
                }
            })
            .collect_view();
        view! { <fieldset class="field"><legend>{legend}</legend><Beside id error/><div class="choices">{options}</div></fieldset> }
            .into_any()
    }

    fn procedure(&self) -> AnyView {
        let (id, name, typed, error) = self.parts(ActField::Procedure, "");
        let invalid = error.is_some().then_some("true");
        let described = described(&id, false, error.is_some());
        let known = self.shown.page.with_untracked(|page| page.special_procedures.clone());
        let options = known
            .into_iter()
            .map(|name| {
                let chosen = name == typed;
                // with a value of its own: what is shown may be in other characters
                let value = name.clone();
                view! { <option value=value selected=chosen>{name}</option> }
            })
            .collect_view();
        view! {
            <div class="field">
                <label for=id.clone()>{w::procedure(self.lang)}</label>
                <Beside id=id.clone() error/>
                <select id=id name=name aria-invalid=invalid aria-describedby=described>{options}</select>
            </div>
        }
        .into_any()
    }
}

fn way(lang: Lang, way: DeliveryWay) -> (&'static str, &'static str) {
    let value = match way {
        DeliveryWay::Electronic => "electronic",
        DeliveryWay::Window => "window",
        DeliveryWay::Post => "post",
    };
    (value, way_words(lang, way))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::control_of;
    use domain::refusal::{Refusal, Saying};

    #[test]
    fn what_an_act_is_refused_for_is_one_of_its_fields() {
        for (act, refusal) in [
            (Act::RefuseToAccept, Refusal::NoSuchChoice { what: Saying::Reason }),
            (Act::RefuseToAccept, Refusal::NothingSaid { what: Saying::RightAgency }),
            (Act::RefuseToAccept, Refusal::NothingSaid { what: Saying::Reason }),
            (Act::Suspend, Refusal::NoSuchChoice { what: Saying::Situation }),
            (Act::Suspend, Refusal::NoSuchChoice { what: Saying::ExpectedDays }),
            (Act::Resume, Refusal::NothingSaid { what: Saying::Findings }),
            (Act::Extend, Refusal::SaidTooMuch { what: Saying::Reason, have: 9, max: 8 }),
            (Act::Ask, Refusal::NothingSaid { what: Saying::Request }),
            (Act::Deliver, Refusal::NoSuchChoice { what: Saying::Recipient }),
            (Act::Deliver, Refusal::NothingSaid { what: Saying::Recipient }),
        ] {
            let How::Fold(fields) = how(act) else { panic!("{act:?} has no fold") };
            let has = |name: &str| fields.iter().any(|field| field.name() == name);
            assert!(control_of(&refusal, has).is_some_and(has), "{act:?}: {refusal:?}");
        }
    }
}
