//! One door for every number, for the command line and for form fields that name their kind as data.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    BankCard, BusinessRegistration15, CaseNumber, CertificateMark, CitizenId, Homeland, Landline, Mobile, NumberFault, OrgCode9,
    OrganisationCode, OrganisationKind, PermanentResidentId, PostCode, Sex, province_name,
};

/// The kinds [`check`] knows.
pub const KINDS: [&str; 12] = [
    "citizen",
    "hkmt",
    "permanent-resident",
    "organisation",
    "org-code",
    "business-registration",
    "certificate",
    "case",
    "mobile",
    "landline",
    "postcode",
    "bank-card",
];

/// A kind that is not in [`KINDS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind(pub String);

impl std::fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no kind {:?}; known: {}", self.0, KINDS.join(", "))
    }
}

impl std::error::Error for UnknownKind {}

/// Something a number tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Birth date.
    Birth(NaiveDate),
    /// Sex.
    Sex(Sex),
    /// Area code, with the name of its province where known.
    Area {
        /// 2 or 6 digits.
        code: String,
        /// 福建省
        province: Option<String>,
    },
    /// Where the holder of a residence permit for 港澳台居民 comes from.
    Homeland(Homeland),
    /// Nationality, ISO 3166-1 numeric.
    Nationality(String),
    /// The form of before December 2023.
    OldForm,
    /// Sort of organisation.
    Organisation(OrganisationKind),
    /// The 组织机构代码 inside.
    OrgCode(String),
    /// Code of the certificate type.
    CertificateType(String),
    /// Credit code of the issuing body.
    Issuer(String),
    /// Serial.
    Serial(String),
    /// Version.
    Version(String),
    /// Only a check of plausibility was made.
    PlausibleOnly,
}

/// What is known of a right number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The stored form.
    pub number: String,
    /// What it tells, in the order to show it.
    pub facts: Vec<Fact>,
}

/// Checks a value of a kind from [`KINDS`] (`_` may stand for `-`): the outer error is ours, the inner the number's.
///
/// # Errors
/// [`UnknownKind`] outside, [`NumberFault`] inside.
pub fn check(kind: &str, value: &str, today: NaiveDate) -> Result<Result<Facts, NumberFault>, UnknownKind> {
    Ok(match kind.replace('_', "-").as_str() {
        "citizen" => CitizenId::parse_on(value, today).map(citizen),
        "hkmt" => CitizenId::parse_on(value, today).and_then(|id| {
            let fault = NumberFault::UnknownArea { area: id.area().to_owned() };
            if id.is_hkmt() { Ok(citizen(id)) } else { Err(fault) }
        }),
        "permanent-resident" => PermanentResidentId::parse_on(value, today).map(permanent_resident),
        "organisation" => OrganisationCode::parse(value).map(organisation),
        "org-code" => OrgCode9::parse(value).map(|code| facts(code, vec![])),
        "business-registration" => BusinessRegistration15::parse(value).map(|number| {
            let area = area(number.area());
            facts(number, vec![area])
        }),
        "certificate" => CertificateMark::parse(value).map(certificate),
        "case" => CaseNumber::parse(value).map(|number| {
            let area = area(number.area());
            facts(number, vec![area])
        }),
        "mobile" => Mobile::parse(value).map(|number| facts(number, vec![])),
        "landline" => Landline::parse(value).map(|number| facts(number, vec![])),
        "postcode" => PostCode::parse(value).map(|number| facts(number, vec![])),
        "bank-card" => BankCard::parse(value).map(|number| facts(number, vec![Fact::PlausibleOnly])),
        _ => return Err(UnknownKind(kind.to_owned())),
    })
}

fn facts(number: impl Into<String>, facts: Vec<Fact>) -> Facts {
    Facts { number: number.into(), facts }
}

fn area(code: &str) -> Fact {
    Fact::Area { code: code.to_owned(), province: province_name(code).map(str::to_owned) }
}

fn citizen(id: CitizenId) -> Facts {
    let place = id.homeland().map_or_else(|| area(id.area()), Fact::Homeland);
    let told = vec![place, Fact::Birth(id.birth()), Fact::Sex(id.sex())];
    facts(id, told)
}

fn permanent_resident(id: PermanentResidentId) -> Facts {
    let told = if id.is_old_form() {
        vec![Fact::OldForm, Fact::PlausibleOnly]
    } else {
        let nationality = id.nationality().map(|code| Fact::Nationality(code.to_owned()));
        [id.province().map(area), nationality, id.birth().map(Fact::Birth), id.sex().map(Fact::Sex)]
            .into_iter()
            .flatten()
            .collect()
    };
    facts(id, told)
}

fn organisation(code: OrganisationCode) -> Facts {
    let told = vec![Fact::Organisation(code.kind()), area(code.area()), Fact::OrgCode(code.org_code().dashed())];
    facts(code, told)
}

fn certificate(mark: CertificateMark) -> Facts {
    let told = vec![
        Fact::CertificateType(mark.type_code().to_owned()),
        Fact::Issuer(mark.issuer().to_owned()),
        Fact::Serial(mark.serial().to_owned()),
        Fact::Version(mark.version().to_owned()),
    ];
    facts(mark, told)
}
