//! How much of a thing each caller holds at the moment, so that nobody holds all of it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is held, by holder. Cheap to clone.
pub struct Shares<K>(Arc<Mutex<HashMap<K, usize>>>);

impl<K> Clone for Shares<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K> Default for Shares<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Copy + Eq + Hash> Shares<K> {
    fn held(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One more for this holder, unless that would be more than `most`. Given back when it is dropped.
    pub fn take(&self, holder: K, most: usize) -> Option<Share<K>> {
        let mut held = self.held();
        let own = held.entry(holder).or_default();
        if *own >= most {
            return None;
        }
        *own += 1;
        drop(held);
        Some(Share { shares: self.clone(), holder })
    }

    /// What all hold together.
    pub fn taken(&self) -> usize {
        self.held().values().sum()
    }
}

/// One piece, while it is held.
pub struct Share<K: Copy + Eq + Hash> {
    shares: Shares<K>,
    holder: K,
}

impl<K: Copy + Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        let mut held = self.shares.held();
        if let Some(own) = held.get_mut(&self.holder) {
            *own -= 1;
            if *own == 0 {
                held.remove(&self.holder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_their_own_share_and_it_comes_back() {
        let shares = Shares::default();
        let held: Vec<_> = (0..9).filter_map(|_| shares.take(1, 8)).collect();
        assert_eq!(held.len(), 8);
        assert!(shares.take(2, 8).is_some());
        drop(held);
        assert_eq!(shares.taken(), 0);
        assert!(shares.held().is_empty());
        assert!(shares.take(1, 8).is_some());
    }
}
