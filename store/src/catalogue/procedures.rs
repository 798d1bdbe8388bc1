//! Procedures (事项 with form and flow), versioned. At most one version of a code is in force; a case is
//! judged for ever by the version it was submitted under.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Unit,
    db::{Tx, by_dialect},
    fault::Result,
    page::{Cursor, Page, after, bounded},
};

/// One version of a procedure.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct ProcedureRow {
    /// Code of the item.
    pub code: String,
    /// 1, 2, 3 … of that code.
    pub version: i64,
    /// `draft`, `submitted`, `reviewed`, `published`, `suspended`, `retired`.
    pub state: String,
    /// Name of the item.
    pub name: String,
    /// Pinyin key lists are ordered by, lower-case letters and digits.
    pub name_sort: String,
    /// Department shown on lists.
    pub department: String,
    /// The unit that handles it.
    pub unit_id: Option<Uuid>,
    /// 事项类型, a code of the table of types.
    pub type_code: String,
    /// 行使层级, a code of the table of levels.
    pub level: String,
    /// Whom it serves: `citizen`, `enterprise` …
    #[sqlx(json)]
    pub audience: Vec<String>,
    /// Codes of themes.
    #[sqlx(json)]
    pub themes: Vec<String>,
    /// The whole item with form and flow.
    #[sqlx(json)]
    pub body: Value,
    /// When this version came into force.
    pub published_at: Option<DateTime<Utc>>,
    /// When it went out of force.
    pub retired_at: Option<DateTime<Utc>>,
    /// When the row was last written.
    pub changed_at: DateTime<Utc>,
}

/// A version without its body, for lists.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct ProcedureLine {
    /// Code of the item.
    pub code: String,
    /// 1, 2, 3 … of that code.
    pub version: i64,
    /// `draft`, `submitted`, `reviewed`, `published`, `suspended`, `retired`.
    pub state: String,
    /// Name of the item.
    pub name: String,
    /// Pinyin key lists are ordered by, lower-case letters and digits.
    pub name_sort: String,
    /// Department shown on lists.
    pub department: String,
    /// The unit that handles it.
    pub unit_id: Option<Uuid>,
    /// 事项类型, a code of the table of types.
    pub type_code: String,
    /// 行使层级, a code of the table of levels.
    pub level: String,
    /// Whom it serves: `citizen`, `enterprise` …
    #[sqlx(json)]
    pub audience: Vec<String>,
    /// Codes of themes.
    #[sqlx(json)]
    pub themes: Vec<String>,
    /// When this version came into force.
    pub published_at: Option<DateTime<Utc>>,
    /// When it went out of force.
    pub retired_at: Option<DateTime<Utc>>,
    /// When the row was last written.
    pub changed_at: DateTime<Utc>,
}

/// Which procedures a list shows. Empty or `None` means any.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProcedureFilter {
    /// In one of these states.
    pub states: Vec<String>,
    /// Of this department.
    pub department: Option<String>,
    /// Serving this audience.
    pub audience: Option<String>,
    /// Under this theme.
    pub theme: Option<String>,
    /// Of this type.
    pub type_code: Option<String>,
    /// Handled by this unit.
    pub unit_id: Option<Uuid>,
    /// With these words in the name.
    pub name_like: Option<String>,
}

