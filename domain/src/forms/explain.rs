//! Expressions in words, for those who build and check forms.

use super::expression::Value;
use super::expression::{Expr, Function, Gather, Node, Operator};
use super::form::Form;
use super::kind::Kind;
use super::message::say;

impl Expr {
    /// The expression in Chinese, with the form's own labels: “情形”是“新办”，并且“从业人员”的个数大于 0.
    pub fn explain(&self, form: &Form) -> String {
        words(&self.0, form)
    }
}

fn words(node: &Node, form: &Form) -> String {
    let of = |node: &Node| words(node, form);
    match node {
        Node::Bool(true) => "总是".into(),
        Node::Bool(false) => "从不".into(),
        Node::Number(number) => number.to_string(),
        Node::Text(text) => format!("“{text}”"),
        Node::Date(date) => say(&Value::Date(*date), false),
        Node::Today => "今天".into(),
        Node::Name(name) => label(name, form),
        Node::List(nodes) => nodes.iter().map(of).collect::<Vec<_>>().join("、"),
        Node::Not(inner) => format!("不是（{}）", of(inner)),
        Node::Negate(inner) => format!("负 {}", of(inner)),
        Node::Binary(operator, left, right) => {
            format!("{}{}{}", of_bool(left, form, *operator), sign(*operator), offered(left, right, form))
        }
        Node::Call(function, nodes) => call(*function, nodes, form),
        Node::Each(gather, group, body) => {
            let (list, body) = (label(group, form), of(body));
            match gather {
                Gather::All => format!("{list}里每一个都满足（{body}）"),
                Gather::Any => format!("{list}里至少有一个满足（{body}）"),
                Gather::Count => format!("{list}里满足（{body}）的个数"),
            }
        }
    }
}

/// Alternatives inside a conjunction get brackets.
fn of_bool(node: &Node, form: &Form, around: Operator) -> String {
    match (node, around) {
        (Node::Binary(Operator::Or, ..), Operator::And) => format!("（{}）", words(node, form)),
        _ => words(node, form),
    }
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Or => "，或者",
        Operator::And => "，并且",
        Operator::Equal => "是",
        Operator::Differs => "不是",
        Operator::Less => "小于",
        Operator::AtMost => "不超过",
        Operator::More => "大于",
        Operator::AtLeast => "不小于",
        Operator::In => "属于",
        Operator::Plus => "加",
        Operator::Minus => "减",
        Operator::Times => "乘以",
        Operator::Over => "除以",
    }
}

/// The right side; a value a choice offers is said by its label.
fn offered(left: &Node, right: &Node, form: &Form) -> String {
    match (left, right) {
        (Node::Name(name), Node::Text(value)) => option(name, value, form),
        (Node::Name(name), Node::List(values)) => {
            let said = values.iter().map(|v| if let Node::Text(v) = v { option(name, v, form) } else { words(v, form) });
            said.collect::<Vec<_>>().join("、")
        }
        (_, Node::Binary(Operator::Or, ..)) => format!("（{}）", words(right, form)),
        _ => words(right, form),
    }
}

fn option(field: &str, value: &str, form: &Form) -> String {
    let options = form.place(field).map(|p| p.field.kind.options()).unwrap_or_default();
    format!("“{}”", options.iter().find(|o| o.value == value).map_or(value, |o| o.label.as_str()))
}

fn label(name: &str, form: &Form) -> String {
    let field = form.place(name).map(|p| p.field.label.as_str());
    let label = field.or_else(|| form.group(name).map(|g| g.label.as_str())).unwrap_or(name);
    format!("“{label}”")
}

fn call(function: Function, nodes: &[Node], form: &Form) -> String {
    let arg = |n: usize| nodes.get(n).map(|node| words(node, form)).unwrap_or_default();
    match function {
        Function::Filled => match nodes.first() {
            Some(Node::Name(name)) if form.place(name).is_some_and(|p| matches!(p.field.kind, Kind::Files { .. })) => {
                format!("{}已上传", arg(0))
            }
            _ => format!("{}已填写", arg(0)),
        },
        Function::Count => format!("{}的个数", arg(0)),
        Function::Sum => format!("{}的合计", arg(0)),
        Function::Least => format!("{}里最小的", arg(0)),
        Function::Greatest => format!("{}里最大的", arg(0)),
        Function::Has => match (nodes.first(), nodes.get(1)) {
            (Some(list), Some(value)) => format!("{}里选了{}", arg(0), offered(list, value, form)),
            _ => arg(0),
        },
        Function::Age => format!("{}在{}的周岁", arg(0), arg(1)),
        Function::Birthday => format!("{}满 {} 周岁的日子", arg(0), arg(1)),
        Function::Length => format!("{}的字数", arg(0)),
        Function::Matches => format!("{}的样子是{}", arg(0), arg(1)),
        Function::If => format!("如果{}就是{}，否则是{}", arg(0), arg(1), arg(2)),
    }
}
