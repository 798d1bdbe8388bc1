//! Numbers people carry: parsed once at the door, correct for ever after.
//!
//! Every number is a newtype with `parse(&str) -> Result<Self, NumberFault>`; what it holds is the stored form (half
//! width, upper case, without spaces). Serde reads and writes the plain string and refuses a wrong one. Numbers that
//! point at a person print masked under `{:?}` and have no `Display`: showing one in full takes `as_str()`.
//!
//! Layouts that rest on custom rather than on a standard ([`Pattern`]) are warned about, never blocked.

mod area;
mod bank_card;
mod business_registration;
mod case_number;
mod certificate_mark;
mod check;
mod check_digits;
mod citizen;
mod document;
mod email;
mod fault;
mod landline;
mod map_point;
mod masks;
mod mobile;
mod newtype;
mod org_code;
mod organisation;
mod patterns;
mod permanent_resident;
mod plate;
mod post_code;
mod typed;

pub use area::province_name;
pub use bank_card::BankCard;
pub use business_registration::BusinessRegistration15;
pub use case_number::CaseNumber;
pub use certificate_mark::CertificateMark;
pub use check::{Fact, Facts, KINDS, UnknownKind, check};
pub use check_digits::check37_36;
pub use citizen::{CitizenId, Homeland, Sex};
pub use document::Document;
pub use email::Email;
pub use fault::NumberFault;
pub use landline::Landline;
pub use map_point::MapPoint;
pub use masks::{mask_card, mask_id, mask_name, mask_phone};
pub use mobile::Mobile;
pub use org_code::OrgCode9;
pub use organisation::{OrganisationCode, OrganisationKind};
pub use patterns::{Pattern, Unusual, warn};
pub use permanent_resident::PermanentResidentId;
pub use plate::Plate;
pub use post_code::PostCode;
