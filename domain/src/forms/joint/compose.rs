//! Making the joint form.

use super::rename::Names;
use super::{Facts, Joint, MATTERS, Matter, named, own};
use crate::catalogue::Bundle;
use crate::forms::expression::{Expr, Function, Node, Operator};
use crate::forms::form::{Block, Check, Declaration, Field, Form, Page};
use crate::forms::kind::{Choice, Kind, Shape};
use std::collections::BTreeMap;

/// Where it says which matters are wanted, and where the facts that several ask for stand.
const FIRST: &str = "matters";
const SHARED: &str = "shared";

/// The joint form of a bundle; `None` when there are fewer than two matters, which is no joint form.
pub fn join(bundle: &Bundle, matters: &[Matter<'_>]) -> Option<Joint> {
    if matters.len() < 2 {
        return None;
    }
    let facts = &bundle.facts;
    let sharing = sharing(facts, matters);
    let shared: BTreeMap<String, String> =
        sharing.iter().flat_map(|fact| fact.iter().map(|(matter, field)| (named(matter.code, &field.id), id_of(fact)))).collect();
    let names: Vec<Names<'_>> = matters.iter().map(|matter| Names { matter: *matter, facts, shared: &shared }).collect();
    let mut pages = vec![first(bundle, matters)];
    pages.extend(shared_pages(&sharing, &names));
    pages.extend(names.iter().flat_map(|names| own_pages(names)));
    let (declarations, promised) = declarations(&names);
    let form = Form {
        id: bundle.code.to_string(),
        title: bundle.name.clone(),
        title_en: bundle.name_en.clone(),
        material: None,
        situations: None,
        pages,
        eligibility: names.iter().flat_map(|names| names.criteria(&wanted(names.matter.code))).collect(),
        signatories: Vec::new(),
        declarations,
    };
    let matters = matters.iter().map(|m| (m.code.to_owned(), m.version)).collect();
    Some(Joint { form, matters, shared, given: facts.given.clone(), promised })
}

/// Questions that ask for one fact, each with its matter.
type Fact<'a> = Vec<(Matter<'a>, &'a Field)>;

fn id_of(fact: &Fact<'_>) -> String {
    fact.first().map(|(matter, field)| own(matter.code, &field.id)).unwrap_or_default()
}

/// Every fact that at least two matters ask for.
fn sharing<'a>(facts: &Facts, matters: &[Matter<'a>]) -> Vec<Fact<'a>> {
    let mut found: Vec<Fact<'a>> = Vec::new();
    let said =
        |matter: &Matter<'_>, field: &Field| facts.same.iter().position(|same| same.contains(&named(matter.code, &field.id)));
    for matter in matters {
        for field in shareable(facts, matter) {
            let fact = found.iter_mut().find(|fact| {
                let Some((other, first)) = fact.first() else { return false };
                // one matter asks no fact twice
                let elsewhere = fact.iter().all(|(m, _)| m.code != matter.code);
                elsewhere
                    && match (said(other, first), said(matter, field)) {
                        (Some(a), Some(b)) => a == b && alike(first, field),
                        (None, None) => the_same(first, field),
                        (Some(_), None) | (None, Some(_)) => false,
                    }
            });
            match fact {
                Some(fact) => fact.push((*matter, field)),
                None => found.push(vec![(*matter, field)]),
            }
        }
    }
    found.retain(|fact| fact.len() > 1);
    found
}

/// Questions that are asked of everybody who wants this matter: only those can stand before all others.
fn shareable<'a>(facts: &Facts, matter: &Matter<'a>) -> Vec<&'a Field> {
    let (none, form) = (BTreeMap::new(), matter.form);
    let names = Names { matter: *matter, facts, shared: &none };
    let pages = form.pages.iter().filter(|page| names.condition(page.when.as_ref()) == Some(None));
    let alone = pages.flat_map(|page| page.blocks.iter()).filter_map(|block| match block {
        Block::Field(field) => Some(field),
        Block::Group(_) => None,
    });
    alone
        .filter(|field| names.given(&field.id).is_none() && names.condition(field.when.as_ref()) == Some(None))
        .filter(|field| field.kind.shape() != Shape::WorkedOut && field.kind.rules().all(|rule| rule.names().is_empty()))
        .collect()
}

