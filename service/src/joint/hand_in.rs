//! Handing in a joint form: it comes apart into the forms of its matters, and each is handed in as if it had been filled in alone.

use crate::cases::hand_in_with;
use crate::fault::{Answer, Fault, clear_text};
use crate::forms::drafts::{self, Open};
use crate::hall::{Ask, Procedure};
use chrono::Duration;
use domain::Refusal;
use domain::cases::view::Receipt;
use domain::cases::{CaseNumber, JointRef};
use domain::forms::joint::Joint;
use domain::forms::{Answers, settle, split_key, validate};
use serde_json::json;
use std::sync::Arc;
use store::forms::drafts as rows;
use store::forms::drafts::DraftRow;
use store::forms::uploads::{self, UploadRow};
use store::joints::{self, JointRow};
use store::{DataKey, StoreFault, Unit, data_keys, new_id, serials};
use uuid::Uuid;

/// A joint draft, taken apart. Files are written under the keys of their parts before anything is decided: what comes of it is a short
/// unit of work, and what is written for nothing is swept away like every file that no row names.
pub(crate) struct Apart {
    /// Of the draft, when it was taken apart.
    version: i64,
    parts: Vec<Part>,
}

struct Part {
    draft: Uuid,
    procedure: Arc<Procedure>,
    answers: Answers,
    key: DataKey,
    uploads: Vec<UploadRow>,
}

/// Takes a draft apart; nothing when it is none of a bundle, or was handed in meanwhile.
///
/// # Errors
/// It is somebody else's, its form changed, or it is not complete.
pub(crate) async fn apart(ask: &Ask, draft: Uuid) -> Answer<Option<Apart>> {
    let mut tx = ask.store().read().await?;
    let Some(row) = rows::find(&mut tx, draft).await? else { return Ok(None) };
    if ask.hall.published().procedure(&row.procedure_code).is_some() {
        return Ok(None);
    }
    let open = drafts::load(ask, &mut tx, draft).await?;
    let Some(joint) = &open.procedure.joint else { return Ok(None) };
    if open.changes.is_some() {
        return Err(Refusal::FormChanged { item: open.procedure.item.name.clone() }.into());
    }
    let form = open.form()?;
    let problems = validate(form, &open.answers, open.day).len();
    if problems > 0 {
        return Err(Refusal::FormHasProblems { count: u32::try_from(problems).unwrap_or(u32::MAX) }.into());
    }
    let answers = settle(form, &open.answers, open.day);
    let mut parts = Vec::new();
    for (code, version) in joint.wanted(&answers) {
        let procedure = ask.hall.procedure(&mut tx, code, version).await?;
        let own = procedure.form.as_ref().ok_or_else(|| Fault::broken("a matter without a form"))?;
        let part = Part {
            draft: new_id(ask.at),
            answers: joint.part(code, own, &answers),
            procedure: procedure.clone(),
            key: data_keys::fresh(ask.at),
            uploads: Vec::new(),
        };
        parts.push(part);
    }
    let key = drafts::key_of(ask, &mut tx, &open.row).await?;
    let held = uploads::list_by_draft(&mut tx, draft).await?;
    drop(tx);
    for part in &mut parts {
        copy_files(ask, part, &key, &held).await?;
    }
    Ok(Some(Apart { version: open.row.version, parts }))
}

/// Writes the files of a part under its own key: a case keeps its files whatever becomes of the others.
async fn copy_files(ask: &Ask, part: &mut Part, from: &DataKey, held: &[UploadRow]) -> Answer<()> {
    for (place, notes) in &mut part.answers.files {
        let (field, row) = split_key(place);
        for note in notes {
            let found = held.iter().find(|upload| upload.id.to_string() == note.id);
            let upload = found.ok_or_else(|| Fault::broken("a file that is named and not there"))?;
            let id = new_id(ask.at);
            let mut reader = ask.store().blobs().open_blob(from, &upload.blob).await?;
            let mut writer = ask.store().blobs().create(&part.key).await?;
            while let Some(piece) = reader.next().await? {
                writer.write(&piece).await?;
            }
            note.id = id.to_string();
            part.uploads.push(UploadRow {
                id,
                draft_id: Some(part.draft),
                field: field.to_owned(),
                row: row.unwrap_or_default().to_owned(),
                file_name: part.key.seal(uploads::FILE_NAME, &note.id, note.name.as_bytes())?,
                blob: writer.finish().await?.name,
                ..upload.clone()
            });
        }
    }
    Ok(())
}

