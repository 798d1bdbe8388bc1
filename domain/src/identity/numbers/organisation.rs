//! 统一社会信用代码 (GB 32100).

use serde::{Deserialize, Serialize};

use super::newtype::number;
use super::typed::{last_is, length, only, plain};
use super::{NumberFault, OrgCode9, check_digits};

/// Eighteen characters: 1 registering department, 1 class, 6 area, 9 组织机构代码 (with a check of its own), 1 check.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganisationCode(String);

number!(open OrganisationCode);

/// What sort of organisation a code was issued to, by its first two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationKind {
    /// 11 机关
    PublicBody,
    /// 12 事业单位
    PublicInstitution,
    /// 13 群众团体 registered with the establishment office
    MassOrganisation,
    /// 51 社会团体
    SocialGroup,
    /// 52 民办非企业单位 (社会服务机构)
    SocialService,
    /// 53 基金会
    Foundation,
    /// 91 企业
    Enterprise,
    /// 92 个体工商户
    SoleTrader,
    /// 93 农民专业合作社
    FarmersCooperative,
    /// Any other registering department; their tables differ by place and are not compiled in.
    Other,
}

impl OrganisationCode {
    /// Reads what was typed. Order of checks: characters, length, check character, check of the embedded code.
    ///
    /// # Errors
    /// [`NumberFault`]; I, O, S, V and Z are [`NumberFault::WrongCharacter`] because the standard leaves them out.
    pub fn parse(typed: &str) -> Result<Self, NumberFault> {
        let text = plain(typed);
        only(&text, |i, c| if (2..8).contains(&i) { c.is_ascii_digit() } else { check_digits::is_in_alphabet31(c) })?;
        length(&text, 18)?;
        last_is(&text, check_digits::check31(&text))?;
        match last_is(&text[8..17], check_digits::check_org_code(&text[8..16])) {
            Err(NumberFault::CheckDigit { want, found }) => Err(NumberFault::EmbeddedCheckDigit { want, found }),
            Err(other) => Err(other),
            Ok(()) => Ok(Self(text)),
        }
    }

    /// The code with this front (department, class, area: 8 characters) and body (8 characters), both check characters worked
    /// out: for made-up organisations.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn compose(front: &str, body: &str) -> Result<Self, NumberFault> {
        let text = format!("{front}{body}{}", check_digits::check_org_code(body));
        Self::parse(&format!("{text}{}", check_digits::check31(&text)))
    }

    /// What sort of organisation.
    #[must_use]
    pub fn kind(&self) -> OrganisationKind {
        match &self.0[..2] {
            "11" => OrganisationKind::PublicBody,
            "12" => OrganisationKind::PublicInstitution,
            "13" => OrganisationKind::MassOrganisation,
            "51" => OrganisationKind::SocialGroup,
            "52" => OrganisationKind::SocialService,
            "53" => OrganisationKind::Foundation,
            "91" => OrganisationKind::Enterprise,
            "92" => OrganisationKind::SoleTrader,
            "93" => OrganisationKind::FarmersCooperative,
            _ => OrganisationKind::Other,
        }
    }

    /// Area of the registering authority, 6 digits (`100000` is the centre).
    #[must_use]
    pub fn area(&self) -> &str {
        &self.0[2..8]
    }

    /// The 组织机构代码 inside it.
    #[must_use]
    pub fn org_code(&self) -> OrgCode9 {
        // parse has checked the same nine characters.
        OrgCode9(self.0[8..17].to_owned())
    }
}
