//! Whether an expression makes sense, before anybody answers.

use super::node::{Function, Node, Operator};
use super::value::Type;
use crate::forms::kind::Choice;

/// What a name stands for.
#[derive(Clone, Debug)]
pub enum Named<'a> {
    /// A field: its type, the group it stands in, the values it offers (empty: anything).
    Field { of: Type, group: Option<&'a str>, options: &'a [Choice] },
    /// A repeating group.
    Group,
}

type Lookup<'l, 'a> = &'l dyn Fn(&str) -> Option<Named<'a>>;

pub(super) fn check(node: &Node, names: Lookup<'_, '_>, group: Option<&str>) -> Result<Type, String> {
    let of = |node: &Node| check(node, names, group);
    match node {
        Node::Bool(_) => Ok(Type::Bool),
        Node::Number(_) => Ok(Type::Number),
        Node::Text(_) => Ok(Type::Text),
        Node::Date(_) | Node::Today => Ok(Type::Date),
        Node::Name(name) => match names(name) {
            None => Err(format!("没有 {name} 这个字段")),
            Some(Named::Group) => Ok(Type::List(Box::new(Type::Text))),
            Some(Named::Field { of, group: own, .. }) if own.is_none() || own == group => Ok(of),
            Some(Named::Field { of, .. }) => Ok(Type::List(Box::new(of))),
        },
        Node::List(nodes) => {
            let Some((first, rest)) = nodes.split_first() else { return Err("空的列表没有用处".into()) };
            let first = of(first)?;
            rest.iter().try_for_each(|n| must(&of(n)?, &first))?;
            Ok(Type::List(Box::new(first)))
        }
        Node::Not(inner) => must(&of(inner)?, &Type::Bool).map(|()| Type::Bool),
        Node::Negate(inner) => must(&of(inner)?, &Type::Number).map(|()| Type::Number),
        Node::Binary(operator, left, right) => {
            offered(*operator, left, right, names)?;
            binary(*operator, of(left)?, of(right)?)
        }
        Node::Call(function, nodes) => call(*function, nodes, names, group),
        Node::Each(_, each, _) if !matches!(names(each), Some(Named::Group)) => Err(format!("没有 {each} 这个组")),
        Node::Each(gather, each, body) => {
            must(&check(body, names, Some(each))?, &Type::Bool)?;
            Ok(match gather {
                super::node::Gather::All | super::node::Gather::Any => Type::Bool,
                super::node::Gather::Count => Type::Number,
            })
        }
    }
}

fn must(have: &Type, want: &Type) -> Result<(), String> {
    if have == want { Ok(()) } else { Err(format!("这里要{}，现在是{}", want.say(), have.say())) }
}

fn binary(operator: Operator, left: Type, right: Type) -> Result<Type, String> {
    match operator {
        Operator::Or | Operator::And => {
            must(&left, &Type::Bool)?;
            must(&right, &Type::Bool)?;
            Ok(Type::Bool)
        }
        Operator::Equal | Operator::Differs => must(&right, &left).map(|()| Type::Bool),
        Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast => {
            must(&right, &left)?;
            match left {
                Type::Number | Type::Date => Ok(Type::Bool),
                Type::Bool | Type::Text | Type::List(_) => Err(format!("{}不能比大小", left.say())),
            }
        }
        Operator::In => must(&right, &Type::List(Box::new(left))).map(|()| Type::Bool),
        Operator::Plus | Operator::Minus => match (left, right) {
            (Type::Number, Type::Number) => Ok(Type::Number),
            (Type::Date, Type::Number) => Ok(Type::Date),
            (Type::Date, Type::Date) if operator == Operator::Minus => Ok(Type::Number),
            (left, right) => Err(format!("{}和{}不能相加减", left.say(), right.say())),
        },
        Operator::Times | Operator::Over => {
            must(&left, &Type::Number)?;
            must(&right, &Type::Number)?;
            Ok(Type::Number)
        }
    }
}

fn call(function: Function, nodes: &[Node], names: Lookup<'_, '_>, group: Option<&str>) -> Result<Type, String> {
    let types = nodes.iter().map(|n| check(n, names, group)).collect::<Result<Vec<_>, _>>()?;
    let arg = |n: usize| types.get(n).ok_or_else(|| format!("{} 少了参数", function.name()));
    match function {
        Function::Filled => arg(0).map(|_| Type::Bool),
        Function::Count => match arg(0)? {
            Type::List(_) => Ok(Type::Number),
            other @ (Type::Bool | Type::Number | Type::Text | Type::Date) => Err(format!("{}数不出个数", other.say())),
        },
        Function::Sum => must(arg(0)?, &Type::List(Box::new(Type::Number))).map(|()| Type::Number),
        Function::Least | Function::Greatest => match arg(0)? {
            Type::List(of) if matches!(**of, Type::Number | Type::Date) => Ok((**of).clone()),
            other @ (Type::Bool | Type::Number | Type::Text | Type::Date | Type::List(_)) => {
                Err(format!("{}里挑不出大小", other.say()))
            }
        },
        Function::Has => {
            if let (Some(list), Some(value)) = (nodes.first(), nodes.get(1)) {
                known(list, value, names)?;
            }
            must(arg(0)?, &Type::List(Box::new(arg(1)?.clone()))).map(|()| Type::Bool)
        }
        Function::Age => {
            must(arg(0)?, &Type::Text)?;
            must(arg(1)?, &Type::Date).map(|()| Type::Number)
        }
        Function::Birthday => {
            must(arg(0)?, &Type::Text)?;
            must(arg(1)?, &Type::Number).map(|()| Type::Date)
        }
        Function::Length => must(arg(0)?, &Type::Text).map(|()| Type::Number),
        Function::Matches => {
            must(arg(0)?, &Type::Text)?;
            must(arg(1)?, &Type::Text).map(|()| Type::Bool)
        }
        Function::If => {
            must(arg(0)?, &Type::Bool)?;
            must(arg(2)?, arg(1)?)?;
            arg(1).cloned()
        }
    }
}

/// A choice may only be compared with what it offers: a mistyped value would never hold and nobody would notice.
fn offered(operator: Operator, left: &Node, right: &Node, names: Lookup<'_, '_>) -> Result<(), String> {
    match operator {
        Operator::Equal | Operator::Differs => {
            known(left, right, names)?;
            known(right, left, names)
        }
        Operator::In => match right {
            Node::List(values) => values.iter().try_for_each(|v| known(left, v, names)),
            Node::Name(_) => known(right, left, names),
            _ => Ok(()),
        },
        Operator::Or
        | Operator::And
        | Operator::Less
        | Operator::AtMost
        | Operator::More
        | Operator::AtLeast
        | Operator::Plus
        | Operator::Minus
        | Operator::Times
        | Operator::Over => Ok(()),
    }
}

fn known(field: &Node, value: &Node, names: Lookup<'_, '_>) -> Result<(), String> {
    let (Node::Name(name), Node::Text(text)) = (field, value) else { return Ok(()) };
    match names(name) {
        Some(Named::Field { options, .. }) if !options.is_empty() && options.iter().all(|o| o.value != *text) => {
            Err(format!("{name} 没有 '{text}' 这个选项"))
        }
        Some(Named::Field { .. } | Named::Group) | None => Ok(()),
    }
}
