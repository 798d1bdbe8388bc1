//! The certificate before (变更、延续、换领): from the new one on it no longer holds.

use super::holder::all;
use crate::fault::Answer;
use domain::cases::CertificateKind;
use domain::certificates::SignedCertificate;
use domain::forms::{Answers, Form, Reading};
use store::certificates::CertificateRow;
use store::{Tx, Unit, certificates as rows};
use uuid::Uuid;

/// The certificates that `new` takes the place of: the holder's own, of the same kind, whoever applied for them. A number that is not one
/// of these says nothing: many papers are older than the hall, and nobody ends another's certificate by naming it.
pub(super) async fn replaced(
    unit: &mut Unit,
    kind: &CertificateKind,
    form: &Form,
    answers: &Answers,
    new: &CertificateRow,
) -> Answer<Vec<Uuid>> {
    let reading = Reading::new(form, answers, new.issued_on);
    let Some(replaces) = kind.replaces.as_ref().filter(|r| reading.holds(r.when.as_ref(), None)) else { return Ok(Vec::new()) };
    let found = match replaces.field.as_deref() {
        None => in_force(unit, new).await?,
        Some(field) if !reading.is_asked(field) => Vec::new(),
        Some(field) => named(unit, answers.one(field)).await?,
    };
    Ok(found.into_iter().filter(|old| same_holder_and_kind(old, new)).map(|old| old.id).collect())
}

/// Every certificate of the holder and the kind. One from before the holder's index was kept is found by who applied: its masked code is not
/// one person's alone, the name beside it nearly is.
async fn in_force(tx: &mut Tx, new: &CertificateRow) -> Answer<Vec<CertificateRow>> {
    let mut held = match &new.holder_index {
        Some(index) => rows::list_in_force(tx, index, &new.type_code).await?,
        None => Vec::new(),
    };
    let applied = all(tx, new.holder_party, None).await?;
    let unknown = |old: &CertificateRow| old.holder_index.is_none() || new.holder_index.is_none();
    held.extend(applied.into_iter().filter(|old| unknown(old) && old.holder_name == new.holder_name));
    Ok(held)
}

/// The certificates with this number, or of the case whose decision bears it.
async fn named(tx: &mut Tx, number: &str) -> Answer<Vec<CertificateRow>> {
    let squeezed = number.split_whitespace().collect::<String>().to_uppercase();
    if let Some(row) = rows::find_by_number(tx, &squeezed).await? {
        return Ok(vec![row]);
    }
    match store::documents::find_by_number(tx, number.trim()).await? {
        Some(decision) => Ok(rows::find_by_case(tx, decision.case_id).await?),
        None => Ok(Vec::new()),
    }
}

/// Of the same kind and the same person or organisation; where one of the two is not known, of the same applicant and the code that is
/// printed.
fn same_holder_and_kind(old: &CertificateRow, new: &CertificateRow) -> bool {
    let printed =
        |row: &CertificateRow| serde_json::from_str(&row.signed_json).ok().map(|file: SignedCertificate| file.facts.holder_code);
    let same_holder = match (&old.holder_index, &new.holder_index) {
        (Some(old), Some(new)) => old == new,
        (Some(_) | None, None) | (None, Some(_)) => old.holder_party == new.holder_party && printed(old) == printed(new),
    };
    old.type_code == new.type_code && same_holder
}
