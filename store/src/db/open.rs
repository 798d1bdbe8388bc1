//! Opening a database, and saying plainly why it cannot be opened.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    Executor,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Db, writer::Writer};
use crate::fault::{Result, StoreFault};

/// How many connections, and how long to wait.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Reading connections on SQLite, all connections on PostgreSQL; 0 chooses.
    pub connections: u32,
    /// How long to wait for a connection or a lock.
    pub patience: Duration,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { connections: 0, patience: Duration::from_secs(8) }
    }
}

/// The address with its password hidden.
pub fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return mask_query(url) };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    // The last @ before the path ends the sign-in part, because a careless password may hold one.
    let masked = match rest[..end].rfind('@').or_else(|| rest.rfind('@')) {
        Some(at) => {
            let user = rest[..at].split(':').next().unwrap_or_default();
            let hidden = if rest[..at].contains(':') { ":•••" } else { "" };
            format!("{scheme}://{user}{hidden}{}", &rest[at..])
        }
        None => url.to_owned(),
    };
    mask_query(&masked)
}

fn mask_query(url: &str) -> String {
    let Some((head, query)) = url.split_once('?') else { return url.to_owned() };
    let parts: Vec<String> = query
        .split('&')
        .map(|part| match part.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("pass") => format!("{name}=•••"),
            Some(_) | None => part.to_owned(),
        })
        .collect();
    format!("{head}?{}", parts.join("&"))
}

impl Db {
    /// Opens `sqlite://path` or `postgres://user:password@host/name`.
    ///
    /// # Errors
    /// [`StoreFault::CannotOpen`] with a sentence that says what to mend.
    pub async fn open(url: &str, options: &OpenOptions) -> Result<Self> {
        let fault = |why: String| StoreFault::CannotOpen { url: masked(url), why };
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => {
                let path = sqlite_path(url).map_err(&fault)?;
                open_sqlite(&path, options).await.map_err(|e| fault(why_sqlite(&path, &e)))
            }
            Some("postgres" | "postgresql") => {
                let how = PgConnectOptions::from_str(url).map_err(|e| fault(format!("the address is not well formed: {e}")))?;
                let host = how.get_host().to_owned();
                open_postgres(how, options).await.map_err(|e| fault(why_postgres(&host, &e)))
            }
            Some(other) => Err(fault(format!(
                "{other:?} is not a database this hall knows; use sqlite://path or postgres://user:password@host/name"
            ))),
            None => Err(fault("this is not an address; use sqlite://path or postgres://user:password@host/name".into())),
        }
    }
}

/// The file behind `sqlite:path`, `sqlite://relative` or `sqlite:///absolute`.
pub(crate) fn sqlite_path(url: &str) -> Result<String, String> {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    if path.is_empty() {
        return Err("the path of the file is missing; write sqlite://var/hall.db".into());
    }
    if path.contains(":memory:") || query.contains("mode=memory") {
        return Err("a database in memory forgets everything; name a file, e.g. sqlite://var/hall.db".into());
    }
    Ok(path.to_owned())
}

async fn open_sqlite(path: &str, options: &OpenOptions) -> Result<Db, sqlx::Error> {
    if let Some(folder) = Path::new(path).parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
    }
    let common = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(options.patience)
        .statement_cache_capacity(400)
        .pragma("cache_size", "-32000")
        .optimize_on_close(false, None);
    let writing = common
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // NORMAL loses acknowledged rows on a power cut.
        .synchronous(SqliteSynchronous::Full);
    // First the writer: it creates the file and sets WAL, which readers cannot.
    let writer = Writer::open(&writing, options.patience).await?;
    let cores = std::thread::available_parallelism().map_or(2, |n| u32::try_from(n.get()).unwrap_or(2));
    let many = if options.connections == 0 { cores.clamp(2, 16) } else { options.connections };
    let readers = SqlitePoolOptions::new()
        .max_connections(many)
        .acquire_timeout(options.patience)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(common.pragma("query_only", "on"))
        .await?;
    Ok(Db::Sqlite { writer, readers })
}

async fn open_postgres(how: PgConnectOptions, options: &OpenOptions) -> Result<Db, sqlx::Error> {
    let how = how.application_name("tongban").statement_cache_capacity(400).options([
        ("idle_in_transaction_session_timeout", "60s"),
        ("lock_timeout", "10s"),
        // ROLLBACK outside a transaction is answered by a warning that means nothing here.
        ("client_min_messages", "error"),
    ]);
    let pool = |many: u32| {
        PgPoolOptions::new()
            .max_connections(many)
            .acquire_timeout(options.patience)
            .test_before_acquire(false)
            // A begin() whose caller hung up leaves a transaction open on a pooled connection.
            .before_acquire(|connection, _| Box::pin(async move { Ok(connection.execute("ROLLBACK").await.is_ok()) }))
    };
    let many = if options.connections == 0 { 16 } else { options.connections };
    // The first connection is tried alone, so that a wrong password is not reported as a full pool.
    let probe = sqlx::ConnectOptions::connect(&how);
    let probe = tokio::time::timeout(options.patience, probe).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
    sqlx::Connection::close(probe).await.ok();
    let side = pool(2).connect_lazy_with(how.clone());
    Ok(Db::Postgres { pool: pool(many).connect_with(how).await?, side })
}

fn why_sqlite(path: &str, error: &sqlx::Error) -> String {
    let said = error.to_string();
    if Path::new(path).is_dir() {
        return format!("{path} is a folder; name a file inside it");
    }
    if let sqlx::Error::Io(io) = error {
        return format!("the folder of {path} cannot be made: {io}");
    }
    if said.contains("unable to open") {
        return format!("{path} cannot be opened or created; may this user write to its folder?");
    }
    if said.contains("readonly") || said.contains("read-only") {
        return format!("{path} or its folder is read-only for this user; the hall must write beside it too");
    }
    if said.contains("not a database") {
        return format!("{path} exists but is not a SQLite database; name another file");
    }
    if said.contains("locked") {
        return format!("{path} is held by another program; stop it first");
    }
    if said.contains("full") {
        return "no space left on the disk".into();
    }
    said
}

fn why_postgres(host: &str, error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::PoolTimedOut => format!("{host} does not answer; is the server running and reachable?"),
        sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionRefused => {
            format!("{host} refuses the connection; is PostgreSQL running on that port?")
        }
        sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::NotFound => {
            format!("there is no server at {host}; is PostgreSQL running and the socket folder right?")
        }
        sqlx::Error::Io(io) => format!("no way to {host}: {io}; is the name right?"),
        sqlx::Error::Tls(tls) => format!("no safe connection to {host}: {tls}"),
        sqlx::Error::Database(said) => match said.code().as_deref() {
            Some("28P01" | "28000") => "the user name or the password is wrong".into(),
            Some("3D000") => {
                format!("{}; create it first (createdb), the hall makes only tables", said.message())
            }
            Some("53300") => "the server has no free connections; raise max_connections or lower ours".into(),
            Some("42501") => format!("this user may not: {}", said.message()),
            _ => said.message().to_owned(),
        },
        other => other.to_string(),
    }
}
