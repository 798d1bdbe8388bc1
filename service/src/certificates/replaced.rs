//! The certificate before (变更、延续、换领): from the new one on it no longer holds.

use super::holder::all;
use crate::fault::Answer;
use chrono::NaiveDate;
use domain::cases::CertificateKind;
use domain::certificates::SignedCertificate;
use domain::forms::{Answers, Form, Reading};
use store::certificates::CertificateRow;
use store::{Tx, certificates as rows};
use uuid::Uuid;

/// Whose earlier certificates are looked for, and of which kind.
pub(super) struct Sought {
    pub party: Uuid,
    pub index: Option<String>,
    pub name: String,
    /// As it is printed: masked for persons.
    pub code: String,
    pub type_code: String,
    pub on: NaiveDate,
    /// The index of whoever applies: what is theirs may be named under another code of theirs (a company's licence under its head's).
    pub own_index: Option<String>,
}

/// The certificates that end with this case: the holder's own, of the same kind, whoever applied for them. A number that is not one
/// of these says nothing: many papers are older than the hall, and nobody ends another's certificate by naming it.
pub(super) async fn replaced(
    tx: &mut Tx,
    kind: &CertificateKind,
    form: &Form,
    answers: &Answers,
    sought: &Sought,
) -> Answer<Vec<CertificateRow>> {
    let reading = Reading::new(form, answers, sought.on);
    let Some(replaces) = kind.replaces.as_ref().filter(|r| reading.holds(r.when.as_ref(), None)) else { return Ok(Vec::new()) };
    let found = match replaces.field.as_deref() {
        None => in_force(tx, sought).await?,
        Some(field) if !reading.is_asked(field) => Vec::new(),
        Some(field) => named(tx, answers.one(field)).await?,
    };
    Ok(found.into_iter().filter(|old| old.state == "valid" && sought.has(old)).collect())
}

/// Every certificate of the holder and the kind. One from before the holder's index was kept is found by who applied: its masked code is not
/// one person's alone, the name beside it nearly is.
async fn in_force(tx: &mut Tx, sought: &Sought) -> Answer<Vec<CertificateRow>> {
    let mut held = match &sought.index {
        Some(index) => rows::list_in_force(tx, index, &sought.type_code).await?,
        None => Vec::new(),
    };
    let applied = all(tx, sought.party, None).await?;
    let unknown = |old: &CertificateRow| old.holder_index.is_none() || sought.index.is_none();
    held.extend(applied.into_iter().filter(|old| unknown(old) && old.holder_name == sought.name));
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

impl Sought {
    /// Of the same kind and the same person or organisation; where one of the two is not known, of the same applicant and the code that is
    /// printed.
    fn has(&self, old: &CertificateRow) -> bool {
        let printed = || serde_json::from_str(&old.signed_json).ok().map(|file: SignedCertificate| file.facts.holder_code);
        let same_holder = match (&old.holder_index, &self.index) {
            (Some(old), _) if self.own_index.as_ref() == Some(old) => true,
            (Some(old), Some(new)) => old == new,
            (Some(_) | None, None) | (None, Some(_)) => old.holder_party == self.party && printed().as_ref() == Some(&self.code),
        };
        old.type_code == self.type_code && same_holder
    }
}