/// Adds a version; `Taken` when there is one of that number.
pub async fn add(unit: &mut Unit, row: &ProcedureRow) -> Result<()> {
    unit.query(
        "insert into procedures (code, version, state, name, name_sort, department, unit_id, type_code, level, audience, themes, body, published_at, retired_at, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(&row.code)
    .bind(row.version)
    .bind(&row.state)
    .bind(&row.name)
    .bind(&row.name_sort)
    .bind(&row.department)
    .bind(row.unit_id)
    .bind(&row.type_code)
    .bind(&row.level)
    .bind(&row.audience)
    .bind(&row.themes)
    .bind(&row.body)
    .bind(row.published_at)
    .bind(row.retired_at)
    .bind(row.changed_at)
    .execute().await?;
    Ok(())
}

/// Changes everything but code and version; false when there is none.
pub async fn change(unit: &mut Unit, row: &ProcedureRow) -> Result<bool> {
    unit.query(
        "update procedures set state = $3, name = $4, name_sort = $5, department = $6, unit_id = $7, type_code = $8, level = $9, audience = $10, themes = $11, body = $12, published_at = $13, retired_at = $14, changed_at = $15 where code = $1 and version = $2",
    )
    .bind(&row.code)
    .bind(row.version)
    .bind(&row.state)
    .bind(&row.name)
    .bind(&row.name_sort)
    .bind(&row.department)
    .bind(row.unit_id)
    .bind(&row.type_code)
    .bind(&row.level)
    .bind(&row.audience)
    .bind(&row.themes)
    .bind(&row.body)
    .bind(row.published_at)
    .bind(row.retired_at)
    .bind(row.changed_at)
    .changed().await
}

/// One version.
pub async fn find(tx: &mut Tx, code: &str, version: i64) -> Result<Option<ProcedureRow>> {
    tx.query("select code, version, state, name, name_sort, department, unit_id, type_code, level, audience, themes, body, published_at, retired_at, changed_at from procedures where code = $1 and version = $2").bind(code).bind(version).optional().await
}

/// The version in force.
pub async fn find_published(tx: &mut Tx, code: &str) -> Result<Option<ProcedureRow>> {
    tx.query("select code, version, state, name, name_sort, department, unit_id, type_code, level, audience, themes, body, published_at, retired_at, changed_at from procedures where code = $1 and state = 'published'").bind(code).optional().await
}

/// The version with the highest number, whatever its state.
pub async fn newest(tx: &mut Tx, code: &str) -> Result<Option<ProcedureRow>> {
    tx.query("select code, version, state, name, name_sort, department, unit_id, type_code, level, audience, themes, body, published_at, retired_at, changed_at from procedures where code = $1 order by version desc limit 1").bind(code).optional().await
}

/// Every version, newest first.
pub async fn versions(tx: &mut Tx, code: &str) -> Result<Vec<ProcedureLine>> {
    tx.query("select code, version, state, name, name_sort, department, unit_id, type_code, level, audience, themes, published_at, retired_at, changed_at from procedures where code = $1 order by version desc limit 500").bind(code).all().await
}

/// Brings a version into force and retires the one that was. False when there is no such version.
pub async fn publish(unit: &mut Unit, code: &str, version: i64, at: DateTime<Utc>) -> Result<bool> {
    unit.query(
        "update procedures set state = 'retired', retired_at = $3, changed_at = $3
         where code = $1 and state = 'published' and version <> $2",
    )
    .bind(code)
    .bind(version)
    .bind(at)
    .execute()
    .await?;
    unit.query("update procedures set state = 'published', published_at = $3, changed_at = $3 where code = $1 and version = $2")
        .bind(code)
        .bind(version)
        .bind(at)
        .changed()
        .await
}

/// Takes the version in force out of it. False when none is.
pub async fn retire(unit: &mut Unit, code: &str, at: DateTime<Utc>) -> Result<bool> {
    unit.query("update procedures set state = 'retired', retired_at = $2, changed_at = $2 where code = $1 and state in ('published', 'suspended')")
        .bind(code)
        .bind(at)
        .changed()
        .await
}

/// Removes a version nobody has seen; false when it is no draft.
pub async fn remove_draft(unit: &mut Unit, code: &str, version: i64) -> Result<bool> {
    unit.query("delete from procedures where code = $1 and version = $2 and state = 'draft'")
        .bind(code)
        .bind(version)
        .changed()
        .await
}

/// Procedures by name, one line per version that fits.
pub async fn list(tx: &mut Tx, filter: &ProcedureFilter, cursor: Option<&Cursor>, limit: i64) -> Result<Page<ProcedureLine>> {
    let limit = bounded(limit);
    let after: Option<(String, String, i64)> = after(cursor)?;
    let mut list = tx
        .build("select code, version, state, name, name_sort, department, unit_id, type_code, level, audience, themes, published_at, retired_at, changed_at from procedures where 1 = 1")
        .maybe(" and department = ", filter.department.as_deref())
        .maybe(" and type_code = ", filter.type_code.as_deref())
        .maybe(" and unit_id = ", filter.unit_id);
    if !filter.states.is_empty() {
        list = list.push(" and state in ").list(filter.states.iter().map(String::as_str));
    }
    if let Some(audience) = filter.audience.as_deref() {
        list = list
            .push(by_dialect(
                " and exists (select 1 from json_each(audience) a where a.value = ",
                " and exists (select 1 from jsonb_array_elements_text(audience) a (value) where a.value = ",
            ))
            .value(audience)
            .push(")");
    }
    if let Some(theme) = filter.theme.as_deref() {
        list = list
            .push(by_dialect(
                " and exists (select 1 from json_each(themes) t where t.value = ",
                " and exists (select 1 from jsonb_array_elements_text(themes) t (value) where t.value = ",
            ))
            .value(theme)
            .push(")");
    }
    if let Some(words) = filter.name_like.as_deref() {
        list = list.push(" and lower(name) like ").value(containing(words)).push(" escape '!'");
    }
    if let Some((name_sort, code, version)) = after {
        list = list
            .push(" and (name_sort, code, version) > (")
            .value(name_sort)
            .push(", ")
            .value(code)
            .push(", ")
            .value(version)
            .push(")");
    }
    let rows = list.push(" order by name_sort, code, version limit ").value(limit + 1).all().await?;
    Ok(Page::cut(rows, limit, |row: &ProcedureLine| (row.name_sort.clone(), row.code.clone(), row.version)))
}

/// The versions in force of these codes (a few hundred at most), by name.
pub async fn list_by_codes(tx: &mut Tx, codes: &[String]) -> Result<Vec<ProcedureLine>> {
    tx.build("select code, version, state, name, name_sort, department, unit_id, type_code, level, audience, themes, published_at, retired_at, changed_at from procedures where state = 'published' and code in ")
        .list(codes.iter().map(String::as_str))
        .push(" order by name_sort, code limit 500")
        .all()
        .await
}

/// Departments with how many procedures they have in force.
pub async fn departments(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    tx.query("select department, count(*) from procedures where state = 'published' group by department order by department")
        .all()
        .await
}

/// A pattern for names that contain these words as they are written, `%` and `_` included.
fn containing(words: &str) -> String {
    let mut pattern = String::from("%");
    for letter in words.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
