//! Pages about the hall itself.

mod accessibility;
mod site_map;

pub use accessibility::AccessibilityPage;
pub use site_map::SiteMapPage;
