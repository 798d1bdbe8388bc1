//! Turns `zh-CN/*.toml` and `en/*.toml` into one typed function per sentence.
//!
//! A key without a translation, a placeholder that only one language has, or a key that is not a Rust name fails the
//! build: a page can never show a hole. Rooms of staff (`STAFF_ONLY`) may lack English and then speak Chinese.
//!
//! Text: `{name}` is filled in with anything that can be displayed; `{name|day|days}` writes the first word when the
//! value reads "1" and the second otherwise (English needs it, Chinese does not).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// Modules that only people at a desk see.
const STAFF_ONLY: &[&str] = &["desk"];

type Failure = Box<dyn std::error::Error>;
type Sentences = BTreeMap<String, String>;

#[expect(clippy::disallowed_methods, reason = "cargo hands a build script its folder this way and no other")]
fn main() -> Result<(), Failure> {
    println!("cargo:rerun-if-changed=zh-CN");
    println!("cargo:rerun-if-changed=en");
    println!("cargo:rerun-if-changed=build.rs");
    let (mut out, mut chinese) = (String::new(), String::new());
    let mut modules: Vec<_> = fs::read_dir("zh-CN")?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    modules.sort();
    for path in modules {
        if path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let module = path.file_stem().and_then(|s| s.to_str()).ok_or("a file name that is not text")?.to_owned();
        let zh = read(&path)?;
        let english = Path::new("en").join(format!("{module}.toml"));
        let staff = STAFF_ONLY.contains(&module.as_str());
        let en = if english.exists() {
            read(&english)?
        } else if staff {
            Sentences::new()
        } else {
            return Err(format!("words/en/{module}.toml is missing").into());
        };
        for key in en.keys() {
            if !zh.contains_key(key) {
                return Err(format!("words/zh-CN/{module}.toml lacks {key}").into());
            }
        }
        writeln!(
            out,
            "/// Sentences of `{module}.toml`.\npub mod {module} {{\n    use crate::Lang;\n    use std::fmt::Display;\n"
        )?;
        for (key, zh_text) in &zh {
            writeln!(chinese, "    {zh_text:?},")?;
            let en_text = match en.get(key) {
                Some(text) => text,
                None if staff => zh_text,
                None => return Err(format!("words/en/{module}.toml lacks {key}").into()),
            };
            function(&mut out, key, zh_text, en_text).map_err(|e| format!("{module}.{key}: {e}"))?;
        }
        writeln!(out, "    #[allow(unused)]\n    fn _used(_: &dyn Display) {{}}\n}}\n")?;
    }
    writeln!(out, "/// Every Chinese sentence, placeholders included.\npub const CHINESE: &[&str] = &[\n{chinese}];")?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("sentences.rs"), out)?;
    Ok(())
}

fn read(path: &Path) -> Result<Sentences, Failure> {
    let table: toml::Table = fs::read_to_string(path)?.parse().map_err(|e| format!("{}: {e}", path.display()))?;
    table
        .into_iter()
        .map(|(key, value)| match value {
            toml::Value::String(text) if !text.trim().is_empty() => Ok((key, text)),
            other => Err(format!("{}: {key} must be a sentence, found {other:?}", path.display()).into()),
        })
        .collect()
}

/// A piece of a sentence.
enum Piece<'a> {
    Text(&'a str),
    Value(&'a str),
    Plural(&'a str, &'a str, &'a str),
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        if open > 0 {
            found.push(Piece::Text(&rest[..open]));
        }
        let close = rest[open..].find('}').ok_or("a { without }")? + open;
        let mut parts = rest[open + 1..close].split('|');
        let name = parts.next().unwrap_or_default();
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            return Err(format!("placeholder {name:?} is not a name"));
        }
        found.push(match (parts.next(), parts.next(), parts.next()) {
            (None, None, None) => Piece::Value(name),
            (Some(one), Some(many), None) => Piece::Plural(name, one, many),
            _ => return Err(format!("{name}: write {{{name}}} or {{{name}|one|many}}")),
        });
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        found.push(Piece::Text(rest));
    }
    Ok(found)
}

/// Names of placeholders in order of first use.
fn names<'a>(pieces: &[Piece<'a>]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Value(name) | Piece::Plural(name, ..) if !found.contains(name) => found.push(*name),
            Piece::Value(_) | Piece::Plural(..) => {}
        }
    }
    found
}

fn function(out: &mut String, key: &str, zh: &str, en: &str) -> Result<(), Failure> {
    if !key.starts_with(|c: char| c.is_ascii_lowercase())
        || !key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    {
        return Err("keys are snake_case".into());
    }
    let (zh_pieces, en_pieces) = (pieces(zh)?, pieces(en)?);
    let params = names(&zh_pieces);
    let mut sorted = (params.clone(), names(&en_pieces));
    sorted.0.sort_unstable();
    sorted.1.sort_unstable();
    if sorted.0 != sorted.1 {
        return Err(format!("the languages differ in placeholders: {:?} and {:?}", sorted.0, sorted.1).into());
    }
    writeln!(out, "    /// {}", zh.replace('\n', " "))?;
    if params.is_empty() {
        writeln!(
            out,
            "    pub fn {key}(lang: Lang) -> &'static str {{\n        match lang {{ Lang::ZhCn | Lang::ZhHant => {zh:?}, Lang::En => {en:?} }}\n    }}\n"
        )?;
        return Ok(());
    }
    let list: Vec<String> = params.iter().map(|p| format!("{p}: impl Display")).collect();
    writeln!(out, "    pub fn {key}(lang: Lang, {}) -> String {{\n        match lang {{", list.join(", "))?;
    for (pattern, pieces) in [("Lang::ZhCn | Lang::ZhHant", zh_pieces), ("Lang::En", en_pieces)] {
        let (mut format, mut args) = (String::new(), String::new());
        for piece in pieces {
            match piece {
                Piece::Text(text) => format.push_str(text),
                Piece::Value(name) => {
                    format.push_str("{}");
                    write!(args, ", {name}")?;
                }
                Piece::Plural(name, one, many) => {
                    format.push_str("{}");
                    write!(args, ", crate::plural(&{name}, {one:?}, {many:?})")?;
                }
            }
        }
        writeln!(out, "            {pattern} => format!({format:?}{args}),")?;
    }
    writeln!(out, "        }}\n    }}\n")?;
    Ok(())
}
