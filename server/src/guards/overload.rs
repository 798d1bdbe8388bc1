//! What is more than the house can do is turned away at once with a hint, so that the rest goes on at full speed.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests worked on at the same time. Streams and uploads give their place back as soon as their head is answered.
const PLACES: usize = 512;

/// Places for requests.
#[derive(Clone)]
pub struct Places(Arc<Semaphore>);

impl Default for Places {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PLACES)))
    }
}

impl Places {
    /// A place, if there is one.
    pub fn take(&self) -> Option<OwnedSemaphorePermit> {
        self.0.clone().try_acquire_owned().ok()
    }

    /// Requests being worked on.
    pub fn taken(&self) -> usize {
        PLACES - self.0.available_permits()
    }
}
