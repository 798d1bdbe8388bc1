//! Whether a certificate is genuine and holds: anybody may ask.

use super::state;
use crate::fault::Answer;
use crate::hall::Ask;
use domain::Refusal;
use domain::certificates::view::{Verdict, VerifyPage};
use domain::certificates::{Facts, check_file, has_run_out};
use domain::refusal::Saying;
use store::certificates as rows;

fn standing(ask: &Ask, state: &str, facts: &Facts) -> Verdict {
    if state != "valid" {
        return Verdict::NoLongerValid { state: state.to_owned() };
    }
    match facts.valid_until {
        Some(on) if has_run_out(Some(on), ask.today()) => Verdict::Expired { on },
        Some(_) | None => Verdict::Genuine,
    }
}

/// Verify by number (or mark) and the holder's name. A stranger needs both.
pub async fn verify(ask: &Ask, number: &str, holder: &str) -> Answer<VerifyPage> {
    let squeeze = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (number, holder) = (squeeze(number), squeeze(holder));
    if number.is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::CertificateNumber }.into());
    }
    if holder.is_empty() {
        return Err(Refusal::NothingSaid { what: Saying::Holder }.into());
    }
    let mut tx = ask.store().glance().await?;
    let row = match rows::find_by_number(&mut tx, &number.to_uppercase()).await? {
        Some(row) => Some(row),
        None => rows::find_by_mark(&mut tx, &number.to_uppercase()).await?,
    };
    let Some(row) = row.filter(|r| squeeze(&r.holder_name) == holder) else {
        return Ok(VerifyPage { verdict: Verdict::NotFound, facts: None, digest: None, checked_at: ask.at });
    };
    if row.signed_json.is_empty() {
        let verdict = Verdict::IssuedElsewhere { state: state(ask, &row).to_owned(), issuer: row.issuer_name };
        return Ok(VerifyPage { verdict, facts: None, digest: None, checked_at: ask.at });
    }
    // the stored file is checked too: a register that was tampered with proves nothing
    let mut page = verify_text(ask, &row.signed_json);
    if let (Verdict::Genuine, Some(facts)) = (&page.verdict, &page.facts) {
        page.verdict = standing(ask, &row.state, facts);
    }
    Ok(page)
}

fn verify_text(ask: &Ask, text: &str) -> VerifyPage {
    match check_file(text) {
        Err(fault) => VerifyPage { verdict: Verdict::NotGenuine { fault }, facts: None, digest: None, checked_at: ask.at },
        Ok(file) => {
            let ours = ask.store().keys().public_keys().iter().any(|(_, key)| key.eq_ignore_ascii_case(&file.public_key));
            VerifyPage {
                verdict: if ours { Verdict::Genuine } else { Verdict::UnknownIssuer },
                digest: Some(file.digest),
                facts: Some(file.facts),
                checked_at: ask.at,
            }
        }
    }
}

/// Verify a file, and look up whether it still holds.
pub async fn verify_file(ask: &Ask, text: &str) -> Answer<VerifyPage> {
    let mut page = verify_text(ask, text);
    if let (Verdict::Genuine, Some(facts)) = (&page.verdict, &page.facts) {
        let row = rows::find_by_mark(&mut ask.store().glance().await?, &facts.mark).await?;
        page.verdict = match row {
            Some(row) => standing(ask, &row.state, facts),
            None => Verdict::NotFound,
        };
    }
    Ok(page)
}
