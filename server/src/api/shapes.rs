//! What comes in and goes out. These shapes are promised to other people's programs: a field may be added, none is taken away or
//! changes its meaning within `/api/v1`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Answers of a form: field → text, or an array of texts where several may be ticked; list → array of objects.
pub type Answers = Map<String, Value>;

/// In whose name a key acts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    pub person: String,
    /// The organisation, or the person again.
    pub acting_for: String,
    pub organisation: bool,
}

/// A place that has to be mended.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    /// JSON pointer (RFC 6901): `/answers/staff/0/staff_name`, `/files/staff_card.1`, `/declarations/truth`.
    pub pointer: String,
    /// The question, as a person reads it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What is wrong and how to mend it.
    pub detail: String,
    /// The kind of fault, for programs: `missing`, `too_long`, `check` …
    pub code: String,
}

/// What to search for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Words: a name, everyday words, pinyin or its initials.
    pub q: Option<String>,
    /// Department code, for example `scjgj`.
    pub dept: Option<String>,
    /// Audience code of GB/T 36114: 1 person, 2 enterprise …
    pub who: Option<String>,
    /// Only items that can be filed online (`true`) or not (`false`).
    pub online: Option<bool>,
    /// `next` of the page before.
    pub from: Option<String>,
}

/// An item in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemShort {
    pub code: String,
    pub name: String,
    pub summary: String,
    pub department: String,
    /// Whether `form`, `validate` and `drafts` work for it.
    pub online: bool,
    /// Visits one has to make.
    pub visits: u8,
    pub charged: bool,
}

/// Some items.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemList {
    pub items: Vec<ItemShort>,
    /// Items that match in all.
    pub found: u32,
    /// `from` of the next page.
    pub next: Option<String>,
}

/// An item with everything its guide says.
#[derive(Debug, Serialize, ToSchema)]
pub struct ItemWhole {
    pub code: String,
    pub name: String,
    pub online: bool,
    /// Its guide for people.
    pub page: String,
    /// Law, conditions, materials, steps, days, fees, results, with the names of GB/T 39554.
    #[schema(value_type = Object)]
    pub item: Value,
}

/// An upload the form asks for.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileQuestion {
    /// In the address of the upload; inside a list write `field.n`, `n` counted from 1.
    pub field: String,
    pub label: String,
    /// The list it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// `file`, or `certificate`: taken from the library when the hall holds it, and uploaded only when not.
    pub kind: &'static str,
    /// Media types, recognised by content.
    pub accept: Vec<&'static str>,
    /// Most files.
    pub max: u32,
    /// Bytes of one.
    pub max_bytes: u64,
}

/// A sentence to agree to.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationShape {
    pub id: String,
    pub text: String,
    pub required: bool,
}

/// A form.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormShape {
    pub item: String,
    /// Version of the procedure; a submitted case keeps its own.
    pub version: i64,
    /// JSON Schema (2020-12) of the answers.
    #[schema(value_type = Object)]
    pub answers: Value,
    pub files: Vec<FileQuestion>,
    pub declarations: Vec<DeclarationShape>,
    /// Complete answers of a made-up applicant.
    #[schema(value_type = Object)]
    pub example: Answers,
    /// The whole form with its conditions and checks, as the hall itself reads it.
    #[schema(value_type = Object)]
    pub form: Value,
}

/// Answers to judge or to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersIn {
    #[schema(value_type = Object)]
    pub answers: Answers,
}

/// Whether answers are whole and right.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verdict {
    pub valid: bool,
    /// What is still wrong, uploads and declarations included.
    pub errors: Vec<Place>,
}

/// What to apply for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftIn {
    /// Code of an item that can be filed online.
    #[schema(max_length = 64)]
    pub item: String,
}

/// An upload.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileShape {
    pub id: String,
    /// As in the address of the upload: inside a list `field.n`, `n` counted from 1.
    pub field: String,
    pub name: String,
    /// Bytes.
    pub size: u64,
    pub media_type: String,
    /// SM3 of the content, hex.
    pub sm3: String,
}

/// An application that is not handed in yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftShape {
    pub id: Uuid,
    pub item: String,
    /// What the hall held already is in it.
    #[schema(value_type = Object)]
    pub answers: Answers,
    pub files: Vec<FileShape>,
    /// What is still wrong.
    pub errors: Vec<Place>,
    /// The last day it is kept, if nothing changes.
    pub expires_on: NaiveDate,
    /// The case it supplements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<Uuid>,
    /// Where a person can go on with it.
    pub page: String,
}

