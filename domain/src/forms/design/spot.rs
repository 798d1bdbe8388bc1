//! What a form is made of, by name.

use crate::forms::form::{Block, Declaration, Field, Form, Group, Page, in_language};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Something of a form that has properties. Written `form`, `page:who`, `list:staff`, `question:mobile`, `declaration:true`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Spot {
    Form,
    Page(String),
    List(String),
    Question(String),
    Declaration(String),
}

/// The thing itself.
#[derive(Clone, Copy, Debug)]
pub enum Thing<'a> {
    Form(&'a Form),
    Page(&'a Page),
    List(&'a Group),
    Question(&'a Field),
    Declaration(&'a Declaration),
}

impl Spot {
    /// The stable id; empty for the form as a whole.
    pub fn id(&self) -> &str {
        match self {
            Self::Form => "",
            Self::Page(id) | Self::List(id) | Self::Question(id) | Self::Declaration(id) => id,
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form => f.write_str("form"),
            Self::Page(id) => write!(f, "page:{id}"),
            Self::List(id) => write!(f, "list:{id}"),
            Self::Question(id) => write!(f, "question:{id}"),
            Self::Declaration(id) => write!(f, "declaration:{id}"),
        }
    }
}

/// A text that names nothing a form could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSpot;

impl fmt::Display for NoSpot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no page, list, question or declaration")
    }
}

impl FromStr for Spot {
    type Err = NoSpot;

    fn from_str(text: &str) -> Result<Self, NoSpot> {
        if text == "form" {
            return Ok(Self::Form);
        }
        match text.split_once(':').filter(|(_, id)| !id.is_empty()).map(|(what, id)| (what, id.to_owned())) {
            Some(("page", id)) => Ok(Self::Page(id)),
            Some(("list", id)) => Ok(Self::List(id)),
            Some(("question", id)) => Ok(Self::Question(id)),
            Some(("declaration", id)) => Ok(Self::Declaration(id)),
            Some(_) | None => Err(NoSpot),
        }
    }
}

impl TryFrom<String> for Spot {
    type Error = NoSpot;

    fn try_from(text: String) -> Result<Self, NoSpot> {
        text.parse()
    }
}

impl From<Spot> for String {
    fn from(spot: Spot) -> Self {
        spot.to_string()
    }
}

impl<'a> Thing<'a> {
    /// Where it is.
    pub fn spot(self) -> Spot {
        match self {
            Self::Form(_) => Spot::Form,
            Self::Page(page) => Spot::Page(page.id.clone()),
            Self::List(group) => Spot::List(group.id.clone()),
            Self::Question(field) => Spot::Question(field.id.clone()),
            Self::Declaration(declaration) => Spot::Declaration(declaration.id.clone()),
        }
    }

    /// What people call it.
    pub fn name(self, english: bool) -> &'a str {
        match self {
            Self::Form(form) => in_language(&form.title, &form.title_en, english),
            Self::Page(page) => in_language(&page.title, &page.title_en, english),
            Self::List(group) => in_language(&group.label, &group.label_en, english),
            Self::Question(field) => in_language(&field.label, &field.label_en, english),
            Self::Declaration(declaration) => in_language(&declaration.text, &declaration.text_en, english),
        }
    }
}

impl Form {
    /// Everything this form is made of, in the order it is read, with the page or list it stands in.
    pub fn things(&self) -> Vec<(Thing<'_>, Option<Spot>)> {
        let mut things = vec![(Thing::Form(self), None)];
        for page in &self.pages {
            things.push((Thing::Page(page), None));
            let in_page = || Some(Spot::Page(page.id.clone()));
            for block in &page.blocks {
                match block {
                    Block::Field(field) => things.push((Thing::Question(field), in_page())),
                    Block::Group(group) => {
                        things.push((Thing::List(group), in_page()));
                        let in_list = || Some(Spot::List(group.id.clone()));
                        things.extend(group.fields.iter().map(|field| (Thing::Question(field), in_list())));
                    }
                }
            }
        }
        things.extend(self.declarations.iter().map(|declaration| (Thing::Declaration(declaration), None)));
        things
    }

    /// What stands there.
    pub fn thing(&self, spot: &Spot) -> Option<Thing<'_>> {
        match spot {
            Spot::Form => Some(Thing::Form(self)),
            Spot::Page(id) => self.page(id).map(Thing::Page),
            Spot::List(id) => self.group(id).map(Thing::List),
            Spot::Question(id) => self.place(id).map(|place| Thing::Question(place.field)),
            Spot::Declaration(id) => self.declarations.iter().find(|d| d.id == *id).map(Thing::Declaration),
        }
    }

    pub(super) fn field_mut(&mut self, id: &str) -> Option<&mut Field> {
        self.pages.iter_mut().flat_map(|page| &mut page.blocks).find_map(|block| match block {
            Block::Field(field) => (field.id == id).then_some(field),
            Block::Group(group) => group.fields.iter_mut().find(|field| field.id == id),
        })
    }

    pub(super) fn group_mut(&mut self, id: &str) -> Option<&mut Group> {
        self.pages.iter_mut().flat_map(|page| &mut page.blocks).find_map(|block| match block {
            Block::Group(group) if group.id == id => Some(group),
            Block::Group(_) | Block::Field(_) => None,
        })
    }

    pub(super) fn page_mut(&mut self, id: &str) -> Option<&mut Page> {
        self.pages.iter_mut().find(|page| page.id == id)
    }
}
