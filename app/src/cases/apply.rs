//! Before the form: what one needs, in whose name, and what lies unfinished.

use super::api::{self, Situations, StartPage};
use super::my::SwitchParty;
use crate::catalogue::{audience_words, listed};
use crate::parts::{Check, Crumbs, ErrorLine, ErrorSummary, FormShell, Frame, Kind, Notice, Section, Tag};
use crate::{CameBack, Flash, Who, doors, lang, load_mine};
use domain::catalogue::{Audience, Item};
use domain::forms::view::{DraftLine, EarlierLine};
use domain::identity::view::Me;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use words::{Lang, apply as w, guide, shell};

/// Most answers a link may bring.
const MOST_BROUGHT: usize = 60;

/// `/apply/{code}`
#[component]
pub fn ApplyPage() -> impl IntoView {
    let params = use_params_map();
    let came = CameBack::to_this_page();
    load_mine(
        move || params.with(|map| map.get("code").unwrap_or_default()),
        api::start,
        move |page| view! { <Start page flash=came.now()/> }.into_any(),
    )
}

/// Whether an item is for whoever is acted for: a person, or an organisation.
fn fits(item: &Item, me: &Me) -> bool {
    item.audience.iter().any(|who| match who {
        Audience::Person => me.organisation.is_none(),
        Audience::Enterprise | Audience::Institution | Audience::Social | Audience::Agency | Audience::Other => {
            me.organisation.is_some()
        }
    })
}

#[component]
fn Start(page: StartPage, flash: Option<Flash>) -> impl IntoView {
    let lang = lang();
    let item = page.guide.item;
    let name = lang.name(&item.name, Some(&item.name_en)).to_owned();
    let me = Who::current().known().unwrap_or_default();
    let lines = flash.into_iter().map(|flash| ErrorLine { field: None, text: words::refusal(lang, &flash.refusal) }).collect();
    let about = if page.bundle { format!("/bundles/{}", item.code) } else { format!("/items/{}", item.code) };
    let crumbs = vec![("/items".to_owned(), shell::items(lang).to_owned()), (about, name.clone())];
    let body = if !item.is_online() {
        view! {
            <h1>{w::not_online_title(lang, &name)}</h1>
            <p class="lead">{guide::not_online(lang)}</p>
            <p><a class="button" href=format!("/items/{}", item.code)>{w::to_guide(lang)}</a></p>
        }
        .into_any()
    } else {
        let fits = fits(&item, &me);
        let wanted = use_query_map().with_untracked(|map| map.get("situation"));
        let wanted = item.situations.iter().find(|s| Some(&s.code) == wanted.as_ref()).map(|s| s.name.clone());
        let begin = fits.then(|| {
            let (code, key, again) = (item.code.to_string(), page.key.clone(), !page.drafts.is_empty());
            // a link may bring answers: `/apply/jzz?f.employer=…`
            let brought: Vec<(String, String)> = use_query_map().with_untracked(|map| {
                let brought = map.clone().into_iter().filter(|(name, _)| name.starts_with("f."));
                brought.map(|(name, value)| (name.into_owned(), value)).take(MOST_BROUGHT).collect()
            });
            view! { <Begin code key again situations=page.situations wanted earlier=page.earlier brought/> }
        });
        view! {
            <h1>{w::title(lang, &name)}</h1>
            <p class="lead">{w::lead(lang)}</p>
            <Drafts drafts=page.drafts/>
            <Needs item=item.clone()/>
            <ForWhom item=item.clone() me fits/>
            <Notice title=w::after(lang)><p class="small">{w::after_text(lang, promise(lang))}</p></Notice>
            {begin}
        }
        .into_any()
    };
    view! {
        <Frame title=w::title(lang, &name) section=Section::Items>
            <div class="wrap reading">
                <Crumbs parents=crumbs/>
                <ErrorSummary lines/>
                <div class="flow">{body}</div>
            </div>
        </Frame>
    }
}

/// The first look (S002: two working days).
fn promise(lang: Lang) -> String {
    guide::step_limit(lang, crate::catalogue::limit_words(lang, domain::catalogue::Limit::working_days(2)))
}

#[component]
fn Drafts(drafts: Vec<DraftLine>) -> impl IntoView {
    let lang = lang();
    (!drafts.is_empty()).then(|| {
        let lines = drafts
            .into_iter()
            .map(|draft| {
                let said = w::draft_line(
                    lang,
                    draft.done,
                    draft.pages,
                    words::date_time(lang, draft.saved_at),
                    words::month_day(lang, draft.expires_on),
                );
                view! {
                    <li class="panel">
                        <div><h3>{super::line::name(lang, &draft.item_name, Some(&draft.title))}</h3><p>{said}</p></div>
                        <a class="button" href=format!("/apply/{}/{}", draft.code, draft.id)>{w::go_on(lang)}</a>
                    </li>
                }
            })
            .collect_view();
        view! { <h2>{w::drafts(lang)}</h2><ol class="todos">{lines}</ol> }
    })
}

