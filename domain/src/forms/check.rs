//! Checks one answer by its kind and the field's own rules.

use super::expression::{Env, Expr, Number, Row, Value, iso_date};
use super::fault::{Ask, Fault};
use super::form::{Check, Field, in_language};
use super::kind::{Kind, Shape, Uploads};
use super::listed;
use super::message::{render, say};
use super::read::read_number;
use super::reading::{Meant, Reading, Visit};
use super::{FileNote, FileType};

/// The first thing that is wrong with the answer to a question, if anything is.
pub fn fault_of(reading: &Reading<'_>, visit: &Visit<'_>) -> Option<Fault> {
    let (field, key) = (visit.place.field, visit.key.as_str());
    if matches!(field.kind, Kind::Computed { .. }) {
        return broken_check(reading, &field.checks, visit.in_row());
    }
    if let Some(typed) = reading.answers.clashes.get(key) {
        return Some(clash(&field.kind, typed));
    }
    if reading.answers.is_blank(key) {
        return (!field.optional).then(|| Fault::Missing { ask: ask(&field.kind) });
    }
    by_kind(reading, field, key, visit.in_row()).or_else(|| broken_check(reading, &field.checks, visit.in_row()))
}

/// What was typed elsewhere, as people read it.
fn clash(kind: &Kind, typed: &[String]) -> Fault {
    let say = |english: bool| {
        let one = |said: &String| match kind {
            Kind::YesNo => say(&Value::Bool(said == "yes"), english),
            Kind::Listed { .. } => listed::name(said).to_owned(),
            _ => kind
                .options()
                .iter()
                .find(|o| o.value == *said)
                .map_or(said.clone(), |o| in_language(&o.label, &o.label_en, english).to_owned()),
        };
        typed.iter().map(one).collect::<Vec<_>>().join(if english { ", " } else { "、" })
    };
    Fault::Clash { typed: say(false), typed_en: say(true) }
}

fn ask(kind: &Kind) -> Ask {
    match kind.shape() {
        Shape::Ticked if matches!(kind, Kind::Choices { .. }) => Ask::ChooseSome,
        Shape::Ticked => Ask::Choose,
        Shape::Date => Ask::Date,
        Shape::Files => Ask::Upload,
        Shape::Line | Shape::Lines | Shape::Listed | Shape::WorkedOut => Ask::Write,
    }
}

/// Most characters of an address.
const ADDRESS: u32 = 200;

