//! A form on paper (办事表格下载), for whoever fills it in by hand and brings or posts it. Made from the form that is filled in online, so that
//! the two never ask for different things.

use crate::cases::Typesetter;
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use domain::Refusal;
use domain::forms::{Block, Expr, Field, Form, Kind, Place, Shape};
use domain::refusal::Thing;
use serde_json::{Value, json};

/// Version of the template.
const TEMPLATE: i64 = 1;
/// Entries of a list that are printed; whoever has more takes another sheet.
const MOST_ENTRIES: usize = 3;

/// An empty form as PDF.
pub struct BlankForm {
    pub pdf: Vec<u8>,
    pub file_name: String,
}

/// The form of an item, empty, in Chinese.
///
/// # Errors
/// No such item, or one without a form.
pub fn blank_form(ask: &Ask, code: &str, typesetter: &dyn Typesetter) -> Answer<BlankForm> {
    let procedure = ask.hall.published().procedure(code).ok_or_else(|| Fault::missing(Thing::Item))?;
    let item = &procedure.item;
    let form = procedure.form.as_ref().ok_or_else(|| Refusal::NotOnline { item: item.name.clone() })?;
    let facts = json!({
        "issuer": item.department,
        "title": form.material.as_ref().unwrap_or(&form.title),
        "item_name": item.name,
        "issued_on": ask.today(),
        "verify_url": format!("{}/items/{code}", ask.hall.settings().public_url),
        "blank": {
            "parts": form.pages.iter().map(|page| json!({
                "title": page.title,
                "when": when(form, page.when.as_ref()),
                "blocks": blocks(form, &page.blocks),
            })).collect::<Vec<_>>(),
            "papers": papers(form),
            "promises": form.declarations.iter().map(|d| d.text.clone()).collect::<Vec<_>>(),
        },
    });
    let pdf = typesetter.typeset("blank_form", TEMPLATE, &facts).map_err(Fault::broken)?;
    Ok(BlankForm { pdf, file_name: format!("{}（空白表）.pdf", item.name) })
}

/// Questions that follow each other make one block, a list another.
fn blocks(form: &Form, all: &[Block]) -> Vec<Value> {
    let mut blocks: Vec<Value> = Vec::new();
    let mut run: Vec<Value> = Vec::new();
    let plain = |asks: &mut Vec<Value>| (!asks.is_empty()).then(|| json!({ "asks": std::mem::take(asks) }));
    for block in all {
        match block {
            Block::Field(field) => run.extend(asked(form, field)),
            Block::Group(group) => {
                blocks.extend(plain(&mut run));
                let entries = (group.min as usize).max(2).min(group.max as usize).min(MOST_ENTRIES);
                blocks.push(json!({
                    "legends": (1..=entries).map(|n| group.legend_of(n, false)).collect::<Vec<_>>(),
                    "when": when(form, group.when.as_ref()),
                    "most": format!("{} {}", group.max, group.noun),
                    "asks": group.fields.iter().filter_map(|field| asked(form, field)).collect::<Vec<_>>(),
                }));
            }
        }
    }
    blocks.extend(plain(&mut run));
    blocks
}

/// A question on paper. What is uploaded stands among the papers, what is worked out is nobody's to write.
fn asked(form: &Form, field: &Field) -> Option<Value> {
    let (options, lines) = match &field.kind {
        Kind::YesNo => (vec!["是".to_owned(), "否".to_owned()], 1),
        kind if kind.shape() == Shape::Ticked => (kind.options().iter().map(|o| o.label.clone()).collect(), 1),
        Kind::LongText { .. } => (Vec::new(), 4),
        Kind::Address => (Vec::new(), 2),
        kind => match kind.shape() {
            Shape::Files | Shape::WorkedOut => return None,
            Shape::Line | Shape::Lines | Shape::Date | Shape::Ticked | Shape::Listed => (Vec::new(), 1),
        },
    };
    let unit = match field.kind.unit().0 {
        "" => String::new(),
        unit => format!("（{unit}）"),
    };
    // how a list on the screen is searched helps nobody with a pen
    let hint = if field.kind.shape() == Shape::Listed { "" } else { &field.hint };
    Some(json!({
        "label": format!("{}{unit}", field.label),
        "hint": hint,
        "when": when(form, field.when.as_ref()),
        "optional": field.optional,
        "options": options,
        "lines": lines,
    }))
}

fn when(form: &Form, rule: Option<&Expr>) -> String {
    rule.map(|rule| rule.explain(form)).unwrap_or_default()
}

/// What goes with it: every paper once, and when it is needed. A signature is written on the form itself.
fn papers(form: &Form) -> Vec<Value> {
    let mut found: Vec<Value> = Vec::new();
    let papers = form.places().filter(|place| place.field.kind.takes_files() && !matches!(place.field.kind, Kind::Signature));
    for Place { page, group, field } in papers {
        let rules = [page.when.as_ref(), group.and_then(|group| group.when.as_ref()), field.when.as_ref()];
        let rules: Vec<String> = rules.into_iter().flatten().map(|rule| rule.explain(form)).collect();
        let name = field.material.as_ref().unwrap_or(&field.label);
        let paper = json!({ "name": name, "when": rules.join("，并且"), "optional": field.optional });
        if !found.contains(&paper) {
            found.push(paper);
        }
    }
    found
}
