//! The one evaluator.

use super::node::{Function, Gather, Node, Operator};
use super::number::Number;
use super::value::Value;
use crate::identity::numbers::CitizenId;
use chrono::{Datelike, Days, NaiveDate};

/// Which entry of which group is being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    pub group: &'a str,
    pub row: &'a str,
}

/// What names stand for.
pub trait Names {
    /// The answer to a field; in a group, of this row, or a list of all rows when no row of its group is given.
    fn value(&self, name: &str, row: Option<Row<'_>>) -> Value;
    /// Whether somebody gave any answer, readable or not.
    fn is_filled(&self, name: &str, row: Option<Row<'_>>) -> bool;
    /// Row ids of a group.
    fn rows(&self, group: &str) -> &[String];
}

/// All an expression may look at.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    pub names: &'a dyn Names,
    pub row: Option<Row<'a>>,
    pub today: NaiveDate,
}

pub(super) fn eval(node: &Node, env: &Env<'_>) -> Value {
    match node {
        Node::Bool(value) => Value::Bool(*value),
        Node::Number(value) => Value::Number(*value),
        Node::Text(text) => Value::Text(text.clone()),
        Node::Date(date) => Value::Date(*date),
        Node::Today => Value::Date(env.today),
        Node::Name(name) => env.names.value(name, env.row),
        Node::List(nodes) => Value::List(nodes.iter().map(|n| eval(n, env)).collect()),
        Node::Not(inner) => match eval(inner, env) {
            Value::Bool(value) => Value::Bool(!value),
            Value::Nothing | Value::Number(_) | Value::Text(_) | Value::Date(_) | Value::List(_) => Value::Nothing,
        },
        Node::Negate(inner) => number(number_of(&eval(inner, env)).and_then(Number::negated)),
        Node::Binary(Operator::And, left, right) => Value::Bool(eval(left, env).is_true() && eval(right, env).is_true()),
        Node::Binary(Operator::Or, left, right) => Value::Bool(eval(left, env).is_true() || eval(right, env).is_true()),
        Node::Binary(operator, left, right) => binary(*operator, &eval(left, env), &eval(right, env)),
        Node::Call(function, nodes) => call(*function, nodes, env),
        Node::Each(gather, group, body) => {
            let rows = env.names.rows(group);
            let mut holds = rows.iter().map(|row| eval(body, &Env { row: Some(Row { group, row }), ..*env }).is_true());
            match gather {
                Gather::All => Value::Bool(holds.all(|h| h)),
                Gather::Any => Value::Bool(holds.any(|h| h)),
                Gather::Count => Value::Number(Number::count(holds.filter(|h| *h).count())),
            }
        }
    }
}

fn number(value: Option<Number>) -> Value {
    value.map_or(Value::Nothing, Value::Number)
}

fn number_of(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Nothing | Value::Bool(_) | Value::Text(_) | Value::Date(_) | Value::List(_) => None,
    }
}

fn binary(operator: Operator, left: &Value, right: &Value) -> Value {
    match operator {
        Operator::Or | Operator::And => Value::Nothing, // settled before both sides are worked out
        Operator::Equal => Value::Bool(same(left, right) == Some(true)),
        Operator::Differs => Value::Bool(same(left, right) == Some(false)),
        Operator::Less => ordered(left, right, std::cmp::Ordering::is_lt),
        Operator::AtMost => ordered(left, right, std::cmp::Ordering::is_le),
        Operator::More => ordered(left, right, std::cmp::Ordering::is_gt),
        Operator::AtLeast => ordered(left, right, std::cmp::Ordering::is_ge),
        Operator::In => match right {
            Value::List(values) => Value::Bool(values.iter().any(|v| same(left, v) == Some(true))),
            Value::Nothing | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Date(_) => Value::Bool(false),
        },
        Operator::Plus | Operator::Minus => add(left, right, operator == Operator::Minus),
        Operator::Times => number(number_of(left).zip(number_of(right)).and_then(|(a, b)| a.times(b))),
        Operator::Over => number(number_of(left).zip(number_of(right)).and_then(|(a, b)| a.over(b))),
    }
}

/// Whether two values are the same; `None` when one is nothing or they are of different types.
fn same(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Nothing, _) | (_, Value::Nothing) => None,
        _ => (std::mem::discriminant(left) == std::mem::discriminant(right)).then(|| left == right),
    }
}

