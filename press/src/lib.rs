//! Typesetting: facts and a template become a PDF.
//!
//! Pure: no clock, no randomness, no net; the disk is touched only to read fonts. The same sheet on the same fonts gives
//! the same bytes, so their hash can be kept. User text reaches a template only as data (`facts.json`), never as markup.
//!
//! To add a document: a kind in [`sheet`](SheetKind), its needs in `required.rs`, its page in `templates/`, its
//! line in `press.rs`, its sample in `tests/samples`.

mod facts;
mod faults;
mod fonts;
mod press;
mod qr;
mod rare;
mod required;
mod seal;
mod sheet;
mod world;

pub use facts::{
    Benefit, Blank, BlankAsk, BlankBlock, BlankPaper, BlankPart, Certificate, Contact, Delivery, Extension, Material, Remedies,
    SheetFacts, SiteCheck, Special, SupplementItem,
};
pub use faults::PressFault;
pub use fonts::USUAL_FONT_DIRS;
pub use press::Press;
pub use qr::qr_svg;
pub use sheet::{Sheet, SheetKind};
