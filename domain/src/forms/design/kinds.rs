//! Kinds of questions by name, as a designer chooses them.

use crate::forms::expression::Expr;
use crate::forms::kind::{FileType, Kind};
use crate::forms::listed;
use crate::identity::numbers::Document;

const NAMES: [&str; 24] = [
    "text",
    "long_text",
    "number",
    "money",
    "date",
    "choice",
    "choices",
    "yes_no",
    "citizen_id",
    "organisation_code",
    "mobile",
    "phone",
    "bank_card",
    "address",
    "postcode",
    "email",
    "plate",
    "identity_document",
    "map_point",
    "listed",
    "files",
    "signature",
    "certificate",
    "computed",
];

impl Kind {
    /// The name it has in data.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::LongText { .. } => "long_text",
            Self::Number { .. } => "number",
            Self::Money { .. } => "money",
            Self::Date { .. } => "date",
            Self::Choice { .. } => "choice",
            Self::Choices { .. } => "choices",
            Self::YesNo => "yes_no",
            Self::CitizenId => "citizen_id",
            Self::OrganisationCode => "organisation_code",
            Self::Mobile => "mobile",
            Self::Phone => "phone",
            Self::BankCard => "bank_card",
            Self::Address => "address",
            Self::Postcode => "postcode",
            Self::Email => "email",
            Self::Plate => "plate",
            Self::IdentityDocument { .. } => "identity_document",
            Self::MapPoint => "map_point",
            Self::Listed { .. } => "listed",
            Self::Files { .. } => "files",
            Self::Signature => "signature",
            Self::Certificate { .. } => "certificate",
            Self::Computed { .. } => "computed",
        }
    }

    /// Every name there is.
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// A kind of this name as it is to begin with.
    pub fn blank(name: &str) -> Option<Self> {
        let options = Vec::new;
        Some(match name {
            "text" => Self::Text { max: 50 },
            "long_text" => Self::LongText { max: 500 },
            "number" => Self::Number { min: None, max: None, unit: String::new(), unit_en: String::new(), decimals: 0 },
            "money" => Self::Money { min: None, max: None },
            "date" => Self::Date { earliest: None, latest: None },
            "choice" => Self::Choice { options: options() },
            "choices" => Self::Choices { options: options() },
            "yes_no" => Self::YesNo,
            "citizen_id" => Self::CitizenId,
            "organisation_code" => Self::OrganisationCode,
            "mobile" => Self::Mobile,
            "phone" => Self::Phone,
            "bank_card" => Self::BankCard,
            "address" => Self::Address,
            "postcode" => Self::Postcode,
            "email" => Self::Email,
            "plate" => Self::Plate,
            "identity_document" => Self::IdentityDocument { accept: Document::ALL.to_vec() },
            "map_point" => Self::MapPoint,
            "listed" => Self::Listed { list: listed::NAMES[1].to_owned(), level: 0 },
            "signature" => Self::Signature,
            "files" => Self::Files {
                min: 1,
                max: 1,
                max_bytes: 20 * MB,
                accept: vec![FileType::Pdf, FileType::Jpg, FileType::Png],
                camera: true,
            },
            "certificate" => Self::Certificate { type_code: String::new() },
            "computed" => Self::Computed { value: Expr::nought() },
            _ => return None,
        })
    }
}

/// Bytes of what people call a megabyte.
pub(super) const MB: u64 = 1024 * 1024;