fn ordered(left: &Value, right: &Value, wanted: fn(std::cmp::Ordering) -> bool) -> Value {
    Value::Bool(match (left, right) {
        (Value::Number(a), Value::Number(b)) => wanted(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => wanted(a.cmp(b)),
        _ => false,
    })
}

/// Numbers, or a date and days, or two dates whose days lie between.
fn add(left: &Value, right: &Value, minus: bool) -> Value {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => number(if minus { a.minus(*b) } else { a.plus(*b) }),
        (Value::Date(date), Value::Number(days)) => {
            let days = if minus { days.negated() } else { Some(*days) };
            days.and_then(Number::as_whole).and_then(|d| shift(*date, d)).map_or(Value::Nothing, Value::Date)
        }
        (Value::Date(a), Value::Date(b)) if minus => number(Number::whole(a.signed_duration_since(*b).num_days())),
        _ => Value::Nothing,
    }
}

fn shift(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    let size = Days::new(days.unsigned_abs());
    if days < 0 { date.checked_sub_days(size) } else { date.checked_add_days(size) }
}

fn call(function: Function, nodes: &[Node], env: &Env<'_>) -> Value {
    // the parser has counted the arguments; a missing one is nothing all the same
    let arg = |n: usize| nodes.get(n).map_or(Value::Nothing, |node| eval(node, env));
    match function {
        Function::Filled => Value::Bool(match nodes.first() {
            Some(Node::Name(name)) => env.names.is_filled(name, env.row),
            _ => arg(0).is_filled(),
        }),
        Function::Count => match arg(0) {
            Value::List(values) => Value::Number(Number::count(values.len())),
            // ticked boxes and uploads nobody gave are none, not unknown
            Value::Nothing => Value::Number(Number::count(0)),
            Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Date(_) => Value::Number(Number::count(1)),
        },
        Function::Sum => number(entries(&arg(0)).iter().try_fold(Number::count(0), |sum, v| sum.plus(number_of(v)?))),
        Function::Least => chosen(&arg(0), std::cmp::Ordering::Less),
        Function::Greatest => chosen(&arg(0), std::cmp::Ordering::Greater),
        Function::Has => binary(Operator::In, &arg(1), &arg(0)),
        Function::Age => match (citizen(&arg(0)), arg(1)) {
            (Some(id), Value::Date(on)) if on >= id.birth() => number(Number::whole(i64::from(id.age_on(on)))),
            _ => Value::Nothing,
        },
        Function::Birthday => {
            let years = number_of(&arg(1)).and_then(Number::as_whole);
            citizen(&arg(0)).zip(years).and_then(|(id, n)| birthday(id.birth(), n)).map_or(Value::Nothing, Value::Date)
        }
        Function::Length => match arg(0) {
            Value::Text(text) => Value::Number(Number::count(text.chars().count())),
            Value::Nothing | Value::Bool(_) | Value::Number(_) | Value::Date(_) | Value::List(_) => Value::Nothing,
        },
        Function::Matches => match (arg(0), arg(1)) {
            (Value::Text(text), Value::Text(shape)) => Value::Bool(matches(&text, &shape)),
            _ => Value::Bool(false),
        },
        Function::If => {
            if arg(0).is_true() {
                arg(1)
            } else {
                arg(2)
            }
        }
    }
}

/// What has been answered among the rows.
fn entries(value: &Value) -> Vec<Value> {
    match value {
        Value::List(values) => values.iter().filter(|v| !v.is_nothing()).cloned().collect(),
        Value::Nothing => Vec::new(),
        Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Date(_) => vec![value.clone()],
    }
}

fn chosen(value: &Value, wanted: std::cmp::Ordering) -> Value {
    let better = |a: &Value, b: &Value| match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b) == wanted,
        (Value::Date(a), Value::Date(b)) => a.cmp(b) == wanted,
        _ => false,
    };
    entries(value).into_iter().reduce(|best, next| if better(&next, &best) { next } else { best }).unwrap_or(Value::Nothing)
}

fn citizen(value: &Value) -> Option<CitizenId> {
    match value {
        Value::Text(text) => CitizenId::parse(text).ok(),
        Value::Nothing | Value::Bool(_) | Value::Number(_) | Value::Date(_) | Value::List(_) => None,
    }
}

/// The day somebody turns n; born on 29 February, one grows older on 1 March.
fn birthday(birth: NaiveDate, years: i64) -> Option<NaiveDate> {
    let year = i32::try_from(i64::from(birth.year()).checked_add(years)?).ok()?;
    birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

fn matches(text: &str, shape: &str) -> bool {
    let mut left = text.chars();
    shape.chars().all(|s| {
        left.next().is_some_and(|c| match s {
            '#' => c.is_ascii_digit(),
            '@' => c.is_ascii_alphabetic(),
            other => c == other,
        })
    }) && left.next().is_none()
}
