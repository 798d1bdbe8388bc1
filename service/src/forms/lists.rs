//! Lists that questions are looked up in (`data/lists/*.tsv`, listed by `build.rs`).

use domain::forms::listed::{List, Listing, look_up, look_up_anew, look_up_posted};
use domain::forms::{Answers, Form};
use std::collections::BTreeMap;
use std::sync::LazyLock;

include!(concat!(env!("OUT_DIR"), "/lists.rs"));

/// Most entries offered at once: more are no help, a person types on.
const MOST: usize = 12;

/// Every list shipped. Read when somebody first looks something up; that each reads is told by a test.
static LISTS: LazyLock<BTreeMap<&str, List>> =
    LazyLock::new(|| SHIPPED.iter().filter_map(|(name, text)| Some((*name, List::parse(text).ok()?))).collect());

/// The list of that name.
pub(crate) fn list(name: &str) -> Option<&'static List> {
    LISTS.get(name)
}

/// Entries of a list that fit what was typed so far. A list nobody knows has none.
pub fn listing(name: &str, level: u8, typed: &str) -> Listing {
    list(name).map(|list| list.search(typed, level, MOST)).unwrap_or_default()
}

/// A posted page with what was newly said found in the lists of its questions.
pub(crate) fn look_up_posted_in(form: &Form, before: &Answers, pairs: &[(String, String)]) -> Vec<(String, String)> {
    look_up_posted(form, before, pairs, list)
}

/// What was answered to questions that are looked up otherwise since a form has changed.
pub(crate) fn look_up_anew_in(was: &Form, now: &Form, answers: &mut Answers) {
    look_up_anew(was, now, answers, list);
}

/// Finds what was newly said in the lists of its questions.
pub(crate) fn look_up_in(form: &Form, before: &Answers, answers: &mut Answers) {
    look_up(form, before, answers, list);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_list_reads_and_places_have_five_levels() {
        assert_eq!(SHIPPED.iter().map(|(name, _)| *name).collect::<Vec<_>>(), domain::forms::listed::NAMES);
        for (name, text) in SHIPPED {
            List::parse(text).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
        }
        assert!(list("region").unwrap().len() > 40_000);
        assert_eq!(list("region").unwrap().find("350205001001").unwrap().name, "福建省 厦门市 海沧区 海沧街道 海沧社区居委会");
        let found = listing("region", 3, "海沧");
        assert_eq!((found.entries[0].code.as_str(), found.entries.len()), ("350205", MOST));
        assert_eq!(listing("nowhere", 0, "海沧"), Listing::default());
    }
}
