//! What a form is made of, as a list to choose from. Whatever is chosen can be moved and taken away, and something added beside it.

use super::said;
use crate::parts::FormShell;
use crate::{doors, lang};
use domain::forms::design::view::{BenchPage, Stage};
use domain::forms::design::{Edit, Set, Spot, Thing, Way, sets};
use domain::forms::{Field, Kind};
use leptos::prelude::*;
use words::{Lang, bench as w};

/// Everything in the form, in the order it is asked.
#[component]
pub fn Tree(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let rows = page.form.things().into_iter().map(|(thing, above)| {
        let spot = thing.spot();
        let depth = match (&spot, &above) {
            (Spot::Form | Spot::Page(_) | Spot::Declaration(_), _) => "0",
            (_, Some(Spot::List(_))) => "2",
            (_, _) => "1",
        };
        let current = (spot == page.spot).then_some("true");
        let wrong = page.unread.contains(&spot);
        let marks = marks(lang, thing, wrong);
        view! {
            <li data-depth=depth aria-current=current>
                <a href=doors::spot_on_bench(&page.code, &spot.to_string())>{said::name(lang, &page.form, &spot)}</a>{marks}
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
       <nav class="stay fold" id="parts" aria-label=w::parts(lang)>
           <ol class="parts">{rows}</ol>
           <a class="fold-close" href="#main" rel="external">{w::parts_close(lang)}</a>
       </nav>
    }
}

fn marks(lang: Lang, thing: Thing<'_>, wrong: bool) -> impl IntoView + use<> {
    let (optional, when) = match thing {
        Thing::Question(Field { optional, when, kind, .. }) => {
            (*optional && !matches!(kind, Kind::Computed { .. }), when.is_some())
        }
        Thing::Page(page) => (false, page.when.is_some()),
        Thing::List(group) => (false, group.when.is_some()),
        Thing::Form(_) | Thing::Declaration(_) => (false, false),
    };
    let mut said = Vec::new();
    if wrong {
        said.push(w::to_mend(lang));
    }
    if optional {
        said.push(w::optional(lang));
    }
    if when {
        said.push(w::when(lang));
    }
    (!said.is_empty()).then(|| view! { " "<span class="small muted">{said.join(" · ")}</span> })
}

/// What may be done with what is chosen; each a plain button.
#[component]
pub fn Tools(page: BenchPage) -> impl IntoView {
    let lang = lang();
    let spot = page.spot.clone();
    (page.may.build && page.stage == Stage::Draft).then(|| {
        let button = |edit: Edit, text: String| {
            view! { <button class="button quiet" name="edit" value=edit.value()>{text}</button> }
        };
        let add = [
            (!matches!(spot, Spot::Form | Spot::Declaration(_))).then(|| (Edit::AddQuestion(spot.clone()), w::add_question(lang))),
            (!matches!(spot, Spot::Form | Spot::Declaration(_))).then(|| (Edit::AddList(spot.clone()), w::add_list(lang))),
            Some((Edit::AddPage(spot.clone()), w::add_page(lang))),
            matches!(spot, Spot::Form | Spot::Declaration(_)).then(|| (Edit::AddDeclaration, w::add_declaration(lang))),
        ];
        let add = add.into_iter().flatten().map(|(edit, text)| button(edit, text.to_owned())).collect_view();
        let own = (spot != Spot::Form).then(|| {
            let spot = spot.clone();
            let name = said::name(lang, &page.form, &spot);
            let (up, down) = (Edit::Move(spot.clone(), Way::Up), Edit::Move(spot.clone(), Way::Down));
            view! {
                <button class="button quiet" name="edit" value=up.value() aria-label=w::move_up_named(lang, &name)>{w::up(lang)}</button>
                <button class="button quiet" name="edit" value=down.value() aria-label=w::move_down_named(lang, &name)>{w::down(lang)}</button>
                <button class="button bad" name="edit" value=Edit::Remove(spot).value() aria-label=w::remove_named(lang, &name)>{w::remove(lang)}</button>
            }
        });
        let sets = (!matches!(spot, Spot::Form | Spot::Declaration(_))).then(|| {
            let one = |set: &Set| {
                let text = lang.name(&set.label, Some(&set.label_en)).to_owned();
                button(Edit::AddSet(set.name.clone(), spot.clone()), text)
            };
            let buttons = sets().iter().map(one).collect_view();
            view! { <details><summary>{w::add_set(lang)}</summary><p class="row">{buttons}</p></details> }
        });
        view! {
            <FormShell action=doors::edit_on_bench(&page.code) class="flow">
                <input type="hidden" name="spot" value=page.spot.to_string()/>
                <p class="row">{own}{add}</p>
                {sets}
            </FormShell>
        }
    })
}
