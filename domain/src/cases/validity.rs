//! From when to when the certificate of a granted case holds.

use super::flow::CertificateKind;
use crate::forms::{Answers, Form, Reading};
use crate::refusal::Refusal;
use chrono::{Datelike, Months, NaiveDate};

/// The days between which a certificate holds, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    pub from: NaiveDate,
    /// `None` is without end.
    pub until: Option<NaiveDate>,
}

impl CertificateKind {
    /// The validity of a certificate decided on this day, by the procedure's years or by the days applied for.
    ///
    /// # Errors
    /// [`Refusal::PeriodOver`] when the last day applied for has passed: such a certificate would be void when it is handed out.
    pub fn validity(&self, form: &Form, answers: &Answers, decided_on: NaiveDate) -> Result<Validity, Refusal> {
        let day = |field: &Option<String>| field.as_ref().and_then(|f| answers.one(f).parse::<NaiveDate>().ok());
        let back = self.reaches_back.as_ref().is_some_and(|when| Reading::new(form, answers, decided_on).holds(Some(when), None));
        // else a permit does not reach back before its decision
        let from = day(&self.valid_from).filter(|asked| back || *asked > decided_on).unwrap_or(decided_on);
        match day(&self.valid_until) {
            Some(until) if until < from => Err(Refusal::PeriodOver { until }),
            Some(until) => Ok(Validity { from, until: Some(until) }),
            None => Ok(Validity { from, until: self.valid_years.and_then(|years| last_day(from, years)) }),
        }
    }
}

/// The last day of so many years: the day before the anniversary; from 29 February it is 28 February.
fn last_day(from: NaiveDate, years: u32) -> Option<NaiveDate> {
    let anniversary = from.checked_add_months(Months::new(years.checked_mul(12)?))?;
    if anniversary.day() == from.day() { anniversary.pred_opt() } else { Some(anniversary) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn kind(terms: &serde_json::Value) -> CertificateKind {
        let mut kind = serde_json::json!({
            "type_serial": "001", "name": "证", "name_en": "Certificate", "number_prefix": "Z",
            "holder": "name", "holder_code": "code", "facts": [],
        });
        kind.as_object_mut().unwrap().extend(terms.as_object().unwrap().clone());
        serde_json::from_value(kind).unwrap()
    }

    /// The form of digging up a road: `from`, `until`, and a situation that is permitted afterwards.
    fn form() -> Form {
        Form::from_json(include_str!("../../../data/procedures/wjdl.form.json")).unwrap()
    }

    fn applied(from: &str, until: &str) -> Answers {
        let mut answers = Answers::default();
        answers.values.insert("from".into(), vec![from.into()]);
        answers.values.insert("until".into(), vec![until.into()]);
        answers
    }

    #[test]
    fn years_end_on_the_day_before_the_anniversary() {
        for (decided, years, last) in [
            ("2026-11-26", 5, "2031-11-25"),
            ("2026-01-01", 1, "2026-12-31"),
            ("2028-03-01", 1, "2029-02-28"),
            ("2027-03-01", 1, "2028-02-29"),
            // 29 February has no anniversary in the year that follows, and one four years on
            ("2028-02-29", 1, "2029-02-28"),
            ("2028-02-29", 4, "2032-02-28"),
        ] {
            let held =
                kind(&serde_json::json!({ "valid_years": years })).validity(&form(), &Answers::default(), day(decided)).unwrap();
            assert_eq!(held, Validity { from: day(decided), until: Some(day(last)) }, "{decided} + {years}");
        }
        let endless = kind(&serde_json::json!({})).validity(&form(), &Answers::default(), day("2026-11-26")).unwrap();
        assert_eq!(endless.until, None);
        assert_eq!(
            kind(&serde_json::json!({ "valid_years": u32::MAX }))
                .validity(&form(), &Answers::default(), day("2026-11-26"))
                .unwrap()
                .until,
            None
        );
    }

    #[test]
    fn the_days_applied_for_count_from_the_decision_on_and_never_end_before_it() {
        let terms = kind(&serde_json::json!({ "valid_from": "from", "valid_until": "until" }));
        let on = |decided: &str| terms.validity(&form(), &applied("2026-12-01", "2026-12-31"), day(decided));
        let held = |from: &str| Ok(Validity { from: day(from), until: Some(day("2026-12-31")) });
        assert_eq!(on("2026-11-20"), held("2026-12-01"));
        assert_eq!(on("2026-12-15"), held("2026-12-15"));
        assert_eq!(on("2026-12-31"), held("2026-12-31"));
        assert_eq!(on("2027-01-01"), Err(Refusal::PeriodOver { until: day("2026-12-31") }));
        assert!(terms.validity(&form(), &applied("2027-02-01", "2027-01-31"), day("2026-11-20")).is_err());
    }

    #[test]
    fn what_was_done_in_an_emergency_is_permitted_afterwards() {
        let terms =
            kind(&serde_json::json!({ "valid_from": "from", "valid_until": "until", "reaches_back": "situation = 'repair'" }));
        let mut answers = applied("2026-11-20", "2026-11-22");
        assert_eq!(terms.validity(&form(), &answers, day("2026-11-26")), Err(Refusal::PeriodOver { until: day("2026-11-22") }));
        answers.values.insert("situation".into(), vec!["repair".into()]);
        let held = Validity { from: day("2026-11-20"), until: Some(day("2026-11-22")) };
        assert_eq!(terms.validity(&form(), &answers, day("2026-11-26")), Ok(held));
    }
}
