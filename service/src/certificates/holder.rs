//! Whose a certificate is: the person or organisation whose code the form names, whoever applied. Of the code only its blind index
//! rests, the same by which parties are found.

use crate::cases::answers_of;
use crate::fault::{Answer, Fault};
use crate::hall::{Ask, Hall};
use chrono::{DateTime, Utc};
use domain::cases::{Case, CertificateKind};
use domain::forms::Answers;
use store::certificates::CertificateRow;
use store::identity::parties::{self, ID_NUMBER};
use store::{Tx, blind_index, certificates as rows, data_keys, retry};
use uuid::Uuid;

/// 实名: name and number compared with the register of persons or organisations. Below it a number is what somebody typed, and
/// nobody finds another's certificates by typing.
const REAL_NAME: i64 = 3;
/// Rows that are filled in at once.
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

    /// Whether a certificate belongs to this party. Where the holder is not known it is whoever applied.
    pub(crate) fn holds(&self, row: &CertificateRow) -> bool {
        let applied = row.holder_party == self.party;
        match &row.holder_index {
            Some(index) => (applied || self.real_name) && self.index.as_ref() == Some(index),
            None => applied,
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
/// case, or a case whose answers are no longer kept, stays with whoever applied.
pub async fn fill_in_holders(hall: &Hall, at: DateTime<Utc>) -> Answer<usize> {
    let ask = Ask::system(hall, at);
    let (mut after, mut done) = (None, 0);
    loop {
        let batch = rows::list_without_holder(&mut ask.store().glance().await?, after, BATCH).await?;
        let Some((last, _)) = batch.last() else { return Ok(done) };
        after = Some(*last);
        done += retry(|| fill_in(&ask, &batch)).await?;
    }
}

async fn fill_in(ask: &Ask, batch: &[(Uuid, Uuid)]) -> Answer<usize> {
    let mut unit = ask.unit().await?;
    let mut done = 0;
    for (id, case) in batch {
        match of_case(ask, &mut unit, *case).await {
            Ok(Some(index)) => done += usize::from(rows::set_holder(&mut unit, *id, &index).await?),
            Ok(None) => {}
            // one that cannot be read must not keep the others waiting
            Err(fault) => tracing::warn!(certificate = %id, %fault, "whose it is could not be told"),
        }
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
