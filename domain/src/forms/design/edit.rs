//! Adding, moving and taking away.

use super::sets::set;
use super::spot::{Spot, Thing};
use crate::forms::MOST_ROWS;
use crate::forms::eligibility::{Criterion, Weight};
use crate::forms::expression::Expr;
use crate::forms::form::{Block, Declaration, Field, Form, Group, Page};
use crate::forms::kind::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most things a form may be made of: far beyond what anybody would fill in, and little enough to look at at once.
pub const MOST_THINGS: usize = 2_000;

/// What a designer's button asks for. Written `add-question@page:who`, `up@question:mobile`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// After this page, or at the end.
    AddPage(Spot),
    /// Into a page or list, or after a question.
    AddQuestion(Spot),
    /// The questions of a [`Set`](super::Set), where a question would be added.
    AddSet(String, Spot),
    /// Into a page, or after a question or list of it.
    AddList(Spot),
    AddDeclaration,
    Move(Spot, Way),
    /// With everything in it.
    Remove(Spot),
}

/// Among its neighbours; a question or list at the end of its page goes on to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// Why a form stayed as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum EditFault {
    /// It was taken away meanwhile, or there never was such a thing.
    Gone,
    /// Others rest on it.
    Needed { by: Vec<String> },
    /// The first has nothing before it, the last nothing after it.
    AtTheEnd,
    /// No more may be added.
    TooMany { max: u32 },
}

impl Edit {
    /// The value of its button.
    pub fn value(&self) -> String {
        match self {
            Self::AddPage(spot) => format!("add-page@{spot}"),
            Self::AddQuestion(spot) => format!("add-question@{spot}"),
            Self::AddSet(name, spot) => format!("add-set-{name}@{spot}"),
            Self::AddList(spot) => format!("add-list@{spot}"),
            Self::AddDeclaration => "add-declaration@form".into(),
            Self::Move(spot, Way::Up) => format!("up@{spot}"),
            Self::Move(spot, Way::Down) => format!("down@{spot}"),
            Self::Remove(spot) => format!("remove@{spot}"),
        }
    }

    /// Reads the value of a button.
    pub fn parse(value: &str) -> Option<Self> {
        let (verb, spot) = value.split_once('@')?;
        let spot: Spot = spot.parse().ok()?;
        match verb {
            "add-page" => Some(Self::AddPage(spot)),
            "add-question" => Some(Self::AddQuestion(spot)),
            "add-list" => Some(Self::AddList(spot)),
            "add-declaration" => Some(Self::AddDeclaration),
            "up" => Some(Self::Move(spot, Way::Up)),
            "down" => Some(Self::Move(spot, Way::Down)),
            "remove" => Some(Self::Remove(spot)),
            _ => {
                let name = verb.strip_prefix("add-set-")?;
                Some(Self::AddSet(set(name)?.name.clone(), spot))
            }
        }
    }
}

/// Where a block stands: its page, its number there, and its number in that list when it is a list's question.
#[derive(Clone, Copy)]
struct At {
    page: usize,
    block: usize,
    field: Option<usize>,
}

impl Form {
    /// Does it, and says where to look then. An id that was used once (`used`: in this or an earlier version) is never given to anything
    /// else: answers are kept under it.
    ///
    /// # Errors
    /// Nothing was changed.
    pub fn edit(&mut self, edit: &Edit, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
        match edit {
            Edit::AddPage(after) => self.add_page(after, used),
            Edit::AddQuestion(beside) => self.add_question(beside, used),
            Edit::AddSet(name, beside) => self.add_set(name, beside, used),
            Edit::AddList(beside) => self.add_list(beside, used),
            Edit::AddDeclaration => self.add_declaration(used),
            Edit::Move(spot, way) => self.move_by(spot, *way).map(|()| spot.clone()),
            Edit::Remove(spot) => self.take_away(spot),
        }
    }

    /// Every id in use.
    pub fn ids(&self) -> BTreeSet<String> {
        self.things().into_iter().map(|(thing, _)| thing.spot().id().to_owned()).filter(|id| !id.is_empty()).collect()
    }

    fn free(&self, stem: &str, used: &BTreeSet<String>) -> Result<String, EditFault> {
        let own = self.ids();
        if own.len() >= MOST_THINGS {
            return Err(EditFault::TooMany { max: MOST_THINGS as u32 });
        }
        let ids = (1..).map(|n| format!("{stem}{n}"));
        ids.take(used.len() + own.len() + 1).find(|id| !own.contains(id) && !used.contains(id)).ok_or(EditFault::Gone)
    }

