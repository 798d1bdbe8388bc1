//! Where everything stands in a form: numbered as it is read, found by name.

use super::answers::{Answers, split_key};
use super::expression::Expr;
use super::form::{Block, Field, Form, Group, Page, Place};
use super::kind::Kind;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Pages, questions and lists in the order they are settled: a page before its blocks, a list before its questions.
#[derive(Clone, Debug)]
pub struct Plan {
    spots: Vec<Spot>,
    /// Numbers of all but the pages, sorted by the names of what stands there.
    by_name: Vec<usize>,
    /// What has to be settled again when the spot of this number changed. Only what is carried forward needs it.
    hanging: Vec<Vec<usize>>,
}

#[derive(Clone, Copy, Debug)]
struct Spot {
    page: usize,
    block: Option<usize>,
    field: Option<usize>,
    /// The list it stands in, else its page: when that is not asked, neither is this.
    above: Option<usize>,
}

/// One question in one place: an entry of its list, or the form itself.
#[derive(Clone, Debug)]
pub struct Point<'a> {
    pub field: &'a Field,
    pub number: usize,
    /// Which entry, counted from 0; always 0 outside lists.
    pub entry: usize,
    pub key: Cow<'a, str>,
}

/// What stands at a spot.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'a> {
    Page(&'a Page),
    Group(&'a Group),
    Field(Place<'a>),
}

impl Plan {
    pub fn of(form: &Form) -> Self {
        let mut spots = Vec::new();
        for (page, on_page) in form.pages.iter().enumerate() {
            let top = spots.len();
            spots.push(Spot { page, block: None, field: None, above: None });
            for (n, block) in on_page.blocks.iter().enumerate() {
                let here = spots.len();
                spots.push(Spot { page, block: Some(n), field: None, above: Some(top) });
                if let Block::Group(group) = block {
                    let below = |field| Spot { page, block: Some(n), field: Some(field), above: Some(here) };
                    spots.extend((0..group.fields.len()).map(below));
                }
            }
        }
        let mut plan = Self { spots, by_name: Vec::new(), hanging: Vec::new() };
        let mut named = BTreeMap::new();
        for n in 0..plan.len() {
            if let Some(name) = plan.name(form, n) {
                named.entry(name).or_insert(n);
            }
        }
        plan.by_name = named.into_values().collect();
        plan
    }

    /// The same plan with what hangs on what: whoever names a field or a list, and whatever stands below a page or a list. A list
    /// that changes, changes for those who name its questions too.
    pub fn tied(mut self, form: &Form) -> Self {
        let mut hanging = vec![Vec::new(); self.len()];
        for (n, spot) in self.spots.iter().enumerate() {
            let thing = self.thing(form, n);
            let named = thing.into_iter().flat_map(Thing::rules).flat_map(|rule| rule.names());
            let named = named.filter_map(|name| self.find(form, name));
            for on in named.flat_map(|m| [Some(m), self.list_of(m)]).chain([spot.above]).flatten() {
                hanging[on].push(n);
            }
        }
        self.hanging = hanging;
        self
    }

    pub fn len(&self) -> usize {
        self.spots.len()
    }

    pub fn hanging_on(&self, n: usize) -> &[usize] {
        self.hanging.get(n).map_or(&[], Vec::as_slice)
    }

    pub fn above(&self, n: usize) -> Option<usize> {
        self.spots.get(n)?.above
    }

    pub fn thing<'a>(&self, form: &'a Form, n: usize) -> Option<Thing<'a>> {
        let spot = self.spots.get(n)?;
        let page = form.pages.get(spot.page)?;
        let Some(block) = spot.block else { return Some(Thing::Page(page)) };
        Some(match (page.blocks.get(block)?, spot.field) {
            (Block::Field(field), _) => Thing::Field(Place { page, group: None, field }),
            (Block::Group(group), None) => Thing::Group(group),
            (Block::Group(group), Some(field)) => {
                Thing::Field(Place { page, group: Some(group), field: group.fields.get(field)? })
            }
        })
    }

    /// The number of a field or a list; of two with one name, the first.
    pub fn find(&self, form: &Form, name: &str) -> Option<usize> {
        let at = self.by_name.partition_point(|n| self.name(form, *n).is_some_and(|found| found < name));
        self.by_name.get(at).copied().filter(|n| self.name(form, *n) == Some(name))
    }

    pub fn find_page(&self, form: &Form, id: &str) -> Option<usize> {
        self.spots.iter().position(|s| s.block.is_none() && form.pages.get(s.page).is_some_and(|p| p.id == id))
    }

    /// The question and the entry that a key names, if there are such.
    pub fn point<'a>(&self, form: &'a Form, answers: &Answers, key: &str) -> Option<Point<'a>> {
        let (name, row) = split_key(key);
        let number = self.find(form, name)?;
        let Thing::Field(Place { group, field, .. }) = self.thing(form, number)? else { return None };
        match (group, row) {
            (None, None) => Some(Point { field, number, entry: 0, key: Cow::Borrowed(&field.id) }),
            (Some(group), Some(row)) => {
                let entry = answers.rows(&group.id).iter().position(|r| r == row)?;
                Some(Point { field, number, entry, key: Cow::Owned(key.to_owned()) })
            }
            (None, Some(_)) | (Some(_), None) => None,
        }
    }

    fn list_of(&self, n: usize) -> Option<usize> {
        self.spots.get(n).filter(|s| s.field.is_some())?.above
    }

    fn name<'a>(&self, form: &'a Form, n: usize) -> Option<&'a str> {
        Some(match self.thing(form, n)? {
            Thing::Page(_) => return None,
            Thing::Group(group) => &group.id,
            Thing::Field(place) => &place.field.id,
        })
    }
}

impl<'a> Thing<'a> {
    /// The expressions that settle what stands here: whether it is asked, and what it comes to.
    fn rules(self) -> impl Iterator<Item = &'a Expr> {
        let (when, value) = match self {
            Self::Page(page) => (&page.when, None),
            Self::Group(group) => (&group.when, None),
            Self::Field(Place { field, .. }) => {
                (&field.when, if let Kind::Computed { value } = &field.kind { Some(value) } else { None })
            }
        };
        when.iter().chain(value)
    }
}
