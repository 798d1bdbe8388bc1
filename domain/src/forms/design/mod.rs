//! Building a form: what a designer's page asks and does.
//!
//! A form is built by filling in forms. Everything a form is made of ([`Spot`]) has a *sheet*, itself a [`Form`](super::Form) kept as
//! data (`data/designer/`), whose answers are its properties. [`properties`] writes them down and [`put`] takes them back, both
//! from one list ([`carry`]), so that nothing can be shown that cannot be changed. Adding, moving and taking away are [`Edit`]s.
//! A [`Work`] is a form on the bench: the form as far as it reads, and what was typed that does not read yet.

mod advice;
mod carry;
mod difference;
mod document;
mod edit;
mod kinds;
mod meaning;
mod mentions;
mod properties;
mod sets;
mod sheets;
mod spot;
mod table;
#[cfg(test)]
mod tests;
pub mod view;
mod work;

pub use advice::{About, Advice, advice};
pub use difference::{Difference, What, differences};
pub use document::document_schema;
pub use edit::{Edit, EditFault, MOST_THINGS, Way};
pub use meaning::{Decides, Meaning, Nameable};
pub use properties::{properties, put};
pub use sets::{Set, set, sets};
pub use sheets::sheet;
pub use spot::{Spot, Thing};
pub use table::{MOST_ROWS_OF_TABLE, Odd, Remark, TableFault, Taken, take_table};
pub use work::Work;
