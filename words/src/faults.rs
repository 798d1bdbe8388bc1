//! What a person is told beside an answer that cannot be taken: what is wrong now, and how to mend it.

use crate::{Lang, bytes, date, faulty as w, money};
use domain::forms::{Ask, Fault, NumberKind, Problem};
use domain::identity::numbers::{Document, NumberFault};

/// The sentence beside a field. `label` is the field's label in this language.
pub fn fault(lang: Lang, fault: &Fault, label: &str) -> String {
    match fault {
        Fault::Missing { ask } => missing(lang, *ask, label),
        Fault::TooLong { have, max } => w::too_long(lang, have, max),
        Fault::NotANumber { found } => w::not_a_number(lang, found),
        Fault::TooManyDecimals { max: 0 } => w::whole_number(lang).to_owned(),
        Fault::TooManyDecimals { max } => w::too_many_decimals(lang, max),
        Fault::TooSmall { min, unit, unit_en } => w::too_small(lang, measure(lang, *min, unit, unit_en)),
        Fault::TooLarge { max, unit, unit_en } => w::too_large(lang, measure(lang, *max, unit, unit_en)),
        Fault::TooLittle { min } => w::too_small(lang, money(lang, *min)),
        Fault::TooMuch { max } => w::too_large(lang, money(lang, *max)),
        Fault::BadDate { found } => w::bad_date(lang, found),
        Fault::DateTooEarly { earliest } => w::date_too_early(lang, date(lang, *earliest)),
        Fault::DateTooLate { latest } => w::date_too_late(lang, date(lang, *latest)),
        Fault::NotAnOption { found } => w::not_an_option(lang, found),
        Fault::NotListed { found } => w::not_listed(lang, found),
        Fault::Number { number, why } => self::number(lang, *number, why),
        Fault::TooFewRows { min, have: 0, noun, noun_en } => w::no_rows(lang, min, lang.name(noun, Some(noun_en))),
        Fault::TooFewRows { min, have, noun, noun_en } => w::too_few_rows(lang, min, lang.name(noun, Some(noun_en)), have),
        Fault::TooManyRows { max, noun, noun_en } => w::too_many_rows(lang, max, lang.name(noun, Some(noun_en))),
        Fault::TooFewFiles { min, have } => w::too_few_files(lang, min, have),
        Fault::TooManyFiles { max } => w::too_many_files(lang, max),
        Fault::FileKind { name, accept } => w::file_kind(lang, name, kinds(lang, accept)),
        Fault::FileTooLarge { name, max_bytes } => w::file_too_large(lang, name, bytes(*max_bytes)),
        Fault::FileEmpty { name } => w::file_empty(lang, name),
        Fault::Clash { typed, .. } if typed.is_empty() => w::clash_empty(lang).to_owned(),
        Fault::Clash { typed, typed_en } => w::clash(lang, lang.name(typed, Some(typed_en))),
        Fault::NotAgreed => w::not_agreed(lang).to_owned(),
        Fault::Check { message, message_en } => lang.name(message, Some(message_en)).to_owned(),
    }
}

/// The line in the error summary: 第 2 位：身份证号码：现在是 17 位，还差 1 位。
pub fn problem(lang: Lang, problem: &Problem) -> String {
    let label = lang.name(&problem.label, Some(&problem.label_en));
    let sentence = fault(lang, &problem.fault, label);
    // sentences that name the field need not be introduced by it
    let named = matches!(problem.fault, Fault::Missing { ask: Ask::Write | Ask::Upload }) && sentence.contains(label);
    let sentence = if named { sentence } else { w::problem(lang, label.trim_end_matches(['？', '?']), sentence) };
    match &problem.entry {
        Some(entry) => w::problem_entry(lang, lang.name(&entry.legend, Some(&entry.legend_en)), sentence),
        None => sentence,
    }
}

fn missing(lang: Lang, ask: Ask, label: &str) -> String {
    match ask {
        // a label that is itself a sentence does not fit into one
        Ask::Write | Ask::Upload if label.contains(['，', '？', '?']) => w::write_here(lang).to_owned(),
        Ask::Write => w::write(lang, label),
        Ask::Upload => w::upload(lang, label),
        Ask::Choose => w::choose(lang).to_owned(),
        Ask::ChooseSome => w::choose_some(lang).to_owned(),
        Ask::Date => w::fill_date(lang).to_owned(),
    }
}

fn measure(lang: Lang, value: i64, unit: &str, unit_en: &str) -> String {
    let unit = lang.name(unit, Some(unit_en));
    if unit.is_empty() { value.to_string() } else { format!("{value} {unit}") }
}

fn kinds(lang: Lang, accept: &[domain::forms::FileType]) -> String {
    let names: Vec<&str> = accept.iter().map(|t| t.name()).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => {
            let comma = if lang.is_chinese() { "、" } else { ", " };
            format!("{} {} {last}", rest.join(comma), w::or(lang))
        }
        None => String::new(),
    }
}

