//! What the desk shows: signals that every pane reads, and how news from other desks gets into them.

use super::address::Asked;
use super::api;
use super::history::change_words;
use crate::{Failure, Flash};
use domain::cases::Act;
use domain::cases::view::{CaseLine, DeskCase, QueuePage};
use domain::refusal::Refusal;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use uuid::Uuid;
use words::Lang;

/// Whether news come by themselves.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link {
    /// The page is not awake, or has just begun to listen.
    Quiet,
    Live,
    /// Nobody speaks at the other end: asking every now and then instead.
    Broken,
}

/// Why a case is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Perhaps somebody else did something.
    News,
    /// Another case is opened.
    Opened,
    /// The case was claimed or put back from this page: what is written stays.
    Moved,
    /// Something was done from this page: what was written has been sent.
    Done,
}

/// The open case. Forms are drawn once for it and stay; everything else follows `page`.
#[derive(Clone)]
pub struct Shown {
    pub page: ArcRwSignal<DeskCase>,
    /// The version the clerk has seen: what the forms send.
    pub seen: ArcRwSignal<i64>,
    /// What others did since, not yet acknowledged.
    pub news: ArcRwSignal<Vec<String>>,
    /// A form of it that was refused without scripts.
    back: Option<Flash>,
}

impl Shown {
    fn new(page: DeskCase, back: Option<Flash>) -> Self {
        let seen = page.case.version;
        Self { page: ArcRwSignal::new(page), seen: ArcRwSignal::new(seen), news: ArcRwSignal::new(Vec::new()), back }
    }

    fn id(&self) -> Uuid {
        self.page.with_untracked(|page| page.case.id)
    }

    /// The node it is drawn for, where several are open.
    pub fn node(&self) -> Option<String> {
        self.page.with_untracked(|page| page.case.stage.node().filter(|_| !page.open.is_empty()).map(str::to_owned))
    }

    /// What was typed under this name before the form came back, else `or`.
    pub fn typed(&self, name: &str, or: &str) -> String {
        self.back.as_ref().filter(|back| back.came_with(name)).map_or_else(|| or.to_owned(), |back| back.typed(name))
    }

    /// All values typed under a name.
    pub fn all_typed(&self, name: &str) -> Vec<String> {
        let typed = self.back.iter().flat_map(|back| &back.typed);
        typed.filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// What was wrong with the control of this name.
    pub fn beside(&self, name: &str) -> Option<String> {
        self.back.as_ref().and_then(|back| back.beside(name))
    }

    /// Whether the fold of this act came back.
    pub fn came_back(&self, act: Act) -> bool {
        self.back.as_ref().is_some_and(|back| back.typed("act") == act.word())
    }

    /// The clerk has seen what others did: forms speak of this version from now on.
    pub fn acknowledge(&self) {
        self.seen.set(self.page.with_untracked(|page| page.case.version));
        self.news.set(Vec::new());
    }
}

/// The whole desk; copied into every pane.
#[derive(Clone, Copy)]
pub struct Desk {
    pub lang: Lang,
    pub asked: Memo<Asked>,
    /// The case in the address, as written there.
    pub open: Memo<Option<String>>,
    pub queue: RwSignal<QueuePage>,
    /// A newer queue in another order, while the pointer is over the rows.
    pub waiting: RwSignal<Option<QueuePage>>,
    /// Rows that changed since they were looked at.
    pub marked: RwSignal<BTreeSet<Uuid>>,
    pub inside: RwSignal<bool>,
    pub shown: RwSignal<Option<Shown>>,
    /// Why the open case cannot be shown.
    pub trouble: RwSignal<Option<Refusal>>,
    /// Why nothing can be asked any more.
    pub lost: RwSignal<Option<Lost>>,
    pub link: RwSignal<Link>,
    pub awake: RwSignal<bool>,
    /// Told beside the acts: what a second press would do.
    pub hint: RwSignal<Option<String>>,
    /// The last form sent keeps what is written.
    pub keep: StoredValue<bool>,
    turns: StoredValue<(u32, u32)>,
    /// The weightiest reason of the questions about the case that are not answered yet: the stream tells of one's own acts
    /// as well, and must not turn them into news.
    owed: StoredValue<Option<Reason>>,
}

/// Why the desk stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The session is over.
    SignedOut,
    /// The last question was not answered.
    Unanswered,
}

