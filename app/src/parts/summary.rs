//! Question, answer, and where to change it.

use super::{Kind, Tag};
use crate::lang;
use leptos::prelude::*;
use words::parts as w;

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryLine {
    pub question: String,
    /// Empty is said, not left blank.
    pub answer: String,
    /// Written by a person or a registry: it stays in the characters it was written in.
    pub own: bool,
    /// A green tag after the answer: 免交, 来自营业执照.
    pub tag: Option<String>,
    /// Address of the page on which it can be changed.
    pub edit: Option<String>,
}

impl SummaryLine {
    /// A line without tag or link.
    pub fn new(question: impl Into<String>, answer: impl Into<String>) -> Self {
        Self { question: question.into(), answer: answer.into(), ..Self::default() }
    }
}

/// A list of answers.
#[component]
pub fn SummaryList(lines: Vec<SummaryLine>) -> impl IntoView {
    let lang = lang();
    let lines = lines
        .into_iter()
        .map(|line| {
            let own = line.own.then_some("no");
            let answer = if line.answer.is_empty() {
                view! { <span class="muted">{w::not_filled(lang)}</span> }.into_any()
            } else {
                view! { <span translate=own>{line.answer}</span> }.into_any()
            };
            let tag = line.tag.map(|text| view! { " "<Tag kind=Kind::Ok text/> });
            let edit = line.edit.map(|href| {
                view! { <dd class="act"><a href=href>{w::edit(lang)}<span class="sr">{line.question.clone()}</span></a></dd> }
            });
            view! { <div><dt>{line.question}</dt><dd>{answer}{tag}</dd>{edit}</div> }
        })
        .collect_view();
    view! { <dl class="summary">{lines}</dl> }
}
