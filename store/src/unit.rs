//! The unit of work: rows and events saved together or not at all.

use std::ops::{Deref, DerefMut};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    Store,
    db::{Tx, cut},
    events::{self, Appended, NewEvent},
    fault::Result,
    log::{put_in_order, put_in_waiting},
    store::new_id_in_order,
};

/// One act. Dropping it rolls back; nothing leaves the building before [`Unit::save`].
pub struct Unit {
    tx: Tx,
    store: Store,
    actor: String,
    now: DateTime<Utc>,
    appended: Vec<Appended>,
}

impl Unit {
    pub(crate) async fn begin(store: &Store, actor: &str, now: DateTime<Utc>) -> Result<Self> {
        Ok(Self {
            tx: store.db().write().await?,
            store: store.clone(),
            actor: actor.to_owned(),
            now: cut(now),
            appended: Vec::new(),
        })
    }

    /// From here on somebody else acts, at another moment, in the same unit: many acts of a past that is brought in are saved
    /// together (a demonstration's year, the files of an older system).
    pub fn turn_to(&mut self, actor: &str, now: DateTime<Utc>) {
        actor.clone_into(&mut self.actor);
        self.now = cut(now);
    }

    /// When this act takes place.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Who acts.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// The store it belongs to.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The transaction, for reading inside the unit.
    pub fn tx(&mut self) -> &mut Tx {
        &mut self.tx
    }

    /// Notes an event; it is written by [`Unit::save`]. Answers its id, for rows that name it.
    pub fn append(&mut self, event: NewEvent) -> Uuid {
        let id = new_id_in_order(self.now, self.appended.len());
        self.appended.push(Appended { id, event, actor: self.actor.clone(), now: self.now });
        id
    }

    /// Saves rows and events. When this returns, they outlast a power cut.
    ///
    /// # Errors
    /// [`StoreFault::Taken`](crate::StoreFault::Taken) when someone else wrote the same number of a stream,
    /// or the same event of another origin; nothing of the unit is kept then.
    pub async fn save(mut self) -> Result<()> {
        let appended = std::mem::take(&mut self.appended);
        let any = !appended.is_empty();
        if any {
            let zone = self.store.zone().to_owned();
            let rows = events::add_all(&mut self.tx, appended, &zone).await?;
            if self.tx.is_embedded() {
                // One writer: the sequencer's work is done on the spot.
                put_in_order(&mut self.tx, &rows).await?;
            } else {
                put_in_waiting(&mut self.tx, &rows).await?;
            }
        }
        self.tx.save().await?;
        if any {
            self.store.wake().saved.notify_one();
        }
        Ok(())
    }
}

impl Deref for Unit {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for Unit {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}
