//! A form as it is published: pages of questions, kept as data (`data/procedures/*.form.json`).

use super::answers::Answers;
use super::eligibility::Criterion;
use super::expression::Expr;
use super::kind::Kind;
use super::signing::Signatory;
use serde::{Deserialize, Serialize};

/// A published form. It never changes once cases rest on it; a new version is a new form compared by [`super::compare`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Item id, for example `spjyxk`.
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title_en: String,
    /// Name of the material that this form, once filled in, is itself (申请书); nobody uploads it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<String>,
    /// The choice field whose answer is the situation (情形) of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situations: Option<String>,
    pub pages: Vec<Page>,
    /// 申请条件, as far as they follow from the answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eligibility: Vec<Criterion>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declarations: Vec<Declaration>,
    /// Who has to sign besides whoever hands it in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatories: Vec<Signatory>,
}

/// One page: one subject, as a person would tell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Stable; part of the page's address.
    pub id: String,
    /// Short name in the task list.
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title_en: String,
    /// The page's question, in large type.
    pub heading: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading_en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead_en: String,
    /// The page is asked only when this holds; it may name fields of earlier pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    pub blocks: Vec<Block>,
}

/// A question, or a list of entries with the same questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
// One of the two is much larger; forms hold dozens of blocks, so a box would cost more reading than it saves bytes.
#[allow(clippy::large_enum_variant)]
pub enum Block {
    Field(Field),
    Group(Group),
}

/// A repeating group: 第 1 位, 第 2 位 …
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable and unique among groups and fields; names the rows: `rows.{id}`.
    pub id: String,
    /// What the list is called in the summary.
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label_en: String,
    /// Legend of an entry, `{n}` is its number: `第 {n} 位`.
    pub legend: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legend_en: String,
    /// What one entry is: `位从业人员`.
    pub noun: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub noun_en: String,
    #[serde(default)]
    pub min: u32,
    pub max: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    pub fields: Vec<Field>,
    /// Checks over the whole list, for example `any(staff: manager)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Text of the add button, without the plus sign.
    pub add_label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub add_label_en: String,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Stable across versions and unique in the whole form: lower case letters, digits, `_`.
    pub id: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label_en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint_en: String,
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Asked only when this holds; it may name fields that stand earlier in the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// Sealed at rest and masked wherever it is shown back.
    #[serde(default, skip_serializing_if = "is_false")]
    pub sensitive: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefill: Option<Prefill>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Check>,
    /// Width of the box in characters: 4, 8, 12 or 20. `None`: the whole line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chars: Option<u8>,
    /// HTML autocomplete token; empty means `off`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub autocomplete: String,
    /// HTML inputmode; empty means what the kind suggests.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub inputmode: String,
    /// Name of the item's material that this field hands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub material: Option<String>,
}

/// Where an answer comes from when we hold it already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefill {
    /// `profile.name`, `profile.id_number`, `profile.mobile`, `organisation.name`, `organisation.code`,
    /// `organisation.legal_person`, `certificate.{type}.{fact}` …
    pub source: String,
    /// What the source says stands: the box is read only and a posted value is ignored.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fixed: bool,
    /// Taken only when this holds: my own name is the elder's name only when I apply for myself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
}

/// A rule of this form, with the sentence that is shown when it does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub that: Expr,
    /// What is wrong now and how to mend it. `{…}` holds an expression: `{birthday(elder_id_number, 80)}`.
    pub message: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub message_en: String,
}

/// A sentence to agree to before submitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    pub id: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text_en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint_en: String,
    pub required: bool,
    /// Asked for only when this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
}

// serde asks for a function that takes a reference
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !value
}

/// The English text when English is wanted and there is one, else the Chinese: names and forms are Chinese first.
pub fn in_language<'a>(zh: &'a str, en: &'a str, english: bool) -> &'a str {
    if english && !en.is_empty() { en } else { zh }
}

/// Where a field stands in its form.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub page: &'a Page,
    pub group: Option<&'a Group>,
    pub field: &'a Field,
}

impl Form {
    /// Reads a form as it is stored.
    ///
    /// # Errors
    /// When the text is not a form: unknown keys and expressions that do not parse are errors too.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Every field in the order it is asked, with its page and group.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.pages.iter().flat_map(Page::places)
    }

    pub fn place(&self, field: &str) -> Option<Place<'_>> {
        self.places().find(|p| p.field.id == field)
    }

    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|p| p.id == id)
    }

    pub fn group(&self, id: &str) -> Option<&Group> {
        self.pages.iter().flat_map(Page::groups).find(|g| g.id == id)
    }
}

impl Page {
    /// Fields of this page in the order they are asked.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.blocks.iter().flat_map(move |block| {
            let (group, fields) = match block {
                Block::Field(field) => (None, std::slice::from_ref(field)),
                Block::Group(group) => (Some(group), group.fields.as_slice()),
            };
            fields.iter().map(move |field| Place { page: self, group, field })
        })
    }

    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Field(_) => None,
            Block::Group(group) => Some(group),
        })
    }
}

impl Field {
    /// Whether the answer at this key stands as its source says: not to be changed, and not taken when it is posted.
    pub fn stands(&self, answers: &Answers, key: &str) -> bool {
        let source = answers.origins.get(key);
        self.prefill.as_ref().is_some_and(|prefill| prefill.fixed && source == Some(&prefill.source))
    }
}

impl Group {
    /// Legend of the nth entry, counted from 1.
    pub fn legend_of(&self, n: usize, english: bool) -> String {
        in_language(&self.legend, &self.legend_en, english).replace("{n}", &n.to_string())
    }
}
