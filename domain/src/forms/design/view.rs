//! What a designer's pages show.

use super::advice::Advice;
use super::difference::Difference;
use super::spot::Spot;
use super::table::Remark;
use crate::forms::{Answers, Drawn, Form, FormFault, Problem};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How far a version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// In force.
    Published,
    /// On the bench.
    Draft,
    /// Handed in: a colleague has to look at it.
    Submitted,
    /// Looked at; comes into force on its day.
    Reviewed,
}

/// A form in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormLine {
    pub code: String,
    pub item_name: String,
    pub department: String,
    /// The version in force.
    pub version: i64,
    pub questions: u32,
    /// Drafts of applicants that are open now.
    pub drafts: u32,
    /// The version being made, if one is.
    pub next: Option<(i64, Stage)>,
    pub changed_at: DateTime<Utc>,
}

/// A form, opened for looking or building.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenchPage {
    pub code: String,
    pub item_name: String,
    pub version: i64,
    pub stage: Stage,
    pub form: Form,
    /// What is looked at.
    pub spot: Spot,
    /// Its sheet as it stands, and what is wrong with it.
    pub sheet: Answers,
    /// Comes back with it.
    pub drawn: Drawn,
    pub problems: Vec<Problem>,
    /// Whatever stands in the way of handing in.
    pub faults: Vec<FormFault>,
    /// What of its flow looks at answers this form has not, in words.
    pub flow_faults: Vec<String>,
    /// What is worth a thought.
    pub advice: Vec<Advice>,
    /// Sheets that do not read yet.
    pub unread: Vec<Spot>,
    /// Against the version in force.
    pub differences: Vec<Difference>,
    /// Drafts of applicants that the next version will meet.
    pub drafts: u32,
    pub today: NaiveDate,
    /// Who handed it in, and when.
    pub handed_in: Option<(String, DateTime<Utc>)>,
    /// When it comes into force.
    pub from: Option<NaiveDate>,
    /// Why it was given back.
    pub returned: Option<String>,
    /// What was odd about the last field list that was taken in.
    pub remarks: Vec<Remark>,
    /// What the asker may do.
    pub may: May,
}

/// What the asker may do with a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Change it, hand it in, throw the changes away.
    pub build: bool,
    /// Approve it or give it back: never one's own.
    pub review: bool,
}
