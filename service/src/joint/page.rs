//! What was handed in at once, on one page: for the applicant, and for whoever holds the number and its query code.

use crate::cases::{line, loaded, offices, query_code};
use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use domain::cases::view::{JointPage, TrackedJoint, TrackedLine};
use domain::cases::{Case, Doer};
use domain::identity::permission::{as_applicant, owner};
use domain::refusal::Thing;
use store::{Tx, cases, joints};
use uuid::Uuid;

/// All cases of a joint filing of the asker's party.
///
/// # Errors
/// For everybody else there is none.
pub async fn joint_page(ask: &Ask, id: Uuid) -> Answer<JointPage> {
    let me = as_applicant(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let row = joints::find(&mut tx, id).await?.ok_or_else(|| Fault::missing(Thing::Case))?;
    let me = owner(me, row.party_id, Thing::Case)?;
    let doer = Doer::Applicant { account: me.account };
    let mut lines = Vec::new();
    for row in cases::list_by_joint(&mut tx, id).await? {
        let one = loaded(ask, &mut tx, row).await?;
        lines.push(line(ask, &one, &one.case, &doer)?);
    }
    let query_code = match lines.first() {
        Some(first) => query_code(ask, &mut tx, first.id).await?,
        None => None,
    };
    Ok(JointPage { name: ask.item_name(&row.name), number: row.number, submitted_at: row.submitted_at, query_code, lines })
}

/// Where each of them stands, without names.
async fn all(ask: &Ask, tx: &mut Tx, joint: Uuid) -> Answer<Vec<TrackedLine>> {
    let mut lines = Vec::new();
    for case in cases::list_by_joint(tx, joint).await? {
        let one = loaded(ask, tx, case).await?;
        lines.push(TrackedLine {
            number: one.case.number.clone(),
            item_name: ask.item_name(&one.case.item_name),
            unit_name: offices(ask, &one.case),
            stage: one.case.stage.clone(),
            due: one.case.due(one.flow()?, ask.hall.calendar()),
        });
    }
    Ok(lines)
}

/// What was handed in with this case: whoever handles it sees how far the other offices are (并联), not what they were sent.
pub(crate) async fn beside(ask: &Ask, tx: &mut Tx, case: &Case) -> Answer<Vec<TrackedLine>> {
    let Some(joint) = &case.joint else { return Ok(Vec::new()) };
    let mut lines = all(ask, tx, joint.id).await?;
    lines.retain(|line| line.number != case.number);
    Ok(lines)
}

/// The same for whoever has the number and a code of this hash; nothing when they do not fit.
pub(crate) async fn tracked(ask: &Ask, tx: &mut Tx, number: &str, hash: &str) -> Answer<Option<TrackedJoint>> {
    let row = joints::find_by_number(tx, number).await?.filter(|row| row.query_code_hash == hash);
    let Some(row) = row else { return Ok(None) };
    let lines = all(ask, tx, row.id).await?;
    Ok(Some(TrackedJoint { name: ask.item_name(&row.name), number: row.number, submitted_at: row.submitted_at, lines }))
}
