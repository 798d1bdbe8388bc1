//! What a question takes for an answer.

use super::expression::{Expr, Type};
use super::fault::NumberKind;
use crate::identity::numbers::Document;
use serde::{Deserialize, Serialize};

/// What a field takes. Answers are kept as the text a browser sends; the kind says how to read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// One line, at most `max` characters.
    Text {
        max: u32,
    },
    /// Several lines, at most `max` characters.
    LongText {
        max: u32,
    },
    /// A number with at most `decimals` (0–4) digits after the point; bounds in whole units.
    Number {
        #[serde(default)]
        min: Option<i64>,
        #[serde(default)]
        max: Option<i64>,
        #[serde(default)]
        unit: String,
        #[serde(default)]
        unit_en: String,
        #[serde(default)]
        decimals: u8,
    },
    /// Typed in yuan, kept as typed, read as fen; bounds in fen.
    Money {
        #[serde(default)]
        min: Option<i64>,
        #[serde(default)]
        max: Option<i64>,
    },
    /// `2026-10-09`. Bounds are expressions of type date: `today`, `today + 30`, `date('2020-01-01')`.
    Date {
        #[serde(default)]
        earliest: Option<Expr>,
        #[serde(default)]
        latest: Option<Expr>,
    },
    /// One of a few.
    Choice {
        options: Vec<Choice>,
    },
    /// Some of a few; at least one unless the field is optional.
    Choices {
        options: Vec<Choice>,
    },
    /// `yes` or `no`; a truth value in expressions.
    YesNo,
    /// 公民身份号码 (GB 11643).
    CitizenId,
    /// 统一社会信用代码 (GB 32100).
    OrganisationCode,
    Mobile,
    /// Mobile or landline.
    Phone,
    BankCard,
    Address,
    Postcode,
    Email,
    /// 机动车号牌 (GA 36). An unusual one is asked about, not refused.
    Plate,
    /// The number of one of these documents; which one, the number itself says. For people who have no identity card.
    IdentityDocument {
        accept: Vec<Document>,
    },
    /// A place by longitude and latitude: `118.089423,24.479834` (CGCS2000).
    MapPoint,
    /// One entry of a list that is kept beside the forms and is too long to be laid out: places, trades. Kept as `code｜name`
    /// ([`super::listed`]), in expressions its code.
    Listed {
        /// The list's name, for example `region`.
        list: String,
        /// From which level on an entry will do: of places, 3 asks for a county or something in it.
        #[serde(default, skip_serializing_if = "is_nought")]
        level: u8,
    },
    /// Uploads.
    Files {
        #[serde(default = "one")]
        min: u32,
        max: u32,
        /// Largest size of one file in bytes.
        max_bytes: u64,
        accept: Vec<FileType>,
        /// The phone may offer its camera.
        #[serde(default)]
        camera: bool,
    },
    /// Drawn by hand, kept as a picture; where nothing can be drawn, the photo of one.
    Signature,
    /// A certificate we hold: not asked, shown as 免交. Asked as an upload only when the library has none.
    Certificate {
        /// Type in the certificate library, for example `business_licence`.
        type_code: String,
    },
    /// Worked out, never typed.
    Computed {
        value: Expr,
    },
}

// serde asks for a function that takes a reference
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_nought(level: &u8) -> bool {
    *level == 0
}

fn one() -> u32 {
    1
}

/// One offer of a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub value: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label_en: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint_en: String,
}

/// A file type an upload may have; decided from the content, not from the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileType {
    Pdf,
    Jpg,
    Png,
    Doc,
    Docx,
    Xls,
    Xlsx,
    Ofd,
}

impl FileType {
    pub const ALL: [Self; 8] = [Self::Pdf, Self::Jpg, Self::Png, Self::Doc, Self::Docx, Self::Xls, Self::Xlsx, Self::Ofd];

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xls => "application/vnd.ms-excel",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Ofd => "application/ofd",
        }
    }

    pub fn of_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.media_type() == media_type)
    }

    /// As people know it: `PDF`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpg => "JPG",
            Self::Png => "PNG",
            Self::Doc => "DOC",
            Self::Docx => "DOCX",
            Self::Xls => "XLS",
            Self::Xlsx => "XLSX",
            Self::Ofd => "OFD",
        }
    }
}

/// What uploads a question takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uploads<'a> {
    pub min: u32,
    pub max: u32,
    /// Of one file.
    pub max_bytes: u64,
    pub accept: &'a [FileType],
    /// The phone may offer its camera.
    pub camera: bool,
}

/// What the upload that stands in for a certificate we do not hold may be.
const STAND_IN_ACCEPT: [FileType; 3] = [FileType::Pdf, FileType::Jpg, FileType::Png];
/// Most such uploads: both sides of a card and a page or two.
const STAND_IN_FILES: u32 = 5;
/// Largest such upload, 20 MB.
const STAND_IN_BYTES: u64 = 20 * 1024 * 1024;

/// Largest picture of a signature, 2 MB.
const SIGNATURE_BYTES: u64 = 2 * 1024 * 1024;
/// What the picture of a signature may be.
const SIGNATURE_ACCEPT: [FileType; 2] = [FileType::Png, FileType::Jpg];

