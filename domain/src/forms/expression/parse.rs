//! Reads the text of an expression. Bounded in length and depth, so that no text can exhaust the stack.

use super::node::{Function, Gather, Node, Operator};
use super::token::{Token, tokens};
use chrono::NaiveDate;
use std::fmt;

/// Longest text in characters.
pub const LONGEST: usize = 2000;
/// Deepest tree.
pub const DEEPEST: u8 = 40;
/// Most arguments or list entries.
const WIDEST: usize = 100;

/// Why a text is not an expression; for the person who builds a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFault {
    /// Characters before the trouble.
    pub at: usize,
    pub why: String,
}

impl fmt::Display for ParseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 个字处：{}", self.at + 1, self.why)
    }
}

impl std::error::Error for ParseFault {}

/// A node with its depth.
type Measured = (Node, u8);

pub fn parse(text: &str) -> Result<Node, ParseFault> {
    let length = text.chars().count();
    if length > LONGEST {
        return Err(ParseFault { at: LONGEST, why: format!("太长，最多 {LONGEST} 个字") });
    }
    let mut reader = Reader { tokens: tokens(text)?, next: 0, end: length, inside_each: false, level: 0 };
    let (node, _) = reader.expression(0)?;
    match reader.tokens.get(reader.next) {
        None => Ok(node),
        Some((at, token)) => Err(ParseFault { at: *at, why: format!("多出了 {token}") }),
    }
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
    inside_each: bool,
    /// How deep the reading itself is nested right now.
    level: u8,
}

impl Reader {
    fn fault<T>(&self, why: impl Into<String>) -> Result<T, ParseFault> {
        let at = self.tokens.get(self.next).map_or(self.end, |(at, _)| *at);
        Err(ParseFault { at, why: why.into() })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = self.peek().is_some_and(|t| t.is(sign));
        if found {
            self.next += 1;
        }
        found
    }

    fn need(&mut self, sign: &str) -> Result<(), ParseFault> {
        if self.take(sign) { Ok(()) } else { self.fault(format!("这里要有 {sign}")) }
    }

    fn deeper(&self, depth: u8) -> Result<u8, ParseFault> {
        if depth >= DEEPEST { self.fault("套得太深，请拆开写") } else { Ok(depth + 1) }
    }

    /// Everything that binds at least this strongly.
    fn expression(&mut self, at_least: u8) -> Result<Measured, ParseFault> {
        self.level = self.deeper(self.level)?;
        let mut left = self.start(at_least)?;
        while let Some(operator) = self.operator() {
            let binding = operator.binding();
            if binding < at_least {
                break;
            }
            self.next += 1;
            let right = self.expression(binding + 1)?;
            let depth = self.deeper(left.1.max(right.1))?;
            left = (Node::Binary(operator, Box::new(left.0), Box::new(right.0)), depth);
            if binding == 4 && self.operator().is_some_and(|next| next.binding() == 4) {
                return self.fault("比较不能连着写，请用 and 分开");
            }
        }
        self.level -= 1;
        Ok(left)
    }

    fn operator(&self) -> Option<Operator> {
        const ALL: [Operator; 13] = [
            Operator::Or,
            Operator::And,
            Operator::Equal,
            Operator::Differs,
            Operator::Less,
            Operator::AtMost,
            Operator::More,
            Operator::AtLeast,
            Operator::In,
            Operator::Plus,
            Operator::Minus,
            Operator::Times,
            Operator::Over,
        ];
        let token = self.peek()?;
        ALL.into_iter().find(|o| token.is(o.sign()))
    }

