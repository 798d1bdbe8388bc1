//! The flow of a procedure, as data: nodes with post, duty, time limit and checks; edges by outcome.

use crate::clock::Limit;
use serde::{Deserialize, Serialize};

/// How cases of one procedure run from submission to delivery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Post that pre-reviews, asks for supplements, accepts and hands out.
    pub window: String,
    /// Promised time for the first look (S002: two working days); outside the legal clock.
    pub pre_review: Limit,
    /// Time to ask for a supplement; after it the case is deemed accepted (行政许可法第三十二条: five working days).
    pub notice: Limit,
    /// What the applicant gets to send the missing papers.
    pub supplement: Limit,
    /// The promise the hall is judged by; `None` when decided at once.
    pub promised: Option<Limit>,
    /// The law's limit; `None` where no law sets one.
    pub statutory: Option<Limit>,
    /// Working days by which the head of the agency may extend once, with notice of reasons.
    pub extension_days: Option<u32>,
    /// Time after the decision to issue and deliver (第四十四条: ten working days).
    pub delivery: Limit,
    /// What the window checks before accepting.
    pub intake_checks: Vec<CheckItem>,
    /// The nodes after acceptance; the first is where an accepted case goes.
    pub nodes: Vec<Node>,
    pub result: ResultKind,
    /// Handling kinds of excluded time this procedure knows (第四十五条); empty when none may be used.
    #[serde(default)]
    pub special_procedures: Vec<String>,
}

/// Something a post ticks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckItem {
    pub id: String,
    /// What must hold, as the post reads it.
    pub text: String,
    /// What the applicant is told to send when it does not: name of the material or page.
    #[serde(default)]
    pub material: String,
    /// Suggested words for how to mend it.
    #[serde(default)]
    pub mend: String,
}

/// A step in handling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    pub id: String,
    pub title: String,
    pub title_en: String,
    /// What the post answers for.
    pub duty: String,
    pub post: String,
    pub kind: NodeKind,
    /// The node's own limit, within the whole.
    pub limit: Option<Limit>,
    #[serde(default)]
    pub checks: Vec<CheckItem>,
    pub edges: Vec<Edge>,
}

/// What is done at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// 现场核查: two or more staff on the spot (第三十四条), findings on record.
    SiteCheck,
    /// 审查: an opinion and a recommendation.
    Review,
    /// 审批: the decision itself; not by the person who reviewed.
    Approve,
}

/// What came out of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Pass,
    Fail,
    /// Back to an earlier node with reasons.
    Return,
}

/// Where an outcome leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    pub on: Outcome,
    pub to: Target,
}

/// The end of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Node(String),
    Grant,
    Refuse,
}

/// What a granted case yields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultKind {
    /// `true` for 行政许可 (decision documents of that law), `false` for benefits and services.
    pub permit: bool,
    pub certificate: CertificateKind,
}

/// The certificate or confirmation a granted case yields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateKind {
    /// Three-digit serial under the code of the department that defines the type (证照类型代码).
    pub type_serial: String,
    pub name: String,
    pub name_en: String,
    /// Letters in front of the certificate number, e.g. `JY2`.
    pub number_prefix: String,
    /// Years of validity; `None` is without end.
    pub valid_years: Option<u32>,
    /// Form field with the holder's name.
    pub holder: String,
    /// Form field with the holder's code; masked for persons.
    pub holder_code: String,
    /// Facts printed and signed: label and the form field they come from.
    pub facts: Vec<CertificateFact>,
}

/// One line on a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateFact {
    pub label: String,
    pub field: String,
}

impl Flow {
    /// The node of that id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|n| n.id == id)
    }

    /// What is wrong with this flow before it may be published, as sentences for its author.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.nodes.is_empty() {
            faults.push("a flow needs at least one node".to_owned());
        }
        for (i, node) in self.nodes.iter().enumerate() {
            if self.nodes[..i].iter().any(|n| n.id == node.id) {
                faults.push(format!("node {} is named twice", node.id));
            }
            if !node.edges.iter().any(|e| e.on == Outcome::Pass) {
                faults.push(format!("node {} has no way on: add an edge for pass", node.id));
            }
            for edge in &node.edges {
                match &edge.to {
                    Target::Node(id) if self.node(id).is_none() => {
                        faults.push(format!("node {} leads to {id}, which does not exist", node.id));
                    }
                    Target::Grant | Target::Refuse if node.kind != NodeKind::Approve => {
                        faults.push(format!("node {} decides, but only an approval may", node.id));
                    }
                    Target::Node(_) | Target::Grant | Target::Refuse => {}
                }
            }
        }
        let decides = |t: &Target| self.nodes.iter().any(|n| n.edges.iter().any(|e| &e.to == t));
        if !decides(&Target::Grant) || !decides(&Target::Refuse) {
            faults.push("the flow must be able to grant and to refuse".to_owned());
        }
        if let (Some(p), Some(s)) = (self.promised, self.statutory)
            && p.unit == s.unit
            && p.value > s.value
        {
            faults.push("the promise is longer than the law allows".to_owned());
        }
        faults
    }
}
