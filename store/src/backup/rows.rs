//! Rows to lines and back.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::tables::{Kind, Table};
use crate::{
    db::{Build, Json, LooseRow, Tx},
    fault::{Result, StoreFault},
};

/// Rows one statement inserts; the widest table has 24 columns.
const AT_ONCE: usize = 200;

/// One row as a line of the backup.
pub(super) fn line(table: &Table, row: &LooseRow) -> Result<Vec<Value>> {
    table.columns.iter().enumerate().map(|(n, (_, kind))| value(row, n, *kind)).collect()
}

fn value(row: &LooseRow, n: usize, kind: Kind) -> Result<Value> {
    let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
    Ok(or_null(match kind {
        Kind::Id => row.get::<Option<Uuid>>(n)?.map(|id| Value::from(id.to_string())),
        Kind::Text => row.get::<Option<String>>(n)?.map(Value::from),
        Kind::Number => row.get::<Option<i64>>(n)?.map(Value::from),
        Kind::Truth => row.get::<Option<bool>>(n)?.map(Value::from),
        Kind::Bytes => row.get::<Option<Vec<u8>>>(n)?.map(|bytes| Value::from(STANDARD.encode(bytes))),
        Kind::Json => row.get::<Option<Json<Value>>>(n)?.map(|json| json.0),
        Kind::Moment => row.get::<Option<DateTime<Utc>>>(n)?.map(|at| Value::from(at.timestamp_micros())),
        Kind::Day => row.get::<Option<NaiveDate>>(n)?.map(|day| Value::from(day.to_string())),
    }))
}

/// Inserts lines of a backup.
pub(super) async fn insert(tx: &mut Tx, table: &Table, lines: &[Vec<Value>]) -> Result<()> {
    for lines in lines.chunks(AT_ONCE) {
        let mut insert = tx.build(table.insert);
        for (n, line) in lines.iter().enumerate() {
            if line.len() != table.columns.len() {
                return Err(wrong(table, "a row has another number of columns"));
            }
            insert = insert.push(if n == 0 { "(" } else { ", (" });
            for (n, ((name, kind), value)) in table.columns.iter().zip(line).enumerate() {
                insert = insert.push(if n == 0 { "" } else { ", " });
                insert = bind(insert, *kind, value)
                    .ok_or_else(|| wrong(table, &format!("column {name} does not hold what it should")))?;
            }
            insert = insert.push(")");
        }
        insert.execute().await?;
    }
    Ok(())
}

fn wrong(table: &Table, why: &str) -> StoreFault {
    StoreFault::Backup(format!("table {}: {why}", table.name))
}

/// `None` when the value is not of the column's kind.
fn bind<'t>(build: Build<'t>, kind: Kind, value: &Value) -> Option<Build<'t>> {
    fn read<T>(value: &Value, read: impl FnOnce(&Value) -> Option<T>) -> Option<Option<T>> {
        if value.is_null() { Some(None) } else { read(value).map(Some) }
    }
    Some(match kind {
        Kind::Id => build.value(read(value, |v| v.as_str()?.parse::<Uuid>().ok())?),
        Kind::Text => build.value(read(value, |v| v.as_str().map(str::to_owned))?),
        Kind::Number => build.value(read(value, Value::as_i64)?),
        Kind::Truth => build.value(read(value, Value::as_bool)?),
        Kind::Bytes => build.value(read(value, |v| STANDARD.decode(v.as_str()?).ok())?),
        Kind::Json => build.value(read(value, |v| Some(Json(v.clone())))?),
        Kind::Moment => build.value(read(value, |v| DateTime::<Utc>::from_timestamp_micros(v.as_i64()?))?),
        Kind::Day => build.value(read(value, |v| v.as_str()?.parse::<NaiveDate>().ok())?),
    })
}
