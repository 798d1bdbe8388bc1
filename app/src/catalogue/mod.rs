//! Finding what to do: home, item list, guide, life events.

pub mod api;
mod bundle;
mod elements;
mod facets;
mod guide;
mod home;
mod item_card;
mod items;
mod materials;

pub use bundle::BundlePage;
pub(crate) use elements::{audience as audience_words, listed};
pub use guide::GuidePage;
pub use home::HomePage;
pub use items::ItemsPage;

use domain::catalogue::Limit;
use words::Lang;

/// 5 个工作日 · 15 天 · 3 个月 · 当场.
pub fn limit_words(lang: Lang, limit: Limit) -> String {
    if lang.is_chinese() { limit.says() } else { limit.says_en() }
}
