//! Staff: which unit they belong to and which posts they hold.

use uuid::Uuid;

use crate::{Unit, db::Tx, fault::Result};

/// A member of staff.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct StaffRow {
    /// Their account.
    pub account_id: Uuid,
    /// The unit they belong to.
    pub unit_id: Uuid,
}

/// A post someone holds.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct PostRow {
    /// Who holds it.
    pub account_id: Uuid,
    /// In which unit.
    pub unit_id: Uuid,
    /// The post: `window`, `review`, `approve` …
    pub post: String,
    /// Codes of procedures it is limited to; none means all of the unit.
    #[sqlx(json)]
    pub items: Vec<String>,
}

/// Adds a member of staff; `Taken` when the account is one already.
pub async fn add(unit: &mut Unit, row: &StaffRow) -> Result<()> {
    unit.query("insert into staff (account_id, unit_id) values ($1, $2)")
        .bind(row.account_id)
        .bind(row.unit_id)
        .execute()
        .await?;
    Ok(())
}

/// Moves them to another unit; their posts stay until removed. False when they are not staff.
pub async fn change(unit: &mut Unit, row: &StaffRow) -> Result<bool> {
    unit.query("update staff set unit_id = $2 where account_id = $1").bind(row.account_id).bind(row.unit_id).changed().await
}

/// They leave; their posts go with them.
pub async fn remove(unit: &mut Unit, account: Uuid) -> Result<bool> {
    unit.query("delete from posts where account_id = $1").bind(account).execute().await?;
    unit.query("delete from staff where account_id = $1").bind(account).changed().await
}

/// The unit of an account, when it is staff.
pub async fn find(tx: &mut Tx, account: Uuid) -> Result<Option<StaffRow>> {
    tx.query("select account_id, unit_id from staff where account_id = $1").bind(account).optional().await
}

/// The staff of a unit.
pub async fn list_by_unit(tx: &mut Tx, unit_id: Uuid) -> Result<Vec<StaffRow>> {
    tx.query("select account_id, unit_id from staff where unit_id = $1 order by account_id limit 2000").bind(unit_id).all().await
}

/// Gives a post, or changes its items when it is held already.
pub async fn add_post(unit: &mut Unit, row: &PostRow) -> Result<()> {
    unit.query(
        "insert into posts (account_id, unit_id, post, items) values ($1, $2, $3, $4) on conflict (account_id, unit_id, post) do update set items = excluded.items",
    )
    .bind(row.account_id)
    .bind(row.unit_id)
    .bind(&row.post)
    .bind(&row.items)
    .execute().await?;
    Ok(())
}

/// Takes a post back; false when it was not held.
pub async fn remove_post(unit: &mut Unit, account: Uuid, unit_id: Uuid, post: &str) -> Result<bool> {
    unit.query("delete from posts where account_id = $1 and unit_id = $2 and post = $3")
        .bind(account)
        .bind(unit_id)
        .bind(post)
        .changed()
        .await
}

/// The posts of an account.
pub async fn posts(tx: &mut Tx, account: Uuid) -> Result<Vec<PostRow>> {
    tx.query("select account_id, unit_id, post, items from posts where account_id = $1 order by unit_id, post limit 500")
        .bind(account)
        .all()
        .await
}

/// Who holds a post in a unit.
pub async fn holders(tx: &mut Tx, unit_id: Uuid, post: &str) -> Result<Vec<PostRow>> {
    tx.query("select account_id, unit_id, post, items from posts where unit_id = $1 and post = $2 order by account_id limit 500")
        .bind(unit_id)
        .bind(post)
        .all()
        .await
}
