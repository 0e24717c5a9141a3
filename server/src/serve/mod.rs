//! Serving: connections on hyper with time-outs and a cap, the workers beside it, and a graceful stop.
//!
//! Not `axum::serve`: that keeps a half-sent request header open for ever and sets no `TCP_NODELAY`.

mod acceptor;

pub use acceptor::accept;

use crate::{
    App, clock,
    domain::{
        chats, company::operator, files, onboarding, presence, registration, search, sign_in::password_reset,
        users,
    },
    http::{PeerAddress, admin_router},
    job, limits, outbox, push, realtime, router,
    shares::ConnectionPlace,
    store::StoreError,
};
use acceptor::Acceptor;
use anyhow::Context as _;
use axum::{Router, extract::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    future::Future,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    time::Instant,
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// Whether the server is stopping. Whoever holds one is waited for: every connection does until it has ended.
pub type Stopping = watch::Receiver<bool>;

/// Listens on the configured addresses; returns the listeners, so that a port of 0 can be learnt.
pub fn listen(addresses: &[SocketAddr]) -> anyhow::Result<Vec<TcpListener>> {
    let mut listeners = Vec::new();
    for address in addresses {
        let listener = listen_on(*address)
            .with_context(|| format!("the setting `listen` names {address}, which cannot be listened on"))?;
        listeners.push(listener);
    }
    Ok(listeners)
}

fn listen_on(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // The address is free again at once after a restart.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(limits::BACKLOG)
}

/// Serves until `stop` is ready, then lets requests finish, closes the sockets and writes what is queued.
pub async fn run(
    app: Arc<App>,
    listeners: Vec<TcpListener>,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let (layer, handle) = axum_prometheus::PrometheusMetricLayer::pair();
    let service = router(app.clone()).layer(layer);
    let mut tasks = tokio::task::JoinSet::new();
    tasks.spawn(outbox::run(app.clone()));
    tasks.spawn(password_reset::run(app.clone()));
    tasks.spawn(onboarding::run(app.clone()));
    tasks.spawn(users::import::run(app.clone()));
    tasks.spawn(push::run(app.clone()));
    tasks.spawn(chats::scheduling::run(app.clone()));
    tasks.spawn(presence::run(app.clone()));
    tasks.spawn(files::upkeep::run(app.clone()));
    tasks.spawn(search::indexer::run(app.clone()));
    tasks.spawn(realtime::catch_up::run(app.clone()));
    tasks.spawn(keep_tidy(app.clone()));
    tasks.spawn(operator::run(app.clone()));
    if let Some(address) = app.config.admin_listen {
        let hub = app.hub.clone();
        let admin = admin_router(move || format!("{}causeway_sockets {}\n", handle.render(), hub.count()));
        let listener = listen(&[address])?.remove(0);
        tasks.spawn(async move {
            if let Err(error) = axum::serve(listener, admin).await {
                tracing::error!(%error, "the admin listener ended");
            }
        });
    }
    let (stopped, stopping) = watch::channel(false);
    let mut acceptors = Vec::new();
    for listener in listeners {
        acceptors.push(Acceptor::start(app.clone(), listener, service.clone(), stopping.clone())?);
    }
    stop.await;
    tracing::info!(event = "stopping", "no new connections");
    acceptors.into_iter().for_each(Acceptor::stop);
    app.hub.close_all();
    stopped.send_replace(true);
    drop(stopping);
    tokio::select! {
        () = stopped.closed() => {}
        () = clock::pause(5 * clock::SECOND) => tracing::warn!("some requests did not finish in time"),
    }
    tasks.shutdown().await;
    app.store.close().await;
    Ok(())
}

/// Serves a connection, whose first header must be whole at an instant.
async fn connect(
    stream: TcpStream,
    peer: IpAddr,
    place: ConnectionPlace,
    first_header: Instant,
    service: Router,
    mut stopping: Stopping,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY");
    }
    let mut stream = Box::pin(TimeoutStream::new(stream));
    stream.as_mut().set_write_timeout_pinned(Some(millis(limits::WRITE_STALL)));
    let has_asked = AtomicBool::new(false);
    let service = hyper::service::service_fn(|mut request: Request<Incoming>| {
        has_asked.store(true, Ordering::Relaxed);
        request.extensions_mut().insert(PeerAddress(peer));
        request.extensions_mut().insert(place.clone());
        service.clone().oneshot(request)
    });
    // The builder for several versions waits without a deadline for the bytes that tell them apart; this one has the time
    // for a header running while a kept connection is idle as well.
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(millis(limits::HEADER_TIMEOUT))
        .max_buf_size(limits::HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = asks_for_nothing(first_header, &has_asked) => return,
        () = told_to_stop(&mut stopping) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

/// Ready when nothing was asked by then.
async fn asks_for_nothing(by: Instant, has_asked: &AtomicBool) {
    clock::wait_until(by).await;
    if has_asked.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}

async fn told_to_stop(stopping: &mut Stopping) {
    if stopping.wait_for(|is_stopping| *is_stopping).await.is_err() {
        // Whoever could tell is gone without a word.
        std::future::pending::<()>().await;
    }
}

fn millis(limit: causeway_api::Millis) -> Duration {
    Duration::from_millis(limit.unsigned_abs())
}

/// Forgets once a minute what has ended.
async fn keep_tidy(app: Arc<App>) {
    loop {
        clock::pause(clock::MINUTE).await;
        let now = app.clock.now();
        let tidied = app
            .store
            .write(job!(|tx| {
                tx.purge_sessions(now).await?;
                tx.purge_guards(now - clock::DAY).await?;
                Ok::<_, StoreError>(())
            }))
            .await;
        let tidied = match tidied {
            Ok(()) => registration::expire(&app).await,
            failed => failed,
        };
        if let Err(error) = tidied {
            tracing::error!(%error, "tidying up failed");
        }
    }
}
