//! The answers of one matter out of the joint answers.

use super::{Joint, MATTERS, named};
use crate::forms::answers::{Answers, key, split_key};
use crate::forms::form::Form;
use std::collections::BTreeMap;

impl Joint {
    /// The matters that are wanted, in the order of the bundle.
    pub fn wanted<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = (&'a str, i64)> {
        let wanted = answers.many(MATTERS);
        self.matters.iter().filter(|(code, _)| wanted.contains(code)).map(|(code, version)| (code.as_str(), *version))
    }

    /// What was answered, as the answers of this matter's own form. What was agreed to for another matter is not agreed to for it.
    pub fn part(&self, code: &str, form: &Form, joint: &Answers) -> Answers {
        let mut own = Answers::default();
        let mut fields: BTreeMap<String, &str> = BTreeMap::new();
        for place in form.places() {
            let id = place.field.id.as_str();
            match self.given.get(&named(code, id)) {
                Some(said) => own.set(id, said.clone()),
                None => fields.extend(self.place_of(code, id).map(|there| (there, id))),
            }
        }
        let here = |there: &str| {
            let (field, row) = split_key(there);
            fields.get(field).map(|id| key(id, row))
        };
        own.values.extend(joint.values.iter().filter_map(|(there, said)| Some((here(there)?, said.clone()))));
        own.files.extend(joint.files.iter().filter_map(|(there, files)| Some((here(there)?, files.clone()))));
        own.origins.extend(joint.origins.iter().filter_map(|(there, from)| Some((here(there)?, from.clone()))));
        for group in form.pages.iter().flat_map(|page| page.groups()) {
            let there = self.place_of(code, &group.id).unwrap_or_default();
            own.rows.extend(joint.rows.get(&there).map(|rows| (group.id.clone(), rows.clone())));
            own.spent.extend(joint.spent.get(&there).map(|spent| (group.id.clone(), *spent)));
        }
        let agreed = |id: &str| self.place_of(code, id).is_some_and(|there| joint.agreed.contains(&there));
        own.agreed = form.declarations.iter().map(|d| d.id.clone()).filter(|id| agreed(id)).collect();
        own
    }

    /// The other way: joint answers of whoever answered the forms of these matters one by one. Of a shared fact the first stands.
    pub fn whole<'a>(&self, parts: impl IntoIterator<Item = (&'a str, &'a Answers)>) -> Answers {
        let mut joint = Answers::default();
        let mut wanted = Vec::new();
        for (code, part) in parts {
            wanted.push(code.to_owned());
            let there = |here: &str| {
                let (field, row) = split_key(here);
                Some(key(&self.place_of(code, field)?, row))
            };
            for (here, said) in &part.values {
                if let Some(there) = there(here) {
                    joint.values.entry(there).or_insert_with(|| said.clone());
                }
            }
            for (here, files) in &part.files {
                if let Some(there) = there(here) {
                    joint.files.entry(there).or_insert_with(|| files.clone());
                }
            }
            for (here, from) in &part.origins {
                if let Some(there) = there(here) {
                    joint.origins.entry(there).or_insert_with(|| from.clone());
                }
            }
            joint.rows.extend(part.rows.iter().filter_map(|(id, rows)| Some((there(id)?, rows.clone()))));
            joint.spent.extend(part.spent.iter().filter_map(|(id, spent)| Some((there(id)?, *spent))));
            joint.agreed.extend(part.agreed.iter().filter_map(|id| there(id)));
        }
        joint.set_many(MATTERS, wanted);
        joint
    }
}