impl Desk {
    pub fn new(
        lang: Lang,
        asked: Memo<Asked>,
        open: Memo<Option<String>>,
        queue: QueuePage,
        case: Option<DeskCase>,
        flash: Option<Flash>,
    ) -> Self {
        Self {
            lang,
            asked,
            open,
            queue: RwSignal::new(queue),
            waiting: RwSignal::new(None),
            marked: RwSignal::new(BTreeSet::new()),
            inside: RwSignal::new(false),
            shown: RwSignal::new(case.map(|page| Shown::new(page, flash))),
            trouble: RwSignal::new(None),
            lost: RwSignal::new(None),
            link: RwSignal::new(Link::Quiet),
            awake: RwSignal::new(false),
            hint: RwSignal::new(None),
            keep: StoredValue::new(false),
            turns: StoredValue::new((0, 0)),
            owed: StoredValue::new(None),
        }
    }

    /// The id of the open case.
    pub fn opened(self) -> Option<Uuid> {
        self.open.with(|open| open.as_deref().and_then(|id| Uuid::parse_str(id).ok()))
    }

    /// Asks for the queue again. `news`: perhaps another desk moved something, so changes are marked.
    pub fn ask_queue(self, news: bool) {
        let asked = self.asked.get_untracked();
        let Some(turn) = self.turns.try_update_value(|turns| {
            turns.0 = turns.0.wrapping_add(1);
            turns.0
        }) else {
            return;
        };
        spawn_local(async move {
            let answer = api::queue_now(asked.tab.word().to_owned(), asked.number, asked.from).await;
            // a later question has been asked, or the page is gone
            if self.turns.try_get_value().is_none_or(|turns| turns.0 != turn) {
                return;
            }
            match answer {
                Ok(page) => {
                    self.lost.set(None);
                    self.take_queue(page, news);
                }
                Err(failure) => self.lose(&failure),
            }
        });
    }

    /// Asks for the open case.
    pub fn ask_case(self, reason: Reason) {
        let Some(turn) = self.turns.try_update_value(|turns| {
            turns.1 = turns.1.wrapping_add(1);
            turns.1
        }) else {
            return;
        };
        let Some(id) = self.open.get_untracked() else {
            self.owed.set_value(None);
            self.trouble.set(None);
            self.shown.set(None);
            return;
        };
        self.owed.update_value(|owed| *owed = (*owed).max(Some(reason)));
        // what is open stays at its node, until something has been done there
        let stays = matches!(reason, Reason::News | Reason::Moved);
        let shown = self.shown.get_untracked().filter(|shown| stays && shown.id().to_string() == id);
        let node = shown.and_then(|shown| shown.node()).unwrap_or_default();
        spawn_local(async move {
            let answer = api::case_now(id, node).await;
            if self.turns.try_get_value().is_none_or(|turns| turns.1 != turn) {
                return;
            }
            let reason = self.owed.try_update_value(Option::take).flatten().unwrap_or(reason);
            match answer {
                Ok(page) => self.take_case(page, reason),
                Err(Failure::Refused { refusal }) if refusal != Refusal::SignInFirst => {
                    self.shown.set(None);
                    self.trouble.set(Some(refusal));
                }
                Err(failure) => self.lose(&failure),
            }
        });
    }

    fn lose(self, failure: &Failure) {
        self.lost.set(Some(match failure {
            Failure::Refused { refusal: Refusal::SignInFirst } => Lost::SignedOut,
            Failure::Refused { .. } | Failure::Broken { .. } | Failure::Unreachable => Lost::Unanswered,
        }));
    }

    fn take_queue(self, page: QueuePage, news: bool) {
        let before = self.queue.with_untracked(|queue| queue.lines.clone());
        if before == page.lines && self.queue.with_untracked(|queue| queue.next == page.next) {
            // counts and the place in the log may still be newer
            self.waiting.set(None);
            self.queue.set(page);
            return;
        }
        let mut changed = if news { changes(&before, &page.lines) } else { BTreeSet::new() };
        if let Some(open) = untrack(|| self.opened()) {
            changed.remove(&open);
        }
        self.marked.update(|marked| {
            marked.retain(|id| page.lines.iter().any(|line| line.id == *id));
            marked.extend(changed);
        });
        if news && self.inside.get_untracked() && !same_rows(&before, &page.lines) {
            let lines = in_place(&before, &page.lines);
            self.queue.set(QueuePage { lines, ..page.clone() });
            self.waiting.set(Some(page));
        } else {
            self.waiting.set(None);
            self.queue.set(page);
        }
    }

