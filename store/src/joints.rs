//! What was handed in at once (一件事), and the joint forms it was filled in on.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{Unit, db::Tx, fault::Result};

/// A version of the joint form of a bundle.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct JointFormRow {
    /// Code of the bundle.
    pub code: String,
    /// 1, 2, 3 … of that code.
    pub version: i64,
    /// The form, and where in it the questions of each matter stand.
    #[sqlx(json)]
    pub body: Value,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// Several cases that were handed in at once.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct JointRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The one number of them all; each has its own besides.
    pub number: String,
    /// Hash of the code that lets someone without an account follow them.
    pub query_code_hash: String,
    /// Code of the bundle.
    pub bundle: String,
    /// Its name then.
    pub name: String,
    /// The applicant.
    pub party_id: Uuid,
    /// When they came in.
    pub submitted_at: DateTime<Utc>,
}

/// Adds a version of a joint form; `Taken` when there is one of that number.
pub async fn add_form(unit: &mut Unit, row: &JointFormRow) -> Result<()> {
    unit.query("insert into joint_forms (code, version, body, made_at) values ($1, $2, $3, $4)")
        .bind(&row.code)
        .bind(row.version)
        .bind(&row.body)
        .bind(row.made_at)
        .execute()
        .await?;
    Ok(())
}

/// One version of a joint form.
pub async fn find_form(tx: &mut Tx, code: &str, version: i64) -> Result<Option<JointFormRow>> {
    tx.query("select code, version, body, made_at from joint_forms where code = $1 and version = $2")
        .bind(code)
        .bind(version)
        .optional()
        .await
}

/// The newest version of a joint form.
pub async fn newest_form(tx: &mut Tx, code: &str) -> Result<Option<JointFormRow>> {
    tx.query("select code, version, body, made_at from joint_forms where code = $1 order by version desc limit 1")
        .bind(code)
        .optional()
        .await
}

/// Adds what was handed in at once; `Taken` when the number is used.
pub async fn add(unit: &mut Unit, row: &JointRow) -> Result<()> {
    unit.query(
        "insert into joints (id, number, query_code_hash, bundle, name, party_id, submitted_at) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.id)
    .bind(&row.number)
    .bind(&row.query_code_hash)
    .bind(&row.bundle)
    .bind(&row.name)
    .bind(row.party_id)
    .bind(row.submitted_at)
    .execute()
    .await?;
    Ok(())
}

/// Says of a case that it was handed in with others.
pub async fn add_case(unit: &mut Unit, joint: Uuid, case: Uuid) -> Result<bool> {
    unit.query("update cases set joint_id = $2 where id = $1").bind(case).bind(joint).changed().await
}

/// One.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<JointRow>> {
    tx.query("select id, number, query_code_hash, bundle, name, party_id, submitted_at from joints where id = $1")
        .bind(id)
        .optional()
        .await
}

/// The one of that number.
pub async fn find_by_number(tx: &mut Tx, number: &str) -> Result<Option<JointRow>> {
    tx.query("select id, number, query_code_hash, bundle, name, party_id, submitted_at from joints where number = $1")
        .bind(number)
        .optional()
        .await
}
