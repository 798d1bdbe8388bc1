//! Agencies: accounts that act for an organisation.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{Unit, db::Tx, fault::Result};

/// An account that may act for an organisation.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct AgencyRow {
    /// UUIDv7.
    pub id: Uuid,
    /// The account that may act.
    pub account_id: Uuid,
    /// The organisation it acts for.
    pub party_id: Uuid,
    /// What it may do: `all` (or `manage`), `apply`, `view`.
    pub power: String,
    /// Codes of procedures it is limited to; none means all.
    #[sqlx(json)]
    pub items: Vec<String>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; open-ended without one.
    pub valid_until: Option<NaiveDate>,
    /// When it was taken back.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Adds an agency.
pub async fn add(unit: &mut Unit, row: &AgencyRow) -> Result<()> {
    unit.query(
        "insert into agencies (id, account_id, party_id, power, items, valid_from, valid_until, revoked_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(row.id)
    .bind(row.account_id)
    .bind(row.party_id)
    .bind(&row.power)
    .bind(&row.items)
    .bind(row.valid_from)
    .bind(row.valid_until)
    .bind(row.revoked_at)
    .execute().await?;
    Ok(())
}

/// Changes everything but the id; false when there is none.
pub async fn change(unit: &mut Unit, row: &AgencyRow) -> Result<bool> {
    unit.query(
        "update agencies set account_id = $2, party_id = $3, power = $4, items = $5, valid_from = $6, valid_until = $7, revoked_at = $8 where id = $1",
    )
    .bind(row.id)
    .bind(row.account_id)
    .bind(row.party_id)
    .bind(&row.power)
    .bind(&row.items)
    .bind(row.valid_from)
    .bind(row.valid_until)
    .bind(row.revoked_at)
    .changed().await
}

/// One agency.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<AgencyRow>> {
    tx.query("select id, account_id, party_id, power, items, valid_from, valid_until, revoked_at from agencies where id = $1")
        .bind(id)
        .optional()
        .await
}

/// What an account may act for, also what it may no longer.
pub async fn list_by_account(tx: &mut Tx, account: Uuid) -> Result<Vec<AgencyRow>> {
    tx.query("select id, account_id, party_id, power, items, valid_from, valid_until, revoked_at from agencies where account_id = $1 order by id limit 500").bind(account).all().await
}

/// Who may act for an organisation, also who may no longer.
pub async fn list_by_party(tx: &mut Tx, party: Uuid) -> Result<Vec<AgencyRow>> {
    tx.query("select id, account_id, party_id, power, items, valid_from, valid_until, revoked_at from agencies where party_id = $1 order by id limit 500").bind(party).all().await
}
