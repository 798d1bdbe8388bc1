//! What is different between two versions of a form, for whoever builds or reviews it.

use super::properties::properties;
use super::sheets::sheet;
use super::spot::{Spot, Thing};
use crate::forms::form::Form;
use crate::forms::summary::{Shown, SummaryEntry, summary};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that is different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub spot: Spot,
    /// What it is called, in the version that has it.
    pub name: String,
    pub name_en: String,
    pub what: What,
}

/// How.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    Added,
    Removed,
    /// It stands elsewhere: in another page or list, or in another order.
    Moved,
    /// A property, by what its sheet calls it; nothing where it said nothing.
    Changed {
        property: String,
        property_en: String,
        from: Option<Shown>,
        to: Option<Shown>,
    },
}

/// Everything that is different, in the order of the new version; what is gone comes last.
pub fn differences(old: &Form, new: &Form, today: NaiveDate) -> Vec<Difference> {
    let (before, after) = (above(old), above(new));
    let moved = moved(old, new);
    let mut found = Vec::new();
    let told = |thing: Thing<'_>, what| Difference {
        spot: thing.spot(),
        name: thing.name(false).to_owned(),
        name_en: thing.name(true).to_owned(),
        what,
    };
    for (thing, place) in new.things() {
        let spot = thing.spot();
        let Some(was) = before.get(&spot) else {
            found.push(told(thing, What::Added));
            continue;
        };
        if *was != place || moved.contains(&spot) {
            found.push(told(thing, What::Moved));
        }
        found.extend(changed(old, new, &spot, today).into_iter().map(|what| told(thing, what)));
    }
    let gone = old.things().into_iter().map(|(thing, _)| thing).filter(|thing| !after.contains_key(&thing.spot()));
    found.extend(gone.map(|thing| told(thing, What::Removed)));
    found
}

/// What each thing stands in.
fn above(form: &Form) -> BTreeMap<Spot, Option<Spot>> {
    form.things().into_iter().map(|(thing, above)| (thing.spot(), above)).collect()
}

/// What stands in the same page or list as before, but in another order: of those that both versions have there, all but the most
/// that kept theirs.
fn moved(old: &Form, new: &Form) -> BTreeSet<Spot> {
    let order = |form: &Form| {
        let mut inside: BTreeMap<Option<Spot>, Vec<Spot>> = BTreeMap::new();
        for (thing, above) in form.things() {
            inside.entry(above).or_default().push(thing.spot());
        }
        inside
    };
    let (before, mut moved) = (order(old), BTreeSet::new());
    for (above, spots) in order(new) {
        let Some(was) = before.get(&above) else { continue };
        let both = spots.into_iter().filter_map(|spot| Some((was.iter().position(|other| *other == spot)?, spot)));
        moved.extend(out_of_order(both.collect()));
    }
    moved
}

/// Those outside a longest run of growing numbers.
fn out_of_order(numbered: Vec<(usize, Spot)>) -> Vec<Spot> {
    // for each: the longest run that ends with it, and what comes before it in that run
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbered.len());
    for (n, (number, _)) in numbered.iter().enumerate() {
        let before = (0..n).filter(|m| numbered[*m].0 < *number).max_by_key(|m| best[*m].0);
        best.push((before.map_or(1, |m| best[m].0 + 1), before));
    }
    let mut kept = BTreeSet::new();
    let mut last = (0..best.len()).max_by_key(|n| best[*n].0);
    while let Some(n) = last {
        kept.insert(n);
        last = best[n].1;
    }
    numbered.into_iter().enumerate().filter(|(n, _)| !kept.contains(n)).map(|(_, (_, spot))| spot).collect()
}

fn changed(old: &Form, new: &Form, spot: &Spot, today: NaiveDate) -> Vec<What> {
    let (Some(sheet), Some(was), Some(is)) = (sheet(spot), properties(old, spot), properties(new, spot)) else {
        return Vec::new();
    };
    if was == is {
        return Vec::new();
    }
    let shown = |answers| {
        let entries = summary(sheet, answers, today).into_iter().flat_map(|page| page.entries);
        entries.map(|entry| (entry.key.clone(), entry)).collect::<BTreeMap<_, _>>()
    };
    let (was, is) = (shown(&was), shown(&is));
    let keys: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let told = |entry: Option<&SummaryEntry>| entry.map(|e| e.shown.clone()).filter(|shown| *shown != Shown::Missing);
    keys.into_iter()
        .filter_map(|key| {
            let (from, to) = (was.get(key), is.get(key));
            let named = to.or(from)?;
            let (from, to) = (told(from), told(to));
            (from != to).then(|| What::Changed { property: named.label.clone(), property_en: named.label_en.clone(), from, to })
        })
        .collect()
}
