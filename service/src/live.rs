//! Live pages: one hub per node tells them which topic has a newer version. Topic and version only, never content;
//! what may be seen is asked for anew by the page, with its own permission.

use crate::fault::Answer;
use crate::hall::Ask;
use domain::identity::permission::as_staff;
use serde::{Deserialize, Serialize};
use store::{Landed, Store};
use tokio::sync::broadcast::{self, error::RecvError};
use uuid::Uuid;

/// Something a page shows has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// `case:{id}`; `here:{id}` when somebody else opened or left it; or `all` when the page should look at everything again.
    pub topic: String,
    /// Position in the log.
    pub version: i64,
}

/// The node's poller of the log, shared by all its pages.
#[derive(Clone)]
pub struct Hub {
    store: Store,
}

impl Hub {
    /// The poller itself is the store's, started once per node.
    pub(crate) fn new(store: &Store) -> Self {
        Self { store: store.clone() }
    }
}

/// A page's subscription.
pub struct Subscription {
    landed: broadcast::Receiver<Landed>,
    /// Who has which case open.
    present: broadcast::Receiver<Uuid>,
}

/// Listen. Only staff may: that a case changed, and when, is nothing the rest of the town need know.
///
/// # Errors
/// For everybody else there is nothing to listen to.
pub fn subscribe(ask: &Ask) -> Answer<Subscription> {
    as_staff(&ask.actor)?;
    Ok(Subscription { landed: ask.hall.hub().store.subscribe(), present: ask.hall.presence().subscribe() })
}

impl Subscription {
    /// The next change; `None` when the hall closes.
    pub async fn next(&mut self) -> Option<Topic> {
        loop {
            let landed = tokio::select! {
                landed = self.landed.recv() => landed,
                here = self.present.recv() => match here {
                    Ok(case) => return Some(Topic { topic: format!("here:{case}"), version: 0 }),
                    // who came and went meanwhile is seen at the next question
                    Err(_) => continue,
                },
            };
            match landed {
                Ok(l) if l.noun == "case" || l.noun == "thread" => {
                    return Some(Topic { topic: format!("case:{}", l.id), version: l.position });
                }
                Ok(_) => {}
                // too many at once: the page looks at everything again, nothing is lost
                Err(RecvError::Lagged(_)) => return Some(Topic { topic: "all".into(), version: 0 }),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}
