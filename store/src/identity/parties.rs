//! Parties: citizens and organisations who apply, hold certificates and are answered.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    seal::{Place, Sealed},
};

/// Where profiles rest.
pub const PROFILE: Place = Place::new("parties", "sealed_profile");

/// Under which kind a party is found by its 公民身份号码 or 统一社会信用代码 ([`blind_index`](crate::blind_index)).
pub const ID_NUMBER: &str = "id_number";

/// A citizen or an organisation.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct PartyRow {
    /// UUIDv7.
    pub id: Uuid,
    /// `citizen` or `organisation`.
    pub kind: String,
    /// Name of the person or organisation.
    pub name: String,
    /// 统一社会信用代码 of an organisation.
    pub organisation_code: Option<String>,
    /// The profile (numbers, phones, addresses), sealed at [`PROFILE`] under the party's key.
    pub sealed_profile: Option<Sealed>,
    /// Assurance of who they are: 0 none, higher is stronger.
    pub level: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// Adds a party; `Taken` when the organisation's code is used.
pub async fn add(unit: &mut Unit, row: &PartyRow) -> Result<()> {
    unit.query(
        "insert into parties (id, kind, name, organisation_code, sealed_profile, level, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(row.id)
    .bind(&row.kind)
    .bind(&row.name)
    .bind(&row.organisation_code)
    .bind(&row.sealed_profile)
    .bind(row.level)
    .bind(row.created_at)
    .execute().await?;
    Ok(())
}

/// Changes everything but the id and the day it was added; false when there is none.
pub async fn change(unit: &mut Unit, row: &PartyRow) -> Result<bool> {
    unit.query("update parties set kind = $2, name = $3, organisation_code = $4, sealed_profile = $5, level = $6 where id = $1")
        .bind(row.id)
        .bind(&row.kind)
        .bind(&row.name)
        .bind(&row.organisation_code)
        .bind(&row.sealed_profile)
        .bind(row.level)
        .changed()
        .await
}

/// One party.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<PartyRow>> {
    tx.query("select id, kind, name, organisation_code, sealed_profile, level, created_at from parties where id = $1")
        .bind(id)
        .optional()
        .await
}

/// The organisation with this 统一社会信用代码.
pub async fn find_by_organisation_code(tx: &mut Tx, code: &str) -> Result<Option<PartyRow>> {
    tx.query(
        "select id, kind, name, organisation_code, sealed_profile, level, created_at from parties where organisation_code = $1",
    )
    .bind(code)
    .optional()
    .await
}
