//! Finding an item by everyday words, official names, pinyin, initials, or a mixture of them.
//!
//! A tantivy index in memory, built from the published items at the first search, because the Chinese dictionary is
//! large (design §8). What a person types is never a query language: it is folded, cut into pieces, and every piece
//! becomes terms; a bracket or a quote is a blank like any other.
//!
//! Two passes: exact words, words cut by the dictionary, character pairs, pinyin and its beginnings; only when that
//! finds nothing, one wrong letter in pinyin and characters that sound alike (高领津贴 for 高龄津贴).

mod ask;
mod fields;
mod fold;
mod sound;
#[cfg(test)]
mod tests;

use domain::catalogue::{Item, ItemCode};
use tantivy::collector::TopDocs;
use tantivy::query::Query;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument};

use fields::Fields;
pub(super) use fold::plain;

/// A hit of less than this share of the best hit's score is noise (a common word among the materials).
const NOISE: f32 = 0.15;
/// Memory of the single index writer, in bytes, while it builds; tantivy asks for at least 15 million.
const BUILD_MEMORY: usize = 32_000_000;

/// The index could not be built: our fault, never the searcher's.
#[derive(Debug, thiserror::Error)]
#[error("the search index cannot be built: {0}")]
pub struct SearchFault(#[from] tantivy::TantivyError);

/// An item found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its code.
    pub code: ItemCode,
    /// How well it fits; only comparable within one search.
    pub score: f32,
}

/// The index over the items in force. Build it anew when something is published.
pub struct SearchIndex {
    fields: Fields,
    reader: IndexReader,
    codes: Vec<ItemCode>,
}

impl SearchIndex {
    /// Builds the index; the order of `items` decides between equal scores. Loads the dictionary.
    ///
    /// # Errors
    /// [`SearchFault`] when tantivy cannot write to memory.
    pub fn build(items: &[Item]) -> Result<Self, SearchFault> {
        let fields = Fields::new();
        let index = Index::create_in_ram(fields.schema.clone());
        fields.register(&index);
        // One thread keeps one segment and the order of the items; the index of a city is small.
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, BUILD_MEMORY)?;
        for (ordinal, item) in (0u64..).zip(items) {
            writer.add_document(fields.document(ordinal, item))?;
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields, reader, codes: items.iter().map(|item| item.code.clone()).collect() })
    }

    /// The best items for what was typed, best first, at most `limit`. Nothing typed finds nothing.
    #[must_use]
    pub fn search(&self, text: &str, limit: usize) -> Vec<Hit> {
        let limit = limit.min(self.codes.len());
        let asked = fold::fold(text);
        if limit == 0 || asked.pieces.is_empty() {
            return Vec::new();
        }
        let hits = self.pass(ask::first(&self.fields, &asked), limit);
        if hits.is_empty() { self.pass(ask::second(&self.fields, &asked), limit) } else { hits }
    }

    fn pass(&self, query: Box<dyn Query>, limit: usize) -> Vec<Hit> {
        self.run(&*query, limit).unwrap_or_else(|fault| {
            // The index lies in memory: this cannot happen short of a bug, and a bug must not take the page down.
            tracing::error!(%fault, "search failed");
            Vec::new()
        })
    }

    fn run(&self, query: &dyn Query, limit: usize) -> tantivy::Result<Vec<Hit>> {
        let searcher = self.reader.searcher();
        let best = searcher.search(query, &TopDocs::with_limit(limit).order_by_score())?;
        let least = best.first().map_or(0.0, |(score, _)| score * NOISE);
        let mut hits = Vec::with_capacity(best.len());
        for (score, address) in best.into_iter().filter(|(score, _)| *score >= least) {
            let ordinals = searcher.segment_reader(address.segment_ord).fast_fields().u64(fields::ORDINAL)?;
            let code = ordinals.first(address.doc_id).and_then(|n| self.codes.get(usize::try_from(n).ok()?));
            hits.extend(code.map(|code| Hit { code: code.clone(), score }));
        }
        Ok(hits)
    }
}