fn by_kind(reading: &Reading<'_>, field: &Field, key: &str, row: Option<Row<'_>>) -> Option<Fault> {
    let text = reading.answers.one(key);
    if let Some(number) = field.kind.number() {
        let why = read_number(&field.kind, text, reading.today).and_then(Result::err);
        return why.map(|why| Fault::Number { number, why });
    }
    match &field.kind {
        Kind::Text { max } | Kind::LongText { max } => too_long(text, *max),
        Kind::Address => too_long(text, ADDRESS),
        Kind::Number { min, max, unit, unit_en, decimals } => {
            let Some(value) = Number::parse(text) else { return Some(Fault::NotANumber { found: text.into() }) };
            if value.decimals_used() > *decimals {
                return Some(Fault::TooManyDecimals { max: *decimals });
            }
            let (unit, unit_en) = (unit.clone(), unit_en.clone());
            match (
                min.filter(|m| Number::whole(*m).is_some_and(|m| value < m)),
                max.filter(|m| Number::whole(*m).is_some_and(|m| value > m)),
            ) {
                (Some(min), _) => Some(Fault::TooSmall { min, unit, unit_en }),
                (None, Some(max)) => Some(Fault::TooLarge { max, unit, unit_en }),
                (None, None) => None,
            }
        }
        Kind::Money { min, max } => {
            let Some(value) = Number::parse(text) else { return Some(Fault::NotANumber { found: text.into() }) };
            let Some(fen) = value.as_fen() else { return Some(Fault::TooManyDecimals { max: 2 }) };
            match (min.filter(|m| fen < *m), max.filter(|m| fen > *m)) {
                (Some(min), _) => Some(Fault::TooLittle { min }),
                (None, Some(max)) => Some(Fault::TooMuch { max }),
                (None, None) => None,
            }
        }
        Kind::Date { earliest, latest } => {
            let Some(date) = iso_date(text) else { return Some(Fault::BadDate { found: text.into() }) };
            let bound = |expr: &Option<Expr>| match expr.as_ref().map(|e| reading.eval(e, row)) {
                Some(Value::Date(date)) => Some(date),
                Some(Value::Nothing | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::List(_)) | None => None,
            };
            match (bound(earliest).filter(|e| date < *e), bound(latest).filter(|l| date > *l)) {
                (Some(earliest), _) => Some(Fault::DateTooEarly { earliest }),
                (None, Some(latest)) => Some(Fault::DateTooLate { latest }),
                (None, None) => None,
            }
        }
        Kind::Choice { options } | Kind::Choices { options } => {
            let stranger = reading.answers.many(key).iter().find(|v| options.iter().all(|o| o.value != **v));
            stranger.map(|found| Fault::NotAnOption { found: found.clone() })
        }
        Kind::YesNo => (!matches!(text, "yes" | "no")).then(|| Fault::NotAnOption { found: text.into() }),
        Kind::Listed { .. } => listed::entry(text).is_none().then(|| Fault::NotListed { found: text.into() }),
        // held in the library: nothing to upload, nothing to check here
        Kind::Certificate { .. } if !text.is_empty() => None,
        // numbers people carry were judged above
        _ => field.kind.uploads().and_then(|wanted| files(reading.answers.files(key), &wanted)),
    }
}

fn too_long(text: &str, max: u32) -> Option<Fault> {
    let have = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    (have > max).then_some(Fault::TooLong { have, max })
}

/// What is wrong with these uploads.
fn files(files: &[FileNote], wanted: &Uploads<'_>) -> Option<Fault> {
    let Uploads { min, max, max_bytes, accept, .. } = *wanted;
    for file in files {
        let name = || file.name.clone();
        if file.size == 0 {
            return Some(Fault::FileEmpty { name: name() });
        }
        if file.size > max_bytes {
            return Some(Fault::FileTooLarge { name: name(), max_bytes });
        }
        if FileType::of_media_type(&file.media_type).is_none_or(|t| !accept.contains(&t)) {
            return Some(Fault::FileKind { name: name(), accept: accept.to_vec() });
        }
    }
    let have = u32::try_from(files.len()).unwrap_or(u32::MAX);
    if have < min {
        return Some(Fault::TooFewFiles { min, have });
    }
    (have > max).then_some(Fault::TooManyFiles { max })
}

/// The first rule that does not hold. A rule whose questions are not all answered yet says nothing: what is missing is
/// told where it is missing.
pub fn broken_check(reading: &Reading<'_>, checks: &[Check], row: Option<Row<'_>>) -> Option<Fault> {
    let broken = checks.iter().find(|c| speaks(reading, &c.that, row) && !reading.eval(&c.that, row).is_true())?;
    let env = Env { names: reading, row, today: reading.today };
    Some(Fault::Check { message: render(&broken.message, &env, false), message_en: render(&broken.message_en, &env, true) })
}

/// Whether everything a rule needs is answered.
pub fn speaks(reading: &Reading<'_>, expr: &Expr, row: Option<Row<'_>>) -> bool {
    expr.needs().into_iter().all(|name| match reading.named(name, row) {
        // whether a list is long enough is told at the list
        None | Some(Meant::Group(_)) => true,
        Some(Meant::One(point)) => reading.value_of(&point).is_filled(),
        // in other entries, what is hidden or may be left out does not silence the rule
        Some(Meant::Each(points)) => points
            .iter()
            .all(|point| reading.value_of(point).is_filled() || point.field.optional || !reading.point_is_asked(point)),
    })
}
