//! The one writer of a SQLite file, and group commit.
//!
//! Units take turns on one connection. A unit that saves while others stand in line leaves the
//! transaction open for the next, and is answered only when the last of the group has committed:
//! one fsync serves up to [`GROUP`] units. Each unit after the first works inside a savepoint, so
//! that dropping it takes back its own writes and nobody else's.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use sqlx::{ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use crate::fault::{Result, StoreFault};

/// At most this many units share one commit.
const GROUP: usize = 64;

/// What the units of a group are told.
type Answer = Result<(), WhyNot>;

/// Why a group was not committed; everyone in it gets a copy.
#[derive(Clone, Debug)]
enum WhyNot {
    Full(String),
    Busy(String),
    Disk(String),
}

impl From<StoreFault> for WhyNot {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::Full(why) => Self::Full(why),
            StoreFault::Busy(why) => Self::Busy(why),
            other => Self::Disk(other.to_string()),
        }
    }
}

impl From<WhyNot> for StoreFault {
    fn from(why: WhyNot) -> Self {
        match why {
            WhyNot::Full(why) => Self::Full(why),
            WhyNot::Busy(why) => Self::Busy(why),
            WhyNot::Disk(why) => Self::Files(why),
        }
    }
}

/// The line in front of the writing connection.
#[derive(Clone)]
pub struct Writer {
    desk: Arc<Mutex<Desk>>,
    in_line: Arc<AtomicUsize>,
    /// How long a unit stands in line before it is told to try again.
    patience: Duration,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

struct Desk {
    connection: Option<SqliteConnection>,
    /// What stands on the connection.
    standing: Standing,
    /// Units that saved and wait for the commit of their group.
    saved: Vec<oneshot::Sender<Answer>>,
}

/// How the transaction stands when nobody, or the present unit, works on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    /// No transaction.
    Idle,
    /// The first unit of a group works; what it wrote is the whole transaction.
    First,
    /// Earlier units of the group are saved, nobody works.
    Between,
    /// Earlier units are saved, one more works inside its savepoint.
    Next,
    /// A commit was sent and its answer not yet seen.
    Committing,
}

/// Counts itself out of the line even when the future waiting in it is dropped.
struct InLine(Option<Writer>);

impl InLine {
    fn join(writer: &Writer) -> Self {
        writer.in_line.fetch_add(1, Ordering::SeqCst);
        Self(Some(writer.clone()))
    }

