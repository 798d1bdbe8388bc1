//! What is wrong with a flow before a case may rest on it.

use super::flow::{Flow, Manner, NodeKind, Outcome, Target};
use crate::forms::Form;

impl Flow {
    /// What is wrong between this flow and the form whose answers it reads, as sentences for its author; [`Self::faults`] among them.
    pub fn faults_with(&self, form: &Form) -> Vec<String> {
        let mut faults = self.faults();
        faults
            .extend(self.fields().filter(|f| form.place(f).is_none()).map(|f| format!("the flow reads {f}, which is not asked")));
        faults.extend(self.intake.iter().flat_map(|intake| intake.faults(form)));
        faults.extend(self.fee_faults(form));
        let certificate = self.result.certificate.iter();
        let certificate = certificate
            .flat_map(|c| [c.reaches_back.as_ref(), c.ends.as_ref(), c.replaces.as_ref().and_then(|r| r.when.as_ref())]);
        let certificate = certificate.flatten().map(|condition| (condition, "certificate"));
        let conditions = self.nodes.iter().filter_map(|n| Some((n.when.as_ref()?, n.id.as_str()))).chain(certificate);
        let conditions = conditions.map(|(condition, place)| form.condition_faults(condition, place));
        faults.extend(conditions.flatten().map(|f| format!("{f:?}")));
        faults
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
            if node.when.is_some() && node.kind == NodeKind::Approve {
                faults.push(format!("node {} decides and may not be left out", node.id));
            }
            if node.asks.is_some() && node.kind == NodeKind::Approve {
                faults.push(format!("node {} decides; what is asked of the applicant comes before", node.id));
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
        faults.extend(self.nodes.iter().flat_map(|n| self.branch_faults(n)));
        for (i, answer) in self.result.answers.iter().enumerate() {
            if self.result.answers[..i].iter().any(|a| a.code == answer.code) {
                faults.push(format!("answer {} is named twice", answer.code));
            }
        }
        if self.result.manner != Manner::Permit {
            if self.result.granted_title.is_none() || self.result.refused_title.is_none() {
                faults.push("a decision that is no permit needs its titles: granted_title, refused_title".to_owned());
            }
            if self.silence_accepts {
                faults.push("silence accepts permits only (行政许可法第三十二条): silence_accepts must be false".to_owned());
            }
        }
        if self.result.manner == Manner::Service
            && self.result.answers.is_empty()
            && (self.result.granted_says.is_none() || self.result.refused_says.is_none())
        {
            faults.push("say what is decided: granted_says, refused_says".to_owned());
        }
        if self.result.manner == Manner::Benefit && self.result.payment.is_none() {
            faults.push("a benefit says what it pays: payment".to_owned());
        }
        if self.result.certificate.as_ref().is_some_and(|kind| kind.ends.is_some() && kind.replaces.is_none()) {
            faults.push("say which certificate ends: replaces".to_owned());
        }
        if let Some(kind) = &self.result.certificate
            && kind.valid_years.is_some()
            && kind.valid_until.is_some()
        {
            faults.push("a certificate ends after years or on the day applied for, not both".to_owned());
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
