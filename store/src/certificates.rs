//! Certificates (电子证照): signed, applied for by one party, held by it or by another, verified by anyone.

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
    /// Who applied for it; for themselves or for somebody else.
    pub holder_party: Uuid,
    /// Whose it is: the blind index ([`KeyRing::blind_index`](crate::KeyRing::blind_index), kind
    /// [`ID_NUMBER`](crate::identity::parties::ID_NUMBER)) of the code it names. Not known of some older ones.
    pub holder_index: Option<String>,
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
        "insert into certificates (id, mark, type_code, type_name, number, holder_party, holder_index, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
    )
    .bind(row.id)
    .bind(&row.mark)
    .bind(&row.type_code)
    .bind(&row.type_name)
    .bind(&row.number)
    .bind(row.holder_party)
    .bind(&row.holder_index)
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
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_index, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where id = $1").bind(id).optional().await
}

/// By the number printed on it.
pub async fn find_by_number(tx: &mut Tx, number: &str) -> Result<Option<CertificateRow>> {
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_index, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where number = $1").bind(number).optional().await
}

/// By its 证照标识.
pub async fn find_by_mark(tx: &mut Tx, mark: &str) -> Result<Option<CertificateRow>> {
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_index, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where mark = $1").bind(mark).optional().await
}

/// What a case led to.
pub async fn find_by_case(tx: &mut Tx, case: Uuid) -> Result<Vec<CertificateRow>> {
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_index, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where case_id = $1 order by id limit 100").bind(case).all().await
}

/// What a party applied for, and with an index what is its own by it whoever applied; newest first.
pub async fn list_by_holder(
    tx: &mut Tx,
    party: Uuid,
    index: Option<&str>,
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Page<CertificateRow>> {
    let limit = bounded(limit);
    let before: Option<Uuid> = after(cursor)?;
    let rows = tx
        .build("select id, mark, type_code, type_name, number, holder_party, holder_index, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where (holder_party = ")
        .value(party)
        .maybe(" or holder_index = ", index)
        .push(")")
        .maybe(" and id < ", before)
        .push(" order by id desc limit ")
        .value(limit + 1)
        .all()
        .await?;
    Ok(Page::cut(rows, limit, |row: &CertificateRow| row.id))
}

/// What is in force of a type and belongs to the holder of this index.
pub async fn list_in_force(tx: &mut Tx, index: &str, type_code: &str) -> Result<Vec<CertificateRow>> {
    tx.query("select id, mark, type_code, type_name, number, holder_party, holder_index, holder_name, issuer_unit, issuer_name, issued_on, valid_from, valid_until, state, case_id, facts, sealed_facts, signed_json, signature, created_at from certificates where holder_index = $1 and type_code = $2 and state = 'valid' order by id limit 100")
        .bind(index)
        .bind(type_code)
        .all()
        .await
}

/// Certificates of cases whose holder's index is not known yet: theirs and the case's ids, in order.
pub async fn list_without_holder(tx: &mut Tx, after: Option<Uuid>, limit: i64) -> Result<Vec<(Uuid, Uuid)>> {
    tx.build("select id, case_id from certificates where holder_index is null and case_id is not null")
        .maybe(" and id > ", after)
        .push(" order by id limit ")
        .value(bounded(limit))
        .all()
        .await
}

/// Says whose it is; false when that is known already.
pub async fn set_holder(unit: &mut Unit, id: Uuid, index: &str) -> Result<bool> {
    unit.query("update certificates set holder_index = $2 where id = $1 and holder_index is null")
        .bind(id)
        .bind(index)
        .changed()
        .await
}

/// Moves it from one state to another; false when it is not in the first.
pub async fn change_state(unit: &mut Unit, id: Uuid, from: &str, to: &str) -> Result<bool> {
    unit.query("update certificates set state = $3 where id = $1 and state = $2").bind(id).bind(from).bind(to).changed().await
}