/// Hands every part in, in a unit that the caller saves: all of them, or none.
pub(crate) async fn hand_in(
    ask: &Ask,
    unit: &mut Unit,
    draft: Uuid,
    pairs: &[(String, String)],
    apart: &Apart,
) -> Answer<Receipt> {
    let open = drafts::load(ask, unit, draft).await?;
    if open.row.version != apart.version {
        return Err(Fault::Busy(StoreFault::Busy("the draft was changed while it was taken apart".into())));
    }
    let joint = open.procedure.joint.as_ref().ok_or_else(|| Fault::broken("a joint draft of no bundle"))?;
    let area = &ask.hall.settings().area_code;
    let serial = serials::next(unit, area, ask.today()).await?;
    let number = CaseNumber::compose(area, ask.today(), serial).map_err(|f| Fault::broken(format!("{f:?}")))?;
    let together = JointRef { id: new_id(ask.at), number: number.as_str().to_owned(), name: open.procedure.item.name.clone() };
    let code = clear_text(6);
    let mut first = None;
    for part in &apart.parts {
        add(ask, unit, &open, part).await?;
        let promised = promised(joint, part, pairs);
        let receipt = hand_in_with(ask, unit, part.draft, &promised, Some((&together, &code))).await?;
        joints::add_case(unit, together.id, receipt.case).await?;
        first = first.or(Some(receipt.case));
    }
    let row = JointRow {
        id: together.id,
        number: together.number.clone(),
        query_code_hash: crate::cases::query_code_hash(&together.number, &code),
        bundle: open.row.procedure_code.clone(),
        name: together.name.clone(),
        party_id: open.me.party.id,
        submitted_at: ask.at,
    };
    joints::add(unit, &row).await?;
    drafts::throw_away(unit, draft).await?;
    let case = first.ok_or(Refusal::FormHasProblems { count: 1 })?;
    Ok(Receipt { case, number: together.number, query_code: Some(code), joint: Some(together.id) })
}

/// A part as a draft of its own, for the moment between coming apart and being handed in.
async fn add(ask: &Ask, unit: &mut Unit, open: &Open, part: &Part) -> Answer<()> {
    data_keys::keep(unit, ask.store().keys(), &part.key, "draft", part.draft).await?;
    let row = DraftRow {
        id: part.draft,
        procedure_code: part.procedure.item.code.to_string(),
        procedure_version: part.procedure.version,
        party_id: open.me.party.id,
        account_id: open.me.account,
        case_id: None,
        purpose: "new".into(),
        title: String::new(),
        page_done: json!([]),
        answers: part.key.seal_json(rows::ANSWERS, &part.draft.to_string(), &part.answers)?,
        version: 1,
        created_at: ask.at,
        updated_at: ask.at,
        expires_at: ask.at + Duration::days(1),
    };
    rows::add(unit, &row).await?;
    for upload in &part.uploads {
        uploads::add(unit, upload).await?;
    }
    Ok(())
}

/// The sentences that were ticked, as the form of one matter names them.
fn promised(joint: &Joint, part: &Part, pairs: &[(String, String)]) -> Vec<(String, String)> {
    let code = part.procedure.item.code.as_str();
    let own = part.procedure.form.iter().flat_map(|form| &form.declarations);
    let ticked = |id: &str| {
        let there = joint.place_of(code, id)?;
        pairs.iter().find(|(name, _)| name.strip_prefix("d.") == Some(there.as_str()))
    };
    own.filter_map(|d| ticked(&d.id).map(|(_, said)| (format!("d.{}", d.id), said.clone()))).collect()
}
