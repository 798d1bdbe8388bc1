//! Answers as a program writes them: one JSON object, lists of entries as arrays of objects.
//!
//! `{"shop_name": "某某面馆", "kinds": ["hot", "cold"], "staff": [{"staff_name": "王某"}]}`. Browsers send flat pairs instead; both
//! become [`Answers`] by the same [`super::absorb`], so that there is one way to read an answer.

use super::absorb::{OPEN, PAGE, absorb};
use super::answers::{Answers, MOST_ROWS, field_name, key, rows_name, split_key};
use super::form::{Block, Field, Form, Group};
use super::kind::{Kind, Shape};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// Something in the object that is no answer to this form. Nothing is dropped silently: one of these refuses the whole object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Where, as a JSON pointer (RFC 6901): `/answers/staff/0/staff_name`.
    pub pointer: String,
    pub why: Astray,
}

/// Why it is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Astray {
    /// The form asks nothing of this name here.
    Unknown,
    /// Uploads are attached, certificates come from the library, and results are worked out: none is written.
    NotWritten,
    /// One answer is text, a number, or true or false.
    NotOne,
    /// Several answers are an array of texts, each once.
    NotMany,
    /// A list is an array of objects.
    NotEntries,
    /// More entries than the list takes.
    TooManyEntries,
    /// A held fact that stands: it cannot be changed here.
    Fixed,
}

/// Takes the whole object in place of whatever was answered before. Uploads of `before` stay with their questions, and so do facts
/// that stand as we hold them; in a list, with the entry that has their number. An entry that is no longer there takes its uploads
/// along.
///
/// # Errors
/// Everything that is no answer to this form, at most 100 of them.
pub fn take_nested(form: &Form, given: &Map<String, Value>, before: &Answers, today: NaiveDate) -> Result<Answers, Vec<Stray>> {
    let mut reader = Reader { before, pairs: Vec::new(), stray: Vec::new() };
    let mut left: Vec<&str> = given.keys().map(String::as_str).collect();
    for block in form.pages.iter().flat_map(|page| &page.blocks) {
        let id = match block {
            Block::Field(field) => {
                reader.field(field, None, given.get(&field.id), "");
                &field.id
            }
            Block::Group(group) => {
                reader.group(group, given.get(&group.id));
                &group.id
            }
        };
        left.retain(|name| name != id);
    }
    for name in left {
        reader.astray("", name, Astray::Unknown);
    }
    if !reader.stray.is_empty() {
        reader.stray.truncate(100);
        return Err(reader.stray);
    }
    let mut answers = before.clone();
    for page in &form.pages {
        let mut pairs = reader.pairs.clone();
        pairs.push((PAGE.to_owned(), page.id.clone()));
        answers = absorb(form, page, &pairs, &answers, today).answers;
    }
    // uploads may hang on an entry that was drawn blank and never saved: when it is drawn no more, nobody would find them
    let mut files = std::mem::take(&mut answers.files);
    files.retain(|key, _| file_place(form, &answers, key).is_some());
    Ok(Answers { files, ..answers })
}

struct Reader<'a> {
    before: &'a Answers,
    pairs: Vec<(String, String)>,
    stray: Vec<Stray>,
}

impl Reader<'_> {
    fn astray(&mut self, at: &str, name: &str, why: Astray) {
        let name = name.replace('~', "~0").replace('/', "~1");
        self.stray.push(Stray { pointer: format!("/answers{at}/{name}"), why });
    }

    fn group(&mut self, group: &Group, given: Option<&Value>) {
        let entries = match given {
            None | Some(Value::Null) => &[][..],
            Some(Value::Array(entries)) => entries,
            Some(_) => return self.astray("", &group.id, Astray::NotEntries),
        };
        if entries.len() > (group.max as usize).min(MOST_ROWS) {
            return self.astray("", &group.id, Astray::TooManyEntries);
        }
        // entry n goes on in the row of the nth before it, which uploads know it by
        let mut rows = self.before.rows_to_show(group);
        rows.truncate(entries.len());
        while rows.len() < entries.len() {
            rows.push(self.before.next_row(&group.id, &rows));
        }
        self.pairs.push((rows_name(&group.id), rows.join(",")));
        for (n, (entry, row)) in entries.iter().zip(&rows).enumerate() {
            let Value::Object(entry) = entry else {
                self.astray(&format!("/{}", group.id), &n.to_string(), Astray::NotEntries);
                continue;
            };
            self.pairs.push((OPEN.to_owned(), format!("{}.{row}", group.id)));
            let at = format!("/{}/{n}", group.id);
            for field in &group.fields {
                self.field(field, Some(row), entry.get(&field.id), &at);
            }
            for name in entry.keys().filter(|name| group.fields.iter().all(|f| f.id != **name)) {
                self.astray(&at, name, Astray::Unknown);
            }
        }
    }

    fn field(&mut self, field: &Field, row: Option<&str>, given: Option<&Value>, at: &str) {
        let key = key(&field.id, row);
        let written = !matches!(field.kind.shape(), Shape::Files | Shape::WorkedOut);
        let given = given.filter(|value| !value.is_null());
        if !written {
            if given.is_some() {
                self.astray(at, &field.id, Astray::NotWritten);
            }
            return;
        }
        let fixed = field.stands(self.before, &key);
        let many = matches!(field.kind, Kind::Choices { .. });
        let values = match (given, many) {
            (None, _) => Some(Vec::new()),
            (Some(Value::Array(values)), true) => values.iter().map(one).collect(),
            (Some(value), false) => one(value).map(|value| vec![value]),
            (Some(_), true) => None,
        };
        let Some(values) = values else {
            return self.astray(at, &field.id, if many { Astray::NotMany } else { Astray::NotOne });
        };
        let twice = (1..values.len()).any(|n| values[n..].contains(&values[n - 1]));
        if twice || values.len() > field.kind.options().len().max(1) {
            return self.astray(at, &field.id, Astray::NotMany);
        }
        if fixed {
            if values.first().is_some_and(|v| v.trim() != self.before.one(&key)) {
                self.astray(at, &field.id, Astray::Fixed);
            }
            return;
        }
        let name = field_name(&key);
        if values.is_empty() {
            self.pairs.push((name.clone(), String::new()));
        }
        self.pairs.extend(values.into_iter().map(|value| (name.clone(), value)));
    }
}

