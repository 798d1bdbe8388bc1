//! What every page says about the hall itself: its place, who runs it, the registrations a public site must show.
//! All of it is settings of the deployment; nothing is invented where a setting is missing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The hall's name and legal facts. The server provides it as context; the browser reads it from the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallFacts {
    /// 青禾区.
    pub place: String,
    /// Where the hall is reached, without a slash at the end.
    pub address: String,
    /// 主办单位.
    pub organiser: Option<String>,
    /// 承办单位.
    pub undertaker: Option<String>,
    /// 联系方式, in words.
    pub contact: Option<String>,
    /// 政府网站标识码.
    pub site_code: Option<String>,
    /// ICP 备案号.
    pub icp: Option<String>,
    /// 公安备案号.
    pub police: Option<String>,
    /// A demonstration: nothing here is real.
    pub demo: bool,
}

impl Default for HallFacts {
    fn default() -> Self {
        Self {
            place: "青禾区".to_owned(),
            address: String::new(),
            organiser: None,
            undertaker: None,
            contact: None,
            site_code: None,
            icp: None,
            police: None,
            demo: false,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<&service::HallSettings> for HallFacts {
    fn from(settings: &service::HallSettings) -> Self {
        Self {
            place: settings.place_name.clone(),
            address: settings.public_url.clone(),
            organiser: Some(settings.organiser.clone()).filter(|name| !name.is_empty()),
            undertaker: None,
            contact: None,
            site_code: settings.site_code.clone(),
            icp: settings.icp.clone(),
            police: settings.police.clone(),
            demo: settings.demo,
        }
    }
}

/// On the server: from the context, or from the settings of the hall being asked.
pub(crate) fn facts_of_this_page() -> HallFacts {
    #[cfg(feature = "ssr")]
    if let (None, Ok(ask)) = (use_context::<HallFacts>(), crate::asking()) {
        return HallFacts::from(ask.hall.settings());
    }
    use_context().unwrap_or_default()
}

/// The facts for the page being drawn.
pub fn hall() -> HallFacts {
    use_context().unwrap_or_default()
}
