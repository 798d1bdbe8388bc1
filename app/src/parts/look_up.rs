//! Looking something up without signing in: heading, form, and what was wrong with the last try.

use super::{Crumbs, ErrorLine, ErrorSummary, Frame, Section, title_with};
use crate::{Flash, lang};
use domain::Refusal;
use leptos::prelude::*;
use words::shell;

/// The last try, when it was refused: what was said, beside which field, and what had been typed.
#[derive(Clone)]
pub struct LastTry {
    flash: Option<Flash>,
    /// Id of the field and the sentence beside it.
    told: Option<(&'static str, String)>,
}

impl LastTry {
    /// What this page came back with; `beside` names the field that a refusal belongs to.
    pub fn of_this_page(beside: impl Fn(&Refusal) -> &'static str) -> Self {
        let flash = Flash::of_this_page();
        let told = flash.as_ref().map(|flash| (beside(&flash.refusal), words::refusal(lang(), &flash.refusal)));
        Self { flash, told }
    }

    /// The sentence beside this field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.told.as_ref().filter(|(at, _)| *at == field).map(|(_, text)| text.clone())
    }

    /// What was typed into this field.
    pub fn typed(&self, field: &str) -> String {
        self.flash.as_ref().map(|flash| flash.typed(field)).unwrap_or_default()
    }

    fn lines(&self) -> Vec<ErrorLine> {
        let line = |(field, text): &(&str, String)| ErrorLine { field: Some((*field).to_owned()), text: text.clone() };
        self.told.iter().map(line).collect()
    }
}

/// The page around the form.
#[component]
pub fn LookUp(
    section: Section,
    /// What the page is, in the title of the window.
    title: &'static str,
    heading: &'static str,
    lead: &'static str,
    last: LastTry,
    children: Children,
) -> impl IntoView {
    let lines = last.lines();
    view! {
        <Frame title=title_with(lines.len(), title) section>
            <div class="wrap reading">
                <Crumbs parents=vec![("/".to_owned(), shell::home(lang()).to_owned())]/>
                <ErrorSummary lines/>
                <div class="flow">
                    <h1>{heading}</h1>
                    <p class="lead">{lead}</p>
                    {children()}
                </div>
            </div>
        </Frame>
    }
}
