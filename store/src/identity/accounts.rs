//! Accounts: those who sign in.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    page::{Cursor, Page, after, bounded},
};

/// Someone who signs in.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct AccountRow {
    /// UUIDv7.
    pub id: Uuid,
    /// Name to sign in with, lower case.
    pub login: String,
    /// `citizen` or `staff`.
    pub kind: String,
    /// Name shown to its owner and to colleagues.
    pub display_name: String,
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// The citizen it belongs to.
    pub party_id: Option<Uuid>,
    /// True for accounts of the demo mode.
    pub demo: bool,
    /// Wrong passwords in a row.
    pub failed: i64,
    /// No sign-in before.
    pub locked_until: Option<DateTime<Utc>>,
    /// When it was closed for good.
    pub closed_at: Option<DateTime<Utc>>,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
}

/// Opens an account; `Taken` when the login is used.
pub async fn add(unit: &mut Unit, row: &AccountRow) -> Result<()> {
    unit.query(
        "insert into accounts (id, login, kind, display_name, password_hash, party_id, demo, failed, locked_until, closed_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(row.id)
    .bind(&row.login)
    .bind(&row.kind)
    .bind(&row.display_name)
    .bind(&row.password_hash)
    .bind(row.party_id)
    .bind(row.demo)
    .bind(row.failed)
    .bind(row.locked_until)
    .bind(row.closed_at)
    .bind(row.created_at)
    .execute().await?;
    Ok(())
}

/// Changes everything but the id and the day it was opened; false when there is none.
pub async fn change(unit: &mut Unit, row: &AccountRow) -> Result<bool> {
    unit.query(
        "update accounts set login = $2, kind = $3, display_name = $4, password_hash = $5, party_id = $6, demo = $7, failed = $8, locked_until = $9, closed_at = $10 where id = $1",
    )
    .bind(row.id)
    .bind(&row.login)
    .bind(&row.kind)
    .bind(&row.display_name)
    .bind(&row.password_hash)
    .bind(row.party_id)
    .bind(row.demo)
    .bind(row.failed)
    .bind(row.locked_until)
    .bind(row.closed_at)
    .changed().await
}

/// One account.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<AccountRow>> {
    tx.query("select id, login, kind, display_name, password_hash, party_id, demo, failed, locked_until, closed_at, created_at from accounts where id = $1").bind(id).optional().await
}

/// The account that signs in with this name.
pub async fn find_by_login(tx: &mut Tx, login: &str) -> Result<Option<AccountRow>> {
    tx.query("select id, login, kind, display_name, password_hash, party_id, demo, failed, locked_until, closed_at, created_at from accounts where login = $1").bind(login).optional().await
}

/// The accounts of a party.
pub async fn find_by_party(tx: &mut Tx, party: Uuid) -> Result<Vec<AccountRow>> {
    tx.query("select id, login, kind, display_name, password_hash, party_id, demo, failed, locked_until, closed_at, created_at from accounts where party_id = $1 order by id limit 100").bind(party).all().await
}

/// Accounts of a kind, by login.
pub async fn list(tx: &mut Tx, kind: &str, cursor: Option<&Cursor>, limit: i64) -> Result<Page<AccountRow>> {
    let limit = bounded(limit);
    let after: Option<String> = after(cursor)?;
    let rows = tx
        .build("select id, login, kind, display_name, password_hash, party_id, demo, failed, locked_until, closed_at, created_at from accounts where kind = ")
        .value(kind)
        .maybe(" and login > ", after)
        .push(" order by login limit ")
        .value(limit + 1)
        .all()
        .await?;
    Ok(Page::cut(rows, limit, |row: &AccountRow| row.login.clone()))
}

/// Counts one wrong password, and locks the account when `locked_until` says so; answers how many in a row.
pub async fn sign_in_failed(unit: &mut Unit, id: Uuid, locked_until: Option<DateTime<Utc>>) -> Result<i64> {
    let (failed,): (i64,) = unit
        .query(
            "update accounts set failed = failed + 1, locked_until = coalesce($2, locked_until) where id = $1 returning failed",
        )
        .bind(id)
        .bind(locked_until)
        .one()
        .await?;
    Ok(failed)
}

/// Forgets wrong passwords after a right one.
pub async fn sign_in_ok(unit: &mut Unit, id: Uuid) -> Result<()> {
    unit.query("update accounts set failed = 0, locked_until = $2 where id = $1 and (failed <> 0 or locked_until is not null)")
        .bind(id)
        .bind(None::<DateTime<Utc>>)
        .execute()
        .await?;
    Ok(())
}