/// What a file is called.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct FileName {
    /// Its name, percent-encoded UTF-8.
    #[param(max_length = 200)]
    pub name: Option<String>,
}

/// Handing in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitIn {
    /// Ids of the declarations agreed to.
    #[schema(max_items = 100)]
    pub declarations: Vec<String>,
}

/// What was handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptShape {
    pub case: Uuid,
    /// The case number, 21 characters.
    pub number: String,
    /// Opens `/track` together with the number; absent after a supplement, which keeps the first one.
    pub query_code: Option<String>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Happened {
    pub at: DateTime<Utc>,
    /// `submitted`, `accepted`, `supplement_asked`, `node_done`, `decided` …
    pub event: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Where a case stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Progress {
    pub number: String,
    pub item_name: String,
    pub office: String,
    /// `pre_review`, `awaiting_supplement`, `handling`, `suspended`, `granted`, `issued`, `ended_…`.
    pub stage: String,
    /// The day the open step is due by.
    pub due_on: Option<NaiveDate>,
    /// The last day of the promise.
    pub promised_on: Option<NaiveDate>,
    pub timeline: Vec<Happened>,
    /// Of a number under which several items were filed at once (`stage` is `joint`): where each of them stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<ProgressPart>,
}

/// One of several items filed at once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressPart {
    pub number: String,
    pub item_name: String,
    pub office: String,
    /// As in `Progress`.
    pub stage: String,
    pub due_on: Option<NaiveDate>,
}

/// A document of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentShape {
    pub id: Uuid,
    pub kind: String,
    pub number: String,
    /// Where it can be had as PDF.
    pub address: String,
}

/// One's own case.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseShape {
    pub id: Uuid,
    pub item: String,
    pub situation: Option<String>,
    /// Changes with every act; a withdrawal names the one it was read at.
    pub version: i64,
    #[serde(flatten)]
    pub progress: Progress,
    pub documents: Vec<DocumentShape>,
    /// What the applicant may do now: `supplement`, `withdraw` …
    pub may: Vec<String>,
}

/// A case in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseShort {
    pub id: Uuid,
    pub number: String,
    pub item_name: String,
    pub stage: String,
    pub due_on: Option<NaiveDate>,
    pub submitted_at: DateTime<Utc>,
}

/// Some cases, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseList {
    pub cases: Vec<CaseShort>,
    /// `from` of the next page.
    pub next: Option<String>,
}

/// Where a list goes on.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct From {
    /// `next` of the page before.
    pub from: Option<String>,
}

/// What opens a case to a stranger.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrackIn {
    /// The case number.
    #[schema(max_length = 60)]
    pub number: String,
    /// The query code of the receipt.
    #[schema(max_length = 60)]
    pub code: String,
}

/// Taking an application back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawIn {
    pub reason: String,
    /// `version` of the case as it was read.
    pub version: i64,
}

/// A draft that was opened.
#[derive(Debug, Serialize, ToSchema)]
pub struct Opened {
    pub draft: Uuid,
}

/// What to verify: number and holder, or the whole signed file.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct VerifyIn {
    pub number: Option<String>,
    /// The holder's whole name; a stranger needs both.
    pub holder: Option<String>,
    /// The certificate's file, as it was downloaded.
    #[schema(value_type = Option<Object>)]
    pub certificate: Option<Map<String, Value>>,
}

/// Whether a certificate holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {
    /// `genuine`, `expired`, `no_longer_valid`, `not_found`, `not_genuine`, `unknown_issuer`, `issued_elsewhere`.
    pub verdict: String,
    /// `issued_elsewhere` only: who issued it and has to be asked. The hall holds a record of it, and not the issuer's signature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// `issued_elsewhere` only: what the register says of it: `valid`, `expired`, `superseded`, `revoked`, `cancelled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<String>,
    /// What stands on it; personal numbers are masked.
    #[schema(value_type = Option<Object>)]
    pub facts: Option<Value>,
    /// SM3 digest of what was signed, hex.
    pub digest: Option<String>,
    pub checked_at: DateTime<Utc>,
}

/// One's own certificate.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateShape {
    pub id: Uuid,
    pub kind: String,
    pub name: String,
    pub number: String,
    pub holder: String,
    /// It belongs to somebody else, for whom the party applied.
    pub for_other: bool,
    pub issuer: String,
    pub issued_on: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    /// `valid`, `expired`, `superseded`, `revoked`, `cancelled`.
    pub state: String,
}

/// One's certificates.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificateList {
    /// Newest first.
    pub certificates: Vec<CertificateShape>,
    /// `from` of the next page.
    pub next: Option<String>,
}
