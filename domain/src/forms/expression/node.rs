//! The tree an expression is read into, and how it is written back.

use super::number::Number;
use chrono::NaiveDate;
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Bool(bool),
    /// Never negative: `-1` is `Negate(1)`.
    Number(Number),
    Text(String),
    Date(NaiveDate),
    Today,
    Name(String),
    /// `['a', 'b']`
    List(Vec<Node>),
    Not(Box<Node>),
    Negate(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
    /// `all(staff: …)`: the body is read once for every entry of the group.
    Each(Gather, String, Box<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Or,
    And,
    Equal,
    Differs,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
    Plus,
    Minus,
    Times,
    Over,
}

impl Operator {
    /// How strongly it binds; a bigger number binds first.
    pub fn binding(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::Differs | Self::Less | Self::AtMost | Self::More | Self::AtLeast | Self::In => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Over => 6,
        }
    }

    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::Differs => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::In => "in",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }
}

/// Functions of the language. All are total: what cannot be worked out is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `filled(x)`: somebody answered, however wrongly.
    Filled,
    /// `count(x)`: entries of a group, choices ticked, files uploaded.
    Count,
    /// `sum(x)` over the entries of a group.
    Sum,
    /// `least(x)`, `greatest(x)`: of the numbers or dates of a group.
    Least,
    Greatest,
    /// `has(x, 'v')`: the ticked choices contain this one.
    Has,
    /// `age(id_number, on)`: whole years (周岁) on a day.
    Age,
    /// `birthday(id_number, n)`: the day on which this person turns n.
    Birthday,
    /// `length(x)` in characters.
    Length,
    /// `matches(x, 'JY##')`: `#` is a digit, `@` a Latin letter, anything else itself.
    Matches,
    /// `if(condition, then, otherwise)`.
    If,
}

impl Function {
    pub const ALL: [Self; 11] = [
        Self::Filled,
        Self::Count,
        Self::Sum,
        Self::Least,
        Self::Greatest,
        Self::Has,
        Self::Age,
        Self::Birthday,
        Self::Length,
        Self::Matches,
        Self::If,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Filled => "filled",
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Least => "least",
            Self::Greatest => "greatest",
            Self::Has => "has",
            Self::Age => "age",
            Self::Birthday => "birthday",
            Self::Length => "length",
            Self::Matches => "matches",
            Self::If => "if",
        }
    }

    /// How many arguments it takes.
    pub fn takes(self) -> usize {
        match self {
            Self::Filled | Self::Count | Self::Sum | Self::Least | Self::Greatest | Self::Length => 1,
            Self::Has | Self::Age | Self::Birthday | Self::Matches => 2,
            Self::If => 3,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gather {
    /// True for every entry (and when there is none).
    All,
    /// True for one entry at least.
    Any,
    /// How many entries it is true for.
    Count,
}

impl Gather {
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::Count => "count",
        }
    }
}

impl Node {
    fn binding(&self) -> u8 {
        match self {
            Self::Binary(operator, ..) => operator.binding(),
            Self::Not(_) => 3,
            Self::Negate(_) => 7,
            Self::Bool(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Date(_)
            | Self::Today
            | Self::Name(_)
            | Self::List(_)
            | Self::Call(..)
            | Self::Each(..) => 8,
        }
    }

    /// Writes this node, in brackets when it binds less than its place asks for.
    fn write(&self, f: &mut fmt::Formatter<'_>, at_least: u8) -> fmt::Result {
        if self.binding() < at_least {
            f.write_str("(")?;
            self.write(f, 0)?;
            return f.write_str(")");
        }
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Date(date) => write!(f, "date('{date}')"),
            Self::Today => f.write_str("today"),
            Self::Name(name) => f.write_str(name),
            Self::List(nodes) => {
                f.write_str("[")?;
                write_many(f, nodes)?;
                f.write_str("]")
            }
            Self::Not(node) => {
                f.write_str("not ")?;
                node.write(f, 3)
            }
            Self::Negate(node) => {
                f.write_str("-")?;
                node.write(f, 7)
            }
            Self::Binary(operator, left, right) => {
                let binding = operator.binding();
                // comparisons do not chain; the others lean to the left
                let compares = binding == 4;
                left.write(f, if compares { binding + 1 } else { binding })?;
                write!(f, " {} ", operator.sign())?;
                right.write(f, binding + 1)
            }
            Self::Call(function, nodes) => {
                write!(f, "{}(", function.name())?;
                write_many(f, nodes)?;
                f.write_str(")")
            }
            Self::Each(gather, group, body) => {
                write!(f, "{}({group}: ", gather.name())?;
                body.write(f, 0)?;
                f.write_str(")")
            }
        }
    }
}

fn write_many(f: &mut fmt::Formatter<'_>, nodes: &[Node]) -> fmt::Result {
    for (n, node) in nodes.iter().enumerate() {
        if n > 0 {
            f.write_str(", ")?;
        }
        node.write(f, 0)?;
    }
    Ok(())
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, 0)
    }
}
