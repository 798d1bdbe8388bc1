//! The catalogue in English. Names and summaries are an item's own and stand beside the Chinese ones; every other phrase is said once
//! in `english.json`, because the same words stand in many items. What heads a guide is filled in beside the Chinese; its body is put
//! into English when somebody asks for it, so that no page carries both.

use std::collections::BTreeMap;

use super::{Basis, Bundle, Catalogue, FeeLine, Item, Material};

/// Chinese phrases with their English.
pub type Phrases = BTreeMap<String, String>;

impl Catalogue {
    /// Fills in the English of everything that has none of its own. A phrase that is not known stays Chinese.
    pub(super) fn translate(&mut self) {
        self.items.iter_mut().for_each(|item| of_item(item, &self.english));
        self.bundles.iter_mut().for_each(|bundle| of_bundle(bundle, &self.english));
    }
}

fn fill(target: &mut String, chinese: &str, phrases: &Phrases) {
    if target.is_empty()
        && let Some(phrase) = phrases.get(chinese)
    {
        target.clone_from(phrase);
    }
}

fn of_item(item: &mut Item, phrases: &Phrases) {
    item.situations.iter_mut().for_each(|s| fill(&mut s.name_en, &s.name, phrases));
    fill(&mut item.fee.short_en, &item.fee.short, phrases);
    fill(&mut item.result.name_en, &item.result.name, phrases);
    fill(&mut item.result.validity_en, item.result.validity.as_deref().unwrap_or_default(), phrases);
    fill(&mut item.visit_reason_en, item.visit_reason.as_deref().unwrap_or_default(), phrases);
}

fn of_bundle(bundle: &mut Bundle, phrases: &Phrases) {
    bundle.members.iter_mut().for_each(|m| fill(&mut m.name_en, &m.name, phrases));
    fill(&mut bundle.lead_en, &bundle.lead, phrases);
    fill(&mut bundle.note_en, bundle.note.as_deref().unwrap_or_default(), phrases);
}

impl Item {
    /// The phrases of the guide's body that have English, out of a dictionary.
    #[must_use]
    pub fn phrases(&self, dictionary: &Phrases) -> Phrases {
        let mut found = Phrases::new();
        let known = |text: &mut String| found.extend(dictionary.get(text).map(|phrase| (text.clone(), phrase.clone())));
        self.clone().body(known);
        found
    }

    /// The guide with its body in English; a phrase that is not known stays Chinese.
    #[must_use]
    pub fn in_english(mut self, phrases: &Phrases) -> Self {
        self.body(|text| {
            if let Some(phrase) = phrases.get(text) {
                text.clone_from(phrase);
            }
        });
        self
    }

    /// Every text of the guide that has no English beside it.
    pub(super) fn body(&mut self, mut each: impl FnMut(&mut String)) {
        for Basis { title, document, article, local: _ } in &mut self.basis {
            [Some(title), document.as_mut(), article.as_mut()].into_iter().flatten().for_each(&mut each);
        }
        for Material { name, note, how, waived, .. } in &mut self.materials {
            [Some(name), note.as_mut(), how.as_mut(), waived.as_mut()].into_iter().flatten().for_each(&mut each);
        }
        for FeeLine { name, standard, basis, reduction, fen: _ } in &mut self.fee.lines {
            [Some(name), Some(standard), Some(basis), reduction.as_mut()].into_iter().flatten().for_each(&mut each);
        }
        self.steps.iter_mut().flat_map(|step| [&mut step.name, &mut step.says]).for_each(&mut each);
        self.questions.iter_mut().flat_map(|asked| [&mut asked.q, &mut asked.a]).for_each(&mut each);
        self.conditions.iter_mut().chain(&mut self.special).for_each(&mut each);
        [&mut self.place, &mut self.result.delivery, &mut self.statutory.source].into_iter().for_each(&mut each);
        let more = [&mut self.statutory.extension, &mut self.received_by, &mut self.contact.ask_for, &mut self.fee.says];
        more.into_iter().flatten().for_each(each);
    }
}