    fn at(&self, spot: &Spot) -> Option<At> {
        self.pages.iter().enumerate().find_map(|(page, on_page)| {
            on_page.blocks.iter().enumerate().find_map(|(block, what)| match (what, spot) {
                (Block::Field(field), Spot::Question(id)) if field.id == *id => Some(At { page, block, field: None }),
                (Block::Group(group), Spot::List(id)) if group.id == *id => Some(At { page, block, field: None }),
                (Block::Group(group), Spot::Question(id)) => {
                    let field = group.fields.iter().position(|field| field.id == *id)?;
                    Some(At { page, block, field: Some(field) })
                }
                (Block::Field(_) | Block::Group(_), _) => None,
            })
        })
    }

    fn page_at(&self, spot: &Spot) -> Option<usize> {
        match spot {
            Spot::Page(id) => self.pages.iter().position(|page| page.id == *id),
            Spot::List(_) | Spot::Question(_) => self.at(spot).map(|at| at.page),
            Spot::Form | Spot::Declaration(_) => self.pages.len().checked_sub(1),
        }
    }

    fn add_page(&mut self, after: &Spot, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
        let id = self.free("page", used)?;
        let place = self.page_at(after).map_or(self.pages.len(), |page| page + 1);
        self.pages.insert(place, Page::blank(id.clone()));
        Ok(Spot::Page(id))
    }

    fn add_question(&mut self, beside: &Spot, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
        let id = self.free("q", used)?;
        self.insert(beside, vec![Field::blank(id.clone())])?;
        Ok(Spot::Question(id))
    }

    fn add_set(&mut self, name: &str, beside: &Spot, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
        let set = set(name).ok_or(EditFault::Gone)?;
        let (mut taken, mut ids) = (used.clone(), Vec::new());
        for _ in 0..set.len() {
            let id = self.free("q", &taken)?;
            taken.insert(id.clone());
            ids.push(id);
        }
        self.insert(beside, set.fields(&ids).ok_or(EditFault::Gone)?)?;
        ids.into_iter().next().map(Spot::Question).ok_or(EditFault::Gone)
    }

    /// Into a page or list, or after a question.
    fn insert(&mut self, beside: &Spot, fields: Vec<Field>) -> Result<(), EditFault> {
        if let Spot::List(list) = beside {
            self.group_mut(list).ok_or(EditFault::Gone)?.fields.extend(fields);
            return Ok(());
        }
        let blocks = |fields: Vec<Field>| fields.into_iter().map(Block::Field);
        match self.at(beside) {
            Some(At { page, block, field: Some(n) }) => match self.pages[page].blocks.get_mut(block) {
                Some(Block::Group(group)) => _ = group.fields.splice(n + 1..n + 1, fields),
                Some(Block::Field(_)) | None => return Err(EditFault::Gone),
            },
            Some(At { page, block, field: None }) => {
                _ = self.pages[page].blocks.splice(block + 1..block + 1, blocks(fields));
            }
            None => {
                let page = self.page_at(beside).ok_or(EditFault::Gone)?;
                self.pages[page].blocks.extend(blocks(fields));
            }
        }
        Ok(())
    }

    fn add_list(&mut self, beside: &Spot, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
        let id = self.free("list", used)?;
        let mut with_it = used.clone();
        with_it.insert(id.clone());
        let group = Group::blank(id.clone(), Field::blank(self.free("q", &with_it)?));
        let page = self.page_at(beside).ok_or(EditFault::Gone)?;
        let place = self.at(beside).map_or(self.pages[page].blocks.len(), |at| at.block + 1);
        self.pages[page].blocks.insert(place, Block::Group(group));
        Ok(Spot::List(id))
    }

    fn add_declaration(&mut self, used: &BTreeSet<String>) -> Result<Spot, EditFault> {
        let id = self.free("declaration", used)?;
        let (text, hint) = (String::new(), String::new());
        let blank =
            Declaration { id: id.clone(), text_en: text.clone(), text, hint_en: hint.clone(), hint, required: true, when: None };
        self.declarations.push(blank);
        Ok(Spot::Declaration(id))
    }

    fn move_by(&mut self, spot: &Spot, way: Way) -> Result<(), EditFault> {
        match spot {
            Spot::Form => Err(EditFault::AtTheEnd),
            Spot::Page(id) => {
                let n = self.pages.iter().position(|page| page.id == *id).ok_or(EditFault::Gone)?;
                swap(&mut self.pages, n, way)
            }
            Spot::Declaration(id) => {
                let n = self.declarations.iter().position(|d| d.id == *id).ok_or(EditFault::Gone)?;
                swap(&mut self.declarations, n, way)
            }
            Spot::List(_) | Spot::Question(_) => {
                let At { page, block, field } = self.at(spot).ok_or(EditFault::Gone)?;
                match (field, self.pages[page].blocks.get_mut(block)) {
                    (Some(n), Some(Block::Group(group))) => swap(&mut group.fields, n, way),
                    (Some(_) | None, _) => self.move_block(page, block, way),
                }
            }
        }
    }