    /// Shows the order that waited for the pointer to leave.
    pub fn settle(self) {
        if let Some(page) = self.waiting.try_update(Option::take).flatten() {
            self.queue.set(page);
        }
    }

    fn take_case(self, page: DeskCase, reason: Reason) {
        self.lost.set(None);
        self.trouble.set(None);
        let id = page.case.id;
        self.marked.update(|marked| {
            marked.remove(&id);
        });
        let same = self.shown.get_untracked().filter(|shown| shown.id() == id);
        let Some(shown) = same.filter(|_| reason != Reason::Done) else {
            self.hint.set(None);
            self.shown.set(Some(Shown::new(page, None)));
            #[cfg(feature = "hydrate")]
            {
                super::keys::to_top();
                super::keys::keep_focus();
            }
            return;
        };
        let before = shown.page.get_untracked();
        if before == page {
            return;
        }
        if page.case.version > before.case.version && reason == Reason::News {
            let what = change_words(self.lang, &before, &page);
            shown.news.update(|news| news.push(what));
        }
        shown.page.set(page);
        if reason == Reason::Moved {
            shown.acknowledge();
            #[cfg(feature = "hydrate")]
            {
                super::keys::keep_focus();
                super::keys::to_acts();
            }
        }
    }
}

/// Ids of rows that are new or newer.
fn changes(before: &[CaseLine], now: &[CaseLine]) -> BTreeSet<Uuid> {
    let known = |line: &&CaseLine| !before.iter().any(|old| old.id == line.id && old.version >= line.version);
    now.iter().filter(known).map(|line| line.id).collect()
}

/// The same cases in the same order.
fn same_rows(before: &[CaseLine], now: &[CaseLine]) -> bool {
    before.len() == now.len() && before.iter().zip(now).all(|(a, b)| a.id == b.id)
}

/// The old order with what is newer in each row.
fn in_place(before: &[CaseLine], now: &[CaseLine]) -> Vec<CaseLine> {
    before.iter().map(|old| now.iter().find(|line| line.id == old.id).unwrap_or(old).clone()).collect()
}

/// How many rows another order would bring, take or move.
pub fn moved(before: &[CaseLine], now: &[CaseLine]) -> usize {
    let gone = before.iter().filter(|old| !now.iter().any(|line| line.id == old.id)).count();
    let come = now.iter().filter(|line| !before.iter().any(|old| old.id == line.id)).count();
    (gone + come).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use domain::cases::Stage;

    fn line(id: u128, version: i64) -> CaseLine {
        CaseLine {
            id: Uuid::from_u128(id),
            number: String::new(),
            item_name: "食品经营许可".into(),
            situation: None,
            applicant_name: "某某面馆".into(),
            unit_name: String::new(),
            stage: Stage::PreReview,
            node_title: None,
            assignee: None,
            mine: false,
            unanswered: false,
            due: None,
            left: None,
            light: None,
            used: None,
            version,
            submitted_at: DateTime::default(),
            can_rate: false,
            asked: None,
            colleagues: Vec::new(),
            joint: None,
        }
    }

    fn ids(lines: &[CaseLine]) -> Vec<u128> {
        lines.iter().map(|line| line.id.as_u128()).collect()
    }

    #[test]
    fn new_and_newer_rows_are_changes_and_the_rest_is_not() {
        let before = [line(1, 3), line(2, 5)];
        let now = [line(3, 1), line(2, 6), line(1, 3)];
        let changed: Vec<u128> = changes(&before, &now).iter().map(Uuid::as_u128).collect();
        assert_eq!(changed, [2, 3]);
        // an answer that was on its way when a newer one came tells nothing
        assert!(changes(&now, &before).is_empty());
    }

    #[test]
    fn a_waiting_order_changes_words_but_moves_no_row() {
        let before = [line(1, 3), line(2, 5), line(4, 1)];
        let now = [line(3, 1), line(2, 6), line(1, 3)];
        assert!(!same_rows(&before, &now));
        let shown = in_place(&before, &now);
        assert_eq!(ids(&shown), [1, 2, 4]);
        assert_eq!(shown[1].version, 6);
        assert_eq!(moved(&before, &now), 2);
        assert_eq!(moved(&before, &before), 1);
    }
}
