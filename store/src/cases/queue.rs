//! The clerks' queues: whose cases, which of them, in order of the day they are due.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{CaseLine, line_columns};
use crate::{
    db::{Build, Tx},
    fault::Result,
    page::{Cursor, Page, after, bounded},
};

/// Which cases someone may see at all: what permission answered. `None` means all, an empty list none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseScope {
    /// Of these units.
    pub units: Option<Vec<Uuid>>,
    /// Waiting for one of these posts.
    pub posts: Option<Vec<String>>,
    /// Of these procedures.
    pub procedures: Option<Vec<String>>,
}

/// Whose desk a case is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Assignee {
    /// Does not matter.
    #[default]
    Any,
    /// Nobody's.
    Unclaimed,
    /// This account's.
    Of(Uuid),
}

/// Which of them a page shows. Empty or `None` means any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// In one of these stages.
    pub stages: Vec<String>,
    /// On this desk.
    pub assignee: Assignee,
    /// Of this procedure.
    pub procedure: Option<String>,
    /// Of this applicant.
    pub party_id: Option<Uuid>,
    /// Due on this day or before.
    pub due_until: Option<NaiveDate>,
    /// Still open, or ended.
    pub open: Option<bool>,
    /// With the clock standing still, or running.
    pub stopped: Option<bool>,
    /// Whose number begins so.
    pub number_starts: Option<String>,
}

impl CaseScope {
    /// Where it lies and whose turn it is: columns that a case and a place ([`super::places`]) have alike.
    fn lies<'t>(&self, mut build: Build<'t>, assignee: Assignee) -> Build<'t> {
        if let Some(units) = &self.units {
            build = build.push(" and unit_id in ").list(units.iter().copied());
        }
        if let Some(posts) = &self.posts {
            build = build.push(" and post in ").list(posts.iter().map(String::as_str));
        }
        match assignee {
            Assignee::Any => build,
            Assignee::Unclaimed => build.push(" and assignee is null"),
            // never null where it is denied
            Assignee::Of(account) => build.push(" and assignee is not null and assignee = ").value(account),
        }
    }

    fn narrow<'t>(&self, build: Build<'t>, filter: &CaseFilter) -> Build<'t> {
        filter.narrow(self.of(self.lies(build, filter.assignee)))
    }

    fn of<'t>(&self, build: Build<'t>) -> Build<'t> {
        match &self.procedures {
            Some(procedures) => build.push(" and procedure_code in ").list(procedures.iter().map(String::as_str)),
            None => build,
        }
    }

    /// Cases that are met at a node open beside the one of their row, and there only.
    fn beside<'t>(&self, build: Build<'t>, filter: &CaseFilter) -> Build<'t> {
        let build = build.push(" and id in (select case_id from case_places where 1 = 1");
        let build = self.lies(build, filter.assignee).push(") and not (1 = 1");
        filter.narrow(self.of(self.lies(build, filter.assignee).push(")")))
    }
}

impl CaseFilter {
    /// All it asks but whose desk.
    fn narrow<'t>(&self, mut build: Build<'t>) -> Build<'t> {
        if !self.stages.is_empty() {
            build = build.push(" and stage in ").list(self.stages.iter().map(String::as_str));
        }
        build = match self.open {
            Some(true) => build.push(" and closed_at is null"),
            Some(false) => build.push(" and closed_at is not null"),
            None => build,
        };
        if let Some(start) = self.number_starts.as_deref().filter(|start| !start.is_empty()) {
            build = build.push(" and number like ").value(beginning(start)).push(" escape '!'");
        }
        build
            .maybe(" and procedure_code = ", self.procedure.as_deref())
            .maybe(" and party_id = ", self.party_id)
            .maybe(" and due <= ", self.due_until)
            .maybe(" and stopped = ", self.stopped)
    }
}

/// A pattern for numbers that begin so, `%` and `_` included.
fn beginning(start: &str) -> String {
    let mut pattern = start.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    pattern.push('%');
    pattern
}

#[derive(sqlx::FromRow)]
struct Queued {
    due: NaiveDate,
    #[sqlx(flatten)]
    line: CaseLine,
}

/// A page of a queue: by the day they are due, then by id. A case with several open nodes stands in the queue of each.
pub async fn queue(
    tx: &mut Tx,
    scope: &CaseScope,
    filter: &CaseFilter,
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Page<CaseLine>> {
    let limit = bounded(limit);
    let after: Option<(NaiveDate, Uuid)> = after(cursor)?;
    let mut rows: Vec<Queued> = Vec::new();
    for beside in [false, true] {
        let build = tx.build(concat!("select due, ", line_columns!(), " from cases where 1 = 1"));
        let mut build = if beside { scope.beside(build, filter) } else { scope.narrow(build, filter) };
        if let Some((due, id)) = after {
            build = build.push(" and (due, id) > (").value(due).push(", ").value(id).push(")");
        }
        rows.extend(build.push(" order by due, id limit ").value(limit + 1).all::<Queued>().await?);
    }
    rows.sort_by_key(|row| (row.due, row.line.id));
    let page = Page::cut(rows, limit, |row: &Queued| (row.due, row.line.id));
    Ok(Page { rows: page.rows.into_iter().map(|row| row.line).collect(), next: page.next })
}

/// How many there are, counted to `most` and no further: more than that is "many" to a person.
pub async fn count(tx: &mut Tx, scope: &CaseScope, filter: &CaseFilter, most: i64) -> Result<i64> {
    let most = bounded(most);
    let mut all = 0;
    for beside in [false, true] {
        let build = tx.build("select count(*) from (select 1 from cases where 1 = 1");
        let build = if beside { scope.beside(build, filter) } else { scope.narrow(build, filter) };
        let rows: Vec<(i64,)> = build.push(" limit ").value(most).push(") few").all().await?;
        all += rows.first().map_or(0, |(count,)| *count);
    }
    Ok(all.min(most))
}
