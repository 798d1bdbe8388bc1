//! The frame around a page: title, header, main, footer.

use super::{Footer, Header, Problem, Section, TaskHeader};
use crate::lang;
use crate::load::Place;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use words::shell as w;

/// A page of the hall.
#[component]
pub fn Frame(
    /// What the page is, before “· 通办”.
    #[prop(into)]
    title: String,
    #[prop(optional)] section: Section,
    /// Words in the search box of the header.
    #[prop(optional, into)]
    search: String,
    /// The home page has a search box of its own.
    #[prop(optional)]
    no_search: bool,
    /// One sentence for search engines.
    #[prop(optional, into)]
    description: String,
    children: Children,
) -> impl IntoView {
    Place::arrive();
    let described = (!description.is_empty()).then(|| view! { <Meta name="description" content=description/> });
    view! {
        <Title text=w::title(lang(), title)/>
        {described}
        <Header section search=(!no_search).then_some(search)/>
        <Main>{children()}</Main>
        <Footer/>
    }
}

/// A page of a form: nothing to click away to.
#[component]
pub fn TaskFrame(
    #[prop(into)] title: String,
    /// Item.
    #[prop(into)]
    name: String,
    /// Situation and applicant.
    #[prop(optional, into)]
    detail: String,
    children: Children,
) -> impl IntoView {
    Place::arrive();
    view! {
        <Title text=w::title(lang(), title)/>
        <TaskHeader name detail/>
        <Main>{children()}</Main>
        <Footer/>
    }
}

/// What the page is about; a trouble in sending something stands above it, in line with it.
#[component]
fn Main(children: Children) -> impl IntoView {
    view! { <main id="main"><div class="wrap problem"><Problem/></div>{children()}</main> }
}
