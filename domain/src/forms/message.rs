//! Sentences of a form's own checks, with values worked out in place: `{birthday(elder_id_number, 80)} 起可以来办`.

use super::expression::{Env, Expr, Value};
use super::reading::Reading;
use chrono::Datelike;

/// A piece of a message.
pub enum Piece<'a> {
    Text(&'a str),
    /// The text between the braces.
    Value(&'a str),
}

pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, after)) = after.split_once('}') else { break };
        found.push(Piece::Text(before));
        found.push(Piece::Value(inside));
        rest = after;
    }
    found.push(Piece::Text(rest));
    found
}

/// The sentence with its values. What is no expression or comes to nothing is left out.
pub fn render(text: &str, env: &Env<'_>, english: bool) -> String {
    let mut out = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Value(inside) => {
                if let Ok(expr) = Expr::parse(inside) {
                    out.push_str(&say(&expr.eval(env), english));
                }
            }
        }
    }
    out
}

impl Reading<'_> {
    /// A sentence with holes, filled in from these answers.
    pub fn say(&self, text: &str, english: bool) -> String {
        render(text, &Env { names: self, row: None, today: self.today }, english)
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A value as people read it.
pub fn say(value: &Value, english: bool) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Bool(true) => if english { "yes" } else { "是" }.into(),
        Value::Bool(false) => if english { "no" } else { "否" }.into(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Date(d) if english => {
            let month = MONTHS.get(d.month0() as usize).copied().unwrap_or_default();
            format!("{} {month} {}", d.day(), d.year())
        }
        Value::Date(d) => format!("{} 年 {} 月 {} 日", d.year(), d.month(), d.day()),
        Value::List(values) => {
            let said: Vec<String> = values.iter().map(|v| say(v, english)).collect();
            said.join(if english { ", " } else { "、" })
        }
    }
}
