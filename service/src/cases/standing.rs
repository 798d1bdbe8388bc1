//! Where somebody at a desk meets a case with several open nodes (并联).

use crate::hall::Ask;
use domain::cases::view::OpenStep;
use domain::cases::{Case, Doer, Flow, Node};
use domain::identity::permission::AsStaff;
use uuid::Uuid;

/// Somebody at a desk, with the posts they hold in the unit where the case stands.
pub(super) fn doer_in(me: &AsStaff, unit: Uuid) -> Doer {
    Doer::Staff {
        account: me.account,
        name: me.name.clone(),
        posts: me.posts.iter().filter(|p| p.unit == unit).map(|p| p.post.clone()).collect(),
    }
}

/// The case as it stands where the asker works: at the node that is asked for, else at one they have, else at one that waits for a post of
/// theirs, else as it is.
pub(super) fn standing(me: &AsStaff, case: &Case, flow: &Flow, asked: &str) -> Case {
    if case.beside.is_empty() {
        return case.clone();
    }
    let theirs = |seen: &Case| me.posts.iter().any(|p| p.unit == seen.unit && seen.post(flow) == Some(&p.post));
    let rank = |seen: &Case| match &seen.assignee {
        _ if seen.stage.node() == Some(asked) => 0,
        Some(who) if who.account == me.account => 1,
        None if theirs(seen) => 2,
        Some(_) if theirs(seen) => 3,
        Some(_) | None => 4,
    };
    case.nodes().map(|node| case.at(node)).min_by_key(rank).unwrap_or_else(|| case.clone())
}

/// The open nodes, where several are, in the flow's order.
pub(super) fn open_steps(ask: &Ask, case: &Case, flow: &Flow) -> Vec<OpenStep> {
    if case.beside.is_empty() {
        return Vec::new();
    }
    let open: Vec<Case> = case.nodes().map(|node| case.at(node)).collect();
    let step = |node: &Node| {
        let seen = open.iter().find(|seen| seen.stage.node() == Some(&node.id))?;
        Some(OpenStep {
            node: node.id.clone(),
            title: node.title_in(ask.english()),
            unit_name: ask.unit_name(&seen.unit_name),
            assignee: seen.assignee.as_ref().map(|a| a.name.clone()),
        })
    };
    flow.nodes.iter().filter_map(step).collect()
}
