//! The procedures that come with the product, as texts (`data/procedures/`, listed by `build.rs`).

use crate::fault::{Answer, Fault};
use domain::cases::Flow;
use domain::catalogue::Item;
use domain::forms::{Form, Sample, Samples};
use std::collections::BTreeSet;

/// The texts of one procedure.
pub struct Texts {
    /// The item's code.
    pub code: &'static str,
    form: &'static str,
    flow: &'static str,
    samples: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

fn texts(code: &str) -> Option<&'static Texts> {
    SHIPPED.iter().find(|t| t.code == code)
}

/// Form and flow of an item that is open online, checked before anybody may rest a case on them.
pub(super) fn form_and_flow(item: &Item) -> Answer<(Option<Form>, Option<Flow>)> {
    let Some(texts) = texts(item.code.as_str()) else {
        return Ok((None, None));
    };
    let form = Form::from_json(texts.form)?;
    let flow: Flow = serde_json::from_str(texts.flow)?;
    let faults: Vec<String> = form.faults().into_iter().map(|f| format!("{f:?}")).chain(flow.faults_with(&form)).collect();
    if faults.is_empty() {
        Ok((Some(form), Some(flow)))
    } else {
        Err(Fault::broken(format!("{} may not be published: {}", item.code, faults.join("; "))))
    }
}

/// Codes of every office that handles a shipped procedure.
///
/// # Errors
/// When a text cannot be read.
pub(crate) fn offices_online() -> Answer<BTreeSet<String>> {
    let mut offices = BTreeSet::new();
    for texts in SHIPPED {
        let item = super::seed::catalogue()?.items.iter().find(|i| i.code.as_str() == texts.code);
        offices.extend(item.map(|i| i.department_code.clone()));
        let flow: Flow = serde_json::from_str(texts.flow)?;
        offices.extend(flow.intake.into_iter().flat_map(|i| i.rules).map(|rule| rule.office));
        offices.extend(flow.nodes.into_iter().filter_map(|n| n.office));
    }
    Ok(offices)
}

/// Complete applications of made-up people, for tests, demonstrations and examples.
///
/// # Errors
/// When the text cannot be read.
pub fn samples(code: &str) -> Answer<Vec<Sample>> {
    let Some(texts) = texts(code) else { return Ok(Vec::new()) };
    Ok(serde_json::from_str::<Samples>(texts.samples)?.samples)
}
