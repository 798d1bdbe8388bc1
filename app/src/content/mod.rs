//! Pages about the hall itself.

mod accessibility;
mod open;
mod site_map;

pub use accessibility::AccessibilityPage;
pub use open::{OpenPage, PROBLEMS, PROGRAM_DOORS, ProgramDoor};
pub use site_map::SiteMapPage;
