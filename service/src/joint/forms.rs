//! The joint forms: made anew, as the next version, whenever the form of a matter in them is another. A draft follows as with any form.

use crate::catalogue::procedure_of;
use crate::fault::{Answer, Fault};
use crate::hall::{Hall, Procedure};
use chrono::{DateTime, Utc};
use domain::catalogue::{Audience, Bundle, Item, Material, Phrases};
use domain::forms::joint::{Joint, Matter, join};
use std::collections::HashMap;
use std::sync::Arc;
use store::catalogue::{bundles, procedures as rows};
use store::joints::{self, JointFormRow};
use store::{Tx, Unit, retry};

/// Most bundles a hall has.
const BUNDLES: i64 = 100;

/// Makes the joint forms that are missing, or are no longer those of their matters: when the hall opens.
///
/// # Errors
/// When the catalogue cannot be read.
pub async fn renew(hall: &Hall, at: DateTime<Utc>) -> Answer<()> {
    let made = retry(|| async {
        let mut unit = hall.store().unit("hall", at).await?;
        let made = renew_in(&mut unit, at).await?;
        unit.save().await?;
        Ok::<_, Fault>(made)
    });
    if made.await? > 0 {
        hall.reload().await?;
    }
    Ok(())
}

/// The same in a unit that the caller saves. How many were made.
pub(crate) async fn renew_in(unit: &mut Unit, at: DateTime<Utc>) -> Answer<usize> {
    let mut made = 0;
    for row in bundles::list(unit, Some("published"), None, BUNDLES).await?.rows {
        let bundle: Bundle = serde_json::from_value(row.body)?;
        let Some(joint) = joint_of(unit, &bundle).await? else { continue };
        let code = bundle.code.to_string();
        let newest = joints::newest_form(unit, &code).await?;
        let body = serde_json::to_value(&joint)?;
        if newest.as_ref().is_some_and(|newest| newest.body == body) {
            continue;
        }
        let version = newest.map_or(1, |newest| newest.version + 1);
        joints::add_form(unit, &JointFormRow { code, version, body, made_at: at }).await?;
        made += 1;
    }
    Ok(made)
}

/// The joint form of the matters that are open online for whom the bundle is.
async fn joint_of(tx: &mut Tx, bundle: &Bundle) -> Answer<Option<Joint>> {
    let mut procedures = Vec::new();
    for code in bundle.items() {
        let Some(row) = rows::find_published(tx, code.as_str()).await? else { continue };
        let procedure = procedure_of(tx, row).await?;
        let fits = procedure.item.audience.iter().any(|who| (*who == Audience::Person) == bundle.for_people);
        // who has to sign one of several matters has nothing to look at but all of them: such a form is filled in alone
        let alone = procedure.form.as_ref().is_some_and(|form| !form.signatories.is_empty());
        if fits && !alone && procedure.flow.is_some() {
            procedures.push(procedure);
        }
    }
    let matters: Vec<Matter<'_>> = procedures
        .iter()
        .filter_map(|p| {
            let form = p.form.as_ref()?;
            Some(Matter { code: p.item.code.as_str(), name: &p.item.name, name_en: &p.item.name_en, version: p.version, form })
        })
        .collect();
    Ok(join(bundle, &matters))
}

/// The joint forms in force as what they are filled in as: procedures without a flow of their own.
pub(crate) async fn procedures(
    tx: &mut Tx,
    bundles: &[Bundle],
    by_code: &HashMap<String, Arc<Procedure>>,
) -> Answer<HashMap<String, Arc<Procedure>>> {
    let mut found = HashMap::new();
    for bundle in bundles {
        let code = bundle.code.to_string();
        let Some(row) = joints::newest_form(tx, &code).await? else { continue };
        let joint: Joint = serde_json::from_value(row.body)?;
        let of = |(code, _): &(String, i64)| by_code.get(code).cloned();
        let matters: Vec<Arc<Procedure>> = joint.matters.iter().filter_map(of).collect();
        if let Some(procedure) = procedure(bundle, row.version, joint, &matters) {
            found.insert(code, Arc::new(procedure));
        }
    }
    Ok(found)
}

/// A version that is no longer in force, for the drafts that were begun under it.
pub(crate) async fn older(tx: &mut Tx, now: &Procedure, version: i64) -> Answer<Option<Procedure>> {
    let Some(row) = joints::find_form(tx, now.item.code.as_str(), version).await? else { return Ok(None) };
    let joint: Joint = serde_json::from_value(row.body)?;
    Ok(Some(Procedure { version, form: Some(joint.form.clone()), joint: Some(joint), ..now.clone() }))
}

fn procedure(bundle: &Bundle, version: i64, joint: Joint, matters: &[Arc<Procedure>]) -> Option<Procedure> {
    Some(Procedure {
        version,
        unit: None,
        unit_name: bundle.lead.clone(),
        item: item(bundle, matters)?,
        form: Some(joint.form.clone()),
        flow: None,
        joint: Some(joint),
        english: Phrases::default(),
    })
}

/// The bundle as what one applies for: all materials of its matters, each once.
fn item(bundle: &Bundle, matters: &[Arc<Procedure>]) -> Option<Item> {
    let first = &matters.first()?.item;
    let mut materials: Vec<Material> = Vec::new();
    for material in matters.iter().flat_map(|matter| &matter.item.materials) {
        if materials.iter().all(|known| known.name != material.name) {
            materials.push(material.clone());
        }
    }
    let audience = if bundle.for_people { Audience::Person } else { Audience::Enterprise };
    Some(Item {
        code: bundle.code.clone(),
        name: bundle.name.clone(),
        name_en: bundle.name_en.clone(),
        summary: bundle.summary.clone(),
        summary_en: bundle.summary_en.clone(),
        audience: vec![audience],
        situations: Vec::new(),
        materials,
        ..first.clone()
    })
}
