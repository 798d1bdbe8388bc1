//! What a question takes for an answer.

use super::expression::Expr;
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

/// What the upload that stands in for a certificate we do not hold may be.
pub const STAND_IN_ACCEPT: [FileType; 3] = [FileType::Pdf, FileType::Jpg, FileType::Png];
/// Most such uploads: both sides of a card and a page or two.
pub const STAND_IN_FILES: u32 = 5;
/// Largest such upload, 20 MB.
pub const STAND_IN_BYTES: u64 = 20 * 1024 * 1024;

impl Kind {
    /// The offers, if this kind has any.
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::Choice { options } | Self::Choices { options } => options,
            Self::Text { .. }
            | Self::LongText { .. }
            | Self::Number { .. }
            | Self::Money { .. }
            | Self::Date { .. }
            | Self::YesNo
            | Self::CitizenId
            | Self::OrganisationCode
            | Self::Mobile
            | Self::Phone
            | Self::BankCard
            | Self::Address
            | Self::Postcode
            | Self::Files { .. }
            | Self::Certificate { .. }
            | Self::Computed { .. } => &[],
        }
    }

    /// The expressions this kind holds: bounds of a date, what is worked out.
    pub fn rules(&self) -> impl Iterator<Item = &Expr> {
        let (first, second) = match self {
            Self::Date { earliest, latest } => (earliest.as_ref(), latest.as_ref()),
            Self::Computed { value } => (Some(value), None),
            Self::Text { .. }
            | Self::LongText { .. }
            | Self::Number { .. }
            | Self::Money { .. }
            | Self::Choice { .. }
            | Self::Choices { .. }
            | Self::YesNo
            | Self::CitizenId
            | Self::OrganisationCode
            | Self::Mobile
            | Self::Phone
            | Self::BankCard
            | Self::Address
            | Self::Postcode
            | Self::Files { .. }
            | Self::Certificate { .. } => (None, None),
        };
        first.into_iter().chain(second)
    }

    /// True where a browser sends nothing at all when nothing is chosen.
    pub fn is_ticked(&self) -> bool {
        matches!(self, Self::Choice { .. } | Self::Choices { .. } | Self::YesNo)
    }

    /// True where the answer is one or more uploads.
    pub fn takes_files(&self) -> bool {
        matches!(self, Self::Files { .. } | Self::Certificate { .. })
    }

    /// The keyboard a phone should offer.
    pub fn inputmode(&self) -> &'static str {
        match self {
            Self::Number { decimals: 0, .. } | Self::BankCard | Self::Postcode => "numeric",
            Self::Number { .. } | Self::Money { .. } => "decimal",
            Self::Mobile | Self::Phone => "tel",
            Self::Text { .. }
            | Self::LongText { .. }
            | Self::Date { .. }
            | Self::Choice { .. }
            | Self::Choices { .. }
            | Self::YesNo
            | Self::CitizenId
            | Self::OrganisationCode
            | Self::Address
            | Self::Files { .. }
            | Self::Certificate { .. }
            | Self::Computed { .. } => "text",
        }
    }
}
