//! The JSON Schema (2020-12) of a form as it is exported and taken in, for whoever writes or checks one with a tool of their own.

use super::edit::MOST_THINGS;
use crate::forms::MOST_ROWS;
use crate::forms::kind::{FileType, Kind};
use crate::forms::listed;
use crate::identity::numbers::Document;
use serde_json::{Map, Value, json};

/// The schema. It says what may stand where; what only a look at the whole can tell (ids used twice, a condition that looks ahead) is told
/// when the form is taken in.
pub fn document_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "通办表单",
        "description": "A form: pages of questions. Texts come in Chinese; what ends in _en is the same in English. Conditions are expressions, such as situation = 'new' and count(staff) > 0.",
        "$ref": "#/$defs/form",
        "$defs": {
            "id": { "type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": 60 },
            "text": { "type": "string" },
            "expression": { "type": "string", "maxLength": 2000 },
            "form": object(&["id", "title", "pages"], json!({
                "id": { "$ref": "#/$defs/text" },
                "title": { "$ref": "#/$defs/text" },
                "title_en": { "$ref": "#/$defs/text" },
                "material": { "$ref": "#/$defs/text" },
                "situations": { "$ref": "#/$defs/id" },
                "pages": { "type": "array", "maxItems": MOST_THINGS, "items": { "$ref": "#/$defs/page" } },
                "eligibility": { "type": "array", "items": { "$ref": "#/$defs/criterion" } },
                "declarations": { "type": "array", "items": { "$ref": "#/$defs/declaration" } },
                "signatories": { "type": "array", "items": { "$ref": "#/$defs/signatory" } },
            })),
            "signatory": object(&["id", "who", "confirms"], json!({
                "id": { "$ref": "#/$defs/id" },
                "who": { "oneOf": [
                    { "enum": ["legal_representative"] },
                    object(&["named"], json!({ "named": object(&["name", "number"], json!({
                        "name": { "$ref": "#/$defs/id" },
                        "number": { "$ref": "#/$defs/id" },
                    })) })),
                ] },
                "when": { "$ref": "#/$defs/expression" },
                "confirms": { "$ref": "#/$defs/text" },
                "confirms_en": { "$ref": "#/$defs/text" },
            })),
            "page": object(&["id", "title", "heading", "blocks"], json!({
                "id": { "$ref": "#/$defs/id" },
                "title": { "$ref": "#/$defs/text" },
                "title_en": { "$ref": "#/$defs/text" },
                "heading": { "$ref": "#/$defs/text" },
                "heading_en": { "$ref": "#/$defs/text" },
                "lead": { "$ref": "#/$defs/text" },
                "lead_en": { "$ref": "#/$defs/text" },
                "when": { "$ref": "#/$defs/expression" },
                "blocks": { "type": "array", "items": { "oneOf": [
                    object(&["field"], json!({ "field": { "$ref": "#/$defs/field" } })),
                    object(&["group"], json!({ "group": { "$ref": "#/$defs/group" } })),
                ] } },
            })),
            "group": object(&["id", "label", "legend", "noun", "max", "fields", "add_label"], json!({
                "id": { "$ref": "#/$defs/id" },
                "label": { "$ref": "#/$defs/text" },
                "label_en": { "$ref": "#/$defs/text" },
                "legend": { "$ref": "#/$defs/text" },
                "legend_en": { "$ref": "#/$defs/text" },
                "noun": { "$ref": "#/$defs/text" },
                "noun_en": { "$ref": "#/$defs/text" },
                "min": { "type": "integer", "minimum": 0 },
                "max": { "type": "integer", "minimum": 1, "maximum": MOST_ROWS },
                "when": { "$ref": "#/$defs/expression" },
                "fields": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/field" } },
                "checks": { "type": "array", "items": { "$ref": "#/$defs/check" } },
                "add_label": { "$ref": "#/$defs/text" },
                "add_label_en": { "$ref": "#/$defs/text" },
            })),
            "field": object(&["id", "label", "kind"], json!({
                "id": { "$ref": "#/$defs/id" },
                "label": { "$ref": "#/$defs/text" },
                "label_en": { "$ref": "#/$defs/text" },
                "hint": { "$ref": "#/$defs/text" },
                "hint_en": { "$ref": "#/$defs/text" },
                "kind": kinds(),
                "optional": { "type": "boolean" },
                "when": { "$ref": "#/$defs/expression" },
                "sensitive": { "type": "boolean" },
                "prefill": object(&["source"], json!({
                    "source": { "$ref": "#/$defs/text" },
                    "fixed": { "type": "boolean" },
                    "when": { "$ref": "#/$defs/expression" },
                })),
                "checks": { "type": "array", "items": { "$ref": "#/$defs/check" } },
                "chars": { "enum": [4, 8, 12, 20] },
                "autocomplete": { "$ref": "#/$defs/text" },
                "inputmode": { "$ref": "#/$defs/text" },
                "material": { "$ref": "#/$defs/text" },
            })),
            "check": object(&["that", "message"], json!({
                "that": { "$ref": "#/$defs/expression" },
                "message": { "$ref": "#/$defs/text" },
                "message_en": { "$ref": "#/$defs/text" },
            })),
            "criterion": object(&["name", "that", "message", "law"], json!({
                "name": { "$ref": "#/$defs/text" },
                "name_en": { "$ref": "#/$defs/text" },
                "that": { "$ref": "#/$defs/expression" },
                "message": { "$ref": "#/$defs/text" },
                "message_en": { "$ref": "#/$defs/text" },
                "law": { "$ref": "#/$defs/text" },
                "law_en": { "$ref": "#/$defs/text" },
                "weight": { "enum": ["bar", "advice"] },
                "instead": object(&["item", "says"], json!({
                    "item": { "$ref": "#/$defs/text" },
                    "says": { "$ref": "#/$defs/text" },
                    "says_en": { "$ref": "#/$defs/text" },
                })),
            })),
            "declaration": object(&["id", "text", "required"], json!({
                "id": { "$ref": "#/$defs/id" },
                "text": { "$ref": "#/$defs/text" },
                "text_en": { "$ref": "#/$defs/text" },
                "hint": { "$ref": "#/$defs/text" },
                "hint_en": { "$ref": "#/$defs/text" },
                "required": { "type": "boolean" },
            })),
            "option": object(&["value", "label"], json!({
                "value": { "$ref": "#/$defs/text" },
                "label": { "$ref": "#/$defs/text" },
                "label_en": { "$ref": "#/$defs/text" },
                "hint": { "$ref": "#/$defs/text" },
                "hint_en": { "$ref": "#/$defs/text" },
            })),
        },
    })
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
}

