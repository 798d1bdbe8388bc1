//! Whether somebody may apply at all: told before they begin, while they fill in, and when they hand in.

use super::answers::Answers;
use super::check::speaks;
use super::expression::{Expr, Node, Operator};
use super::fault::{Fault, Problem};
use super::form::{Block, Field, Form, Page, Place};
use super::message::{Piece, pieces};
use super::reading::{Meant, Reading};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A condition of applying (申请条件) that follows from the answers. The office decides (行政许可法第三十二条); what is said here is said
/// so that nobody fills in a form for nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What must hold, as people read it: 年满 80 周岁.
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    pub that: Expr,
    /// Why not, when it does not hold. `{…}` holds an expression.
    pub message: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message_en: String,
    /// The law or rule that says so.
    pub law: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub law_en: String,
    #[serde(default, skip_serializing_if = "Weight::is_bar")]
    pub weight: Weight,
    /// What may be done in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<Instead>,
}

/// What follows when a condition does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It cannot be handed in: only for facts that leave nothing to weigh.
    #[default]
    Bar,
    /// It is told, and whoever wants to may apply: the office decides.
    Advice,
}

/// Another item that may fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instead {
    /// Its code.
    pub item: String,
    /// Words of the link: 看看特困人员救助供养.
    pub says: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says_en: String,
}

/// What the answers so far say about a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub criterion: Criterion,
    pub verdict: Verdict,
}

/// How a condition stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Something it asks about is not answered yet.
    Open,
    Met,
    /// With the reason, its holes filled in.
    Unmet {
        message: String,
        message_en: String,
    },
}

impl Weight {
    // serde asks for a function that takes a reference
    #[allow(clippy::trivially_copy_pass_by_ref)]
    fn is_bar(&self) -> bool {
        *self == Self::Bar
    }
}

impl Criterion {
    /// Every question it names, in the rule or in a message.
    pub(super) fn names(&self) -> BTreeSet<String> {
        let holes = [&self.message, &self.message_en].into_iter().flat_map(|text| pieces(text)).filter_map(|piece| match piece {
            Piece::Value(inside) => Expr::parse(inside).ok(),
            Piece::Text(_) => None,
        });
        let named = |expr: &Expr| expr.names().into_iter().map(str::to_owned).collect::<Vec<_>>();
        holes.flat_map(|expr| named(&expr)).chain(named(&self.that)).collect()
    }
}

impl Judged {
    /// Whether this stands in the way of handing in.
    pub fn bars(&self) -> bool {
        self.criterion.weight == Weight::Bar && matches!(self.verdict, Verdict::Unmet { .. })
    }
}

impl Reading<'_> {
    /// Every condition that concerns this applicant: those that ask about what is not asked of them are left out.
    pub fn judged(&self) -> Vec<Judged> {
        let concerns = |criterion: &&Criterion| {
            criterion.that.needs().into_iter().all(|name| match self.named(name, None) {
                Some(Meant::One(point)) => self.point_is_asked(&point),
                Some(Meant::Each(_) | Meant::Group(_)) | None => true,
            })
        };
        let judge = |criterion: &Criterion| Judged { criterion: criterion.clone(), verdict: self.verdict(criterion) };
        self.form.eligibility.iter().filter(concerns).map(judge).collect()
    }

    fn verdict(&self, criterion: &Criterion) -> Verdict {
        if !speaks(self, &criterion.that, None) {
            return Verdict::Open;
        }
        if self.eval(&criterion.that, None).is_true() {
            return Verdict::Met;
        }
        Verdict::Unmet { message: self.say(&criterion.message, false), message_en: self.say(&criterion.message_en, true) }
    }
}

/// The conditions that stand in the way of handing in, each at the last question it names.
pub fn barred(form: &Form, answers: &Answers, today: NaiveDate) -> Vec<Problem> {
    let at = |judged: Judged| {
        let Verdict::Unmet { message, message_en } = judged.verdict else { return None };
        let names = judged.criterion.that.names();
        let Place { page, field, .. } = form.places().filter(|place| names.contains(place.field.id.as_str())).last()?;
        let (label, label_en) = (field.label.clone(), field.label_en.clone());
        let fault = Fault::Check { message, message_en };
        Some(Problem { page: page.id.clone(), key: field.id.clone(), label, label_en, entry: None, fault })
    };
    Reading::new(form, answers, today).judged().into_iter().filter(Judged::bars).filter_map(at).collect()
}

impl Form {
    /// Just the questions its conditions rest on, on one page: what anybody may try before they begin. Nothing without conditions.
    pub fn eligibility_form(&self) -> Option<Self> {
        if self.eligibility.is_empty() {
            return None;
        }
        let asked = self.rests_on(self.eligibility.iter().flat_map(Criterion::names).collect());
        let single = self.places().filter(|place| place.group.is_none() && asked.contains(&place.field.id));
        let page = Page {
            id: "eligible".into(),
            title: self.title.clone(),
            title_en: self.title_en.clone(),
            heading: self.title.clone(),
            heading_en: self.title_en.clone(),
            lead: String::new(),
            lead_en: String::new(),
            when: None,
            blocks: single.map(|place| Block::Field(tried(place))).collect(),
        };
        Some(Self {
            signatories: Vec::new(),
            id: self.id.clone(),
            title: self.title.clone(),
            title_en: self.title_en.clone(),
            material: None,
            situations: None,
            pages: vec![page],
            eligibility: self.eligibility.clone(),
            declarations: Vec::new(),
        })
    }

    /// These, and whatever decides whether they are asked and what they come to.
    pub(super) fn rests_on(&self, names: BTreeSet<String>) -> BTreeSet<String> {
        let (mut found, mut open) = (BTreeSet::new(), Vec::from_iter(names));
        while let Some(name) = open.pop() {
            if let Some(place) = self.place(&name).filter(|_| !found.contains(&name)) {
                let group = place.group.and_then(|group| group.when.as_ref());
                let rules = [place.page.when.as_ref(), group, place.field.when.as_ref()].into_iter().flatten();
                open.extend(rules.chain(place.field.kind.rules()).flat_map(Expr::names).map(str::to_owned));
            }
            found.insert(name);
        }
        found
    }
}

/// A question as it is tried beforehand: nothing is insisted on, nothing comes from what the hall holds.
fn tried(place: Place<'_>) -> Field {
    let when = match (&place.page.when, &place.field.when) {
        (Some(page), Some(own)) => Some(Expr(Node::Binary(Operator::And, Box::new(page.0.clone()), Box::new(own.0.clone())))),
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    Field { when, optional: true, prefill: None, checks: Vec::new(), material: None, ..place.field.clone() }
}
