//! Finding a sensitive value by exact match without keeping it: only keyed digests rest.

use uuid::Uuid;

use super::KeyRing;
use crate::{Unit, db::Tx, fault::Result};

/// Makes `noun` `id` findable by a value; twice is harmless. `kind` is `citizen_id`, `phone` …, `normalised`
/// the value in the one form everybody uses (no spaces, upper case X).
pub async fn add(unit: &mut Unit, ring: &KeyRing, kind: &str, normalised: &str, noun: &str, id: Uuid) -> Result<()> {
    unit.query(
        "insert into blind_index (kind, digest, noun, noun_id) values ($1, $2, $3, $4)
         on conflict (kind, digest, noun, noun_id) do nothing",
    )
    .bind(kind)
    .bind(ring.blind_index(kind, normalised))
    .bind(noun)
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// Those of a noun that have this value; at most a hundred.
pub async fn find(tx: &mut Tx, ring: &KeyRing, kind: &str, normalised: &str, noun: &str) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = tx
        .query("select noun_id from blind_index where kind = $1 and digest = $2 and noun = $3 order by noun_id limit 100")
        .bind(kind)
        .bind(ring.blind_index(kind, normalised))
        .bind(noun)
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The digest under which this one is found by that kind of value, so that it is compared without opening the value.
pub async fn digest_of(tx: &mut Tx, kind: &str, noun: &str, id: Uuid) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .query("select digest from blind_index where noun = $1 and noun_id = $2 and kind = $3 order by digest limit 1")
        .bind(noun)
        .bind(id)
        .bind(kind)
        .optional()
        .await?;
    Ok(row.map(|(digest,)| digest))
}

/// Makes one no longer findable; goes with destroying its key.
pub async fn remove_of(unit: &mut Unit, noun: &str, id: Uuid) -> Result<u64> {
    unit.query("delete from blind_index where noun = $1 and noun_id = $2").bind(noun).bind(id).execute().await
}
