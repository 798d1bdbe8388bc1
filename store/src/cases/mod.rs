//! Cases: one row each, folded from the events of its stream, beside what was answered and what a clerk
//! is writing. The row's `version` is the number of the stream's last event.

mod answers;
mod messages;
mod notes;
mod places;
mod queue;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    page::{Cursor, Page, after, bounded},
};

pub use answers::{ANSWERS, CaseAnswersRow, add_answers, answers, answers_at, revisions};
pub use messages::{CaseMessageRow, MESSAGE, add_message, answer_messages, messages, unanswered};
pub use notes::{CaseNoteRow, NOTE, note, remove_note, save_note};
pub use places::{CasePlaceRow, places, set_places};
pub use queue::{Assignee, CaseFilter, CaseScope, count, queue};

/// A case.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct CaseRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The one serial number, online and at the counter.
    pub number: String,
    /// Hash of the code that lets someone without an account follow it.
    pub query_code_hash: String,
    /// The procedure.
    pub procedure_code: String,
    /// The version it is judged by for ever.
    pub procedure_version: i64,
    /// Name of the item then.
    pub item_name: String,
    /// The unit that handles it.
    pub unit_id: Uuid,
    /// The applicant.
    pub party_id: Uuid,
    /// Their name.
    pub applicant_name: String,
    /// Where in the lifecycle.
    pub stage: String,
    /// Node of the flow, when it is in one.
    pub node: Option<String>,
    /// Post whose turn it is.
    pub post: Option<String>,
    /// Account that has claimed it.
    pub assignee: Option<Uuid>,
    /// Last day by promise.
    pub promised_due: Option<NaiveDate>,
    /// Last day by law.
    pub statutory_due: Option<NaiveDate>,
    /// Day the timer acts on: end of pre-review, of supplement, deemed acceptance.
    pub act_by: Option<NaiveDate>,
    /// True while the clock stands still.
    pub stopped: bool,
    /// How it ended.
    pub outcome: Option<String>,
    /// When it came in.
    pub submitted_at: DateTime<Utc>,
    /// When it last moved.
    pub changed_at: DateTime<Utc>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Number of the last event of its stream.
    pub version: i64,
    /// The folded case.
    #[sqlx(json)]
    pub state: Value,
}

/// A case without its folded state, for lists.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct CaseLine {
    /// UUIDv7.
    pub id: Uuid,
    /// The one serial number, online and at the counter.
    pub number: String,
    /// The procedure.
    pub procedure_code: String,
    /// The version it is judged by for ever.
    pub procedure_version: i64,
    /// Name of the item then.
    pub item_name: String,
    /// The unit that handles it.
    pub unit_id: Uuid,
    /// The applicant.
    pub party_id: Uuid,
    /// Their name.
    pub applicant_name: String,
    /// Where in the lifecycle.
    pub stage: String,
    /// Node of the flow, when it is in one.
    pub node: Option<String>,
    /// Post whose turn it is.
    pub post: Option<String>,
    /// Account that has claimed it.
    pub assignee: Option<Uuid>,
    /// Last day by promise.
    pub promised_due: Option<NaiveDate>,
    /// Last day by law.
    pub statutory_due: Option<NaiveDate>,
    /// Day the timer acts on: end of pre-review, of supplement, deemed acceptance.
    pub act_by: Option<NaiveDate>,
    /// True while the clock stands still.
    pub stopped: bool,
    /// How it ended.
    pub outcome: Option<String>,
    /// When it came in.
    pub submitted_at: DateTime<Utc>,
    /// When it last moved.
    pub changed_at: DateTime<Utc>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Number of the last event of its stream.
    pub version: i64,
}

/// Columns of [`CaseRow`].
macro_rules! row_columns {
    () => {
        "id, number, query_code_hash, procedure_code, procedure_version, item_name, unit_id, party_id, applicant_name, stage, node, post, assignee, promised_due, statutory_due, act_by, stopped, outcome, submitted_at, changed_at, closed_at, version, state"
    };
}
/// Columns of [`CaseLine`].
macro_rules! line_columns {
    () => {
        "id, number, procedure_code, procedure_version, item_name, unit_id, party_id, applicant_name, stage, node, post, assignee, promised_due, statutory_due, act_by, stopped, outcome, submitted_at, changed_at, closed_at, version"
    };
}
use line_columns;

/// Stands in the queues for cases without any day.
const NO_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// The day queues order a case by: the earliest of its three.
fn due(row: &CaseRow) -> NaiveDate {
    [row.promised_due, row.statutory_due, row.act_by].into_iter().flatten().min().unwrap_or(NO_DAY)
}

