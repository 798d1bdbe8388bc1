//! What an answer means, by its kind.

use super::answers::Answers;
use super::expression::{Number, Value, iso_date};
use super::kind::Kind;
use crate::identity::numbers::{BankCard, CitizenId, Landline, Mobile, NumberFault, OrganisationCode, PostCode};
use chrono::NaiveDate;

/// Reads an answer by its kind. Ticked boxes and uploads are lists, empty when there are none.
pub fn read(kind: &Kind, answers: &Answers, key: &str, today: NaiveDate) -> Value {
    let text = answers.one(key);
    let some = |text: Option<String>| text.filter(|t| !t.is_empty()).map_or(Value::Nothing, Value::Text);
    match kind {
        Kind::Text { .. } | Kind::LongText { .. } | Kind::Address => some(Some(text.to_owned())),
        Kind::Certificate { .. } => some(Some(text.to_owned())),
        Kind::Number { .. } | Kind::Money { .. } => Number::parse(text).map_or(Value::Nothing, Value::Number),
        Kind::Date { .. } => iso_date(text).map_or(Value::Nothing, Value::Date),
        Kind::Choice { options } => some(options.iter().find(|o| o.value == text).map(|o| o.value.clone())),
        Kind::Choices { options } => {
            let known = |v: &&String| options.iter().any(|o| o.value == **v);
            Value::List(answers.many(key).iter().filter(known).cloned().map(Value::Text).collect())
        }
        Kind::YesNo => match text {
            "yes" => Value::Bool(true),
            "no" => Value::Bool(false),
            _ => Value::Nothing,
        },
        Kind::CitizenId | Kind::OrganisationCode | Kind::Mobile | Kind::Phone | Kind::BankCard | Kind::Postcode => {
            some(read_number(kind, text, today).and_then(Result::ok))
        }
        Kind::Files { .. } => Value::List(answers.files(key).iter().map(|f| Value::Text(f.id.clone())).collect()),
        Kind::Computed { .. } => Value::Nothing, // worked out by the reading, never read from answers
    }
}

/// The stored form of a number people carry; `None` when this kind is none.
pub fn read_number(kind: &Kind, typed: &str, today: NaiveDate) -> Option<Result<String, NumberFault>> {
    Some(match kind {
        Kind::CitizenId => CitizenId::parse_on(typed, today).map(Into::into),
        Kind::OrganisationCode => OrganisationCode::parse(typed).map(Into::into),
        Kind::Mobile => Mobile::parse(typed).map(Into::into),
        // a number that begins like a mobile one was meant as one, and its fault is told
        Kind::Phone if typed.trim().starts_with(['1', '１', '+']) || typed.trim().starts_with("0086") => {
            Mobile::parse(typed).map(Into::into)
        }
        Kind::Phone => Landline::parse(typed).map(Into::into),
        Kind::BankCard => BankCard::parse(typed).map(Into::into),
        Kind::Postcode => PostCode::parse(typed).map(Into::into),
        Kind::Text { .. }
        | Kind::LongText { .. }
        | Kind::Number { .. }
        | Kind::Money { .. }
        | Kind::Date { .. }
        | Kind::Choice { .. }
        | Kind::Choices { .. }
        | Kind::YesNo
        | Kind::Address
        | Kind::Files { .. }
        | Kind::Certificate { .. }
        | Kind::Computed { .. } => {
            return None;
        }
    })
}
