//! Delegations: one party acts for another (children, parents, clients).

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{Unit, db::Tx, fault::Result};

/// A party that may act for another.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct DelegationRow {
    /// UUIDv7.
    pub id: Uuid,
    /// Who lets another act.
    pub from_party: Uuid,
    /// Who may act.
    pub to_party: Uuid,
    /// `parent`, `spouse`, `carer`, `agent` …
    pub relation: String,
    /// What it covers, an object or array.
    #[sqlx(json)]
    pub scope: Value,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; open-ended without one.
    pub valid_until: Option<NaiveDate>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was given.
    pub created_at: DateTime<Utc>,
}

/// Adds a delegation.
pub async fn add(unit: &mut Unit, row: &DelegationRow) -> Result<()> {
    unit.query(
        "insert into delegations (id, from_party, to_party, relation, scope, valid_from, valid_until, revoked_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(row.id)
    .bind(row.from_party)
    .bind(row.to_party)
    .bind(&row.relation)
    .bind(&row.scope)
    .bind(row.valid_from)
    .bind(row.valid_until)
    .bind(row.revoked_at)
    .bind(row.created_at)
    .execute().await?;
    Ok(())
}

/// Changes everything but the id and when it was given; false when there is none.
pub async fn change(unit: &mut Unit, row: &DelegationRow) -> Result<bool> {
    unit.query(
        "update delegations set from_party = $2, to_party = $3, relation = $4, scope = $5, valid_from = $6, valid_until = $7, revoked_at = $8 where id = $1",
    )
    .bind(row.id)
    .bind(row.from_party)
    .bind(row.to_party)
    .bind(&row.relation)
    .bind(&row.scope)
    .bind(row.valid_from)
    .bind(row.valid_until)
    .bind(row.revoked_at)
    .changed().await
}

/// One delegation.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<DelegationRow>> {
    tx.query("select id, from_party, to_party, relation, scope, valid_from, valid_until, revoked_at, created_at from delegations where id = $1").bind(id).optional().await
}

/// What a party has given, also what is over.
pub async fn list_from(tx: &mut Tx, party: Uuid) -> Result<Vec<DelegationRow>> {
    tx.query("select id, from_party, to_party, relation, scope, valid_from, valid_until, revoked_at, created_at from delegations where from_party = $1 order by id limit 500").bind(party).all().await
}

/// What a party was given, also what is over.
pub async fn list_to(tx: &mut Tx, party: Uuid) -> Result<Vec<DelegationRow>> {
    tx.query("select id, from_party, to_party, relation, scope, valid_from, valid_until, revoked_at, created_at from delegations where to_party = $1 order by id limit 500").bind(party).all().await
}
