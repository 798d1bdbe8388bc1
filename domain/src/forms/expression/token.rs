//! Cuts the text of an expression into words, numbers, texts and signs.

use super::number::Number;
use super::parse::ParseFault;
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Word(String),
    Number(Number),
    Text(String),
    Sign(&'static str),
}

/// Longer signs first, so that `<=` is not read as `<`.
const SIGNS: [&str; 16] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ":"];

impl Token {
    /// Whether this is that sign or key word. A text in quotes never is.
    pub fn is(&self, sign: &str) -> bool {
        match self {
            Self::Sign(own) => *own == sign,
            Self::Word(word) => word == sign,
            Self::Number(_) | Self::Text(_) => false,
        }
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(word),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => write!(f, "'{text}'"),
            Self::Sign(sign) => f.write_str(sign),
        }
    }
}

/// Tokens with the number of characters before each.
pub fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ParseFault> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let start = at;
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let token = if c.is_ascii_lowercase() || c == '_' {
            at += run(&chars, at, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
            Token::Word(slice(&chars, start, at))
        } else if c.is_ascii_digit() {
            at += run(&chars, at, |c| c.is_ascii_digit() || c == '.');
            let text = slice(&chars, start, at);
            let Some(number) = Number::parse(&text) else {
                return Err(ParseFault {
                    at: start, why: format!("{text} 不是能用的数，小数点后最多 {} 位", Number::DECIMALS)
                });
            };
            Token::Number(number)
        } else if c == '\'' {
            let (text, end) = quoted(&chars, start)?;
            at = end;
            Token::Text(text)
        } else {
            let sign = SIGNS.into_iter().find(|sign| sign.chars().enumerate().all(|(n, s)| chars.get(at + n) == Some(&s)));
            let Some(sign) = sign else { return Err(ParseFault { at, why: format!("不认得 {c}") }) };
            at += sign.len();
            Token::Sign(sign)
        };
        found.push((start, token));
    }
    Ok(found)
}

fn run(chars: &[char], from: usize, belongs: impl Fn(char) -> bool) -> usize {
    chars.iter().skip(from).take_while(|c| belongs(**c)).count()
}

fn slice(chars: &[char], from: usize, to: usize) -> String {
    chars.get(from..to).unwrap_or_default().iter().collect()
}

/// A text in single quotes; a quote inside is written twice.
fn quoted(chars: &[char], open: usize) -> Result<(String, usize), ParseFault> {
    let mut text = String::new();
    let mut at = open + 1;
    loop {
        match (chars.get(at), chars.get(at + 1)) {
            (Some('\''), Some('\'')) => {
                text.push('\'');
                at += 2;
            }
            (Some('\''), _) => return Ok((text, at + 1)),
            (Some(c), _) => {
                text.push(*c);
                at += 1;
            }
            (None, _) => return Err(ParseFault { at: open, why: "引号没有合上".into() }),
        }
    }
}
