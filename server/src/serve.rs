//! `tongban serve`: open the house, work until told to stop, finish what is at hand.

use crate::clock;
use crate::house::House;
use crate::jobs::Workers;
use crate::router::router;
use crate::settings::{SettingFault, Settings, check_ground};
use crate::start::open_store;
use anyhow::Context as _;
use axum_server::accept::NoDelayAcceptor;
use axum_server::{Handle, Server};
use domain::clock::Calendar;
use service::{Hall, HallParts, HallSettings};
use std::net::SocketAddr;
use std::time::Duration;
use store::Store;
use tokio::net::TcpListener;

/// Requests at hand get this long to finish.
const FINISH: Duration = Duration::from_secs(20);
/// A new connection says within this time what it wants.
const FIRST_HEAD: Duration = Duration::from_secs(15);
/// A kept connection may rest this long, a little longer than proxies keep theirs; the head of its next request included.
const NEXT_HEAD: Duration = Duration::from_secs(75);
/// Bytes of a connection that wait to be read: more makes nothing faster, and an upload on a fast line would hold them all.
const LINE_BUFFER: usize = 64 << 10;

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
/// What keeps the house from opening, as a sentence that names the setting.
pub async fn serve(settings: Settings) -> anyhow::Result<()> {
    check_ground(&settings)?;
    // first, so that a second hall on the same port stops before it touches anything
    let listener = listen(settings.listen).await?;
    let store = open_store(&settings, settings.demo).await?;
    ladder(&store, &settings).await?;
    let hall = open_hall(&store, &settings).await?;
    let house = House::new(hall, store.clone(), settings, clock::now);
    let setter = house.setter.clone();
    tokio::task::spawn_blocking(move || setter.check()).await??;
    let log = store.start_log(clock::now);
    if house.settings.demo {
        print!("{}", seed_demo(&house.hall, &store, &house.settings).await?);
    }
    println!("{} 已开门：{}", house.settings.hall.hall_name, house.settings.public_url.origin());
    warn_of_plain_http(&house.settings);
    let workers = Workers::start(&house);
    let handle = Handle::<SocketAddr>::new();
    // small answers must not wait for the acknowledgement of the one before
    let mut server = Server::from_listener(listener).handle(handle.clone()).acceptor(NoDelayAcceptor::new()).http1_only();
    server.http_builder().http1().header_read_timeout(NEXT_HEAD).max_buf_size(LINE_BUFFER);
    let serving = server
        .first_request_timeout(FIRST_HEAD)
        .accept_error_handler(|_, error| tracing::warn!(%error, "a connection could not be taken"))
        .serve(router(&house).into_make_service_with_connect_info::<SocketAddr>());
    let leaving = house.clone();
    let stopping = async {
        stop_signal().await;
        tracing::info!("closing");
        leaving.close();
        handle.graceful_shutdown(Some(FINISH));
        std::future::pending::<()>().await
    };
    tokio::select! {
        served = serving => served.context("监听中断")?,
        () = stopping => {}
    }
    house.close();
    workers.finish().await;
    log.stop().await;
    store.close().await;
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, SettingFault> {
    TcpListener::bind(address).await.map_err(|e| {
        let (wrong, mend) = match e.kind() {
            std::io::ErrorKind::AddrInUse => {
                (format!("{address} 已经有别的程序在用"), "请先停掉那个程序，或者换一个端口，例如 LISTEN_ADDR=127.0.0.1:3100")
            }
            std::io::ErrorKind::PermissionDenied => {
                (format!("没有权限监听 {address}"), "1024 以下的端口要管理员权限，请换一个大一些的端口")
            }
            std::io::ErrorKind::AddrNotAvailable => {
                (format!("这台机器没有 {} 这个地址", address.ip()), "请写本机的地址，或者 0.0.0.0 表示全部")
            }
            _ => (format!("监听 {address} 不成：{e}"), "请核对地址和端口"),
        };
        SettingFault::new("LISTEN_ADDR", wrong, mend)
    })
}

/// A demonstration climbs by itself; a real hall is moved on by its keeper, after a backup.
async fn ladder(store: &Store, settings: &Settings) -> anyhow::Result<()> {
    if settings.demo {
        store.migrate().await.context("建立数据库没有完成")?;
    }
    let ladder = store.state().await.context("读不了数据库")?;
    if !ladder.ready() {
        let wrong = format!("数据库还差 {} 级没有升级", ladder.missing.len());
        return Err(SettingFault::new("DATABASE_URL", wrong, "请先备份，再运行 tongban migrate").into());
    }
    Ok(())
}

/// The hall on this store, under the names of the settings.
///
/// # Errors
/// When the catalogue cannot be read.
pub async fn open_hall(store: &Store, settings: &Settings) -> anyhow::Result<Hall> {
    let names = &settings.hall;
    let defaults = HallSettings::default();
    let place = &names.place_name;
    let parts = HallSettings {
        place_name: place.clone(),
        hall_name: names.hall_name.clone(),
        area_code: names.area_code.clone(),
        organiser: names.organiser.clone(),
        site_code: names.site_code.clone(),
        icp: names.icp.clone(),
        police: names.police.clone(),
        public_url: settings.public_url.origin().to_owned(),
        demo: settings.demo,
        review_body: format!("{place}人民政府"),
        court: format!("{place}人民法院"),
        ..defaults
    };
    let parts = HallParts { store: store.clone(), calendar: Calendar::built_in().clone(), settings: parts };
    Hall::open(parts).await.context("大厅打不开")
}

/// Fills an empty demonstration and says how to sign in.
///
/// # Errors
/// When the data cannot be written.
pub async fn seed_demo(hall: &Hall, store: &Store, settings: &Settings) -> anyhow::Result<String> {
    let password = settings.demo_password.clone().unwrap_or_else(|| demo_password(store));
    service::demo::seed(hall, clock::now(), &password).await.context("演示数据没有建好")?;
    let mut out = String::from("演示大厅：人、企业和号码都是编的，请不要填真实的个人信息。\n");
    for (login, role) in service::demo::ACCOUNTS {
        out.push_str(&format!("  {login:<12}{role}\n"));
    }
    out.push_str(&format!("密码都是：{password}\n开放接口的演示密钥（说明在 /open）：\n"));
    for (login, key) in service::demo::keys(hall, clock::now()).await.context("演示密钥没有建好")? {
        out.push_str(&format!("  {login:<12}{key}\n"));
    }
    Ok(out)
}

/// The same at every start, another in every hall: from the key ring, which a demonstration makes itself.
fn demo_password(store: &Store) -> String {
    let mark = store.keys().blind_index("demo", "password");
    format!("demo-{}", mark.chars().take(8).collect::<String>())
}

fn warn_of_plain_http(settings: &Settings) {
    let host = settings.public_url.host();
    let here = ["127.0.0.1", "localhost", "[::1]"].iter().any(|own| host == *own || host.starts_with(&format!("{own}:")));
    if !settings.public_url.is_secure() && !here {
        tracing::warn!("PUBLIC_URL 不是 https：口令会在网上明文传送，请在前面加一层 TLS，并把 PUBLIC_URL 写成 https://…");
    }
}

async fn stop_signal() {
    let interrupt = async {
        tokio::signal::ctrl_c().await.ok();
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