/// Adds a case; `Taken` when the number is used.
pub async fn add(unit: &mut Unit, row: &CaseRow) -> Result<()> {
    unit.query(
        "insert into cases (id, number, query_code_hash, procedure_code, procedure_version, item_name, unit_id, party_id, applicant_name, stage, node, post, assignee, promised_due, statutory_due, act_by, stopped, outcome, submitted_at, changed_at, closed_at, version, state, due) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)",
    )
    .bind(row.id)
    .bind(&row.number)
    .bind(&row.query_code_hash)
    .bind(&row.procedure_code)
    .bind(row.procedure_version)
    .bind(&row.item_name)
    .bind(row.unit_id)
    .bind(row.party_id)
    .bind(&row.applicant_name)
    .bind(&row.stage)
    .bind(&row.node)
    .bind(&row.post)
    .bind(row.assignee)
    .bind(row.promised_due)
    .bind(row.statutory_due)
    .bind(row.act_by)
    .bind(row.stopped)
    .bind(&row.outcome)
    .bind(row.submitted_at)
    .bind(row.changed_at)
    .bind(row.closed_at)
    .bind(row.version)
    .bind(&row.state)
    .bind(due(row))
    .execute().await?;
    Ok(())
}

/// Writes the row as it is after its new events, if it still stands at `from_version`. False when
/// someone was faster: nothing is overwritten.
pub async fn change(unit: &mut Unit, row: &CaseRow, from_version: i64) -> Result<bool> {
    unit.query(
        "update cases set procedure_code = $2, procedure_version = $3, item_name = $4, unit_id = $5, applicant_name = $6, stage = $7, node = $8, post = $9, assignee = $10, promised_due = $11, statutory_due = $12, act_by = $13, stopped = $14, outcome = $15, changed_at = $16, closed_at = $17, version = $18, state = $19, due = $20 where id = $1 and version = $21",
    )
    .bind(row.id)
    .bind(&row.procedure_code)
    .bind(row.procedure_version)
    .bind(&row.item_name)
    .bind(row.unit_id)
    .bind(&row.applicant_name)
    .bind(&row.stage)
    .bind(&row.node)
    .bind(&row.post)
    .bind(row.assignee)
    .bind(row.promised_due)
    .bind(row.statutory_due)
    .bind(row.act_by)
    .bind(row.stopped)
    .bind(&row.outcome)
    .bind(row.changed_at)
    .bind(row.closed_at)
    .bind(row.version)
    .bind(&row.state)
    .bind(due(row))
    .bind(from_version)
    .changed().await
}

/// The cases that were handed in at once, in the order of their filing.
pub async fn list_by_joint(tx: &mut Tx, joint: Uuid) -> Result<Vec<CaseRow>> {
    tx.query(concat!("select ", row_columns!(), " from cases where joint_id = $1 order by number limit 50"))
        .bind(joint)
        .all()
        .await
}

/// Claims an unclaimed open case in one statement: at most one account gets it. The stream's next event
/// (number `version` of the row answered) goes into the same unit. `state` is the folded case with its
/// new assignee. `None` when it is claimed, closed, or no longer at `from_version`.
pub async fn claim(
    unit: &mut Unit,
    id: Uuid,
    from_version: i64,
    account: Uuid,
    state: &Value,
    at: DateTime<Utc>,
) -> Result<Option<CaseRow>> {
    unit.query(concat!(
        "update cases set assignee = $3, state = $4, changed_at = $5, version = version + 1
         where id = $1 and version = $2 and assignee is null and closed_at is null returning ",
        row_columns!()
    ))
    .bind(id)
    .bind(from_version)
    .bind(account)
    .bind(state)
    .bind(at)
    .optional()
    .await
}

/// One case.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<CaseRow>> {
    tx.query(concat!("select ", row_columns!(), " from cases where id = $1")).bind(id).optional().await
}

/// Several cases, in the order asked for; those that do not exist are left out.
pub async fn find_all(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<CaseRow>> {
    let build = tx.build(concat!("select ", row_columns!(), " from cases where id in "));
    let mut rows: Vec<CaseRow> = build.list(ids.iter().copied()).all().await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    Ok(rows)
}

/// By its serial number.
pub async fn find_by_number(tx: &mut Tx, number: &str) -> Result<Option<CaseRow>> {
    tx.query(concat!("select ", row_columns!(), " from cases where number = $1")).bind(number).optional().await
}

/// A party's cases, newest first; of one procedure, where one is named.
pub async fn list_by_party(
    tx: &mut Tx,
    party: Uuid,
    procedure_code: Option<&str>,
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Page<CaseRow>> {
    let limit = bounded(limit);
    let after: Option<Uuid> = after(cursor)?;
    let rows = tx
        .build(concat!("select ", row_columns!(), " from cases where party_id = "))
        .value(party)
        .maybe(" and procedure_code = ", procedure_code)
        .maybe(" and id < ", after)
        .push(" order by id desc limit ")
        .value(limit + 1)
        .all()
        .await?;
    Ok(Page::cut(rows, limit, |row: &CaseRow| row.id))
}

/// Open cases the timer must act on by a day, longest due first.
pub async fn due_for_timer(tx: &mut Tx, day: NaiveDate, limit: i64) -> Result<Vec<CaseLine>> {
    tx.query(concat!(
        "select ",
        line_columns!(),
        " from cases where act_by <= $1 and closed_at is null order by act_by, id limit $2"
    ))
    .bind(day)
    .bind(bounded(limit))
    .all()
    .await
}

#[cfg(test)]
pub(crate) mod tests;
