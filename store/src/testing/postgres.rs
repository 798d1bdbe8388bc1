//! One PostgreSQL server per test process.
//!
//! A small shell script holds the server: it waits on its standard input, which closes when the test
//! process ends, however it ends; then it stops the server and removes the folder.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::{Mutex, OnceCell};

use crate::{Db, chance};

const TEMPLATE: &str = "climbed";

/// Prepares a cluster in $1 with the programs in $2, serves it on a socket in the same folder, says
/// "ready", and ends with its standard input. Durability is off: it holds nothing worth keeping.
const HOLD: &str = r#"
set -e
folder=$1 bin=$2
trap 'rm -rf "$folder"' EXIT
"$bin/initdb" -D "$folder/data" -U hall --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/initdb.log" 2>&1
"$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=400 -c shared_buffers=64MB -c autovacuum=off \
    </dev/null >"$folder/server.log" 2>&1 &
server=$!
n=0
until "$bin/pg_isready" -q -h "$folder"; do
    n=$((n+1)); if [ $n -gt 300 ]; then cat "$folder/server.log" >&2; exit 1; fi
    sleep 0.1
done
echo ready
cat >/dev/null
kill -QUIT $server 2>/dev/null || true
wait $server 2>/dev/null || true
"#;

struct Server {
    folder: PathBuf,
    /// Closing it stops the server.
    _hold: ChildStdin,
    _child: Child,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();
static CLIMBED: OnceCell<()> = OnceCell::const_new();
static NUMBER: AtomicUsize = AtomicUsize::new(0);
/// A template cannot be copied twice at once while anyone is connected to it.
static COPYING: Mutex<()> = Mutex::const_new(());

/// The address of a new database, climbed or empty.
#[expect(clippy::disallowed_methods, reason = "tests have no settings but their environment")]
pub(super) async fn fresh(climbed: bool) -> Option<String> {
    let server = SERVER.get_or_init(|| match start() {
        Ok(server) => Some(server),
        Err(why) => {
            let required = ["CI", "TONGBAN_REQUIRE_POSTGRES"].iter().any(|name| std::env::var_os(name).is_some());
            assert!(!required, "PostgreSQL is required here: {why}");
            let mut out = std::io::stderr();
            writeln!(out, "SKIPPED on PostgreSQL: {why}").ok();
            None
        }
    });
    let server = server.as_ref()?;
    if climbed {
        CLIMBED
            .get_or_init(|| async {
                say(server, format!("create database {TEMPLATE}")).await;
                let db = Db::open(&url(server, TEMPLATE), &crate::db::OpenOptions::default()).await.expect("the template opens");
                crate::migrate::run(&db).await.expect("the template climbs the ladder");
                db.close().await;
            })
            .await;
    }
    let name = format!("hall_{}", NUMBER.fetch_add(1, Ordering::SeqCst));
    let template = if climbed { TEMPLATE } else { "template0" };
    let _alone = COPYING.lock().await;
    say(server, format!("create database {name} template {template}")).await;
    Some(url(server, &name))
}

fn url(server: &Server, database: &str) -> String {
    let socket = server.folder.display().to_string().replace('/', "%2F");
    format!("postgres://hall@{socket}/{database}")
}

async fn say(server: &Server, sql: String) {
    let mut connection = PgConnection::connect(&url(server, "postgres")).await.expect("the test server answers");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut connection).await.expect("the test server obeys");
    connection.close().await.ok();
}

fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists() && bin.join("postgres").exists())
        .collect();
    found.sort();
    found.pop()
}

fn start() -> Result<Server, String> {
    let bin = programs().ok_or("there is no /usr/lib/postgresql/*/bin (install the package postgresql)")?;
    // A socket's path may be 107 bytes at most, so this folder is always in /tmp.
    let name = format!("tongban-pg-{}-{:08x}", std::process::id(), u32::from_be_bytes(chance::bytes()));
    let folder = Path::new("/tmp").join(name);
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let root = std::fs::metadata("/proc/self").is_ok_and(|meta| {
        use std::os::unix::fs::MetadataExt;
        meta.uid() == 0
    });
    let mut command = if root {
        // PostgreSQL refuses to run as root.
        let owned = Command::new("chown").arg("postgres").arg(&folder).status();
        if !owned.is_ok_and(|status| status.success()) {
            return Err("there is no user postgres to run the server as".into());
        }
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    let mut child = command
        .args(["-c", HOLD, "sh"])
        .arg(&folder)
        .arg(&bin)
        .current_dir("/tmp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|e| e.to_string())?;
    let hold = child.stdin.take().ok_or("no standard input")?;
    let out = child.stdout.take().ok_or("no standard output")?;
    let mut said = String::new();
    BufReader::new(out).read_line(&mut said).map_err(|e| e.to_string())?;
    if said.trim() != "ready" {
        return Err("PostgreSQL did not start".into());
    }
    Ok(Server { folder, _hold: hold, _child: child })
}