/// Whether two questions that are said to ask for one fact can share a box.
fn alike(a: &Field, b: &Field) -> bool {
    let same_choice = a.kind.options().iter().map(|o| &o.value).eq(b.kind.options().iter().map(|o| &o.value));
    let same_kind = std::mem::discriminant(&a.kind) == std::mem::discriminant(&b.kind);
    a.optional == b.optional && same_kind && same_choice
}

/// Whether two questions ask for the same by themselves: out of one source, or for one paper.
fn the_same(a: &Field, b: &Field) -> bool {
    let source = |f: &Field| f.prefill.as_ref().map(|p| (p.source.clone(), p.fixed));
    let paper = a.material.is_some() && a.material == b.material;
    let fits = a.kind == b.kind || matches!((&a.kind, &b.kind), (Kind::Text { .. }, Kind::Text { .. }));
    a.optional == b.optional && fits && source(a) == source(b) && (source(a).is_some() || paper)
}

/// `has(matters, 'code')`
fn wanted(code: &str) -> Node {
    Node::Call(Function::Has, vec![Node::Name(MATTERS.into()), Node::Text(code.into())])
}

fn also(node: Node, when: Option<Expr>) -> Expr {
    Expr(match when {
        Some(Expr(when)) => Node::Binary(Operator::And, Box::new(node), Box::new(when)),
        None => node,
    })
}

/// Which matters are wanted.
fn first(bundle: &Bundle, matters: &[Matter<'_>]) -> Page {
    let options = matters
        .iter()
        .map(|m| Choice { value: m.code.into(), label: m.name.into(), label_en: m.name_en.into(), ..Choice::default() })
        .collect();
    let both = bundle.facts.either.iter().filter_map(|either| {
        let some: Vec<Node> = matters.iter().filter(|m| either.contains(m.code)).map(|m| wanted(m.code)).collect();
        let pairs = some.iter().enumerate().flat_map(|(n, a)| some.iter().skip(n + 1).map(move |b| (a.clone(), b.clone())));
        let both = pairs.map(|(a, b)| Node::Binary(Operator::And, Box::new(a), Box::new(b)));
        let any = both.reduce(|a, b| Node::Binary(Operator::Or, Box::new(a), Box::new(b)))?;
        let names =
            |of: fn(&Matter<'_>) -> String| matters.iter().filter(|m| either.contains(m.code)).map(of).collect::<Vec<_>>();
        Some(Check {
            that: Expr(Node::Not(Box::new(any))),
            message: format!("{}只能选一件", names(|m| format!("“{}”", m.name)).join("和")),
            message_en: format!("Choose one of {}", names(|m| format!("“{}”", m.name_en)).join(" and ")),
        })
    });
    let field = Field {
        label: "要办哪几件".into(),
        label_en: "What do you need?".into(),
        hint: "选几件都行。一样的内容只填一次，一样的材料只交一份。".into(),
        hint_en: "Choose any. What they have in common is asked once, and a paper they share is handed in once.".into(),
        checks: both.collect(),
        ..plain(MATTERS, Kind::Choices { options })
    };
    Page {
        heading: "您要办哪几件？".into(),
        heading_en: "What do you need?".into(),
        lead: bundle.summary.clone(),
        lead_en: bundle.summary_en.clone(),
        ..page(FIRST, "要办的事", "Matters", vec![Block::Field(field)])
    }
}

/// What several of them ask for, under the headings of the first that asks: a name alone would not say whose it is.
fn shared_pages(sharing: &[Fact<'_>], names: &[Names<'_>]) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for fact in sharing {
        let Some((matter, field)) = fact.first() else { continue };
        let (Some(place), Some(shared)) = (matter.form.place(&field.id), shared_field(fact, names)) else { continue };
        let id = format!("{SHARED}_{}", own(matter.code, &place.page.id));
        match pages.iter_mut().find(|page| page.id == id) {
            Some(page) => {
                page.when = page.when.take().zip(shared.when.clone()).map(|(one, other)| or(one, other));
                page.blocks.push(Block::Field(shared));
            }
            None => pages.push(Page {
                id,
                lead: "几件事都要用到，只填一次。".into(),
                lead_en: "Needed for several of them, and asked once.".into(),
                when: shared.when.clone(),
                blocks: vec![Block::Field(shared)],
                ..place.page.clone()
            }),
        }
    }
    pages
}

fn shared_field(fact: &Fact<'_>, names: &[Names<'_>]) -> Option<Field> {
    let of = |code: &str| names.iter().find(|names| names.matter.code == code);
    let (first, field) = fact.first()?;
    let mut shared = of(first.code)?.field(field)?;
    let wanting = fact.iter().map(|(matter, _)| wanted(matter.code));
    shared.when = wanting.reduce(|a, b| Node::Binary(Operator::Or, Box::new(a), Box::new(b))).map(Expr);
    // before the questions of the matters nothing is answered yet that could say whether a source fits
    shared.prefill.take_if(|prefill| prefill.when.is_some());
    shared.sensitive = fact.iter().any(|(_, field)| field.sensitive);
    shared.checks.clear();
    for (matter, field) in fact {
        for check in of(matter.code)?.checks(&field.checks) {
            // what one matter insists on does not bind who does not want it
            let not = Node::Not(Box::new(wanted(matter.code)));
            let that = Expr(Node::Binary(Operator::Or, Box::new(not), Box::new(check.that.0.clone())));
            shared.checks.push(Check { that, ..check });
        }
        if let (Kind::Text { max }, Kind::Text { max: less }) = (&mut shared.kind, &field.kind) {
            *max = (*max).min(*less);
        }
    }
    Some(shared)
}

