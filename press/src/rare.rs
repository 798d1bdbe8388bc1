//! Characters no typeface here can draw, and characters that draw nothing but mischief.

use serde_json::Value;

use crate::fonts::Fonts;

/// Goes through every text of the facts (values, not keys).
///
/// - A character without a glyph becomes 〓 with its code point, as printers have always done: an empty box would
///   make 𪚥 and another rare name look alike, and the archive format forbids it.
/// - Control characters and the invisible marks that turn the direction of writing are dropped: they could make a
///   line read otherwise than it is stored.
pub fn make_drawable(facts: &mut Value, fonts: &Fonts) {
    match facts {
        Value::String(text) => {
            if text.chars().any(|c| !plain(c)) {
                *text = drawable(text, fonts);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| make_drawable(item, fonts)),
        Value::Object(map) => map.values_mut().for_each(|item| make_drawable(item, fonts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// What every Chinese typeface has: no need to search the book for it.
fn plain(c: char) -> bool {
    matches!(c, ' '..='~' | '，' | '。' | '、' | '；' | '：' | '“' | '”' | '（' | '）')
}

fn drawable(text: &str, fonts: &Fonts) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        if plain(c) || c == '\n' {
            out.push(c);
        } else if c == '\t' || c == '\r' {
            out.push(' ');
        } else if !invisible(c) {
            if fonts.can_draw(c) {
                out.push(c);
            } else {
                out.push_str(&format!("〓（U+{:04X}）", u32::from(c)));
            }
        }
    }
    out
}

fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}
