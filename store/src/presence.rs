//! Who has which case open, told from node to node: each writes its own row and reads the others'. Of this moment only: outside units of
//! work, in no log and in no backup.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{db::Db, fault::Result};

/// Says who is at this node now.
pub async fn tell(db: &Db, node: &str, people: &Value, at: DateTime<Utc>) -> Result<()> {
    let mut tx = db.aside().await?;
    tx.query(
        "insert into presence (node, people, seen_at) values ($1, $2, $3)
         on conflict (node) do update set people = excluded.people, seen_at = excluded.seen_at",
    )
    .bind(node)
    .bind(people)
    .bind(at)
    .execute()
    .await?;
    tx.save().await
}

#[derive(sqlx::FromRow)]
struct PeopleRow {
    #[sqlx(json)]
    people: Value,
}

/// What the other nodes have said after this moment.
pub async fn of_others(db: &Db, node: &str, after: DateTime<Utc>) -> Result<Vec<Value>> {
    let rows: Vec<PeopleRow> = db
        .glance()
        .await?
        .query("select people from presence where node <> $1 and seen_at > $2 order by node limit 100")
        .bind(node)
        .bind(after)
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.people).collect())
}

/// Forgets nodes that have said nothing since; answers how many.
pub async fn remove_before(db: &Db, moment: DateTime<Utc>) -> Result<u64> {
    let mut tx = db.aside().await?;
    let gone = tx.query("delete from presence where seen_at < $1").bind(moment).execute().await?;
    tx.save().await?;
    Ok(gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on_each_database;
    use serde_json::json;

    on_each_database! {
        async fn each_node_hears_the_last_word_of_the_others(store) {
            let db = store.db();
            let at = |s: i64| DateTime::from_timestamp(1_800_000_000 + s, 0).unwrap();
            tell(db, "a", &json!(["old"]), at(0)).await.unwrap();
            tell(db, "a", &json!(["new"]), at(10)).await.unwrap();
            tell(db, "b", &json!([]), at(20)).await.unwrap();
            assert_eq!(of_others(db, "b", at(9)).await.unwrap(), [json!(["new"])]);
            assert!(of_others(db, "b", at(10)).await.unwrap().is_empty(), "too long ago");
            assert_eq!(of_others(db, "c", at(0)).await.unwrap(), [json!(["new"]), json!([])]);
            assert_eq!(remove_before(db, at(20)).await.unwrap(), 1);
            assert_eq!(of_others(db, "c", at(0)).await.unwrap(), [json!([])]);
        }
    }
}
