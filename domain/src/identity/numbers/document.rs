//! Documents a person proves with who they are, and which of them a number belongs to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::patterns::{Pattern, Unusual, warn};
use super::typed::{length_between, only, plain};
use super::{CitizenId, NumberFault, PermanentResidentId};

/// A document with a number of its own. Codes of GA/T 517 where there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Document {
    /// 居民身份证 (111).
    IdentityCard,
    /// 港澳台居民居住证: the same rule, areas 81, 82 and 83.
    ResidencePermit,
    /// 外国人永久居留身份证 (553).
    PermanentResident,
    /// 普通护照 (414) of China.
    Passport,
    /// 港澳居民来往内地通行证 (516).
    HomeReturnPermit,
    /// 台湾居民来往大陆通行证 (511).
    TaiwanPermit,
    /// A passport of another country: letters and digits, no rule we know of.
    ForeignPassport,
}

impl Document {
    pub const ALL: [Self; 7] = [
        Self::IdentityCard,
        Self::ResidencePermit,
        Self::PermanentResident,
        Self::Passport,
        Self::HomeReturnPermit,
        Self::TaiwanPermit,
        Self::ForeignPassport,
    ];

    /// Its name in data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::IdentityCard => "identity_card",
            Self::ResidencePermit => "residence_permit",
            Self::PermanentResident => "permanent_resident",
            Self::Passport => "passport",
            Self::HomeReturnPermit => "home_return_permit",
            Self::TaiwanPermit => "taiwan_permit",
            Self::ForeignPassport => "foreign_passport",
        }
    }

    /// The document of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|document| document.key() == key)
    }

    /// Which document a number is meant for, by its look: of several that would do, the one whose rule is known.
    fn meant(text: &str) -> Self {
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
        match text.len() {
            17..=19 if letters == 0 && text.starts_with("81") || text.starts_with("82") || text.starts_with("83") => {
                Self::ResidencePermit
            }
            17..=19 if letters == 0 && text.starts_with('9') => Self::PermanentResident,
            14..=19 if letters == 0 => Self::IdentityCard,
            15 if letters == 3 && digits(&text[3..]) => Self::PermanentResident,
            8 | 10 if digits(text) => Self::TaiwanPermit,
            9 | 11 if text.starts_with(['H', 'M']) && digits(&text[1..]) => Self::HomeReturnPermit,
            9 if text.starts_with(['E', 'G']) => Self::Passport,
            _ => Self::ForeignPassport,
        }
    }

    /// Reads a number: which of these documents it belongs to, and its stored form.
    ///
    /// # Errors
    /// [`NumberFault`] of the document it was meant for; [`NumberFault::OtherDocument`] where that one is not among them.
    pub fn read_on(typed: &str, accept: &[Self], today: NaiveDate) -> Result<(Self, String), NumberFault> {
        let text = plain(typed);
        only(&text, |_, c| c.is_ascii_digit() || c.is_ascii_uppercase())?;
        let mut meant = Self::meant(&text);
        if !accept.contains(&meant) {
            // numbers known by custom only may look like anything short; they are asked about, not refused
            let by_custom = [Self::ForeignPassport, Self::Passport, Self::HomeReturnPermit, Self::TaiwanPermit];
            let custom = by_custom.into_iter().find(|document| accept.contains(document)).filter(|_| text.len() < 14);
            meant = custom.ok_or(NumberFault::OtherDocument { found: meant })?;
        }
        let number = match meant {
            Self::IdentityCard | Self::ResidencePermit => CitizenId::parse_on(&text, today)?.into(),
            Self::PermanentResident => PermanentResidentId::parse_on(&text, today)?.into(),
            Self::Passport | Self::HomeReturnPermit | Self::TaiwanPermit | Self::ForeignPassport => {
                length_between(&text, 5, 20)?;
                text
            }
        };
        Ok((meant, number))
    }

    /// Whether a number of this document looks like none that is issued, as far as custom tells.
    #[must_use]
    pub fn unusual(self, number: &str) -> Option<Unusual> {
        match self {
            Self::Passport => warn(Pattern::PassportCn, number),
            Self::HomeReturnPermit => warn(Pattern::HkmPermit, number),
            Self::TaiwanPermit => warn(Pattern::TwPermit, number),
            Self::IdentityCard | Self::ResidencePermit | Self::PermanentResident | Self::ForeignPassport => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-10-09".parse().unwrap()
    }

    #[test]
    fn the_number_says_which_document_it_is_of() {
        for (typed, document) in [
            ("11010519491231002x", Document::IdentityCard),
            ("810000199408230021", Document::ResidencePermit),
            ("911124198108030024", Document::PermanentResident),
            ("USA123456789012", Document::PermanentResident),
            ("e12345678", Document::Passport),
            ("H12345678", Document::HomeReturnPermit),
            ("M1234567801", Document::HomeReturnPermit),
            ("12345678", Document::TaiwanPermit),
            ("C01X00T47", Document::ForeignPassport),
            ("AB 123 456", Document::ForeignPassport),
        ] {
            let (found, number) = Document::read_on(typed, &Document::ALL, today()).unwrap();
            assert_eq!(found, document, "{typed}");
            assert_eq!(found.unusual(&number), None, "{typed}");
        }
    }

    #[test]
    fn a_wrong_one_is_told_by_the_rule_of_what_was_meant() {
        let read = |typed: &str, accept: &[Document]| Document::read_on(typed, accept, today()).map(|(d, _)| d);
        assert!(matches!(read("350205188001010018", &Document::ALL), Err(NumberFault::CheckDigit { .. })));
        assert!(matches!(read("820000199502130020", &Document::ALL), Err(NumberFault::CheckDigit { .. })));
        assert_eq!(read("35020518800101001", &Document::ALL), Err(NumberFault::WrongLength { have: 17, want: 18 }));
        assert_eq!(read("", &Document::ALL), Err(NumberFault::Empty));
        assert_eq!(read("E1234567/", &Document::ALL), Err(NumberFault::WrongCharacter { position: 9, found: '/' }));
        let card = [Document::IdentityCard];
        assert_eq!(read("H12345678", &card), Err(NumberFault::OtherDocument { found: Document::HomeReturnPermit }));
        // what is like a permit of Taiwan may be a foreign passport where no such permit is taken
        assert_eq!(read("12345678", &[Document::ForeignPassport]), Ok(Document::ForeignPassport));
        assert_eq!(read("A1", &[Document::ForeignPassport]), Err(NumberFault::LengthOutside { have: 2, min: 5, max: 20 }));
        // a service passport where passports are taken: odd, and taken
        assert_eq!(read("DE1234567", &[Document::Passport]), Ok(Document::Passport));
        assert!(Document::Passport.unusual("DE1234567").is_some());
        assert_eq!(Document::Passport.unusual("EO2345678").map(|u| u.pattern), Some(Pattern::PassportCn));
    }
}
