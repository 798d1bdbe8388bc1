//! One set of answers laid over one form on one day: what is asked, and what each answer means.

use super::answers::{Answers, key};
use super::expression::{Env, Expr, Names, Row, Value};
use super::form::{Block, Declaration, Field, Form, Group, Page, Place};
use super::kind::Kind;
use super::plan::{Plan, Point, Thing};
use super::read::read;
use chrono::NaiveDate;
use std::borrow::Cow;

/// Answers read by their form. Built once, asked often; carried from one set of answers to the next by [`super::Filling`].
///
/// A condition can only look at what stands before it ([`Form::faults`] insists), so one pass in the order of the form settles
/// what is hidden: a hidden question counts as unanswered for all that follow.
#[derive(Debug)]
pub struct Reading<'a> {
    pub form: &'a Form,
    pub answers: &'a Answers,
    /// The hall's day.
    pub today: NaiveDate,
    pub(super) plan: Cow<'a, Plan>,
    pub(super) settled: Cow<'a, Settled>,
}

/// What came of every page, list and question, by its number in the [`Plan`]. A question of a list has one standing for each
/// entry. Where all are simply asked nothing is written down.
pub(super) type Settled = Vec<Vec<Standing>>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Asked,
    NotAsked,
    WorkedOut(Value),
}

/// One question as it is met on a page: in a group once per entry.
#[derive(Clone, Debug)]
pub struct Visit<'a> {
    pub place: Place<'a>,
    /// Row id and its number from 1.
    pub row: Option<(&'a str, usize)>,
    pub key: String,
}

impl<'a> Reading<'a> {
    pub fn new(form: &'a Form, answers: &'a Answers, today: NaiveDate) -> Self {
        let plan = Plan::of(form);
        let settled = vec![Vec::new(); plan.len()];
        let mut reading = Self { form, answers, today, plan: Cow::Owned(plan), settled: Cow::Owned(settled) };
        for n in 0..reading.plan.len() {
            reading.settle(n);
        }
        reading
    }

    /// Settles again what hangs on these, and on what changed thereby. How many were looked at, and whether any changed.
    ///
    /// What hangs on something stands after it, so that one pass meets everything once, when all it looks at is settled.
    pub(super) fn settle_after(&mut self, changed: &[usize]) -> (usize, bool) {
        let (mut looked_at, mut any) = (0, false);
        let mut again = vec![false; self.plan.len()];
        let stir = |plan: &Plan, again: &mut [bool], n| plan.hanging_on(n).iter().for_each(|m| again[*m] = true);
        changed.iter().for_each(|n| stir(&self.plan, &mut again, *n));
        for n in 0..again.len() {
            if again[n] {
                looked_at += 1;
                if self.settle(n) {
                    any = true;
                    stir(&self.plan, &mut again, n);
                }
            }
        }
        (looked_at, any)
    }

    /// Settles one; whether that changed it.
    fn settle(&mut self, n: usize) -> bool {
        let standings = self.standings(n);
        if self.settled[n] == standings {
            return false;
        }
        self.settled.to_mut()[n] = standings;
        true
    }

    fn standings(&self, n: usize) -> Vec<Standing> {
        let above = self.plan.above(n).is_none_or(|above| self.settled[above].is_empty());
        let one = |standing| if standing == Standing::Asked { Vec::new() } else { vec![standing] };
        let asked = |when: &Option<Expr>| {
            one(if above && self.holds(when.as_ref(), None) { Standing::Asked } else { Standing::NotAsked })
        };
        match self.plan.thing(self.form, n) {
            None => Vec::new(),
            Some(Thing::Page(page)) => asked(&page.when),
            Some(Thing::Group(group)) => asked(&group.when),
            Some(Thing::Field(Place { group: None, field, .. })) => one(self.standing(field, None, above)),
            Some(Thing::Field(Place { group: Some(group), field, .. })) => {
                let rows = self.answers.rows(&group.id).iter();
                let all: Vec<Standing> =
                    rows.map(|row| self.standing(field, Some(Row { group: &group.id, row }), above)).collect();
                if all.iter().all(|s| *s == Standing::Asked) { Vec::new() } else { all }
            }
        }
    }

    fn standing(&self, field: &Field, row: Option<Row<'_>>, above: bool) -> Standing {
        if !(above && self.holds(field.when.as_ref(), row)) {
            return Standing::NotAsked;
        }
        if let Kind::Computed { value } = &field.kind { Standing::WorkedOut(self.eval(value, row)) } else { Standing::Asked }
    }

    /// How a question stands in the entry of this number; in none, the first is its only one.
    fn standing_of(&self, n: usize, entry: usize) -> &Standing {
        self.settled.get(n).and_then(|all| all.get(entry)).unwrap_or(&Standing::Asked)
    }

    /// What an expression comes to here.
    pub fn eval(&self, expr: &Expr, row: Option<Row<'_>>) -> Value {
        expr.eval(&Env { names: self, row, today: self.today })
    }

    /// Whether a condition holds; no condition always does.
    pub fn holds(&self, when: Option<&Expr>, row: Option<Row<'_>>) -> bool {
        when.is_none_or(|expr| self.eval(expr, row).is_true())
    }

