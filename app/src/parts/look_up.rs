//! Looking something up without signing in: heading, form, and what was wrong with the last try.

use super::{Crumbs, ErrorLine, ErrorSummary, Frame, Section, title_with};
use crate::{CameBack, Flash, lang};
use leptos::prelude::*;
use words::shell;

/// The last try, when it was refused: why, and what had been typed.
#[derive(Clone)]
pub struct LastTry(Option<Flash>);

impl LastTry {
    /// What this page came back with.
    pub fn of_this_page() -> Self {
        Self(CameBack::to_this_page().now())
    }

    /// The sentence beside this field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.0.as_ref().and_then(|flash| flash.beside(field))
    }

    /// What was typed into this field.
    pub fn typed(&self, field: &str) -> String {
        self.0.as_ref().map(|flash| flash.typed(field)).unwrap_or_default()
    }

    fn lines(&self) -> Vec<ErrorLine> {
        self.0.iter().map(Flash::line).collect()
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
