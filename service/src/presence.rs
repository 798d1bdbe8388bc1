//! Who of the staff has which case open: colleagues see each other before they do the same work twice. It is of this moment only, in no
//! log, and nothing else depends on it. Of each person at a case the last word counts, at whichever node it was said; the nodes tell each
//! other through a row each ([`exchange`]), so that colleagues on another one are seen a second or two later.

use crate::fault::Answer;
use crate::hall::{Ask, Hall};
use chrono::{DateTime, Duration, Utc};
use domain::cases::view::Colleague;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;
use uuid::Uuid;

/// A page says every ten seconds that it is open; whoever was silent this long has left.
const SILENT: Duration = Duration::seconds(30);
/// What is no news is told to other nodes this often.
const AGAIN: Duration = Duration::seconds(10);

/// A case, at one of its nodes where several are open: whoever does another part of it is in nobody's way.
#[derive(Clone)]
pub(crate) struct Spot {
    pub case: Uuid,
    pub node: Option<String>,
}

/// The last that was heard of somebody at a case.
#[derive(Clone, Serialize, Deserialize)]
struct Word {
    case: Uuid,
    node: Option<String>,
    account: Uuid,
    name: String,
    /// There, and writing or not; `None` is gone: kept for a while, lest an older word from elsewhere says otherwise.
    writing: Option<bool>,
    seen: DateTime<Utc>,
    /// Said at this node, which tells the others.
    #[serde(skip)]
    ours: bool,
}

impl Word {
    fn counts(&self, at: DateTime<Utc>) -> bool {
        self.seen + SILENT > at
    }
}

#[derive(Default)]
struct Heard {
    by_case: HashMap<Uuid, Vec<Word>>,
    /// News that the other nodes have not been told.
    news: bool,
    told_at: DateTime<Utc>,
}

impl Heard {
    /// The last word counts; answers whether it is news to whoever looks at the case.
    fn take(&mut self, word: Word) -> bool {
        let people = self.by_case.entry(word.case).or_default();
        let last = people.iter().find(|p| p.account == word.account);
        if last.is_some_and(|last| last.seen > word.seen || (last.seen == word.seen && !word.ours)) {
            return false;
        }
        let is_news = last.and_then(|last| last.writing) != word.writing;
        people.retain(|p| p.account != word.account);
        // another node may have heard of somebody who leaves here before this one did
        self.news |= word.ours && (is_news || word.writing.is_none());
        people.push(word);
        is_news
    }

    /// Forgets whoever was silent for too long; answers where somebody left by that.
    fn forget(&mut self, at: DateTime<Utc>) -> Vec<Uuid> {
        let mut left = Vec::new();
        for (case, people) in &mut self.by_case {
            let there = people.iter().filter(|p| p.writing.is_some()).count();
            people.retain(|p| p.counts(at));
            let still = people.iter().filter(|p| p.writing.is_some()).count();
            left.extend((still < there).then_some(*case));
        }
        self.by_case.retain(|_, people| !people.is_empty());
        left
    }

    /// What was said here, when it is time to tell.
    fn untold(&mut self, at: DateTime<Utc>) -> Vec<Word> {
        if !self.news && self.told_at + AGAIN > at {
            return Vec::new();
        }
        (self.news, self.told_at) = (false, at);
        self.by_case.values().flatten().filter(|p| p.ours && p.counts(at)).cloned().collect()
    }
}

/// Who is where, as far as this node has heard.
pub(crate) struct Presence {
    heard: Mutex<Heard>,
    told: broadcast::Sender<Uuid>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { heard: Mutex::default(), told: broadcast::channel(256).0 }
    }
}

impl Presence {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody has the case open, or leaves it; pages hear of it only when that is news.
    pub(crate) fn note(&self, Spot { case, node }: Spot, account: Uuid, name: &str, at: DateTime<Utc>, writing: Option<bool>) {
        self.hear(vec![Word { case, node, account, name: name.to_owned(), writing, seen: at, ours: true }], at);
    }

    fn hear(&self, words: Vec<Word>, at: DateTime<Utc>) {
        let mut heard = self.heard();
        let mut changed = heard.forget(at);
        for word in words.into_iter().filter(|word| word.counts(at)) {
            let case = word.case;
            if heard.take(word) && !changed.contains(&case) {
                changed.push(case);
            }
        }
        drop(heard);
        for case in changed {
            // nobody listening is no fault
            let _ = self.told.send(case);
        }
    }

