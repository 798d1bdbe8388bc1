//! What the hall does by itself: the law's clock, typesetting, sweeping. Each kind of work has a lease in the database, so
//! that of several servers one does it.

use crate::house::House;
use crate::typesetting::QuietSetter;
use service::cases::{Typesetter, timers, typeset_wanted};
use std::sync::Arc;
use std::time::Duration;
use store::identity::sessions;
use store::leases;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;

/// The law counts days: a minute is soon enough.
const TIMERS: Duration = Duration::from_secs(60);
/// A killed node loses the record of what was looked at in this time.
const LOOKS: Duration = Duration::from_secs(1);
/// Colleagues at different nodes see each other after about twice this time.
const PRESENCE: Duration = Duration::from_secs(1);
/// People wait for their receipts.
const PRESS: Duration = Duration::from_millis(700);
/// Fonts are given back after so many idle turns of the press (about two minutes).
const PRESS_RESTS_AFTER: u32 = 170;
/// A node that said nothing for so long is another one by now.
const NODES_KEPT: chrono::TimeDelta = chrono::TimeDelta::hours(1);
const SWEEP: Duration = Duration::from_secs(600);
/// An upload or a backup may take this long before its file looks forgotten.
const FORGOTTEN: Duration = Duration::from_secs(24 * 3600);
/// A key may come again as long as the draft it belongs to could have lived.
const KEYS_KEPT: chrono::TimeDelta = chrono::TimeDelta::days(90);

/// The workers of this process.
pub struct Workers(JoinSet<()>);

impl Workers {
    /// Starts them; they end when the house closes.
    pub fn start(house: &House) -> Self {
        let mut set = JoinSet::new();
        set.spawn(clock_work(house.clone()));
        set.spawn(looks_work(house.clone()));
        set.spawn(presence_work(house.clone()));
        set.spawn(catalogue_work(house.clone()));
        set.spawn(press_work(house.clone()));
        set.spawn(sweeping(house.clone()));
        Self(set)
    }

    /// Waits for the work at hand.
    pub async fn finish(mut self) {
        while self.0.join_next().await.is_some() {}
    }
}

/// Waits its turn; false when the house closes meanwhile.
async fn turn(house: &House, pause: Duration) -> bool {
    let mut closing = house.closing();
    tokio::select! {
        () = tokio::time::sleep(pause) => true,
        _ = closing.wait_for(|closing| *closing) => false,
    }
}

async fn clock_work(house: House) {
    if let Err(fault) = service::joint::renew(&house.hall, (house.clock)()).await {
        tracing::warn!(%fault, "joint forms are as they were");
    }
    while turn(&house, TIMERS).await {
        match service::forms::bench::come_into_force(&house.hall, (house.clock)()).await {
            Ok(0) => {}
            Ok(n) => tracing::info!(forms = n, "came into force"),
            Err(fault) => tracing::warn!(%fault, "forms come into force a little later"),
        }
        match timers(&house.hall, (house.clock)()).await {
            Ok(0) => {}
            Ok(n) => tracing::info!(cases = n, "the clock acted"),
            Err(fault) => tracing::warn!(%fault, "the clock will try again"),
        }
    }
}

/// What staff looked at goes into the log second by second, and once more at closing.
async fn looks_work(house: House) {
    let mut open = true;
    while open {
        open = turn(&house, LOOKS).await;
        if let Err(fault) = service::notification::write_looks(&house.hall, (house.clock)()).await {
            tracing::warn!(%fault, "looks are written again");
        }
    }
}

async fn presence_work(house: House) {
    while turn(&house, PRESENCE).await {
        if let Err(fault) = service::presence::exchange(&house.hall, (house.clock)()).await {
            tracing::warn!(%fault, "who is where is told again");
        }
    }
}

/// What another node published is in force here as well.
async fn catalogue_work(house: House) {
    let (mut landed, mut closing) = (house.store.subscribe(), house.closing());
    loop {
        let heard = tokio::select! {
            heard = landed.recv() => heard,
            _ = closing.wait_for(|closing| *closing) => return,
        };
        let published = match heard {
            Ok(event) => event.noun == "procedure" && event.kind == "published",
            // too much at once: it may have been among what was missed
            Err(RecvError::Lagged(_)) => true,
            Err(RecvError::Closed) => return,
        };
        while published && let Err(fault) = house.hall.reload().await {
            tracing::warn!(%fault, "the catalogue is read again");
            if !turn(&house, TIMERS).await {
                return;
            }
        }
    }
}

async fn press_work(house: House) {
    let mut idle = 0;
    let setter: Arc<dyn Typesetter> = match QuietSetter::new(house.setter.clone()) {
        Ok(quiet) => Arc::new(quiet),
        Err(fault) => {
            tracing::warn!(%fault, "the press has no thread of its own");
            house.setter.clone()
        }
    };
    while turn(&house, PRESS).await {
        match typeset_wanted(&house.hall, (house.clock)(), setter.clone()).await {
            Ok(0) => idle += 1,
            Ok(n) => {
                idle = 0;
                tracing::info!(documents = n, "typeset");
            }
            Err(fault) => tracing::warn!(%fault, "the press will try again"),
        }
        if idle == PRESS_RESTS_AFTER {
            house.setter.rest();
        }
    }
}

async fn sweeping(house: House) {
    while turn(&house, SWEEP).await {
        let store = &house.store;
        match leases::try_take(store.db(), "sweep", store.node(), SWEEP).await {
            Ok(true) => {}
            Ok(false) => continue,
            Err(fault) => {
                tracing::warn!(%fault, "nothing swept");
                continue;
            }
        }
        if let Err(fault) = sweep(&house).await {
            tracing::warn!(%fault, "sweeping will try again");
        }
    }
}

async fn sweep(house: &House) -> Result<(), service::Fault> {
    let at = (house.clock)();
    let ended = sessions::remove_expired(house.store.db(), at).await?;
    store::presence::remove_before(house.store.db(), at - NODES_KEPT).await?;
    let mut unit = house.store.unit("hall", at).await?;
    let keys = store::idempotency::remove_before(&mut unit, at - KEYS_KEPT).await?;
    unit.save().await?;
    let drafts = service::forms::sweep(&house.hall, at).await?;
    let files = house.store.sweep_blobs(FORGOTTEN).await?;
    // of certificates from before 2026-11-27 it was not kept whose they are
    let holders = service::certificates::fill_in_holders(&house.hall, at).await?;
    if holders > 0 {
        tracing::info!(certificates = holders, "their holders are known now");
    }
    if ended + keys + files > 0 || drafts != service::forms::Swept::default() {
        tracing::info!(sessions = ended, keys, files, drafts = drafts.removed, told = drafts.told, "swept");
    }
    Ok(())
}