/// The pages of one matter, without what stands elsewhere already.
fn own_pages(names: &Names<'_>) -> Vec<Page> {
    let code = names.matter.code;
    let shared = |field: &Field| names.shared.contains_key(&named(code, &field.id));
    let pages = names.matter.form.pages.iter().filter_map(|page| {
        let when = names.condition(page.when.as_ref())?;
        let blocks: Vec<Block> = page
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Field(field) if shared(field) => None,
                Block::Field(field) => names.field(field).map(Block::Field),
                Block::Group(group) => names.group(group).map(Block::Group),
            })
            .collect();
        (!blocks.is_empty()).then(|| Page {
            id: own(code, &page.id),
            title: format!("{}：{}", short(names.matter.name), page.title),
            title_en: if page.title_en.is_empty() {
                String::new()
            } else {
                format!("{}: {}", names.matter.name_en, page.title_en)
            },
            when: Some(also(wanted(code), when)),
            blocks,
            ..page.clone()
        })
    });
    pages.collect()
}

fn or(one: Expr, other: Expr) -> Expr {
    Expr(Node::Binary(Operator::Or, Box::new(one.0), Box::new(other.0)))
}

/// A matter's name as far as its first bracket: the task list is narrow.
fn short(name: &str) -> &str {
    name.split('（').next().unwrap_or(name)
}

/// Each sentence once, however many matters want it said.
fn declarations(names: &[Names<'_>]) -> (Vec<Declaration>, BTreeMap<String, String>) {
    let mut all: Vec<Declaration> = Vec::new();
    let mut promised = BTreeMap::new();
    for names in names {
        let (code, form) = (names.matter.code, names.matter.form);
        for declaration in &form.declarations {
            let Some(when) = names.condition(declaration.when.as_ref()).map(|when| also(wanted(code), when)) else { continue };
            match all.iter_mut().find(|d| d.text == declaration.text) {
                Some(same) => {
                    same.required |= declaration.required;
                    same.when = same.when.take().map(|one| or(one, when));
                    promised.insert(named(code, &declaration.id), same.id.clone());
                }
                None => all.push(Declaration { id: own(code, &declaration.id), when: Some(when), ..declaration.clone() }),
            }
        }
    }
    (all, promised)
}

fn page(id: &str, title: &str, title_en: &str, blocks: Vec<Block>) -> Page {
    Page {
        id: id.into(),
        title: title.into(),
        title_en: title_en.into(),
        heading: String::new(),
        heading_en: String::new(),
        lead: String::new(),
        lead_en: String::new(),
        when: None,
        blocks,
    }
}

fn plain(id: &str, kind: Kind) -> Field {
    Field {
        id: id.into(),
        label: String::new(),
        label_en: String::new(),
        hint: String::new(),
        hint_en: String::new(),
        kind,
        optional: false,
        when: None,
        sensitive: false,
        prefill: None,
        checks: Vec::new(),
        chars: None,
        autocomplete: String::new(),
        inputmode: String::new(),
        material: None,
    }
}
