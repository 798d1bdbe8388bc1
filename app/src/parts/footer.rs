//! The foot of every page: what exists, and who answers for it (国办发〔2017〕47号).

use super::header::here;
use crate::preferences::{Preferences, Theme, lang};
use crate::{doors, hall};
use leptos::prelude::*;
use words::{Lang, shell as w};

/// Links, registrations and display settings. Registrations that are not set are not shown.
#[component]
pub fn Footer() -> impl IntoView {
    let lang = lang();
    let hall = hall();
    let theme = use_context::<Preferences>().unwrap_or_default().theme;
    let back = here();
    let themes = [
        (Theme::System, "system", w::theme_system(lang)),
        (Theme::Light, "light", w::theme_light(lang)),
        (Theme::Dark, "dark", w::theme_dark(lang)),
    ]
    .map(|(this, value, label)| {
        let current = (this == theme).then_some("true");
        view! { <li><a href=doors::prefer("theme", value, &back) rel="external nofollow" aria-current=current>{label}</a></li> }
    });
    // each in its own characters, whatever the page is read in; on a phone this is the only place for them
    let languages = [
        (Lang::ZhCn, w::simplified(lang)),
        (Lang::ZhHant, w::traditional(lang)),
        (Lang::En, w::english(lang)),
    ]
    .map(|(this, label)| {
        let (tag, current) = (this.html(), (this == lang).then_some("true"));
        let href = doors::prefer("lang", tag, &back);
        view! { <li><a href=href rel="external nofollow" lang=tag hreflang=tag translate="no" aria-current=current>{label}</a></li> }
    });
    let facts = [
        hall.organiser.map(|name| w::organiser(lang, name)),
        hall.undertaker.map(|name| w::undertaker(lang, name)),
        hall.contact.map(|text| w::contact(lang, text)),
        hall.site_code.map(|code| w::site_code(lang, code)),
    ]
    .into_iter()
    .flatten()
    .map(|fact| view! { <li>{fact}</li> })
    .collect_view();
    let registered = [("https://beian.miit.gov.cn/", hall.icp), ("https://beian.mps.gov.cn/", hall.police)]
        .into_iter()
        .filter_map(|(href, number)| number.map(|number| view! { <li><a href=href>{number}</a></li> }))
        .collect_view();
    view! {
        <footer class="foot">
            <div class="wrap">
                <ul>
                    <li><a href="tel:12345">{w::hotline(lang)}</a></li>
                    <li><a href="/help/accessibility">{w::accessibility(lang)}</a></li>
                    <li><a href="/open">{words::open::title(lang)}</a></li>
                    <li><a href="/site-map">{w::site_map(lang)}</a></li>
                </ul>
                <ul class="extra">{facts}{registered}</ul>
                <ul aria-label=w::languages(lang)>{languages}</ul>
                <ul class="extra" aria-label=w::theme(lang)>{themes}</ul>
            </div>
        </footer>
    }
}