    fn reached(mut self) {
        if let Some(writer) = self.0.take() {
            writer.in_line.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for InLine {
    fn drop(&mut self) {
        if let Some(writer) = self.0.take() {
            writer.in_line.fetch_sub(1, Ordering::SeqCst);
            // Someone may have left the group open for us.
            writer.see_to_it();
        }
    }
}

impl Writer {
    pub(super) async fn open(options: &SqliteConnectOptions, patience: Duration) -> Result<Self, sqlx::Error> {
        let connection = options.connect().await?;
        Ok(Self {
            desk: Arc::new(Mutex::new(Desk { connection: Some(connection), standing: Standing::Idle, saved: Vec::new() })),
            in_line: Arc::default(),
            patience,
        })
    }

    /// Waits for the connection and begins a unit on it.
    pub(super) async fn turn(&self) -> Result<Turn> {
        let place = InLine::join(self);
        let mut desk = tokio::time::timeout(self.patience, self.desk.clone().lock_owned())
            .await
            .map_err(|_| StoreFault::Busy("another unit of work holds the database".into()))?;
        place.reached();
        let begun = desk.begin().await;
        let mut turn = Turn { desk: Some(desk), writer: self.clone() };
        match begun {
            Ok(()) => Ok(turn),
            Err(fault) => {
                // Dropping the turn sees to the units that wait for their group's commit.
                if let Some(desk) = turn.desk.as_mut() {
                    desk.take_back().await.ok();
                }
                Err(fault)
            }
        }
    }

    /// The connection with no transaction on it, for climbing the ladder.
    pub(crate) async fn alone(&self) -> Result<Alone> {
        let mut desk = self.desk.clone().lock_owned().await;
        desk.take_back().await?;
        desk.commit().await;
        Ok(Alone(desk))
    }

    /// In a task of its own: takes back an abandoned unit and commits a group nobody will continue.
    fn see_to_it(&self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let writer = self.clone();
        runtime.spawn(async move {
            let mut desk = writer.desk.clone().lock_owned().await;
            if desk.take_back().await.is_ok() && writer.in_line.load(Ordering::SeqCst) == 0 {
                desk.commit().await;
            }
        });
    }

    pub(super) async fn close(&self) {
        let mut desk = self.desk.lock().await;
        if desk.take_back().await.is_ok() {
            desk.commit().await;
        }
        if let Some(connection) = desk.connection.take() {
            connection.close().await.ok();
        }
    }
}

impl Desk {
    fn connection(&mut self) -> Result<&mut SqliteConnection> {
        self.connection.as_mut().ok_or_else(|| StoreFault::Busy("the database is closed".into()))
    }

    async fn say(&mut self, sql: &'static str) -> Result<()> {
        sqlx::query(sql).execute(self.connection()?).await?;
        Ok(())
    }

    async fn begin(&mut self) -> Result<()> {
        self.take_back().await?;
        match self.standing {
            Standing::Between => {
                self.say("SAVEPOINT unit").await?;
                self.standing = Standing::Next;
            }
            Standing::Idle | Standing::First | Standing::Next | Standing::Committing => {
                // IMMEDIATE takes the write lock now: a later upgrade could fail with 517.
                // The standing is set first, so that a cut-off BEGIN is taken back by whoever comes next.
                self.standing = Standing::First;
                if let Err(fault) = self.say("BEGIN IMMEDIATE").await {
                    self.standing = Standing::Idle;
                    return Err(fault);
                }
            }
        }
        Ok(())
    }

    /// Forgets what an abandoned unit wrote.
    async fn take_back(&mut self) -> Result<()> {
        match self.standing {
            Standing::Idle | Standing::Between => {}
            Standing::First => {
                // Fails only when there is nothing to roll back.
                self.say("ROLLBACK").await.ok();
                self.standing = Standing::Idle;
            }
            Standing::Next => {
                let taken = async {
                    self.say("ROLLBACK TO unit").await?;
                    self.say("RELEASE unit").await
                };
                if taken.await.is_ok() {
                    self.standing = Standing::Between;
                } else {
                    // The whole transaction is gone (disk full does that).
                    self.say("ROLLBACK").await.ok();
                    self.tell(&Err(WhyNot::Busy("rolled back with its group".into())));
                }
            }
            Standing::Committing => {
                self.say("ROLLBACK").await.ok();
                self.tell(&Err(WhyNot::Disk("the commit was cut off".into())));
            }
        }
        Ok(())
    }

    /// The group is over; everyone in it hears how it went.
    fn tell(&mut self, answer: &Answer) {
        self.standing = Standing::Idle;
        for unit in self.saved.drain(..) {
            unit.send(answer.clone()).ok();
        }
    }

    /// The present unit is saved: it joins those who wait for the commit.
    async fn keep(&mut self) -> Result<oneshot::Receiver<Answer>> {
        if self.standing == Standing::Next
            && let Err(fault) = self.say("RELEASE unit").await
        {
            self.take_back().await?;
            return Err(fault);
        }
        self.standing = Standing::Between;
        let (tell, told) = oneshot::channel();
        self.saved.push(tell);
        Ok(told)
    }

    /// Commits the group and answers everyone in it.
    async fn commit(&mut self) {
        if self.standing != Standing::Between {
            return;
        }
        self.standing = Standing::Committing;
        let answer = match self.say("COMMIT").await {
            Ok(()) => Ok(()),
            Err(fault) => {
                self.say("ROLLBACK").await.ok();
                Err(fault.into())
            }
        };
        self.tell(&answer);
    }
}

/// The writing connection while nobody else has it.
pub(crate) struct Alone(OwnedMutexGuard<Desk>);

impl Alone {
    pub(crate) fn connection(&mut self) -> Result<&mut SqliteConnection> {
        self.0.connection()
    }
}

/// One unit's time at the connection.
pub struct Turn {
    desk: Option<OwnedMutexGuard<Desk>>,
    writer: Writer,
}

impl Turn {
    pub(super) fn connection(&mut self) -> Result<&mut SqliteConnection> {
        self.desk.as_mut().ok_or_else(|| StoreFault::Busy("this unit of work is over".into()))?.connection()
    }

    pub(super) async fn save(mut self) -> Result<()> {
        let Some(mut desk) = self.desk.take() else {
            return Err(StoreFault::Busy("this unit of work is over".into()));
        };
        let writer = self.writer.clone();
        // In a task of its own: a caller that hangs up must not cut a commit in half.
        let saving = tokio::spawn(async move {
            let told = desk.keep().await;
            if writer.in_line.load(Ordering::SeqCst) == 0 || desk.saved.len() >= GROUP {
                desk.commit().await;
            }
            told
        });
        let told = saving.await.map_err(|e| StoreFault::Busy(e.to_string()))??;
        match told.await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(StoreFault::Files("the writer went away".into())),
        }
    }

    /// Commits what the group has saved so far, and begins anew.
    pub(super) async fn settle(&mut self) -> Result<()> {
        let desk = self.desk.as_mut().ok_or_else(|| StoreFault::Busy("this unit of work is over".into()))?;
        if desk.standing == Standing::Next {
            desk.take_back().await?;
            desk.commit().await;
            desk.begin().await?;
        }
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(desk) = self.desk.take() {
            drop(desk);
            self.writer.see_to_it();
        }
    }
}
