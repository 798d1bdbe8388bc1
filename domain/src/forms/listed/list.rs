//! A list of entries with codes, such as the places of the country, read once and searched often.

use super::BETWEEN;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// One entry, in a list or found in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub code: String,
    /// With what it lies in, outermost first: `福建省 厦门市 海沧区`.
    pub name: String,
}

/// What a search came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The best, in order.
    pub entries: Vec<Found>,
    /// How many there are in all.
    pub all: usize,
}

/// Why a text is no list; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListFault {
    /// Not `code`, tabulator, `name`.
    NoEntry { line: usize },
    /// Further in than by one tabulator from the line above.
    TooDeep { line: usize },
    /// The code stands there twice.
    Twice { line: usize, code: String },
    /// Longer than a list may be.
    TooLong { max: usize },
}

/// Most entries: five levels of one province fit, and a search stays within milliseconds.
const MOST: usize = 200_000;
/// Most characters of what is looked for, and pieces.
const LONGEST: usize = 60;
const MOST_PIECES: usize = 6;

impl Listing {
    /// The entry that is meant where nothing was chosen: the one called so, or the only one there is.
    pub fn meant(&self, typed: &str) -> Option<&Found> {
        let own = |found: &&Found| found.name.rsplit(' ').next() == Some(typed);
        let only = || {
            let mut alike = self.entries.iter().filter(own);
            alike.next().filter(|_| alike.next().is_none())
        };
        let same = self.entries.iter().find(|found| found.name == typed);
        same.or_else(only).or_else(|| self.entries.first().filter(|_| self.all == 1))
    }
}

#[derive(Clone, Debug)]
struct Entry {
    code: String,
    name: String,
    /// The name in small letters, where it has others.
    small: Option<String>,
    /// Where its own part of the name begins, in both.
    own: usize,
    /// From 1.
    level: u8,
}

/// A list, in the order it was written.
#[derive(Clone, Debug, Default)]
pub struct List {
    entries: Vec<Entry>,
    by_code: HashMap<String, usize>,
    /// Whole names without the spaces.
    by_name: HashMap<String, Vec<usize>>,
    /// Own names.
    by_own: HashMap<String, Vec<usize>>,
}

impl List {
    /// Reads a list: a line is `code`, tabulator, `name`; tabulators before it put it into the entry above that has one less.
    ///
    /// # Errors
    /// [`ListFault`], with the line.
    pub fn parse(text: &str) -> Result<Self, ListFault> {
        let mut list = Self::default();
        let mut above: Vec<String> = Vec::new();
        for (n, written) in text.lines().enumerate() {
            let line = n + 1;
            let rest = written.trim_start_matches('\t');
            if rest.trim().is_empty() {
                continue;
            }
            let depth = written.len() - rest.len();
            let (code, name) = rest.split_once('\t').map(|(code, name)| (code.trim(), name.trim())).unwrap_or_default();
            if code.is_empty() || name.is_empty() || code.contains(BETWEEN) || name.contains([BETWEEN, '\t']) {
                return Err(ListFault::NoEntry { line });
            }
            if depth > above.len() || depth > 8 {
                return Err(ListFault::TooDeep { line });
            }
            if list.entries.len() == MOST {
                return Err(ListFault::TooLong { max: MOST });
            }
            above.truncate(depth);
            above.push(name.to_owned());
            let whole = above.join(" ");
            let small = whole.bytes().any(|b| b.is_ascii_uppercase()).then(|| whole.to_ascii_lowercase());
            let (own, level) = (whole.len() - name.len(), above.len() as u8);
            let entry = Entry { code: code.to_owned(), small, own, name: whole, level };
            if list.by_code.insert(entry.code.clone(), list.entries.len()).is_some() {
                return Err(ListFault::Twice { line, code: entry.code });
            }
            let number = list.entries.len();
            list.by_name.entry(tight(&entry.name)).or_default().push(number);
            list.by_own.entry(name.to_owned()).or_default().push(number);
            list.entries.push(entry);
        }
        Ok(list)
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry with this code.
    pub fn find(&self, code: &str) -> Option<Found> {
        self.by_code.get(code).and_then(|n| self.entries.get(*n)).map(Entry::found)
    }

    /// Entries from this level on in whose name, or in what they lie in, all that was typed is found. Those that begin with it come first,
    /// then those further out.
    pub fn search(&self, typed: &str, level: u8, most: usize) -> Listing {
        let pieces = pieces(typed);
        if pieces.is_empty() {
            return Listing::default();
        }
        let mut hits: Vec<(u8, u8, usize)> = Vec::new();
        for (n, entry) in self.entries.iter().enumerate() {
            if entry.level >= level
                && let Some(rank) = entry.rank(&pieces)
            {
                hits.push((rank, entry.level, n));
            }
        }
        let all = hits.len();
        let most = most.min(all);
        if most < all {
            hits.select_nth_unstable(most);
            hits.truncate(most);
        }
        hits.sort_unstable();
        Listing { entries: hits.into_iter().map(|(_, _, n)| self.entries[n].found()).collect(), all }
    }

    /// The one entry that is meant: by code, by its whole name, by its own name where only one has it, or by what is found in only one.
    pub fn resolve(&self, said: &str, level: u8) -> Option<Found> {
        let said = said.trim();
        let deep = |entry: &&Entry| entry.level >= level;
        let by_code = |code: &str| self.by_code.get(code).and_then(|n| self.entries.get(*n)).filter(deep);
        let code = said.split_once(BETWEEN).map_or(said, |(code, _)| code.trim());
        if let Some(entry) = by_code(code) {
            return Some(entry.found());
        }
        let said = said.split_once(BETWEEN).map_or(said, |(_, name)| name.trim());
        let only = |numbers: Option<&Vec<usize>>| {
            let mut hits = numbers.into_iter().flatten().filter_map(|n| self.entries.get(*n)).filter(deep);
            hits.next().filter(|_| hits.next().is_none()).map(Entry::found)
        };
        only(self.by_name.get(&tight(said))).or_else(|| only(self.by_own.get(said))).or_else(|| {
            match self.search(said, level, 2).entries.as_slice() {
                [one] => Some(one.clone()),
                _ => None,
            }
        })
    }
}

/// A name without the spaces between what it lies in.
fn tight(name: &str) -> String {
    name.split_whitespace().collect()
}

impl Entry {
    fn found(&self) -> Found {
        Found { code: self.code.clone(), name: self.name.clone() }
    }

    /// How well it fits, the best being 0; `None` where a piece is found nowhere.
    fn rank(&self, pieces: &[String]) -> Option<u8> {
        let name = self.small.as_ref().unwrap_or(&self.name).as_str();
        let own = &name[self.own..];
        let (last, before) = pieces.split_last()?;
        let fits = before.iter().all(|piece| name.contains(piece.as_str()));
        match () {
            () if !fits => None,
            () if own == last => Some(0),
            () if own.starts_with(last.as_str()) => Some(1),
            () if own.contains(last.as_str()) => Some(2),
            () if self.code.starts_with(last.as_str()) => Some(3),
            () if name.contains(last.as_str()) => Some(4),
            () => None,
        }
    }
}

/// What was typed, piece by piece, in small letters.
fn pieces(typed: &str) -> Vec<String> {
    let typed: String = typed.chars().take(LONGEST).collect();
    typed
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '/' | BETWEEN))
        .filter(|p| !p.is_empty())
        .take(MOST_PIECES)
        .map(str::to_ascii_lowercase)
        .collect()
}