fn one(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The answers as a program writes them. What [`take_nested`] takes comes out the same, but for text that was tidied.
pub fn nested(form: &Form, answers: &Answers) -> Map<String, Value> {
    let mut out = Map::new();
    for block in form.pages.iter().flat_map(|page| &page.blocks) {
        match block {
            Block::Field(field) => put(&mut out, field, answers, None),
            Block::Group(group) => {
                let entries: Vec<Value> = answers
                    .rows(&group.id)
                    .iter()
                    .map(|row| {
                        let mut entry = Map::new();
                        for field in &group.fields {
                            put(&mut entry, field, answers, Some(row));
                        }
                        Value::Object(entry)
                    })
                    .collect();
                if !entries.is_empty() {
                    out.insert(group.id.clone(), Value::Array(entries));
                }
            }
        }
    }
    out
}

fn put(out: &mut Map<String, Value>, field: &Field, answers: &Answers, row: Option<&str>) {
    let values = answers.many(&key(&field.id, row));
    let written = !matches!(field.kind.shape(), Shape::Files | Shape::WorkedOut);
    if values.is_empty() || !written {
        return;
    }
    let value = if matches!(field.kind, Kind::Choices { .. }) { values.into() } else { Value::from(values[0].clone()) };
    out.insert(field.id.clone(), value);
}

/// Where something of an application stands: `/answers/shop_name`, `/answers/staff/0/staff_name`, `/files/staff_card.1` (as
/// [`file_place`] writes it), `/declarations/truth`.
pub fn pointer(form: &Form, answers: &Answers, key: &str) -> String {
    let (field, row) = split_key(key);
    let Some(place) = form.place(field) else {
        let declared = form.declarations.iter().any(|declaration| declaration.id == key);
        return format!("/{}/{key}", if declared { "declarations" } else { "answers" });
    };
    if place.field.kind.takes_files() {
        return format!("/files/{}", file_place(form, answers, key).as_deref().unwrap_or(field));
    }
    match (place.group, row) {
        (Some(group), Some(row)) => {
            let n = answers.rows_to_show(group).iter().position(|r| r == row).unwrap_or_default();
            format!("/answers/{}/{n}/{field}", group.id)
        }
        _ => format!("/answers/{field}"),
    }
}

/// Where an upload belongs, as programs write it: `layout`, inside a list `staff_card.2` for the second entry. Inside, entries go by
/// the ids of their rows, which they keep when another is taken out. Nothing when no question of the form takes files there.
pub fn file_place(form: &Form, answers: &Answers, key: &str) -> Option<String> {
    let (field, row) = split_key(key);
    let place = form.place(field).filter(|place| place.field.kind.takes_files())?;
    match (place.group, row) {
        (None, None) => Some(field.to_owned()),
        (Some(group), Some(row)) => {
            let n = answers.rows_to_show(group).iter().position(|r| r == row)?;
            Some(format!("{field}.{}", n + 1))
        }
        (None, Some(_)) | (Some(_), None) => None,
    }
}

/// The key of what programs write as this place: the reverse of [`file_place`].
pub fn file_key(form: &Form, answers: &Answers, place: &str) -> Option<String> {
    let (field, n) = split_key(place);
    let group = form.place(field).filter(|place| place.field.kind.takes_files())?.group;
    match (group, n) {
        (None, None) => Some(field.to_owned()),
        (Some(group), Some(n)) => {
            let (_, row) = (1_usize..).zip(answers.rows_to_show(group)).find(|(number, _)| number.to_string() == n)?;
            Some(key(field, Some(&row)))
        }
        (None, Some(_)) | (Some(_), None) => None,
    }
}
