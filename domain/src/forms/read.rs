//! What an answer means, by its kind.

use super::answers::Answers;
use super::expression::{Number, Value, iso_date};
use super::fault::NumberKind;
use super::kind::Kind;
use super::listed;
use crate::identity::numbers::{
    BankCard, CitizenId, Document, Email, Landline, MapPoint, Mobile, NumberFault, OrganisationCode, Plate, PostCode,
};
use chrono::NaiveDate;

/// Reads an answer by its kind. Ticked boxes and uploads are lists, empty when there are none.
pub fn read(kind: &Kind, answers: &Answers, key: &str, today: NaiveDate) -> Value {
    let text = answers.one(key);
    let some = |text: Option<String>| text.filter(|t| !t.is_empty()).map_or(Value::Nothing, Value::Text);
    if let Some(number) = read_number(kind, text, today) {
        return some(number.ok());
    }
    match kind {
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
        Kind::Listed { .. } => some(listed::entry(text).map(|(code, _)| code.to_owned())),
        Kind::Files { .. } | Kind::Signature => {
            Value::List(answers.files(key).iter().map(|f| Value::Text(f.id.clone())).collect())
        }
        Kind::Computed { .. } => Value::Nothing, // worked out by the reading, never read from answers
        // texts; numbers people carry were read above
        _ => some(Some(text.to_owned())),
    }
}

/// The stored form of a number people carry; `None` when this kind is none.
pub fn read_number(kind: &Kind, typed: &str, today: NaiveDate) -> Option<Result<String, NumberFault>> {
    Some(match kind.number()? {
        NumberKind::Citizen => CitizenId::parse_on(typed, today).map(Into::into),
        NumberKind::Organisation => OrganisationCode::parse(typed).map(Into::into),
        NumberKind::Mobile => Mobile::parse(typed).map(Into::into),
        // a number that begins like a mobile one was meant as one, and its fault is told
        NumberKind::Phone if typed.trim().starts_with(['1', '１', '+']) || typed.trim().starts_with("0086") => {
            Mobile::parse(typed).map(Into::into)
        }
        NumberKind::Phone => Landline::parse(typed).map(Into::into),
        NumberKind::BankCard => BankCard::parse(typed).map(Into::into),
        NumberKind::Postcode => PostCode::parse(typed).map(Into::into),
        NumberKind::Email => Email::parse(typed).map(Into::into),
        NumberKind::Plate => Plate::parse(typed).map(Into::into),
        NumberKind::Document => {
            let accept: &[Document] = if let Kind::IdentityDocument { accept } = kind { accept } else { &[] };
            Document::read_on(typed, accept, today).map(|(_, number)| number)
        }
        NumberKind::MapPoint => MapPoint::parse(typed).map(Into::into),
    })
}
