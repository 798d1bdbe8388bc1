//! Certificates (电子证照): signed, held by a party, verified by anyone.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Unit,
    db::Tx,
    fault::Result,
    page::{Cursor, Page, after, bounded},
    seal::{Place, Sealed},
};

/// Where the facts rest that not everyone may see.
pub const FACTS: Place = Place::new("certificates", "sealed_facts");

/// A certificate.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct CertificateRow {
    /// UUIDv7.
    pub id: Uuid,
    /// 证照标识, unique nation-wide.
    pub mark: String,
    /// Code of the type.
    pub type_code: String,
    /// Name of the type.
    pub type_name: String,
    /// Number printed on it.
    pub number: String,
    /// Who holds it.
    pub holder_party: Uuid,
    /// Their name as printed.
    pub holder_name: String,
    /// The issuing body.
    pub issuer_unit: Uuid,
    /// Its name as printed.
    pub issuer_name: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; open-ended without one.
    pub valid_until: Option<NaiveDate>,
    /// `valid`, `superseded`, `revoked` or `cancelled`.
    pub state: String,
    /// The case that led to it.
    pub case_id: Option<Uuid>,
    /// What anyone may see when verifying it.
    #[sqlx(json)]
    pub facts: Value,
    /// The rest, sealed at [`FACTS`] under the holder's key.
    pub sealed_facts: Option<Sealed>,
    /// The canonical JSON that was signed; holds no sensitive value in clear.
    pub signed_json: String,
    /// SM2 signature over it, hexadecimal.
    pub signature: String,
    /// When the row was added.
    pub created_at: DateTime<Utc>,
}

/// Issues a certificate; `Taken` when mark or number is used.
pub async fn add(unit: &mut Unit, row: &CertificateRow) -> Result<()> {
    unit.query(
        "insert into certificates (id, mark, type_code, type_name, number, holder_party, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(row.id)
    .bind(&row.mark)
    .bind(&row.type_code)
    .bind(&row.type_name)
    .bind(&row.number)
    .bind(row.holder_party)
    .bind(&row.holder_name)
    .bind(row.issuer_unit)
    .bind(&row.issuer_name)
    .bind(row.issued_on)
    .bind(row.valid_from)
    .bind(row.valid_until)
    .bind(&row.state)
    .bind(row.case_id)
    .bind(&row.facts)
    .bind(&row.sealed_facts)
    .bind(&row.signed_json)
    .bind(&row.signature)
    .bind(row.created_at)
    .execute().await?;
    Ok(())
}

/// One certificate.
pub async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<CertificateRow>> {
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where id = $1").bind(id).optional().await
}

/// By the number printed on it.
pub async fn find_by_number(tx: &mut Tx, number: &str) -> Result<Option<CertificateRow>> {
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where number = $1").bind(number).optional().await
}

/// By its 证照标识.
pub async fn find_by_mark(tx: &mut Tx, mark: &str) -> Result<Option<CertificateRow>> {
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where mark = $1").bind(mark).optional().await
}

/// What a case led to.
pub async fn find_by_case(tx: &mut Tx, case: Uuid) -> Result<Vec<CertificateRow>> {
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where case_id = $1 order by id limit 100").bind(case).all().await
}

/// What a party holds, newest first.
pub async fn list_by_party(tx: &mut Tx, party: Uuid, cursor: Option<&Cursor>, limit: i64) -> Result<Page<CertificateRow>> {
    let limit = bounded(limit);
    let after: Option<Uuid> = after(cursor)?;
    let rows = tx
        .build("select id, mark, type_code, type_name, number, holder_party, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where holder_party = ")
        .value(party)
        .maybe(" and id < ", after)
        .push(" order by id desc limit ")
        .value(limit + 1)
        .all()
        .await?;
    Ok(Page::cut(rows, limit, |row: &CertificateRow| row.id))
}

/// Moves it from one state to another; false when it is not in the first.
pub async fn change_state(unit: &mut Unit, id: Uuid, from: &str, to: &str) -> Result<bool> {
    unit.query("update certificates set state = $3 where id = $1 and state = $2").bind(id).bind(from).bind(to).changed().await
}
