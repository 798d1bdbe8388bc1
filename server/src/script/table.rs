//! GET /traditional.json: how the browser's edge converts what an awake page writes by itself. Made of the same converter, so that both
//! edges agree: every sign by itself, and for the words this hall uses the places where a sign by itself would come out wrong.

use super::convert;
use crate::house::House;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use serde::Serialize;
use service::Published;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

/// What the browser needs, as two long texts: half the bytes of an object.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
struct Table {
    /// In pairs: a sign, and what it is by itself.
    signs: String,
    /// In fours: the sign before, the sign, the sign after, and what the one in the middle is there. A blank stands for whatever is no
    /// Chinese character.
    words: String,
}

/// A sign between its neighbours.
type Place = [char; 3];

/// GET /traditional.json
pub async fn traditional(State(house): State<House>) -> Response {
    match tokio::task::spawn_blocking(move || table_of(&house.hall.published())).await {
        Ok(table) => {
            let mut response = Json(table).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
            response
        }
        Err(fault) => crate::trouble::broken(words::Lang::ZhHant, &service::Fault::broken(fault)),
    }
}

/// The table of a catalogue, kept as long as it is in force.
fn table_of(published: &Arc<Published>) -> Table {
    static MADE: RwLock<Option<(Arc<Published>, Table)>> = RwLock::new(None);
    if let Some((of, table)) = &*MADE.read().unwrap_or_else(PoisonError::into_inner)
        && Arc::ptr_eq(of, published)
    {
        return table.clone();
    }
    let table = table(&texts(published));
    *MADE.write().unwrap_or_else(PoisonError::into_inner) = Some((published.clone(), table.clone()));
    table
}

/// Everything this hall says: sentences of `words`, items, forms, flows.
fn texts(published: &Published) -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = words::CHINESE.iter().map(|text| (*text).to_owned()).collect();
    let procedures = published.lines.iter().filter_map(|line| published.procedure(line.code.as_str()));
    for procedure in procedures {
        let whole = serde_json::to_value((&procedure.item, &procedure.form, &procedure.flow)).unwrap_or_default();
        gather(&whole, &mut texts);
    }
    for bundle in &published.bundles {
        gather(&serde_json::to_value(bundle).unwrap_or_default(), &mut texts);
    }
    gather(&serde_json::to_value(&published.tables).unwrap_or_default(), &mut texts);
    texts
}

fn gather(value: &serde_json::Value, texts: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::String(text) if !text.is_ascii() => {
            texts.insert(text.clone());
        }
        serde_json::Value::Array(all) => all.iter().for_each(|v| gather(v, texts)),
        serde_json::Value::Object(all) => all.values().for_each(|v| gather(v, texts)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) | serde_json::Value::String(_) => {}
    }
}

fn table(texts: &BTreeSet<String>) -> Table {
    let signs: BTreeMap<char, char> = ('\u{3400}'..='\u{9fff}').filter_map(|sign| Some((sign, alone(sign)?))).collect();
    let mut words: BTreeMap<Place, char> = BTreeMap::new();
    for text in texts {
        let (from, whole): (Vec<char>, Vec<char>) = (text.chars().collect(), convert(text).chars().collect());
        // a word that changes its length cannot be told sign by sign
        if from.len() != whole.len() {
            continue;
        }
        for i in 0..from.len() {
            if signs.get(&from[i]).copied().unwrap_or(from[i]) != whole[i] {
                words.insert(place(&from, i), whole[i]);
            }
        }
    }
    Table {
        signs: signs.iter().flat_map(|(sign, one)| [*sign, *one]).collect(),
        words: words.iter().flat_map(|([before, sign, after], one)| [*before, *sign, *after, *one]).collect(),
    }
}

/// What a sign becomes by itself, if it changes.
fn alone(sign: char) -> Option<char> {
    let converted = convert(sign.encode_utf8(&mut [0; 4]));
    let mut seen = converted.chars();
    seen.next().filter(|one| *one != sign && seen.next().is_none())
}

fn place(text: &[char], i: usize) -> Place {
    let at =
        |i: Option<usize>| i.and_then(|i| text.get(i)).copied().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).unwrap_or(' ');
    [at(i.checked_sub(1)), text[i], at(Some(i + 1))]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// As `public/traditional.js` converts.
    fn by(table: &Table, text: &str) -> String {
        let (signs, words): (Vec<char>, Vec<char>) = (table.signs.chars().collect(), table.words.chars().collect());
        let signs: BTreeMap<char, char> = signs.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        let words: BTreeMap<Place, char> = words.chunks(4).map(|four| ([four[0], four[1], four[2]], four[3])).collect();
        let text: Vec<char> = text.chars().collect();
        let sign = |(i, c): (usize, &char)| *words.get(&place(&text, i)).or_else(|| signs.get(c)).unwrap_or(c);
        text.iter().enumerate().map(sign).collect()
    }

    fn shipped() -> BTreeSet<String> {
        let mut texts: BTreeSet<String> = words::CHINESE.iter().map(|text| (*text).to_owned()).collect();
        for folder in ["catalogue", "procedures"] {
            for file in std::fs::read_dir(format!("{}/../data/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
                let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
                gather(&serde_json::from_str(&text).unwrap(), &mut texts);
            }
        }
        texts
    }

    #[test]
    fn both_edges_agree_on_everything_the_hall_says() {
        let texts = shipped();
        assert!(texts.len() > 2_000, "{}", texts.len());
        let table = table(&texts);
        let both = texts.iter().map(|text| (by(&table, text), convert(text)));
        let apart: Vec<_> = both.filter(|(here, there)| here != there).collect();
        assert!(apart.is_empty(), "{} of {}: {apart:#?}", apart.len(), texts.len());
        // and the browser can afford it
        let size = table.signs.len() + table.words.len();
        assert!(size < 64 << 10, "{size} bytes");
    }

    #[test]
    fn a_sign_is_told_by_its_neighbours() {
        let table = table(&BTreeSet::from(["理发和发展".to_owned(), "皇后以后".to_owned()]));
        assert_eq!(by(&table, "理发和发展，皇后以后"), "理髮和發展，皇后以後");
        assert_eq!(by(&table, "没有听过的词"), "沒有聽過的詞");
    }
}