/// Kinds without anything of their own are their name; the others an object with one key.
fn kinds() -> Value {
    let (mut plain, mut shaped) = (Vec::new(), Vec::new());
    for name in Kind::names() {
        match of_kind(name) {
            None => plain.push(*name),
            Some((required, properties)) => {
                let mut one = Map::new();
                one.insert((*name).to_owned(), object(required, properties));
                shaped.push(object(&[name], Value::Object(one)));
            }
        }
    }
    shaped.insert(0, json!({ "enum": plain }));
    json!({ "oneOf": shaped })
}

fn of_kind(name: &str) -> Option<(&'static [&'static str], Value)> {
    let whole = || json!({ "type": ["integer", "null"] });
    let rule = || json!({ "anyOf": [{ "$ref": "#/$defs/expression" }, { "type": "null" }] });
    Some(match name {
        "text" | "long_text" => (&["max"], json!({ "max": { "type": "integer", "minimum": 1 } })),
        "number" => (
            &[],
            json!({
                "min": whole(), "max": whole(), "unit": { "type": "string" }, "unit_en": { "type": "string" },
                "decimals": { "type": "integer", "minimum": 0, "maximum": 4 },
            }),
        ),
        "money" => (&[], json!({ "min": whole(), "max": whole() })),
        "date" => (&[], json!({ "earliest": rule(), "latest": rule() })),
        "choice" | "choices" => {
            (&["options"], json!({ "options": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/option" } } }))
        }
        "files" => {
            let types: Vec<String> = FileType::ALL.iter().map(|t| t.name().to_lowercase()).collect();
            let whole = |least: u8| json!({ "type": "integer", "minimum": least });
            (
                &["max", "max_bytes", "accept"],
                json!({
                    "min": whole(0), "max": whole(1), "max_bytes": whole(1), "camera": { "type": "boolean" },
                    "accept": { "type": "array", "minItems": 1, "items": { "enum": types } },
                }),
            )
        }
        "identity_document" => {
            let documents: Vec<&str> = Document::ALL.iter().map(|d| d.key()).collect();
            (&["accept"], json!({ "accept": { "type": "array", "minItems": 1, "items": { "enum": documents } } }))
        }
        "listed" => {
            (&["list"], json!({ "list": { "enum": listed::NAMES }, "level": { "type": "integer", "minimum": 0, "maximum": 8 } }))
        }
        "certificate" => (&["type_code"], json!({ "type_code": { "type": "string" } })),
        "computed" => (&["value"], json!({ "value": { "$ref": "#/$defs/expression" } })),
        _ => return None,
    })
}
