//! What is said of a form in the making.

use crate::forms::said::answer_words;
use crate::parts::Kind;
use domain::forms::design::view::Stage;
use domain::forms::design::{About, Advice, Difference, Odd, Remark, Spot, What};
use domain::forms::{Form, FormFault, in_language};
use words::{Lang, bench as w};

/// How far a version is, and the colour of its mark.
pub fn stage(lang: Lang, stage: Stage) -> (Kind, &'static str) {
    match stage {
        Stage::Published => (Kind::Ok, w::stage_published(lang)),
        Stage::Draft => (Kind::Plain, w::stage_draft(lang)),
        Stage::Submitted => (Kind::Warn, w::stage_submitted(lang)),
        Stage::Reviewed => (Kind::Ok, w::stage_reviewed(lang)),
    }
}

/// What stands at a spot, by name.
pub fn name(lang: Lang, form: &Form, spot: &Spot) -> String {
    let name = form.thing(spot).map(|thing| thing.name(!lang.is_chinese())).unwrap_or_default();
    if name.is_empty() { w::unnamed(lang).to_owned() } else { name.to_owned() }
}

/// The spot of an id: of two that share one, the first.
pub fn spot_of(form: &Form, id: &str) -> Option<Spot> {
    // what a rule is for is written behind the id: `mobile 的检查`
    let id = id.split(' ').next().unwrap_or_default();
    form.things().into_iter().map(|(thing, _)| thing.spot()).find(|spot| spot.id() == id && *spot != Spot::Form)
}

/// A fault, and where it is mended.
pub fn fault(lang: Lang, form: &Form, fault: &FormFault) -> (Option<Spot>, String) {
    let spot = |id: &str| spot_of(form, id);
    let named = |id: &str| spot(id).map_or_else(|| id.to_owned(), |spot| name(lang, form, &spot));
    match fault {
        FormFault::NoPages => (None, w::fault_no_pages(lang).to_owned()),
        FormFault::EmptyPage { page } => (Some(Spot::Page(page.clone())), w::fault_empty_page(lang, named(page))),
        FormFault::BadId { id } => (spot(id), w::fault_bad_id(lang, id)),
        FormFault::DuplicateId { id } => (spot(id), w::fault_duplicate_id(lang, id)),
        FormFault::NoLabel { id } => (spot(id), w::fault_no_label(lang, id)),
        FormFault::Options { field } => (spot(field), w::fault_options(lang, named(field))),
        FormFault::Bounds { id } => (spot(id), w::fault_bounds(lang, named(id))),
        FormFault::Expression { at, why } => (spot(at), w::fault_expression(lang, at, why)),
        FormFault::LooksAhead { at, names } => (spot(at), w::fault_looks_ahead(lang, named(at), names)),
        FormFault::Unreachable { at } => (spot(at), w::fault_unreachable(lang, named(at))),
        FormFault::Situations { field } => (Some(Spot::Form), w::fault_situations(lang, field)),
        FormFault::NoList { field } => (spot(field), w::fault_no_list(lang, named(field))),
        FormFault::NotBefore { at, names } => (Some(Spot::Form), w::fault_not_before(lang, at, names)),
        FormFault::Signatory { id } => (Some(Spot::Form), w::fault_signatory(lang, id)),
        FormFault::Width { field } => (spot(field), w::fault_width(lang, named(field))),
    }
}

/// What is worth a thought.
pub fn advice(lang: Lang, form: &Form, advice: &Advice) -> String {
    let name = name(lang, form, &advice.spot);
    match advice.about {
        About::NeverAsked => w::advice_never_asked(lang, name),
        About::AlwaysAsked => w::advice_always_asked(lang, name),
        About::LongLabel => w::advice_long_label(lang, name),
        About::NoHint => w::advice_no_hint(lang, name),
        About::NoEnglish => w::advice_no_english(lang, name),
    }
}

/// What was odd about a row of a field list.
pub fn remark(lang: Lang, Remark { row, what }: &Remark) -> String {
    match what {
        Odd::Kind { found } => w::remark_kind(lang, row, found),
        Odd::Unread { name } => w::remark_unread(lang, row, name),
        Odd::NoName => w::remark_no_name(lang, row),
    }
}

/// What is different, without the name of the thing.
pub fn difference(lang: Lang, difference: &Difference) -> String {
    match &difference.what {
        What::Added => w::added(lang).to_owned(),
        What::Removed => w::removed(lang).to_owned(),
        What::Moved => w::moved(lang).to_owned(),
        What::Changed { property, property_en, from, to } => {
            let shown = |value: &Option<domain::forms::Shown>| {
                value.as_ref().map_or_else(|| w::nothing(lang).to_owned(), |value| answer_words(lang, value))
            };
            w::changed(lang, in_language(property, property_en, !lang.is_chinese()), shown(from), shown(to))
        }
    }
}
