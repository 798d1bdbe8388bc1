//! What each node runs beside its requests: the sequencer (PostgreSQL), the poller that wakes live
//! pages and readers, and a checkpoint each minute. Waking is a kindness; polling is the truth.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use tokio::{
    sync::{Notify, broadcast, watch},
    task::JoinHandle,
    time::Instant,
};

use super::{head, sequence};
use crate::{Store, db::Tx, fault::Result, leases};

/// How long a node that holds the sequencer's lease may be silent.
const LEASE: Duration = Duration::from_secs(6);
/// How often the log is looked at when nothing wakes us: other nodes' events come this late.
const EMBEDDED_PAUSE: Duration = Duration::from_millis(1000);
const SERVER_PAUSE: Duration = Duration::from_millis(150);
const CHECKPOINT_EVERY: Duration = Duration::from_secs(60);

/// Something landed in the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Landed {
    /// Where.
    pub position: i64,
    /// What it happened to.
    pub noun: String,
    /// Its id.
    #[sqlx(rename = "stream")]
    pub id: String,
    /// What happened.
    pub kind: String,
}

/// Tells the task of this node that something was saved, and subscribers what landed.
#[derive(Debug)]
pub(crate) struct Wake {
    pub saved: Notify,
    pub landed: broadcast::Sender<Landed>,
}

impl Default for Wake {
    fn default() -> Self {
        Self { saved: Notify::new(), landed: broadcast::channel(4096).0 }
    }
}

/// The running task; stop it before closing the store.
#[derive(Debug)]
pub struct LogTask {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl LogTask {
    /// Finishes the batch at hand, marks the end of the log, gives the lease back.
    pub async fn stop(self) {
        self.stop.send(true).ok();
        self.task.await.ok();
    }
}

pub(crate) fn start(store: Store, clock: fn() -> DateTime<Utc>) -> LogTask {
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(run(store, clock, stopped));
    LogTask { stop, task }
}

async fn run(store: Store, clock: fn() -> DateTime<Utc>, mut stopped: watch::Receiver<bool>) {
    let embedded = store.db().is_embedded();
    let pause = if embedded { EMBEDDED_PAUSE } else { SERVER_PAUSE };
    let wake: Arc<Wake> = store.wake();
    let mut seen: Option<i64> = None;
    let mut lease_until: Option<Instant> = None;
    let mut next_try = Instant::now();
    let mut next_mark = Instant::now() + CHECKPOINT_EVERY;
    loop {
        if !embedded {
            let fresh = lease_until.is_some_and(|until| until > Instant::now() + LEASE / 2);
            if !fresh && Instant::now() >= next_try {
                let asked = Instant::now();
                let taken = leases::try_take(store.db(), "sequencer", store.node(), LEASE).await;
                lease_until = told(taken).unwrap_or(false).then(|| asked + LEASE);
                next_try = asked + Duration::from_secs(1);
            }
            while lease_until.is_some_and(|until| until > Instant::now()) {
                match told(sequence(store.db()).await) {
                    Some(0) | None => break,
                    Some(_) => {}
                }
            }
        }
        if let Some(to) = told(publish(&store, seen, &wake).await) {
            seen = Some(to);
        }
        if Instant::now() >= next_mark {
            told(store.checkpoint(clock()).await);
            next_mark = Instant::now() + CHECKPOINT_EVERY;
        }
        tokio::select! {
            () = wake.saved.notified() => {}
            () = tokio::time::sleep(pause) => {}
            _ = stopped.changed() => break,
        }
    }
    told(store.checkpoint(clock()).await);
    if lease_until.is_some() {
        told(leases::release(store.db(), "sequencer", store.node()).await);
    }
}

/// Tells subscribers what landed since; answers the position told up to.
async fn publish(store: &Store, seen: Option<i64>, wake: &Wake) -> Result<i64> {
    let mut tx = store.glance().await?;
    let Some(mut position) = seen else { return Ok(head(&mut tx).await?.position) };
    loop {
        let landed = landed_after(&mut tx, position).await?;
        let Some(last) = landed.last() else { return Ok(position) };
        position = last.position;
        for one in landed {
            // Nobody may be listening; that is no fault.
            wake.landed.send(one).ok();
        }
    }
}

async fn landed_after(tx: &mut Tx, position: i64) -> Result<Vec<Landed>> {
    tx.query(
        "select l.position, e.noun, e.stream, e.kind from log l join events e on e.id = l.event_id
         where l.position > $1 order by l.position limit 500",
    )
    .bind(position)
    .all()
    .await
}

/// A fault of the background is logged and tried again at the next turn.
fn told<T>(result: Result<T>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(fault) => {
            tracing::warn!(%fault, "the log's task will try again");
            None
        }
    }
}
