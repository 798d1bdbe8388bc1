//! GET /traditional.json: how the browser's edge converts what an awake page writes by itself, so that both edges agree. Made of the
//! same converter, for just the words this hall uses.

use super::convert;
use crate::house::House;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// What the browser needs.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Table {
    /// Words whose characters would come out wrong one by one; longest first.
    words: Vec<(String, String)>,
    /// Single characters.
    signs: BTreeMap<char, char>,
}

/// GET /traditional.json
pub async fn traditional(State(house): State<House>) -> Response {
    static TABLE: OnceLock<Table> = OnceLock::new();
    let house = house.clone();
    let made = tokio::task::spawn_blocking(move || TABLE.get_or_init(|| table(&texts(&house)))).await;
    match made {
        Ok(table) => {
            let mut response = Json(table).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
            response
        }
        Err(fault) => crate::trouble::broken(words::Lang::ZhHant, &service::Fault::broken(fault)),
    }
}

/// Everything this hall says: sentences of `words`, items, forms, flows.
fn texts(house: &House) -> BTreeSet<String> {
    let mut texts: BTreeSet<String> = words::CHINESE.iter().map(|text| (*text).to_owned()).collect();
    let published = house.hall.published();
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
    let mut table = Table::default();
    let signs: BTreeSet<char> = texts.iter().flat_map(|t| t.chars()).filter(|c| !c.is_ascii()).collect();
    for sign in signs {
        let mut seen = convert(&sign.to_string()).chars().collect::<Vec<_>>().into_iter();
        if let (Some(one), None) = (seen.next(), seen.next())
            && one != sign
        {
            table.signs.insert(sign, one);
        }
    }
    let mut words = BTreeMap::new();
    for text in texts {
        let (from, whole): (Vec<char>, Vec<char>) = (text.chars().collect(), convert(text).chars().collect());
        if from.len() != whole.len() {
            continue;
        }
        let single = |i: usize| table.signs.get(&from[i]).copied().unwrap_or(from[i]);
        for i in (0..from.len()).filter(|&i| single(i) != whole[i]) {
            // the sign with its neighbours, as long as they are Han: enough to tell this word from others
            let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
            let start = if i > 0 && han(&from[i - 1]) { i - 1 } else { i };
            let end = if i + 1 < from.len() && han(&from[i + 1]) { i + 2 } else { i + 1 };
            words.insert(from[start..end].iter().collect::<String>(), whole[start..end].iter().collect::<String>());
        }
    }
    table.words = words.into_iter().collect();
    table.words.sort_by_key(|(word, _)| std::cmp::Reverse(word.chars().count()));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_the_words_that_need_more() {
        let texts = BTreeSet::from(["头发和发展".to_owned(), "以后".to_owned(), "plain".to_owned()]);
        let table = table(&texts);
        assert_eq!(table.signs.get(&'发'), Some(&'發'));
        assert_eq!(table.signs.get(&'后'), Some(&'後').or(table.signs.get(&'后')));
        assert!(table.words.iter().any(|(from, to)| from.contains("头发") && to.contains("頭髮")), "{:?}", table.words);
    }
}