/// How a question is asked: all that those who draw it have to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A box of one line.
    Line,
    /// A box of several lines.
    Lines,
    Date,
    /// Boxes to tick, or a list to choose from; a browser sends nothing at all when nothing is chosen.
    Ticked,
    /// A box of one line that is looked up in a long list.
    Listed,
    /// Uploads.
    Files,
    /// Worked out, never asked.
    WorkedOut,
}

impl Kind {
    /// How it is asked.
    pub fn shape(&self) -> Shape {
        match self {
            Self::LongText { .. } => Shape::Lines,
            Self::Date { .. } => Shape::Date,
            Self::Choice { .. } | Self::Choices { .. } | Self::YesNo => Shape::Ticked,
            Self::Listed { .. } => Shape::Listed,
            Self::Files { .. } | Self::Signature | Self::Certificate { .. } => Shape::Files,
            Self::Computed { .. } => Shape::WorkedOut,
            Self::Text { .. }
            | Self::Number { .. }
            | Self::Money { .. }
            | Self::CitizenId
            | Self::OrganisationCode
            | Self::Mobile
            | Self::Phone
            | Self::BankCard
            | Self::Address
            | Self::Postcode
            | Self::Email
            | Self::Plate
            | Self::IdentityDocument { .. }
            | Self::MapPoint => Shape::Line,
        }
    }

    /// Which number people carry it is, if it is one: read, mended and judged as such.
    pub fn number(&self) -> Option<NumberKind> {
        Some(match self {
            Self::CitizenId => NumberKind::Citizen,
            Self::OrganisationCode => NumberKind::Organisation,
            Self::Mobile => NumberKind::Mobile,
            Self::Phone => NumberKind::Phone,
            Self::BankCard => NumberKind::BankCard,
            Self::Postcode => NumberKind::Postcode,
            Self::Email => NumberKind::Email,
            Self::Plate => NumberKind::Plate,
            Self::IdentityDocument { .. } => NumberKind::Document,
            Self::MapPoint => NumberKind::MapPoint,
            Self::Text { .. }
            | Self::LongText { .. }
            | Self::Number { .. }
            | Self::Money { .. }
            | Self::Date { .. }
            | Self::Choice { .. }
            | Self::Choices { .. }
            | Self::YesNo
            | Self::Address
            | Self::Listed { .. }
            | Self::Files { .. }
            | Self::Signature
            | Self::Certificate { .. }
            | Self::Computed { .. } => return None,
        })
    }

    /// What its answer is in expressions; `None` where that depends on what is worked out.
    pub fn value_type(&self) -> Option<Type> {
        match self {
            Self::Number { .. } | Self::Money { .. } => Some(Type::Number),
            Self::YesNo => Some(Type::Bool),
            Self::Choices { .. } | Self::Files { .. } | Self::Signature => Some(Type::List(Box::new(Type::Text))),
            _ => match self.shape() {
                Shape::Date => Some(Type::Date),
                Shape::WorkedOut => None,
                Shape::Line | Shape::Lines | Shape::Ticked | Shape::Listed | Shape::Files => Some(Type::Text),
            },
        }
    }

    /// The offers, if this kind has any.
    pub fn options(&self) -> &[Choice] {
        if let Self::Choice { options } | Self::Choices { options } = self { options } else { &[] }
    }

    /// The expressions this kind holds: bounds of a date, what is worked out.
    pub fn rules(&self) -> impl Iterator<Item = &Expr> {
        let (first, second) = match self {
            Self::Date { earliest, latest } => (earliest.as_ref(), latest.as_ref()),
            Self::Computed { value } => (Some(value), None),
            _ => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// What it is measured in, Chinese and English; empty where it is no measure.
    pub fn unit(&self) -> (&str, &str) {
        match self {
            Self::Number { unit, unit_en, .. } => (unit, unit_en),
            Self::Money { .. } => ("元", "CNY"),
            _ => ("", ""),
        }
    }

    /// True where a browser sends nothing at all when nothing is chosen.
    pub fn is_ticked(&self) -> bool {
        self.shape() == Shape::Ticked
    }

    /// True where the answer is one or more uploads.
    pub fn takes_files(&self) -> bool {
        self.shape() == Shape::Files
    }

    /// What its uploads may be; `None` where it takes none.
    pub fn uploads(&self) -> Option<Uploads<'_>> {
        match self {
            Self::Files { min, max, max_bytes, accept, camera } => {
                Some(Uploads { min: *min, max: *max, max_bytes: *max_bytes, accept, camera: *camera })
            }
            Self::Signature => {
                Some(Uploads { min: 1, max: 1, max_bytes: SIGNATURE_BYTES, accept: &SIGNATURE_ACCEPT, camera: true })
            }
            Self::Certificate { .. } => {
                Some(Uploads { min: 1, max: STAND_IN_FILES, max_bytes: STAND_IN_BYTES, accept: &STAND_IN_ACCEPT, camera: true })
            }
            _ => None,
        }
    }

    /// The keyboard a phone should offer.
    pub fn inputmode(&self) -> &'static str {
        match self {
            Self::Number { decimals: 0, .. } | Self::BankCard | Self::Postcode => "numeric",
            Self::Number { .. } | Self::Money { .. } => "decimal",
            Self::Mobile | Self::Phone => "tel",
            Self::Email => "email",
            _ => "text",
        }
    }
}