    /// Colleagues who have the case open now, at this node where several are open.
    pub(crate) fn colleagues(&self, ask: &Ask, case: Uuid, node: Option<&str>) -> Vec<Colleague> {
        let me = ask.actor.account();
        let heard = self.heard();
        let people = heard.by_case.get(&case).into_iter().flatten().filter(|p| Some(p.account) != me && p.counts(ask.at));
        let people = people.filter(|p| p.node.is_none() || p.node.as_deref() == node);
        people.filter_map(|p| Some(Colleague { name: p.name.clone(), writing: p.writing? })).collect()
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Uuid> {
        self.told.subscribe()
    }
}

/// Tells the other nodes who is at this one, when that is news or was told some time ago, and hears who is at theirs. Every node does so
/// second by second; where nobody has a case open nothing is written.
pub async fn exchange(hall: &Hall, at: DateTime<Utc>) -> Answer<()> {
    let (store, presence) = (hall.store(), hall.presence());
    let words = presence.heard().untold(at);
    if !words.is_empty() {
        let told = store::presence::tell(store.db(), store.node(), &serde_json::to_value(&words)?, at).await;
        if told.is_err() {
            presence.heard().news = true;
        }
        told?;
    }
    let mut words = Vec::new();
    for people in store::presence::of_others(store.db(), store.node(), at - SILENT).await? {
        words.extend(people_of(people));
    }
    presence.hear(words, at);
    Ok(())
}

/// What another node has said; nothing, where a newer program says it in a shape that this one does not know.
fn people_of(told: Value) -> Vec<Word> {
    serde_json::from_value(told).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const CASE: Uuid = Uuid::from_u128(1);
    const ONE: Uuid = Uuid::from_u128(2);
    const TWO: Uuid = Uuid::from_u128(3);

    fn at(s: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::seconds(s)
    }

    fn spot() -> Spot {
        Spot { case: CASE, node: None }
    }

    #[test]
    fn only_news_is_told_and_the_silent_leave() {
        let presence = Presence::default();
        let mut told = presence.subscribe();
        presence.note(spot(), ONE, "张某", at(0), Some(false));
        presence.note(spot(), ONE, "张某", at(10), Some(false));
        presence.note(spot(), ONE, "张某", at(20), Some(true));
        presence.note(spot(), TWO, "李某", at(49), Some(false));
        assert_eq!(presence.heard().by_case[&CASE].len(), 2, "not silent yet");
        presence.note(spot(), TWO, "李某", at(51), Some(false));
        assert_eq!(presence.heard().by_case[&CASE].len(), 1, "silent for thirty seconds");
        presence.note(spot(), TWO, "李某", at(52), None);
        let mut times = 0;
        while told.try_recv().is_ok() {
            times += 1;
        }
        assert_eq!(times, 5, "came, wrote, came, the other fell silent, left");
        presence.hear(Vec::new(), at(82));
        assert!(
            presence.heard().by_case.is_empty() && told.try_recv().is_err(),
            "that somebody left is forgotten without a word"
        );
    }

    /// What a node tells, as another hears it.
    fn told_by(presence: &Presence, at: DateTime<Utc>) -> Vec<Word> {
        people_of(serde_json::to_value(presence.heard().untold(at)).unwrap())
    }

    #[test]
    fn the_last_word_counts_wherever_it_was_said() {
        let (here, there) = (Presence::default(), Presence::default());
        here.note(spot(), ONE, "张某", at(0), Some(true));
        let words = told_by(&here, at(0));
        assert_eq!(words.len(), 1);
        there.note(spot(), ONE, "张某", at(5), None);
        there.hear(words, at(6));
        assert_eq!(there.heard().by_case[&CASE][0].writing, None, "the older word changes nothing");
        here.hear(told_by(&there, at(6)), at(7));
        assert_eq!(here.heard().by_case[&CASE][0].writing, None);
        assert!(here.heard().untold(at(20)).is_empty(), "what was said elsewhere is told by those there");
    }

    #[test]
    fn news_is_told_at_once_and_the_rest_now_and_then() {
        let presence = Presence::default();
        let told = |s: i64| presence.heard().untold(at(s)).len();
        assert_eq!(told(100), 0, "nobody is there");
        presence.note(spot(), ONE, "张某", at(101), Some(false));
        assert_eq!((told(101), told(102)), (1, 0));
        presence.note(spot(), ONE, "张某", at(105), Some(false));
        assert_eq!((told(106), told(111), told(112)), (0, 1, 0), "no news");
        presence.note(spot(), TWO, "李某", at(113), Some(false));
        assert_eq!(told(113), 2);
        presence.note(spot(), TWO, "李某", at(114), None);
        assert_eq!(told(114), 2, "that somebody left is news too");
        assert_eq!(told(150), 0, "all silent");
    }
}
