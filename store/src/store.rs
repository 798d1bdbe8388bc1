//! The whole memory of a hall: database, key ring, files, and the log's wakers.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::{DateTime, Utc};
use tokio::sync::broadcast;
use uuid::Uuid;

use crate::{
    Manifest, Restored, Unit, backup,
    blobs::{Blobs, sweep},
    chance,
    db::{Db, OpenOptions, Tx},
    fault::Result,
    leases,
    log::{self, Checkpoint, Checkpoints, Landed, LogReport, LogTask, Wake, head},
    migrate::{self, Ladder},
    seal::KeyRing,
    serials::Blocks,
};

/// Where everything lies.
#[derive(Clone, Debug)]
pub struct StoreSettings {
    /// `sqlite://path` or `postgres://user:password@host/name`.
    pub database_url: String,
    /// `file://folder`.
    pub files_url: String,
    /// `file://path/to/ring.json`.
    pub keys_url: String,
    /// Signed marks of the log's end, outside the database and, better, on another disk.
    pub checkpoint_file: PathBuf,
    /// Demo and development: make the key ring and signing keys that are missing.
    pub may_create_keys: bool,
    /// This process' name, unlike every other's.
    pub node: String,
    /// The origin local events carry.
    pub zone: String,
    /// Read connections (SQLite) or all connections (PostgreSQL); 0 chooses.
    pub readers: u32,
}

impl StoreSettings {
    /// SQLite, files and keys in one folder, made when missing.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            database_url: format!("sqlite://{}", folder.join("hall.db").display()),
            files_url: format!("file://{}", folder.join("files").display()),
            keys_url: format!("file://{}", folder.join("keys/ring.json").display()),
            checkpoint_file: folder.join("checkpoints.jsonl"),
            may_create_keys: true,
            node: format!("node-{}", std::process::id()),
            zone: "hall".into(),
            readers: 0,
        }
    }
}

/// The memory of a hall. Cheap to clone; all clones are one.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    keys: KeyRing,
    blobs: Blobs,
    checkpoints: Checkpoints,
    node: String,
    zone: String,
    wake: Arc<Wake>,
    blocks: Blocks,
}

/// A new id of that moment (UUIDv7): ids made later sort later.
pub fn new_id(now: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &chance::bytes()).into_uuid()
}

/// As [`new_id`], for several things of one moment: those with a greater `n` (below 4096) sort later.
pub(crate) fn new_id_in_order(now: DateTime<Utc>, n: usize) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    let mut rest: [u8; 10] = chance::bytes();
    let n = u16::try_from(n).unwrap_or(u16::MAX).min(0x0fff).to_be_bytes();
    rest[..2].copy_from_slice(&n);
    uuid::Builder::from_unix_timestamp_millis(millis, &rest).into_uuid()
}

impl Store {
    /// Opens database, key ring and files. Does not climb the ladder: see [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreFault::CannotOpen`](crate::StoreFault::CannotOpen), `Keys` or `Files`, each with what to mend.
    pub async fn open(settings: &StoreSettings) -> Result<Self> {
        let keys = KeyRing::open(&settings.keys_url, settings.may_create_keys)?;
        let blobs = Blobs::open(&settings.files_url)?;
        let options = OpenOptions { connections: settings.readers, ..OpenOptions::default() };
        let db = Db::open(&settings.database_url, &options).await?;
        Ok(Self(Arc::new(Inner {
            db,
            keys,
            blobs,
            checkpoints: Checkpoints::at(&settings.checkpoint_file),
            node: settings.node.clone(),
            zone: settings.zone.clone(),
            wake: Arc::default(),
            blocks: Blocks::default(),
        })))
    }

    /// Climbs the missing rungs of the ladder; twice is harmless.
    pub async fn migrate(&self) -> Result<()> {
        migrate::run(self.db()).await
    }

    /// Which rungs are climbed; for `/readyz`.
    pub async fn state(&self) -> Result<Ladder> {
        migrate::state(self.db()).await
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The key ring.
    pub fn keys(&self) -> &KeyRing {
        &self.0.keys
    }

    /// The encrypted files.
    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    /// This process' name.
    pub fn node(&self) -> &str {
        &self.0.node
    }

    pub(crate) fn zone(&self) -> &str {
        &self.0.zone
    }

    pub(crate) fn wake(&self) -> Arc<Wake> {
        self.0.wake.clone()
    }

    pub(crate) fn blocks(&self) -> &Blocks {
        &self.0.blocks
    }

    pub(crate) fn checkpoints(&self) -> &Checkpoints {
        &self.0.checkpoints
    }

    /// For one reading statement: no transaction, the cheapest there is.
    pub async fn glance(&self) -> Result<Tx> {
        self.db().glance().await
    }

    /// For several reading statements that must see the same moment.
    pub async fn read(&self) -> Result<Tx> {
        self.db().read().await
    }

    /// A unit of work by `actor`, at `now`. Ask who may before opening one: on SQLite there is one at a time.
    pub async fn unit(&self, actor: &str, now: DateTime<Utc>) -> Result<Unit> {
        Unit::begin(self, actor, now).await
    }

    /// Starts what each node runs once: sequencer, poller, checkpoints. `clock` tells the time.
    pub fn start_log(&self, clock: fn() -> DateTime<Utc>) -> LogTask {
        log::start(self.clone(), clock)
    }

    /// Hears what lands in the log from now on, while [`Store::start_log`] runs. A listener too slow is
    /// told it lagged, and reads the rows again.
    pub fn subscribe(&self) -> broadcast::Receiver<Landed> {
        self.0.wake.landed.subscribe()
    }

    /// Signs where the log ends now and writes it to the checkpoint file; `None` when it is marked already.
    pub async fn checkpoint(&self, now: DateTime<Utc>) -> Result<Option<Checkpoint>> {
        let head = head(&mut self.glance().await?).await?;
        self.0.checkpoints.add(&head, self.keys(), now)
    }

    /// Proves the log against itself and against the checkpoint file.
    pub async fn check_log(&self) -> Result<LogReport> {
        let marks = self.0.checkpoints.read()?;
        log::check(&mut self.read().await?, &marks, self.keys()).await
    }

    /// Removes files no row names and that are older than this. Give it at least as long as a backup
    /// or an upload may take.
    pub async fn sweep_blobs(&self, older_than: Duration) -> Result<u64> {
        let holder = format!("{} sweeps", self.node());
        // Not while a backup copies files that rows of a moment ago still name.
        if !leases::try_take(self.db(), backup::FILES, &holder, Duration::from_secs(600)).await? {
            return Ok(0);
        }
        let swept = sweep(self.db(), self.blobs(), older_than).await;
        leases::release(self.db(), backup::FILES, &holder).await?;
        swept
    }

    /// Writes everything into a new folder while the hall serves; see [`Manifest`]. The key ring is not
    /// in it: keep that elsewhere.
    pub async fn backup(&self, into: &Path, now: DateTime<Utc>) -> Result<Manifest> {
        backup::make(self, into, now).await
    }

    /// Fills this empty place from a backup of either kind of database, after proving the backup, and
    /// proves the log afterwards.
    pub async fn restore(&self, from: &Path, now: DateTime<Utc>) -> Result<Restored> {
        backup::restore(self, from, now).await
    }

    /// Lets go of every connection.
    pub async fn close(&self) {
        self.db().close().await;
    }
}
