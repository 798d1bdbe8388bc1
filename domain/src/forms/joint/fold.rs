//! Working out beforehand what is settled: a rule in which an answer became a constant.

use crate::forms::expression::{Function, Node, Operator};

/// The same rule with what is constant worked out. It says the same of all answers.
pub(super) fn fold(node: Node) -> Node {
    match node {
        Node::Not(inner) => match fold(*inner) {
            Node::Bool(value) => Node::Bool(!value),
            inner => Node::Not(Box::new(inner)),
        },
        Node::Binary(operator, left, right) => binary(operator, fold(*left), fold(*right)),
        Node::Call(Function::Filled, args) if args.iter().all(constant) => Node::Bool(true),
        Node::Call(Function::If, args) => choose(args.into_iter().map(fold).collect()),
        Node::Call(function, args) => Node::Call(function, args.into_iter().map(fold).collect()),
        Node::Each(gather, group, body) => Node::Each(gather, group, Box::new(fold(*body))),
        Node::List(nodes) => Node::List(nodes.into_iter().map(fold).collect()),
        Node::Negate(inner) => Node::Negate(Box::new(fold(*inner))),
        same @ (Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Date(_) | Node::Today | Node::Name(_)) => same,
    }
}

fn constant(node: &Node) -> bool {
    matches!(node, Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::Date(_))
}

fn binary(operator: Operator, left: Node, right: Node) -> Node {
    match (operator, &left, &right) {
        (Operator::And, Node::Bool(false), _) | (Operator::And, _, Node::Bool(false)) => Node::Bool(false),
        (Operator::Or, Node::Bool(true), _) | (Operator::Or, _, Node::Bool(true)) => Node::Bool(true),
        (Operator::And, Node::Bool(true), _) | (Operator::Or, Node::Bool(false), _) => right,
        (Operator::And, _, Node::Bool(true)) | (Operator::Or, _, Node::Bool(false)) => left,
        (Operator::Equal, a, b) if constant(a) && constant(b) => Node::Bool(a == b),
        (Operator::Differs, a, b) if constant(a) && constant(b) => Node::Bool(a != b),
        (Operator::In, a, Node::List(of)) if constant(a) && of.iter().all(constant) => Node::Bool(of.contains(a)),
        _ => Node::Binary(operator, Box::new(left), Box::new(right)),
    }
}

fn choose(args: Vec<Node>) -> Node {
    match args.as_slice() {
        [Node::Bool(true), then, _] => then.clone(),
        [Node::Bool(false), _, otherwise] => otherwise.clone(),
        _ => Node::Call(Function::If, args),
    }
}
