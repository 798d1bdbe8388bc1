//! From what was typed to terms with weights. No query language: every term is built here.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::fields::{self, Fields};
use super::fold::{self, Asked};
use super::sound;

/// Longest everyday word looked for inside what was typed, in characters.
const WORD: usize = 8;

/// The query being put together: everything should match, nothing must.
struct Ask<'a> {
    fields: &'a Fields,
    clauses: Vec<(Occur, Box<dyn Query>)>,
}

/// The first pass: what was typed, taken at its word.
pub(super) fn first(fields: &Fields, asked: &Asked) -> Box<dyn Query> {
    let mut ask = Ask { fields, clauses: Vec::new() };
    let joined = asked.joined();
    ask.fixed(fields.title, &joined, 90.0);
    for piece in &asked.pieces {
        ask.everyday(piece, asked.pieces.len() == 1);
        for run in runs(piece) {
            if run.starts_with(fold::is_han) {
                ask.chinese(run);
            } else if !fold::is_filler(run) {
                ask.latin(run, 1.0);
            }
        }
        // 开fanguan, shipin许可: read the Chinese aloud and look for the sound of the whole.
        if runs(piece).count() > 1 {
            ask.sounds_like(&sound::first(piece), 0.8);
        }
    }
    if asked.pieces.len() > 1 {
        ask.everyday(&joined, true);
        if joined.is_ascii() {
            ask.latin(&joined, 1.0);
        } else {
            ask.sounds_like(&sound::first(&joined), 0.6);
        }
    }
    Box::new(BooleanQuery::new(ask.clauses))
}

/// The second pass, when the first found nothing: letters with one mistake, or characters that sound alike.
pub(super) fn second(fields: &Fields, asked: &Asked) -> Box<dyn Query> {
    let mut ask = Ask { fields, clauses: Vec::new() };
    ask.misheard(&asked.joined(), 1.0);
    if asked.pieces.len() > 1 {
        asked.pieces.iter().for_each(|piece| ask.misheard(piece, 0.5));
    }
    Box::new(BooleanQuery::new(ask.clauses))
}