#[component]
fn Needs(item: Item) -> impl IntoView {
    let lang = lang();
    let (mut bring, mut free) = (Vec::new(), Vec::new());
    for material in item.materials {
        match &material.waived {
            Some(why) => free.push((material.name, why.clone())),
            None if material.generated => {}
            None => bring.push((material.name, material.note.or(material.how))),
        }
    }
    let bring = if bring.is_empty() {
        view! { <p>{w::need_nothing(lang)}</p> }.into_any()
    } else {
        let list = bring
            .into_iter()
            .map(
                |(name, note)| view! { <li>{name}{note.map(|note| view! { <br/><span class="small muted">{note}</span> })}</li> },
            )
            .collect_view();
        view! { <ul class="ticks">{list}</ul> }.into_any()
    };
    let free = (!free.is_empty()).then(|| {
        let list = free
            .into_iter()
            .map(|(name, why)| view! { <li>{name}" "<Tag kind=Kind::Ok text=guide::need_exempt(lang)/><br/><span class="small muted">{why}</span></li> })
            .collect_view();
        view! { <h3>{w::need_exempt(lang)}</h3><ul class="plain">{list}</ul> }
    });
    view! { <h2>{w::need(lang)}</h2>{bring}{free} }
}

#[component]
fn ForWhom(item: Item, me: Me, fits: bool) -> impl IntoView {
    let lang = lang();
    let name = match (&me.organisation, &me.name) {
        (Some(party), _) => w::for_organisation(lang, &party.name),
        (None, Some(name)) => w::for_myself(lang, name),
        (None, None) => String::new(),
    };
    let wrong = (!fits).then(|| {
        let who = listed(lang, item.audience.iter().map(|who| audience_words(lang, *who)));
        let text = w::wrong_audience(lang, who, &name);
        view! { <Notice kind=Kind::Warn><p>{text}</p></Notice> }
    });
    view! { <h2>{w::for_whom(lang)}</h2><div class="row"><strong translate="no">{name}</strong><SwitchParty/></div>{wrong} }
}

/// The button that makes the draft, with the first question where the form begins with the situation.
#[component]
fn Begin(
    code: String,
    key: String,
    /// There is an unfinished draft already.
    again: bool,
    situations: Option<Situations>,
    /// Name of the situation chosen on the guide.
    wanted: Option<String>,
    earlier: Vec<EarlierLine>,
    /// Answers that a link brought.
    brought: Vec<(String, String)>,
) -> impl IntoView {
    let lang = lang();
    let (class, label) = if again { ("button quiet", w::begin_new(lang)) } else { ("button big", w::begin(lang)) };
    let mut brought = brought;
    let named = situations.as_ref().and_then(|s| brought.iter().position(|(name, _)| *name == s.name));
    let named = named.map(|at| brought.remove(at).1);
    let choices = situations.map(|situations| {
        let options = situations
            .options
            .into_iter()
            .map(|option| {
                let checked = wanted.as_deref() == Some(option.label.as_str()) || named.as_ref() == Some(&option.value);
                let said = lang.name(&option.label, Some(&option.label_en)).to_owned();
                let detail = lang.name(&option.hint, Some(&option.hint_en)).to_owned();
                view! { <Check kind="radio" name=situations.name.clone() value=option.value label=said detail checked/> }
            })
            .collect_view();
        view! { <fieldset class="field"><legend>{guide::situations(lang)}</legend><div class="choices">{options}</div></fieldset> }
    });
    let count = brought.len();
    let told = (count > 0).then(|| view! { <Notice><p class="small">{w::brought(lang, count)}</p></Notice> });
    let brought = brought.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let brought = view! { {told}{brought} };
    let earlier = (!earlier.is_empty()).then(|| {
        let lines = earlier.into_iter().map(|one| {
            let label = w::as_before(lang, words::date(lang, one.on), one.number);
            view! { <Check kind="radio" name="from" value=one.case.to_string() label detail=one.situation.unwrap_or_default()/> }
        });
        let lines = lines.collect_view();
        view! {
            <fieldset class="field" aria-describedby="from-h">
                <legend>{w::from_earlier(lang)}</legend>
                <p class="hint" id="from-h">{w::from_earlier_hint(lang)}</p>
                <div class="choices">
                    <Check kind="radio" name="from" value="" label=w::from_nothing(lang) checked=true/>
                    {lines}
                </div>
            </fieldset>
        }
    });
    view! {
        <FormShell action=doors::start(&code)>
            <input type="hidden" name="key" value=key/>
            {brought}
            {choices}
            {earlier}
            <button class=class>{label}</button>
        </FormShell>
    }
}