    /// The sentences to agree to, for these answers.
    pub fn declarations(&self) -> impl Iterator<Item = &'a Declaration> {
        let form = self.form;
        form.declarations.iter().filter(|declaration| self.holds(declaration.when.as_ref(), None))
    }

    pub fn page_is_asked(&self, page: &str) -> bool {
        self.plan.find_page(self.form, page).is_none_or(|n| self.settled[n].is_empty())
    }

    pub fn group_is_asked(&self, group: &str) -> bool {
        self.plan.find(self.form, group).is_none_or(|n| self.settled[n].is_empty())
    }

    /// Whether the question at this key is asked.
    pub fn is_asked(&self, key: &str) -> bool {
        self.point(key).is_none_or(|point| self.point_is_asked(&point))
    }

    pub(super) fn point_is_asked(&self, point: &Point<'_>) -> bool {
        *self.standing_of(point.number, point.entry) != Standing::NotAsked
    }

    /// The answer at a key as a value; nothing when hidden, missing or unreadable.
    pub fn value_at(&self, key: &str) -> Value {
        self.point(key).map_or(Value::Nothing, |point| self.value_of(&point))
    }

    pub(super) fn value_of(&self, point: &Point<'_>) -> Value {
        match self.standing_of(point.number, point.entry) {
            Standing::NotAsked => Value::Nothing,
            Standing::WorkedOut(value) => value.clone(),
            Standing::Asked => read(&point.field.kind, self.answers, &point.key, self.today),
        }
    }

    fn point(&self, key: &str) -> Option<Point<'a>> {
        self.plan.point(self.form, self.answers, key)
    }

    /// Every question asked on a page in the order met: in a group, entry by entry.
    pub fn visits(&self, page: &'a Page) -> Vec<Visit<'a>> {
        page.blocks.iter().flat_map(|block| self.visits_of(page, block)).collect()
    }

    pub(super) fn visits_of(&self, page: &'a Page, block: &'a Block) -> Vec<Visit<'a>> {
        match block {
            Block::Field(field) => self.visit(page, None, field, None).into_iter().collect(),
            Block::Group(group) if !self.group_is_asked(&group.id) => Vec::new(),
            Block::Group(group) => {
                let rows = self.answers.rows(&group.id).iter().enumerate();
                rows.flat_map(|(n, row)| {
                    group.fields.iter().filter_map(move |f| self.visit(page, Some(group), f, Some((row.as_str(), n + 1))))
                })
                .collect()
            }
        }
    }

    fn visit(
        &self,
        page: &'a Page,
        group: Option<&'a Group>,
        field: &'a Field,
        row: Option<(&'a str, usize)>,
    ) -> Option<Visit<'a>> {
        let key = key(&field.id, row.map(|(row, _)| row));
        self.is_asked(&key).then_some(Visit { place: Place { page, group, field }, row, key })
    }

    /// What a name stands for: one question, one in each entry of another list, or a list itself.
    pub(super) fn named(&self, name: &str, row: Option<Row<'_>>) -> Option<Meant<'a>> {
        let number = self.plan.find(self.form, name)?;
        let (group, field) = match self.plan.thing(self.form, number)? {
            Thing::Page(_) => return None,
            Thing::Group(group) => return Some(Meant::Group(group)),
            Thing::Field(Place { group: None, field, .. }) => {
                return Some(Meant::One(Point { field, number, entry: 0, key: Cow::Borrowed(&field.id) }));
            }
            Thing::Field(Place { group: Some(group), field, .. }) => (group, field),
        };
        let in_entry = |entry, row: &str| Point { field, number, entry, key: Cow::Owned(key(name, Some(row))) };
        Some(match row.filter(|row| row.group == group.id) {
            Some(Row { row, .. }) => Meant::One(in_entry(self.answers.rows(&group.id).iter().position(|r| r == row)?, row)),
            None => Meant::Each(self.rows(&group.id).iter().enumerate().map(|(n, row)| in_entry(n, row)).collect()),
        })
    }

    fn point_is_filled(&self, point: &Point<'_>) -> bool {
        let computed = matches!(point.field.kind, Kind::Computed { .. });
        if computed { self.value_of(point).is_filled() } else { self.point_is_asked(point) && !self.answers.is_blank(&point.key) }
    }
}

/// What a name in an expression stands for.
#[derive(Debug)]
pub(super) enum Meant<'a> {
    One(Point<'a>),
    Each(Vec<Point<'a>>),
    Group(&'a Group),
}

impl<'a> Visit<'a> {
    /// The entry this question stands in, for expressions.
    pub fn in_row(&self) -> Option<Row<'a>> {
        self.place.group.zip(self.row).map(|(group, (row, _))| Row { group: &group.id, row })
    }
}

impl Names for Reading<'_> {
    fn value(&self, name: &str, row: Option<Row<'_>>) -> Value {
        match self.named(name, row) {
            None => Value::Nothing,
            Some(Meant::One(point)) => self.value_of(&point),
            Some(Meant::Each(points)) => Value::List(points.iter().map(|point| self.value_of(point)).collect()),
            Some(Meant::Group(group)) => Value::List(self.rows(&group.id).iter().cloned().map(Value::Text).collect()),
        }
    }

    fn is_filled(&self, name: &str, row: Option<Row<'_>>) -> bool {
        match self.named(name, row) {
            None => false,
            Some(Meant::One(point)) => self.point_is_filled(&point),
            Some(Meant::Each(points)) => points.iter().any(|point| self.point_is_filled(point)),
            Some(Meant::Group(group)) => !self.rows(&group.id).is_empty(),
        }
    }

    fn rows(&self, group: &str) -> &[String] {
        if self.group_is_asked(group) { self.answers.rows(group) } else { &[] }
    }
}
