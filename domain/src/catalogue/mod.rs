//! What the hall offers: service items, one-thing bundles, departments and the code tables they speak in.
//!
//! An [`Item`] is one entry of the implementation list (实施清单) with the elements of GB/T 39046-2020 and of the
//! national exchange tables (`domain.md` §1.3). It is data: written by a department, checked by [`faults`] before
//! it is published, and judged by the version in force when a case was submitted.
//!
//! Walk: JSON → [`Catalogue::parse`] → [`Item::line`] for lists → [`Facets::apply`] for the filters at the side.

mod bundle;
mod code;
mod codes;
mod english;
mod facets;
mod fault;
mod item;
mod limit;
mod line;
mod parts;
mod query;
mod stars;
mod tables;
pub mod view;
mod whole;

#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod seed_tests;

pub use bundle::{Bundle, Member};
pub use code::{CodeError, ItemCode};
pub use codes::{
    AgencyNature, Apply, Area, Audience, CaseKind, Depth, HandleForm, ItemState, ItemType, Level, MaterialForm, MaterialKind,
    Necessity, Original, PowerSource, ResultKind, Source, Stage,
};
pub use english::Phrases;
pub use facets::{Counts, Facets, Found, OptionCount};
pub use fault::{FaultKind, ItemFault, faults};
pub use item::Item;
pub use limit::Statutory;

pub use crate::clock::{Limit, LimitUnit};
pub use line::ItemLine;
pub use parts::{Basis, Contact, Fee, FeeLine, Material, Outcome, Question, Situation, Step, Theme, ThemeSet, Themes};
pub use query::{Chip, Days, Query, Unknown, Visits};
pub use stars::{StarThresholds, star_level};
pub use tables::{CodeRow, CodeTable, CodeTables};
pub use whole::{Catalogue, CatalogueFault, Department, Sources};