impl Ask<'_> {
    /// Everyday words contained in a piece, longer ones weighing more, the whole piece most.
    fn everyday(&mut self, piece: &str, alone: bool) {
        let chars: Vec<char> = piece.chars().collect();
        let field = self.fields.word;
        if alone {
            self.fixed(field, piece, 40.0);
        }
        if chars.len() == 1 {
            return self.fixed(field, piece, 6.0);
        }
        for from in 0..chars.len() {
            for length in 2..=WORD.min(chars.len() - from) {
                let word: String = chars[from..from + length].iter().collect();
                if !fold::is_filler(&word) {
                    self.fixed(field, &word, 5.0 * small(length));
                }
            }
        }
    }

    /// A run of Chinese: dictionary words and pairs of characters; a single character on its own.
    fn chinese(&mut self, run: &str) {
        let fields = self.fields;
        let chars: Vec<char> = run.chars().collect();
        if let [single] = chars.as_slice() {
            let single = single.to_string();
            self.term(fields.name_grams, &single, 4.0);
            self.term(fields.said_grams, &single, 3.0);
            self.term(fields.summary_grams, &single, 1.0);
            return;
        }
        for pair in chars.windows(2) {
            let pair: String = pair.iter().collect();
            if !fold::is_filler(&pair) {
                self.term(fields.name_grams, &pair, 3.0);
                self.term(fields.said_grams, &pair, 2.0);
                self.term(fields.summary_grams, &pair, 0.7);
            }
        }
        for word in cut(run) {
            self.word(&word);
        }
    }

    fn word(&mut self, word: &str) {
        let fields = self.fields;
        // A single character out of a longer run says little, and the pairs have it already.
        if word.chars().count() < 2 {
            return;
        }
        for (field, weight) in [
            (fields.name, 5.0),
            (fields.said, 3.0),
            (fields.result, 2.0),
            (fields.summary, 1.5),
            (fields.department, 2.0),
            (fields.materials, 0.7),
        ] {
            self.term(field, word, weight);
        }
    }

    /// A run of letters and digits: a code, an English word, a word such as KTV, pinyin or initials.
    fn latin(&mut self, run: &str, weight: f32) {
        let fields = self.fields;
        self.fixed(fields.title, run, 60.0 * weight);
        self.term(fields.said, run, 4.0 * weight);
        self.term(fields.name, run, 4.0 * weight);
        self.term(fields.english, run, 6.0 * weight);
        if run.len() >= 4 {
            self.starts(fields.english, run, 3.0 * weight);
        }
        self.sounds_like(run, weight);
        if run.bytes().all(|b| b.is_ascii_alphabetic()) {
            self.fixed(fields.initials, run, 25.0 * weight);
            if run.len() >= 2 {
                self.starts(fields.initials, run, 6.0 * weight);
                self.starts(fields.initials_inside, run, 2.0 * weight);
            }
        }
    }

    /// Pinyin: the whole of a name or word, its beginning, or a run inside it.
    fn sounds_like(&mut self, sound: &str, weight: f32) {
        if sound.len() < 2 {
            return;
        }
        let fields = self.fields;
        self.fixed(fields.pinyin, sound, 30.0 * weight);
        self.starts(fields.pinyin, sound, 10.0 * weight);
        self.fixed(fields.pinyin_inside, sound, 6.0 * weight);
        self.starts(fields.pinyin_inside, sound, 4.0 * weight);
    }

    /// A piece that is not there as it stands. Letters may hold one mistake; Chinese may be the wrong characters of the
    /// right sound. Not both: 驾照 must find nothing rather than whatever sounds nearly so.
    fn misheard(&mut self, piece: &str, weight: f32) {
        let fields = self.fields;
        let sound = sound::first(piece);
        if piece.is_ascii() {
            // Four letters leave too little to be wrong about.
            if sound.len() >= 5 {
                self.nearly(fields.pinyin, &sound, false, 12.0 * weight);
                self.nearly(fields.pinyin, &sound, true, 6.0 * weight);
                self.nearly(fields.pinyin_inside, &sound, true, 2.0 * weight);
            }
        } else if piece.chars().count() >= 3 {
            self.sounds_like(&sound, weight);
        } else {
            self.fixed(fields.pinyin, &sound, 30.0 * weight);
        }
    }

    /// Weighed by how rare the term is.
    fn term(&mut self, field: Field, text: &str, weight: f32) {
        let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs);
        self.push(Box::new(BoostQuery::new(Box::new(query), weight)));
    }

    /// Weighs the same wherever it matches.
    fn fixed(&mut self, field: Field, text: &str, weight: f32) {
        let query = TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic);
        self.push(Box::new(ConstScoreQuery::new(Box::new(query), weight)));
    }

    fn starts(&mut self, field: Field, text: &str, weight: f32) {
        let query = FuzzyTermQuery::new_prefix(Term::from_field_text(field, text), 0, false);
        self.push(Box::new(ConstScoreQuery::new(Box::new(query), weight)));
    }

    /// One letter wrong, missing, too many, or two swapped.
    fn nearly(&mut self, field: Field, text: &str, beginning: bool, weight: f32) {
        let term = Term::from_field_text(field, text);
        let query = if beginning { FuzzyTermQuery::new_prefix(term, 1, true) } else { FuzzyTermQuery::new(term, 1, true) };
        self.push(Box::new(ConstScoreQuery::new(Box::new(query), weight)));
    }

    fn push(&mut self, query: Box<dyn Query>) {
        self.clauses.push((Occur::Should, query));
    }
}

/// Runs of Chinese and runs of anything else, in order.
fn runs(piece: &str) -> impl Iterator<Item = &str> {
    let mut rest = piece;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|c| fold::is_han(c) != fold::is_han(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
}

/// Words of a run by the dictionary, without fillers unless there is nothing else, each once.
fn cut(run: &str) -> Vec<String> {
    let mut analyzer = fields::words();
    let mut stream = analyzer.token_stream(run);
    let mut words: Vec<String> = Vec::new();
    while let Some(token) = stream.next() {
        if !words.contains(&token.text) {
            words.push(token.text.clone());
        }
    }
    let telling: Vec<String> = words.iter().filter(|word| !fold::is_filler(word)).cloned().collect();
    if telling.is_empty() { words } else { telling }
}

fn small(length: usize) -> f32 {
    f32::from(u8::try_from(length).unwrap_or(u8::MAX))
}