fn number(lang: Lang, kind: NumberKind, fault: &NumberFault) -> String {
    let what = match fault {
        NumberFault::Empty => w::number_empty(lang).to_owned(),
        NumberFault::WrongLength { have, want } if have < want => w::too_short(lang, have, want - have),
        NumberFault::WrongLength { have, want } => w::too_many_digits(lang, have, have - want),
        NumberFault::LengthOutside { have, min, max } => w::length_between(lang, have, min, max),
        NumberFault::WrongCharacter { position, found } => w::wrong_character(lang, position, found),
        NumberFault::NoSuchDate { year, month, day } => w::no_such_birth(lang, year, month, day),
        NumberFault::FutureBirth { birth } => w::birth_to_come(lang, date(lang, *birth)),
        NumberFault::UnknownArea { area } => w::unknown_area(lang, area),
        NumberFault::CheckDigit { .. } | NumberFault::EmbeddedCheckDigit { .. } => w::check_digit(lang).to_owned(),
        NumberFault::OldForm => w::old_id(lang).to_owned(),
        NumberFault::WrongStart { want } => w::wrong_start(lang, want),
        NumberFault::MissingAreaCode => return w::area_code(lang).to_owned(),
        NumberFault::WrongParts { .. } | NumberFault::PartLength { .. } | NumberFault::WrongStructure => {
            w::wrong_shape(lang).to_owned()
        }
        NumberFault::OtherDocument { found } => return w::other_document(lang, document_name(lang, *found)),
        NumberFault::OutsideCountry => w::outside_country(lang).to_owned(),
    };
    let look = match kind {
        NumberKind::Citizen => w::see_id_card(lang),
        NumberKind::Organisation => w::see_licence(lang),
        NumberKind::Mobile => w::see_mobile(lang),
        NumberKind::Phone => w::see_phone(lang),
        NumberKind::BankCard => w::see_bank_card(lang),
        NumberKind::Postcode => w::see_postcode(lang),
        NumberKind::Email => w::see_email(lang),
        NumberKind::Plate => w::see_plate(lang),
        NumberKind::Document => w::see_document(lang),
        NumberKind::MapPoint => w::see_map_point(lang),
    };
    if lang.is_chinese() { format!("{what}{look}") } else { format!("{what} {look}") }
}

/// What a document is called.
pub fn document_name(lang: Lang, document: Document) -> &'static str {
    match document {
        Document::IdentityCard => w::document_identity_card(lang),
        Document::ResidencePermit => w::document_residence_permit(lang),
        Document::PermanentResident => w::document_permanent_resident(lang),
        Document::Passport => w::document_passport(lang),
        Document::HomeReturnPermit => w::document_home_return_permit(lang),
        Document::TaiwanPermit => w::document_taiwan_permit(lang),
        Document::ForeignPassport => w::document_foreign_passport(lang),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use domain::forms::Entry;

    fn missing_digit() -> Fault {
        Fault::Number { number: NumberKind::Citizen, why: NumberFault::WrongLength { have: 17, want: 18 } }
    }

    #[test]
    fn a_missing_digit_is_counted_and_the_card_named() {
        assert_eq!(fault(Lang::ZhCn, &missing_digit(), "身份证号码"), "现在是 17 位，还差 1 位。请对照身份证再看一遍。");
        let long = Fault::Number { number: NumberKind::Mobile, why: NumberFault::WrongLength { have: 12, want: 11 } };
        assert_eq!(
            fault(Lang::En, &long, "Mobile"),
            "There are 12 characters, 1 too many. Mobile numbers have 11 digits and begin with 1."
        );
    }

    #[test]
    fn the_summary_names_entry_and_field_once() {
        let entry =
            Entry { group: "staff".into(), row: "2".into(), number: 2, legend: "第 2 位".into(), legend_en: "Person 2".into() };
        let with = |fault| Problem {
            page: "people".into(),
            key: "staff_id.2".into(),
            label: "身份证号码".into(),
            label_en: "ID number".into(),
            entry: Some(entry.clone()),
            fault,
        };
        assert_eq!(
            problem(Lang::ZhCn, &with(missing_digit())),
            "第 2 位：身份证号码：现在是 17 位，还差 1 位。请对照身份证再看一遍。"
        );
        assert_eq!(problem(Lang::ZhCn, &with(Fault::Missing { ask: Ask::Write })), "第 2 位：请填写身份证号码。");
        assert_eq!(problem(Lang::En, &with(Fault::Missing { ask: Ask::Choose })), "Person 2: ID number: Please choose one.");
    }

    #[test]
    fn a_label_that_is_a_question_is_not_put_into_a_sentence() {
        assert_eq!(fault(Lang::ZhCn, &Fault::Missing { ask: Ask::Write }, "变更前是什么，变更后是什么"), "请填写这一项。");
    }

    #[test]
    fn formats_are_listed_in_each_language() {
        use domain::forms::FileType::{Jpg, Pdf, Png};
        let wrong = Fault::FileKind { name: "a.exe".into(), accept: vec![Pdf, Jpg, Png] };
        assert_eq!(fault(Lang::ZhCn, &wrong, ""), "“a.exe”的格式不能用，请换成 PDF、JPG 或 PNG。");
        assert!(fault(Lang::En, &wrong, "").ends_with("PDF, JPG or PNG."));
    }
}