    /// Past its neighbour; at the end of its page, into the next one.
    fn move_block(&mut self, page: usize, block: usize, way: Way) -> Result<(), EditFault> {
        if swap(&mut self.pages[page].blocks, block, way).is_ok() {
            return Ok(());
        }
        let next = neighbour(page, way).filter(|next| *next < self.pages.len()).ok_or(EditFault::AtTheEnd)?;
        let moved = self.pages[page].blocks.remove(block);
        match way {
            Way::Up => self.pages[next].blocks.push(moved),
            Way::Down => self.pages[next].blocks.insert(0, moved),
        }
        Ok(())
    }

    fn take_away(&mut self, spot: &Spot) -> Result<Spot, EditFault> {
        let thing = self.thing(spot).filter(|thing| !matches!(thing, Thing::Form(_))).ok_or(EditFault::Gone)?;
        let inside = within(thing);
        let rests = |other: &Thing<'_>| !inside.contains(&other.spot());
        let ids: BTreeSet<&str> = inside.iter().map(Spot::id).collect();
        let by: Vec<String> = self.naming(&ids).into_iter().filter(rests).map(|other| other.name(false).to_owned()).collect();
        if !by.is_empty() {
            return Err(EditFault::Needed { by });
        }
        let next = match spot {
            Spot::Form | Spot::Page(_) | Spot::Declaration(_) => Spot::Form,
            Spot::List(_) | Spot::Question(_) => {
                let page = self.at(spot).and_then(|at| self.pages.get(at.page));
                page.map_or(Spot::Form, |page| Spot::Page(page.id.clone()))
            }
        };
        self.pages.retain(|page| *spot != Spot::Page(page.id.clone()));
        self.declarations.retain(|declaration| *spot != Spot::Declaration(declaration.id.clone()));
        for page in &mut self.pages {
            page.blocks.retain(|block| match block {
                Block::Field(field) => *spot != Spot::Question(field.id.clone()),
                Block::Group(group) => *spot != Spot::List(group.id.clone()),
            });
            for block in &mut page.blocks {
                if let Block::Group(group) = block {
                    group.fields.retain(|field| *spot != Spot::Question(field.id.clone()));
                }
            }
        }
        Ok(next)
    }
}

/// The thing and everything in it.
fn within(thing: Thing<'_>) -> BTreeSet<Spot> {
    let question = |field: &Field| Spot::Question(field.id.clone());
    let mut inside = BTreeSet::from([thing.spot()]);
    match thing {
        Thing::Page(page) => {
            inside.extend(page.groups().map(|group| Spot::List(group.id.clone())));
            inside.extend(page.places().map(|place| question(place.field)));
        }
        Thing::List(group) => inside.extend(group.fields.iter().map(question)),
        Thing::Form(_) | Thing::Question(_) | Thing::Declaration(_) => {}
    }
    inside
}

fn neighbour(n: usize, way: Way) -> Option<usize> {
    match way {
        Way::Up => n.checked_sub(1),
        Way::Down => n.checked_add(1),
    }
}

fn swap<T>(list: &mut [T], n: usize, way: Way) -> Result<(), EditFault> {
    let other = neighbour(n, way).filter(|other| *other < list.len()).ok_or(EditFault::AtTheEnd)?;
    list.swap(n, other);
    Ok(())
}

impl Field {
    /// A question nobody has worded yet.
    pub(super) fn blank(id: String) -> Self {
        let none = String::new;
        Self {
            id,
            label: none(),
            label_en: none(),
            hint: none(),
            hint_en: none(),
            kind: Kind::Text { max: 50 },
            optional: false,
            when: None,
            sensitive: false,
            prefill: None,
            checks: Vec::new(),
            chars: None,
            autocomplete: none(),
            inputmode: none(),
            material: None,
        }
    }
}

impl Criterion {
    /// A condition nobody has worded yet.
    pub(super) fn blank() -> Self {
        let none = String::new;
        Self {
            name: none(),
            name_en: none(),
            that: Expr::nought(),
            message: none(),
            message_en: none(),
            law: none(),
            law_en: none(),
            weight: Weight::Advice,
            instead: None,
        }
    }
}

impl Page {
    fn blank(id: String) -> Self {
        let none = String::new;
        Self {
            id,
            title: none(),
            title_en: none(),
            heading: none(),
            heading_en: none(),
            lead: none(),
            lead_en: none(),
            when: None,
            blocks: Vec::new(),
        }
    }
}

impl Group {
    fn blank(id: String, first: Field) -> Self {
        let none = String::new;
        Self {
            id,
            label: none(),
            label_en: none(),
            legend: "第 {n} 项".into(),
            legend_en: none(),
            noun: "项".into(),
            noun_en: none(),
            min: 0,
            max: MOST_ROWS.min(20) as u32,
            when: None,
            fields: vec![first],
            checks: Vec::new(),
            add_label: "再加一项".into(),
            add_label_en: none(),
        }
    }
}