    fn start(&mut self, at_least: u8) -> Result<Measured, ParseFault> {
        // `not` binds weaker than comparisons: after a stronger operator it needs brackets
        if at_least <= 3 && self.take("not") {
            let (node, depth) = self.expression(3)?;
            return Ok((Node::Not(Box::new(node)), self.deeper(depth)?));
        }
        if self.take("-") {
            let (node, depth) = self.expression(7)?;
            return Ok((Node::Negate(Box::new(node)), self.deeper(depth)?));
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Measured, ParseFault> {
        let Some(token) = self.peek().cloned() else { return self.fault("话没说完") };
        match token {
            Token::Number(number) => {
                self.next += 1;
                Ok((Node::Number(number), 1))
            }
            Token::Text(text) => {
                self.next += 1;
                Ok((Node::Text(text), 1))
            }
            Token::Sign("(") => {
                self.next += 1;
                let inner = self.expression(0)?;
                self.need(")")?;
                Ok(inner)
            }
            Token::Sign("[") => {
                self.next += 1;
                let (nodes, depth) = self.many("]")?;
                Ok((Node::List(nodes), self.deeper(depth)?))
            }
            Token::Word(word) => self.word(&word),
            Token::Sign(_) => self.fault(format!("这里不能是 {token}")),
        }
    }

    fn word(&mut self, word: &str) -> Result<Measured, ParseFault> {
        match word {
            "and" | "or" | "not" | "in" => return self.fault(format!("这里不能是 {word}")),
            _ => self.next += 1,
        }
        match word {
            "true" => return Ok((Node::Bool(true), 1)),
            "false" => return Ok((Node::Bool(false), 1)),
            "today" => return Ok((Node::Today, 1)),
            _ => {}
        }
        if !self.take("(") {
            return Ok((Node::Name(word.to_owned()), 1));
        }
        if word == "date" {
            return self.date();
        }
        if let Some(each) = self.each(word)? {
            return Ok(each);
        }
        let Some(function) = Function::ALL.into_iter().find(|f| f.name() == word) else {
            self.next -= 1;
            return self.fault(format!("没有 {word} 这个函数"));
        };
        let (nodes, depth) = self.many(")")?;
        if nodes.len() != function.takes() {
            return self.fault(format!("{word} 要 {} 个参数，现在是 {} 个", function.takes(), nodes.len()));
        }
        Ok((Node::Call(function, nodes), self.deeper(depth)?))
    }

    /// `all(group: body)`; `None` when it is not of this shape.
    fn each(&mut self, word: &str) -> Result<Option<Measured>, ParseFault> {
        let Some(gather) = [Gather::All, Gather::Any, Gather::Count].into_iter().find(|g| g.name() == word) else {
            return Ok(None);
        };
        let group = match (self.tokens.get(self.next), self.tokens.get(self.next + 1)) {
            (Some((_, Token::Word(group))), Some((_, colon))) if colon.is(":") => group.clone(),
            _ if gather == Gather::Count => return Ok(None),
            _ => return self.fault(format!("{word} 要写成 {word}(组: 条件)")),
        };
        if self.inside_each {
            // keeps the work linear in the number of entries
            return self.fault("一组里面不能再数另一组");
        }
        self.next += 2;
        self.inside_each = true;
        let (body, depth) = self.expression(0)?;
        self.inside_each = false;
        self.need(")")?;
        Ok(Some((Node::Each(gather, group, Box::new(body)), self.deeper(depth)?)))
    }

    fn date(&mut self) -> Result<Measured, ParseFault> {
        let Some(Token::Text(text)) = self.peek().cloned() else { return self.fault("日期要写成 date('2026-10-09')") };
        let Some(date) = iso_date(&text) else { return self.fault(format!("没有 {text} 这一天")) };
        self.next += 1;
        self.need(")")?;
        Ok((Node::Date(date), 1))
    }

    fn many(&mut self, close: &str) -> Result<(Vec<Node>, u8), ParseFault> {
        let (mut nodes, mut deepest) = (Vec::new(), 0);
        if self.take(close) {
            return Ok((nodes, deepest));
        }
        loop {
            let (node, depth) = self.expression(0)?;
            nodes.push(node);
            deepest = deepest.max(depth);
            if nodes.len() > WIDEST {
                return self.fault("列得太多");
            }
            if self.take(close) {
                return Ok((nodes, deepest));
            }
            self.need(",")?;
        }
    }
}

/// Reads `2026-10-09` and nothing else.
pub fn iso_date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(n, b)| if n == 4 || n == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !shape {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok());
    NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(5, 7)?, number(8, 10)?)
}
