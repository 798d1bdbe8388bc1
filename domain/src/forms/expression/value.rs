//! Values of the expression language and their types.

use super::number::Number;
use chrono::NaiveDate;

/// What an expression comes to. A question nobody answered, or an answer that cannot be read, is `Nothing`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Nothing,
    Bool(bool),
    Number(Number),
    Text(String),
    Date(NaiveDate),
    List(Vec<Value>),
}

impl Value {
    /// Only a plain yes is true.
    pub fn is_true(&self) -> bool {
        *self == Self::Bool(true)
    }

    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }

    /// True when there is something: lists need an entry that is something.
    pub fn is_filled(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Text(text) => !text.is_empty(),
            Self::List(values) => values.iter().any(Self::is_filled),
            Self::Bool(_) | Self::Number(_) | Self::Date(_) => true,
        }
    }
}

/// What kind of value an expression has, known before anybody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Bool,
    Number,
    Text,
    Date,
    List(Box<Type>),
}

impl Type {
    /// In words, for the person who builds a form.
    pub fn say(&self) -> String {
        match self {
            Self::Bool => "是或否".into(),
            Self::Number => "数".into(),
            Self::Text => "文字".into(),
            Self::Date => "日期".into(),
            Self::List(of) => format!("一列{}", of.say()),
        }
    }
}
