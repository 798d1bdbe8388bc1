//! What many guides share, in English: situations, results, fees, matters of a bundle. Said once in `english.json`, because the same
//! words stand in many items; names and summaries are the item's own and stand beside the Chinese ones.

use std::collections::BTreeMap;

use super::{Bundle, Catalogue, Item};

/// Chinese phrases with their English.
pub(super) type English = BTreeMap<String, String>;

impl Catalogue {
    /// Fills in the English of everything that has none of its own. A phrase that is not known stays Chinese.
    pub(super) fn translate(&mut self, english: &English) {
        self.items.iter_mut().for_each(|item| of_item(item, english));
        self.bundles.iter_mut().for_each(|bundle| of_bundle(bundle, english));
    }
}

fn fill(target: &mut String, chinese: &str, english: &English) {
    if target.is_empty()
        && let Some(phrase) = english.get(chinese)
    {
        target.clone_from(phrase);
    }
}

fn of_item(item: &mut Item, english: &English) {
    item.situations.iter_mut().for_each(|s| fill(&mut s.name_en, &s.name, english));
    fill(&mut item.fee.short_en, &item.fee.short, english);
    fill(&mut item.result.name_en, &item.result.name, english);
    fill(&mut item.result.validity_en, item.result.validity.as_deref().unwrap_or_default(), english);
    fill(&mut item.visit_reason_en, item.visit_reason.as_deref().unwrap_or_default(), english);
}

fn of_bundle(bundle: &mut Bundle, english: &English) {
    bundle.members.iter_mut().for_each(|m| fill(&mut m.name_en, &m.name, english));
    fill(&mut bundle.lead_en, &bundle.lead, english);
    fill(&mut bundle.note_en, bundle.note.as_deref().unwrap_or_default(), english);
}
