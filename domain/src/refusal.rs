//! What a person can be told when something cannot be done as asked.
//!
//! A refusal is never a fault of ours (that is `Broken` in `service`). `words::refusals` turns each into a sentence
//! that says what is wrong and how to mend it.

use crate::cases::{Act, Why};
use crate::forms::design::{EditFault, TableFault};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A thing that can be missing or hidden from the asker. What you may not see is not found (design §5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    Page,
    Item,
    Draft,
    Case,
    Document,
    Certificate,
    Upload,
    Account,
    /// A key of the open API.
    Key,
    /// A draft to sign.
    Signature,
}

/// Why an act was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "refused", rename_all = "snake_case")]
pub enum Refusal {
    /// It does not exist, or the asker may not know that it does.
    NotFound { thing: Thing },
    /// Only signed-in people can do this.
    SignInFirst,
    /// Nobody was signed in any more, and the page that came was too much, or not whole, to be kept until they are back.
    NotKept,
    /// Account name or password is wrong; which of the two is not told.
    WrongPassword { tries_left: Option<u32> },
    /// Too many wrong passwords.
    Locked { until: DateTime<Utc> },
    /// Too many requests; try again after so many seconds.
    TooOften { seconds: u32 },
    /// The request came from another site.
    ForeignOrigin,
    /// The case does not allow this act now, or not to this person.
    NotNow { act: Act, why: Why },
    /// A colleague changed the case since this page was drawn.
    Stale,
    /// The form has problems; the draft shows them beside the fields.
    FormHasProblems { count: u32 },
    /// A condition of applying does not hold; the form brings its own sentence.
    NotEligible { message: String, message_en: String },
    /// A declaration has to be ticked before submitting.
    DeclarationMissing { label: String },
    /// The draft was kept until this day.
    DraftExpired { on: NaiveDate },
    /// Nobody may hold more open drafts than this.
    TooManyDrafts { max: u32 },
    /// No enterprise may have more keys in force than this.
    TooManyKeys { max: u32 },
    /// An agent who may look at an organisation's matters, and no more.
    OnlyLooks,
    /// This item is not open for online filing yet.
    NotOnline { item: String },
    /// This item is not for this kind of person.
    WrongAudience { item: String },
    /// The item asks for a reason, an opinion or a list and got none.
    NothingSaid { what: Saying },
    /// More characters than may be kept.
    SaidTooMuch { what: Saying, have: u32, max: u32 },
    /// A date that cannot be: in the future, or before the case began.
    ImpossibleDate { what: Saying },
    /// What was applied for ended before it could be granted.
    PeriodOver { until: NaiveDate },
    /// 行政许可法第三十四条: substance is verified by two or more staff.
    TwoStaff,
    /// The person who reviewed may not approve as well.
    SamePerson,
    /// The case is over; nobody is left to read what is written.
    ThreadClosed,
    /// So many messages wait for an answer already.
    Unanswered { max: u32 },
    /// A choice that is not on offer.
    NoSuchChoice { what: Saying },
    /// The file is larger than allowed, in bytes.
    FileTooLarge { name: String, max: u64 },
    /// The file's content is not of an accepted kind, whatever its name says.
    FileKind { name: String, found: String, accepted: String },
    /// Nothing in the file.
    FileEmpty { name: String },
    /// As many files as this field takes are there already.
    TooManyFiles { max: u32 },
    /// The upload ended before the file did.
    FileCutShort,
    /// The form was changed since this draft was begun, and the person has not seen how.
    FormChanged { item: String },
    /// What was asked of a form being built cannot be done.
    Unbuilt { why: EditFault },
    /// A file was no form; where and why.
    FormUnread { line: u32, column: u32, why: String },
    /// A table was no field list.
    TableUnread { why: TableFault },
    /// A form that is not sound cannot be handed in.
    FormUnsound { faults: u32 },
    /// Somebody has to sign before it can be handed in.
    SignatureMissing { name: String },
    /// What was to be signed, or who has to sign, is another by now.
    SignatureStale,
    /// Nothing is asked to be signed as long as it is not filled in, or the hall does not know by which number to find the person.
    NotToSign,
    /// The form is not at this step of being made.
    NotOnBench,
    /// A creating act came without its key (page too old, or a hand-made request).
    KeyMissing,
    /// The same key was used before with other content.
    KeyCrossed,
    /// The body could not be read.
    Unreadable { why: String },
}

/// What should have been said in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saying {
    Account,
    Password,
    Reason,
    /// What the applicant is asked to do.
    Request,
    Opinion,
    /// What is written to the other side.
    Message,
    SupplementItems,
    RightAgency,
    Findings,
    Stars,
    Tags,
    Comment,
    CaseNumber,
    QueryCode,
    CertificateNumber,
    Holder,
    CheckDate,
    Recipient,
    Situation,
    ExpectedDays,
    /// Which answer a decision gives.
    Answer,
    File,
    /// What a key is called.
    KeyName,
    /// The day something comes into force.
    FromDate,
}
