//! The bench at which forms are built: a list, one form with its sheets, and how it looks to whoever fills it in.

mod api;
mod list;
mod page;
mod preview;
mod said;
mod side;
mod tree;

pub use list::FormsPage;
pub use page::BenchPage;
pub use preview::PreviewPage;
