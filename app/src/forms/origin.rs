//! Where an answer came from, in words: 来自营业执照.

use words::{Lang, form as w};

/// The words of a prefill source.
pub(super) fn origin_words(lang: Lang, source: &str) -> &'static str {
    let mut parts = source.split('.');
    match (parts.next(), parts.next()) {
        (Some("case"), _) => w::from_case(lang),
        (Some("link"), _) => w::from_link(lang),
        (Some("profile"), _) => w::from_profile(lang),
        (Some("organisation"), _) => w::from_organisation(lang),
        (Some("certificate"), Some("business_licence")) => w::from_licence(lang),
        (Some("certificate"), Some("food_operation_licence")) => w::from_food_licence(lang),
        (Some("certificate"), Some("resident_id_card")) => w::from_id_card(lang),
        _ => w::from_certificate(lang),
    }
}
