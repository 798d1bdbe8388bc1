//! Who names whom in a form: what would break if something were taken away.

use super::spot::Thing;
use crate::forms::eligibility::Criterion;
use crate::forms::expression::Expr;
use crate::forms::form::{Check, Field, Form};
use crate::forms::message::{Piece, pieces};
use std::collections::BTreeSet;

impl Form {
    /// What names one of these ids in a rule, a message or as the situation.
    pub(super) fn naming(&self, ids: &BTreeSet<&str>) -> Vec<Thing<'_>> {
        let things = self.things().into_iter().map(|(thing, _)| thing);
        things.filter(|thing| names(*thing).iter().any(|name| ids.contains(name.as_str()))).collect()
    }
}

fn names(thing: Thing<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match thing {
        Thing::Form(form) => {
            found.extend(form.situations.clone());
            found.extend(form.eligibility.iter().flat_map(Criterion::names));
        }
        Thing::Page(page) => rule(page.when.as_ref(), &mut found),
        Thing::List(group) => {
            rule(group.when.as_ref(), &mut found);
            checks(&group.checks, &mut found);
        }
        Thing::Question(field) => question(field, &mut found),
        Thing::Declaration(declaration) => rule(declaration.when.as_ref(), &mut found),
    }
    found
}

fn question(field: &Field, found: &mut BTreeSet<String>) {
    rule(field.when.as_ref(), found);
    rule(field.prefill.as_ref().and_then(|prefill| prefill.when.as_ref()), found);
    checks(&field.checks, found);
    field.kind.rules().for_each(|expr| rule(Some(expr), found));
}

fn checks(checks: &[Check], found: &mut BTreeSet<String>) {
    for check in checks {
        rule(Some(&check.that), found);
        for text in [&check.message, &check.message_en] {
            for piece in pieces(text) {
                if let Piece::Value(inside) = piece {
                    rule(Expr::parse(inside).ok().as_ref(), found);
                }
            }
        }
    }
}

fn rule(expr: Option<&Expr>, found: &mut BTreeSet<String>) {
    found.extend(expr.into_iter().flat_map(Expr::names).map(str::to_owned));
}
