//! Branches that run at the same time and meet (并联; 行政许可法第二十六条第二款): what a flow says of them, and how a case stands at several nodes.
//!
//! A case keeps one node as its stage's and the others `beside` it. [`Case::at`] shows it as it stands at one of them, so that everything
//! that is done at a node knows of that node alone.

use super::case::{Assignee, Case, Office, Stage};
use super::flow::{Flow, Node, NodeKind, Outcome};
use serde::{Deserialize, Serialize};

/// A node that is open beside the one the stage names (并联).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub node: String,
    /// The office that does it.
    pub office: Office,
    pub assignee: Option<Assignee>,
}

impl Flow {
    /// Whether branches meet at that node.
    pub fn joins(&self, id: &str) -> bool {
        self.node(id).is_some_and(|n| n.joins)
    }

    /// The nodes opened together with this one, less those the answers make needless.
    pub fn with(&self, id: &str, skips: &[String]) -> impl Iterator<Item = &Node> {
        let with = self.node(id).map(|n| n.with.as_slice()).unwrap_or_default();
        with.iter().filter_map(move |id| self.onward(id, skips)).filter(|n| !n.joins)
    }

    /// A branch from its first node up to where it meets the others, and where that is.
    fn branch(&self, first: &str) -> (Vec<&Node>, Option<&Node>) {
        let (mut branch, mut next) = (Vec::new(), self.node(first));
        while let Some(node) = next.filter(|n| !n.joins && branch.len() < self.nodes.len()) {
            branch.push(node);
            next = self.after(node, Outcome::Pass);
        }
        (branch, next.filter(|n| n.joins))
    }

    /// What is wrong with the branches that begin at a node.
    pub(super) fn branch_faults(&self, node: &Node) -> Vec<String> {
        let mut faults = Vec::new();
        let id = &node.id;
        if node.joins && node.when.is_some() {
            faults.push(format!("node {id} is where branches meet and may not be left out"));
        }
        if node.joins && !node.with.is_empty() {
            faults.push(format!("node {id} is where branches meet; what begins there together needs a node of its own"));
        }
        if node.with.is_empty() {
            return faults;
        }
        if node.when.is_some() {
            faults.push(format!("node {id} opens others and may not be left out"));
        }
        let heads: Vec<&str> = std::iter::once(id).chain(&node.with).map(String::as_str).collect();
        let branches: Vec<_> = heads.iter().map(|head| self.branch(head)).collect();
        let meets = branches.first().and_then(|(_, join)| *join);
        for (n, (branch, join)) in branches.iter().enumerate() {
            let head = heads[n];
            if self.node(head).is_none() {
                faults.push(format!("node {id} opens {head}, which does not exist"));
            } else if join.is_none() || join.map(|j| &j.id) != meets.map(|j| &j.id) {
                faults.push(format!("the branch from {head} does not meet the others at one node that joins"));
            }
            for step in branch {
                if n > 0 && !step.with.is_empty() {
                    faults.push(format!("node {} stands in a branch and opens others", step.id));
                }
                if step.kind == NodeKind::Approve {
                    faults.push(format!("node {} decides before the branches have met", step.id));
                }
                if branches[..n].iter().any(|(other, _)| other.iter().any(|o| o.id == step.id)) {
                    faults.push(format!("node {} stands in two branches", step.id));
                }
                if self.after(step, Outcome::Fail).is_some_and(|to| !to.joins) {
                    faults.push(format!("node {} fails to somewhere else than where the branches meet", step.id));
                }
                if self.after(step, Outcome::Return).is_some_and(|to| !branch.iter().any(|b| b.id == to.id)) {
                    faults.push(format!("node {} returns to somewhere outside its branch", step.id));
                }
            }
        }
        faults
    }
}

impl Case {
    /// The whole case goes to a node, and to those that are opened with it.
    pub(super) fn go(&mut self, node: &str, flow: &Flow) {
        self.stage = Stage::Handling { node: node.to_owned() };
        let office = Office { unit: self.unit, name: self.unit_name.clone() };
        let with = flow.with(node, &self.skips);
        self.beside = with.map(|n| Place { node: n.id.clone(), office: office.clone(), assignee: None }).collect();
    }

    /// A node is done. The last open one takes the case along, and so does a branch that fails; any other goes on in its branch, or has come
    /// to where the branches meet and is open no more.
    pub(super) fn leave(&mut self, node: &str, outcome: Outcome, to: Option<&str>, flow: &Flow) {
        let meets = to.is_some_and(|to| flow.joins(to));
        if self.beside.is_empty() || (meets && outcome == Outcome::Fail) {
            for place in std::mem::take(&mut self.beside) {
                self.remember(place.office);
            }
            self.assignee = None;
            if let Some(to) = to {
                self.go(to, flow);
            }
            return;
        }
        let Some(i) = self.beside.iter().position(|p| p.node == node) else {
            self.assignee = None;
            if meets {
                // the first of the others steps into its place
                let next = self.beside.remove(0);
                self.assignee = next.assignee;
                self.stage = Stage::Handling { node: next.node };
                self.lie_in(next.office);
            } else if let Some(to) = to {
                self.stage = Stage::Handling { node: to.to_owned() };
            }
            return;
        };
        if meets {
            let done = self.beside.remove(i);
            self.remember(done.office);
        } else {
            self.beside[i].assignee = None;
            self.beside[i].node = to.unwrap_or(node).to_owned();
        }
    }

    /// The case lies in another office now.
    pub(super) fn lie_in(&mut self, office: Office) {
        if office.unit != self.unit {
            self.before.push(Office { unit: self.unit, name: std::mem::replace(&mut self.unit_name, office.name) });
            self.unit = office.unit;
        }
    }

    /// An office that looked beside the others may still look.
    pub(super) fn remember(&mut self, office: Office) {
        if office.unit != self.unit && self.before.iter().all(|o| o.unit != office.unit) {
            // the first is the one that received it
            if self.before.is_empty() {
                self.before.push(Office { unit: self.unit, name: self.unit_name.clone() });
            }
            self.before.push(office);
        }
    }

    /// Who has the node; without one, or where only one is open, the node of the stage.
    pub(super) fn holder(&mut self, node: Option<&str>) -> &mut Option<Assignee> {
        match self.beside.iter_mut().find(|p| Some(p.node.as_str()) == node) {
            Some(place) => &mut place.assignee,
            None => &mut self.assignee,
        }
    }

    /// The nodes that are open, the one of the stage first.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        self.stage.node().into_iter().chain(self.beside.iter().map(|p| p.node.as_str()))
    }

    /// The case as it stands at one of its open nodes: that one is its stage's, with its office and who has it; the rules of a node know
    /// of no other. A node that is not open changes nothing.
    #[must_use]
    pub fn at(&self, node: &str) -> Self {
        let mut seen = self.clone();
        if let (Some(i), Stage::Handling { node: own } | Stage::Suspended { node: own }) =
            (self.beside.iter().position(|p| p.node == node), &mut seen.stage)
        {
            let place = &mut seen.beside[i];
            std::mem::swap(own, &mut place.node);
            std::mem::swap(&mut seen.unit, &mut place.office.unit);
            std::mem::swap(&mut seen.unit_name, &mut place.office.name);
            std::mem::swap(&mut seen.assignee, &mut place.assignee);
        }
        seen
    }
}
