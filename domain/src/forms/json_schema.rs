//! A form's answers as a JSON Schema (2020-12), for programs that fill it in.
//!
//! The schema says what may be written where. Whether a question is asked, and whether the answers fit together, is the form's own
//! matter: ask `validate`. A complete object that follows the form also follows the schema.

use super::form::{Block, Field, Form, Group};
use super::kind::{Kind, Shape};
use serde_json::{Map, Value, json};

/// The schema of [`super::nested`] answers.
pub fn json_schema(form: &Form) -> Value {
    let mut properties = Map::new();
    for page in &form.pages {
        for block in &page.blocks {
            match block {
                Block::Field(field) => {
                    if let Some(schema) = of_field(field) {
                        properties.insert(field.id.clone(), schema);
                    }
                }
                Block::Group(group) => {
                    properties.insert(group.id.clone(), of_group(group));
                }
            }
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

fn of_group(group: &Group) -> Value {
    let mut properties = Map::new();
    for field in &group.fields {
        if let Some(schema) = of_field(field) {
            properties.insert(field.id.clone(), schema);
        }
    }
    json!({
        "title": group.label,
        "type": "array",
        "maxItems": group.max,
        "items": { "type": "object", "properties": properties, "additionalProperties": false },
    })
}

/// `None` for what is never written: uploads, certificates of the library, results.
fn of_field(field: &Field) -> Option<Value> {
    let mut schema = match &field.kind {
        Kind::Text { max } | Kind::LongText { max } => json!({ "type": "string", "maxLength": max }),
        Kind::Number { .. } | Kind::Money { .. } => json!({ "type": ["string", "number"] }),
        Kind::Date { .. } => json!({ "type": "string", "format": "date" }),
        Kind::Choice { options } => {
            json!({ "type": "string", "enum": options.iter().map(|o| &o.value).collect::<Vec<_>>() })
        }
        Kind::Choices { options } => json!({
            "type": "array",
            "uniqueItems": true,
            "items": { "type": "string", "enum": options.iter().map(|o| &o.value).collect::<Vec<_>>() },
        }),
        Kind::YesNo => json!({ "enum": ["yes", "no", true, false] }),
        kind if kind.takes_files() || kind.shape() == Shape::WorkedOut => return None,
        Kind::Email => json!({ "type": "string", "format": "email" }),
        _ => json!({ "type": "string" }),
    };
    let object = schema.as_object_mut()?;
    object.insert("title".to_owned(), field.label.clone().into());
    if !field.hint.is_empty() {
        object.insert("description".to_owned(), field.hint.clone().into());
    }
    Some(schema)
}
