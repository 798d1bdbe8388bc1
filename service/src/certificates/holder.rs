//! Whose a certificate is: the person or organisation whose code the form names, whoever applied. Of the code only its blind index
//! rests, the same by which parties are found.

use crate::cases::answers_of;
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Hall};
use chrono::{DateTime, Utc};
use domain::cases::{Case, CertificateKind};
use domain::forms::Answers;
use std::sync::PoisonError;
use store::certificates::CertificateRow;
use store::identity::parties::{self, ID_NUMBER};
use store::{Tx, blind_index, certificates as rows, data_keys, retry};
use uuid::Uuid;

/// 实名: name and number compared with the register of persons or organisations. Below it a number is what somebody typed, and
/// nobody finds another's certificates by typing.
const REAL_NAME: i64 = 3;
/// Rows that are read at once.
const BATCH: i64 = 100;

/// A party, as far as certificates are its own.
pub(crate) struct Own {
    party: Uuid,
    index: Option<String>,
    real_name: bool,
}

impl Own {
    /// What is known of a party.
    pub(crate) async fn of(tx: &mut Tx, party: Uuid) -> Answer<Self> {
        let level = parties::find(tx, party).await?.map_or(0, |row| row.level);
        let index = blind_index::digest_of(tx, ID_NUMBER, "party", party).await?;
        Ok(Self { party, index, real_name: level >= REAL_NAME })
    }

    /// The index by which it finds what others applied for in its name.
    pub(crate) fn index(&self) -> Option<&str> {
        self.index.as_deref().filter(|_| self.real_name)
    }

    /// Everything it applied for or finds as its own, newest first.
    pub(crate) async fn all(&self, tx: &mut Tx) -> Answer<Vec<CertificateRow>> {
        all(tx, self.party, self.index()).await
    }

    /// Whether a certificate belongs to this party. Where the holder is not known it is whoever applied.
    pub(crate) fn holds(&self, row: &CertificateRow) -> bool {
        let applied = row.holder_party == self.party;
        match &row.holder_index {
            Some(index) => (applied || self.real_name) && self.index.as_ref() == Some(index),
            None => applied,
        }
    }
}

/// Everything a party applied for, and everything of this index, newest first.
pub(super) async fn all(tx: &mut Tx, party: Uuid, index: Option<&str>) -> Answer<Vec<CertificateRow>> {
    let (mut found, mut from) = (Vec::new(), None);
    loop {
        let page = rows::list_by_holder(tx, party, index, from.as_ref(), BATCH).await?;
        found.extend(page.rows);
        from = page.next;
        if from.is_none() {
            return Ok(found);
        }
    }
}

/// The index of whomever the answers name; of the applicant where they name nobody by code (a person who founds a kindergarten).
pub(super) async fn named(
    ask: &Ask,
    tx: &mut Tx,
    kind: &CertificateKind,
    answers: &Answers,
    applicant: Uuid,
) -> Answer<Option<String>> {
    match answers.one(&kind.holder_code) {
        "" => Ok(Own::of(tx, applicant).await?.index().map(str::to_owned)),
        code => Ok(Some(ask.store().keys().blind_index(ID_NUMBER, code))),
    }
}

/// Says of certificates from before the index whose they are, from the answers of their cases; answers of how many. What has no
/// case, or a case whose answers are no longer kept, stays with whoever applied. A process looks at each once: what could not be
/// told then cannot be told ten minutes later either.
pub async fn fill_in_holders(hall: &Hall, at: DateTime<Utc>) -> Answer<usize> {
    let ask = Ask::system(hall, at);
    let mut done = 0;
    loop {
        let after = *hall.holders().lock().unwrap_or_else(PoisonError::into_inner);
        let batch = rows::list_without_holder(&mut ask.store().glance().await?, after, BATCH).await?;
        let Some((last, _)) = batch.last() else { return Ok(done) };
        done += retry(|| fill_in(&ask, &batch)).await?;
        *hall.holders().lock().unwrap_or_else(PoisonError::into_inner) = Some(*last);
    }
}

/// Reads first, and asks for the pen only when there is something to write.
async fn fill_in(ask: &Ask, batch: &[(Uuid, Uuid)]) -> Answer<usize> {
    let mut found = Vec::new();
    let mut tx = ask.store().read().await?;
    for (id, case) in batch {
        match of_case(ask, &mut tx, *case).await {
            Ok(Some(index)) => found.push((*id, index)),
            Ok(None) => {}
            Err(fault @ Fault::Busy(_)) => return Err(fault),
            // one that cannot be read must not keep the others waiting
            Err(fault @ (Fault::Refused(_) | Fault::Broken(_))) => {
                tracing::warn!(certificate = %id, %fault, "whose it is could not be told");
            }
        }
    }
    drop(tx);
    if found.is_empty() {
        return Ok(0);
    }
    let (mut unit, mut done) = (ask.unit().await?, 0);
    for (id, index) in &found {
        done += usize::from(rows::set_holder(&mut unit, *id, index).await?);
    }
    unit.save().await?;
    Ok(done)
}

async fn of_case(ask: &Ask, tx: &mut Tx, id: Uuid) -> Answer<Option<String>> {
    let Some(row) = store::cases::find(tx, id).await? else { return Ok(None) };
    if data_keys::find(tx, ask.store().keys(), "case", id).await?.is_none() {
        return Ok(None);
    }
    let case: Case = serde_json::from_value(row.state)?;
    let procedure = ask.hall.procedure(tx, &row.procedure_code, row.procedure_version).await?;
    let kind = procedure.flow.as_ref().and_then(|flow| flow.result.certificate.as_ref());
    let kind = kind.ok_or_else(|| Fault::broken(format!("{} gives no certificate", row.procedure_code)))?;
    let answers = answers_of(ask, tx, &case).await?;
    named(ask, tx, kind, &answers, case.applicant.party).await
}
