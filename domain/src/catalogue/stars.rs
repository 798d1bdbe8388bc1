//! Star level of an item (Fujian practice, S002). The sources fix only ≥ 3★ = online and ≥ 4★ = whole process with at
//! most one visit, so the thresholds are a setting and the stars are computed from facts, never typed in.

use serde::{Deserialize, Serialize};

use super::{Depth, Item};

/// What each star asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarThresholds {
    /// Least depth for 2★ (forms and consultation online).
    pub two: Depth,
    /// Least depth for 3★ (online pre-review).
    pub three: Depth,
    /// Least depth for 4★ (online acceptance).
    pub four: Depth,
    /// Most visits for 4★.
    pub four_visits: u8,
    /// Most visits for 5★.
    pub five_visits: u8,
}

impl Default for StarThresholds {
    /// 2★ the guide with its forms, 3★ pre-review, 4★ originals checked on one visit, 5★ no visit.
    fn default() -> Self {
        Self { two: Depth::Guide, three: Depth::Precheck, four: Depth::Originals, four_visits: 1, five_visits: 0 }
    }
}

/// The star level of an item as it stands today, 1–5. Counts only what is open now: a filing form that is designed but
/// not open earns nothing.
#[must_use]
pub fn star_level(item: &Item, thresholds: &StarThresholds) -> u8 {
    let (depth, visits) = (item.depth_now(), item.visits_now());
    let has_guide = !item.materials.is_empty() && !item.steps.is_empty();
    if depth >= thresholds.four && visits <= thresholds.five_visits {
        5
    } else if depth >= thresholds.four && visits <= thresholds.four_visits {
        4
    } else if depth >= thresholds.three {
        3
    } else if depth >= thresholds.two && has_guide {
        2
    } else {
        1
    }
}
