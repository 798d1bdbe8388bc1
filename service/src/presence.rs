//! Who of the staff has which case open: colleagues see each other before they do the same work twice. It is of this moment and of this
//! node only, kept nowhere and in no log; with several nodes, people on different ones do not see each other, and nothing else
//! depends on it.

use crate::hall::Ask;
use chrono::{DateTime, Duration, Utc};
use domain::cases::view::Colleague;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;
use uuid::Uuid;

/// A page says every ten seconds that it is open; whoever was silent this long has left.
const SILENT: Duration = Duration::seconds(30);

/// A case, at one of its nodes where several are open: whoever does another part of it is in nobody's way.
#[derive(Clone)]
pub(crate) struct Spot {
    pub case: Uuid,
    pub node: Option<String>,
}

struct Here {
    node: Option<String>,
    account: Uuid,
    name: String,
    writing: bool,
    seen: DateTime<Utc>,
}

/// Who is where on this node.
pub(crate) struct Presence {
    here: Mutex<HashMap<Uuid, Vec<Here>>>,
    told: broadcast::Sender<Uuid>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { here: Mutex::default(), told: broadcast::channel(256).0 }
    }
}

impl Presence {
    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, Vec<Here>>> {
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody has the case open, or leaves it; pages hear of it only when that is news.
    pub(crate) fn note(&self, Spot { case, node }: Spot, account: Uuid, name: &str, at: DateTime<Utc>, writing: Option<bool>) {
        let mut all = self.all();
        let mut changed = Vec::new();
        for (case, people) in all.iter_mut() {
            let before = people.len();
            people.retain(|p| p.seen + SILENT > at);
            changed.extend((people.len() < before).then_some(*case));
        }
        all.retain(|_, people| !people.is_empty());
        let people = all.entry(case).or_default();
        let before = people.iter().find(|p| p.account == account).map(|p| p.writing);
        people.retain(|p| p.account != account);
        if let Some(writing) = writing {
            people.push(Here { node, account, name: name.to_owned(), writing, seen: at });
        }
        drop(all);
        changed.extend((before != writing && !changed.contains(&case)).then_some(case));
        for case in changed {
            // nobody listening is no fault
            let _ = self.told.send(case);
        }
    }

    /// Colleagues who have the case open now, at this node where several are open.
    pub(crate) fn colleagues(&self, ask: &Ask, case: Uuid, node: Option<&str>) -> Vec<Colleague> {
        let me = ask.actor.account();
        let all = self.all();
        let people = all.get(&case).into_iter().flatten().filter(|p| Some(p.account) != me && p.seen + SILENT > ask.at);
        let people = people.filter(|p| p.node.is_none() || p.node.as_deref() == node);
        people.map(|p| Colleague { name: p.name.clone(), writing: p.writing }).collect()
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Uuid> {
        self.told.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_news_is_told_and_the_silent_leave() {
        let presence = Presence::default();
        let mut told = presence.subscribe();
        let at = |s: i64| DateTime::UNIX_EPOCH + Duration::seconds(s);
        let (case, one, two) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        presence.note(Spot { case, node: None }, one, "张某", at(0), Some(false));
        presence.note(Spot { case, node: None }, one, "张某", at(10), Some(false));
        presence.note(Spot { case, node: None }, one, "张某", at(20), Some(true));
        presence.note(Spot { case, node: None }, two, "李某", at(49), Some(false));
        assert_eq!(presence.all()[&case].len(), 2, "not silent yet");
        presence.note(Spot { case, node: None }, two, "李某", at(51), Some(false));
        assert_eq!(presence.all()[&case].len(), 1, "silent for thirty seconds");
        presence.note(Spot { case, node: None }, two, "李某", at(52), None);
        let mut times = 0;
        while told.try_recv().is_ok() {
            times += 1;
        }
        assert_eq!(times, 5, "came, wrote, came, the other fell silent, left");
    }
}
