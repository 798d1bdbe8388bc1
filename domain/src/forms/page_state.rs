//! How far a page is, for the task list.

use super::answers::Answers;
use super::form::Form;
use super::reading::Reading;
use super::validate::problems_of;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// State of a page in the task list: 还没填, 要改 n 处, 填好了.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageState {
    /// Not asked in this situation.
    NotAsked,
    /// Nothing of the person's own yet; what we filled in does not count.
    Untouched,
    /// So many places to mend.
    Incomplete(u32),
    Done,
}

/// State of one page. A page that needs nothing more is done, even when it was never opened.
pub fn page_state(form: &Form, answers: &Answers, page: &str, today: NaiveDate) -> PageState {
    let Some(page) = form.page(page) else { return PageState::NotAsked };
    let reading = Reading::new(form, answers, today);
    if !reading.page_is_asked(&page.id) {
        return PageState::NotAsked;
    }
    let problems = problems_of(&reading, page).len();
    let touched = reading.visits(page).iter().any(|v| !answers.is_blank(&v.key) && !answers.origins.contains_key(&v.key));
    match (problems, touched) {
        (0, _) => PageState::Done,
        (_, false) => PageState::Untouched,
        (n, true) => PageState::Incomplete(u32::try_from(n).unwrap_or(u32::MAX)),
    }
}
