//! The closed code sets of an item in the reader's language. Official names are kept for exchange; people read these.

use domain::catalogue::{Area, Audience, CaseKind, HandleForm, ItemType, Level};
use words::{Lang, element as w, items};

pub fn audience(lang: Lang, who: Audience) -> &'static str {
    match who {
        Audience::Person => items::who_person(lang),
        Audience::Enterprise => items::who_enterprise(lang),
        Audience::Institution => items::who_institution(lang),
        Audience::Social => items::who_social(lang),
        Audience::Agency => items::who_agency(lang),
        Audience::Other => items::who_other(lang),
    }
}

pub fn item_type(lang: Lang, kind: ItemType) -> &'static str {
    match kind {
        ItemType::Permit => w::type_permit(lang),
        ItemType::Benefit => w::type_benefit(lang),
        ItemType::Confirmation => w::type_confirmation(lang),
        ItemType::Reward => w::type_reward(lang),
        ItemType::Ruling => w::type_ruling(lang),
        ItemType::OtherPower => w::type_other_power(lang),
        ItemType::PublicService => w::type_public_service(lang),
    }
}

pub fn level(lang: Lang, level: Level) -> &'static str {
    match level {
        Level::State => w::level_state(lang),
        Level::Province => w::level_province(lang),
        Level::City => w::level_city(lang),
        Level::County => w::level_county(lang),
        Level::Town => w::level_town(lang),
        Level::Village => w::level_village(lang),
        Level::Split => w::level_split(lang),
    }
}

pub fn case_kind(lang: Lang, kind: CaseKind) -> &'static str {
    match kind {
        CaseKind::Instant => w::case_instant(lang),
        CaseKind::Promised => w::case_promised(lang),
        CaseKind::Other => w::case_other(lang),
    }
}

pub fn handle_form(lang: Lang, form: HandleForm) -> &'static str {
    match form {
        HandleForm::Counter => w::form_counter(lang),
        HandleForm::Web => w::form_web(lang),
        HandleForm::Phone => w::form_phone(lang),
        HandleForm::Mail => w::form_mail(lang),
        HandleForm::Other => w::form_other(lang),
    }
}

pub fn area(lang: Lang, area: Area) -> &'static str {
    match area {
        Area::Country => w::area_country(lang),
        Area::Province => w::area_province(lang),
        Area::City => w::area_city(lang),
        Area::County => w::area_county(lang),
        Area::Town => w::area_town(lang),
        Area::Villages => w::area_villages(lang),
    }
}

/// A list as a sentence lists things: 、 or a comma.
pub fn listed<'a>(lang: Lang, names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(w::separator(lang))
}
