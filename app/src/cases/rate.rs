//! 好差评: first how satisfied, then why. Two plain steps, because the tags depend on the stars (国办发〔2019〕51号).

use super::api;
use super::line::name;
use crate::parts::{Check, Chip, Chips, Crumbs, ErrorLine, ErrorSummary, Field, FormShell, Frame, Section, title_with};
use crate::{CameBack, Flash, doors, lang, load_mine};
use domain::cases::Act;
use domain::cases::view::CasePage;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::{Lang, case_page, rate as w};

/// Sentence of a tag.
type Said = fn(Lang) -> &'static str;

/// Tags of the national interface for a number of stars.
fn tags(stars: u8) -> [(&'static str, Said); 8] {
    match stars {
        5 => [
            ("510", w::tag_510),
            ("511", w::tag_511),
            ("512", w::tag_512),
            ("513", w::tag_513),
            ("514", w::tag_514),
            ("515", w::tag_515),
            ("516", w::tag_516),
            ("517", w::tag_517),
        ],
        4 => [
            ("406", w::tag_406),
            ("407", w::tag_407),
            ("408", w::tag_408),
            ("409", w::tag_409),
            ("410", w::tag_410),
            ("411", w::tag_411),
            ("412", w::tag_412),
            ("413", w::tag_413),
        ],
        3 => [
            ("307", w::tag_307),
            ("308", w::tag_308),
            ("309", w::tag_309),
            ("310", w::tag_310),
            ("311", w::tag_311),
            ("312", w::tag_312),
            ("313", w::tag_313),
            ("314", w::tag_314),
        ],
        2 => [
            ("207", w::tag_207),
            ("208", w::tag_208),
            ("209", w::tag_209),
            ("210", w::tag_210),
            ("211", w::tag_211),
            ("212", w::tag_212),
            ("213", w::tag_213),
            ("214", w::tag_214),
        ],
        _ => [
            ("108", w::tag_108),
            ("109", w::tag_109),
            ("110", w::tag_110),
            ("111", w::tag_111),
            ("112", w::tag_112),
            ("113", w::tag_113),
            ("114", w::tag_114),
            ("115", w::tag_115),
        ],
    }
}

const STARS: [(u8, Said); 5] = [(5, w::stars_5), (4, w::stars_4), (3, w::stars_3), (2, w::stars_2), (1, w::stars_1)];

/// `/my/cases/{id}/rate`
#[component]
pub fn RatePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let came = CameBack::to_this_page();
    let stars =
        move || query.with(|map| map.get("stars")).and_then(|text| text.parse::<u8>().ok()).filter(|n| (1..=5).contains(n));
    load_mine(
        move || (params.with(|map| map.get("id").unwrap_or_default()), stars()),
        |(id, stars)| async move { Ok((api::case(id).await?, stars)) },
        move |(page, stars): (CasePage, Option<u8>)| {
            let flash = came.now();
            let typed = flash.as_ref().and_then(|flash| flash.typed("stars").parse().ok()).filter(|n| (1..=5).contains(n));
            view! { <Rate page stars=stars.or(typed) flash/> }.into_any()
        },
    )
}

#[component]
fn Rate(page: CasePage, stars: Option<u8>, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let id = page.case.id;
    let item = name(lang, &page.case.item_name, page.case.situation.as_deref());
    let back = format!("/my/cases/{id}");
    let lines: Vec<ErrorLine> = flash.iter().map(Flash::line).collect();
    let title = title_with(lines.len(), w::title(lang));
    let refused = page.offers.iter().find(|offer| offer.act == Act::Rate).and_then(|offer| offer.refused.clone());
    let offered = page.offers.iter().any(|offer| offer.act == Act::Rate);
    let body = if let (Some(why), _) | (None, Some(why)) = (refused, (!offered).then_some(domain::cases::Why::WrongStage)) {
        view! {
            <h1>{w::cannot(lang)}</h1>
            <p class="lead">{words::why(lang, &why)}</p>
            <p><a class="button quiet" href=back.clone()>{w::back(lang)}</a></p>
        }
        .into_any()
    } else {
        let chips = STARS
            .iter()
            .map(|(n, said)| Chip {
                current: stars == Some(*n),
                ..Chip::to(format!("/my/cases/{id}/rate?stars={n}"), said(lang))
            })
            .collect::<Vec<_>>();
        let details = stars.map(|stars| view! { <Details id stars flash/> });
        view! {
            <h1>{w::heading(lang, &item)}</h1>
            <p class="lead">{w::lead(lang)}</p>
            <nav aria-label=w::choose(lang)><Chips chips/></nav>
            {details}
        }
        .into_any()
    };
    view! {
        <Frame title section=Section::My>
            <div class="wrap reading">
                <Crumbs parents=vec![("/my".to_owned(), case_page::crumb_my(lang).to_owned()), (back, item.clone())]/>
                <ErrorSummary lines/>
                <div class="flow">{body}</div>
            </div>
        </Frame>
    }
}

#[component]
fn Details(id: uuid::Uuid, stars: u8, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let error = flash.as_ref().and_then(|flash| flash.beside("words"));
    let words = flash.map(|flash| flash.typed("words")).unwrap_or_default();
    let choices = tags(stars).map(|(value, said)| view! { <Check kind="checkbox" name="tag" value label=said(lang)/> });
    view! {
        <FormShell action=doors::rate(id)>
            <input type="hidden" name="stars" value=stars.to_string()/>
            <fieldset class="field"><legend>{w::tags(lang)}</legend><p class="hint">{w::tags_hint(lang)}</p><div class="choices">{choices}</div></fieldset>
            <Field id="words" label=w::words(lang) hint=w::words_hint(lang) error value=words optional=true long=true/>
            <div class="row"><button class="button">{w::submit(lang)}</button><a class="button quiet" href=format!("/my/cases/{id}")>{w::back(lang)}</a></div>
        </FormShell>
    }
}
