//! What of an item is indexed, and how it is cut.

use domain::catalogue::Item;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{LowerCaser, NgramTokenizer, RawTokenizer, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, TantivyDocument};
use tantivy_jieba::JiebaTokenizer;

use super::{fold, sound};

/// The fast field holding an item's place in the list it was built from.
pub(super) const ORDINAL: &str = "ordinal";

const WORDS: &str = "words";
const GRAMS: &str = "grams";
const WHOLE: &str = "whole";
const LATIN: &str = "latin";

/// The fields of the index.
pub(super) struct Fields {
    pub(super) schema: Schema,
    ordinal: Field,
    /// Everyday words, whole.
    pub(super) word: Field,
    /// Official name and code, whole.
    pub(super) title: Field,
    /// Official name, cut by the dictionary.
    pub(super) name: Field,
    /// Official name, single characters and pairs.
    pub(super) name_grams: Field,
    /// Everyday words, cut by the dictionary.
    pub(super) said: Field,
    /// Everyday words, single characters and pairs.
    pub(super) said_grams: Field,
    /// The sentence, the department, the result, the situations, the materials, cut by the dictionary.
    pub(super) summary: Field,
    pub(super) department: Field,
    pub(super) result: Field,
    pub(super) materials: Field,
    /// The sentence, single characters and pairs.
    pub(super) summary_grams: Field,
    /// English name.
    pub(super) english: Field,
    /// Pinyin and initials of the name and of every everyday word.
    pub(super) pinyin: Field,
    pub(super) initials: Field,
    /// The same from every later character on, so that any run of characters is a beginning of one of them.
    pub(super) pinyin_inside: Field,
    pub(super) initials_inside: Field,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let mut text = |name: &str, tokenizer: &str, record: IndexRecordOption| {
            let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
            schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
        };
        let (scored, plain) = (IndexRecordOption::WithFreqs, IndexRecordOption::Basic);
        let word = text("word", WHOLE, plain);
        let title = text("title", WHOLE, plain);
        let name = text("name", WORDS, scored);
        let name_grams = text("name_grams", GRAMS, scored);
        let said = text("said", WORDS, scored);
        let said_grams = text("said_grams", GRAMS, scored);
        let summary = text("summary", WORDS, scored);
        let department = text("department", WORDS, scored);
        let result = text("result", WORDS, scored);
        let materials = text("materials", WORDS, scored);
        let summary_grams = text("summary_grams", GRAMS, scored);
        let english = text("english", LATIN, scored);
        let pinyin = text("pinyin", WHOLE, plain);
        let initials = text("initials", WHOLE, plain);
        let pinyin_inside = text("pinyin_inside", WHOLE, plain);
        let initials_inside = text("initials_inside", WHOLE, plain);
        let ordinal = schema.add_u64_field(ORDINAL, FAST);
        Self {
            schema: schema.build(),
            ordinal,
            word,
            title,
            name,
            name_grams,
            said,
            said_grams,
            summary,
            department,
            result,
            materials,
            summary_grams,
            english,
            pinyin,
            initials,
            pinyin_inside,
            initials_inside,
        }
    }

    /// Names the tokenizers to an index. Making them does not load the dictionary; the first text cut does.
    pub(super) fn register(&self, index: &Index) {
        let tokenizers = index.tokenizers();
        tokenizers.register(WORDS, words());
        // Lengths 1 and 2 are in order, which is all `new` asks for.
        if let Ok(grams) = NgramTokenizer::new(1, 2, false) {
            tokenizers.register(GRAMS, TextAnalyzer::builder(grams).filter(LowerCaser).build());
        }
        tokenizers.register(WHOLE, TextAnalyzer::from(RawTokenizer::default()));
        tokenizers.register(LATIN, TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build());
    }

    /// An item as indexed. Its texts are folded the way queries are, so that both meet.
    pub(super) fn document(&self, ordinal: u64, item: &Item) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_u64(self.ordinal, ordinal);
        let name = fold::plain(&item.name);
        document.add_text(self.title, fold::squeeze(&name));
        document.add_text(self.title, item.code.as_str().to_lowercase());
        document.add_text(self.name, &name);
        document.add_text(self.name_grams, &name);
        document.add_text(self.english, &item.name_en);
        self.sounds(&mut document, &name);
        document.add_text(self.pinyin, &item.name_pinyin);
        for word in item.words.iter().map(|word| fold::plain(word)) {
            document.add_text(self.word, fold::squeeze(&word));
            document.add_text(self.said, &word);
            document.add_text(self.said_grams, &word);
            self.sounds(&mut document, &word);
        }
        let summary = fold::plain(&item.summary);
        document.add_text(self.summary_grams, &summary);
        document.add_text(self.summary, summary);
        for situation in &item.situations {
            document.add_text(self.summary, fold::plain(&situation.name));
        }
        for text in [&item.department, &item.department_short].into_iter().chain(&item.received_by) {
            document.add_text(self.department, fold::plain(text));
        }
        document.add_text(self.result, fold::plain(&item.result.name));
        for material in &item.materials {
            document.add_text(self.materials, fold::plain(&material.name));
        }
        document
    }

    fn sounds(&self, document: &mut TantivyDocument, phrase: &str) {
        for sound in sound::of(phrase) {
            document.add_text(self.pinyin, &sound.whole);
            document.add_text(self.initials, &sound.initials);
            for (whole, initials) in sound.later {
                document.add_text(self.pinyin_inside, whole);
                document.add_text(self.initials_inside, initials);
            }
        }
    }
}

/// Cuts Chinese by the dictionary and keeps Latin words in lower case.
pub(super) fn words() -> TextAnalyzer {
    TextAnalyzer::builder(JiebaTokenizer::new()).filter(LowerCaser).build()
}
