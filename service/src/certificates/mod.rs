//! Certificates: issued with the decision, kept in the library, verified by anybody. One belongs to whoever it names by code, and is seen
//! by whoever applied for it as well.

mod holder;
mod issue;
mod replaced;
mod verify;

pub(crate) use holder::Own;
pub use holder::fill_in_holders;
pub(crate) use issue::{end, issue, sheet_facts, to_end};
pub use verify::{verify, verify_file};

use crate::fault::{Answer, Fault};
use crate::hall::Ask;
use domain::certificates::view::CertificateLine;
use domain::certificates::{SignedCertificate, has_run_out};
use domain::identity::permission::{as_applicant, certificate};
use domain::refusal::Thing;
use serde_json::json;
use store::certificates::CertificateRow;
use store::{Cursor, Tx, certificates as rows};
use uuid::Uuid;

/// Certificates of the acting party, newest first: its own, whoever applied, and those it applied for in somebody else's name.
pub async fn certificates(ask: &Ask) -> Answer<Vec<CertificateLine>> {
    certificates_in(ask, &mut ask.store().read().await?).await
}

/// The same, read together with what else the asker sees.
pub(crate) async fn certificates_in(ask: &Ask, tx: &mut Tx) -> Answer<Vec<CertificateLine>> {
    let me = as_applicant(&ask.actor)?;
    let own = Own::of(tx, me.party.id).await?;
    Ok(own.all(tx).await?.into_iter().map(|row| line(ask, &own, row)).collect())
}

/// Some of them, and where the next ones begin.
pub async fn certificates_from(ask: &Ask, from: Option<&str>, most: i64) -> Answer<(Vec<CertificateLine>, Option<String>)> {
    let me = as_applicant(&ask.actor)?;
    let mut tx = ask.store().read().await?;
    let own = Own::of(&mut tx, me.party.id).await?;
    let page = rows::list_by_holder(&mut tx, me.party.id, own.index(), from.map(Cursor::parse).as_ref(), most).await?;
    Ok((page.rows.into_iter().map(|row| line(ask, &own, row)).collect(), page.next.map(|next| next.to_string())))
}

/// How it stands today.
fn state<'r>(ask: &Ask, row: &'r CertificateRow) -> &'r str {
    let over = row.state == "valid" && has_run_out(row.valid_until, ask.today());
    if over { "expired" } else { &row.state }
}

fn line(ask: &Ask, own: &Own, row: CertificateRow) -> CertificateLine {
    CertificateLine {
        id: row.id,
        for_other: !own.holds(&row),
        state: state(ask, &row).to_owned(),
        type_code: row.type_code,
        name: ask.certificate_name(&row.type_name),
        number: row.number,
        holder: row.holder_name,
        issuer: row.issuer_name,
        issued_on: row.issued_on,
        valid_until: row.valid_until,
    }
}

/// A certificate that the acting party may have.
async fn mine(ask: &Ask, tx: &mut Tx, id: Uuid) -> Answer<CertificateRow> {
    let me = as_applicant(&ask.actor)?;
    let row = rows::find(tx, id).await?.ok_or_else(|| Fault::missing(Thing::Certificate))?;
    let holds = Own::of(tx, me.party.id).await?.holds(&row);
    certificate(me, row.holder_party, holds)?;
    Ok(row)
}

/// Whether the certificate of this case is the party's own, whoever applied.
pub(crate) async fn holds_of_case(tx: &mut Tx, party: Uuid, case: Uuid) -> Answer<bool> {
    let own = Own::of(tx, party).await?;
    Ok(rows::find_by_case(tx, case).await?.iter().any(|row| own.holds(row)))
}

/// The signed file of one's own certificate, with its name.
pub async fn certificate_file(ask: &Ask, id: Uuid) -> Answer<(String, String)> {
    let row = mine(ask, &mut ask.store().read().await?, id).await?;
    // another office's certificate: we hold its record and use it, but the signed file is theirs to give
    if row.signed_json.is_empty() {
        let record = json!({
            "name": row.type_name, "number": row.number, "holder": row.holder_name, "issuer": row.issuer_name,
            "issued_on": row.issued_on, "valid_until": row.valid_until, "state": row.state,
            "note": "证照库中的登记信息，不是签发机关签名的电子证照文件",
        });
        return Ok((format!("{}.json", row.id), serde_json::to_string_pretty(&record)?));
    }
    let file: SignedCertificate = serde_json::from_str(&row.signed_json)?;
    Ok((format!("{}.json", row.number), serde_json::to_string_pretty(&file)?))
}

/// The typeset sheet of one's own certificate, as a document of its case.
pub async fn certificate_sheet(ask: &Ask, id: Uuid) -> Answer<Option<Uuid>> {
    let mut tx = ask.store().read().await?;
    let row = mine(ask, &mut tx, id).await?;
    let Some(case) = row.case_id else { return Ok(None) };
    let documents = store::documents::list_by_case(&mut tx, case).await?;
    let wanted = domain::cases::documents::DocumentKind::Certificate.name();
    Ok(documents.into_iter().find(|d| d.kind == wanted).map(|d| d.id))
}
